"""Catalogues change their names, all at once: after a kill at any instant none is lost, and the next run goes on.

Names may be exchanged, so every file first leaves for a folder of its own and then arrives. A plan lies beside them
there: while it says that files are leaving, the next run takes them back; when it says that they are arriving, the
next run brings them on. No file is written, so that a text which somebody saved a moment before is in it.
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

#: Where files wait, below the folder of catalogues: never in the private folder, which may be deleted at any time.
FOLDER = ".l10n-flow-moves"
_LEAVING, _ARRIVING = "leaving.json", "arriving.json"


@dataclass(frozen=True, slots=True)
class Relocation:
    """What moves.

    Attributes:
        documents: old name to new name.
        files: the path of each file before and after, in their order.
        arriving: whether all of them have left.
    """

    documents: Mapping[str, str]
    files: Sequence[tuple[Inside, Inside]]
    arriving: bool = False


def files_of(project: Project, name: str) -> list[Inside]:
    """The path of each catalogue a document may have, and of its template."""
    return [project.catalogue_path(locale.id, name) for locale in project.locales] + [project.template_path(name)]


def is_there(project: Project, name: str) -> bool:
    """Whether a document has a catalogue or a template."""
    return any(map(inside.is_file, files_of(project, name)))


@contextlib.contextmanager
def locked(project: Project, names: Iterable[str]) -> Iterator[None]:
    """Hold the locks of documents, in one order, so that two runs do not wait for one another."""
    ordered = sorted(set(names))
    _allow_open_files(len(ordered))
    with contextlib.ExitStack() as held:
        for name in ordered:
            held.enter_context(locks.hold(project.root, "document", name))
        yield


def _allow_open_files(number: int) -> None:
    """Each lock is an open file, of which macOS allows 256 unless a program asks for more: a book has more chapters."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such module, and allows thousands
        import resource  # noqa: PLC0415

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if 0 <= soft < number + 100:
            resource.setrlimit(resource.RLIMIT_NOFILE, (number + 100 if hard < 0 else min(number + 100, hard), hard))


def move(project: Project, documents: Mapping[str, str]) -> bool:
    """Give the files of documents other names; the locks of all these names are held.

    When they have arrived, ``clear`` has yet to be called.

    Args:
        project: whose catalogues they are.
        documents: old name to new name; where a new name has files, they move too.

    Returns:
        False when a file that does not move is in the way; then nothing has moved.

    Raises:
        L10nFlowError: when a file cannot be moved; then all are where they were.
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
    """Which files move where; the journal of a catalogue moves with it."""
    for before, after in zip(files_of(project, old), files_of(project, new), strict=True):
        for pair in ((before, after), (journal.path_of(before), journal.path_of(after))):
            if inside.is_file(pair[0]):
                yield pair


def pending(project: Project) -> Relocation | None:
    """The plan of a run that was killed; None without one.

    Raises:
        L10nFlowError: when it is damaged.
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
    """A plan may come out of a branch of somebody else's."""
    return path.is_within(project.locales_dir) and (path.name.endswith((".po", ".pot")) or journal.is_journal(path))


def finish(project: Project, plan: Relocation) -> None:
    """Bring what waits to its place: onwards, or back when not all had left.

    A file that has come into the place meanwhile stays, and what waits gets a name beside it; a journal is continued.
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
    """Take away the plan of a move that is done."""
    files.remove(_folder(project) / _LEAVING, _folder(project) / _ARRIVING)
    files.remove_folder(_folder(project))


def aside(project: Project, name: str, names: Collection[str]) -> str:
    """A name for the catalogues of a document whose text is gone, and whose name another one's have got."""
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
