"""Approving, taking approvals back, joining units, ignoring a finding: catalogues re-read under their lock."""

from __future__ import annotations

import getpass
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from l10n_flow import catalogue as po
from l10n_flow import checks, files
from l10n_flow.catalogue import Catalogue, edit, seals
from l10n_flow.config import LocaleConfig, Project
from l10n_flow.errors import ConfigError, L10nFlowError, SourceError
from l10n_flow.model import Key, State, Translation
from l10n_flow.workflow.documents import Failure, discover
from l10n_flow.workflow.editing.obstacles import Obstacle, to_approval, to_joining

_ID = re.compile(r"[0-9a-f]{8,64}")


class Outcome(StrEnum):
    """What became of one unit."""

    DONE = "done"
    ALREADY = "already"
    UNTRANSLATED = Obstacle.UNTRANSLATED.value
    NEEDS_EDITING = Obstacle.NEEDS_EDITING.value
    HAS_TEXT = Obstacle.HAS_TEXT.value
    FIRST = Obstacle.FIRST.value


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """One unit of one catalogue and what became of it; ``line`` is that of its entry."""

    document: str
    locale: str
    key: Key
    line: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The units that were named, in order, and the documents that could not be read."""

    units: tuple[UnitOutcome, ...]
    failures: tuple[Failure, ...] = ()


def today() -> str:
    moment = float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    return time.strftime("%Y-%m-%d", time.localtime(moment))


def reviewer(name: str | None) -> str:
    """The name an approval bears: the one given, or who is logged in. It is a claim, not a proof.

    Raises:
        ConfigError: when there is no name.
    """
    try:
        chosen = seals.one_line(name if name is not None else getpass.getuser())
    except (OSError, KeyError):
        chosen = ""
    if not chosen:
        raise ConfigError("whose approval is this? Say --by NAME")
    return chosen


def approve(project: Project, targets: Sequence[str], locales: Sequence[str], name: str) -> ReviewResult:
    """Approve the translated units of documents, or units by id; fuzzy and empty ones are refused.

    Raises:
        SourceError: when a target is neither a document nor a unit of the project.
    """
    date = today()

    def one(catalogue: Catalogue, key: Key, translation: Translation) -> Outcome:
        obstacle = to_approval(translation)
        if obstacle is not None:
            return Outcome(obstacle)
        if edit.is_approved_by(catalogue.entries[key], name):
            return Outcome.ALREADY
        edit.approve(catalogue.entries[key], name, date)
        return Outcome.DONE

    return _each(project, targets, locales, one)


def unapprove(project: Project, targets: Sequence[str], locales: Sequence[str], name: str | None) -> ReviewResult:
    """Take back the approvals of a name, or all of them."""

    def one(catalogue: Catalogue, key: Key, translation: Translation) -> Outcome:
        del translation
        return Outcome.DONE if edit.unapprove(catalogue.entries[key], name) else Outcome.ALREADY

    return _each(project, targets, locales, one)


def ignore(project: Project, rule: str, targets: Sequence[str], locales: Sequence[str], reason: str) -> ReviewResult:
    """Ignore a rule for the present text of units.

    Raises:
        ConfigError: for an unknown rule, or no reason.
    """
    checks.select_rules((rule,), ())
    if not reason.strip():
        raise ConfigError("an ignored finding needs a reason: --reason TEXT")

    def one(catalogue: Catalogue, key: Key, translation: Translation) -> Outcome:
        if not translation.target:
            return Outcome.UNTRANSLATED
        if translation.state is State.NEEDS_EDITING:
            return Outcome.NEEDS_EDITING  # the text will change, and the seal with it
        edit.ignore(catalogue.entries[key], rule, reason)
        return Outcome.DONE

    return _each(project, targets, locales, one)


def join(project: Project, targets: Sequence[str], locales: Sequence[str]) -> ReviewResult:
    """Mark units as rendered together with the unit before them; one that has a text of its own is refused."""

    def one(catalogue: Catalogue, key: Key, translation: Translation) -> Outcome:
        if translation.joined:
            return Outcome.ALREADY
        obstacle = to_joining(catalogue, translation)
        if obstacle is not None:
            return Outcome(obstacle)
        edit.join(catalogue.entries[key])
        return Outcome.DONE

    return _each(project, targets, locales, one)


_One = Callable[[Catalogue, Key, Translation], Outcome]


def _each(project: Project, targets: Sequence[str], locales: Sequence[str], one: _One) -> ReviewResult:
    chosen = [project.locale(locale) for locale in locales] or list(project.locales)
    ids = tuple(target.lower() for target in targets if _ID.fullmatch(target.lower()))
    documents = [target for target in targets if not _ID.fullmatch(target.lower())]
    whole = {source.name for source in discover(project, documents).found} if documents else set()
    outcomes: list[UnitOutcome] = []
    failures = []
    for source in discover(project).found:
        if source.name in whole or ids:
            try:
                wanted = None if source.name in whole else ids
                outcomes += _document(project, source.name, chosen, wanted, one)
            except L10nFlowError as error:
                failures.append(Failure(source.name, error))
    _refuse_unknown(ids, outcomes)
    return ReviewResult(tuple(outcomes), tuple(failures))


def _document(
    project: Project, name: str, locales: Iterable[LocaleConfig], ids: tuple[str, ...] | None, one: _One
) -> Iterator[UnitOutcome]:
    """Apply ``one`` to all units of a document's catalogues, or to those whose id begins with one of ``ids``."""
    with files.lock(project.root, name):
        # All are read before any is written: a damaged one leaves the others as they were.
        found = [(locale, po.read(project.catalogue_path(locale.id, name), locale.id)) for locale in locales]
        for locale, catalogue in found:
            if catalogue is None:
                continue
            for key, translation in po.translations(catalogue, derived=locale.derived).items():
                if ids is None or key.digest.startswith(ids):
                    yield UnitOutcome(name, locale.id, key, translation.line, one(catalogue, key, translation))
            po.write(project.catalogue_path(locale.id, name), catalogue)


def _refuse_unknown(ids: tuple[str, ...], outcomes: Sequence[UnitOutcome]) -> None:
    for unit in ids:
        found = {outcome.key.digest for outcome in outcomes if outcome.key.digest.startswith(unit)}
        if not found:
            raise SourceError(f"there is no unit {unit}; l10n-flow check shows the ids")
