"""Findings in the pairs of a bilingual file, as text, JSON and annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from l10n_flow.model import Finding
from l10n_flow.report import findings as report
from l10n_flow.report.excerpts import printable
from l10n_flow.report.tables import SHOWN


class Found(Protocol):
    """A finding and the number of its pair."""

    @property
    def row(self) -> int: ...

    @property
    def finding(self) -> Finding: ...


def as_json(found: Sequence[Found]) -> list[dict[str, object]]:
    """Return findings as JSON data; spans are ``[start, end]`` in code points, or None."""
    return [
        {
            "row": each.row,
            "rule": each.finding.rule,
            "severity": each.finding.severity.value,
            "message": each.finding.message,
            "source-span": report.ends(each.finding.source_span),
            "target-span": report.ends(each.finding.target_span),
            "fixes": [{"span": report.ends(fix.span), "text": fix.text} for fix in each.finding.fixes],
            "docs": f"{report.DOCS}#{each.finding.rule}",
        }
        for each in found
    ]


def as_text(found: Sequence[Found], path: str, pairs: int, *, colour: bool) -> Iterator[str]:
    """Return findings in the form of compiler messages, with texts and carets; then a summary."""
    for each in found:
        yield from report.told(each.finding, path, f"pair {each.row}", colour=colour)
    counted = f"{pairs:,} pair" if pairs == 1 else f"{pairs:,} pairs"
    next_step = f": correct them in {printable(path)}, or leave a rule out: --ignore RULE" if len(found) > SHOWN else ""
    yield f"{report.counted([each.finding for each in found])} in {counted}{next_step}"
