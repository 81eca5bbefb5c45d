"""Check invariants of rendering with many texts: ``python bench/invariants.py FOLDER [FOLDER…]``.

It reads every tenth article of an archive (``articles.py``) and every ``.txt`` below the folders, each unchanged and in
six other forms: CR LF, CR, a byte order mark, no final line end, all of these, mixed line ends. A document rendered
with its own units must equal the file byte for byte; and so must one rendered with every unit in brackets, without
these brackets. A repaired break is the only exception. It prints the number of successes, and the time for a million
tiny blocks and for a line of 30 MB.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from articles import sample

from l10n_flow import documents
from l10n_flow.model import Document, NoticeKind

_LINE = "柳州位於廣西中北部，素有「桂中商埠」美譽，處在連接粵港澳大灣區與西南地區的重點節點。"
SIZES = {
    "a million tiny blocks": lambda: "甲\n\n" * 1_000_000,
    "a million cells": lambda: "甲\t乙\n" * 500_000,
    "a line of 30 MB": lambda: _LINE * (30_000_000 // len(_LINE.encode())),
}


def texts(folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Return the name and the text of everything that is tried."""
    for folder in folders:
        if any(folder.rglob("article_*.md")):
            for article in sample(folder):
                yield article.path, article.text
        for path in sorted(folder.rglob("*.txt")):
            yield str(path), path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")


def forms(text: str) -> Iterator[str]:
    """Return a text in seven forms."""
    bare = text.rstrip("\n")
    yield text
    yield text.replace("\n", "\r\n")
    yield text.replace("\n", "\r")
    yield "\ufeff" + text
    yield bare
    yield "\ufeff" + bare.replace("\n", "\r\n")
    yield "".join(line + ("\n", "\r\n", "\r")[n % 3] for n, line in enumerate(text.split("\n")))


def holds(text: str) -> str:
    """Return ``held``, ``repaired`` (compared without a repaired break), or the error."""
    document = documents.parse(text.encode())
    back = _written(document, "")
    bracketed = _written(document, "〔〕").replace("〔", "").replace("〕", "")
    plain = text.replace("〔", "").replace("〕", "")
    if any(notice.kind is NoticeKind.REPAIRED_BREAK for notice in document.notices):
        same = sorted(filter(str.isalnum, back)) == sorted(filter(str.isalnum, text))
        return "repaired" if same else "a repaired break lost words"
    if back != text:
        return "not the same bytes"
    return "held" if bracketed == plain else "brackets do not strip"


def _written(document: Document, brackets: str) -> str:
    opening, closing = brackets[:1], brackets[1:]
    targets = [f"{opening}{unit.text}{closing}" for unit in document.units()]
    return documents.render(document, targets, locale="zh_Hant").decode()


def measure(name: str) -> str:
    """Return seconds and peak memory for reading and writing one of ``SIZES`` in this process."""
    text = SIZES[name]()
    data = text.encode()
    del text
    begun = time.process_time()
    document = documents.parse(data)
    read = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    back = documents.render(document, [unit.text for unit in document.units()], locale="zh_Hant")
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    same = "the same bytes" if back == data else "OTHER BYTES"
    return f"{name:<24} {len(data) // 1_000_000} MB: read in {read:.1f} s, {peak} MB; with writing {whole} MB; {same}"


def main(arguments: Sequence[str]) -> None:
    if arguments[:1] == ["--measure"]:
        sys.stdout.write(measure(arguments[1]) + "\n")
        return
    if not arguments:
        raise SystemExit(__doc__)
    outcome: Counter[str] = Counter()
    for name, text in texts([Path(argument) for argument in arguments]):
        for number, form in enumerate(forms(text)):
            found = holds(form)
            outcome[found] += 1
            if found not in {"held", "repaired"}:
                sys.stdout.write(f"{name}, form {number}: {found}\n")
    sys.stdout.write(", ".join(f"{found}: {count}" for found, count in outcome.most_common()) + "\n")
    for name in SIZES:
        subprocess.run([sys.executable, __file__, "--measure", name], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
