"""Catalogues and translations follow their text when documents are renamed or sections move.

Before anything is merged, new and changed documents are compared with the catalogues whose source is gone. A catalogue
goes to the document that has its text. A document that gives a catalogue away keeps the translations of the text that
it still has. A section that moved to another document takes its translations along. All this happens under the locks
of the documents: a save at the same time is either in the file before it moves, or finds no file and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from l10n_flow import catalogue as po
from l10n_flow import files, inside, locks
from l10n_flow.catalogue import Catalogue, Giver, Wanted
from l10n_flow.dates import revision_date
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key
from l10n_flow.project import LocaleConfig, OpenProject, Project, Source, Sources, orphans
from l10n_flow.work import relocation
from l10n_flow.work.assignment import Content, assign, keeps_its_own, sections
from l10n_flow.work.contents import Documents, contents_of, read_or_pass

#: The number of units that a run keeps in memory from the documents read to find moved text. These are not read again
#: when they are merged; the limit keeps memory flat.
KEPT_UNITS = 20_000


@dataclass(frozen=True, slots=True)
class Renamed:
    """A document whose catalogues got another name."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class MovedSection:
    """A section that moved: its number of units, from one document to another, with their translations."""

    old: str
    new: str
    units: int


@dataclass(frozen=True, slots=True)
class Rearranged:
    """The moves of catalogues and translations.

    Attributes:
        renamed: documents found again under another name.
        aside: catalogues whose text is gone, and whose name was needed by another document.
        sections: text that moved from one document to another.
        orphans: documents that have catalogues but no source.
    """

    renamed: tuple[Renamed, ...] = ()
    aside: tuple[Renamed, ...] = ()
    sections: tuple[MovedSection, ...] = ()
    orphans: tuple[str, ...] = ()


NOTHING = Rearranged()


def repair(opened: OpenProject) -> None:
    """Finish the renames of a run that was killed.

    Every command that checks, signs or builds calls it first. While a move is unfinished, a document seems to have no
    translations, and a release could be published with the source text in their place.

    Raises:
        L10nFlowError: when the plan is damaged, or a file cannot be moved.
    """
    project = opened.settings
    found = relocation.pending(project)
    if found is None:
        return
    with relocation.locked(project, (*found.documents, *found.documents.values())):
        found = relocation.pending(project)  # another run may have finished it
        if found is not None:
            relocation.finish(project, found)
            if found.arriving:
                _settle(Documents(opened, opened.sources()), found.documents)


def rearrange(opened: OpenProject, sources: Sources, changed: Iterable[Source]) -> Rearranged:
    """Move catalogues and translations to the documents that contain their text.

    Args:
        opened: the project.
        sources: its documents.
        changed: the documents that may have changed since their catalogues were merged; only these take part.

    Raises:
        L10nFlowError: when a file cannot be moved; then all files have their old names.
    """
    project = opened.settings
    documents = Documents(opened, sources)
    gone = orphans(project, sources)
    contents = contents_of(documents, changed, gone)
    if not any(content.before - content.after for content in contents.values()):
        return Rearranged(orphans=gone)
    moves = _moves(project, sources, contents)
    aside = {old for old, new in moves.items() if not contents.get(new, Content()).after}
    if moves and not _move(documents, moves):
        moves, aside = {}, set()
    moved = {new: contents[old].before for old, new in moves.items()}
    at_home = {
        name: Content(moved.get(name, frozenset() if name in moves else content.before), content.after)
        for name, content in contents.items()
    } | {moves[old]: Content(moved[moves[old]]) for old in aside}
    taken = sections(at_home, documents.headings)
    went = tuple(section for new, olds in taken.items() for section in _take(documents, new, olds))
    left = {moves[old] for old in aside if relocation.is_there(project, moves[old])}
    return Rearranged(
        tuple(Renamed(old, new) for old, new in sorted(moves.items()) if old not in aside),
        tuple(Renamed(old, moves[old]) for old in sorted(aside) if moves[old] in left),
        went,
        tuple(sorted((set(gone) - set(moves)) | left)),
    )


def prune(project: Project, names: Iterable[str]) -> None:
    """Remove the catalogues of documents whose source is gone; the journal keeps the texts that people wrote.

    Raises:
        CatalogueError: when a catalogue is damaged, so that its texts cannot be written to the journal.
        L10nFlowError: when a file cannot be removed.
    """
    for name in names:
        with locks.hold(project.root, "document", name):
            paths = relocation.files_of(project, name)
            for path in filter(inside.is_file, paths[:-1]):
                found = po.read(path, "")
                po.journal.append(path, [*po.journal.changes(found.by_key if found else {}, {}, "prune")])
            files.remove(*paths)


# Whole documents -------------------------------------------------------------------------------------------------


def _moves(project: Project, sources: Sources, contents: Mapping[str, Content]) -> dict[str, str]:
    """Return the new name of each catalogue that moves, also of one whose text is gone and whose name is needed."""
    free = {name: content for name, content in contents.items() if not keeps_its_own(content)}
    there = {name for name in free if relocation.is_there(project, name)}
    before = {name: free[name].before for name in there}
    moves = assign(before, {name: content.after for name, content in free.items() if content.after})
    names = {source.name for source in sources.found} | set(contents)
    for name in sorted(there & set(moves.values()) - set(moves)):
        moves[name] = relocation.aside(project, name, names)
    return moves


def _move(documents: Documents, moves: Mapping[str, str]) -> bool:
    with relocation.locked(documents.project, (*moves, *moves.values())):
        if not relocation.move(documents.project, moves):
            return False
        _settle(documents, moves)
        return True


def _settle(documents: Documents, moves: Mapping[str, str]) -> None:
    """After a move: copy back to documents the translations that they still need from catalogues they gave away."""
    project = documents.project
    for old, new in sorted(moves.items()):
        try:
            wanted = documents.wanted(old)
        except L10nFlowError:
            continue  # it is damaged, and is reported later
        for locale in project.locales if wanted else ():
            _retain(documents, locale, old, wanted, new)
    for new in sorted(moves.values()):
        if not documents.has_source(new) and not _is_worked_on(documents, new):
            files.remove(*relocation.files_of(project, new))
    relocation.clear(project)


def _retain(documents: Documents, locale: LocaleConfig, name: str, wanted: Sequence[Wanted], gave: str) -> None:
    before = _readable(documents, locale, gave)
    if before is not None:
        _change(documents, locale, name, lambda taker: po.retain(taker, wanted, before))


def _is_worked_on(documents: Documents, name: str) -> bool:
    """Whether the catalogues of a document contain work of a person; True for a damaged one."""
    try:
        found = [documents.catalogue(locale, name) for locale in documents.project.locales]
    except L10nFlowError:
        return True
    return any(each.obsolete or po.merge(each, ())[0].obsolete for each in found if each is not None)


# Sections --------------------------------------------------------------------------------------------------------


def _take(documents: Documents, new: str, olds: Sequence[str]) -> list[MovedSection]:
    """Copy to a document the translations of the text that moved to it from others."""
    units: dict[str, set[Key]] = {}
    wanted = documents.wanted(new)
    with relocation.locked(documents.project, (new, *olds)):
        for locale in documents.project.locales:
            givers = {
                old: Giver(found, documents.wanted(old))
                for old in olds
                if (found := _readable(documents, locale, old)) is not None
            }
            origin: dict[Key, str] = {}

            def inherit(taker: Catalogue, givers: Mapping[str, Giver] = givers) -> Catalogue:
                nonlocal origin
                taken, origin = po.inherit(taker, wanted, givers)
                return taken

            _change(documents, locale, new, inherit)
            for key, old in origin.items():
                units.setdefault(old, set()).add(key)
    return [MovedSection(old, new, len(units[old])) for old in olds if old in units]


def _readable(documents: Documents, locale: LocaleConfig, name: str) -> Catalogue | None:
    """Return a catalogue; None when there is none, or it is damaged, which is reported later."""
    return read_or_pass(partial(documents.catalogue, locale, name))


def _change(documents: Documents, locale: LocaleConfig, name: str, change: Callable[[Catalogue], Catalogue]) -> None:
    """Change a catalogue, which is created if necessary; a damaged one is not changed."""
    path = documents.project.catalogue_path(locale.id, name)

    def attempt() -> None:
        try:
            before = documents.catalogue(locale, name)
        except L10nFlowError:
            return
        old = before or replace(
            po.new_catalogue(locale.id, documents.project.name, revision_date()), origin=files.digest(None)
        )
        found = change(old)
        if found.obsolete != old.obsolete:
            po.write(path, found, keeping=old)

    files.again_if_overtaken(path, attempt)
