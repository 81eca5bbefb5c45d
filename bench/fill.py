"""Fill a peer's catalogues as far as ours: ``python bench/fill.py CATALOGUES LOCALE CONVERTED``.

The Simplified catalogues get the conversions in CONVERTED; of the English ones two of five texts are filled.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import polib
from ours import english


def main(arguments: Sequence[str]) -> None:
    catalogues, locale, converted = arguments
    texts = json.loads(Path(converted).read_text(encoding="utf-8"))
    for path in sorted(Path(catalogues).rglob("*.po")):
        catalogue = polib.pofile(str(path))
        catalogue.metadata_is_fuzzy = False
        for number, entry in enumerate(catalogue, 1):
            if locale == "en":
                entry.msgstr = english(entry.msgid) if number % 5 < 2 else ""
            else:
                entry.msgstr = texts[entry.msgid]
        catalogue.save()


if __name__ == "__main__":
    main(sys.argv[1:])
