"""The scenarios by name. Each is a function of the number of rounds that returns rows."""

from collections.abc import Callable
from importlib import import_module

from bench.results import Row

QUICK = ["fan_out"]
ALL = [
    "fan_out",
    "steady",
    "stored_sends",
    "hot_channel",
    "mixed_day",
    "idle",
    "connect",
    "presence",
    "million",
    "two_workers",
    "spaces",
    "page",
]


def scenario(name: str) -> Callable[[int], list[Row]]:
    found: Callable[[int], list[Row]] = import_module(f"bench.scenarios.{name}").run
    return found
