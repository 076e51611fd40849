"""What the house announces stands on the page until it is confirmed, on whichever device."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.servers import Worker

GROUP = (
    "from django.contrib.auth.models import Group; from accounts.models import User;"
    "Group.objects.create(name='readers').user_set.add(User.objects.get(username='emma'))"
)


def test_an_announcement_stays_until_it_is_confirmed_on_one_device(
    demo: Worker, page_for: Callable[..., Page]
) -> None:
    demo.manage("shell", "-c", GROUP)
    here, elsewhere = page_for("emma"), page_for("emma", locale="ko-KR")
    for title, level in (("Water", "critical"), ("Cake", "info")):
        confirm = "on" if level == "critical" else "off"
        how = ["--group", "readers", "--level", level, "--requires-acknowledgement", confirm]
        if level == "critical":
            how += ["--title-ko", "단수"]
        demo.manage("operate", "announce", *how, title, "None at **noon**.")
    news = here.get_by_role("alert", name="Announcement")
    expect(news.get_by_role("heading")).to_have_text("Water")
    expect(news.locator("strong")).to_have_text("noon")
    expect(news).to_contain_text("1 more")
    # Of the browser, where its user has chosen no language: at once, and at the next connection.
    korean = elsewhere.get_by_role("alert", name="공지").get_by_role("heading")
    expect(korean).to_have_text("단수")
    elsewhere.reload(wait_until="domcontentloaded")
    expect(korean).to_have_text("단수")

    news.get_by_role("button", name="I have read it").click()

    cake = here.get_by_role("status", name="Announcement")
    expect(cake.get_by_role("heading")).to_have_text("Cake")
    expect(elsewhere.get_by_role("status", name="공지")).to_contain_text("Cake")
    here.reload(wait_until="domcontentloaded")
    expect(cake.get_by_role("heading")).to_have_text("Cake")
    cake.get_by_role("button", name="Got it").click()
    expect(cake).to_be_hidden()
    expect(elsewhere.get_by_role("status", name="공지")).to_be_hidden()
