"""Threads and their inbox, quotes, pins, saved messages, earlier versions, readers, every emoji."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import (
    HEARD,
    STATE,
    Cable,
    PageFor,
    act,
    composer,
    create_channel,
    go_to,
    messages,
    said,
    say,
    something_new,
    until,
)


def thread_of(page: Page) -> tuple[Page, str]:
    """Bob's view of a thread that he has begun under a message of his own."""
    go_to(page, "general")
    text = something_new("A question for the thread")
    say(page, text)
    act(page, text, "Reply in a thread")
    return page, text


def reply(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Reply in the thread")
    field.fill(text)
    field.press("Enter")


def test_a_thread_has_an_address_an_inbox_and_may_speak_in_the_channel(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    go_to(alice, "general")
    _, text = thread_of(bob)
    panel = bob.get_by_role("complementary", name="Thread")
    channel_url = alice.url
    expect(bob).not_to_have_url(channel_url)
    answer, aloud = something_new("In the thread"), something_new("For everybody")
    reply(bob, answer)
    expect(panel.get_by_role("article").filter(has_text=answer)).to_be_visible()
    panel.get_by_role("checkbox", name="Also send to #general").check()
    reply(bob, aloud)
    expect(panel.get_by_role("article").filter(has_text=aloud)).to_be_visible()
    expect(panel.get_by_role("checkbox", name="Also send to #general")).not_to_be_checked()
    # In the channel it stands with what it answers, which leads there.
    echo = said(alice, aloud)
    quote = echo.get_by_role("link", name=re.compile(f"In reply to Bob Hansen {text}"))
    expect(quote).to_be_visible()
    # Back closes the thread, Forward opens it again, and so does the address.
    bob.go_back()
    expect(panel).to_be_hidden()
    bob.go_forward()
    expect(panel.get_by_role("article").filter(has_text=answer)).to_be_visible()
    alice.goto(bob.url)
    expect(alice.get_by_role("complementary", name="Thread").get_by_text(answer)).to_be_visible()
    panel.get_by_role("textbox").press("Escape")
    expect(panel).to_have_count(0)
    expect(composer(bob)).to_be_focused()


def test_followed_threads_wait_in_an_inbox(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    go_to(alice, "general")
    _, text = thread_of(bob)
    panel = bob.get_by_role("complementary", name="Thread")
    reply(bob, something_new("Bob follows it"))
    expect(panel.get_by_role("article")).to_have_count(2)
    # Who only reads it does not follow it, and sees what comes all the same.
    said(alice, text).get_by_role("button", name="1 reply").click()
    beside = alice.get_by_role("complementary", name="Thread")
    expect(beside.get_by_role("article")).to_have_count(2)
    expect(beside.get_by_role("button", name="Follow the thread")).to_be_visible()
    reply(bob, something_new("For whoever reads along"))
    expect(beside.get_by_role("article")).to_have_count(3)
    beside.get_by_role("article").last.hover()
    expect(beside.get_by_role("button", name="Add a reaction")).to_be_visible()
    bob.get_by_role("link", name=re.compile("^Saved messages")).click()
    expect(bob).to_have_url(re.compile("/saved$"))
    latest = something_new("Are you there?")
    reply(alice, latest)
    inbox = bob.get_by_role("link", name=re.compile("^Threads"))
    expect(inbox).to_contain_text("1 unread")
    expect(beside.get_by_role("button", name="Stop following the thread")).to_be_visible()
    inbox.click()
    card = bob.get_by_role("article", name="Thread in #general").filter(has_text=text)
    expect(card).to_contain_text(latest)
    expect(card).to_contain_text(re.compile(r"\d unread"))
    card.get_by_role("link", name=re.compile("more repl|Open the thread")).click()
    expect(panel.get_by_text(latest)).to_be_visible()
    expect(inbox).not_to_contain_text("unread")
    panel.get_by_role("button", name="Stop following the thread").click()
    expect(panel.get_by_role("button", name="Follow the thread")).to_be_visible()
    inbox.click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Threads")
    expect(card).to_have_count(0)


def test_one_answers_with_a_quote_that_leads_to_what_was_said(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    text, answer = something_new("**What** do you think?"), something_new("I think so")
    say(alice, text)
    plain = text.replace("**", "")
    act(bob, plain, "Reply with a quote")
    expect(bob.get_by_text("Replying to Alice Kwon")).to_be_visible()
    expect(composer(bob)).to_be_focused()
    composer(bob).press("Escape")
    expect(bob.get_by_text("Replying to Alice Kwon")).to_be_hidden()
    act(bob, plain, "Reply with a quote")
    say(bob, answer)
    expect(bob.get_by_text("Replying to Alice Kwon")).to_be_hidden()
    quote = said(alice, answer).get_by_role("link", name=f"In reply to Alice Kwon {plain}")
    quote.click()
    expect(alice).to_have_url(re.compile(r"/m/\d+$"))
    expect(messages(alice).locator(".found")).to_contain_text(plain)


def test_arrow_up_edits_what_one_said_last_and_everybody_can_see_how(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    text = something_new("The frist words")
    say(alice, text)
    expect(said(alice, text)).to_be_visible()
    expect(said(alice, text)).not_to_have_class(re.compile("pending"))
    composer(alice).press("ArrowUp")
    editor = alice.get_by_role("textbox", name="Edit the message")
    expect(editor).to_be_focused()
    expect(editor).to_have_value(text)
    editor.press("Escape")
    expect(composer(alice)).to_be_focused()
    composer(alice).press("ArrowUp")
    editor.fill(text.replace("frist", "first"))
    editor.press("Enter")
    said(bob, text.replace("frist", "first")).get_by_role("button", name="(edited)").click()
    versions = bob.get_by_role("dialog", name="Earlier versions").get_by_role("listitem")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text(text)
    expect(versions.last).to_contain_text(text.replace("frist", "first"))


def test_what_matters_is_pinned_saved_and_found_again(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    channel = create_channel(alice)
    bob.goto(alice.url)
    bob.get_by_role("button", name="Join the channel").click()
    text = something_new("The door code is in the blue box")
    say(alice, text, f"#{channel}")
    act(bob, text, "Pin to the channel")
    expect(said(alice, text)).to_contain_text("Pinned")
    alice.get_by_role("button", name="Pinned messages").click()
    pins = alice.get_by_role("complementary", name="Pinned messages")
    expect(pins).to_contain_text(re.compile("Pinned by Bob Hansen, .*\\d"))
    expect(pins.get_by_role("article")).to_contain_text(text)
    expect(alice).to_have_url(re.compile(r"\?panel=pins$"))
    again = page_for("alice")
    panels_are_filled_once_there_is_a_connection(again, alice.url, text)
    act(bob, text, "Unpin")
    expect(pins).to_contain_text("Nothing is pinned here yet.")
    # Saved for oneself, on each of one's devices.
    again.goto("/saved")
    expect(again.get_by_role("heading", level=1)).to_have_text("Saved messages")
    act(alice, text, "Save for later")
    expect(said(alice, text)).to_contain_text("Saved")
    again.reload()
    card = again.get_by_role("article").filter(has_text=text)
    expect(card).to_contain_text(f"#{channel}")
    card.get_by_role("link", name="Go to the message").click()
    expect(messages(again).locator(".found")).to_contain_text(text)
    act(again, text, "Saved")
    expect(said(alice, text)).not_to_contain_text("Saved")
    tells_who_has_read(alice, bob, text)


def panels_are_filled_once_there_is_a_connection(page: Page, pins: str, text: str) -> None:
    """Beside a room that this browser has kept."""
    cable = Cable(page)
    page.goto(pins)
    pinned = page.get_by_role("complementary", name="Pinned messages").get_by_role("article")
    members = page.get_by_role("complementary", name="Members").get_by_role("listitem")
    expect(pinned).to_contain_text(text)
    until(page, f"({STATE})().then((state) => state.includes('{text}'))")
    for address, filled in ((pins, pinned), (pins.replace("pins", "members"), members)):
        cable.pull()
        page.goto(address)
        expect(page.get_by_role("complementary")).to_be_visible()
        expect(filled).to_have_count(0)
        cable.plug_in()
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(filled).not_to_have_count(0)


def tells_who_has_read(alice: Page, bob: Page, text: str) -> None:
    act(alice, text, "Seen by")
    seen = alice.get_by_role("dialog", name="Seen by")
    reader = seen.get_by_role("listitem").filter(has_text="Bob Hansen")
    expect(reader).to_be_visible()
    alice.keyboard.press("Escape")
    # Whoever keeps it to themselves is not told of others either.
    share_reading(bob)
    act(alice, text, "Seen by")
    expect(seen).to_contain_text("Nobody has read this far")
    alice.keyboard.press("Escape")
    act(bob, text, "Seen by")
    expect(bob.get_by_role("dialog", name="Seen by")).to_contain_text("Nobody has read this far")
    bob.keyboard.press("Escape")
    share_reading(bob)
    act(alice, text, "Seen by")
    expect(reader).to_be_visible()


def share_reading(page: Page) -> None:
    """Or no longer."""
    page.keyboard.press("Control+,")
    box = page.get_by_role("checkbox", name="Show how far I have read")
    before = box.is_checked()
    box.set_checked(not before)
    expect(box).to_be_checked(checked=not before)
    page.evaluate(HEARD)  # it is shown before
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


# Of what is offered, what leaves no trace on paper.
INVISIBLE = """(picker) => {
  const canvas = new OffscreenCanvas(32, 32);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = "24px 'Noto Color Emoji', sans-serif";
  return [...picker.querySelectorAll("[data-emoji]")].map(({ dataset }) => dataset.emoji).filter(
    (emoji) => {
      pen.clearRect(0, 0, 32, 32);
      pen.fillText(emoji, 0, 26);
      return !pen.getImageData(0, 0, 32, 32).data.some(Boolean);
    });
}"""


def test_every_emoji_is_at_hand_without_the_net(page_for: PageFor) -> None:
    alice = page_for("alice")
    loaded: list[str] = []
    alice.on("request", lambda request: loaded.append(request.url))
    go_to(alice, "general")
    text = something_new("Emoji for this")
    say(alice, text)
    expect(said(alice, text)).not_to_have_class(re.compile("pending"))
    assert not [url for url in loaded if "data-" in url], "not before it is opened"
    act(alice, text, "Add a reaction")
    picker = alice.get_by_role("dialog", name="Choose an emoji")
    find = picker.get_by_role("searchbox", name="Find an emoji")
    expect(find).to_be_focused()
    expect(picker.get_by_role("button", name="grinning face", exact=True)).to_be_visible()
    assert picker.evaluate(INVISIBLE) == []
    find.fill("octopus")
    expect(picker.get_by_role("button", name="octopus")).to_be_visible()
    find.fill("ㅁㅇ")  # 문어
    find.fill("문어")
    expect(picker.get_by_role("button", name="octopus")).to_be_visible()
    find.press("ArrowDown")
    alice.keyboard.press("Enter")
    expect(picker).to_be_hidden()
    expect(said(alice, text).get_by_role("button", name="🐙 1 by Alice Kwon")).to_be_visible()
    assert all(url.startswith(("http://127.0.0.1", "data:", "blob:")) for url in loaded)
