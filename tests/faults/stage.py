"""One scenario, from the gathering of its people to the judgement."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from time import monotonic

from tests.faults.checker import Broken, Evidence, check, shortest
from tests.faults.crew import Crew
from tests.faults.evidence import Record
from tests.faults.figures import (
    Figures,
    answer_seconds,
    counts,
    cpu_pressure,
    delivery_seconds,
    percentile,
)
from tests.faults.world import World

CHANGES_PER_SECOND = 0.5  # of each client
CALM_SECONDS = 1.0
BREATH_SECONDS = 0.2
UNDELAYED_SECONDS = 1.0  # on two cores that also play 50 clients
SHOWN_BREACHES = 3


@dataclass(slots=True)
class Stage:
    """What a scenario plays on."""

    world: World
    crew: Crew
    dice: Random
    figures: Figures
    began: float = 0.0

    def note(self, what: str) -> None:
        self.crew.journal.note(what)

    # --- figures ---

    def delivery_since(self, moment: float) -> list[float]:
        return delivery_seconds(self.crew.journal.records, moment)

    def answers_since(self, moment: float) -> list[float]:
        return answer_seconds(Evidence(self.crew.journal.records), moment)

    async def back_within(self, seconds: float) -> None:
        """Everybody who lost their line is connected and caught up again."""
        began = monotonic()
        await asyncio.sleep(BREATH_SECONDS)
        await self.crew.in_sync()
        self.figures.expect("everybody back", monotonic() - began, seconds)

    @contextmanager
    def undelayed_replies(self) -> Iterator[None]:
        """What happens inside adds nothing to a reply."""
        began = monotonic()
        yield
        found = percentile(self.answers_since(began), 0.99)
        self.figures.expect("reply p99 meanwhile", found, UNDELAYED_SECONDS)

    def delivered_within(self, seconds: float, since: float) -> None:
        found = max(self.delivery_since(since), default=0)
        self.figures.expect("delivery max meanwhile", found, seconds)

    async def quick_again(self) -> None:
        began = monotonic()
        await asyncio.sleep(2)
        found = percentile(self.delivery_since(began), 0.99)
        self.figures.expect("delivery p99 afterwards", found, UNDELAYED_SECONDS)


async def until(done: Callable[[], bool], patience: float) -> None:
    """TimeoutError when it is not so in time."""
    async with asyncio.timeout(patience):
        while not done():
            await asyncio.sleep(0.05)


@dataclass(frozen=True, slots=True)
class Scenario:
    """`quick`: part of the three-minute selection."""

    play: Callable[[Stage], Awaitable[None]]
    quick: bool = False
    may_fail: bool = False  # sends may be refused, as long as that is the truth

    @property
    def name(self) -> str:
        return self.play.__name__.replace("_", " ")


async def perform(world: World, scenario: Scenario, seed: int) -> tuple[Figures, list[str]]:
    """The figures, and what was broken, told with the shortest log that shows it."""
    dice = Random(f"{seed} {scenario.name}")
    stage = Stage(world, Crew(world, dice), dice, Figures(scenario.name))
    try:
        await stage.crew.gather()
        stage.crew.talk(CHANGES_PER_SECOND)
        await asyncio.sleep(CALM_SECONDS)
        stage.began = monotonic()
        await scenario.play(stage)
        await _finish(stage, scenario)
    except TimeoutError:
        stage.figures.misses.append("the clients did not come back in time")
    finally:
        await world.mend()
        await stage.crew.leave()
    return stage.figures, _judge(stage, seed)


async def _finish(stage: Stage, scenario: Scenario) -> None:
    crew, figures = stage.crew, stage.figures
    await stage.world.mend()
    await asyncio.sleep(CALM_SECONDS)
    await crew.hush()
    settled = await crew.settle()
    presence = await crew.testify_presence()
    await crew.testify()
    evidence = Evidence(crew.journal.records)
    answers, delivery = answer_seconds(evidence), delivery_seconds(crew.journal.records)
    absences = [seconds for client in crew.clients for seconds in client.absences]
    memory = max(lane.worker.memory_bytes() for lane in stage.world.lanes)
    figures.columns |= {
        **counts(evidence),
        "reply p99": f"{percentile(answers, 0.99):.2f}",
        "max": f"{max(answers, default=0):.2f}",
        "delivery p99": f"{percentile(delivery, 0.99):.2f}",
        "max ": f"{max(delivery, default=0):.2f}",
        "away": f"{max(absences, default=0):.1f}",
        "settled": f"{settled:.1f}",
        "presence": f"{presence:.1f}",
        "MB": f"{memory / 2**20:.0f}",
        "CPU short %": cpu_pressure(),
    }
    if not scenario.may_fail:
        refused = sum(evidence.is_failed(key) for key in evidence.sends())
        figures.expect("refused sends", refused, 0, "")
    figures.misses += [
        f"{c.name} got no reply to {c.unanswered}" for c in crew.clients if c.unanswered
    ]
    twice = sum(client.answered_twice for client in crew.clients)
    figures.misses += [f"{twice} requests were answered twice"] if twice else []


def _judge(stage: Stage, seed: int) -> list[str]:
    records = stage.crew.journal.records
    broken = check(records)
    told = [_tell(records, breach, seed, stage) for breach in broken[:SHOWN_BREACHES]]
    if len(broken) > SHOWN_BREACHES:
        told.append(f"… and {len(broken) - SHOWN_BREACHES} more.")
    return told + [f"{stage.figures.name}, seed {seed}: {miss}" for miss in stage.figures.misses]


def _tell(records: list[Record], broken: Broken, seed: int, stage: Stage) -> str:
    lines = [f"{stage.figures.name}, seed {seed}: {broken}", "  The shortest log that shows it:"]
    lines += [f"    {str(record)[:400]}" for record in shortest(records, broken)]
    return "\n".join(lines)
