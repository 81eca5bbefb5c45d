"""Find the errors of the checks that stop a release."""

from __future__ import annotations

from collections.abc import Iterable

from l10n_flow.model import Finding, Severity
from l10n_flow.project import OpenProject, Snapshot
from l10n_flow.publish.choose import publish


def errors_of(opened: OpenProject, loaded: Snapshot, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the errors of a document in the texts that a release would publish, and in its source.

    Errors of a rule that stops every release (``KEEPING_BACK``) count everywhere.

    Errors in a text that is not published (it is not ready, or a new conversion replaces it) do not count.
    """
    found = [each for each in findings if each.severity is Severity.ERROR]
    if not found:
        return ()
    said = {
        (edition.locale.id, unit.translation.key)
        for edition in loaded.editions
        for unit in publish(opened, loaded.document, edition, drafts=False)
        if unit.translation is not None and unit.text == unit.translation.target
    }
    from l10n_flow.project import KEEPING_BACK  # noqa: PLC0415 - start-up

    return tuple(each for each in found if each.rule in KEEPING_BACK or (each.locale, each.key) in said)
