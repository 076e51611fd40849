"""Tells what came out: on the terminal, in results.json, in docs/benchmarks.md and its picture."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.load import HERE
from bench.picture import draw
from bench.results import Row
from bench.shortfalls import reason
from tests.servers import postgres_program

RESULTS = HERE / "results.json"
DOCS = HERE.parent / "docs"
MARKS = {True: "yes", False: "**no**", None: ""}

INTRODUCTION = """# Benchmarks

Made by `make bench SCENARIOS=all`, never by hand: {date}, {machine}.

**Maru authenticates, authorises and stores every message** (Postgres with fsync on) before anybody
gets it. The peers only relay: no accounts, no rights, no storage, and a message in flight when they
stop is gone.

![Server CPU per delivery](benchmarks.svg)
"""

METHOD = """
## How it is measured

- The server has one core for itself; the load generator (`bench/load.c`, whose own CPU per delivery
  stands in `bench/results.json`), Redis and Postgres share the other.
- The key figure is CPU time of the server's processes, user and system, read by the kernel's own
  per-process clock at the borders of the window. Other work on the machine makes caches cold and
  raises it somewhat; rates and latencies suffer much more. The load average when this was written
  stands at the top: about 2 comes from the benchmark itself.
- Each figure is the median of its rounds, the servers taking turns in each, after a warm-up.
- A message is in flight until every socket has it. Latency runs from the send call to the arrival
  at a socket.
- A run in which Maru loses a single delivery fails.
- Maru runs as `manage.py serve` with production settings; only the limits that hold back a single
  person are raised.
"""


def report(rows: Sequence[Row], rounds: int) -> None:
    """Rows of scenarios that did not run now stay as they were."""
    for row in rows:
        row.details["rounds"] = rounds
    show(rows)
    fresh = {row.scenario for row in rows}
    kept = [row for row in load() if row.scenario not in fresh]
    save([*rows, *kept])


def load() -> list[Row]:
    if not RESULTS.exists():
        return []
    return [Row(**row) for row in json.loads(RESULTS.read_text())["rows"]]


def save(rows: Sequence[Row]) -> None:
    facts = {"date": datetime.now(UTC).date().isoformat(), **machine()}
    content = {**facts, "rows": [asdict(row) for row in rows]}
    RESULTS.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    words = f"{facts['cpu']}, {facts['cores']} cores, Linux {facts['kernel']}"
    words += f", load average {facts['load_average']}"
    versions = "\n".join(f"| {name} | {number} |" for name, number in facts["versions"].items())
    text = INTRODUCTION.format(date=facts["date"], machine=words)
    table = "\n".join(markdown(rows))
    missed = "\n".join(
        f"- {row.scenario}: {reason(row.scenario)}" for row in rows if row.met is False
    )
    why = f"\n## Where a goal is missed\n\n{missed}\n" if missed else ""
    text += f"\n{table}\n{why}{METHOD}\n| program | version |\n|---|---|\n{versions}\n"
    (DOCS / "benchmarks.md").write_text(text)
    (DOCS / "benchmarks.svg").write_text(draw(rows))


def show(rows: Sequence[Row]) -> None:
    for row in rows:
        met = {True: "  met", False: "  NOT MET", None: ""}[row.met]
        print(f"{row.scenario:<44} {row.server:<26} {number(row.value):>9} {row.unit}{met}")
        if row.goal:
            print(f"{'':<44} {'':<26} {'':>9} goal {row.goal}")
        if row.met is False:
            print(f"{'':<44} why: {reason(row.scenario)}")
    print(
        "Peers only relay; Maru authenticates, authorises and stores every message.\n", flush=True
    )


def markdown(rows: Sequence[Row]) -> list[str]:
    head = ["scenario", "server", "figure", "p50", "p99", "rounds", "goal", "met"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for row in rows:
        p50, p99 = (latency(row, quantile) for quantile in ("p50_ms", "p99_ms"))
        figure, rounds = f"{number(row.value)} {row.unit}", number(row.details.get("rounds", 1))
        cells = [row.scenario, row.server, figure, p50, p99, rounds, row.goal, MARKS[row.met]]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.3g}"


def latency(row: Row, quantile: str) -> str:
    return f"{number(row.details[quantile])} ms" if quantile in row.details else ""


def machine() -> dict[str, Any]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    cpu = next((line.split(": ")[1] for line in lines if line.startswith("model name")), "unknown")
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[1]),
        "kernel": platform.release().split("-")[0],
        "versions": {
            "Python": platform.python_version(),
            **{name: version(name) for name in ("django", "channels", "uvicorn", "uvloop")},
            **{name: version(name) for name in ("daphne", "channels-redis", "psycopg")},
            "Node.js": told("node", "--version"),
            "Redis": told("redis-server", "--version").split("v=")[-1].split()[0],
            "Postgres": told(postgres_program("postgres"), "--version").split()[2],
            **peers(),
        },
    }


def peers() -> dict[str, str]:
    wanted: dict[str, str] = json.loads((HERE / "peers" / "package.json").read_text())[
        "dependencies"
    ]
    return wanted


def told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
