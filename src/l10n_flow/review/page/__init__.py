"""Makes HTML of the values of ``page.model``, and has the files that a browser loads with it.

The live page, the answer to a save and the static copy have the same parts. No module here reads a project.
"""

from __future__ import annotations

from l10n_flow.review.page.assets import static_files
from l10n_flow.review.page.render import (
    CHANGED,
    render_conflict,
    render_gone,
    render_history,
    render_home,
    render_login,
    render_matches,
    render_message,
    render_refused,
    render_review,
    render_saved,
    render_whole,
)

#: The files under ``/static/``: name to bytes.
STATIC = static_files()

__all__ = [
    "CHANGED",
    "STATIC",
    "render_conflict",
    "render_gone",
    "render_history",
    "render_home",
    "render_login",
    "render_matches",
    "render_message",
    "render_refused",
    "render_review",
    "render_saved",
    "render_whole",
]
