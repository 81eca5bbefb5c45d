"""Bilingual files of other programs, read as pairs: TSV, TMX, XLIFF 1.2 and 2.x, PO.

The files may come from anybody. XML is therefore read in pieces, no entity is expanded, and nothing outside the file is
opened.
"""

from __future__ import annotations

from l10n_flow.exchange.model import BilingualPair
from l10n_flow.exchange.reading import FORMATS, read_pairs

__all__ = ["FORMATS", "BilingualPair", "read_pairs"]
