"""The paths of the pages of a build."""

from __future__ import annotations

from pathlib import PurePosixPath

INDEX = "index.html"

#: The suffixes of sources whose editions would have the names of our own pages, or similar names.
_PAGES = frozenset({".html", ".htm", ".xhtml"})


def article_path(folder: str, name: str, source: str) -> str:
    """Return the path of a document's page: beside its edition, unless the edition itself is an HTML file."""
    return f"{page_folder(folder, source)}/{name}.html"


def page_folder(folder: str, source: str) -> str:
    return f"pages/{folder}" if PurePosixPath(source).suffix.lower() in _PAGES else folder


def bilingual_path(folder: str, name: str) -> str:
    return f"bilingual/{folder}/{name}.html"
