"""What an update of catalogues did, document by document: for ``extract``, ``convert`` and ``sync``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from l10n_flow.model import Document, Key, Notice
from l10n_flow.project import Failure, LeftOut, Source
from l10n_flow.work.renames import NOTHING, Rearranged

if TYPE_CHECKING:  # start-up: a run without a change updates nothing
    from l10n_flow.work.update import ConvertedUnit, LocaleReport, LocaleUpdate

#: The number of units of one kind that a summary names.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class LocaleSummary:
    """What an update did to one catalogue, with a few keys of units as examples: there may be millions of units.

    Attributes:
        locale: the locale of the catalogue.
        counts: numbers of units: ``new``, ``restored``, ``needs-editing`` now, ``obsolete``, ``converted``, ``copied``.
        outdated: the number of units that other dictionaries convert otherwise.
        needs_editing, obsolete: examples of these units.
        changes: the conversions; empty in a brief summary.
    """

    locale: str
    counts: Mapping[str, int]
    outdated: int
    needs_editing: tuple[Key, ...]
    obsolete: tuple[Key, ...]
    changes: tuple[ConvertedUnit, ...]


@dataclass(frozen=True, slots=True)
class DocumentUpdate:
    """The changes of an update in one document."""

    name: str
    path: str
    blocks: int
    units: int
    notices: tuple[Notice, ...]
    locales: tuple[LocaleSummary, ...]


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """The updated documents, failures, renames, names in overrides that no document has, and files not read."""

    documents: tuple[DocumentUpdate, ...]
    failures: tuple[Failure, ...] = ()
    moved: Rearranged = NOTHING
    strangers: tuple[str, ...] = ()
    left: tuple[LeftOut, ...] = ()


def summary_of(
    source: Source, document: Document, updates: Iterable[LocaleUpdate], *, brief: bool = False
) -> DocumentUpdate:
    """Return what an update did to a document.

    Args:
        source: the document.
        document: its content.
        updates: the updates of its catalogues.
        brief: whether to leave the conversions out.
    """
    units = sum(len(block.units) for block in document.blocks)
    locales = tuple(_summary(update.report, brief=brief) for update in updates)
    return DocumentUpdate(source.name, source.path.shown, len(document.blocks), units, document.notices, locales)


def _summary(report: LocaleReport, *, brief: bool) -> LocaleSummary:
    merged, converted = report.merged, report.converted
    counts = {
        "new": len(merged.added),
        "restored": len(merged.restored),
        "needs-editing": len(merged.fuzzied),
        "obsolete": len(merged.obsoleted),
        "converted": len(converted.changes),
        "copied": len(report.copied),
    }
    named = merged.fuzzied[:_NAMED], merged.obsoleted[:_NAMED]
    return LocaleSummary(report.locale, counts, len(converted.outdated), *named, () if brief else converted.changes)
