"""Create the project that is measured, and run commands in it."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import measure

#: The library for detecting languages is an extra that the tests need but few users install; it is not measured.
CONFIG = """\
[project]
name = "bench"
source-locale = "zh_Hant_HK"
sources = ["source/**/*.txt"]

[locale.zh_Hans]
conversion = "hk2s"

[locale.en]

[checks]
ignore = ["target-language"]
"""
_UNITS = {"萬": 10_000, "億": 100_000_000}
_PROGRAM = (sys.executable, "-m", "l10n_flow")


def create(folder: Path, articles: Path) -> None:
    """Create a project of the articles, with a Simplified and an English edition."""
    shutil.copytree(articles, folder / "source")
    (folder / "l10n-flow.toml").write_text(CONFIG, encoding="utf-8")


def create_sample(folder: Path) -> None:
    """Copy the sample project of the repository."""
    root = Path(__file__).parent.parent
    folder.mkdir()
    for name in ("l10n-flow.toml", "terms.csv", "source", "locales"):
        path = root / name
        (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / name)


def sync(folder: Path) -> measure.Usage:
    return run(folder, "sync", "-q")


def run(folder: Path, *arguments: str) -> measure.Usage:
    """Run one of our commands; a gate that is not met is not a failure."""
    return measure.run((*_PROGRAM, *arguments), folder, codes=(0, 1))


def translate(folder: Path) -> None:
    """Fill in two of five texts of each English catalogue."""
    for path in sorted((folder / "locales" / "en").rglob("*.po")):
        lines, source, number = [], "", 0
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("msgid "):
                source, number = line, number + 1
            fills = line == 'msgstr ""' and source != 'msgid ""' and number % 5 < 2
            lines.append(f'msgstr "{english(source)}"' if fills else line)
        path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def english(source: str) -> str:
    """Return a text that the checks accept as a translation: it has the figures of its source."""
    figures = [_figure(*found) for found in re.findall(r"(\d[\d,.]*)(萬|億)?(%?)", source)]
    return f"This is what the article says in English, {' and '.join(figures) or 'in so many words'}."


def _figure(digits: str, unit: str, percent: str) -> str:
    number = float(digits.replace(",", "")) * _UNITS.get(unit, 1)
    return f"{number:,.10g}{percent}" if unit else f"{digits}{percent}"


def edit(source: Path) -> Path:
    """Change one sentence of the article in the middle of the list; return that article."""
    paths = sorted(source.glob("*.txt"))
    path = paths[len(paths) // 2]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    prose = [number for number, line in enumerate(lines) if line.endswith("。\n")]
    number = prose[len(prose) // 2]
    lines[number] = lines[number].removesuffix("。\n") + "了。\n"
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path
