"""Compare numbers by value: read the quantities of a Chinese text and of its English translation.

``chinese`` and ``english`` read a text and return ``values``; ``compare`` pairs them and returns the differences;
``rules`` makes problems of these. For two kinds of Chinese, ``identical`` compares the numerals.
"""

from __future__ import annotations

from l10n_flow.checks.numbers import identical, rules

__all__ = ["RULES"]

RULES = (*rules.RULES, *identical.RULES)
