"""``home_worker.py PROJECT QUERY NOTHING``: print CPU seconds of the home page, of searches and of matches."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from l10n_flow.project import load_project
from l10n_flow.review.page import render_home
from l10n_flow.review.page.model import NOBODY
from l10n_flow.review.reading import ProjectView

_ROUNDS = 5


def main() -> None:
    project_view = ProjectView(load_project(Path(sys.argv[1], "l10n-flow.toml")))

    def asked(query: str) -> float:
        started = time.process_time()
        render_home(project_view.home(NOBODY, query))
        return time.process_time() - started

    first = asked("")
    rest = [statistics.median(asked(query) for _ in range(_ROUNDS)) for query in ("", *sys.argv[2:])]
    print(json.dumps([first, *rest, *_matches(project_view, sys.argv[2])]))


def _matches(project_view: ProjectView, query: str) -> list[float]:
    """Ask for the matches of the first two units that a query finds: the first request makes the memory."""
    measured = []
    for hit in (project_view.home(NOBODY, query).hits or ())[:2]:
        started = time.process_time()
        project_view.matches(hit.document, "en", hit.unit)
        measured.append(time.process_time() - started)
    return measured


if __name__ == "__main__":
    main()
