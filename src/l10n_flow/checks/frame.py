"""What a rule is, what it is given, and what it gives back.

A rule is a pure function from a ``Sheet`` (a document and its translations, sorted by what may be asked of them) to
``Problem``s. It does not use severities, ignores, or other rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from l10n_flow.inline import InlineCode
from l10n_flow.model import Block, Fix, Key, Role, Severity, Span, State, Translation

if TYPE_CHECKING:
    from l10n_flow.conversion import OneScript
    from l10n_flow.conversion.doubt import Doubt
    from l10n_flow.conversion.roundtrip import RoundTrip
    from l10n_flow.conversion.vocabulary import Regional
    from l10n_flow.documents import Timed
    from l10n_flow.languages import Foreign


@dataclass(frozen=True, slots=True)
class Subject:
    """One document in one locale, with all that checking it needs.

    Attributes:
        document: the document's identity.
        source_locale: the gettext locale id of the source.
        locale: the gettext locale id of the translations.
        blocks: the blocks of the source document, in order.
        translations: the catalogue of ``locale``; a unit it lacks counts as untranslated.
        traditional: gives the spans of characters of a text that only Traditional Chinese has; None: not judged.
        simplify: writes a text in Simplified characters; None: no fix is made of it.
        derived: whether the locale is filled by conversion.
        doubts: gives the places of a source text whose conversion may be wrong; None: not judged.
        regional: gives the words of a source text for which the readers have others; None: not suggested.
        spelling: gives the words of a source text that may be misspelt; None: judged in another locale, or nowhere.
        names: gives the names of the project in a text of a locale, whose figures count nothing; None: there are none.
        script: the script of ``locale`` by CLDR, as ISO 15924 names it; "": not judged.
        chinese: gives the script that a Chinese text is in; None: not judged.
        source_fault: what is wrong with the script of the whole source; "": nothing, or it is told in another locale.
        language: gives the other language that much of the translations, in order, is in; None: not judged.
        inline: gives the inline codes of a text; None: the document's format has none.
        timed: how subtitles are shown in the locale; None: the document has no subtitles.
    """

    document: str
    source_locale: str
    locale: str
    blocks: tuple[Block, ...]
    translations: Mapping[Key, Translation]
    traditional: Callable[[str], list[Span]] | None = None
    simplify: Callable[[str], str] | None = None
    derived: bool = False
    doubts: Callable[[str], Sequence[Doubt]] | None = None
    regional: Callable[[str], Sequence[Regional]] | None = None
    spelling: Callable[[str], Sequence[RoundTrip]] | None = None
    names: Callable[[str, str], Sequence[Span]] | None = None
    script: str = ""
    chinese: Callable[[str], OneScript | None] | None = None
    source_fault: str = ""
    language: Callable[[Sequence[str]], Foreign | None] | None = None
    inline: Callable[[str], Sequence[InlineCode]] | None = None
    timed: Timed | None = None


class Pair(NamedTuple):
    """A unit where it stands first, and its translation (a tuple: a big document makes many).

    Attributes:
        order: its place among the document's units, counted from 0.
        translation: its catalogue entry.
        source: what the target renders: the unit's text, and the texts of the units ``joined`` to it.
        kinds: what the unit is: the kind of its block, its role, and the kinds in its catalogue entry.
    """

    order: int
    translation: Translation
    source: str
    kinds: tuple[str, ...]

    @property
    def target(self) -> str:
        return self.translation.target


class Problem(NamedTuple):
    """What a rule has found about a pair, and what might settle it; the frame makes a ``Finding`` of it.

    One that is ``doubtful`` is a warning where the rule's findings are errors.
    """

    pair: Pair
    message: str
    source_span: Span | None = None
    target_span: Span | None = None
    fixes: tuple[Fix, ...] = ()
    doubtful: bool = False


def as_one(text: str, edits: Sequence[tuple[Span, str]]) -> Fix:
    """One fix that makes several replacements, given in order, and spans all that lies between them."""
    start, end = edits[0][0].start, edits[-1][0].end
    parts: list[str] = []
    done = start
    for span, after in edits:
        parts += text[done : span.start], after
        done = span.end
    return Fix(Span(start, end), "".join(parts))


class Sheet(NamedTuple):
    """A subject made ready for the rules.

    Attributes:
        subject: what is checked.
        pairs: every distinct unit once, in document order, without the ``joined`` ones.
        translated: those of ``pairs`` whose text is worth judging: neither empty nor in need of editing.
        blocks: the document's blocks as rows of pairs, ``joined`` units left out.
        memo: what the rules of one family find once for all of them, by the family's name.
    """

    subject: Subject
    pairs: list[Pair]
    translated: list[Pair]
    blocks: list[list[Pair]]
    memo: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with the one id that is also its docs section, its switch, its severity key and its ignore.

    Attributes:
        id: lower-case words joined by hyphens.
        severity: unless configured otherwise.
        summary: one line for lists of rules.
        check: finds the problems, in any order.
        applies: whether the rule makes sense for a subject's locale.
        default: whether it runs where nothing names it.
        choice: whether its fixes are for a person to choose from, so that no program makes them.
        whole: whether it speaks of the whole document or edition, on one of its units.
        keeps_back: whether an error of it keeps a release back even where its text would not be published.
        reads_codes: whether it reads the text with its inline codes; else it is given the plain reading.
    """

    id: str
    severity: Severity
    summary: str
    check: Callable[[Sheet], Iterator[Problem]]
    applies: Callable[[Subject], bool] = lambda _: True
    default: bool = True
    choice: bool = False
    whole: bool = False
    keeps_back: bool = False
    reads_codes: bool = False


def prepare(subject: Subject) -> Sheet:
    """Pair every unit of a subject with its translation; linear in the document."""
    blocks: list[list[Pair]] = []
    first: dict[Key, Pair] = {}
    order = 0
    for block in subject.blocks:
        row = _row(block, subject.translations, order)
        order += len(block.units)
        blocks.append(row)
        for pair in row:
            first.setdefault(pair.translation.key, pair)
    pairs = list(first.values())
    return Sheet(subject, pairs, [pair for pair in pairs if is_judged(pair)], blocks, {})


def is_judged(pair: Pair) -> bool:
    """Whether a pair's text is worth judging: somebody takes it for a translation."""
    return pair.translation.state in _JUDGED


_JUDGED = frozenset({State.TRANSLATED, State.APPROVED})


def _row(block: Block, translations: Mapping[Key, Translation], order: int) -> list[Pair]:
    row: list[Pair] = []
    gap = ""
    for place, unit in enumerate(block.units, order):
        key = unit.key
        translation = translations.get(key) or Translation(key, "", State.UNTRANSLATED)
        if not translation.joined:
            row.append(Pair(place, translation, unit.text, _kinds(block, unit.role, translation)))
        elif row:
            row[-1] = row[-1]._replace(source=f"{row[-1].source}{gap}{unit.text}")
        gap = unit.gap
    return row


def _kinds(block: Block, role: Role, translation: Translation) -> tuple[str, ...]:
    return (block.kind, role, *translation.kinds)
