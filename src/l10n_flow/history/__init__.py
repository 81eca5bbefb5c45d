"""Earlier versions of catalogues: of their units, from journal and git; and of a document before a given day."""

from l10n_flow.history.commits import texts_before_conflict
from l10n_flow.history.compaction import compact
from l10n_flow.history.git import versions_of_conflict
from l10n_flow.history.past import Old, Past, standing
from l10n_flow.history.versions import History, Version, history

__all__ = [
    "History",
    "Old",
    "Past",
    "Version",
    "compact",
    "history",
    "standing",
    "texts_before_conflict",
    "versions_of_conflict",
]
