"""``python -m walk steps`` and ``python -m walk kills``; for the options see ``--help`` and docs/walk.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from walk.kills import COMMANDS, kills
from walk.steps import STEPS
from walk.walking import walk


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="walk", description=__doc__)
    parser.add_argument("what", choices=["steps", "kills"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=300, help="of steps, or of kills at random instants")
    parser.add_argument(
        "--calls", type=int, default=0, help="of each command that are tried: it dies there or it fails"
    )
    parser.add_argument("--only", default="", help=f"some of {', '.join([*STEPS, *COMMANDS])}; with commas between")
    parser.add_argument("-v", action="store_true", help="tell each step")
    return parser.parse_args(given)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(given: list[str] | None = None) -> int:
    """Run the walk, print the steps and each violation; return 1 when there is a violation."""
    asked = _arguments(given)
    tell = _say if asked.v else lambda _: None
    only = asked.only.split(",") if asked.only else []
    with tempfile.TemporaryDirectory(prefix="walk-") as folder:
        if asked.what == "steps":
            taken, violations = walk(Path(folder) / "room", asked.seed, asked.number, only, tell)
        else:
            taken, violations = kills(Path(folder), asked.seed, asked.number, asked.calls, only, tell)
    _say(f"{asked.what}, seed {asked.seed}: {sum(n for name, n in taken.items() if name[0] != '(')}")
    for name, number in sorted(taken.items()):
        _say(f"{number:6} {name}")
    for each in violations:
        _say(f"violation: {each}")
    _say(f"{len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
