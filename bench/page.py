"""Write results into docs/bench.md, with the date, the machine and the commit."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
from collections.abc import Iterable
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_PAGE = _ROOT / "docs" / "bench.md"
_BEGIN, _END = "<!-- measured: written by bench/run.py --write -->\n", "<!-- /measured -->\n"


def write(lines: Iterable[str]) -> None:
    """Replace the table of the page.

    Raises:
        ValueError: when the page has no table to replace.
    """
    text = _PAGE.read_text("utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"{_PAGE} lacks the two marks between which the table stands")
    body = "\n".join(lines)
    _PAGE.write_text(f"{before}{begin}{_where()}\n\n```text\n{body}\n```\n\n{end}{after}", "utf-8", newline="\n")


def _where() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False).stdout.strip()
    today = dt.datetime.now(dt.UTC).date().isoformat()
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    return f"{today}, {machine}, commit {commit or 'unknown'}. Other work moves all figures: trust ratios."
