"""Catalogues and translations follow their text, whatever the names of documents do.

Before anything is merged, the documents that are new or have changed are looked at together with the catalogues whose
source is gone. A catalogue goes to the document that has its text; what a document still has of the text of a
catalogue that it gives away stays with it; and a section that went to another document takes its translations along.
All of it happens under the locks of the documents: a save that comes in meanwhile is in the file before it moves, or
finds no file any more and is refused.
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

#: How many units of documents a run keeps that were read to see where their text went: what is kept is not read again
#: when it is merged, and memory stays flat.
KEPT_UNITS = 20_000


@dataclass(frozen=True, slots=True)
class Renamed:
    """The catalogues of a document have another name."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Section:
    """So many units went from one document to another, and their translations with them."""

    old: str
    new: str
    units: int


@dataclass(frozen=True, slots=True)
class Rearranged:
    """What followed its text.

    Attributes:
        renamed: documents found again under another name.
        aside: catalogues whose text is gone, and whose name another document's have got.
        sections: text that went from one document to another.
        orphans: documents that have catalogues and no source.
    """

    renamed: tuple[Renamed, ...] = ()
    aside: tuple[Renamed, ...] = ()
    sections: tuple[Section, ...] = ()
    orphans: tuple[str, ...] = ()


NOTHING = Rearranged()


def repair(opened: OpenProject) -> None:
    """Go on with what a run left that was killed while catalogues changed their names.

    Every command that judges, signs or builds asks for it first: where catalogues wait in the middle of a move, their
    documents would seem to have no translations, and a release that takes the source in their place would be published.

    Raises:
        L10nFlowError: when its plan is damaged, or a file cannot be moved.
    """
    project = opened.settings
    found = relocation.pending(project)
    if found is None:
        return
    with relocation.locked(project, (*found.documents, *found.documents.values())):
        found = relocation.pending(project)  # another run may have gone on with it
        if found is not None:
            relocation.finish(project, found)
            if found.arriving:
                _settle(Documents(opened, opened.sources()), found.documents)


def rearrange(opened: OpenProject, sources: Sources, changed: Iterable[Source]) -> Rearranged:
    """Let catalogues and translations follow their text.

    Args:
        opened: the project.
        sources: its documents.
        changed: those that may have changed since their catalogues were merged; the others take no part.

    Raises:
        L10nFlowError: when a file cannot be moved; then all are where they were.
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
    """Remove the catalogues of documents whose source is gone; the journal keeps what people had written in them.

    Raises:
        CatalogueError: when one is damaged, so that it cannot be kept.
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
    """Which catalogues go where; one whose text is gone, and whose name is needed, makes room."""
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
    """When catalogues have arrived: documents keep what they still have of those they gave away."""
    project = documents.project
    for old, new in sorted(moves.items()):
        try:
            wanted = documents.wanted(old)
        except L10nFlowError:
            continue  # nothing can be said of it now
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
    """Whether anybody's work is in the catalogues of a document; yes for a damaged one."""
    try:
        found = [documents.catalogue(locale, name) for locale in documents.project.locales]
    except L10nFlowError:
        return True
    return any(each.obsolete or po.merge(each, ())[0].obsolete for each in found if each is not None)


# Sections --------------------------------------------------------------------------------------------------------


def _take(documents: Documents, new: str, olds: Sequence[str]) -> list[Section]:
    """Let a document take over what went to it from others."""
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
    return [Section(old, new, len(units[old])) for old in olds if old in units]


def _readable(documents: Documents, locale: LocaleConfig, name: str) -> Catalogue | None:
    """A catalogue, None when there is none or it is damaged: that is told when its turn comes."""
    return read_or_pass(partial(documents.catalogue, locale, name))


def _change(documents: Documents, locale: LocaleConfig, name: str, change: Callable[[Catalogue], Catalogue]) -> None:
    """Change a catalogue, which is made if need be; a damaged one stays."""
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
