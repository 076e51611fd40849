"""Documents begin in the talk, and people find their way to them and in them."""

import re
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.documents import (
    ask,
    choose,
    comment_on,
    commented,
    new_document,
    open_document,
    paper,
    write,
)
from tests.browser.people import PageFor, act, go_to, said, say, something_new, until


def test_a_document_begins_beside_the_talk(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    for page in (alice, bob):
        go_to(page, "general")
    alice.get_by_role("button", name="Documents").click()
    panel = alice.get_by_role("complementary", name="Documents")
    panel.get_by_role("button", name="New document").click()
    title = something_new("Retrospective")
    dialog = alice.get_by_role("dialog", name="New document")
    dialog.get_by_label("Title").fill(title)
    dialog.get_by_text("A retrospective").click()
    dialog.get_by_role("button", name="Create", exact=True).click()
    expect(paper(alice)).to_have_attribute("contenteditable", "true")
    expect(paper(alice)).to_contain_text("##")
    expect(panel.get_by_label("Title")).to_have_value(title)

    card = said(bob, title).get_by_role("link", name=title)
    expect(card).to_contain_text("Alice Kwon is in it now")
    card.click()
    expect(bob).to_have_url(re.compile(r"\?document=\d+$"))
    expect(paper(bob)).to_have_attribute("contenteditable", "true")
    write(bob, "Bob was here")
    expect(paper(alice)).to_contain_text("Bob was here")
    bob.go_back()
    expect(bob.get_by_role("complementary", name="Documents")).to_be_hidden()

    alice.goto("/documents/", wait_until="domcontentloaded")
    alice.get_by_role("searchbox", name="Find a document").fill(title[:9])
    expect(alice.get_by_role("main").get_by_role("link", name=title)).to_be_visible()


def test_headings_have_addresses(page_for: PageFor) -> None:
    alice = page_for("alice")
    filling = "\n\n".join(f"line {number}" for number in range(80))
    document = new_document(alice, f"# Begin\n\n{filling}\n\n## 결정 사항\n\nWe go.")
    expect(alice.get_by_text("Saved")).to_be_visible()
    alice.get_by_role("button", name="Outline").click()
    alice.get_by_role("button", name="결정 사항", exact=True).click()
    expect(paper(alice).get_by_text("결정 사항")).to_be_in_viewport()
    alice.goto("about:blank")
    alice.goto(f"/documents/{document}#결정-사항", wait_until="domcontentloaded")
    expect(paper(alice).get_by_text("결정 사항")).to_be_in_viewport()


def check_what_one_takes_away(page: Page, document: int, *, title: str) -> None:
    """Files, the address of a heading, and that of a version."""
    open_document(page, document)
    for item, ending in (("Download as Markdown", "md"), ("Download as a web page", "html")):
        with page.expect_download() as download:
            choose(page, item)
        taken = download.value.path().read_text("utf-8")
        assert download.value.suggested_filename == f"{title}.{ending}"
        assert ("<h2" if ending == "html" else "## 결정 사항") in taken
    page.get_by_role("button", name="Outline").click()
    page.get_by_role("button", name="Copy the link to “결정 사항”").click()
    address = f"{urlsplit(page.url).netloc}/documents/{document}#{quote('결정-사항')}"
    until(page, f"navigator.clipboard.readText().then((text) => text.endsWith('{address}'))")
    version = ask(page, "name-version", document=document, name="As it was")["version"]["id"]
    page.goto(f"/documents/{document}?version={version}", wait_until="domcontentloaded")
    versions = page.get_by_role("dialog", name="Versions")
    expect(versions.get_by_text("What has changed since “As it was”")).to_be_visible()


def test_documents_are_renamed_moved_put_away_and_found_again(page_for: PageFor) -> None:
    alice = page_for("alice", permissions=["clipboard-read", "clipboard-write"])
    parent = new_document(alice, "# Above\n\n## 결정 사항\n\nWe go.")
    above = alice.get_by_label("Title").input_value()
    child = new_document(alice, "Below")
    choose(alice, "Rename")
    title = something_new("Moved")
    alice.keyboard.type(title)
    alice.keyboard.press("Enter")
    neighbours = alice.get_by_role("navigation", name="Documents")
    expect(neighbours.get_by_role("link", name=title)).to_be_visible()
    choose(alice, "Move…")
    dialog = alice.get_by_role("dialog", name=f"Move “{title}”")
    dialog.get_by_label("Under").select_option(str(parent))
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(dialog).to_be_hidden()
    branch = neighbours.get_by_role("listitem").filter(has_text=above)
    expect(branch.get_by_role("link", name=title)).to_be_visible()

    choose(alice, "Archive the document")
    expect(paper(alice)).to_have_attribute("contenteditable", "false")
    alice.goto(f"/documents/{child}", wait_until="domcontentloaded")
    expect(alice.get_by_text("This document is in the archive")).to_be_visible()
    alice.get_by_role("link", name="All documents").click()
    alice.get_by_text(re.compile(r"^Archived \(\d+\)")).click()
    alice.get_by_role("button", name=f"Take “{title}” out of the archive").click()
    expect(alice.get_by_role("main").get_by_role("link", name=title)).to_be_visible()

    check_what_one_takes_away(alice, parent, title=above)


def test_a_comment_is_a_thread_and_a_thread_becomes_a_document(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    new_document(alice, "We meet on Monday.")
    comment_on(alice, "on Monday", "Not a holiday?")
    go_to(bob, "general")
    note = alice.get_by_role("article").filter(has_text="Not a holiday?")
    thread = note.get_by_role("link", name="Open as a thread").get_attribute("href")
    bob.goto(thread or "", wait_until="domcontentloaded")
    panel = bob.get_by_role("complementary", name="Thread")
    expect(panel.get_by_role("link", name=re.compile("on Monday"))).to_be_visible()
    reply = panel.get_by_role("textbox")
    reply.fill("It is one.")
    reply.press("Enter")
    expect(note).to_contain_text("It is one.")
    panel.get_by_role("link", name=re.compile("on Monday")).click()
    expect(commented(bob)).to_have_text("on Monday")

    # A talk in the channel, and the document that is made of it.
    text = something_new("Where shall we eat?")
    beside = bob.get_by_role("complementary", name="Documents")
    beside.get_by_role("button", name="Close", exact=True).first.click()
    say(bob, text)
    act(bob, text, "Reply in a thread")
    reply.fill("점심은 **여기**")
    reply.press("Enter")
    expect(panel.get_by_role("article").filter(has_text="점심은")).to_be_visible()
    panel.get_by_role("button", name="Make a document of this thread").click()
    expect(paper(bob)).to_contain_text("점심은 **여기**")
    bob.get_by_role("navigation", name="Channels").get_by_role("link", name="Documents").click()
    expect(bob.get_by_role("main").get_by_role("link", name=text)).to_be_visible()


def test_templates_in_korean(page_for: PageFor) -> None:
    page = page_for("이영희", locale="ko-KR")
    page.goto("/documents/", wait_until="domcontentloaded")
    page.get_by_role("button", name="새 문서").click()
    dialog = page.get_by_role("dialog", name="새 문서")
    dialog.get_by_label("제목").fill(something_new("주간 회의"))
    dialog.get_by_text("회의록").click()
    dialog.get_by_role("button", name="만들기", exact=True).click()
    paper_ko = page.locator(".paper .cm-content")
    expect(paper_ko).to_contain_text("# 회의록")
    expect(paper_ko).to_contain_text("할 일")
