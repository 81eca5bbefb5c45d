"""The house as docs/architecture.md draws it: where each library is imported."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "l10n_flow"
MODULES = {path.relative_to(SRC).as_posix(): path for path in sorted(SRC.rglob("*.py"))}


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it, by its dotted name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def homes() -> dict[str, tuple[str, ...]]:
    """Each third-party library and the places that may import it, as the table says."""
    table = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("| Library | Imported by |")[2]
    found = {}
    for libraries, places in re.findall(r"^\| ([a-z0-9_, ]+) \| (`.+`) \|$", table.partition("\n\n")[0], re.MULTILINE):
        for library in libraries.split(", "):
            found[library] = tuple(re.findall("`([^`]+)`", places))
    return found


def test_each_library_stands_where_the_table_says() -> None:
    ours = {*sys.stdlib_module_names, "l10n_flow"}
    seen = defaultdict(set)
    for name, path in MODULES.items():
        for library in {module.partition(".")[0] for module in imported(path)} - ours:
            seen[library].add(name)
    assert seen.keys() == homes().keys()
    for library, places in homes().items():
        assert [name for name in seen[library] if not name.startswith(places)] == [], library
        assert [place for place in places if not any(name.startswith(place) for name in seen[library])] == [], library
