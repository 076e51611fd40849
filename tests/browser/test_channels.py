"""Making, finding, joining and leaving channels; talking to one person; addresses."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import (
    AT_REST,
    PageFor,
    act,
    composer,
    create_channel,
    go_to,
    is_told,
    messages,
    oneself,
    said,
    say,
    something_new,
)


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_new_channel_can_be_found_read_joined_and_left(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    name = create_channel(alice)
    text = something_new("Come in")
    say(alice, text, f"#{name}")
    is_told(alice, text)
    bob.get_by_role("button", name="Browse channels").click()
    browser = bob.get_by_role("dialog", name="Browse channels")
    browser.get_by_role("searchbox", name="Find a channel").fill(name.upper())
    browser.get_by_role("button", name=re.compile(f"^{name}")).click()
    expect(said(bob, text)).to_be_visible()
    expect(composer(bob, f"#{name}")).to_be_hidden()
    bob.get_by_role("button", name="Join the channel").click()
    answer = something_new("Here I am")
    say(bob, answer, f"#{name}")
    expect(said(alice, answer)).to_be_visible()
    # Whoever runs a channel may take away what does not belong there.
    act(alice, answer, "Delete")
    dialog = alice.get_by_role("dialog", name="Delete this message?")
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(said(bob, answer)).to_have_count(0)
    expect(alice.get_by_role("button", name="2 members")).to_be_visible()
    for deed, may in (("Let only owners write", 0), ("Let everybody write", 1)):
        alice.get_by_role("button", name="More", exact=True).click()
        alice.get_by_role("button", name=deed).click()
        expect(bob.get_by_text("Only owners write here.")).to_have_count(1 - may)
        expect(composer(bob, f"#{name}")).to_have_count(may)
        expect(composer(alice, f"#{name}")).to_be_visible()
    bob.get_by_role("button", name="More", exact=True).click()
    bob.get_by_role("button", name="Leave the channel").click()
    expect(bob.get_by_role("button", name="Join the channel")).to_be_visible()
    sidebar = bob.get_by_role("navigation", name="Channels")
    expect(sidebar.get_by_role("link", name=name)).to_have_count(0)
    expect(alice.get_by_role("button", name="1 member")).to_be_visible()


def test_a_name_that_is_taken_is_refused_in_the_dialog(page_for: PageFor) -> None:
    page = page_for("alice")
    page.get_by_role("button", name="Create a channel").click()
    dialog = page.get_by_role("dialog", name="Create a channel")
    dialog.get_by_label("Name").fill("general")
    dialog.get_by_role("button", name="Create", exact=True).click()
    expect(dialog.get_by_role("alert")).to_have_text("This name is already taken.")
    # Counted as people count: a flag is one character, and two units of a string twice.
    dialog.get_by_label("Name").fill("🇰🇷" * 75)
    expect(dialog.get_by_text("5 characters left")).to_be_visible()
    dialog.get_by_label("Name").fill("🇰🇷" * 81)
    expect(dialog.get_by_text("1 character too many")).to_be_visible()
    dialog.get_by_role("button", name="Create", exact=True).click()
    expect(dialog.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_private_channel_is_not_there_for_others(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    name = create_channel(alice, private=True)
    bob.goto(alice.url)
    expect(bob.get_by_role("heading", name="Nothing here")).to_be_visible()
    bob.get_by_role("button", name="Browse channels").first.click()
    expect(bob.get_by_role("dialog").get_by_text("general").first).to_be_visible()
    expect(bob.get_by_role("dialog").get_by_text(name)).to_have_count(0)
    bob.keyboard.press("Escape")
    # Written about, it is a way there for who is in it, and a word for everybody else.
    text = something_new("소식은")
    for page in (alice, bob):
        go_to(page, "general")
    say(alice, f"{text} #{name}에서, 나머지는 #general에서")
    links = said(bob, text).get_by_role("link", name=re.compile("^#"))
    expect(links).to_have_text(["#general"])
    expect(said(alice, text).get_by_role("link", name="#general")).to_be_visible()
    said(alice, text).get_by_role("link", name=f"#{name}").click()
    expect(alice.get_by_role("heading", level=1)).to_have_text(name)
    # Also when nothing more is said there.
    alice.evaluate(
        """() => document.querySelector("maru-chat").chat.connection.request(
          "update-channel", { channel: Number(location.pathname.split("/")[2]), archived: true })"""
    )
    expect(alice.get_by_text("This channel is archived.")).to_be_visible()
    go_to(alice, "general")
    expect(said(alice, text).get_by_role("link", name=f"#{name}")).to_be_visible()


def test_a_direct_conversation_reaches_one_person(page_for: PageFor) -> None:
    bob, charlie = page_for("bob"), page_for("charlie")
    bob.get_by_role("button", name="Start a conversation").first.click()
    dialog = bob.get_by_role("dialog", name="Start a conversation")
    dialog.get_by_role("searchbox", name="Find people").fill("charl")
    dialog.get_by_role("button", name=re.compile("Charlie")).click()
    dialog.get_by_role("button", name="Start", exact=True).click()
    heading(bob, "Charlie Okafor")
    text = something_new("Between us")
    say(bob, text, "Charlie Okafor")
    link = charlie.get_by_role("navigation", name="Channels").get_by_role(
        "link", name=re.compile(r"\bBob\b.* unread")
    )
    link.click()
    expect(said(charlie, text)).to_be_visible()
    expect(composer(charlie, "Bob Hansen")).to_be_visible()


def test_every_channel_has_an_address_and_back_goes_back(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    general = page.url
    other = create_channel(page)
    assert page.url != general
    page.go_back()
    heading(page, "general")
    assert page.url == general
    page.go_forward()
    heading(page, other)
    page.reload()
    heading(page, other)
    page.goto("/")
    heading(page, other)


def test_members_are_shown_with_who_is_here(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    alice.get_by_role("button", name=re.compile("members$")).click()
    panel = alice.get_by_role("complementary", name="Members")
    entry = panel.get_by_role("button", name=re.compile(r"\bBob\b"))
    expect(entry.get_by_role("img", name="Online")).to_be_visible()
    oneself(bob).click()
    bob.get_by_role("button", name="Busy").click()
    expect(entry.get_by_role("img", name="Busy")).to_be_visible()
    oneself(bob).click()
    bob.get_by_role("button", name="Online").click()
    expect(entry.get_by_role("img", name="Online")).to_be_visible()
    bob.close()
    expect(entry.get_by_role("img", name="Offline")).to_be_visible()


def test_history_loads_upward_without_a_jump(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    shown = messages(page).get_by_role("article")
    before = shown.count()
    assert before >= 50, "the demo world has a long history here"
    place = page.evaluate(
        """() => {
          const log = document.querySelector('[role=log]');
          log.scrollTop = 40;
          const edge = log.getBoundingClientRect().top;
          const tops = () => [...log.querySelectorAll('article')]
            .map((row) => [row.dataset.message, row.getBoundingClientRect().bottom]);
          const [id, bottom] = tops().find(([, bottom]) => bottom > edge + 60);
          window.placeNow = () => new Map(tops()).get(id);
          return bottom;
        }"""
    )
    page.wait_for_function(
        "(count) => document.querySelectorAll('[role=log] article').length > count", arg=before
    )
    page.evaluate(AT_REST)
    assert abs(page.evaluate("window.placeNow()") - place) <= 1
