"""python -m bench [all | scenario …]: measures, prints the table, writes results and docs."""

import argparse

from bench import report, scenarios

ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="scenario", help=" ".join(scenarios.ALL))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    names = options.scenarios or scenarios.QUICK
    if names == ["all"]:
        names = scenarios.ALL
    rows = []
    for name in names:
        print(f"Measuring {name} …", flush=True)
        rows += scenarios.scenario(name)(options.rounds)
    report.report(rows, options.rounds)


if __name__ == "__main__":
    main()
