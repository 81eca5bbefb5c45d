"""Findings as text with carets, as JSON, as GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.errors import ConfigError
from l10n_flow.model import Finding, Key, Severity, Span
from l10n_flow.project import Failure
from l10n_flow.report import findings as report
from l10n_flow.report.excerpts import WIDTH, excerpt, printable
from l10n_flow.report.findings import as_github, as_json, summary
from l10n_flow.report.tables import failure_lines
from l10n_flow.scripts import display_width
from l10n_flow.work.check import More


def finding(**more: object) -> Finding:
    values = {
        "rule": "fuzzy",
        "severity": Severity.ERROR,
        "message": "a message",
        "document": "a",
        "locale": "en",
        "key": Key(None, "柳州的柳"),
        "target": "Liuzhou 柳 x",
        "line": 3,
    }
    return Finding(**values | more)


def path_of(found: Finding) -> str:
    return f"locales/{found.locale}/LC_MESSAGES/{found.document}.po"


def as_text(found: Sequence[Finding], more: Sequence[More] = (), *, colour: bool = False) -> str:
    return "\n".join(report.as_text(found, path_of=path_of, colour=colour, more=more))


def test_text() -> None:
    found = [
        finding(source_span=Span(2, 3), target_span=Span(8, 9)),
        finding(severity=Severity.WARNING, target="", line=0),
        finding(locale="zh_Hans", severity=Severity.INFO, document="b"),
    ]
    unit = found[0].key.digest[:8]
    assert as_text(found) == "\n".join(
        [
            "a · en",
            f"locales/en/LC_MESSAGES/a.po:3: error: a message [fuzzy]  ({unit})",
            "    柳州的柳",
            "        ^^",
            "    Liuzhou 柳 x",
            "            ^^",
            f"locales/en/LC_MESSAGES/a.po: warning: a message [fuzzy]  ({unit})",
            "    柳州的柳",
            "",
            "b · zh_Hans",
            f"locales/zh_Hans/LC_MESSAGES/b.po:3: info: a message [fuzzy]  ({unit})",
            "    柳州的柳",
            "    Liuzhou 柳 x",
            "",
            "1 error, 1 warning, 1 info in 2 documents",
        ]
    )


def test_what_was_only_counted_stands_below_its_group_and_in_the_summary() -> None:
    found = [finding(), finding(document="b")]
    more = [More("a", "en", "fuzzy", Severity.WARNING, 1234), More("a", "en", "untranslated", Severity.INFO, 1)]
    lines = as_text(found, more).split("\n")
    assert lines[4:7] == ["… and 1,234 more [fuzzy] (-v shows all)", "… and 1 more [untranslated] (-v shows all)", ""]
    assert lines[-1] == "2 errors, 1,234 warnings, 1 info in 2 documents"


def test_nothing_found() -> None:
    assert as_text([], colour=True) == "no findings"
    assert as_github([], path_of) == ""
    assert as_json([], path_of) == []


def test_summary_counts_in_plural() -> None:
    assert summary([finding()] * 3 + [finding(severity=Severity.WARNING)] * 2) == "3 errors, 2 warnings in 1 document"


def test_colour_is_all_that_colour_adds() -> None:
    found = [finding(target_span=Span(0, 7))]
    painted = as_text(found, colour=True)
    assert "\x1b[31merror\x1b[0m" in painted
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[32m"):
        painted = painted.replace(code, "")
    assert painted == as_text(found)


def test_nobody_elses_text_reaches_the_terminal_raw() -> None:
    bad = "a\x1b[31m\r\n\u202eb\u2028\x85"
    found = [finding(message=bad, document=bad, key=Key(None, bad), target=bad)]
    text = as_text(found)
    assert not set(text) & set("\x1b\r\u202e\u2028\x85")
    assert len(text.split("\n")) == 6


def test_json() -> None:
    (row,) = as_json([finding(source_span=Span(2, 3), key=Key("menu", "柳"))], path_of)
    assert row == {
        "rule": "fuzzy",
        "severity": "error",
        "message": "a message",
        "document": "a",
        "locale": "en",
        "unit": Key("menu", "柳").digest[:8],
        "context": "menu",
        "source": "柳",
        "target": "Liuzhou 柳 x",
        "path": "locales/en/LC_MESSAGES/a.po",
        "line": 3,
        "source-span": [2, 3],
        "target-span": None,
        "fixes": [],
        "docs": "docs/checks.md#fuzzy",
    }
    assert json.loads(json.dumps(row)) == row


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]
)
def test_github(severity: Severity, command: str) -> None:
    found = finding(severity=severity, message="100%, a: b", document="x,y:z%\n")
    assert as_github([found], path_of) == (
        f"::{command} file=locales/en/LC_MESSAGES/x%2Cy%3Az%25%0A.po,line=3,title=fuzzy (en)"
        f"::100%25, a: b%0A柳州的柳%0A({found.key.digest[:8]})"
    )


def test_github_has_no_line_for_an_entry_not_yet_written() -> None:
    assert ",line=" not in as_github([finding(line=0)], path_of)


@pytest.mark.parametrize(
    ("text", "span", "shown", "carets"),
    [
        ("abc", None, "abc", ""),
        ("abc", Span(1, 2), "abc", " ^"),
        ("abc", Span(3, 3), "abc", "   ^"),
        ("柳州", Span(1, 2), "柳州", "  ^^"),
        ("a" * 20, Span(0, 1), "a" * 8 + "…", "^"),
        ("a" * 20, Span(19, 20), "…" + "a" * 8, " " * 8 + "^"),
        ("a" * 20, Span(10, 11), "…" + "a" * 8 + "…", "   ^"),
        ("a" * 20, Span(0, 20), "a" * 8 + "…", "^" * 8),
        ("a\nb", Span(2, 3), "a b", "  ^"),
    ],
)
def test_excerpt(text: str, span: Span | None, shown: str, carets: str) -> None:
    assert excerpt(text, span, width=10) == (shown, carets)


@given(st.text("a柳\u0301\n\u200b…", max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_carets_stand_under_the_span(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    span = Span(start, min(start + length, len(text)))
    shown, carets = excerpt(text, span)
    assert display_width(shown) <= WIDTH
    left = len(carets) - len(carets.lstrip())
    # The columns left of the carets are those of a prefix of what is shown, and the span's text begins there.
    places = [place for place in range(len(shown) + 1) if display_width(shown[:place]) == left]
    head = printable(text[span.start : span.end])[:20]
    assert any(shown.startswith(head, place) for place in places)


def test_an_excerpt_of_a_long_text_is_short() -> None:
    shown, carets = excerpt("\u0301" * 10_000_000, Span(5_000_000, 9_000_000))
    assert len(shown) <= 4 * WIDTH
    assert carets.strip() == "^"


def test_an_error_of_all_documents_is_told_once() -> None:
    failures = [Failure(name, ConfigError("does not exist", path="terms.csv")) for name in ("a", "b")]
    assert list(failure_lines([*failures, Failure("c", ConfigError("is damaged"))])) == [
        "error: terms.csv: does not exist",
        "error: is damaged",
    ]
