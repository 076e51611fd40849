"""python -m bench [all | scenario …]: measures, prints the table, writes results and docs."""

import argparse
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from bench import report, scenarios

ROUNDS = 3
LONGEST_SECONDS = 180, 150  # of a scenario: what it sets up, and each round


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    known = ["all", *scenarios.ALL]
    parser.add_argument("scenarios", nargs="*", metavar="scenario", help=" ".join(known))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    names = options.scenarios or scenarios.QUICK
    if unknown := set(names) - set(known):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    failed = [
        name
        for name in (scenarios.ALL if "all" in names else names)
        if not run(name, options.rounds)
    ]
    if failed:
        raise SystemExit(f"Not measured: {', '.join(failed)}.")


def run(name: str, rounds: int) -> bool:
    """Reports at once: what is measured stays, whatever becomes of the next scenario."""
    print(f"Measuring {name} …", flush=True)
    once, each = LONGEST_SECONDS
    try:
        with at_most(once + rounds * each):
            rows = scenarios.scenario(name)(rounds)
        report.report(rows, rounds)
    except Exception:
        traceback.print_exc()
        return False
    return True


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """A scenario that hangs must not keep the others from being measured."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"It did not end within {seconds} s.")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main()
