"""The table of completeness: its width, order, filter, totals, and its other forms."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

from conftest import Newsroom
from l10n_flow.project import StatusRow
from l10n_flow.report.status_table import status_badge, status_lines, status_markdown
from l10n_flow.scripts import display_width
from l10n_flow.work.rows import Only, Order, ordered, picked, totals


def row(document: str, locale: str = "en", units: int = 10, ready: int = 0, **more: int) -> StatusRow:
    numbers = dict.fromkeys(
        [
            "characters",
            "words",
            "untranslated",
            "needs_editing",
            "translated",
            "approved",
            "stale",
            "converted",
            "human",
        ],
        0,
    )
    return StatusRow(document=document, locale=locale, units=units, ready=ready, **{**numbers, **more})


ROWS = (
    row("a", ready=10),
    row("b", ready=2, stale=1),
    row("c", units=100, ready=90, errors=3),
    row("a", "fr", ready=5),
)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (Order.DOCUMENT, ["a en", "b en", "c en", "a fr"]),
        (Order.LOCALE, ["a en", "b en", "c en", "a fr"]),
        (Order.UNITS, ["c en", "a en", "b en", "a fr"]),
        (Order.READY, ["b en", "a fr", "c en", "a en"]),
        (Order.MISSING, ["c en", "b en", "a fr", "a en"]),
    ],
)
def test_order(by: Order, expected: list[str]) -> None:
    assert [f"{each.document} {each.locale}" for each in ordered(ROWS, by)] == expected


def test_rows_are_picked_and_added_up() -> None:
    assert [each.document for each in picked(ROWS, [Only.STALE, Only.ERRORS])] == ["b", "c"]
    assert [each.document for each in picked(ROWS, [Only.NOT_READY])] == ["b", "c", "a"]
    assert picked(ROWS, []) == ROWS
    english, french = totals(ROWS)
    assert (english.locale, english.units, english.ready, english.errors) == ("en", 120, 102, 3)
    assert (french.locale, french.units, french.ready) == ("fr", 10, 5)
    assert totals([]) == ()


@pytest.mark.parametrize("width", [80, 100, 200])
@pytest.mark.parametrize("name", ["a", "a/very/long/name/of/a/document/in/many/folders", "很長的文件名稱" * 6])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    rows = [row(name, "zh_Hant_HK", units=1_234_567, errors=12, untranslated=1_234_567), row(f"{name}/2", "en")]
    lines = status_lines(rows, totals(rows), width=width, bar=True)
    assert max(map(display_width, lines)) <= width
    assert "errors" in lines[0] + lines[1]
    names = [line.split("  ")[0] for line in lines[-4:-2]]
    assert names[1] == f"{name}/2" or (names[1].startswith("…") and names[1].endswith("/2")), "the end tells it apart"


def test_totals_are_told_of_several_documents_only() -> None:
    assert not any("total" in line for line in status_lines(ROWS[:1], totals(ROWS[:1])))
    assert sum("total" in line for line in status_lines(ROWS, totals(ROWS))) == 2
    assert sum("total" in line for line in status_markdown(ROWS, totals(ROWS))) == 2


def test_a_name_means_nothing_in_markdown() -> None:
    assert r"| a\|b\_\*c\[d\] |" in list(status_markdown([row("a|b_*c[d]")], ()))[2]


def test_the_badge_rounds_down_and_is_xml() -> None:
    rows = [row("a", units=1000, ready=999), row("a", "fr", units=0)]
    image = ET.fromstring(status_badge(rows))
    assert image.get("aria-label") == "ready: en 99 %, fr –"
    assert ET.fromstring(status_badge([])).get("aria-label") == "ready: 0 documents"


def test_the_command_sorts_filters_and_has_four_forms(newsroom: Newsroom) -> None:
    newsroom.write("標題在此\n")
    newsroom.write("另一篇。\n\n還有。\n", "b.txt")
    newsroom.sync()
    newsroom.translate({"標題在此": "A title"})
    found = json.loads(newsroom.run("status", "--sort", "missing", "--only", "untranslated", "--format", "json").out)
    assert [(each["document"], each["locale"]) for each in found] == [("b", "en")]
    text = newsroom.run("status", "--format", "csv", "--locale", "en", "--sort", "ready").out
    assert [(each["document"], each["ready"]) for each in csv.DictReader(io.StringIO(text))] == [("b", "0"), ("a", "1")]
    assert newsroom.run("status", "--format", "markdown").out.startswith("| document | locale | units |")
    assert newsroom.run("status", "--format", "badge").out.startswith("<svg ")
    nothing = newsroom.run("status", "--only", "stale")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "of 4 rows none has a unit that is stale\n"
    assert newsroom.run("status", "--only", "approved", "--gate").code == 1, "a gate counts all rows"
    assert newsroom.run("status", "--todo", "--format", "csv").code == 2
    assert max(map(len, newsroom.run("status").out.splitlines())) <= 80
