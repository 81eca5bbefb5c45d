"""The index of a project: results computed from its documents and their present files.

The index is a cache and may be deleted.
"""

from l10n_flow.index.stamps import Look, Seen, look
from l10n_flow.index.store import Store
from l10n_flow.index.values import (
    Origin,
    Remark,
    StatusRow,
    Summary,
    Tally,
    findings_data,
    findings_of,
    origin_data,
    origin_of,
    summary_data,
    summary_of,
    table_of,
)

__all__ = [
    "Look",
    "Origin",
    "Remark",
    "Seen",
    "StatusRow",
    "Store",
    "Summary",
    "Tally",
    "findings_data",
    "findings_of",
    "look",
    "origin_data",
    "origin_of",
    "summary_data",
    "summary_of",
    "table_of",
]
