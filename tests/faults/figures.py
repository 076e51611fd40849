"""What a scenario cost: numbers out of its journal, and a table of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.checker import Evidence
from tests.faults.evidence import Record, Saw


@dataclass(slots=True)
class Figures:
    """`worth` has what this scenario alone measures; `misses` are expectations it fell short of,
    `breaches` are broken promises."""

    name: str
    seed: int
    columns: dict[str, str] = field(default_factory=dict)
    worth: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)

    def failures(self) -> list[str]:
        return [f"{self.name}, seed {self.seed}: {told}" for told in self.breaches + self.misses]

    def expect(self, what: str, value: float, at_most: float, unit: str = "s") -> None:
        self.worth.append(f"{what} {value:.4g} {unit} (≤ {at_most:g})")
        if value > at_most:
            self.misses.append(f"{what}: {value:.4g} {unit}, not ≤ {at_most:g} {unit}")

    def require(self, what: str, kept: bool) -> None:
        self.worth.append(what if kept else f"NOT {what}")
        if not kept:
            self.misses.append(f"not so: {what}")

    def tell(self, what: str) -> None:
        self.worth.append(what)


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def answer_seconds(evidence: Evidence, after: float = 0) -> list[float]:
    """From the first try to the reply, for everything that was done in the end."""
    return [
        answer.at - tries[0].at
        for key, tries in evidence.tries.items()
        if tries[0].at >= after and (answer := evidence.acknowledged(key))
    ]


def delivery_seconds(records: Sequence[Record], after: float = 0) -> list[float]:
    """From the reply to the sender until each other client has the message."""
    evidence = Evidence(records)
    replied = {
        answer.message: answer
        for key in evidence.sends()
        if (answer := evidence.acknowledged(key)) and answer.at >= after
    }
    first: dict[tuple[str, int], float] = {}
    for saw in evidence.of(Saw):
        first.setdefault((saw.client, saw.state.message), saw.at)
    return [
        max(0.0, at - replied[message].at)
        for (client, message), at in first.items()
        if message in replied and replied[message].client != client
    ]


def counts(evidence: Evidence) -> dict[str, str]:
    sends = evidence.sends()
    acknowledged = sum(evidence.acknowledged(key) is not None for key in sends)
    failed = sum(evidence.is_failed(key) for key in sends)
    return {
        "sends": str(len(sends)),
        "failed": str(failed),
        "unknown": str(len(sends) - acknowledged - failed),
    }


def seconds_of(values: Sequence[float], what: str) -> dict[str, str]:
    return {
        f"{what} p99": f"{percentile(values, 0.99):.2f}",
        f"{what} max": f"{max(values, default=0):.2f}",
    }


def cpu_pressure() -> str:
    """Percent of the last 10 s in which somebody waited for a processor: where it is high, times
    say more about the machine than about the server."""
    pressure = Path("/proc/pressure/cpu")
    return pressure.read_text().split()[1].removeprefix("avg10=") if pressure.exists() else "?"


def table(rows: Sequence[Figures]) -> str:
    """Markdown, aligned."""
    names = list(dict.fromkeys(name for row in rows for name in row.columns))
    lines = [["scenario", *names, "expected and found"]]
    lines += [[r.name, *(r.columns.get(n, "") for n in names), "; ".join(r.worth)] for r in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]) - 1)]
    lines.insert(1, ["-" * width for width in widths] + ["---"])
    return "\n".join(
        "| " + " | ".join([*map(str.ljust, line[:-1], widths), line[-1]]) + " |" for line in lines
    )
