"""XLIFF 1.2 and 2.x: trans-units and segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from l10n_flow.errors import SourceError
from l10n_flow.exchange import markup
from l10n_flow.exchange.model import LOCALE, SOURCE_LOCALE, BilingualPair
from l10n_flow.model import State

#: Elements whose text is codes of another format (1.2).
_CODES = frozenset({"bpt", "ept", "ph", "it"})
#: Elements that do not belong to the text of the pair: proposals of other programs and notes.
_ASIDE = frozenset({"alt-trans", "note", "notes", "matches", "glossary", "originalData", "seg-source", "metadata"})
#: States of 1.2 for translations that need editing.
_UNFINISHED = frozenset(
    f"needs-{what}" for what in ("adaptation", "l10n", "review-adaptation", "review-l10n", "review-translation")
)


def read(pieces: Iterable[bytes], path: Path, source_locale: str, locale: str) -> Iterator[BilingualPair]:
    """Return the pairs of an XLIFF file: every ``trans-unit`` (1.2) or ``segment`` (2.x) that is to be translated.

    Raises:
        SourceError: as ``markup.read``; or when the file is not XLIFF.
    """
    handler = _Xliff(source_locale, locale)
    yield from markup.read(pieces, path, handler)
    if not handler.is_xliff:
        raise SourceError("is no XLIFF: its outermost element is not xliff", path=path)


_KEPT = frozenset({"xliff", "file", "group", "unit", "trans-unit"})


class _Xliff:
    def __init__(self, source_locale: str, locale: str) -> None:
        self.ready: list[BilingualPair] = []
        self.is_xliff = False
        self.row = self.line = 0
        self._given = source_locale, locale
        self._locales = ["", ""]
        self._texts: dict[str, list[str]] = {}
        self._into: str | None = None
        self._aside = self._codes = 0
        self._kept = [True]
        self._state: State | None = None
        self._first = True

    def start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        if self._first:
            self.is_xliff, self._first = name == "xliff", False
        if name in _ASIDE:
            self._aside += 1
        if name in _KEPT:
            self._languages(attributes)
            self._kept.append(attributes.get("translate", "yes" if self._kept[-1] else "no") == "yes")
        if not self._aside:
            self._start(name, attributes, line)

    def _start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        if name in {"trans-unit", "segment"}:
            self._texts, self.line, self._state = {}, line, None
        elif name in {"source", "target"}:
            self._into = name
            self._texts.setdefault(name, [])
            if attributes.get("state") in _UNFINISHED:
                self._state = State.NEEDS_EDITING
        elif self._into and name in _CODES:
            self._codes += 1
        elif self._into and name == "cp":
            self._texts[self._into].append(_character(attributes.get("hex", "")))

    def end(self, name: str) -> None:
        if name in _ASIDE:
            self._aside -= 1
        elif not self._aside and name in {"source", "target"}:
            self._into = None
            self._codes = 0
        elif not self._aside and name in _CODES and self._codes:
            self._codes -= 1
        if name in {"trans-unit", "segment"} and not self._aside:
            self._unit()
        if name in _KEPT:
            self._kept.pop()

    def text(self, text: str) -> None:
        if self._into and not self._aside and not self._codes:
            self._texts[self._into].append(text)

    def _languages(self, attributes: Mapping[str, str]) -> None:
        names = (("source-language", "srcLang"), ("target-language", "trgLang"))
        for at, (old, new) in enumerate(names):
            self._locales[at] = attributes.get(old) or attributes.get(new) or self._locales[at]

    def _unit(self) -> None:
        if not self._kept[-1]:
            return
        self.row += 1
        source, target = ("".join(self._texts.get(name, ())) for name in ("source", "target"))
        locales = (self._given[0] or self._locales[0] or SOURCE_LOCALE, self._given[1] or self._locales[1] or LOCALE)
        self.ready.append(BilingualPair(self.row, self.line, source, target, *locales, self._state))


def _character(code: str) -> str:
    """Return the character of a ``cp`` element, which XML cannot contain itself."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return chr(value) if 0 < value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF else ""
