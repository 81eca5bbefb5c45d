"""The values that the templates of the review page show. ``reading`` makes them; they are frozen.

The live page and the static copy of ``build --review`` show the same values. Every text is plain text; the templates
escape it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n_flow.catalogue.edit import Signatures
from l10n_flow.editing import UnitView
from l10n_flow.model import BlockKind, Finding, Role, Severity, Span, State, Translation
from l10n_flow.project import Sitting


class Reader(NamedTuple):
    """The person who uses the page.

    Attributes:
        name: as it is written into seals; "" when it is not known yet (a page without accounts asks once).
        role: ``translator`` or ``reviewer``.
        proven: whether the person has logged in to an account; otherwise the name is a claim.
        language: the language of the interface, one of ``interface.languages()``.
    """

    name: str
    role: str = "reviewer"
    proven: bool = False
    language: str = "en"

    @property
    def may_approve(self) -> bool:
        return self.role == "reviewer"


NOBODY = Reader("")


class TermHint(NamedTuple):
    """A term of the source: its targets in the termbase, best first, its note, and its spans in the source."""

    source: str
    targets: tuple[str, ...]
    note: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ReviewUnit:
    """One unit where it stands in the article.

    Attributes:
        id: the unit's short id: anchor and address.
        view: the unit in its catalogue.
        version: the version that an edit sends back, for compare-and-set; "" when the unit cannot be saved: on the
            static copy, and before the unit is in the catalogue.
        role: sentence, credit or line.
        format: the format of its document; it decides what an inline code is.
        can_join: whether it may be translated together with the unit before it.
        converted: in a derived locale, the text that conversion gives; "" in the others.
        others: the unit in the other locales, by their ids, in their order.
        findings: first those that are not ignored, then the ignored ones.
        terms: terms in the source.
        approvable: whether this reader may approve it.
        repeated: how often it occurs in the document.
        first: whether this is its first occurrence, which has the editor; the other occurrences link to it.
        hit: whether the filter found it, when the page also shows the units around each found one.
        ancestor: when two branches have given it different texts, its text before both; "" when it is not known.
    """

    id: str
    view: UnitView
    version: str = ""
    role: Role = Role.SENTENCE
    format: str = "text"
    can_join: bool = False
    converted: str = ""
    others: Mapping[str, Translation] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    terms: tuple[TermHint, ...] = ()
    approvable: bool = True
    repeated: int = 1
    first: bool = True
    hit: bool = False
    ancestor: str = ""

    @property
    def translation(self) -> Translation:
        return self.view.translation

    @property
    def signatures(self) -> Signatures:
        return self.view.signatures

    @property
    def source(self) -> str:
        return self.view.translation.key.source

    @property
    def text(self) -> str:
        return self.view.translation.target


class ReviewBlock(NamedTuple):
    """A block of the article and those of its units that are shown."""

    kind: BlockKind
    units: tuple[ReviewUnit, ...]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units of an article are shown. The query of the address has the same fields; empty ones are left out.

    Attributes:
        state: only units in this state; ``todo``: those that are not ready; ``stale``: the stale ones; ``noted``:
            those with a note or a rejection that is not resolved.
        rule: only units with a finding of this rule; ``any``: of any rule.
        text: only units with these words in source, target or notes; both Chinese scripts count as one.
        since: only units whose translation changed on this day (``YYYY-MM-DD``) or later, as git and seals show.
        mine: only units that this reader has translated, approved or noted.
        near: also the unit before and after each found one.
        page: counted from 1.
    """

    state: str = ""
    rule: str = ""
    text: str = ""
    since: str = ""
    mine: bool = False
    near: bool = False
    page: int = 1

    @property
    def active(self) -> bool:
        return bool(self.state or self.rule or self.text or self.since or self.mine)


class FilterCount(NamedTuple):
    """A value of a filter (a state or a rule), how many units it finds, and the summary of the rule."""

    value: str
    number: int
    label: str = ""


class Progress(NamedTuple):
    """The progress of a document in a locale: its units by state, and how many are ready for a release."""

    locale: str
    units: int
    states: Mapping[str, int]
    ready: int
    stale: int = 0
    findings: Mapping[str, int] = {}  # severity to number
    derived: bool = False
    errors: int = 0  # units that would be ready but for an error


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """An article in one locale.

    Attributes:
        document, title: its identity and its title in the source.
        source_locale: the locale of the source.
        locale: the locale that is translated into.
        locales: all locales of the project.
        blocks: the blocks that are shown, in order.
        progress: of the whole document in this locale.
        states, rules: the values of the filters, with counts over the whole document.
        filter: the filter in use.
        found: how many units it finds.
        pages: how many pages they need.
        stamp: the digest of the catalogue as it was read; another digest means that another program has changed it.
        reader: the person who uses the page.
        live: whether units can be saved.
        notices: messages about the whole document, such as a damaged catalogue.
        project: the name of the project; the browser keeps drafts under it.
        revised: PO-Revision-Date of the catalogue.
        said: a message about an earlier request, such as how many units it approved.
    """

    document: str
    title: str
    source_locale: str
    locale: str
    locales: tuple[str, ...]
    blocks: tuple[ReviewBlock, ...]
    progress: Progress
    states: tuple[FilterCount, ...] = ()
    rules: tuple[FilterCount, ...] = ()
    filter: Filter = field(default_factory=Filter)
    found: int = 0
    pages: int = 1
    stamp: str = ""
    reader: Reader = NOBODY
    live: bool = True
    notices: tuple[str, ...] = ()
    project: str = ""
    revised: str = ""
    said: str = ""


class Hit(NamedTuple):
    """A unit that a search found: the spans of the words in source and target, and the notes with one of the words."""

    document: str
    locale: str
    unit: str
    source: str
    target: str
    state: State
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


class HomeRow(NamedTuple):
    """A document on the home page.

    Attributes:
        document, title: its identity, and its title in the source.
        progress: its progress in each locale.
        error: why it, or a part of it, cannot be read; "" otherwise.
        findings: the findings about the whole document.
    """

    document: str
    title: str
    progress: tuple[Progress, ...]
    error: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether one of the findings keeps it from being released."""
        return any(each.severity is Severity.ERROR for each in self.findings)


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page: a table of documents and locales, the last activity, the hits of a search (None: no search)."""

    name: str
    source_locale: str
    locales: tuple[str, ...]
    rows: tuple[HomeRow, ...]
    activity: tuple[Sitting, ...] = ()
    query: str = ""
    hits: tuple[Hit, ...] | None = None
    more: bool = False
    reader: Reader = NOBODY
