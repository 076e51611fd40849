"""What recurs in the demo world: work reports, builds, the weather on the mountain, a word game."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random

from chat.demo.script import Line, Place, on_day

DAYS = 59

REPORTS = Place("public", "스탠드업", "What we did, what we do · 어제와 오늘")
BUILDS = Place("public", "빌드", "까치가 전하는 소식 · builds and nightly jobs")
HIKING = Place("public", "등산", "Weekend walks, reports, lost gloves")
WORD_CHAIN = Place("public", "끝말잇기", "마지막 글자로 시작하는 낱말 · a word game")

BOT = "까치"
PLAYERS = ["철수", "영희", "하늘", "준호", "alice", "lucas"]

# Everybody reports in their own way: (time of day, words).
STYLES = {
    "alice": (time(17, 40), "Today: {done}."),
    "철수": (time(9, 51), "어제: {done}\n오늘: {next}"),
    "emma": (time(9, 38), "✅ {done}\n⏭️ {next}"),
    "준호": (time(10, 4), "{done} – 끝. 오늘은 **{next}**."),
    "lucas": (time(9, 57), "- done: {done}\n- next: {next}"),
}

# (mountain, its height above the town in degrees of cold)
MOUNTAINS = [
    ("북한산 백운대", 5), ("설악산 대청봉", 11), ("지리산 천왕봉", 12), ("관악산 연주대", 4),
    ("한라산 백록담", 9), ("오대산 비로봉", 10), ("인왕산", 2), ("덕유산 향적봉", 9),
    ("소백산 비로봉", 8), ("월출산 천황봉", 5), ("치악산 비로봉", 7), ("도봉산 신선대", 4),
]  # fmt: skip
SKIES = ["맑음 ☀️", "구름 조금 🌤️", "흐림 ☁️", "안개 🌫️", "눈 ❄️", "맑고 바람 💨"]

FAILURES = [
    "planner/test_snow.py::test_predicts_within_fifteen_minutes",
    "tiles/test_cache.py::test_edition_never_changes",
    "app/compass_test.kt: needle points north on rotation",
    "app/search_test.kt: ㅂㅎㅅ finds 북한산",
    "closures/test_fax.py::test_coffee_is_not_a_date",
    "api/test_limits.py::test_partner_waits_its_turn",
]


def routine(now: datetime, dice: Random) -> list[Line]:
    """Reports, weather and games; the builds come with `builds`."""
    return [*_reports(now, dice), *_weather(now, dice), *_word_chain(now, dice)]


def _work() -> dict[str, list[str]]:
    log: dict[str, list[str]] = defaultdict(list)
    for text in (Path(__file__).parent / "work.txt").read_text(encoding="utf-8").splitlines():
        person, _, task = text.partition(": ")
        log[person].append(task)
    return log


def _days_of_work(now: datetime) -> Iterator[tuple[int, int]]:
    """(day of the log, days ago) of every working day."""
    days = [day for day in range(DAYS, 0, -1) if on_day(now, day, time()).weekday() < 5]
    yield from enumerate(days[:42])


def _reports(now: datetime, dice: Random) -> Iterator[Line]:
    work = _work()
    for index, day in _days_of_work(now):
        for person, (clock, words) in STYLES.items():
            tasks = work[person]
            moment = on_day(now, day, clock) + timedelta(minutes=dice.uniform(-6, 9))
            text = words.format(done=tasks[index], next=tasks[index + 1])
            yield Line(REPORTS, person, text, moment)


def _weather(now: datetime, dice: Random) -> Iterator[Line]:
    for day in range(DAYS, 0, -1):
        name, cold = dice.choice(MOUNTAINS)
        degrees, wind = dice.randint(-2, 9) - cold, dice.randint(1, 16)
        warning = " 장갑을 잊지 마세요." if degrees < -5 or wind > 11 else ""
        text = f"**{name}** {degrees}°C, 바람 {wind} m/s, {dice.choice(SKIES)}{warning}"
        yield Line(HIKING, BOT, text, on_day(now, day, time(6, 30)))


def _word_chain(now: datetime, dice: Random) -> Iterator[Line]:
    games = (Path(__file__).parent / "chain.txt").read_text(encoding="utf-8").splitlines()
    for game, day in zip(games, (52, 39, 23, 10), strict=True):
        moment, player = on_day(now, day, time(16, 5)), ""
        for word in game.split():
            player = dice.choice([other for other in PLAYERS if other != player])
            moment += timedelta(seconds=dice.uniform(3, 45))
            yield Line(WORD_CHAIN, player, word, moment)


def builds(now: datetime, dice: Random, count: int) -> list[Line]:
    """`count` reports of the build bot, spread over the working days."""
    work = _work()
    candidates = [
        (on_day(now, day, time(dice.randint(10, 18), dice.randrange(60))), person, task)
        for index, day in _days_of_work(now)
        for person in ("철수", "준호", "lucas", "emma")
        for task in [work[person][index]]
        for _ in range(4)
    ]
    chosen = sorted(dice.sample(candidates, count))
    return [
        Line(BUILDS, BOT, _build(1_000 + number, person, task, dice), moment)
        for number, (moment, person, task) in enumerate(chosen)
    ]


def _build(number: int, person: str, task: str, dice: random.Random) -> str:
    minutes, seconds = dice.randint(2, 5), dice.randrange(60)
    if dice.random() < 0.12:
        return f"🔴 #{number} {task} ({person})\n`{dice.choice(FAILURES)}`"
    return f"🟢 #{number} {task} ({person}) · {minutes}분 {seconds}초"
