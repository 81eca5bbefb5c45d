"""``docs``: the pages of the documentation, which are installed with the program."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from l10n_flow.errors import SourceError

# In a wheel the folder is part of the package, in a clone it is beside ``src``.
_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (_PACKAGE / "docs", _PACKAGE.parents[1] / "docs")
_FENCE = re.compile(r"```")
_HEADING = re.compile(r"(#+) (.+)")
_NO_SLUG = re.compile(r"[^\w\- ]")


class Page(NamedTuple):
    """A page: its name, as it is typed, and its title."""

    name: str
    title: str


def pages() -> tuple[Page, ...]:
    """Return the pages of the documentation, by name."""
    found = sorted(_folder().glob("*.md"), key=lambda path: path.stem)
    return tuple(Page(path.stem, path.read_text("utf-8").partition("\n")[0].lstrip("# ")) for path in found)


def read(wanted: str) -> str:
    """Return a page, or one of its sections.

    Args:
        wanted: the name of a page or its path, as messages and settings have it; with ``#`` and the id of a section:
            ``checks#fuzzy``, ``docs/checks.md#fuzzy``.

    Raises:
        SourceError: there is no such page or section; with the nearest one.
    """
    path, _, section = wanted.partition("#")
    name = PurePosixPath(path).name.removesuffix(".md")
    texts = {page.stem: page for page in _folder().glob("*.md")}
    if name not in texts:
        hint = _nearest(name, texts) or "; l10n-flow docs lists the pages"
        raise SourceError(f"the documentation has no page {name!r}{hint}")
    text = texts[name].read_text("utf-8")
    return _section(text, name, section.casefold()) if section else text


def _folder() -> Path:
    return next((folder for folder in _FOLDERS if (folder / "index.md").is_file()), _FOLDERS[0])


def _section(text: str, page: str, wanted: str) -> str:
    """Return the section of a heading, with the sections below it."""
    lines, taken = text.splitlines(keepends=True), []
    level, code = 0, False
    slugs = []
    for line in lines:
        code ^= _FENCE.match(line) is not None
        heading = None if code else _HEADING.match(line)
        if heading:
            slugs.append(_NO_SLUG.sub("", heading[2].strip().casefold()).replace(" ", "-"))
            if level and len(heading[1]) <= level:
                break
            level = level or (len(heading[1]) if slugs[-1] == wanted else 0)
        if level:
            taken.append(line)
    if not taken:
        hint = _nearest(wanted, slugs) or f"; l10n-flow docs {page} shows all of it"
        raise SourceError(f"{page} has no section {wanted!r}{hint}")
    return "".join(taken)


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(names), 1)
    return f"; did you mean {near[0]!r}?" if near else ""
