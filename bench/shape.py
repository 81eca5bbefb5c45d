"""How large our code is, and which class names mean several things: ``python bench/shape.py [--at COMMIT]``."""

from __future__ import annotations

import argparse
import ast
import io
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SMALL = 60


@contextmanager
def tree_of(commit: str) -> Iterator[Path]:
    """The files of a commit in a temporary folder; of none, the checkout as it is."""
    if not commit:
        yield ROOT
        return
    data = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory(prefix="l10n-flow-tree-") as name, tarfile.open(fileobj=io.BytesIO(data)) as files:
        files.extractall(name, filter="data")
        yield Path(name).resolve()


def report(root: Path) -> Iterator[str]:
    """What there is to say of the package below a folder, line by line."""
    package = root / "src" / "l10n_flow"
    texts = {path.relative_to(package): path.read_text("utf-8") for path in sorted(package.rglob("*.py"))}
    lines = {path: text.count("\n") for path, text in texts.items()}
    yield _counted("whole package", list(lines.values()))
    by_room: defaultdict[str, list[int]] = defaultdict(list)
    for path, number in lines.items():
        by_room[path.parts[0] if len(path.parts) > 1 else "(modules)"].append(number)
    for room, numbers in sorted(by_room.items()):
        yield "  " + _counted(room, numbers)
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in texts.items():
        for name in _classes(text):
            places[name].append(path.with_suffix("").as_posix())
    several = {name: where for name, where in sorted(places.items()) if len(where) > 1}
    yield f"class names in several modules: {len(several)}"
    for name, where in several.items():
        yield f"  {name}: {', '.join(where)}"
    rooms = Counter(where.partition("/")[0] for found in several.values() for where in found)
    yield f"of them by package: {', '.join(f'{room} {number}' for room, number in rooms.most_common())}"


def _counted(name: str, numbers: Sequence[int]) -> str:
    small = sum(number < _SMALL for number in numbers)
    return f"{name}: {sum(numbers):,} lines, {len(numbers)} modules, {small} of them under {_SMALL} lines"


def _classes(text: str) -> Iterator[str]:
    """The classes and the type aliases of a module."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            yield ast.unparse(node.target)


def main() -> None:
    """Print the report of the checkout, or of a commit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", default="", metavar="COMMIT", help="a commit instead of the checkout")
    with tree_of(parser.parse_args().at) as root:
        sys.stdout.writelines(f"{line}\n" for line in report(root))


if __name__ == "__main__":
    main()
