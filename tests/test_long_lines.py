"""One line of a megabyte and more: what a command takes grows with the text, and not with what is made of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import Newsroom
from l10n_flow.catalogue import seals

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
SIZE = 2_400_000
SENTENCE = "記者在海邊看見一艘舊船。"


def peak(room: Newsroom, text: str) -> int:
    """The most memory that a sync of a text takes, in bytes."""
    room.write(f"{text}\n")
    command = [sys.executable, "-m", "l10n_flow", "sync"]
    with subprocess.Popen(command, cwd=room.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == 0
    return used.ru_maxrss * 1024


@pytest.mark.parametrize(
    ("unit", "most"),
    [("一", 23), ("一二三四五，", 23), (SENTENCE, 80)],
    ids=["one letter", "one clause", "one sentence"],
)
def test_a_long_line_takes_so_many_times_its_size(newsroom, unit, most):
    """Of many short units each has its places in the pages; a line that is one unit is a few times there."""
    small = peak(newsroom, unit * 400)
    text = unit * (SIZE // len(unit.encode()))
    used = (peak(newsroom, text) - small) / len(text.encode())
    assert used < most, f"{used:.1f} times the text"


def test_a_digest_of_long_texts_is_that_of_short_ones():
    source, target = "長" * 1_000_000, "Long."
    assert seals.pair_digest(source, target) == seals.digest(f"{source}\x04{target}")
