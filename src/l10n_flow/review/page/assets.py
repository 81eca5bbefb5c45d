"""The static files of the review page: style sheet, scripts, htmx with its licence, the icon."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

from l10n_flow.publish import pages

_HERE = Path(__file__).parent
#: The two rules of base.css with colours: the light ones, and those for a dark system.
_LIGHT = re.compile(r"^:root \{(.*?)^\}", re.DOTALL | re.MULTILINE)
_DARK = re.compile(r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", re.DOTALL)


def _chosen(theme: str, pattern: re.Pattern[str], base: str) -> str:
    """The colours of base.css as a rule for readers who have chosen them on the page."""
    found = pattern.search(base)
    if found is None:  # base.css is in the package, so this is our mistake
        raise AssertionError(f"base.css has no {theme} colours where they are looked for")
    colours = re.sub(r"\s*color-scheme:[^;]*;", "", found[1]).strip()
    return f':root[data-theme="{theme}"] {{\n  color-scheme: {theme};\n  {colours}\n}}\n'


@cache
def style_sheet() -> str:
    """base.css, the rules for chosen colours, and the style sheets of the review page."""
    base = pages.style_sheet("base")
    themes = _chosen("light", _LIGHT, base) + _chosen("dark", _DARK, base)
    own = (_HERE / "static" / name for name in ("review.css", "cards.css", "home.css"))
    return base + themes + "".join(path.read_text("utf-8") for path in own)


def inlined() -> Markup:
    """The style sheet for a ``<style>`` element. It is a constant of the package, so it is not escaped."""
    return Markup(style_sheet())  # noqa: S704 - package data, no input


def static_files() -> dict[str, bytes]:
    """Every file by its name under ``/static/``."""
    shown = (path for path in (_HERE / "static").iterdir() if path.suffix != ".css")
    files = {path.name: path.read_bytes() for path in shown}
    return {"app.css": style_sheet().encode(), **files}
