"""Read the quantities of an English text: tables (``words``), numbers (``tokens``), ``dates``, ``ranks``, ``counts``.

``writing`` replaces a wrong number by that of the source.
"""

from __future__ import annotations

from l10n_flow.checks.numbers.english.reading import read
from l10n_flow.checks.numbers.english.writing import rewritten

__all__ = ["read", "rewritten"]
