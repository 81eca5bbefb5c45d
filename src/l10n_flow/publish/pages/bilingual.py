"""The bilingual page: a row for every unit with source, target and state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from l10n_flow.model import Origin, Role, State
from l10n_flow.publish.pages import common
from l10n_flow.publish.pages.diff import DiffRun, changes
from l10n_flow.publish.pages.labels import labels
from l10n_flow.publish.pages.model import BilingualPage, PageBlock, PageUnit

#: The counts, in the order of display. The style sheet has a sign for each, so that colour is not the only difference.
_COUNTED = (*(state.value for state in State), "stale", *(origin.value for origin in Origin))


#: Parts of a text, each with an explanation or "".
Runs = tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """One unit.

    Attributes:
        anchor: its id at its first occurrence, "" at later ones.
        id: its id, or "".
        source: the source text as runs of (text, explanation); words converted as a whole are runs of their own.
        changed: the difference between previous source and source; () without one.
        text: the target, as runs like ``source``.
        tongue: the target's language when it is not the page's.
        state, word: the state's id and its name.
        origin: the origin's name, or "".
        note: a note for the reviewer, or "".
        joined: whether it is translated together with the unit above.
        kind: the name of the block kind at the start of a block, of the role for a credit, else "".
        credit: whether it is a photo credit.
    """

    anchor: str
    id: str
    source: Runs
    changed: tuple[DiffRun, ...]
    text: Runs
    tongue: common.Tongue | None
    state: str
    word: str
    origin: str
    note: str
    joined: bool
    kind: str
    credit: bool


class Group(NamedTuple):
    """A block: the id of its kind and its rows; the rows can be iterated once."""

    kind: str
    rows: Iterator[Row]


class View(NamedTuple):
    """The values of the template: the language of the sources, the counts (state, word, number), and the blocks.

    A row is made when the template needs it: all rows of a long document need many times its memory.
    """

    source: common.Tongue
    counts: tuple[tuple[str, str, int], ...]
    groups: Iterator[Group]


def frame(page: BilingualPage) -> common.Frame:
    title = common.title_of(page.blocks, page.locale, page.format) or page.document
    return common.frame(title, page.locale, draft=page.draft, editions=page.editions, index_href=page.index_href)


def view(page: BilingualPage) -> View:
    names = labels(page.locale)
    seen: set[str] = set()
    groups = (Group(block.kind, _rows(block, page.locale, names, seen)) for block in page.blocks)
    return View(common.tongue(page.source_locale), counted(page.counts, names), groups)


def counted(counts: Mapping[str, int], names: Mapping[str, str]) -> tuple[tuple[str, str, int], ...]:
    """Return (state, word, number) for every state or origin that occurs, in a fixed order."""
    return tuple((key, names[key], counts[key]) for key in _COUNTED if counts.get(key))


def _rows(block: PageBlock, locale: str, names: Mapping[str, str], seen: set[str]) -> Iterator[Row]:
    kind = names[block.kind.value]
    for unit in block.units:
        credit = unit.role is Role.CREDIT
        yield _row(unit, "" if unit.id in seen else unit.id, names["credit"] if credit else kind, locale, names)
        seen.add(unit.id)
        kind = kind if credit else ""


def _row(unit: PageUnit, anchor: str, kind: str, locale: str, names: Mapping[str, str]) -> Row:
    state = (unit.state or State.UNTRANSLATED).value
    changed = unit.previous not in {"", unit.source}
    source, text = _runs(unit, names)
    return Row(
        anchor,
        unit.id,
        source,
        changes(unit.previous, unit.source) if changed else (),
        text,
        common.tongue(unit.locale) if unit.locale not in {"", locale} else None,
        state,
        names[state],
        names[unit.origin.value] if unit.origin else "",
        unit.note,
        unit.joined,
        kind,
        unit.role is Role.CREDIT,
    )


def _runs(unit: PageUnit, names: Mapping[str, str]) -> tuple[Runs, Runs]:
    """Return source and target as runs, in which words converted as a whole have an explanation."""
    if not unit.converted:
        return ((unit.source, ""),), ((unit.text, ""),) if unit.text else ()
    whys = [
        f"{unit.source[word.start : word.end]} → {unit.text[word.target_start : word.target_end]} · {names[word.rule]}"
        for word in unit.converted
    ]
    source = _marked(unit.source, [(word.start, word.end) for word in unit.converted], whys)
    return source, _marked(unit.text, [(word.target_start, word.target_end) for word in unit.converted], whys)


def _marked(text: str, spans: Sequence[tuple[int, int]], whys: Sequence[str]) -> Runs:
    runs: list[tuple[str, str]] = []
    done = 0
    for (start, end), why in zip(spans, whys, strict=True):
        runs += (text[done:start], ""), (text[start:end], why)
        done = end
    return tuple(run for run in (*runs, (text[done:], "")) if run[0])
