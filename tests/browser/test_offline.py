"""Without a network the last state opens, and what is written waits; a log-out forgets."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.people import (
    STATE,
    PageFor,
    act,
    composer,
    create_channel,
    go_to,
    messages,
    oneself,
    said,
    say,
    something_new,
    until,
)

INSTALLED: dict[str, Any] = {"service_workers": "allow"}
KEPT = "caches.match('/').then(Boolean)"


def installed(page_for: PageFor, username: str) -> Page:
    """The worker is there and has kept the page with all its files."""
    page = page_for(username, **INSTALLED)
    go_to(page, "general")
    until(page, KEPT)
    page.reload()
    expect(messages(page)).to_have_attribute("aria-busy", "false")
    return page


def test_the_last_state_opens_and_what_is_written_is_sent_in_order(page_for: PageFor) -> None:
    bob = installed(page_for, "bob")
    browser = bob.context.new_cdp_session(bob)
    errors = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} == {"in-incognito"}, "as all tests are"
    alice = page_for("alice")
    go_to(alice, "general")
    before, first, second, meanwhile = map(something_new, ("Seen", "First", "Second", "Meanwhile"))
    say(alice, before)
    expect(said(bob, before)).to_be_visible()
    until(bob, f"({STATE})().then((state) => state.includes('{before}'))")
    bob.context.set_offline(True)
    bob.reload()
    expect(said(bob, before)).to_be_visible()
    expect(bob.get_by_text("No connection.")).to_be_visible()
    here = bob.url
    bob.goto(f"{here}/space")  # whose own code is not kept
    expect(bob.get_by_role("navigation", name="Channels")).to_be_visible()
    bob.goto(here)
    say(bob, first)
    say(bob, second)
    expect(said(bob, second)).to_be_visible()
    half = something_new("Half a thought")
    composer(bob).press_sequentially(half)
    until(bob, f"({STATE})().then((state) => state.includes('{half}'))")
    bob.reload()
    expect(said(bob, first)).to_be_visible()
    expect(composer(bob)).to_have_value(half)
    expect(said(bob, second)).to_be_visible()
    say(alice, meanwhile)
    expect(said(alice, first)).to_have_count(0)
    bob.context.set_offline(False)
    expect(said(alice, second)).to_have_count(1)
    written = [first, second]
    there = "\n".join(messages(alice).get_by_role("article").all_inner_texts())
    assert there.index(written[0]) < there.index(written[1])
    expect(said(bob, meanwhile)).to_have_count(1)
    expect(said(bob, first)).to_have_count(1)
    expect(composer(bob)).to_have_value(half)
    composer(bob).clear()  # for who comes after


def test_what_one_has_begun_to_write_is_there_after_a_reload(page_for: PageFor) -> None:
    alice = page_for("alice")
    other = page_for("alice")
    name = create_channel(alice)
    go_to(other, name)
    text, question = something_new("Half a thought"), something_new("A question")
    say(alice, question, f"#{name}")
    act(alice, question, "Reply with a quote")
    field = composer(alice, f"#{name}")
    field.press_sequentially(text)
    expect(composer(other, f"#{name}")).to_have_value(text)
    # What one answers belongs to it.
    expect(other.get_by_text("Replying to Alice Kwon")).to_be_visible()
    go_to(alice, "general")
    sidebar = alice.get_by_role("navigation", name="Channels")
    expect(sidebar.get_by_role("link", name=name)).to_contain_text("Draft")
    alice.reload()
    expect(sidebar.get_by_role("link", name=name)).to_contain_text("Draft")
    go_to(alice, name)
    expect(composer(alice, f"#{name}")).to_have_value(text)
    expect(alice.get_by_text("Replying to Alice Kwon")).to_be_visible()
    composer(alice, f"#{name}").press("Enter")
    expect(composer(other, f"#{name}")).to_have_value("")
    expect(said(other, text).get_by_role("link", name=re.compile("^In reply to"))).to_be_visible()
    expect(other.get_by_text("Replying to Alice Kwon")).to_be_hidden()


def test_a_log_out_leaves_nothing_behind(page_for: PageFor, sessions: dict[Any, Any]) -> None:
    page = installed(page_for, "charlie")
    until(page, f"({STATE})().then((state) => state !== '[]')")
    oneself(page).click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/accounts/login/**")
    sessions.clear()  # or the next test would come with a cookie that has ended
    assert page.evaluate(STATE) == "[]"
    until(page, "caches.match('/').then((kept) => !kept)")
