"""Translatable messages: the English text, and the data that a translation needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Message(str):
    """A translatable sentence: as a ``str`` it is English; an interface in another language translates it.

    ``Message("the source ends in {mark}", mark="。")`` stores its ``msgid`` and ``values``. Babel extracts the msgid by
    the name of the class, so it must be a literal in the call. A value may be a message itself.
    """

    __slots__ = ("msgid", "values")

    msgid: str
    values: dict[str, object]

    def __new__(cls, msgid: str, /, **values: object) -> Self:
        made = super().__new__(cls, msgid.format(**values) if values else msgid)
        made.msgid, made.values = msgid, values
        return made

    @classmethod
    def remade(cls, msgid: str, values: Mapping[str, object]) -> Self:
        """Make a message from its ``msgid`` and its ``values``."""
        return cls.__new__(cls, msgid, **values)
