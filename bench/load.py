"""Compiles the load generator, hands it a plan, and reads its report (load.c tells the words)."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bench.cores import LOAD_CORE, on_core, put_first

HERE = Path(__file__).parent
WORK = HERE / ".work"

Line = tuple[str, object]


@dataclass(frozen=True)
class Span:
    """What happened between two moments; `cpu` is that of the watched processes, in seconds."""

    seconds: float
    sent: int
    delivered: int
    acknowledged: int
    received: int  # bytes
    own_cpu: float
    cpu: float

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "cpu": sum(data["cpu"])})

    @property
    def cpu_us_per_delivery(self) -> float:
        return self.cpu * 1e6 / max(self.delivered, 1)

    @property
    def cpu_us_per_answer(self) -> float:
        return self.cpu * 1e6 / max(self.acknowledged, 1)


@dataclass(frozen=True)
class Report:
    """Of one run. Latencies in milliseconds by quantile."""

    setup: Span
    window: Span
    latency_ms: dict[str, float]
    answer_ms: dict[str, float]
    missing: int
    closed: int
    errors: int
    first_error: str

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "setup": Span.of(data["setup"]), "window": Span.of(data["window"])})


def program() -> Path:
    """The compiled load generator, made again when its source is newer."""
    source, built = HERE / "load.c", WORK / "load"
    if built.exists() and built.stat().st_mtime > source.stat().st_mtime:
        return built
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise SystemExit("The benchmark needs a C compiler for its load: install gcc or clang.")
    WORK.mkdir(exist_ok=True)
    subprocess.run([compiler, "-O2", "-Wall", "-o", str(built), str(source)], check=True)
    return built


class Load:
    """One running load; `report()` waits for its end."""

    def __init__(self, plan: Iterable[Line]) -> None:
        with on_core(LOAD_CORE):
            self.process = subprocess.Popen(
                [program()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        put_first(self.process.pid)
        assert self.process.stdin
        self.process.stdin.writelines(f"{word} {value}\n" for word, value in plan)
        self.process.stdin.close()

    def wait_until_ready(self) -> None:
        """Until every socket is set up."""
        assert self.process.stdout
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError("The load generator failed.")

    def report(self) -> Report:
        self.wait_until_ready()
        return self.rest()

    def rest(self) -> Report:
        """After wait_until_ready()."""
        assert self.process.stdout
        text = self.process.stdout.read()
        if self.process.wait():
            raise RuntimeError("The load generator failed.")
        report = Report.of(json.loads(text))
        if report.errors:
            raise RuntimeError(f"{report.errors} requests failed, the first: {report.first_error}")
        return report


@contextmanager
def started(plan: Iterable[Line]) -> Iterator[Load]:
    load = Load(plan)
    try:
        yield load
    finally:
        load.process.kill()
        load.process.wait()


@contextmanager
def running(plan: Iterable[Line]) -> Iterator[Load]:
    """A load whose sockets are set up, beside others."""
    with started(plan) as load:
        load.wait_until_ready()
        yield load


def run(plan: Iterable[Line]) -> Report:
    with started(plan) as load:
        return load.report()
