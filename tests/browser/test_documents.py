"""People write in one document at the same time."""

import re

from playwright.sync_api import Page, expect

from tests.browser.documents import (
    Hangul,
    Wire,
    ask,
    choose,
    comment_on,
    commented,
    expect_closed,
    expect_text,
    new_document,
    open_document,
    paper,
    text_of,
    write,
)
from tests.browser.people import PageFor, create_channel, go_to

# What of the page has a place on paper, its ink and paper, and whether the text takes the width.
ON_PAPER = """() => {
  const parts = `nav, aside, button, .paper, .caret, .document-tools, .document-foot, maru-margin,
    maru-toast, maru-document-head, article`;
  const isShown = (element) => element.getClientRects().length > 0;
  const text = document.querySelector("article.preview");
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.background = "Canvas";
  const { backgroundColor } = getComputedStyle(probe);
  probe.remove();
  return {
    shown: [...document.querySelectorAll(parts)].filter(isShown).map((e) => e.localName),
    colours: [getComputedStyle(text).color, backgroundColor],
    isWide: text.getBoundingClientRect().width > innerWidth - 60,
  };
}"""


def expect_good_print(page: Page, *, ending: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("article", name="Preview")).to_contain_text(ending)
    assert page.evaluate(ON_PAPER) == {
        "shown": ["maru-document-head", "article"],
        "colours": ["rgb(0, 0, 0)", "rgb(255, 255, 255)"],
        "isWide": True,
    }
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_two_people_write_in_one_text_and_see_each_other(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    document = new_document(alice, "# Plan\n\nFirst line\nLast line")
    open_document(bob, document)
    expect_text(bob, "# Plan\n\nFirst line\nLast line")

    paper(bob).focus()
    bob.keyboard.press("Control+End")
    bob.keyboard.insert_text(", says Bob")  # one change: keys half a second apart are two
    expect(paper(alice).locator(".caret-name")).to_have_text("Bob Hansen")
    expect_text(alice, "# Plan\n\nFirst line\nLast line, says Bob")
    expect(alice.get_by_role("img", name=re.compile("In it now: .*Bob Hansen"))).to_be_visible()

    # Each takes back only what is their own.
    paper(alice).focus()
    alice.keyboard.press("Control+Home")
    alice.keyboard.type("Alice was here. ")
    expect_text(bob, "Alice was here. # Plan\n\nFirst line\nLast line, says Bob")
    paper(bob).press("Control+z")
    expect_text(alice, "Alice was here. # Plan\n\nFirst line\nLast line")

    bob.get_by_role("button", name="Read", exact=True).click()
    expect(bob.get_by_role("article", name="Preview")).to_contain_text("First line")

    # On paper: the text alone, black on white, whichever way one looks at it.
    alice.keyboard.press("Control+End")
    alice.keyboard.insert_text("".join(f"\n\nLine {number}" for number in range(90)))
    for page in (alice, bob):
        expect_good_print(page, ending="Line 89")
    expect(paper(alice)).to_be_visible()
    bob.close()
    expect(paper(alice).locator(".caret-name")).to_have_count(0)


def test_what_is_written_without_a_connection_is_merged(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    document = new_document(alice, "The middle")
    wire = Wire(bob)
    open_document(bob, document)
    expect_text(bob, "The middle")
    wire.cut()
    expect(bob.get_by_text(re.compile("^Offline"))).to_be_visible()
    paper(bob).focus()
    bob.keyboard.press("Control+End")
    bob.keyboard.type(" and the end")
    alice.keyboard.press("Control+Home")
    alice.keyboard.type("The beginning, ")
    assert "beginning" not in text_of(bob)
    wire.mend()
    for page in (alice, bob):
        expect_text(page, "The beginning, The middle and the end")
    expect(bob.get_by_text("Saved")).to_be_visible()


def test_hangul_stays_whole_while_somebody_writes_in_the_same_line(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    document = new_document(alice, "위\n여기: \n아래")
    open_document(bob, document)
    expect_text(bob, "위\n여기: \n아래")
    alice.keyboard.press("ArrowUp")
    alice.keyboard.press("End")
    hangul = Hangul(alice)
    paper(bob).focus()
    bob.keyboard.press("Control+Home")

    hangul.compose("ㅎ", "하")
    bob.keyboard.type("맨 ")  # another line: it need not wait
    expect_text(alice, "맨 위\n여기: 하\n아래")
    bob.keyboard.press("ArrowDown")
    bob.keyboard.press("Home")
    bob.keyboard.type("바로 ")  # the same line: it waits for the end of the word
    expect_text(bob, "맨 위\n바로 여기: 하\n아래")
    hangul.compose("한")
    expect_text(bob, "맨 위\n바로 여기: 한\n아래")
    assert text_of(alice) == "맨 위\n여기: 한\n아래"
    hangul.commit("한")
    hangul.compose("ㄱ", "그", "글")
    hangul.commit("글")
    for page in (alice, bob):
        expect_text(page, "맨 위\n바로 여기: 한글\n아래")

    for syllable, steps in {"마": "ㅁ마", "루": "ㄹ루"}.items():
        hangul.compose(*steps)
        bob.keyboard.type("x")
        hangul.commit(syllable)
    for page in (alice, bob):
        expect_text(page, "맨 위\n바로 xx여기: 한글마루\n아래")


def test_who_loses_the_channel_loses_its_documents(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    go_to(alice, "general")
    room = create_channel(alice, private=True)
    channel = int(alice.url.rsplit("/", 1)[1])
    me = ask(bob, "list-users", query="bob")["users"][0]["id"]
    ask(alice, "add-member", channel=channel, user=me)
    document = new_document(alice, "For us alone", channel=room)
    open_document(bob, document)
    expect_text(bob, "For us alone")
    other = page_for("bob")
    expect(other.get_by_role("navigation", name="Channels")).to_contain_text(room)
    ask(other, "leave-channel", channel=channel)
    expect_closed(bob)
    assert "For us alone" not in bob.content()
    other.goto(f"/documents/{document}", wait_until="domcontentloaded")
    expect_closed(other)


def test_comments_stay_with_their_text(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    document = new_document(alice, "We meet on Monday in the hall.")
    open_document(bob, document)
    comment_on(alice, "on Monday", "Is that a holiday?")
    expect(commented(bob)).to_have_text("on Monday")

    paper(bob).focus()
    bob.keyboard.press("Control+Home")
    bob.keyboard.type("Everybody: ")
    for page in (alice, bob):
        expect_text(page, "Everybody: We meet on Monday in the hall.")
        expect(commented(page)).to_have_text("on Monday")
    bob.reload()
    expect(commented(bob)).to_have_text("on Monday")

    commented(bob).click()
    reply = bob.get_by_role("textbox", name="Reply")
    reply.fill("It is. Tuesday then.")
    reply.press("Enter")
    note = alice.get_by_role("article").filter(has_text="Is that a holiday?")
    expect(note).to_contain_text("Tuesday then.")
    note.get_by_role("button", name="Resolve").click()
    for page in (alice, bob):
        expect(commented(page)).to_have_count(0)
    alice.get_by_role("button", name="Show what is resolved").click()
    expect(note).to_contain_text("Tuesday then.")


def test_a_version_comes_back(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    document = new_document(alice, "One\nTwo\nThree")
    open_document(bob, document)
    choose(alice, "Versions")
    versions = alice.get_by_role("dialog", name="Versions")
    versions.get_by_label("Name of the version").fill("Before the meeting")
    versions.get_by_role("button", name="Keep").click()
    expect(versions.get_by_text("Nothing: the text is as it was.")).to_be_visible()
    versions.get_by_role("button", name="Close").click()

    write(bob, "\nFour")
    paper(bob).press("Control+Home")
    bob.keyboard.press("Delete")
    expect(paper(alice)).to_contain_text("Four")
    choose(alice, "Versions")
    versions.get_by_role("button", name=re.compile("^Before the meeting")).click()
    expect(versions.get_by_role("insertion").first).to_be_visible()
    expect(versions.get_by_role("deletion").first).to_have_text("One")
    versions.get_by_role("button", name="Restore").click()
    for page in (alice, bob):
        expect_text(page, "One\nTwo\nThree")
