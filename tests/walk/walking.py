"""Run a walk: random steps, with a check of the invariants after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from walk.invariants import Watch
from walk.room import Room, surroundings
from walk.steps import STEPS, Walk


def walk(
    root: Path, seed: int, steps: int, only: Sequence[str] = (), tell: Callable[[str], None] = lambda _: None
) -> tuple[Counter[str], list[str]]:
    """Run steps in a new project.

    Args:
        root: the folder of the project; it is created.
        seed: the seed of the random generator: the same seed gives the same steps.
        steps: the number of steps.
        only: the names of the steps to run; empty: all.
        tell: called with a line about each step.

    Returns:
        The number of runs of each step, and the violations, each with the step before it. The walk ends at the first
        violation, because later ones may follow from it.
    """
    surroundings()
    random = Random(seed)
    chosen = {name: step for name, step in STEPS.items() if not only or name in only}
    weights = [weight for _, weight in chosen.values()]
    taken: Counter[str] = Counter()
    with Walk(Watch(Room.new(root), random)) as going:
        for _ in range(3):
            going.write()
        going.watch.look()
        for number in range(1, steps + 1):
            name = random.choices(list(chosen), weights)[0]
            taken[name] += 1
            tell(f"{number} {name}")
            chosen[name][0](going)
            # Not after every step, so that a sync sometimes meets the changes of several steps.
            if number == steps or random.random() < 0.75:
                going.watch.look()
            if going.watch.violations:
                break
        taken["(releases that went out)"] = going.watch.released
        return taken, [f"seed {seed}, step {number} ({name}): {each}" for each in going.watch.violations]
