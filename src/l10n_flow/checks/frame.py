"""The types of a rule, of its input, and of its output.

A rule is a pure function from a ``Sheet`` (a document and its translations, grouped for the rules) to ``Problem``s. It
does not use severities, ignores, or other rules.
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
    from l10n_flow.languages import ForeignLanguage


@dataclass(frozen=True, slots=True)
class Subject:
    """One document in one locale, with everything that the rules need.

    Attributes:
        document: the document's identity.
        source_locale: the gettext locale id of the source.
        locale: the gettext locale id of the translations.
        blocks: the blocks of the source document, in order.
        translations: the catalogue of ``locale``; a unit that is not in it counts as untranslated.
        traditional: returns the spans of a text's characters that exist only in Traditional Chinese; None: not checked.
        simplify: converts a text to Simplified characters; None: no fixes.
        derived: whether the locale is filled by conversion.
        doubts: returns the places of a source text whose conversion may be wrong; None: not checked.
        regional: returns the words of a source text for which the target's region has others; None: not checked.
        spelling: returns the words of a source text that may be misspelt; None: checked in another locale, or not.
        names: returns the names of the project in a text of a locale whose digits are not numbers; None: no names.
        script: the script of ``locale`` by CLDR (ISO 15924); "": not checked.
        chinese: returns the script of a Chinese text; None: not checked.
        source_fault: the error in the script of the source; "": none, or reported in another locale.
        language: returns the foreign language in many of the translations, given in order; None: not checked.
        inline: returns the inline codes of a text; None: the document's format has none.
        timed: the limits of subtitles in the locale; None: the document has no subtitles.
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
    language: Callable[[Sequence[str]], ForeignLanguage | None] | None = None
    inline: Callable[[str], Sequence[InlineCode]] | None = None
    timed: Timed | None = None


class Pair(NamedTuple):
    """A unit at its first occurrence, with its translation (a tuple, because a big document has many).

    Attributes:
        order: its number among the document's units, counted from 0.
        translation: its translation.
        source: the source of the target: the text of the unit and of the units ``joined`` to it.
        kinds: the kind of its block, its role, and the kinds in its catalogue entry.
    """

    order: int
    translation: Translation
    source: str
    kinds: tuple[str, ...]

    @property
    def target(self) -> str:
        return self.translation.target


class Problem(NamedTuple):
    """A problem that a rule found in a pair, and possible fixes; ``running`` makes a ``Finding`` of it.

    A ``doubtful`` problem is a warning even if the rule's findings are errors.
    """

    pair: Pair
    message: str
    source_span: Span | None = None
    target_span: Span | None = None
    fixes: tuple[Fix, ...] = ()
    doubtful: bool = False


def as_one(text: str, edits: Sequence[tuple[Span, str]]) -> Fix:
    """Return one fix that makes several replacements, given in order, and covers the text between them."""
    start, end = edits[0][0].start, edits[-1][0].end
    parts: list[str] = []
    done = start
    for span, after in edits:
        parts += text[done : span.start], after
        done = span.end
    return Fix(Span(start, end), "".join(parts))


class Sheet(NamedTuple):
    """A subject prepared for the rules.

    Attributes:
        subject: the subject.
        pairs: every distinct unit once, in document order, without the ``joined`` ones.
        translated: the pairs with a text that is neither empty nor in need of editing.
        blocks: the pairs of each block, without ``joined`` units.
        memo: results that the rules of one family share, by the family's name.
    """

    subject: Subject
    pairs: list[Pair]
    translated: list[Pair]
    blocks: list[list[Pair]]
    memo: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its id, which is also used in the docs, in the configuration and in ``ignore`` seals.

    Attributes:
        id: lower-case words joined by hyphens.
        severity: the default severity.
        summary: one line for lists of rules.
        check: finds the problems, in any order.
        applies: whether the rule applies to a subject's locale.
        default: whether it runs when the configuration does not name it.
        choice: whether a person must choose one of its fixes, so that no program applies them.
        whole: whether it reports a problem of the whole document or edition, at one of its units.
        keeps_back: whether its errors stop a release even when the text would not be published.
        reads_codes: whether it gets the text with inline codes; else it gets the plain text.
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
    """Whether a pair's text counts as a translation, so that rules check it."""
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
