"""python -m bench [all | scenario …]: measures, prints the table, writes results and docs."""

import argparse
import traceback

from bench import report, scenarios

ROUNDS = 3


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
    try:
        report.report(scenarios.scenario(name)(rounds), rounds)
    except Exception:
        traceback.print_exc()
        return False
    return True


if __name__ == "__main__":
    main()
