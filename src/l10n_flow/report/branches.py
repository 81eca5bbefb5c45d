"""Reports about merged branches: open conflicts and the set-up of git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.tables import plural

if TYPE_CHECKING:
    from l10n_flow.project import Project
    from l10n_flow.work.git_setup import GitSetup
    from l10n_flow.work.merging import Merging
    from l10n_flow.work.resolving import OpenConflict

_SHOWN = 200


def merging_lines(merging: Merging) -> Iterator[str]:
    """Return lines about the open conflicts of a file; none when it is merged completely."""
    name = printable(merging.name)
    for line in merging.conflicts:
        yield f"{name}:{line}: two branches say different things; both texts stand beside the entry"
    if merging.conflicts:
        yield f"{plural(len(merging.conflicts), 'unit')} to choose in {name}: l10n-flow resolve lists the texts"
    if merging.by_lines:
        yield f"{name}: {plural(merging.by_lines, 'conflict')}, merged by lines; settle them in an editor"


def merged_sum(merged: Sequence[Merging]) -> Iterator[str]:
    """Return the line after those of several files: how many have conflicts, and where to settle them."""
    left = [merging for merging in merged if not merging.clean]
    if len(merged) > 1 and left:
        units = sum(len(merging.conflicts) for merging in left)
        by_lines = sum(merging.by_lines for merging in left)
        parts = [f"{plural(units, 'unit')} to choose (l10n-flow resolve lists the texts)"] if units else []
        parts += [f"{plural(by_lines, 'conflict')} to settle in an editor"] if by_lines else []
        yield f"{len(left):,} of {len(merged):,} files are not merged completely: {', '.join(parts)}"


def conflict_lines(project: Project, found: Iterable[OpenConflict]) -> Iterator[str]:
    """Return lines about each unit with two texts, and the command that chooses one."""
    every = list(found)
    short = ids.short(each.key for each in every)
    for each in every:
        path = f"{project.shown_catalogue(each.locale, each.document)}:{each.line}"
        yield f"{printable(path)}: {beginning(each.key.source, 60)} ({short[each.key]}, {each.locale})"
        for number, choice in enumerate(each.choices, 1):
            by = " ".join(filter(None, (str(number), choice.by, choice.date)))
            yield printable(f"  {by}: {beginning(choice.text, _SHOWN)}")
    if every:
        command = f"l10n-flow resolve {short[every[0].key]} --locale {every[0].locale} --take 1"
        yield f"{plural(len(every), 'unit')} to choose; take a text by its number, such as: {command}"


def conflicts_json(found: Iterable[OpenConflict]) -> list[dict[str, object]]:
    """Return the same as JSON data."""
    return [
        {
            "document": each.document,
            "locale": each.locale,
            "id": each.key.digest,
            "source": each.key.source,
            "context": each.key.context,
            "line": each.line,
            "texts": [choice._asdict() for choice in each.choices],
        }
        for each in found
    ]


def setup_lines(done: GitSetup, *, removed: bool) -> Iterator[str]:
    """Return lines about the changes in a clone."""
    verb = "removed from" if removed else "added to"
    for line in done.attributes:
        yield printable(f"{verb} .gitattributes: {line}")
    if done.configured:
        yield "the merge driver is taken out of this clone" if removed else "git merges by unit in this clone now"
    if not (done.attributes or done.configured):
        yield "nothing was set up here" if removed else "everything is set up already"
    elif done.attributes:
        yield "commit .gitattributes; each clone runs: l10n-flow init --git" if not removed else "commit .gitattributes"
