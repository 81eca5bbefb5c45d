"""A plugin of pytest: which lines of the program each test runs, the processes that it starts included.

``coverage`` starts by ``COVERAGE_PROCESS_START``, in this process and in those; theirs take the test's name from
``PYTEST_CURRENT_TEST`` (``run.py`` writes the settings). What ran is in coverage's files; how long each test took, and
whether it passed, in the file that ``MUTANTS_TIMES`` names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

_times: dict[str, float] = {}
_failed: set[str] = set()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Its fixtures are part of the test."""
    running = coverage.Coverage.current()
    assert running is not None
    running.switch_context(item.nodeid)
    result = yield
    running.switch_context("")
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, test and tear-down."""
    _times[report.nodeid] = _times.get(report.nodeid, 0.0) + report.duration
    if report.outcome != "passed":
        _failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Say which tests passed, and in how many seconds."""
    passed = {name: time for name, time in _times.items() if name not in _failed}
    Path(os.environ["MUTANTS_TIMES"]).write_text(json.dumps(passed), encoding="utf-8")
