"""A short random walk and a few kills, and that they see a broken program; ``make walk`` and ``make kills`` go further."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="what is killed is made by fork")


def walked(*arguments: str, broken: str = "") -> tuple[int, str]:
    """In a process of its own, for it changes the folder and makes others by ``fork``; with a line that breaks something."""
    program = (
        f"import sys; sys.path.insert(0, {str(HERE)!r})\n{broken}\nfrom walk.__main__ import main\nsys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_short_walk():
    code, told = walked("steps", "--seed", "1", "--number", "12")
    assert (code, told.splitlines()[-1]) == (0, "0 violations"), told


@needs_fork
def test_a_few_kills():
    code, told = walked("kills", "--seed", "1", "--number", "2", "--calls", "1", "--only", "sync,save")
    assert (code, told.splitlines()[-1]) == (0, "0 violations"), told


# Programs that are broken --------------------------------------------------------------------------------------------

JOURNAL = "import l10n_flow.catalogue.journal as at; at.append = lambda *_: None"
SEALS = "import l10n_flow.catalogue.seals as at; at.pair_digest = lambda *_: '0' * 12"
READY = "import l10n_flow.model as at; at.State.rank = 3"
AGAIN = """
import itertools, l10n_flow.publish.pages as at
number, real = itertools.count(), at.article_file
at.article_file = lambda page: real(page) + b"<!-- %d -->" % next(number)
"""
IN_PLACE = """
import l10n_flow.files as at
def write(path, data, **_):
    path.parent.plain.mkdir(parents=True, exist_ok=True)
    with open(str(path), "wb", buffering=0) as stream:
        stream.write(data)
at.write_atomically = write
"""


@pytest.mark.parametrize(
    ("broken", "only", "seen"),
    [
        (JOURNAL, "page", ": lost "),
        (SEALS, "approve,polib", "approved by nobody: "),
        (READY, "polib,edit", "not to be published, in build/en/"),
        (AGAIN, "edit", "a second sync changes "),
    ],
    ids=[
        "a journal that keeps nothing",
        "seals that hold for any text",
        "drafts that are released",
        "no sync is the last",
    ],
)
def test_a_walk_sees(broken, only, seen):
    code, told = walked("steps", "--seed", "3", "--number", "40", "--only", only, broken=broken)
    assert (code, seen in told) == (1, True), told


@needs_fork
def test_kills_see_a_file_that_is_written_in_its_place():
    code, told = walked("kills", "--number", "0", "--calls", "20", "--only", "unapprove", broken=IN_PLACE)
    assert (code, ": torn: " in told) == (1, True), told
