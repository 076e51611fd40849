"""What can be done with a message, and that the others see it done."""

import re

from playwright.sync_api import expect

from tests.browser.people import (
    PageFor,
    act,
    composer,
    go_to,
    messages,
    said,
    say,
    something_new,
)


def test_an_edit_reaches_the_others(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    text = something_new("Teh plan")
    say(alice, text)
    act(alice, text, "Edit")
    editor = alice.get_by_role("textbox", name="Edit the message")
    expect(editor).to_be_focused()
    expect(editor).to_have_value(text)
    right = text.replace("Teh", "The")
    editor.fill(right)
    editor.press("Enter")
    expect(said(bob, right)).to_contain_text("(edited)")
    expect(said(bob, text)).to_have_count(0)
    expect(composer(alice)).to_be_focused()


def test_escape_leaves_a_message_as_it_was(page_for: PageFor) -> None:
    alice = page_for("alice")
    go_to(alice, "general")
    text = something_new("As it is")
    say(alice, text)
    act(alice, text, "Edit")
    alice.get_by_role("textbox", name="Edit the message").fill("something else")
    alice.keyboard.press("Escape")
    expect(said(alice, text)).not_to_contain_text("(edited)")


def test_a_deleted_message_is_gone_for_everybody(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    text = something_new("Never mind")
    say(alice, text)
    expect(said(bob, text)).to_be_visible()
    act(alice, text, "Delete")
    dialog = alice.get_by_role("dialog", name="Delete this message?")
    expect(dialog).to_contain_text(text)
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(said(bob, text)).to_have_count(0)
    expect(said(alice, text)).to_have_count(0)


def test_one_cannot_change_what_others_said(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    text = something_new("Mine")
    say(alice, text)
    said(bob, text).hover()
    bar = said(bob, text).get_by_role("toolbar", name="Message actions")
    expect(bar.get_by_role("button", name="Add a reaction")).to_be_visible()
    bar.get_by_role("button", name="More actions").click()
    menu = said(bob, text).get_by_role("menu")
    expect(menu.get_by_role("menuitem", name="Copy link")).to_be_focused()
    expect(menu.get_by_role("menuitem", name="Edit")).to_have_count(0)
    expect(menu.get_by_role("menuitem", name="Delete")).to_have_count(0)
    # On a page without https there is only the old way to copy.
    bob.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    menu.get_by_role("menuitem", name="Copy text").click()
    expect(bob.get_by_role("alert")).to_have_text("Copied.")
    composer(bob).press("Control+v")
    expect(composer(bob)).to_have_value(text)
    composer(bob).clear()  # for who comes after


def test_a_reaction_comes_and_goes(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    text = something_new("Good news")
    say(alice, text)
    act(bob, text, "React with 🎉")
    there = said(alice, text).get_by_role("button", name="🎉 1 by Bob Hansen")
    expect(there).to_have_attribute("aria-pressed", "false")
    there.click()
    both = said(bob, text).get_by_role("button", name="🎉 2 by Bob Hansen and Alice Kwon")
    expect(both).to_have_attribute("aria-pressed", "true")
    both.click()
    expect(said(alice, text).get_by_role("button", name="🎉 1 by Alice Kwon")).to_be_visible()


def test_a_thread_is_talked_in_beside_the_channel(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    text, reply = something_new("A question"), something_new("An answer")
    say(alice, text)
    act(bob, text, "Reply in a thread")
    panel = bob.get_by_role("complementary", name="Thread")
    panel.get_by_role("textbox", name="Reply in the thread").fill(reply)
    panel.get_by_role("textbox", name="Reply in the thread").press("Enter")
    said(alice, text).get_by_role("button", name="1 reply").click()
    expect(alice.get_by_role("complementary", name="Thread").get_by_text(reply)).to_be_visible()
    field = panel.get_by_role("textbox", name="Reply in the thread")
    own = panel.get_by_role("article").filter(has_text=reply)
    expect(own).not_to_have_class(re.compile("pending"))
    field.press("ArrowUp")
    expect(panel.get_by_role("textbox", name="Edit the message")).to_be_focused()
    bob.keyboard.press("Escape")
    expect(field).to_be_focused()
    alice.get_by_role("textbox", name="Reply in the thread").press("Escape")
    expect(alice.get_by_role("complementary", name="Thread")).to_be_hidden()
    expect(composer(alice)).to_be_focused()


def test_the_keyboard_reaches_every_message_and_its_actions(page_for: PageFor) -> None:
    alice = page_for("alice")
    go_to(alice, "general")
    text = something_new("By keyboard")
    say(alice, text)
    expect(said(alice, text)).not_to_have_class(re.compile("pending"))
    expect(composer(alice)).to_be_focused()
    alice.keyboard.press("Shift+Tab")
    expect(said(alice, text)).to_be_focused()
    bar = said(alice, text).get_by_role("toolbar", name="Message actions")
    alice.keyboard.press("Tab")
    expect(bar.get_by_role("button", name="React with 👍")).to_be_focused()
    # One bar at a time: the pointer's; and when it goes away, the keyboard's again.
    messages(alice).get_by_role("article").nth(-2).hover()
    expect(alice.get_by_role("toolbar", name="Message actions")).to_have_count(1)
    expect(bar).to_have_count(0)
    expect(said(alice, text)).to_be_focused()
    composer(alice).hover()
    expect(bar).to_be_visible()
