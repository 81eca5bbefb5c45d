"""``resolve``: list the conflicts of two branches, choose a text, or merge by unit what git merged by lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow import conflicts, files, history
from l10n_flow.catalogue import seals
from l10n_flow.dates import today
from l10n_flow.editing import Action, Operation, UnitView
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.inside import Inside
from l10n_flow.model import Choice, Key
from l10n_flow.project import Failure, OpenProject, Project, plan_of
from l10n_flow.work.merging import Merging, merged_text
from l10n_flow.work.signing import SigningResult, edit_catalogue


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A unit with two texts, of which a person has to choose one.

    Attributes:
        document, locale, key: the unit.
        line: the line of its entry in the catalogue.
        choices: the texts; users count them from 1.
    """

    document: str
    locale: str
    key: Key
    line: int
    choices: tuple[Choice, ...]


def conflicts_of(project: Project, locales: Sequence[str] = ()) -> Iterator[OpenConflict | Failure]:
    """Return the units that need a choice, by document and locale; and the catalogues that cannot be read.

    Raises:
        ConfigError: for an unknown locale.
    """
    chosen = project.chosen(locales)
    for source in OpenProject(project).sources().found:
        for locale in chosen:
            try:
                found = po.read(project.catalogue_path(locale.id, source.name), locale.id)
            except L10nFlowError as error:
                yield Failure(source.name, error, locale=locale.id)
                continue
            for key, entry in found.entries.items() if found else ():
                if choices := seals.choices(entry.seals):
                    yield OpenConflict(source.name, locale.id, key, entry.line, choices)


def choose(project: Project, unit: str, locale: str, number: int, name: str) -> SigningResult:
    """Choose one of the texts of a unit, and save it in a person's name.

    Args:
        project: the project.
        unit: the id of the unit.
        locale: the locale.
        number: the number of the text, counted from 1.
        name: the person who chooses.

    Raises:
        SourceError: when there is no such unit, or it has no such text.
        ConfigError: for an unknown locale.
        L10nFlowError: when the catalogue cannot be read or written.
    """
    config = project.locale(locale)
    plan = plan_of(OpenProject(project), [unit], [config])
    outcomes = []
    for document, keys in sorted(plan.documents.items()):

        def operations(view: UnitView) -> list[Operation]:
            choices = view.translation.choices
            if not 0 < number <= len(choices):
                has = f"it has 1 to {len(choices)}" if choices else "it has no texts to choose between"
                raise SourceError(f"there is no text {number} of {unit} in {locale}; {has}")
            return [Operation(Action.SAVE, name, today(), text=choices[number - 1].text, way="resolve")]

        outcomes += edit_catalogue(project, document, config, keys, operations)
    return SigningResult(tuple(outcomes), tuple(plan.failures))


def resolve_file(path: Path) -> Merging:
    """Merge a file that git merged by lines as the merge driver would have done, and write it.

    The three versions come from git's index while the file is unmerged there, else from the conflict markers.

    Args:
        path: the file, as typed.

    Raises:
        SourceError: when the file cannot be read, has no conflict, or is not a kind of file that is merged here.
        CatalogueError: when a version of a catalogue is damaged.
        L10nFlowError: when the file cannot be written.
    """
    place = Inside.at(path)
    data = files.read_source(place)
    versions = history.versions_of_conflict(place) or _by_markers(data, path)
    if versions is None:
        raise SourceError("holds no conflict markers, and git knows of no conflict in it", path=path)
    text, merging = merged_text(*versions, str(path))
    if text is None:
        raise SourceError("both branches changed the same place; settle it in an editor", path=path)
    files.write_atomically(place, text.encode(), over=files.digest(data))
    return merging


def _by_markers(data: bytes, path: Path) -> tuple[bytes, bytes, bytes] | None:
    """Return the versions between conflict markers; without ``diff3`` markers the common ancestor is empty."""
    try:
        sides = conflicts.sides_of(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SourceError("is not UTF-8; save it as UTF-8", path=path) from None
    if sides is None:
        return None
    base, ours, theirs = sides
    return base.encode(), ours.encode(), theirs.encode()
