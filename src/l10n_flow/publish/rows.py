"""The rows of the index, as the index page shows them and the manifest of a build stores them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One edition in the index.

    Attributes:
        document: the document's identity.
        title: its title in this locale, or "".
        locale: the edition's locale.
        href: the article page, or "".
        bilingual_href: the bilingual page, or "" (the source has none).
        units: the number of units.
        done_percent: the percentage of finished units, 0 to 100; shown rounded down.
        counts: state names (and ``stale``, ``converted``, ``human``) to numbers of units.
        published: whether it was published; if not, the index shows this.
    """

    document: str
    title: str
    locale: str
    href: str
    bilingual_href: str
    units: int
    done_percent: float
    counts: Mapping[str, int]
    published: bool
