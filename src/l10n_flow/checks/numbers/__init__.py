"""Numbers by value: the quantities of a Chinese text and of its English translation, read and compared.

``chinese`` and ``english`` read a text into ``values``, with the tables of ``chinese_words`` and ``english_words``;
``compare`` pairs them; ``rules`` makes problems of what is left. Between two kinds of Chinese, ``identical`` does.
"""

from __future__ import annotations

from l10n_flow.checks.numbers import identical, rules

__all__ = ["RULES"]

RULES = (*rules.RULES, *identical.RULES)
