"""From anywhere to anywhere: the switcher, the channel browser, the keys."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hangul import Hangul
from tests.browser.people import PageFor, composer, create_channel, go_to, say, something_new


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def switcher(page: Page) -> Locator:
    expect(page.get_by_role("log", name=re.compile("^(Messages|메시지)$"))).to_be_visible()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name=re.compile("^(Channel or person|채널 또는 사람)$"))
    expect(field).to_be_focused()
    return field


def test_the_switcher_shows_what_is_unread_first(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    create_channel(alice)
    say(bob, something_new("Look"))
    sidebar = alice.get_by_role("navigation", name="Channels")
    expect(sidebar.get_by_role("link", name=re.compile("^general"))).to_contain_text("1 unread")
    field = switcher(alice)
    waiting = alice.get_by_role("option").filter(has_text=re.compile("unread|mention"))
    expect(waiting.filter(has_text="general")).to_have_count(1)
    expect(alice.get_by_role("option").first).to_contain_text(re.compile("unread|mention"))
    field.press_sequentially("gnrl")
    expect(alice.get_by_role("option").first).to_contain_text("general")
    field.press("Enter")
    expect(heading(alice)).to_have_text("general")
    expect(composer(alice)).to_be_focused()


@pytest.mark.parametrize("typed", ["ㄷㅅ", "등사", "emdtks"])
def test_the_switcher_finds_korean_however_it_is_typed(page_for: PageFor, typed: str) -> None:
    """등산: by its initials, half composed, in the wrong layout; Enter waits for the syllable."""
    page = page_for("alice")
    go_to(page, "general")
    field = switcher(page)
    found = page.get_by_role("option").first
    if typed.isascii():
        field.press_sequentially(typed)
        expect(found).to_contain_text("등산")
        field.press("Enter")
    else:
        hangul = Hangul(page, field)
        hangul.compose(*(typed[: end + 1] for end in range(len(typed))))
        expect(found).to_contain_text("등산")
        hangul.enter_while_composing()
        hangul.commit(typed)
        hangul.release()
    expect(heading(page)).to_have_text("등산")


def test_the_switcher_begins_a_conversation_with_a_person(page_for: PageFor) -> None:
    page = page_for("emma")
    field = switcher(page)
    field.press_sequentially("ckdl")  # nobody
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    field.fill("lucas")
    expect(page.get_by_role("option").first).to_contain_text("Lucas Moreau")
    field.press("ArrowDown")
    field.press("ArrowUp")
    field.press("Enter")
    expect(heading(page)).to_have_text("Lucas Moreau")


def test_the_keys_go_up_and_down_the_sidebar(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    go_to(alice, "design")
    alice.keyboard.press("Alt+ArrowDown")
    expect(heading(alice)).not_to_have_text("design")
    alice.keyboard.press("Alt+ArrowUp")
    expect(heading(alice)).to_have_text("design")
    go_to(bob, "general")
    say(bob, something_new("News"))
    sidebar = alice.get_by_role("navigation", name="Channels")
    expect(sidebar.get_by_role("link", name=re.compile("^general"))).to_contain_text("unread")
    for _ in range(12):
        if heading(alice).inner_text() == "general":
            break
        here = heading(alice).inner_text()
        alice.keyboard.press("Alt+Shift+ArrowDown")
        expect(heading(alice)).not_to_have_text(here)
    expect(heading(alice)).to_have_text("general")


def test_the_question_mark_tells_all_keys(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    page.get_by_role("log").focus()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Next unread conversation")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    composer(page).press_sequentially("?")
    expect(composer(page)).to_have_value("?")


def test_the_channel_browser_finds_topics_and_tells_of_activity(page_for: PageFor) -> None:
    page = page_for("alice")
    page.get_by_role("button", name="Browse channels").click()
    dialog = page.get_by_role("dialog", name="Browse channels")
    dialog.get_by_role("searchbox").fill("ahendml")  # 모두의, in the topic of general
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    expect(dialog.get_by_role("listitem")).to_contain_text("general")
