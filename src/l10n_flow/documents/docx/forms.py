"""The form of a block in a Word file (``Block.form``): the markup of its codes, and the format of its text.

The form of a block of one run, or of runs with the same format, is "".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_FIELD, _CODE = "\x1f", "\x1e"  # XML cannot contain them


class Code(NamedTuple):
    """The markup of a code in the file.

    Attributes:
        opening: its markup, or that of its beginning.
        closing: the markup of its end.
        run: the properties of the runs inside; "" for a standalone code.
    """

    opening: str
    closing: str = ""
    run: str = ""


class Form(NamedTuple):
    """The form of a block in its file.

    Attributes:
        prefix: the namespace prefix of Word's elements.
        run: the properties of the runs outside codes.
        before, behind: invisible markup, which moves to the beginning or the end of a changed text.
        codes: the codes by their names in the block.
        units: for each unit, its names of codes and their names in the block.
    """

    prefix: str = "w:"
    run: str = ""
    before: str = ""
    behind: str = ""
    codes: Mapping[str, Code] = {}
    units: tuple[Mapping[str, str], ...] = ()


def dumps(form: Form) -> str:
    """Return the form as a text for ``Block.form``."""
    codes = (f"{name}{_CODE}{_CODE.join(code)}" for name, code in form.codes.items())
    units = (_CODE.join(f"{new}={old}" for new, old in names.items()) for names in form.units)
    parts = (form.prefix, form.run, form.before, form.behind, str(len(form.codes)), *codes, *units)
    return _FIELD.join(parts)


def loads(text: str) -> Form:
    """Return the form from the text of ``dumps``."""
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
