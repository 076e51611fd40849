"""One scenario, from the gathering of its people to the judgement."""

import asyncio
import traceback
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
    seconds_of,
)
from tests.faults.world import World

CHANGES_PER_SECOND = 0.5  # of each client
CALM_SECONDS = 1.0
BREATH_SECONDS = 0.2
UNDELAYED_SECONDS = 1.0  # on two cores that also play 50 clients
SHOWN_BREACHES = 3
SHOWN_CHARACTERS = 400


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


async def perform(world: World, scenario: Scenario, seed: int) -> Figures:
    """What it cost, what came too late, and what was broken."""
    dice = Random(f"{seed} {scenario.name}")
    # Dice of their own: people throw them whenever they get to it.
    crew = Crew(world, Random(f"{seed} {scenario.name} crew"))
    stage = Stage(world, crew, dice, Figures(scenario.name, seed))
    try:
        await stage.crew.gather()
        stage.crew.talk(CHANGES_PER_SECOND)
        await asyncio.sleep(CALM_SECONDS)
        stage.began = monotonic()
        await scenario.play(stage)
        await _finish(stage, scenario)
    except TimeoutError:
        stage.figures.misses.append(f"too long:\n{traceback.format_exc(limit=-3)}")
    finally:
        await world.mend()
        await stage.crew.leave()
        # Or the next people read all of this again. Not on the loop: the workers' links to the
        # database go through it, and one of them may hold the lock that this waits for.
        await asyncio.to_thread(world.execute, "DELETE FROM chat_membership")
    return stage.figures


async def _finish(stage: Stage, scenario: Scenario) -> None:
    crew, figures = stage.crew, stage.figures
    await stage.world.mend()
    await asyncio.sleep(CALM_SECONDS)
    await crew.hush()
    settled = await crew.settle()
    presence = await crew.testify_presence()
    await crew.testify()
    evidence = Evidence(crew.journal.records)
    absences = [seconds for client in crew.clients for seconds in client.absences]
    memory = max(lane.worker.memory_bytes() for lane in stage.world.lanes)
    figures.columns |= {
        **counts(evidence),
        **seconds_of(answer_seconds(evidence), "reply"),
        **seconds_of(delivery_seconds(crew.journal.records), "delivery"),
        "away": f"{max(absences, default=0):.1f}",
        "settled": f"{settled:.1f}",
        "presence": f"{presence:.1f}",
        "MB": f"{memory / 2**20:.0f}",
        "CPU short %": cpu_pressure(),
    }
    figures.breaches += _judge(crew.journal.records)
    figures.breaches += _rudeness(crew, evidence, scenario)
    if figures.breaches:
        logs = "\n".join(lane.worker.output() for lane in stage.world.lanes).splitlines()
        figures.breaches += [line for line in logs if "Incident" in line][:SHOWN_BREACHES]


def _rudeness(crew: Crew, evidence: Evidence, scenario: Scenario) -> Iterator[str]:
    """What no record of the journal tells: refusals, silence, and answers to the same twice."""
    refused = [key for key in evidence.sends() if evidence.is_failed(key)]
    if refused and not scenario.may_fail:
        yield f"refused: {[evidence.answers[key][-1] for key in refused[:3]]}"
    for client in crew.clients:
        if client.unanswered:
            yield f"{client.name} got no reply to {client.unanswered}"
        if client.answered_twice:
            yield f"{client.answered_twice} requests of {client.name} were answered twice"


def _judge(records: list[Record]) -> list[str]:
    broken = check(records)
    told = [_tell(records, breach) for breach in broken[:SHOWN_BREACHES]]
    return told + ([f"and {len(broken) - SHOWN_BREACHES} more"] if broken[SHOWN_BREACHES:] else [])


def _tell(records: list[Record], broken: Broken) -> str:
    lines = [str(broken), "  The shortest log that shows it:"]
    lines += [f"    {str(record)[:SHOWN_CHARACTERS]}" for record in shortest(records, broken)]
    return "\n".join(lines)
