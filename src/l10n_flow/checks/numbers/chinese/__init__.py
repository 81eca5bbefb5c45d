"""Read the quantities of a Chinese text: numerals and the words around them.

``reading`` goes through the numerals; ``ratios``, ``dates``, ``clocks``, ``counts`` and ``phrases`` return their
quantities; the tables are in ``words`` and ``names``.
"""

from __future__ import annotations

from l10n_flow.checks.numbers.chinese.folding import fold
from l10n_flow.checks.numbers.chinese.reading import read

__all__ = ["fold", "read"]
