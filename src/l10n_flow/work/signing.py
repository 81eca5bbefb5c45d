"""``approve``, ``unapprove``, ``join`` and ``ignore``: edits from the command line in a person's name.

The targets are resolved before anything is written. Then each document's catalogues are read again under their lock and
changed by the rules of the review page (``editing``).
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from l10n_flow import catalogue as po
from l10n_flow import editing, files, locks
from l10n_flow.catalogue import Catalogue, Draft, seals
from l10n_flow.dates import revision_date, today
from l10n_flow.editing import Action, Conditions, Operation, Outcome, Status, UnitView
from l10n_flow.errors import ConfigError, L10nFlowError
from l10n_flow.model import Finding, Key, Severity
from l10n_flow.project import WHOLE, Failure, LocaleConfig, OpenProject, Project, check_document, plan_of, rules_of
from l10n_flow.work import renames

#: The states for which an approval is refused, as messages.
_OF_STATE = frozenset({"untranslated", "fuzzy", "stale"})


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """One unit of one catalogue and the outcome of its edit.

    Attributes:
        document, locale, key: the unit.
        line: the line of its entry in the present catalogue.
        status: the outcome.
        message: one sentence with the reason for a refusal; "" when the edit was made.
        findings: for an approval, the errors and warnings of the checks in the unit.
    """

    document: str
    locale: str
    key: Key
    line: int
    status: Status
    message: str
    findings: tuple[Finding, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the unit now has the requested state, also when it had it before."""
        return self.status in {Status.SAVED, Status.UNCHANGED}


@dataclass(frozen=True, slots=True)
class SigningResult:
    """The outcomes by document, locale and place; the failures; and the derived locales that were left out."""

    units: tuple[UnitOutcome, ...]
    failures: tuple[Failure, ...] = ()
    passed_over: tuple[str, ...] = ()


def reviewer(name: str | None) -> str:
    """Return the name for a seal: the given one, or the login name. The name is a claim, not a proof.

    Raises:
        ConfigError: when there is no name.
    """
    try:
        chosen = seals.one_line(name if name is not None else getpass.getuser())
    except (OSError, KeyError):
        chosen = ""
    if not chosen:
        raise ConfigError("whose name shall it bear? Say --by NAME")
    return chosen


def approve(
    project: Project, targets: Sequence[str], locales: Sequence[str], name: str, *, despite_errors: bool = False
) -> SigningResult:
    """Approve the translated units of documents, or units by id; fuzzy and empty units are refused.

    Args:
        project: the project.
        targets: the documents and units.
        locales: the locales; empty: those that people translate, so that nobody approves by accident a text that a
            machine wrote.
        name: the person who approves.
        despite_errors: whether units with an error of the checks are approved, too; else they are refused.

    Raises:
        SourceError: when a target is neither a document nor exactly one unit of the project; then nothing is written.
        ConfigError: for a name that a seal cannot contain.
    """
    operation = _operation(Action.APPROVE, name)
    objections = _Objections(project, despite_errors=despite_errors)
    by_people = [locale.id for locale in project.locales if not locale.derived]
    passed_over = () if locales else tuple(locale.id for locale in project.locales if locale.derived)
    chosen = locales or by_people
    done = _each(project, targets, chosen, lambda _: [operation], objections) if chosen else SigningResult(())
    units = (
        replace(unit, findings=tuple(objections.findings.get((unit.document, unit.locale, unit.key), ())))
        for unit in done.units
    )
    return replace(done, units=tuple(units), passed_over=passed_over)


class _Objections:
    """The findings of the checks against an approval.

    Attributes:
        findings: the errors and warnings in the catalogues checked so far, by document, locale and unit.
    """

    def __init__(self, project: Project, *, despite_errors: bool) -> None:
        self.findings: dict[tuple[str, str, Key], list[Finding]] = {}
        self._opened, self._silent = OpenProject(project), despite_errors
        self._rules = tuple(rule for rule in rules_of(project) if rule.id not in _OF_STATE | WHOLE)

    def look(self, document: str, locale: str) -> Callable[[UnitView], str]:
        """Check a present catalogue; return a function that gives the reason against approving a unit, or ""."""
        found: dict[Key, list[Finding]] = {}
        for loaded in self._opened.snapshots([document], [locale]):
            for each in () if isinstance(loaded, Failure) else check_document(self._opened, loaded, self._rules):
                if each.severity is not Severity.INFO:
                    found.setdefault(each.key, []).append(each)
        self.findings |= {(document, locale, key): findings for key, findings in found.items()}
        return lambda unit: self._reason(found.get(unit.translation.key, ()))

    def _reason(self, findings: Sequence[Finding]) -> str:
        errors = [each.message for each in findings if each.severity is Severity.ERROR]
        return f"it has an error: {'; '.join(errors)}" if errors and not self._silent else ""


def unapprove(project: Project, targets: Sequence[str], locales: Sequence[str], name: str | None) -> SigningResult:
    """Take back the approvals of one person, or all approvals.

    Raises:
        SourceError, ConfigError: as ``approve``.
    """
    if name is not None:
        operation = _operation(Action.UNAPPROVE, name)
        return _each(project, targets, locales, lambda _: [operation])
    return _each(
        project,
        targets,
        locales,
        lambda unit: [_operation(Action.UNAPPROVE, seal.name) for seal in unit.signatures.approved],
    )


def ignore(project: Project, rule: str, targets: Sequence[str], locales: Sequence[str], reason: str) -> SigningResult:
    """Make a rule ignore units, as long as their text does not change.

    Raises:
        SourceError: as ``approve``.
        ConfigError: for an unknown rule, or no reason.
    """
    operation = _operation(Action.IGNORE, rule=rule, note=reason)
    return _each(project, targets, locales, lambda _: [operation])


def join(project: Project, targets: Sequence[str], locales: Sequence[str], name: str) -> SigningResult:
    """Mark units as translated together with the unit before them; a unit with a text of its own is refused.

    Raises:
        SourceError, ConfigError: as ``approve``.
    """
    operation = _operation(Action.JOIN, name)
    return _each(project, targets, locales, lambda _: [operation])


def _operation(action: Action, name: str = "", *, rule: str = "", note: str = "") -> Operation:
    """Return the edit that is applied to each unit.

    Raises:
        ConfigError: when it can be applied to no unit.
    """
    operation = Operation(action, name, today(), rule=rule, note=note)
    refusal = editing.unfit(operation)
    if refusal:
        raise ConfigError(refusal)
    return operation


# The edits -------------------------------------------------------------------------------------------------------

#: Returns the edits of a unit in its present version: none, one or several.
Operations = Callable[[UnitView], Sequence[Operation]]


def _each(
    project: Project,
    targets: Sequence[str],
    locales: Sequence[str],
    operations: Operations,
    objections: _Objections | None = None,
) -> SigningResult:
    chosen = project.chosen(locales)
    opened = OpenProject(project)
    renames.repair(opened)
    plan = plan_of(opened, targets, chosen)
    outcomes: list[UnitOutcome] = []
    failures = list(plan.failures)
    for name in sorted(plan.documents):
        for locale in chosen:
            try:
                outcomes += edit_catalogue(
                    project, name, locale, plan.documents[name], operations, objections=objections
                )
            except L10nFlowError as error:
                failures.append(Failure(name, error, locale=locale.id))
    return SigningResult(tuple(outcomes), tuple(failures))


def edit_catalogue(
    project: Project,
    name: str,
    locale: LocaleConfig,
    keys: set[Key] | None,
    operations: Operations,
    *,
    objections: _Objections | None = None,
) -> list[UnitOutcome]:
    """Edit the units of a catalogue, and return the outcomes after the file was written.

    Args:
        project: the project.
        name: the document.
        locale: the locale; without a catalogue nothing is done.
        keys: the units; None: all.
        operations: returns the edits of a unit in its version under the document's lock.
        objections: the checks against an approval; None: no checks.

    Raises:
        L10nFlowError: the catalogue is damaged, or another program keeps writing it.
    """
    path = project.catalogue_path(locale.id, name)

    def attempt() -> list[UnitOutcome]:
        catalogue = po.read(path, locale.id)
        if catalogue is None:
            return []
        objection = objections.look(name, locale.id) if objections is not None else _no_objection
        draft, outcomes = _apply(project, locale, catalogue, keys, operations, objection=objection)
        now = po.write(path, draft.done(), before=catalogue, lines=draft.lines) if draft.lines else catalogue
        return [
            UnitOutcome(name, locale.id, key, now.entries[key].line, outcome.status, outcome.message)
            for key, outcome in outcomes.items()
        ]

    with locks.hold(project.root, "document", name):
        return files.again_if_overtaken(path, attempt)


def _apply(
    project: Project,
    locale: LocaleConfig,
    catalogue: Catalogue,
    keys: set[Key] | None,
    operations: Operations,
    *,
    objection: Callable[[UnitView], str],
) -> tuple[Draft, dict[Key, Outcome]]:
    own = project.forbid_own_approval
    conditions = Conditions(derived=locale.derived, forbid_own_approval=own, now=revision_date())
    units = editing.views(catalogue, derived=locale.derived)
    draft = Draft(catalogue)
    wanted = [key for key in units if keys is None or key in keys]
    outcomes = {
        key: Outcome(Status.REFUSED, refusal, units[key])
        if (refusal := objection(units[key]))
        else _one(draft, key, operations(units[key]), conditions)
        for key in wanted
    }
    return draft, outcomes


def _no_objection(_: UnitView) -> str:
    return ""


def _one(draft: Draft, key: Key, operations: Sequence[Operation], conditions: Conditions) -> Outcome:
    """Apply edits to one unit; return the outcome of the last edit that changed the unit or was refused."""
    done = Outcome(Status.UNCHANGED)
    for operation in operations:
        outcome = editing.apply(draft, key, operation, conditions)
        done = done if outcome.status is Status.UNCHANGED else outcome
    return done
