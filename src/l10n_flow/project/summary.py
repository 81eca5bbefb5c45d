"""Make the summary of a document from its findings and its status rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from l10n_flow.index import Remark, StatusRow, Summary, Tally
from l10n_flow.model import Finding

#: Rules whose findings are counted in the table of completeness already.
COMPLETENESS = frozenset({"untranslated", "fuzzy"})


def summarised(rows: Iterable[StatusRow], findings: Sequence[Finding]) -> Summary:
    """Count the findings of a document by locale, rule and severity, and select those that are shown one by one.

    Args:
        rows: its status in each locale.
        findings: the findings of all rules.
    """
    counted = Counter((each.locale, each.rule, each.severity.value) for each in findings)
    remarks = (
        Remark(each.document, each.locale, each.line, each.severity.value, each.message, each.rule)
        for each in findings
        if each.rule not in COMPLETENESS
    )
    return Summary(tuple(rows), tuple(Tally(*key, number) for key, number in counted.items()), tuple(remarks))
