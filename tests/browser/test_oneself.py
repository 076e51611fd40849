"""What is one's own: commands, preferences, a status, how loudly a conversation may call."""

import re
from datetime import datetime

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import (
    PageFor,
    composer,
    create_channel,
    go_to,
    messages,
    oneself,
    said,
    say,
    something_new,
)


def test_commands_are_completed_and_done(page_for: PageFor) -> None:
    alice = page_for("alice")
    channel = f"#{create_channel(alice)}"
    field = composer(alice, channel)
    topic = something_new("Lunch at noon")
    field.press_sequentially("/to")
    chosen = alice.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("/topic")
    expect(chosen).to_contain_text("what the channel is about")
    field.press("Enter")
    expect(field).to_have_value("/topic ")
    field.press_sequentially(topic)
    field.press("Enter")
    expect(alice.locator(".room-topic")).to_have_text(topic)
    expect(field).to_have_value("")
    say(alice, "/me waves", channel)
    expect(said(alice, "waves").locator("em")).to_have_text("waves")
    say(alice, "/shrug", channel)
    expect(said(alice, "¯\\_(ツ)_/¯")).to_be_visible()
    say(alice, "/invite @bob ", channel)
    expect(alice.get_by_role("button", name="2 members")).to_be_visible()
    # What cannot be done says why, and stays to be mended.
    for wrong, why in (
        ("/nosuch thing", "There is no command /nosuch"),
        ("/invite", "Write it as"),
    ):
        say(alice, wrong, channel)
        expect(alice.get_by_role("alert")).to_contain_text(why)
        expect(field).to_have_value(wrong)
    say(alice, "/leave", channel)
    expect(alice.get_by_role("alert")).to_contain_text("You have left.")


def choose(page: Page, *choices: str) -> None:
    page.keyboard.press("Control+,")
    dialog = page.get_by_role("dialog")
    for choice in choices:
        dialog.get_by_text(choice, exact=True).click()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_preferences_count_at_once_and_everywhere(page_for: PageFor) -> None:
    """Somebody whose language is Korean, so that nobody else's page is changed by it."""
    page = page_for("최준호", locale="ko-KR")
    expect(page.get_by_role("log", name="메시지")).to_be_visible()
    page.keyboard.press("Control+,")
    page.get_by_role("dialog").get_by_text("English", exact=True).click()
    expect(messages(page)).to_be_visible()  # in English, without another word
    go_to(page, "general")
    other = page_for("최준호")
    go_to(other, "general")
    light, tall = paper(other), row_height(other)
    choose(page, "Dark", "Compact", "24 hours", "High", "New line, Ctrl+Enter sends", "Less motion")
    root = other.locator("html")
    for name, value in {
        "theme": "dark", "density": "compact", "contrast": "high", "motion": "reduced",
    }.items():  # fmt: skip
        for each in (other, page):
            expect(each.locator("html")).to_have_attribute(f"data-{name}", value)
    frame = other.locator("meta[name=theme-color][content='#151310']")
    expect(frame).to_have_count(2)  # whatever the system likes
    assert row_height(other) < tall
    assert (light, paper(other), paper(page)) == (
        "rgb(250, 247, 240)",
        "rgb(0, 0, 0)",
        "rgb(0, 0, 0)",
    )
    text = something_new("Two lines")
    composer(other).fill(text)
    composer(other).press("Enter")
    composer(other).press_sequentially("in one")
    expect(composer(other)).to_have_value(f"{text}\nin one")
    composer(other).press("Control+Enter")
    expect(said(page, text)).to_contain_text("in one")
    time = said(page, text).locator("time").last
    at = datetime.fromisoformat(time.get_attribute("datetime") or "")
    expect(time).to_have_text(f"{(at.hour + 9) % 24:02}:{at.minute:02}")  # in Seoul
    other.keyboard.press("Control+/")
    keys = other.get_by_role("dialog", name="Keyboard shortcuts").get_by_role("definition")
    expect(keys.filter(has_text="CtrlEnter")).to_have_count(1)
    other.keyboard.press("Escape")
    # It is so from the first look on, also after a reload.
    other.reload()
    expect(root).to_have_attribute("data-theme", "dark")
    expect(said(other, text).locator("time").last).to_have_text(time.inner_text())


def row_height(page: Page) -> float:
    box = page.locator(".sidebar-link").first.bounding_box()
    assert box
    return box["height"]


def test_a_status_ends_by_itself_and_stands_on_ones_card(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    alice.clock.install()
    alice.reload()
    for page in (alice, bob):
        go_to(page, "general")
    doing, text = something_new("Watering the plants"), something_new("Ask me later")
    say(alice, text)
    set_status(alice, doing)
    # Bob comes to the card by keyboard alone.
    message = said(bob, text)
    message.focus()
    bob.keyboard.press("Tab")
    message.get_by_role("button", name="More actions").press("Enter")
    bob.keyboard.press("End")
    bob.keyboard.press("Enter")
    card = bob.get_by_role("dialog", name="Profile")
    expect(card).to_contain_text(re.compile(f"🐙 {doing}.*Until \\d", re.S))
    expect(card).to_contain_text("@alice")
    expect(card).to_contain_text(re.compile("Local time|Here since"))
    card.get_by_role("button", name="#general").click()
    expect(card).to_have_count(0)
    expect(composer(bob)).to_be_focused()
    # A mention leads there too, and from there to a word between the two.
    asked = something_new("Who knows?")
    say(bob, f"@alice {asked}")
    said(bob, asked).locator(".mention").click()
    card.get_by_role("button", name="Send a message").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Alice Kwon")
    mend_status(alice, f"{doing}, still")
    alice.clock.fast_forward("31:00")
    alice.clock.run_for(1_000)
    expect(oneself(alice)).not_to_contain_text(doing)


def set_status(page: Page, doing: str) -> None:
    """For half an hour."""
    oneself(page).click()
    page.locator("#user-menu").get_by_role("button").first.click()
    dialog = page.get_by_role("dialog", name="Your status")
    dialog.get_by_role("button", name=re.compile("^(Choose an emoji|Emoji: )")).click()
    picker = page.get_by_role("dialog", name="Choose an emoji")
    picker.get_by_role("searchbox").fill("octopus")
    picker.get_by_role("button", name="octopus").click()
    expect(picker).to_be_hidden()
    dialog.get_by_label("What are you doing?").fill(doing)
    dialog.get_by_label("Until").select_option("30m")
    dialog.get_by_role("button", name="Save").click()
    expect(oneself(page)).to_contain_text(f"🐙 {doing}")


def mend_status(page: Page, text: str) -> None:
    """Another word, until the same time."""
    oneself(page).click()
    page.locator("#user-menu").get_by_role("button").first.click()
    dialog = page.get_by_role("dialog", name="Your status")
    expect(dialog.get_by_label("Until")).to_have_value("kept")
    dialog.get_by_label("What are you doing?").fill(text)
    dialog.get_by_role("button", name="Save").click()
    expect(oneself(page)).to_contain_text(text)


def link_of(page: Page, channel: str) -> Locator:
    sidebar = page.get_by_role("navigation", name="Channels")
    return sidebar.get_by_role("link", name=re.compile(rf"^{channel}\b"))


def counted_in_the_title(page: Page) -> int:
    counted = re.match(r"\((\d+)\)", page.title())
    return int(counted[1]) if counted else 0


def icon_shows(page: Page, what: str) -> None:
    """In the picture that the tab has."""
    icon = "decodeURIComponent(document.querySelector('link[rel=icon]').href)"
    page.wait_for_function(f"(what) => new RegExp(what).test({icon})", arg=what)


def test_a_conversation_calls_as_loudly_as_one_lets_it(page_for: PageFor) -> None:
    alice, emma = page_for("alice"), page_for("emma")
    channel = create_channel(alice)
    say(alice, "/invite @emma ", f"#{channel}")
    link = link_of(emma, channel)
    expect(link).to_be_visible()
    go_to(emma, "general")
    emma.keyboard.press("Escape")  # what others have said before
    expect(link_of(emma, "general")).not_to_contain_text("unread")
    unread = counted_in_the_title(emma)
    say(alice, something_new("Psst"), f"#{channel}")
    expect(link).to_contain_text("1 unread")
    emma.wait_for_function(f"document.title.startsWith('({unread + 1}) ')")
    icon_shows(emma, "<circle")
    link.hover()
    emma.get_by_role("button", name=f"Settings of {channel}").click()
    dialog = emma.get_by_role("dialog", name=f"#{channel}")
    dialog.get_by_role("radio", name="Mentions only").check()
    expect(link).not_to_contain_text("unread")
    emma.wait_for_function(f"!document.title.startsWith('({unread + 1}) ')")
    dialog.get_by_label("Section in the sidebar").fill("Garden")
    dialog.get_by_role("button", name="Done").click()
    heading = emma.get_by_role("heading", name="Garden")
    expect(heading).to_be_visible()
    expect(link).not_to_have_class(re.compile("unread"))
    say(alice, something_new("@emma, look"), f"#{channel}")
    expect(link).to_contain_text("1 mention")
    icon_shows(emma, r">\d\+?</text>")
    # Starred it stands above all; muted it is silent, but for what is meant for oneself.
    link.click(button="right")
    dialog.get_by_role("checkbox", name=re.compile("Starred")).check()
    dialog.get_by_role("checkbox", name=re.compile("Muted")).check()
    dialog.get_by_role("button", name="Done").click()
    expect(heading).to_have_count(0)
    section = emma.locator(".sidebar-section").first
    expect(section.get_by_role("heading", name="Starred")).to_be_visible()
    expect(section.get_by_role("link", name=re.compile(f"^{channel}"))).to_contain_text("Muted")
    emma.reload()
    expect(section.get_by_role("link", name=re.compile(f"^{channel}"))).to_contain_text("1 mention")
    go_to(emma, channel)
    expect(link).not_to_contain_text("mention")
