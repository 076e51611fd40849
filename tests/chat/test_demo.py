"""The demo world: made once, by the real actions, and alive."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max

from accounts.models import User
from chat import queries
from chat.demo.people import CAST
from chat.demo.routine import builds, routine
from chat.demo.script import read_scenes
from chat.models import Channel, Edit, Message, Reaction
from chat.text import message_text
from chat.wire.fields import _one_emoji

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def test_the_scenes_name_only_people_of_the_cast_and_only_emoji() -> None:
    cast = {somebody.name for somebody in CAST}
    lines = read_scenes(NOW, Random(1))

    for line in lines:
        assert line.author in cast
        assert set(line.place.people) <= cast
        assert {person for _, person in line.reactions} <= cast
        assert all(_one_emoji(emoji) == emoji for emoji, _ in line.reactions), line
        assert message_text(line.text) == line.text


def test_nobody_says_the_same_twice_but_in_games() -> None:
    """What is said in scenes and reports is written, not repeated."""
    lines = [*read_scenes(NOW, Random(1)), *routine(NOW, Random(1)), *builds(NOW, Random(1), 400)]
    texts = [line.text for line in lines if len(line.text) > 25]

    repeated = {text for text in texts if texts.count(text) > 1}
    assert repeated == set()


def test_populate_needs_debug(settings: pytest.FixtureRequest) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]

    with pytest.raises(CommandError):
        call_command("populate", verbosity=0)
    assert not User.objects.exists()


def test_the_demo_world(
    settings: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    call_command("populate")
    call_command("populate")

    assert "nothing to do" in capsys.readouterr().out
    cards = Message.objects.exclude(document=None)
    comments = Message.objects.filter(channel__comment__isnull=False)
    assert (User.objects.count(), cards.count(), comments.count()) == (10, 2, 7)
    assert Message.objects.count() == 2_000 + 2 + 7
    alice = User.objects.get(username="alice")
    assert alice.is_superuser
    assert alice.check_password("maru-demo")

    kinds = dict(Channel.objects.values_list("kind").annotate(Count("pk")))
    assert all(kinds[kind] > 0 for kind in ("public", "private", "direct", "thread"))
    assert Reaction.objects.count() > 100
    assert Message.objects.filter(edited_at__isnull=False).exists()
    assert Message.objects.filter(html__contains='<pre><code class="language-python">').exists()

    check_times()
    check_what_is_ready(alice)
    assert queries.list_threads(alice, unread=True).threads
    assert Message.objects.exclude(pinned_at=None).count() == 5
    assert Message.objects.exclude(broadcast="").exists()
    assert Edit.objects.exists()


def check_times() -> None:
    times = Message.objects.aggregate(last=Max("timestamp"), count=Count("pk"))
    days = Message.objects.dates("timestamp", "day").count()
    assert days > 55
    assert times["last"] < datetime.now(UTC)
    gaps = Channel.objects.annotate(said=Count("messages")).exclude(said=F("last_position"))
    assert not gaps.exists()


def check_what_is_ready(alice: User) -> None:
    ready = queries.ready(alice)
    unread = {
        channel.name: channel.last_position - channel.membership.read_position
        for channel in ready.channels
        if channel.membership and channel.membership.read_position < channel.last_position
    }
    assert unread["general"] == 3
    assert sum(unread.values()) > 8
    assert any(c.membership and c.membership.mention_count for c in ready.channels)
    assert any(c.membership and c.membership.section for c in ready.channels)
    assert (len(ready.saved), len(ready.drafts)) == (4, 2)


def test_flood_talks(
    alice: User, bob: User, general: Channel, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("flood", "General", rate=1_000, count=30)

    said = Message.objects.filter(channel=general)
    assert said.count() == 30
    assert set(said.values_list("sender__username", flat=True)) == {"alice", "bob"}
    with pytest.raises(CommandError):
        call_command("flood", "nowhere")
