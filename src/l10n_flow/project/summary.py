"""What a round tells of a document, made of its findings and of how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from l10n_flow.index import Remark, StatusRow, Summary, Tally
from l10n_flow.model import Finding

#: Rules that the table of completeness tells already.
_COMPLETENESS = frozenset({"untranslated", "fuzzy"})


def summarised(rows: Iterable[StatusRow], findings: Sequence[Finding]) -> Summary:
    """Count the findings of a document by locale, rule and severity, and pick the remarkable ones.

    Args:
        rows: how far it is, in each locale.
        findings: what all rules say of it.
    """
    counted = Counter((each.locale, each.rule, each.severity.value) for each in findings)
    remarks = (
        Remark(each.document, each.locale, each.line, each.severity.value, each.message, each.rule)
        for each in findings
        if each.rule not in _COMPLETENESS
    )
    return Summary(tuple(rows), tuple(Tally(*key, number) for key, number in counted.items()), tuple(remarks))
