"""The context of the templates: languages, sentences of the script, what the reader may do, links of the filters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from l10n_flow import scripts
from l10n_flow.interface import speaker
from l10n_flow.messages import Message
from l10n_flow.model import State
from l10n_flow.project import size, words_of
from l10n_flow.publish.pages import Tongue, tongue
from l10n_flow.review.page.model import Filter, FilterCount, Progress, Reader, ReviewPage, ReviewUnit

#: htmx evaluates nothing, adds no style or script, and keeps no history. It also shows answers that explain a refusal.
HTMX_CONFIG = json.dumps(
    {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "historyEnabled": False,
        "historyCacheSize": 0,
        "attributesToSettle": [],
        "defaultSettleDelay": 0,
        "timeout": 20_000,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "2..", "swap": True},
            {"code": "409|410|422", "swap": True},
            {"code": "...", "swap": False, "error": True},
        ],
    }
)


class Context(NamedTuple):
    """What every template needs.

    Attributes:
        reader: the person who uses the page.
        live: whether units can be saved.
        document: the identity of the article; "" on the home page.
        source_locale, locale: the locale of the source and the one that is translated into; "" on the home page.
        source, target: their languages.
        shown: the ids of the units that have an editor on this page.
        inline: whether the page is a file of its own, which loads nothing from a server.
        words: what the filter of the page looks for, folded.
    """

    reader: Reader
    live: bool = True
    document: str = ""
    source_locale: str = ""
    locale: str = ""
    source: Tongue = Tongue("", "ltr", "")
    target: Tongue = Tongue("", "ltr", "")
    shown: frozenset[str] = frozenset()
    inline: bool = False
    words: tuple[str, ...] = ()

    @property
    def ui(self) -> str:
        """The language of the interface."""
        return self.reader.language


def plain(reader: Reader) -> Context:
    """The context of a page without an article."""
    return Context(reader)


def of_page(page: ReviewPage, *, inline: bool) -> Context:
    shown = frozenset(unit.id for block in page.blocks for unit in block.units if unit.first)
    live = page.live and not inline
    return of_unit(page.document, page.locale, page.source_locale, page.reader)._replace(
        live=live, shown=shown, inline=inline, words=words_of(page.filter.text)
    )


def of_unit(document: str, locale: str, source_locale: str, reader: Reader) -> Context:
    """The context of a fragment of an article's page."""
    return Context(reader, True, document, source_locale, locale, tongue(source_locale), tongue(locale))


#: The sentences of the script; it marks each with ``_()``.
SCRIPT_SENTENCES = (
    "Copied.",
    "Words: {n}",
    "Characters: {n}",
    "This browser keeps no drafts: what you type is lost with the page until you save it.",
    "Your unsaved text of {when} was put back.",
    "Your unsaved text of {when}; the unit has changed since:",
    "Search for its source",
    "Its unit is no longer in the document",
    "The text has changed at this place; the fix does not fit any more.",
    "The fix is in the text. Read it, then save.",
    "There is no term or match for this unit.",
    "The text has all codes of the source.",
    "The source has no code to insert.",
    "There is nothing to undo.",
    "It has no text of its own; separate it from the unit above first.",
    "The text is in the editor. Read it, then save.",
    "Both changes are in the text. Read it, then save.",
    "Both changed the same place. Edit the text, then save.",
    "You cannot approve this unit; save it with Ctrl+Enter.",
    "Only a unit without a text, and not the first of its block, can be joined with the one above.",
    "No further unit on this page.",
    "Saving …",
    "The field is empty. Save without a translation?",
    "This text is approved. Save another one over it? The approval goes.",
    "Save all the same",
    "Do not save",
    "There is unsaved text in this unit; save or delete it first.",
    "Not saved ({status}). Your text is kept in this browser.",
    "Not saved: the server does not answer. Your text is kept in this browser.",
    "{told} Your text is kept in this browser.",
    "The text is as it is now on the disk.",
    "This document is no longer here. Your drafts are kept; the first page lists them.",
    "Changed elsewhere since you opened the page",
)


def script_words(ui: str) -> str:
    """The sentences of the script in the interface's language, as JSON."""
    say = speaker(ui)
    return json.dumps({each: say(each) for each in SCRIPT_SENTENCES}, ensure_ascii=False)


def needs(unit: ReviewUnit, reader: Reader) -> bool:
    """Whether this reader can work on a unit: translate it, or, as a reviewer, approve it."""
    translation = unit.translation
    if translation.joined or not unit.first:
        return False
    unfinished = translation.stale or translation.state in {State.UNTRANSLATED, State.NEEDS_EDITING}
    return unfinished or (reader.may_approve and translation.state is State.TRANSLATED)


class Size(NamedTuple):
    """How long a text is: characters of Chinese, words elsewhere."""

    number: int
    words: bool


def size_of(text: str, locale: str) -> Size:
    """The size of a text of a locale."""
    return Size(size(text, locale), words=not scripts.uses_han(locale))


class BarPart(NamedTuple):
    """A part of a progress bar, in percent."""

    state: str
    start: float
    width: float


_BAR = (State.APPROVED, State.TRANSLATED, State.NEEDS_EDITING)


def bar(progress: Progress) -> tuple[BarPart, ...]:
    """The parts of a progress bar, one for each state; the rest of the bar is untranslated."""
    parts: list[BarPart] = []
    start = 0.0
    for state in _BAR:
        width = round(100 * progress.states.get(state.value, 0) / max(progress.units, 1), 2)
        if width:
            parts.append(BarPart(state.value, round(start, 2), width))
        start += width
    return tuple(parts)


def percent(progress: Progress) -> int:
    """The percentage of units that are ready, rounded down, so that it is 100 only when all are."""
    return 100 * progress.ready // progress.units if progress.units else 100


def states(progress: Progress) -> tuple[tuple[str, int], ...]:
    """The states that occur, and ``stale``, with the number of units in each."""
    found = [(state.value, progress.states.get(state.value, 0)) for state in State]
    return tuple(pair for pair in (*found, ("stale", progress.stale)) if pair[1])


def approvable(page: ReviewPage) -> tuple[ReviewUnit, ...]:
    """The units of this page that "approve all shown" approves."""
    return tuple(
        unit
        for block in page.blocks
        for unit in block.units
        if unit.first and not unit.translation.stale and unit.translation.state is State.TRANSLATED
    )


class FilterLink(NamedTuple):
    """A link of the filter bar: its value and label, how many units it finds, its filter, whether that is in use."""

    value: str
    label: str
    number: int
    leads: Filter
    current: bool


def choices(field: str, tallies: tuple[FilterCount, ...], chosen: Filter) -> tuple[FilterLink, ...]:
    """The links for one field of the filter. They change no other field; the link that is in use empties the field."""
    made = []
    for value, number, label in tallies:
        current = getattr(chosen, field) == value
        leads = _with(chosen, {field: "" if current else value})
        made.append(FilterLink(value, label, number, leads, current))
    return tuple(made)


def _with(chosen: Filter, changes: Mapping[str, Any]) -> Filter:
    return replace(chosen, **({"page": 1} | dict(changes)))


def turned(chosen: Filter, page: int) -> Filter:
    """The same filter, on another page."""
    return _with(chosen, {"page": page})


def switched(chosen: Filter, field: str) -> Filter:
    """The same filter with ``mine`` or ``near`` turned on or off."""
    return _with(chosen, {field: not getattr(chosen, field)})


def only(state: str = "", rule: str = "") -> Filter:
    """A filter by a state, or by a rule."""
    return Filter(state=state, rule=rule)


def waiting(progress: Progress) -> tuple[tuple[str, int, Filter], ...]:
    """The work that is left: what is to be done, how many units need it, and the filter that finds them.

    Stale units are among those that need editing.
    """
    unfinished = (State.UNTRANSLATED.value, State.NEEDS_EDITING.value)
    translators = sum(progress.states.get(state, 0) for state in unfinished)
    reviewers = progress.states.get(State.TRANSLATED.value, 0)
    enough = progress.ready + progress.errors == progress.units
    pairs = (
        (Message("To translate"), translators, only(state="todo")),
        (
            Message("To review"),
            0 if enough else reviewers,
            only(state="translated"),
        ),
        (Message("With an error"), progress.errors, only(rule="any")),
    )
    return tuple(pair for pair in pairs if pair[1])
