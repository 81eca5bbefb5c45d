"""PO: the live entries, read as strictly as the catalogues of a project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from l10n_flow import catalogue
from l10n_flow.exchange.model import LOCALE, SOURCE_LOCALE, BilingualPair
from l10n_flow.model import State


def read(pieces: Iterable[bytes], path: Path, source_locale: str, locale: str) -> Iterator[BilingualPair]:
    """Return the entries of a PO file; without a locale, the ``Language`` in the header is the locale.

    Raises:
        CatalogueError: the file is not well-formed PO.
    """
    data = b"".join(pieces)
    told = _LANGUAGE.search(data)
    locales = source_locale or SOURCE_LOCALE, locale or (told[1].decode() if told else LOCALE)
    for row, entry in enumerate(catalogue.loads(data, path, locales[1]).entries.values(), 1):
        state = State.NEEDS_EDITING if entry.fuzzy and entry.msgstr else None
        texts = entry.key.source, entry.msgstr
        yield BilingualPair(row, entry.line, *texts, *locales, state, entry.key.context)


_LANGUAGE = re.compile(rb'^"Language: *([A-Za-z_@-]+) *\\n"', re.MULTILINE)
