"""Two people talk, and the page keeps its word when the connection does not."""

import re

from playwright.sync_api import expect

from tests.browser.people import (
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
)


def test_what_one_types_appears_at_the_other(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    text = something_new("Is anybody here?")
    composer(bob).press_sequentially(text[0])
    expect(alice.get_by_text("Bob Hansen is typing…")).to_be_visible()
    composer(bob).press_sequentially(text[1:])
    composer(bob).press("Enter")
    expect(said(alice, text)).to_have_count(1)
    expect(alice.get_by_text("Bob Hansen is typing…")).to_be_hidden()
    expect(said(bob, text)).to_have_count(1)
    expect(composer(bob)).to_have_value("")


def test_shift_enter_breaks_the_line(page_for: PageFor) -> None:
    alice = page_for("alice")
    go_to(alice, "general")
    text = something_new("first line")
    composer(alice).press_sequentially(text)
    composer(alice).press("Shift+Enter")
    composer(alice).press_sequentially("second line")
    expect(composer(alice)).to_have_value(f"{text}\nsecond line")
    composer(alice).press("Enter")
    expect(said(alice, text)).to_contain_text("second line")


def test_a_message_elsewhere_is_counted_until_it_is_read(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    go_to(alice, "general")
    go_to(bob, "general")
    elsewhere = create_channel(alice)
    sidebar = alice.get_by_role("navigation", name="Channels")
    link = sidebar.get_by_role("link", name=re.compile("^general"))
    say(bob, something_new("Look here"))
    expect(link).to_contain_text("1 unread")
    expect(alice).to_have_title(re.compile(rf"^\(\d+\) #{elsewhere} · Maru$"))
    link.click()
    expect(link).not_to_contain_text("unread")
    expect(alice).to_have_title(re.compile("#general · Maru$"))
    alice.reload()
    expect(messages(alice)).to_have_attribute("aria-busy", "false")
    expect(link).not_to_contain_text("unread")


def test_a_lost_connection_loses_nothing(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    cable = Cable(bob)
    bob.reload()
    for page in (alice, bob):
        go_to(page, "general")
    before, missed, waiting = (something_new(text) for text in ("Before", "Missed", "Waiting"))
    say(alice, before)
    expect(said(bob, before)).to_be_visible()
    cable.pull()
    expect(bob.get_by_text("No connection.")).to_be_visible()
    say(bob, waiting)
    expect(said(bob, waiting)).to_be_visible()
    say(alice, missed)
    act(alice, before, "Edit")
    alice.get_by_role("textbox", name="Edit the message").fill(f"{before}, edited")
    alice.get_by_role("textbox", name="Edit the message").press("Enter")
    expect(said(alice, waiting)).to_have_count(0)
    cable.plug_in()
    bob.evaluate(
        "dispatchEvent(new Event('online'))"
    )  # as the system does when the network is back
    expect(said(bob, missed)).to_have_count(1)
    expect(said(bob, before)).to_contain_text("edited")
    expect(said(alice, waiting)).to_have_count(1)
    expect(said(bob, waiting)).to_have_count(1)
    expect(bob.get_by_text("No connection.")).to_be_hidden()


def test_what_could_not_be_sent_says_so_and_can_be_sent_again(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    cable = Cable(bob)
    bob.reload()
    for page in (alice, bob):
        go_to(page, "general")
    cable.refused = "send-message"
    text, later, unwanted = (something_new(text) for text in ("Hm", "Later", "Unwanted"))
    say(bob, text)
    expect(said(bob, text)).to_contain_text("Not sent.")
    cable.refused = ""
    say(bob, later)
    expect(said(alice, later)).to_have_count(1)
    expect(said(alice, text)).to_have_count(0)
    said(bob, text).get_by_role("button", name="Try again").click()
    expect(said(alice, text)).to_have_count(1)
    expect(said(bob, text)).not_to_contain_text("Not sent.")
    cable.refused = "send-message"
    say(bob, unwanted)
    said(bob, unwanted).get_by_role("button", name="Discard").click()
    expect(said(bob, unwanted)).to_have_count(0)


def test_who_reads_far_up_stays_there_and_is_told_of_news(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    messages(alice).evaluate("(log) => log.scrollTo(0, log.scrollHeight / 2)")
    expect(alice.get_by_role("button", name="To the newest")).to_be_visible()
    texts = [something_new("News") for _ in range(2)]
    for text in texts:
        say(bob, text)
    alice.get_by_role("button", name="2 new messages").click()
    expect(said(alice, texts[-1])).to_be_in_viewport()
    expect(alice.get_by_role("button", name="new message")).to_be_hidden()
