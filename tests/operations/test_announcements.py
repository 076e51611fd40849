"""What was announced reaches everybody of its audience, here or not, until they confirm it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from chat.models import Channel
from operations.announcing import Said, acknowledge, announce
from operations.mailing import mail_announcements
from operations.models import Acknowledgement, Announcement
from realtime.errors import NotFound
from tests.client import Client, ProtocolError, connect
from tests.operations.conftest import open_console, pending
from tests.servers import Redis, Worker, Workers

WATER = Said("Water", "No water at **noon**.")
WATER_KO = Said("단수", "정오에 물이 나오지 않습니다.")


async def order(console: Any, **arguments: Any) -> int:
    reply = await console.request("system-command", command="announce", arguments=arguments)
    count: int = reply["result"]["count"]
    return count


async def confirmed_by_charlie(phone: Client, laptop: Client) -> int:
    """Who comes later finds it on both devices; confirmed on one, it goes from the other."""
    [on_phone] = (await phone.login("charlie"))["announcements"]
    [on_laptop] = (await laptop.login("charlie"))["announcements"]
    assert on_phone == on_laptop
    assert "<strong>noon</strong>" in on_phone["html"]
    await phone.prove_silence("important-announcement")
    asked = {"announcement": on_phone["id"]}
    await phone.request("acknowledge-announcement", **asked)
    await phone.request("acknowledge-announcement", **asked)
    assert await laptop.next_event("announcement-acknowledged") == asked
    return int(on_phone["id"])


async def test_online_people_hear_it_at_once_and_others_at_their_next_connection(
    workers: Workers, owner: User, bob: User, charlie: User
) -> None:
    first, second = workers
    await User.objects.filter(pk=bob.pk).aupdate(language="ko")
    async with open_console(first) as console, connect(second.socket_url) as bobs:
        assert (await bobs.login("bob"))["announcements"] == []
        count = await order(
            console,
            title="Water",
            text="No water at **noon**.",
            title_ko="단수",
            text_ko="정오에 물이 나오지 않습니다.",
            level="warning",
            requires_acknowledgement=True,
        )
        assert count == 3
        told = await bobs.next_event("important-announcement")
        assert (told["title"], told["level"]) == ("단수", "warning")
        await bobs.prove_silence("important-announcement")

        async with connect(first.socket_url) as phone, connect(second.socket_url) as laptop:
            asked = {"announcement": await confirmed_by_charlie(phone, laptop)}
            confirmed = await console.next_event("announcement-confirmed")
            assert confirmed["user"]["username"] == "charlie"
            shown = await console.request("show-dashboard")
            [state] = shown["announcements"]
            assert (state["confirmed"], state["missing"]) == (1, 2)
            assert [user["username"] for user in state["missing_users"]] == ["alice", "bob"]

            await console.request("system-command", command="remind-announcement", arguments=asked)
            assert (await bobs.next_event("important-announcement"))["id"] == told["id"]
            await phone.prove_silence("important-announcement")

            withdrawn = "withdraw-announcement"
            await console.request("system-command", command=withdrawn, arguments=asked)
            for client in (bobs, laptop):
                assert await client.next_event("announcement-over") == asked
        async with connect(first.socket_url) as again:
            assert (await again.login("bob"))["announcements"] == []


async def test_with_redis_gone_it_comes_a_moment_later(
    workers: Workers, own_redis: Redis, owner: User, bob: User
) -> None:
    first, second = workers
    async with open_console(first) as console, connect(second.socket_url) as client:
        await client.login("bob")
        await asyncio.to_thread(own_redis.kill)
        await order(console, title="Water", text="No water at noon.")
        assert (await client.next_event("important-announcement"))["title"] == "Water"
        await client.prove_silence("important-announcement")
        row = await Announcement.objects.aget()
        await Announcement.objects.filter(pk=row.pk).aupdate(expires_at=timezone.now())
        assert await client.next_event("announcement-over") == {"announcement": row.pk}


async def test_it_survives_the_death_of_the_worker_that_made_it(
    start_worker: Callable[..., Worker], own_redis: Redis, owner: User, bob: User
) -> None:
    workers = [start_worker(REDIS_URL=own_redis.url) for _ in range(2)]
    async with connect(workers[1].socket_url) as client:
        await client.login("bob")
        async with open_console(workers[0]) as console:
            await order(console, title="Water", text="No water at noon.")
            workers[0].kill()
        assert (await client.next_event("important-announcement"))["title"] == "Water"


def test_only_its_audience_hears_and_confirms_it(
    owner: User, bob: User, charlie: User, general: Channel
) -> None:
    row = announce(owner, english=WATER, korean=WATER_KO, channel=general)
    assert [frame.id for frame in pending(bob)] == [row.pk]
    assert pending(charlie) == []
    with pytest.raises(NotFound):
        acknowledge(charlie, announcement_id=row.pk)
    acknowledge(bob, announcement_id=row.pk)
    assert pending(bob) == []
    assert Acknowledgement.objects.count() == 1


def test_what_is_over_is_told_to_nobody(owner: User, bob: User) -> None:
    announce(owner, english=WATER, expires_at=timezone.now())
    assert pending(bob) == []


def test_who_has_not_seen_it_gets_one_mail(
    owner: User, bob: User, charlie: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.EMAIL_URL", "locmem://")
    row = announce(owner, english=WATER, korean=WATER_KO)
    acknowledge(charlie, announcement_id=row.pk)
    User.objects.filter(pk=bob.pk).update(language="ko")
    assert mail_announcements() == 0
    Announcement.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    User.objects.update(date_joined=timezone.now() - timedelta(days=1))
    assert mail_announcements() == 2
    assert mail_announcements() == 0
    assert {(m.to[0], m.subject) for m in mail.outbox} == {
        ("alice@example.com", "Water"),
        ("bob@example.com", "단수"),
    }


async def test_members_cannot_announce(workers: Workers, owner: User, bob: User) -> None:
    async with connect(workers[0].socket_url) as client:
        await client.login("bob")
        with pytest.raises(ProtocolError) as raised:
            await client.request("acknowledge-announcement", announcement=1)
        assert raised.value.code == "not-found"
        with pytest.raises(ProtocolError) as raised:
            await client.request("system-command", command="announce", arguments={})
        assert raised.value.code == "unknown-event"
