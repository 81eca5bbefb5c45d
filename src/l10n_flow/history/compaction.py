"""Journals are compacted: a line goes when commits hold what it tells, or a later line does."""

from __future__ import annotations

from l10n_flow import inside, locks
from l10n_flow.catalogue import Entry, journal, settled
from l10n_flow.catalogue.journal import Line
from l10n_flow.history.commits import committed
from l10n_flow.history.git import repository
from l10n_flow.model import Key
from l10n_flow.project import LocaleConfig, Project

#: A smaller journal is left alone.
LARGE = 256_000


def compact(project: Project, document: str, locale: LocaleConfig) -> None:
    """Compact the journal of a catalogue, if it is large and there is a commit that was not looked at.

    A text that was replaced before anybody committed it is in no commit and stays, whatever the size.

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
    commits = {_told(entry) for commit in committed(path, locale.id) for entry in commit.entries.values()}
    seen, made = set(commits), set(commits)

    def keeps(line: Line) -> bool:
        """Whether it tells a text that nothing later does, or when it was made."""
        before, after = (_told(each) if each and each.holds_work else None for each in (line.before, line.after))
        new = (before is not None and before not in seen) or (after is not None and after not in made)
        if new:
            seen.update(each for each in (before, after) if each is not None)
            made.update([after] if after is not None else [])
        return new

    with locks.hold(project.root, "document", document):
        journal.compact(path, place.head, keeps)


def _told(entry: Entry) -> tuple[Key, str, bool, Key | None, tuple[str, ...], tuple[object, ...]]:
    """What an entry says, wherever it stands."""
    plain = settled(entry)
    return plain.key, plain.msgstr, plain.fuzzy, plain.previous, plain.comments, plain.seals
