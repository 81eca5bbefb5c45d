"""Reports about earlier versions of units, and about restored ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.tables import plural

if TYPE_CHECKING:
    from l10n_flow.history import Version
    from l10n_flow.model import Key, Translation
    from l10n_flow.project import Project
    from l10n_flow.work.history import LocaleHistory, Restored


def history_lines(found: Sequence[LocaleHistory]) -> Iterator[str]:
    """Return lines for each unit and its versions, newest first; 0 is the present version."""
    short = _ids(found)
    for each in found:
        for key, versions in each.found.units.items():
            if len(versions) < 2:
                continue
            yield printable(f"{each.document} {each.locale} {short[key]}: {beginning(key.source, 60)}")
            for number, version in enumerate(versions):
                yield f"  {number:>3}  {printable(_version_line(version))}"
                yield from (f"       {printable(line)}" for line in version.text.split("\n") if version.text)
            yield ""


def nothing_known(found: Sequence[LocaleHistory]) -> str:
    """Return one sentence when no unit has an earlier version; "" when one has."""
    if any(len(versions) > 1 for each in found for versions in each.found.units.values()):
        return ""
    locales = ", ".join(each.locale for each in found)
    return f"no earlier version is known ({locales})"


def damage_lines(project: Project, found: Sequence[LocaleHistory]) -> Iterator[str]:
    """Return lines about the lines of journals that could not be used."""
    from l10n_flow.catalogue import journal  # noqa: PLC0415

    for each in found:
        path = journal.path_of(project.catalogue_path(each.locale, each.document)).shown
        for number in each.found.damaged:
            yield printable(f"{path}:{number}: this line is damaged; what it told is left out")
        if each.found.newer:
            lines = plural(len(each.found.newer), "line")
            yield printable(f"{path}: {lines} of a later version of l10n-flow left out; upgrade to see them")


def history_json(found: Sequence[LocaleHistory]) -> list[dict[str, object]]:
    """Return a row for each version of each unit, as JSON data."""
    short = _ids(found)
    return [
        {
            "document": each.document,
            "locale": each.locale,
            "unit": short[key],
            "source": key.source,
            "context": key.context,
            "version": number,
            "when": version.when,
            "by": version.by,
            "did": version.did,
            "commit": version.commit,
            "subject": version.subject,
            "state": version.state.value,
            "approved": list(version.approvers),
            "text": version.text,
        }
        for each in found
        for key, versions in each.found.units.items()
        for number, version in enumerate(versions)
        if len(versions) > 1
    ]


def restored_line(done: Restored, unit: str) -> str:
    """Return one sentence about the restored unit."""
    what = f"{done.document} {done.locale} {unit}"
    if not done.changed:
        return printable(f"{what}: is so already; nothing was changed")
    return printable(f"{what}: {_text(done.before)} → {_text(done.after)}")


def restored_json(done: Restored, unit: str) -> dict[str, object]:
    """Return the same as JSON data."""
    return {
        "document": done.document,
        "locale": done.locale,
        "unit": unit,
        "source": done.key.source,
        "before": {"text": done.before.target, "state": done.before.state.value},
        "after": {"text": done.after.target, "state": done.after.state.value},
        "changed": done.changed,
    }


def _text(found: Translation) -> str:
    return f"“{beginning(found.target, 60)}” ({found.state})" if found.target else f"({found.state})"


def _version_line(version: Version) -> str:
    """Return ``2026-11-24 17:03 NAME save, approved by NAME (5f2a9c1e "subject")``."""
    commit = f'({version.commit[:8]} "{version.subject}")' if version.commit else ""
    approved = f"approved by {', '.join(version.approvers)}" if version.approvers else version.state.value
    parts = (version.when or "earlier", version.by, version.did, "·", approved, commit)
    return " ".join(part for part in parts if part)


def _ids(found: Sequence[LocaleHistory]) -> dict[Key, str]:
    return ids.short(key for each in found for key in each.found.units)
