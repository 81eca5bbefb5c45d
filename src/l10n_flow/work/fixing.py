"""``check --fix``: apply the fixes of findings.

Only fixes without a choice are applied, and only in texts that a person wrote; a converted text is converted again
instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from l10n_flow import checks
from l10n_flow.dates import today
from l10n_flow.editing import Action, Operation, Status, UnitView
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Finding, Fix, Key, Origin, State, Translation
from l10n_flow.project import Failure, OpenProject, Project, check_document, rules_of
from l10n_flow.work.signing import edit_catalogue

_CHOICES = frozenset(rule.id for rule in checks.RULES if rule.choice)


@dataclass(frozen=True, slots=True)
class UnitFix:
    """The fix of a unit's translation, and the rules that require it; ``line`` is the line of the entry."""

    document: str
    locale: str
    key: Key
    line: int
    before: str
    after: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FixResult:
    """The units that were fixed, or would be, in order; and the documents that could not be processed."""

    fixes: tuple[UnitFix, ...]
    failures: tuple[Failure, ...] = ()


def planned(
    project: Project,
    names: Sequence[str] = (),
    locales: Sequence[str] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    approved: bool = False,
) -> FixResult:
    """Return the possible fixes; nothing is written.

    Args:
        project: the project.
        names: the documents; empty: all.
        locales: the locales; empty: all.
        select: the rules to run, as in ``check``.
        ignore: the rules to leave out.
        approved: whether approved translations are fixed, too; a fixed one loses its approval.

    Raises:
        ConfigError: for an unknown rule or locale.
    """
    rules = rules_of(project, select, ignore)
    fixes: list[UnitFix] = []
    failures = []
    opened = OpenProject(project)
    for loaded in opened.snapshots(names, locales):
        if isinstance(loaded, Failure):
            failures.append(loaded)
            continue
        texts = {edition.locale.id: edition.translations for edition in loaded.editions}
        fixes += _fixes(check_document(opened, loaded, rules), texts, approved=approved)
    return FixResult(tuple(fixes), tuple(failures))


def fix(project: Project, plan: FixResult, name: str) -> FixResult:
    """Apply the fixes of a plan in the name of a person; a unit that has changed since the plan is not fixed."""
    done: list[UnitFix] = []
    failures = list(plan.failures)
    for (document, locale), group in groupby(plan.fixes, key=lambda each: (each.document, each.locale)):
        wanted = {each.key: each for each in group}
        operations = _FixOperations(wanted, name)
        try:
            outcomes = edit_catalogue(project, document, project.locale(locale), set(wanted), operations)
        except L10nFlowError as error:
            failures.append(Failure(document, error, locale=locale))
        else:
            done += [wanted[outcome.key] for outcome in outcomes if outcome.status is Status.SAVED]
    return FixResult(tuple(done), tuple(failures))


@dataclass(frozen=True, slots=True)
class _FixOperations:
    """Return the edit that fixes a unit, if its text has not changed since the fix was found."""

    wanted: Mapping[Key, UnitFix]
    name: str

    def __call__(self, unit: UnitView) -> list[Operation]:
        fixed = self.wanted[unit.translation.key]
        if unit.translation.target != fixed.before:
            return []
        return [Operation(Action.SAVE, self.name, today(), text=fixed.after, way="fix")]


def _fixes(
    findings: Iterable[Finding], texts: Mapping[str, Mapping[Key, Translation]], *, approved: bool
) -> Iterator[UnitFix]:
    by_unit: dict[tuple[str, Key], list[Finding]] = {}
    for finding in findings:
        if len(finding.fixes) == 1 and finding.rule not in _CHOICES:
            by_unit.setdefault((finding.locale, finding.key), []).append(finding)
    for (locale, key), found in by_unit.items():
        translation = texts[locale][key]
        if translation.origin is not Origin.HUMAN or (translation.state is State.APPROVED and not approved):
            continue
        after, rules = _applied(translation.target, found)
        yield UnitFix(found[0].document, locale, key, translation.line, translation.target, after, rules)


def _applied(target: str, findings: Sequence[Finding]) -> tuple[str, tuple[str, ...]]:
    """Apply the fixes of findings to a target, of overlapping ones the first; return the target and their rules."""
    made: list[tuple[Fix, str]] = []
    for finding in findings:
        (fix,) = finding.fixes
        if all(fix.span.end < other.span.start or other.span.end < fix.span.start for other, _ in made):
            made.append((fix, finding.rule))
    for fix, _ in sorted(made, key=lambda each: each[0].span.start, reverse=True):
        target = fix.applied(target)
    return target, tuple(dict.fromkeys(rule for _, rule in made))
