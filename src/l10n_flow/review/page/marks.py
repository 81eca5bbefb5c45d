"""Marks in texts: terms, inline codes, and the places of findings in source and target; the words of a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from l10n_flow import documents, graphemes
from l10n_flow.inline import CodeKind, CodeRole
from l10n_flow.interface import Say
from l10n_flow.model import Finding, Span
from l10n_flow.project import places
from l10n_flow.review.page.model import ReviewUnit
from l10n_flow.scripts import visible

#: How many characters of a text a list shows.
_LISTED = 200
#: How many characters of the text an excerpt shows before and after the place of a finding.
_AROUND = 18
_WRITTEN = frozenset({CodeKind.EMPHASIS, CodeKind.STRONG, CodeKind.STRUCK, CodeKind.CHARACTER, CodeKind.BREAK})


class Mark(NamedTuple):
    """A mark on a part of a text: its class in the style sheet, and its title."""

    start: int
    end: int
    kind: str
    title: str


class MarkedText(NamedTuple):
    """A part of a text with the classes and titles of all its marks; "" without marks."""

    text: str
    kinds: str = ""
    title: str = ""


class Insertable(NamedTuple):
    """An inline code that a translator can insert into a translation.

    Attributes:
        before, behind: its part before the words that it encloses, and its part behind them; "" where there is none.
        sign: its longest part: a translation has the code as often as this part.
        times: how often the source has it.
    """

    before: str
    behind: str
    sign: str
    times: int = 1

    @property
    def text(self) -> str:
        return self.before + self.behind

    def followed_by(self, written: str) -> Insertable:
        """The same code with one more part behind the words."""
        return self._replace(behind=self.behind + written, sign=max(self.sign, written, key=len))


def of_source(unit: ReviewUnit, say: Say, words: Sequence[str] = ()) -> tuple[MarkedText, ...]:
    """The source with its terms and the findings about it; ``say`` is the interface's language.

    ``words`` are those that are looked for.
    """
    terms = [
        Mark(span.start, span.end, "term", f"{term.source} → {', '.join(term.targets)}")
        for term in unit.terms
        for span in term.spans
    ]
    looked_for = [Mark(span.start, span.end, "looked-for", "") for span in places(words, unit.source)] if words else []
    found = _found(unit.findings, say, source=True)
    return runs(seen(unit.source), [*_codes(unit.format, unit.source), *terms, *found, *looked_for])


def of_target(unit: ReviewUnit, say: Say) -> tuple[MarkedText, ...]:
    """The target with its inline codes and findings, where it is shown without an editor."""
    return runs(seen(unit.text), [*_codes(unit.format, unit.text), *_found(unit.findings, say, source=False)])


def seen(text: str) -> str:
    """A text as it is shown where nobody edits it: � stands for each character that nobody would see."""
    return visible(text, "\ufffd")


def of_words(text: str, words: Sequence[str]) -> tuple[MarkedText, ...]:
    """A text with the words in it that are looked for."""
    return of_search(text, places(words, text)) if words else runs(text, ())


def of_search(text: str, spans: Sequence[Span]) -> tuple[MarkedText, ...]:
    """A text with the words that a search found in it."""
    return runs(text, [Mark(span.start, span.end, "hit", "") for span in spans])


def insertable(unit: ReviewUnit) -> tuple[Insertable, ...]:
    """The inline codes of the source that can be inserted, each once, in order; a pair is one.

    Emphasis without a number and characters are left out, for a translator types them as quickly.
    """
    found: dict[tuple[str, str], Insertable] = {}
    opened: list[Insertable] = []
    done = 0
    for code in documents.inline(unit.format, unit.source):
        written = unit.source[code.start : code.end]
        here = Insertable(written, "", written)
        follows, done = code.start == done, code.end
        if code.role is CodeRole.OPENING:
            opened.append(here)
        elif code.value == "/title" and opened:
            opened[-1] = opened[-1]._replace(before=opened[-1].text + written, behind="")
        elif code.value == "title" and opened and follows and not opened[-1].behind:
            opened[-1] = Insertable(opened[-1].text + written, "", opened[-1].text + written)
        elif code.value == "title" and opened:
            opened[-1] = opened[-1].followed_by(written)
        elif code.kind not in _WRITTEN or (code.value.strip() and code.kind is not CodeKind.CHARACTER):
            whole = opened[-1].followed_by(written) if code.role is CodeRole.CLOSING and opened else here
            known = found.get(whole[:2])
            found[whole[:2]] = known._replace(times=known.times + 1) if known else whole
        if code.role is CodeRole.CLOSING and opened:
            opened.pop()
    return tuple(found.values())


def _codes(format: str, text: str) -> list[Mark]:  # noqa: A002
    return [Mark(code.start, code.end, "code", "") for code in documents.inline(format, text)]


def _found(findings: Iterable[Finding], say: Say, *, source: bool) -> list[Mark]:
    spans = ((each, each.source_span if source else each.target_span) for each in findings if not each.ignored)
    return [Mark(span.start, span.end, each.severity.value, say(each.message)) for each, span in spans if span]


def runs(text: str, marks: Sequence[Mark]) -> tuple[MarkedText, ...]:
    """Cut a text where marks begin and end. Marks may overlap; marks outside the text are left out."""
    within = [mark for mark in marks if 0 <= mark.start < min(mark.end, len(text))]
    if not within:
        return (MarkedText(text),) if text else ()
    return tuple(_cut(text, within))


def _cut(text: str, marks: Sequence[Mark]) -> Iterator[MarkedText]:
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(min(mark.end, len(text)) for mark in marks)})
    waiting = sorted(marks, reverse=True)
    on: list[Mark] = []
    for start, end in pairwise(cuts):
        on = [mark for mark in on if mark.end > start]
        while waiting and waiting[-1].start <= start:
            on.append(waiting.pop())
        kinds, titles = (dict.fromkeys(values) for values in ([m.kind for m in on], [m.title for m in on]))
        yield MarkedText(text[start:end], " ".join(kinds), "\n".join(titles))


def beginning(text: str) -> str:
    """The start of a text for a list, with an ellipsis when something is left out."""
    return text if len(text) <= _LISTED else graphemes.beginning(text, _LISTED - 1) + "…"


def excerpt(text: str, span: Span | None) -> tuple[str, str, str] | None:
    """The text before, in and after a span, shortened; None when the span is empty or outside the text."""
    if span is None or not 0 <= span.start < min(span.end, len(text)):
        return None
    before, after = text[: span.start], text[span.end :]
    return (
        before if len(before) <= _AROUND else "…" + graphemes.ending(before, _AROUND),
        text[span.start : span.end],
        after if len(after) <= _AROUND else graphemes.beginning(after, _AROUND) + "…",
    )
