"""Files in the source folders that are not documents: written there by editors, systems, cloud drives and merges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

#: Folders in archives of macOS; prefixes of the names of hidden files and folders (``.git``, ``.a.txt.swp``,
#: ``._a.txt``, ``.#a.txt``) and of Word's lock files.
_FOLDERS = frozenset({"__MACOSX"})
_BEGINNINGS = (".", "~$")
# Dropbox and Nextcloud, in the languages of our users; Syncthing; git mergetool.
_CONFLICT = re.compile(
    r"\([^()]*(?:conflicted copy|[衝冲]突[的]?[複复副][本件])[^()]*\)\Z"
    r"|\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?\Z|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+\Z",
    re.IGNORECASE,
)
#: Suffixes of files that people write articles in. Such a file is reported when it is not read; others are not.
_DOCUMENTS = frozenset(
    [
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".mdx",
        ".rst",
        ".adoc",
        ".html",
        ".htm",
        ".xhtml",
        ".docx",
        ".doc",
        ".odt",
        ".rtf",
        ".pages",
        ".wps",
        ".pdf",
        ".epub",
        ".tex",
        ".srt",
        ".vtt",
        ".xlsx",
        ".pptx",
    ]
)


_COPY = (
    "it is called like the copy that a cloud drive or a merge makes of a conflict; "
    "take over what is new in it and delete it, or rename it"
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Files that are not read: the path of the first file, the number of such files, and the reason."""

    path: str
    number: int
    why: str


def is_hidden(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a path contains a hidden name that is not named in the glob itself."""
    wanted = tuple(part[0] for part in pattern if part.startswith(_BEGINNINGS))
    return any(part in _FOLDERS or part.startswith(_BEGINNINGS) for part in parts) and not (
        wanted and all(part.startswith(wanted) or not part.startswith(_BEGINNINGS) for part in parts)
    )


def is_conflict_copy(name: str) -> bool:
    """Whether a file has the name of a conflict copy, made by a cloud drive or a merge."""
    return _CONFLICT.search(PurePosixPath(name).stem) is not None


def left_out(paths: Iterable[str], copies: Iterable[str], suffixes: Iterable[str]) -> tuple[LeftOut, ...]:
    """Group the files that are not documents for a report.

    Args:
        paths: files that match no glob.
        copies: files with the name of a conflict copy.
        suffixes: the suffixes that a format reads.
    """
    known = frozenset(suffixes)
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        suffix = PurePosixPath(path).suffix.lower()
        if suffix in _DOCUMENTS | known:
            groups[suffix].append(path)
    found = [LeftOut(copy, 1, _COPY) for copy in sorted(copies)]
    for suffix, group in sorted(groups.items()):
        reads = f"sources in l10n-flow.toml names no {suffix}" if suffix in known else f"no format reads {suffix}"
        remedy = (
            "add a glob for it, or exclude it" if suffix in known else "save it in a format that is read, or exclude it"
        )
        found.append(LeftOut(min(group), len(group), f"{reads}; {remedy}"))
    return tuple(found)
