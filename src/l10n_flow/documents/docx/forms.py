"""How a block stands in a Word file (``Block.form``): what its codes are there, and how its text is formatted.

A block of one run, or of runs formatted alike, has none: its form is "".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_FIELD, _CODE = "\x1f", "\x1e"  # XML holds neither


class Code(NamedTuple):
    """What a code is in the file.

    Attributes:
        opening: what stands there for it, or for its beginning.
        closing: what stands there for its end.
        run: the properties of the runs inside; of a code that stands for itself "".
    """

    opening: str
    closing: str = ""
    run: str = ""


class Form(NamedTuple):
    """How a block stands in its file.

    Attributes:
        prefix: how the names of Word's elements begin.
        run: the properties of the runs that no code is about.
        before, behind: what is seen by nobody, and goes to the beginning or the end of a text that has changed.
        codes: by their names in the block.
        units: for each unit the names of its codes, to those in the block.
    """

    prefix: str = "w:"
    run: str = ""
    before: str = ""
    behind: str = ""
    codes: Mapping[str, Code] = {}
    units: tuple[Mapping[str, str], ...] = ()


def dumps(form: Form) -> str:
    """The form as ``Block.form`` holds it."""
    codes = (f"{name}{_CODE}{_CODE.join(code)}" for name, code in form.codes.items())
    units = (_CODE.join(f"{new}={old}" for new, old in names.items()) for names in form.units)
    parts = (form.prefix, form.run, form.before, form.behind, str(len(form.codes)), *codes, *units)
    return _FIELD.join(parts)


def loads(text: str) -> Form:
    """The opposite of ``dumps``."""
    if not text:
        return Form()
    prefix, run, before, behind, count, *rest = text.split(_FIELD)
    number = int(count)
    codes = {}
    for each in rest[:number]:
        name, opening, closing, inside = each.split(_CODE)
        codes[name] = Code(opening, closing, inside)
    units = tuple(dict(_pair(pair) for pair in each.split(_CODE) if pair) for each in rest[number:])
    return Form(prefix, run, before, behind, codes, units)


def _pair(text: str) -> tuple[str, str]:
    new, _, old = text.partition("=")
    return new, old
