"""Chinese read: numerals, the words around them, and what the two make together.

``reading`` takes the numerals one by one; ``ratios``, ``dates``, ``clocks``, ``counts`` and ``phrases`` know what
they say; the tables are in ``words`` and ``names``.
"""

from __future__ import annotations

from l10n_flow.checks.numbers.chinese.folding import fold
from l10n_flow.checks.numbers.chinese.reading import read

__all__ = ["fold", "read"]
