"""The review page: values of ``pages.review.model`` to HTML, and the files a browser asks for with it.

The live page, the answers to a save and the static twin are made of the same parts. Nothing here reads a project.
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
