"""Names, channels and emoji are completed while one writes, also in the midst of a syllable."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hangul import Hangul
from tests.browser.people import PageFor, composer, go_to, messages, said, something_new


def suggestions(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def chosen(page: Page) -> Locator:
    return page.locator("[role=option][aria-selected=true]")


def test_a_mention_is_completed_with_the_keyboard(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    field, text = composer(page), something_new("Ask")
    field.press_sequentially(f"{text} @bo")
    expect(chosen(page)).to_contain_text("Bob Hansen")
    expect(field).to_have_attribute("aria-activedescendant", re.compile("^choices-"))
    field.press("Enter")
    expect(field).to_have_value(f"{text} @bob ")
    expect(suggestions(page)).to_have_count(0)
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("Enter")
    expect(said(page, text).locator(".mention")).to_have_text("@Bob Hansen")


def test_the_arrows_choose_and_escape_leaves_the_text(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    field = composer(page)
    field.press_sequentially("@")
    expect(suggestions(page)).not_to_have_count(0)
    first = str(chosen(page).get_attribute("id"))
    field.press("ArrowDown")
    expect(chosen(page)).not_to_have_id(first)
    field.press("ArrowUp")
    expect(chosen(page)).to_have_id(first)
    field.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    expect(field).to_have_value("@")
    field.press_sequentially("here")
    expect(suggestions(page)).to_have_count(0)
    field.fill("")
    field.press_sequentially("#gen")
    suggestions(page).first.click()
    expect(field).to_have_value("#general ")
    expect(field).to_be_focused()


@pytest.mark.parametrize("typed", ["김ㅊ", "ㄱㅊㅅ", "rlacj"])
def test_a_korean_name_is_found_however_it_is_typed(page_for: PageFor, typed: str) -> None:
    page = page_for("alice")
    go_to(page, "general")
    field = composer(page)
    field.press_sequentially("@")
    if typed.isascii():
        field.press_sequentially(typed)
    else:
        Hangul(page, field).compose(*(typed[: end + 1] for end in range(len(typed))))
    expect(chosen(page)).to_contain_text("김철수")


def test_enter_takes_a_name_after_its_last_syllable(page_for: PageFor) -> None:
    """It ends the composition, then the name stands there whole; nothing is sent."""
    page = page_for("김철수", locale="ko-KR")
    page.get_by_role("navigation", name="채널").get_by_role("link", name="general").click()
    field = page.get_by_role("textbox", name="#general에 메시지 보내기")
    field.press_sequentially("@")
    hangul = Hangul(page, field)
    for step in ("ㅇ", "이", "잉", "이여", "이영"):
        hangul.compose(step)
        expect(chosen(page)).to_contain_text("이영희")
    expect(field).to_have_value("@이영")
    hangul.enter_while_composing()
    hangul.commit("이영")
    hangul.enter()
    hangul.release()
    expect(field).to_have_value("@이영희")
    text = something_new("님이 보셨나요")
    field.press_sequentially(text)
    field.press("Enter")
    there = page.get_by_role("log").get_by_role("article").filter(has_text=text)
    expect(there.locator(".mention")).to_have_text("@이영희")
    # A command is found by what it does: 주제.
    field.press_sequentially("/")
    hangul.compose("ㅈ", "ㅈㅈ")
    expect(chosen(page)).to_contain_text("/topic")


def test_emoji_have_names_in_both_languages(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    field = composer(page)
    field.press_sequentially(":tada")
    expect(chosen(page)).to_contain_text("🎉")
    field.press("Tab")
    expect(field).to_have_value("🎉 ")
    field.press_sequentially("and :octopus: at 12:30:15")
    expect(field).to_have_value("🎉 and 🐙 at 12:30:15")
    field.fill("")
    field.press_sequentially(":")
    Hangul(page, field).compose("ㅎ", "하", "하트")
    expect(suggestions(page).filter(has_text="heart")).not_to_have_count(0)
    expect(messages(page)).to_have_count(1)
