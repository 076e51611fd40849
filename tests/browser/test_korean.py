"""The page in Korean, and Korean typed into it with a real input method's events."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.hangul import Hangul
from tests.browser.people import PageFor, go_to, messages, said, something_new


def test_the_page_speaks_korean(page_for: PageFor) -> None:
    page = page_for("김철수", locale="ko-KR")
    sidebar = page.get_by_role("navigation", name="채널")
    sidebar.get_by_role("link", name="general").click()
    expect(page.get_by_role("textbox", name="#general에 메시지 보내기")).to_be_focused()
    log = page.get_by_role("log", name="메시지")
    expect(log.get_by_text(re.compile(r"^오[전후] \d{1,2}:\d\d$")).first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def write(page_for: PageFor) -> tuple[Page, Locator, Hangul]:
    page = page_for("alice")
    go_to(page, "general")
    field = page.get_by_role("textbox", name="Message #general")
    return page, field, Hangul(page, field)


def sends_once(page: Page, field: Locator, text: str, press: Callable[[], None]) -> None:
    press()
    expect(said(page, text)).to_have_count(1)
    expect(field).to_have_value("")
    after = something_new("after it")
    field.press_sequentially(after)
    field.press("Enter")
    expect(said(page, after)).to_have_count(1)
    expect(said(page, text)).to_have_count(1)


def test_one_enter_sends_hangul_once_with_its_last_syllable(page_for: PageFor) -> None:
    page, field, hangul = write(page_for)
    field.press_sequentially(something_new("마루"))
    text = field.input_value() + "안녕"
    hangul.compose("ㅇ", "아", "안")
    hangul.commit("안")
    hangul.compose("ㄴ", "녀", "녕")

    def press() -> None:
        hangul.enter_while_composing()
        hangul.commit("녕")
        hangul.enter()
        hangul.release()

    sends_once(page, field, text, press)


def test_it_is_sent_also_where_no_second_enter_follows(page_for: PageFor) -> None:
    page, field, hangul = write(page_for)
    field.press_sequentially(something_new("온돌"))
    text = field.input_value() + "방"
    hangul.compose("ㅂ", "바", "방")

    def press() -> None:
        hangul.enter_while_composing()
        hangul.commit("방")
        hangul.release()

    sends_once(page, field, text, press)


def test_enter_only_commits_japanese(page_for: PageFor) -> None:
    page, field, hangul = write(page_for)
    hangul.compose("に", "にほ", "にほん", "日本")
    hangul.enter_while_composing()
    hangul.commit("日本")
    hangul.release()
    field.press_sequentially(something_new("へ"))
    text = field.input_value()
    assert text.startswith("日本")
    expect(messages(page).get_by_text("日本", exact=True)).to_have_count(0)
    field.press("Enter")
    expect(said(page, text)).to_have_count(1)


def test_nothing_of_ours_touches_the_field_while_one_composes(page_for: PageFor) -> None:
    page, field, hangul = write(page_for)
    bob = page_for("bob")
    go_to(bob, "general")
    hangul.compose("ㅎ", "하")
    text = something_new("Meanwhile")
    bob.get_by_role("textbox", name="Message #general").fill(text)
    bob.get_by_role("textbox", name="Message #general").press("Enter")
    expect(said(page, text)).to_be_visible()
    hangul.compose("한")
    hangul.commit("한")
    expect(field).to_have_value("한")
    field.clear()  # for who comes after
