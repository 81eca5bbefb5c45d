"""Walk: steps at random, and after them what must hold."""

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
    """Take steps in a new project.

    Args:
        root: the folder of the project; it is made.
        seed: of chance: the same seed takes the same steps.
        steps: how many.
        only: the names of the steps to take; all without any.
        tell: is told of each step.

    Returns:
        How often each step was taken, and what was wrong: each with the step after which it was seen. The walk ends
        there, for what follows would be seen in its light.
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
            # Two steps at a time as well: what was done between two syncs is seen together.
            if number == steps or random.random() < 0.75:
                going.watch.look()
            if going.watch.violations:
                break
        taken["(releases that went out)"] = going.watch.released
        return taken, [f"seed {seed}, step {number} ({name}): {each}" for each in going.watch.violations]
