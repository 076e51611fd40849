"""What came out: rows of a table, each the median of its rounds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Row:
    """One server in one scenario. `goal` is told in words; `met` is None where there is none."""

    scenario: str
    server: str
    value: float
    unit: str
    goal: str = ""
    met: bool | None = None
    details: dict[str, float] = field(default_factory=dict)

    def aim(self, goal: str, met: bool) -> "Row":
        self.goal, self.met = goal, met
        return self


def medians(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    """Key by key; a key that a round lacks is left out of it."""
    keys = {key for one in rounds for key in one}
    return {key: median([one[key] for one in rounds if key in one]) for key in sorted(keys)}


def quantiles(latencies: dict[str, float]) -> dict[str, float]:
    """Of a report's latencies, those that the tables show."""
    return {f"{name}_ms": latencies[name] for name in ("p50", "p95", "p99") if name in latencies}


def check_lossless(missing: int) -> None:
    """Speed that loses messages does not count."""
    if missing:
        raise RuntimeError(f"Maru lost {missing} deliveries.")
