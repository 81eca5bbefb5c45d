"""The rows of ``status`` as a table, CSV, Markdown or a badge."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from l10n_flow import graphemes
from l10n_flow.report.excerpts import printable
from l10n_flow.report.tables import left_out, plural, table, width_of, widths_of
from l10n_flow.scripts import display_width

if TYPE_CHECKING:
    from l10n_flow.project import Failure, StatusRow

#: The width of a table without a terminal.
WIDTH = 80
_BAR = 20
_DOCUMENT = "document"
#: The columns that are left out when even the narrow table is too wide, in this order.
_LEAST = ("translated", "approved", "units")

_Cells = list[list[str]]


class _Column(NamedTuple):
    """A column of numbers: its heading, the heading on two lines, and whether a narrow table leaves it out."""

    head: str
    stacked: tuple[str, str]
    number: Callable[[StatusRow], int]
    narrow: bool = True
    if_any: bool = False


_COLUMNS = (
    _Column("units", ("", "units"), lambda row: row.units),
    _Column("source", ("", "source"), lambda row: row.characters, narrow=False),
    _Column("target", ("", "target"), lambda row: row.words, narrow=False),
    _Column("untranslated", ("untrans-", "lated"), lambda row: row.untranslated),
    _Column("needs editing", ("needs", "editing"), lambda row: row.needs_editing),
    _Column("translated", ("trans-", "lated"), lambda row: row.translated),
    _Column("approved", ("", "approved"), lambda row: row.approved),
    _Column("stale", ("", "stale"), lambda row: row.stale, narrow=False),
    _Column("converted", ("", "converted"), lambda row: row.converted, narrow=False),
    _Column("copied", ("", "copied"), lambda row: row.copied, narrow=False),
    _Column("human", ("", "human"), lambda row: row.human, narrow=False),
    _Column("errors", ("", "errors"), lambda row: row.errors, if_any=True),
)


def status_lines(
    rows: Sequence[StatusRow],
    totals: Sequence[StatusRow] = (),
    *,
    width: int = WIDTH,
    bar: bool = False,
    failures: Sequence[Failure] = (),
) -> list[str]:
    """Return the table of completeness; ``source`` and ``target`` count characters of Chinese, words elsewhere.

    If the whole table is too wide, the narrow one shows the open work only, and long names are shortened.

    Args:
        rows: the rows of all documents and locales.
        totals: the sum of each locale; shown below the rows when there are several documents.
        width: the greatest width in columns.
        bar: whether to draw a bar in each row, if there is room.
        failures: the documents and catalogues that could not be counted.
    """
    missing = list(left_out(failures, "counted"))
    if not rows:
        return missing or ["no documents"]
    several = len({row.document for row in rows}) > 1
    shown = [*rows, *(totals if several else ())]
    whole = _whole(shown, bar=bar)
    fits = width_of(widths_of(whole)) <= width
    return [*(_aligned(whole) if fits else _narrow(shown, width)), *missing]


def _name(row: StatusRow) -> str:
    return printable(row.document) if row.document else "total"


def _whole(rows: Sequence[StatusRow], *, bar: bool) -> _Cells:
    head = [_DOCUMENT, "locale", *(column.head for column in _COLUMNS), "ready"]
    body = [[_name(row), row.locale, *_numbers(row, _COLUMNS), _share(row, bar=bar)] for row in rows]
    return [head, *body]


def _narrow(rows: Sequence[StatusRow], width: int) -> list[str]:
    columns = [each for each in _COLUMNS if each.narrow and (not each.if_any or any(map(each.number, rows)))]
    for gone in ((), *(_LEAST[:number] for number in range(1, len(_LEAST) + 1))):
        cells = _stacked(rows, [each for each in columns if each.head not in gone])
        least = width_of(widths_of(cells))
        if least <= width:
            break
    room = len(_DOCUMENT) + max(width - least, 0)
    heads = len(cells) - len(rows)
    named = [[_cut(_name(row), room), *others[1:]] for row, others in zip(rows, cells[heads:], strict=True)]
    return _aligned([*cells[:heads], *named])


def _stacked(rows: Sequence[StatusRow], columns: Sequence[_Column]) -> _Cells:
    """Return the cells of a table with headings on two lines, without the names of the documents."""
    heads = [["", "", *(each.stacked[0] for each in columns), ""]]
    heads += [[_DOCUMENT, "locale", *(each.stacked[1] for each in columns), "ready"]]
    return [*heads, *(["", row.locale, *_numbers(row, columns), _share(row, bar=False)] for row in rows)]


def _numbers(row: StatusRow, columns: Sequence[_Column]) -> Iterator[str]:
    return (f"{column.number(row):,}" for column in columns)


def _aligned(cells: _Cells) -> list[str]:
    """Align the cells; all columns after document and locale are numbers."""
    return table(cells, right=frozenset(range(2, len(cells[0]))))


def _cut(name: str, room: int) -> str:
    """Shorten a name to a number of columns; its end stays, because documents of one folder differ at the end."""
    if display_width(name) <= room:
        return name
    while display_width(name) > room - 1:
        name = name[graphemes.ceil(name, 1) :]
    return f"…{name}"


def _share(row: StatusRow, *, bar: bool) -> str:
    """Return the percentage that is ready, or ``no text`` without units."""
    if not row.units:
        return "no text"
    return (f"{_bar(row.percent)} " if bar else "") + f"{int(row.percent):3d} %"


def _bar(percent: float) -> str:
    full = int(percent * _BAR / 100)
    return "█" * full + "░" * (_BAR - full)


def status_csv(rows: Sequence[dict[str, object]]) -> str:
    """Return the rows as CSV (RFC 4180, but with other line ends), with the keys of the JSON as the header.

    Args:
        rows: the result of ``statuses.status_json``.
    """
    made = io.StringIO()
    written = csv.writer(made, lineterminator="\n")
    written.writerow(rows[0] if rows else ["document", "locale"])
    written.writerows(row.values() for row in rows)
    return made.getvalue().rstrip("\n")


def status_markdown(rows: Sequence[StatusRow], totals: Sequence[StatusRow]) -> Iterator[str]:
    """Return the rows as a Markdown table, for a README or a comment on a change; totals are below, in bold."""
    columns = [column for column in _COLUMNS if column.narrow]
    yield "| document | locale | " + " | ".join(column.head for column in columns) + " | ready |"
    yield "| --- | --- |" + " ---: |" * (len(columns) + 1)
    several = len({row.document for row in rows}) > 1
    for row in (*rows, *(totals if several else ())):
        name = _marked(_name(row)) if row.document else f"**{_name(row)}**"
        yield f"| {' | '.join([name, row.locale, *_numbers(row, columns), _share(row, bar=False).strip()])} |"


def _marked(text: str) -> str:
    return "".join(f"\\{char}" if char in r"\|`*_[]<>" else char for char in text)


# The usual limits and colours of badges.
_COLOURS = ((100.0, "#2f7d32"), (75.0, "#6b7a12"), (50.0, "#9a6700"), (0.0, "#b3261e"))


def status_badge(totals: Sequence[StatusRow]) -> str:
    """Return an SVG image with the ready percentage of each locale, rounded down, for a README.

    Args:
        totals: the sum of each locale.
    """
    ready, units = sum(row.ready for row in totals), sum(row.units for row in totals)
    percent = 100 * ready / units if units else 0.0
    told = ", ".join(f"{row.locale} {int(row.percent)} %" if row.units else f"{row.locale} –" for row in totals)
    label, value = "ready", told or plural(0, "document")
    colour = next(colour for least, colour in _COLOURS if percent >= least)
    left, right = 6 * len(label) + 14, 7 * len(value) + 14
    from html import escape  # noqa: PLC0415 - start-up

    title = escape(f"{label}: {value}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<rect width="{left}" height="20" fill="#444"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">'
        f'<text x="{left / 2:g}" y="14">{label}</text><text x="{left + right / 2:g}" y="14">{escape(value)}</text>'
        "</g></svg>"
    )
