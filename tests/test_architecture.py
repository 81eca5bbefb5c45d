"""The house as docs/architecture.md draws it: where each library is imported."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

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


# Doors -----------------------------------------------------------------------------------------------------------

PACKAGES = {name.partition("/")[0] for name in MODULES if "/" in name}


def public_names_of(package: str) -> set[str]:
    """What ``__all__`` of a package names: what others may import from it, modules among it."""
    tree = ast.parse((SRC / package.replace(".", "/") / "__init__.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def passes(parts: list[str], name: str) -> bool:
    """Whether a name may be imported from a module of another package: each step is in the public names of the package before it."""
    for depth in range(1, len(parts)):
        package = ".".join(parts[:depth])
        if (SRC / package.replace(".", "/")).is_dir() and parts[depth] not in public_names_of(package):
            return False
    inner = ".".join(parts)
    return name in public_names_of(inner) if (SRC / inner.replace(".", "/")).is_dir() else not name.startswith("_")


def entries(path: Path) -> Iterator[tuple[list[str], str]]:
    """What a module imports from our packages: the module's parts, and the name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("l10n_flow."):
            parts = (node.module or "").split(".")[1:]
            if parts[0] in PACKAGES:
                yield from ((parts, alias.name) for alias in node.names)


def test_a_package_is_entered_by_what_its_init_names() -> None:
    wrong = [
        f"{name}: from l10n_flow.{'.'.join(parts)} import {imported}"
        for name, path in MODULES.items()
        for parts, imported in entries(path)
        if parts[0] != name.partition("/")[0] and not passes(parts, imported)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_public_names_exist(package: str) -> None:
    module = importlib.import_module(f"l10n_flow.{package}")
    for name in public_names_of(package):
        assert hasattr(module, name) or importlib.import_module(f"l10n_flow.{package}.{name}")
