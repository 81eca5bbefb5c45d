"""Files in the source folders that are not documents: written there by editors, systems, cloud drives and merges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

#: Folders in archives of macOS; prefixes of the names of hidden files and folders (``.git``, ``.a.txt.swp``,
#: ``._a.txt``, ``.#a.txt``) and of Word's lock files.
_FOLDERS = frozenset({"__MACOSX"})
_BEGINNINGS = (".", "~$")
#: The ends of names that editors give to the text before a change.
_BACKUPS = ("~", "#")
# Dropbox and Nextcloud, in the languages of our users; Syncthing; git mergetool.
_CONFLICT = re.compile(
    r"\([^()]*(?:conflicted copy|[衝冲]突[的]?[複复副][本件])[^()]*\)\Z"
    r"|\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?\Z|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+\Z",
    re.IGNORECASE,
)
# What Finder, Explorer and file managers of Linux call a second copy. An article may be called so itself: a file is a
# copy only beside the file of the name without it.
_DUPLICATE = re.compile(
    r"(?: copy(?: \d+)?| - Copy(?: \(\d+\))?| \((?:another )?copy\)"
    r"| ?-? ?(?:副本|[複复][製制]|拷[貝贝])(?: ?\(?\d+\)?)?)\Z"
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Suffixes of files that belong to an article or a site, and of copies that editors leave. Any other file that is not
#: read is reported.
_COMPANIONS = _set(
    ".jpg .jpeg .png .gif .svg .webp .avif .bmp .tif .tiff .heic .ico .psd .ai .eps "
    ".mp3 .m4a .aac .ogg .wav .flac .mp4 .m4v .mov .avi .mkv .webm "
    ".css .scss .sass .less .js .mjs .cjs .ts .jsx .tsx .vue .map .wasm .woff .woff2 .ttf .otf .eot "
    ".json .jsonl .yaml .yml .toml .ini .cfg .xml .xsl .csv .tsv .sql .py .rb .php .sh .lock "
    ".zip .gz .tar .7z .rar .bak .backup .old .orig .rej .tmp .temp .part .crdownload .download .log .url .lnk .db"
)
_NAMES = frozenset({"CNAME", "LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS", "README", "CHANGELOG", "Makefile"})


_REMEDY = "take over what is new in it and delete it, or rename it"
_COPY = f"it is called like the copy that a cloud drive or a merge makes of a conflict; {_REMEDY}"
_SECOND = f"it is called like a second copy of the file beside it; {_REMEDY}"


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


def is_second_copy(name: str, names: Container[str]) -> bool:
    """Whether a file has the name that a file manager gives to a second copy of another of these files."""
    path = PurePosixPath(name)
    first = _DUPLICATE.sub("", path.stem)
    return bool(first) and first != path.stem and str(path.with_name(first + path.suffix)) in names


def left_out(paths: Iterable[str], copies: Iterable[str], suffixes: Iterable[str]) -> tuple[LeftOut, ...]:
    """Group the files that are not documents for a report.

    Args:
        paths: files that match no glob.
        copies: files with the name of a conflict copy, or of a second copy.
        suffixes: the suffixes that a format reads.
    """
    known = frozenset(suffixes)
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        name = PurePosixPath(path)
        suffix = name.suffix.lower()
        is_companion = suffix in _COMPANIONS or name.name in _NAMES or name.name.endswith(_BACKUPS)
        if suffix in known or not is_companion:
            groups[suffix].append(path)
    found = [LeftOut(copy, 1, _COPY if is_conflict_copy(copy) else _SECOND) for copy in sorted(copies)]
    for suffix, group in sorted(groups.items()):
        written = PurePosixPath(min(group)).suffix
        kind = suffix or "a file without a suffix"
        reads = f"sources in l10n-flow.toml names no {written}" if suffix in known else f"no format reads {kind}"
        remedy = (
            "add a glob for it, or exclude it" if suffix in known else "save it in a format that is read, or exclude it"
        )
        found.append(LeftOut(min(group), len(group), f"{reads}; {remedy}"))
    return tuple(found)
