"""Sentences for readers: English where they are written, and what it takes to say them in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Message(str):
    """A sentence: as a ``str`` it is English; an interface in another language translates it.

    ``Message("the source ends in {mark}", mark="。")`` keeps its ``msgid`` and ``values``; Babel finds the former by
    the class's name, so it must be written out at the call. A value may be a message itself.
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
        """One that was taken apart: from its ``msgid`` and its ``values``."""
        return cls.__new__(cls, msgid, **values)
