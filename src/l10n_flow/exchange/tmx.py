"""TMX 1.4b: translation units with a variant for each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from l10n_flow.errors import SourceError
from l10n_flow.exchange import markup
from l10n_flow.exchange.locales import nearest
from l10n_flow.exchange.model import BilingualPair

#: Elements whose text is codes of another format, not text of the author.
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})


def read(pieces: Iterable[bytes], path: Path, source_locale: str, locale: str) -> Iterator[BilingualPair]:
    """Return the pairs of a TMX file: of each unit the two variants that are nearest to the two locales.

    Without a source locale, ``srclang`` in the header is used; without a locale, the first other variant.

    Raises:
        SourceError: as ``markup.read``; or when no unit has both languages.
    """
    handler = _Tmx(source_locale, locale)
    found = False
    for pair in markup.read(pieces, path, handler):
        found = True
        yield pair
    if handler.units and not found:
        told = ", ".join(sorted(handler.languages)) or "none"
        raise SourceError(f"no unit has both languages; it has: {told}. Give --source-locale and --locale", path=path)


class _Tmx:
    def __init__(self, source_locale: str, locale: str) -> None:
        self.ready: list[BilingualPair] = []
        self.units = self.row = self.line = 0
        self.languages: set[str] = set()
        self._source_locale, self._locale, self._header = source_locale, locale, ""
        self._variants: dict[str, str] = {}
        self._language, self._parts = "", list[str]()
        self._in_segment, self._codes = False, 0

    def start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        if name == "header":
            self._header = attributes.get("srclang", "").replace("*all*", "")
        elif name == "tu":
            self._variants, self.line = {}, line
            self.units += 1
        elif name == "tuv":
            self._language = attributes.get("lang", "")
            self.languages.add(self._language)
        elif name == "seg":
            self._in_segment, self._parts = True, []
        elif name in _CODES:
            self._codes += 1

    def end(self, name: str) -> None:
        if name in _CODES:
            self._codes -= 1
        elif name == "seg":
            self._in_segment = False
            self._variants.setdefault(self._language, "".join(self._parts))
        elif name == "tu":
            self._unit()

    def text(self, text: str) -> None:
        if self._in_segment and not self._codes:
            self._parts.append(text)

    def _unit(self) -> None:
        source = nearest(self._source_locale or self._header, self._variants)
        if source is None and not self._source_locale:
            source = next(iter(self._variants), None)
        others = [language for language in self._variants if language != source]
        target = nearest(self._locale, others) if self._locale else next(iter(others), None)
        if source is None or target is None:
            return
        self.row += 1
        texts = self._variants[source], self._variants[target]
        self.ready.append(
            BilingualPair(self.row, self.line, *texts, self._source_locale or source, self._locale or target)
        )
