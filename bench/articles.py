"""Real articles as plain text, with block kinds from their markup: the Markdown files of an archive of Hong Kong news.

The archive is ``hkarchivist/hkcnews-article-archive``; its articles belong to their authors and are not part of this
project. Of its files, sorted by path, those with index 7 modulo 10 are reserved for acceptance tests.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Every tenth article is measured, beginning with this index.
STEP, PHASE = 10, 3
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FOOT = re.compile(r"\n---\n\s*\n請加入成為眾新聞.*|\n---\n\s*\n!\[博客.*", re.DOTALL)
_FIGURE = re.compile(r"<figure>.*?</figure>", re.DOTALL)
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A block of an article: ``title``, ``heading``, ``caption``, ``bold`` (a bold line), ``row`` or ``other``."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as plain text with blank lines between blocks; ``first`` has the 1-based first line of each block."""

    path: str
    blocks: tuple[Marked, ...]

    @property
    def text(self) -> str:
        return "\n\n".join("\n".join(block.lines) for block in self.blocks) + "\n"

    def kinds(self) -> dict[int, int]:
        """The index of the block of every line."""
        result, number = {}, 1
        for index, block in enumerate(self.blocks):
            for _ in block.lines:
                result[number] = index
                number += 1
            number += 1
        return result


def sample(folder: Path, *, step: int = STEP, phase: int = PHASE) -> Iterator[Article]:
    """Return every tenth article of the archive.

    Args:
        folder: the archive; Markdown files are found at any depth.
        step: the distance from one article to the next.
        phase: the first index; an index of 7 modulo 10 is never read.

    Raises:
        SystemExit: there is no article in the folder.
    """
    paths = sorted(folder.rglob("article_*.md"), key=lambda path: path.relative_to(folder).as_posix())
    if not paths:
        raise SystemExit(f"{folder}: there is no article_*.md in it; see docs/bench.md")
    for index in range(phase, len(paths), step):
        if index % 10 != 7:
            path = paths[index]
            yield Article(path.relative_to(folder).as_posix(), tuple(_blocks(path.read_text(encoding="utf-8"))))


def _blocks(markdown: str) -> Iterator[Marked]:
    body = _FOOT.sub("", _FRONT.sub("", markdown.replace("\r\n", "\n")))
    body = _FIGURE.sub(_figure, body)
    for chunk in re.split(r"\n[ \t]*\n", body):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        if lines and (block := _block(lines)) and block.lines:
            yield block


def _figure(found: re.Match[str]) -> str:
    caption = _CAPTION.search(found[0])
    words = " ".join(caption[1].split()) if caption else ""
    return f"\n\n<caption>{words}\n\n" if words else "\n\n"


def _block(lines: list[str]) -> Marked | None:
    if lines[0].startswith("<caption>"):
        return Marked("caption", _plain([lines[0].removeprefix("<caption>"), *lines[1:]]))
    if lines[0] in {"---", "***"}:
        return None
    if len(lines) == 1 and (found := _HEADING.fullmatch(lines[0])):
        return Marked("title" if len(found[1]) == 1 else "heading", _plain([found[2]]))
    if lines[0].startswith("|"):
        return Marked("row", _plain(lines))
    if len(lines) == 1 and _BOLD.fullmatch(lines[0]):
        return Marked("bold", _plain(lines))
    return Marked("other", _plain([re.sub(r"^(?:>\s*)+|^#{1,6}\s+", "", line) for line in lines]))


def _plain(lines: list[str]) -> tuple[str, ...]:
    texts = (_BOLD.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", _TAG.sub("", line)))) for line in lines)
    texts = (re.sub(r"\\([*_#\[\]().-])", r"\1", html.unescape(text)).strip() for text in texts)
    return tuple(text for text in texts if any(map(str.isalnum, text)))
