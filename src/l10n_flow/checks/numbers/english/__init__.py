"""English read: its tables (``words``), numbers (``tokens``), and what these say (``dates``, ``ranks``, ``counts``).

``writing`` puts a number of the source in a wrong one's place.
"""

from __future__ import annotations

from l10n_flow.checks.numbers.english.reading import read
from l10n_flow.checks.numbers.english.writing import rewritten

__all__ = ["read", "rewritten"]
