"""Numbers by value: the quantities of a Chinese text and of its English translation, read and compared.

``chinese`` and ``english`` read a text into ``values``, with the tables of ``chinese_words`` and ``english_words``;
``compare`` pairs them; ``rules`` makes problems of what is left. Between two kinds of Chinese, ``identical`` does.
"""

from __future__ import annotations

from l10n_flow.checks.numbers.compare import Fault
from l10n_flow.checks.numbers.identical import for_chinese, number_identical
from l10n_flow.checks.numbers.rules import for_english, rule_of

__all__ = ["Fault", "for_chinese", "for_english", "number_identical", "rule_of"]
