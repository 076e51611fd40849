"""How one reads: from the first unread message on, without a jump, back to any day and message."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.browser.flood import flood, listen
from tests.browser.people import (
    PageFor,
    act,
    create_channel,
    go_to,
    messages,
    oneself,
    said,
    say,
    something_new,
)

FIRST_SEEN = """() => {
  const { top } = document.querySelector("[role=log]").getBoundingClientRect();
  const rows = [...document.querySelectorAll("[role=log] [data-message]")];
  const row = rows.find((row) => row.getBoundingClientRect().bottom > top);
  return { message: row.dataset.message, bottom: row.getBoundingClientRect().bottom };
}"""
SEOUL = ZoneInfo("Asia/Seoul")


def talk(page: Page, channel: str, texts: Iterable[str]) -> None:
    for text in texts:
        say(page, text, f"#{channel}")
    expect(said(page, text)).to_be_visible()


def join(page: Page, channel: str) -> None:
    page.get_by_role("button", name="Browse channels").click()
    page.get_by_role("button", name=f"Join #{channel}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(channel)


def link_of(page: Page, channel: str) -> Locator:
    sidebar = page.get_by_role("navigation", name="Channels")
    return sidebar.get_by_role("link", name=re.compile(rf"^{channel}\b"))


def new_mark(page: Page) -> Locator:
    return messages(page).get_by_text("New", exact=True)


def test_a_channel_opens_at_the_first_unread_message(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    channel = create_channel(alice)
    join(bob, channel)
    go_to(bob, "general")
    texts = [something_new("A long story") for _ in range(25)]
    talk(alice, channel, texts)
    expect(link_of(bob, channel)).to_contain_text("25 unread")
    go_to(bob, channel)
    expect(new_mark(bob)).to_be_in_viewport()
    expect(said(bob, texts[0])).to_be_in_viewport()
    expect(said(bob, texts[-1])).not_to_be_in_viewport()
    more = bob.get_by_role("button", name=re.compile(r"\d+ new messages"))
    expect(more).to_have_text(re.compile(r"^\s*\d+ new\s*$"))
    half_read = re.compile(r" 1?\d unread$")
    # Half read: what is below is still unread, here and on every other device.
    expect(link_of(bob, channel)).to_have_accessible_name(half_read)
    other = page_for("bob")
    expect(link_of(other, channel)).to_have_accessible_name(half_read)
    more.click()
    expect(said(bob, texts[-1])).to_be_in_viewport()
    expect(link_of(other, channel)).not_to_contain_text("unread")
    # The mark stays until one has had enough of it.
    messages(bob).evaluate("(log) => log.scrollTo(0, 0)")
    expect(new_mark(bob)).to_be_visible()
    oneself(bob).click()
    bob.keyboard.press("Escape")
    expect(bob.locator("#user-menu")).to_be_hidden()
    expect(new_mark(bob)).to_be_visible()
    bob.evaluate("document.activeElement.blur()")  # from wherever one is
    bob.keyboard.press("Escape")
    expect(new_mark(bob)).to_have_count(0)
    expect(said(bob, texts[-1])).to_be_in_viewport()
    # The marker goes back only when one says so, and then stays.
    act(bob, texts[-2], "Mark unread from here")
    expect(new_mark(bob)).to_be_visible()
    expect(link_of(other, channel)).to_contain_text("2 unread")
    expect(link_of(bob, channel)).to_contain_text("2 unread")


def test_nothing_moves_while_older_messages_come(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    log = messages(page)
    log.evaluate("(log) => log.scrollTo(0, log.scrollHeight)")
    moves = log.evaluate(
        """async (log) => {
          const moves = [];
          for (let round = 0; round < 4; round++) {
            log.scrollTo(0, 120);
            await new Promise(requestAnimationFrame);
            const top = log.getBoundingClientRect().top;
            const row = [...log.querySelectorAll("maru-message")].find(
              (row) => row.getBoundingClientRect().bottom > top);
            const before = row.getBoundingClientRect().bottom;
            const count = log.querySelectorAll("maru-message").length;
            // A picture that comes late, above the eye and without a size.
            const picture = document.createElement("div");
            log.querySelector("maru-message .message-body").append(picture);
            for (let frame = 0; frame < 90; frame++) {
              if (frame === 5) picture.style.height = "137px";
              await new Promise(requestAnimationFrame);
              moves.push(Math.abs(row.getBoundingClientRect().bottom - before));
              const grown = log.querySelectorAll("maru-message").length > count;
              if (grown && frame > 30) break;
            }
          }
          return moves;
        }"""
    )
    assert len(moves) > 60
    assert max(moves) < 1


def test_a_message_has_an_address_and_back_leads_to_where_one_was(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    messages(page).evaluate("(log) => log.scrollTo(0, log.scrollHeight / 2)")
    expect(page.get_by_role("button", name="To the newest")).to_be_visible()
    channel = page.evaluate("location.pathname")
    seen = page.evaluate(FIRST_SEEN)
    page.evaluate(
        """(path) => {
          const link = document.createElement("a");
          link.href = path;
          document.querySelector(".page").append(link);
          link.click();
          link.remove();
        }""",
        f"{channel}/m/5",
    )
    expect(page).to_have_url(re.compile(r"/m/5$"))
    found = messages(page).locator(".found")
    expect(found).to_be_in_viewport()
    expect(found).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile(rf"{channel}$"))
    expect(messages(page).locator(".found")).to_have_count(0)
    # To the pixel.
    page.wait_for_function(
        """({ message, bottom }) => {
          const row = document.querySelector(`[role=log] [data-message="${message}"]`);
          return row && Math.abs(row.getBoundingClientRect().bottom - bottom) < 1;
        }""",
        arg=seen,
    )
    # A place that somebody was given opens there at once.
    page.goto(f"{channel}/m/7")
    expect(messages(page).locator(".found")).to_be_in_viewport()
    page.goto("/c/999999/m/1")
    expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()


def test_one_jumps_to_a_day_with_the_keyboard(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    page.get_by_role("button", name="Jump to a date").first.click()
    calendar = page.get_by_role("dialog", name="Jump to a date")
    expect(calendar.get_by_role("grid")).to_be_visible()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(calendar).to_be_hidden()
    found = messages(page).locator(".found")
    expect(found).to_be_in_viewport()
    at = datetime.fromisoformat(found.locator("time").first.get_attribute("datetime") or "")
    asked = datetime.now(at.tzinfo) - timedelta(days=28)
    assert timedelta(days=-2) < at - asked < timedelta(days=7)
    # The day's own heading leads to others, too.
    messages(page).get_by_title("Jump to a date").first.click()
    expect(calendar).to_be_visible()
    # In whatever month: one of its days is where Tab leads.
    calendar.get_by_role("button", name="Earlier month").click()
    expect(calendar.locator("td [tabindex='0']")).to_have_count(1)


def test_days_are_called_by_other_names_after_midnight(page_for: PageFor) -> None:
    page = page_for("alice")
    # Not later than the server thinks it is: only the names of the days are asked for.
    evening = datetime.now(SEOUL).replace(hour=23, minute=30, second=0, microsecond=0)
    page.clock.install(time=evening)
    page.reload()
    channel = create_channel(page)
    page.clock.run_for(1_000)
    text = something_new("Good night")
    say(page, text, f"#{channel}")
    page.clock.run_for(1_000)
    expect(said(page, text)).to_be_visible()
    day = messages(page).get_by_title("Jump to a date")
    before = day.inner_text()
    page.clock.fast_forward("30:00")
    expect(day).not_to_have_text(before)


def test_who_only_looks_sees_what_is_new_too(page_for: PageFor) -> None:
    alice, charlie = page_for("alice"), page_for("charlie")
    channel = create_channel(alice)
    charlie.goto(alice.url)
    expect(charlie.get_by_text(f"You are looking at #{channel}.")).to_be_visible()
    text = something_new("For whoever looks")
    say(alice, text, f"#{channel}")
    expect(said(charlie, text)).to_be_visible()


def test_a_screen_reader_hears_of_news_in_batches(page_for: PageFor) -> None:
    alice, bob = page_for("alice"), page_for("bob")
    listen(alice)
    alice.reload()
    for page in (alice, bob):
        go_to(page, "general")
    text = something_new("For the ear")
    say(bob, text)
    news = alice.locator("maru-room [aria-live=polite].visually-hidden")
    expect(news).to_contain_text(f"Bob Hansen: {text}")
    expect(messages(alice)).to_have_attribute("aria-live", "off")
    flood(alice, int(alice.url.rsplit("/", 1)[1]), per_second=50, seconds=0.5)
    expect(news).to_contain_text(re.compile(r"\d new messages"))
    # Its name is who and what; the time comes after.
    expect(alice.get_by_role("article", name=f"Bob Hansen {text}", exact=True)).to_have_count(1)
