"""``status``: count the units of each document in each locale by state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow.errors import ConfigError
from l10n_flow.model import Finding, Severity
from l10n_flow.project import (
    Failure,
    Known,
    LocaleConfig,
    OpenProject,
    Project,
    Source,
    Sources,
    StatusRow,
    count,
)
from l10n_flow.publish.absent import NOTHING, Absent, absent
from l10n_flow.publish.errors import errors_of
from l10n_flow.work import git_setup, renames

_CHOICE = "merge-conflict"


@dataclass(frozen=True, slots=True)
class StatusResult:
    """The rows, by document and then locale; the documents that could not be read or have no source; and the errors.

    ``choices``: the number of units with two texts, from two branches.
    ``lacks_driver``: git merges the project's files by lines in this clone, although ``.gitattributes`` requires the
    merge driver.
    """

    rows: tuple[StatusRow, ...]
    failures: tuple[Failure, ...] = ()
    absent: Absent = NOTHING
    errors: tuple[Finding, ...] = ()
    choices: int = 0
    lacks_driver: bool = False


def status(
    project: Project, names: Sequence[str] = (), locales: Sequence[str] = (), *, gate: bool = False
) -> StatusResult:
    """Count the units of every document in every locale; for a gate, also find the errors of a possible release.

    For a document that has not changed since ``sync``, the result of ``sync`` is used: its checks have run.
    """
    opened = OpenProject(project)
    renames.repair(opened)
    run = _Status(opened, project.chosen(locales), gate=gate)
    sources = opened.sources(names)
    run.failures += sources.failures
    for source in sources.found:
        run.add(source, sources)
    rows = run.rows
    empty = dict.fromkeys(row.document for row in rows if not row.units)
    gone = absent(opened, sources, some=bool(names), empty=empty)
    return StatusResult(
        tuple(rows), tuple(run.failures), gone, tuple(run.errors), run.choices, git_setup.is_missing(project)
    )


class _Status:
    def __init__(self, opened: OpenProject, locales: Sequence[LocaleConfig], *, gate: bool) -> None:
        self.opened, self.locales, self.gate = opened, locales, gate
        self.known = Known(opened)
        self.rows: list[StatusRow] = []
        self.errors: list[Finding] = []
        self.failures: list[Failure] = []
        self.choices = 0

    def add(self, source: Source, sources: Sources) -> None:
        """Count a document."""
        told = self.known.summary(source)
        if told is not None and not (self.gate and any(each.severity == Severity.ERROR for each in told.tally)):
            rows = {row.locale: row for row in told.rows}
            self.rows += (rows[locale.id] for locale in self.locales)
            self.choices += sum(tally.number for tally in told.tally if tally.rule == _CHOICE)
            return
        from l10n_flow.project import check_document, erring, error_rules  # noqa: PLC0415  # what is known needs no rule

        rules = error_rules(self.opened.settings)
        for loaded in self.opened.snapshot(source, sources, self.locales):
            if isinstance(loaded, Failure):
                self.failures.append(loaded)
                continue
            found = check_document(self.opened, loaded, rules)
            self.choices += sum(finding.rule == _CHOICE for finding in found)
            self.rows += count(loaded, self.opened.settings.source_locale, erring(found))
            self.errors += errors_of(self.opened, loaded, found) if self.gate else ()


def parse_threshold(text: str) -> tuple[str, float]:
    """Parse ``en=80`` into locale and percentage.

    Raises:
        ConfigError: for anything else.
    """
    locale, _, percent = text.partition("=")
    try:
        value = float(percent)
    except ValueError:
        value = -1.0
    if not locale or not 0 <= value <= 100:
        raise ConfigError(f"--fail-under takes LOCALE=PERCENT, such as en=80, not {text!r}")
    return locale, value
