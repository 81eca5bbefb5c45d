"""Rename catalogues all together: after a kill at any instant no file is lost, and the next run continues.

Names may be exchanged, so every file first moves to a folder of its own (it leaves) and then to its new name (it
arrives). A plan is written in that folder. If a run is killed while files are leaving, the next run moves them back; if
it is killed while they are arriving, the next run moves the rest to the new names. Files are only moved, not written,
so that a text that somebody saved a moment before is not lost.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from l10n_flow import files, folders, inside, locks
from l10n_flow.catalogue import journal
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.project import Project

#: The folder of files that are moving, in the folder of catalogues: the private folder may be deleted at any time.
FOLDER = ".l10n-flow-moves"
_LEAVING, _ARRIVING = "leaving.json", "arriving.json"


@dataclass(frozen=True, slots=True)
class Relocation:
    """The plan of a move.

    Attributes:
        documents: the new name of each old name.
        files: the path of each file before and after, in the order of the moves.
        arriving: whether all of them have left.
    """

    documents: Mapping[str, str]
    files: Sequence[tuple[Inside, Inside]]
    arriving: bool = False


def files_of(project: Project, name: str) -> list[Inside]:
    """Return the path of each catalogue that a document may have, and of its template."""
    return [project.catalogue_path(locale.id, name) for locale in project.locales] + [project.template_path(name)]


def is_there(project: Project, name: str) -> bool:
    """Whether a document has a catalogue or a template."""
    return any(map(inside.is_file, files_of(project, name)))


@contextlib.contextmanager
def locked(project: Project, names: Iterable[str]) -> Iterator[None]:
    """Hold the locks of documents, taken in a fixed order, so that two runs never wait for each other."""
    ordered = sorted(set(names))
    _allow_open_files(len(ordered))
    with contextlib.ExitStack() as held:
        for name in ordered:
            held.enter_context(locks.hold(project.root, "document", name))
        yield


def _allow_open_files(number: int) -> None:
    """Raise the limit of open files: each lock is one, and macOS allows only 256 by default."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such module, and allows thousands
        import resource  # noqa: PLC0415

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if 0 <= soft < number + 100:
            resource.setrlimit(resource.RLIMIT_NOFILE, (number + 100 if hard < 0 else min(number + 100, hard), hard))


def move(project: Project, documents: Mapping[str, str]) -> bool:
    """Give the files of documents other names; the caller holds the locks of all these names.

    After it, the caller must call ``clear``.

    Args:
        project: the project.
        documents: the new name of each old name; files that have a new name already move, too.

    Returns:
        False when a file that does not move has one of the new names; then nothing has moved.

    Raises:
        L10nFlowError: when a file cannot be moved; then all files have their old names.
    """
    pairs = [pair for old, new in sorted(documents.items()) for pair in _there(project, old, new)]
    leaving = {before for before, _ in pairs}
    if any(after not in leaving and inside.is_file(after) for _, after in pairs if not journal.is_journal(after)):
        return False
    data = {"documents": dict(documents), "files": [[before.shown, after.shown] for before, after in pairs]}
    with folders.at_once():
        files.write_atomically(_folder(project) / _LEAVING, json.dumps(data, ensure_ascii=False).encode())
        try:
            with folders.at_the_end():
                for number, (before, _) in enumerate(pairs):
                    files.move(before, _waiting(project, number))
        except L10nFlowError:
            finish(project, Relocation(documents, pairs))
            raise
        files.move(_folder(project) / _LEAVING, _folder(project) / _ARRIVING)
        finish(project, Relocation(documents, pairs, arriving=True))
    return True


def _there(project: Project, old: str, new: str) -> Iterator[tuple[Inside, Inside]]:
    """Return the old and new path of each file; the journal of a catalogue moves with it."""
    for before, after in zip(files_of(project, old), files_of(project, new), strict=True):
        for pair in ((before, after), (journal.path_of(before), journal.path_of(after))):
            if inside.is_file(pair[0]):
                yield pair


def pending(project: Project) -> Relocation | None:
    """Return the plan of a run that was killed; None when there is none.

    Raises:
        L10nFlowError: when the plan is damaged.
    """
    for name, arriving in ((_ARRIVING, True), (_LEAVING, False)):
        path = _folder(project) / name
        data = files.read_optional(path)
        if data is not None:
            return _read(project, path, data, arriving=arriving)
    return None


def _read(project: Project, path: Inside, data: bytes, *, arriving: bool) -> Relocation:
    try:
        found = json.loads(data)
        documents = {str(old): str(new) for old, new in found["documents"].items()}
        pairs = [(project.file(before), project.file(after)) for before, after in found["files"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, L10nFlowError):
        pairs = []
    if not pairs or not all(_is_catalogue(project, each) for pair in pairs for each in pair):
        message = "is damaged; move the catalogues in this folder back to their places, then delete it"
        raise L10nFlowError(message, path=path.plain)
    return Relocation(documents, pairs, arriving)


def _is_catalogue(project: Project, path: Inside) -> bool:
    """Whether a path is one of a catalogue; a plan may come from another person's branch, so it is checked."""
    return path.is_within(project.locales_dir) and (path.name.endswith((".po", ".pot")) or journal.is_journal(path))


def finish(project: Project, plan: Relocation) -> None:
    """Finish the move of a plan: to the new names, or back to the old ones when not all files had left.

    If another file has taken the name meanwhile, that file stays, and the moved file gets a similar name; a journal is
    appended to the one that is there.
    """
    with folders.at_once(), folders.at_the_end():
        for number, (before, after) in enumerate(plan.files):
            waiting = _waiting(project, number)
            place = after if plan.arriving else before
            if not inside.is_file(waiting):
                continue
            if journal.is_journal(place):
                journal.move(waiting, place)
            else:
                files.move(waiting, _free(place))
    if not plan.arriving:
        clear(project)


def clear(project: Project) -> None:
    """Remove the plan of a finished move."""
    files.remove(_folder(project) / _LEAVING, _folder(project) / _ARRIVING)
    files.remove_folder(_folder(project))


def aside(project: Project, name: str, names: Collection[str]) -> str:
    """Return a free name for the catalogues of a document whose text is gone and whose name is needed by another."""
    candidates = (f"{name}.gone" + (f"-{number}" if number > 1 else "") for number in range(1, 1000))
    for each in candidates:
        if each not in names and not is_there(project, each):
            return each
    raise L10nFlowError(f"too many catalogues are called {name}.gone; remove some of them")


def _free(path: Inside) -> Inside:
    stem, dot, suffix = path.name.rpartition(".")
    number = 0
    free = path
    while inside.is_file(free):
        number += 1
        free = path.with_name(f"{stem}.gone-{number}{dot}{suffix}")
    return free


def _folder(project: Project) -> Inside:
    return project.locales_dir / FOLDER


def _waiting(project: Project, number: int) -> Inside:
    return _folder(project) / str(number)
