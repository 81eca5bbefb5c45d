"""The Jinja2 environment of the review page: all values are escaped, and an undefined name is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from l10n_flow import interface
from l10n_flow.publish.pages import labels

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment(templates: Path, language: str) -> Environment:
    """Return the templates of a folder in a language of the interface.

    In a template ``_("Page {page}", page=3)`` translates a sentence, and ``label(id)`` returns the name of an id.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - start-up

    from l10n_flow.review.page import compiled  # noqa: PLC0415 - start-up

    made = Environment(
        loader=FileSystemLoader(templates),
        bytecode_cache=compiled.kept(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    names = labels(language)
    made.globals |= {"_": interface.speaker(language), "label": lambda name: names.get(name, name)}
    return made
