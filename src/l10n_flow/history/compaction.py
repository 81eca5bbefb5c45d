"""Compact journals: remove a line when a commit or a later line contains the same."""

from __future__ import annotations

from l10n_flow import inside, locks
from l10n_flow.catalogue import Entry, journal, settled
from l10n_flow.catalogue.journal import Line
from l10n_flow.history.commits import committed
from l10n_flow.history.git import repository
from l10n_flow.model import Key
from l10n_flow.project import LocaleConfig, Project

#: Smaller journals are not compacted.
LARGE = 256_000


def compact(project: Project, document: str, locale: LocaleConfig) -> None:
    """Compact the journal of a catalogue, if it is large and there is a new commit since the last time.

    A text that was replaced before it was committed is in no commit, and therefore stays, whatever the size.

    Raises:
        L10nFlowError: when the journal cannot be read or written.
    """
    path = project.catalogue_path(locale.id, document)
    found = inside.look(journal.path_of(path))
    if found is None or found.st_size < LARGE:
        return
    place = repository(path)
    if place is None or place.head == journal.compacted_at(path):
        return
    commits = {_content(entry) for commit in committed(path, locale.id) for entry in commit.entries.values()}
    seen, made = set(commits), set(commits)

    def keeps(line: Line) -> bool:
        """Whether a line contains a text, or the time of a change, that neither a commit nor a later line contains."""
        before, after = (_content(each) if each and each.holds_work else None for each in (line.before, line.after))
        new = (before is not None and before not in seen) or (after is not None and after not in made)
        if new:
            seen.update(each for each in (before, after) if each is not None)
            made.update([after] if after is not None else [])
        return new

    with locks.hold(project.root, "document", document):
        journal.compact(path, place.head, keeps)


def _content(entry: Entry) -> tuple[Key, str, bool, Key | None, tuple[str, ...], tuple[object, ...]]:
    """Return the content of an entry without its place in the file."""
    plain = settled(entry)
    return plain.key, plain.msgstr, plain.fuzzy, plain.previous, plain.comments, plain.seals
