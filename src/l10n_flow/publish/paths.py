"""Where the pages of a build are."""

from __future__ import annotations

from pathlib import PurePosixPath

INDEX = "index.html"

#: The suffixes of sources whose editions would be called like our own pages, or be taken for them.
_PAGES = frozenset({".html", ".htm", ".xhtml"})


def article_path(folder: str, name: str, source: str) -> str:
    """Where the page of a document goes: beside its edition, but for one that is an HTML file itself."""
    return f"{page_folder(folder, source)}/{name}.html"


def page_folder(folder: str, source: str) -> str:
    return f"pages/{folder}" if PurePosixPath(source).suffix.lower() in _PAGES else folder


def bilingual_path(folder: str, name: str) -> str:
    return f"bilingual/{folder}/{name}.html"
