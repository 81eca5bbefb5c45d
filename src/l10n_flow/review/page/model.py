"""What goes into the review page: frozen values, decided by ``reading``; the page only lays them out.

The same values make the live page, which saves, and the static twin of ``build --review``, which does not.
Every text is plain text and is escaped on the way out.
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
    """Who looks at the page.

    Attributes:
        name: as seals bear it; "" when not known yet (a local page asks once).
        role: ``translator`` or ``reviewer``.
        proven: whether an account proved it; else it is a claim.
        language: of the interface, one of ``interface.languages()``.
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
    """A term of the source and what the termbase says: its spans in the source, and its targets, best first."""

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
        version: what the editor sees, for compare-and-set; "" when it cannot be saved: on the static twin, and before
            the unit is in the catalogue.
        role: sentence, credit or line.
        format: the format of its document, which tells what is an inline code.
        can_join: whether it may be rendered together with the unit before it.
        converted: of a derived locale, what conversion would give; "" elsewhere.
        others: the unit in the other locales, by their ids, in their order.
        findings: those that stand, then ignored ones.
        terms: terms in the source.
        approvable: whether this reader may approve it.
        repeated: how many times it occurs in the document.
        first: whether this is the occurrence that is edited; the others point to it.
        hit: whether the filter found it, where neighbours are shown as well.
        ancestor: its text before two branches gave it two, "" when that is not known.
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
    """What of an article is shown; also the query of its address (empty values are left out).

    Attributes:
        state: only units in this state; ``todo`` means whatever is not ready, ``stale`` the stale ones, ``noted``
            those with a note or a rejection that nobody has settled.
        rule: only units with a finding of this rule; ``any`` means any finding.
        text: only units with this text in source or target; either Chinese script finds the other.
        since: only units whose translation changed on this day (``YYYY-MM-DD``) or later, by git and their seals.
        mine: only what this reader wrote, approved or noted.
        near: also the units around each found one.
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
    """A filter's value (a state, a rule), how many units it would show, and what a rule is about."""

    value: str
    number: int
    label: str = ""


class Progress(NamedTuple):
    """A locale of a document: its units by state, and how many are ready for a release."""

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
        source_locale, locale: of the columns; ``locale`` is the one being worked on.
        locales: all locales of the project that can be worked on.
        blocks: what is shown of it, in order.
        progress: of the whole document in this locale.
        states, rules: the filters there are, with counts over the whole document.
        filter: the one in use.
        found: how many units it finds; ``pages`` how many pages they fill.
        stamp: the catalogue as it was read, to notice when another program changes it.
        reader: who looks.
        live: whether it can save.
        notices: whole-document messages, such as a damaged catalogue.
        project: its name; drafts in the browser are kept by it.
        revised: when the translation last changed, as the catalogue's header says it.
        said: what the page says when it opens, such as how many were approved by the one before.
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
    """A unit that a search found; where the words stand in source and target; the notes that have one of them."""

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
        document, title: which.
        progress: how far it is, by locale.
        error: why it, or some of it, cannot be read.
        findings: what is found about it as a whole, and about none of its units.
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
    """The home page: documents by locales, what was done lately, and what a search found (None: none was made)."""

    name: str
    source_locale: str
    locales: tuple[str, ...]
    rows: tuple[HomeRow, ...]
    activity: tuple[Sitting, ...] = ()
    query: str = ""
    hits: tuple[Hit, ...] | None = None
    more: bool = False
    reader: Reader = NOBODY
