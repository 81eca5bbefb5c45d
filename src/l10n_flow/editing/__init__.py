"""One edit of one unit, for example a save on the review page: its checks, permissions, and how it is applied.

Nothing here reads or writes a file, and nothing waits; ``review/saving/committer.py`` does both.
"""

from l10n_flow.editing.applying import apply
from l10n_flow.editing.model import (
    Action,
    Conditions,
    Conversion,
    Edit,
    Operation,
    Outcome,
    Standing,
    Status,
    UnitView,
    version,
    view,
    views,
)
from l10n_flow.editing.roles import PERMITTED, approvable, permitted
from l10n_flow.editing.wellformed import MAX_NAME, MAX_NOTE, MAX_TEXT, fit, malformed, unfit

__all__ = [
    "MAX_NAME",
    "MAX_NOTE",
    "MAX_TEXT",
    "PERMITTED",
    "Action",
    "Conditions",
    "Conversion",
    "Edit",
    "Operation",
    "Outcome",
    "Standing",
    "Status",
    "UnitView",
    "apply",
    "approvable",
    "fit",
    "malformed",
    "permitted",
    "unfit",
    "version",
    "view",
    "views",
]
