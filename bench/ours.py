"""The project that is measured, and what happens to it."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import measure

CONFIG = """\
[project]
name = "bench"
source-locale = "zh_Hant_HK"
sources = ["source/**/*.txt"]

[locale.zh_Hans]
conversion = "hk2s"

[locale.en]
"""
_SYNC = (sys.executable, "-m", "l10n_flow", "sync", "-q")


def create(folder: Path, articles: Path) -> None:
    """A project of the articles, with a Simplified and an English edition."""
    shutil.copytree(articles, folder / "source")
    (folder / "l10n-flow.toml").write_text(CONFIG, encoding="utf-8")


def sync(folder: Path) -> measure.Usage:
    return measure.run(_SYNC, folder)


def translate(folder: Path) -> None:
    """Fill in two of five texts of each English catalogue, as a translator would have by now."""
    for path in sorted((folder / "locales" / "en").rglob("*.po")):
        head, *entries = re.split(r'^msgstr ""$', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        filled = [
            f'msgstr "{english(number)}"{rest}' if number and number % 5 < 2 else f'msgstr ""{rest}'
            for number, rest in enumerate(entries)
        ]
        path.write_text(head + "".join(filled), encoding="utf-8", newline="\n")


def english(number: int) -> str:
    """Something that passes for a translation."""
    return f"This is what text {number} of the article says in English, in so many words."


def edit(source: Path) -> Path:
    """Change one sentence of the article in the middle of the list; which article that is."""
    paths = sorted(source.glob("*.txt"))
    path = paths[len(paths) // 2]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    prose = [number for number, line in enumerate(lines) if line.endswith("。\n")]
    number = prose[len(prose) // 2]
    lines[number] = lines[number].removesuffix("。\n") + "了。\n"
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path
