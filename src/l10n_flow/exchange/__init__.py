"""Bilingual files of other programs, read as pairs: TSV, TMX, XLIFF 1.2 and 2.x, PO.

They come from anywhere, so that XML is read in pieces, never expands an entity, and leads nowhere.
"""

from __future__ import annotations

from l10n_flow.exchange.model import BilingualPair
from l10n_flow.exchange.reading import FORMATS, read_pairs

__all__ = ["FORMATS", "BilingualPair", "read_pairs"]
