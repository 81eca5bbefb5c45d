"""The formats: our own, each imported when a file needs it, and those of other packages.

Another package adds a format by an entry point of the group ``l10n_flow.formats``: its name is the name of the format,
its object is a ``Format``. Other packages are searched only for a suffix or a name that none of our formats has.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from l10n_flow.documents.format import Format
from l10n_flow.errors import SourceError

GROUP = "l10n_flow.formats"


class Known(NamedTuple):
    """A format of our own: its suffixes, its module, and its name in the module."""

    suffixes: tuple[str, ...]
    module: str
    name: str


#: Our own formats, by name.
FORMATS: dict[str, Known] = {
    "text": Known((".txt", ".text"), "l10n_flow.documents.text", "TEXT"),
    "markdown": Known((".md", ".markdown"), "l10n_flow.documents.markdown", "MARKDOWN"),
    "html": Known((".html", ".htm", ".xhtml"), "l10n_flow.documents.html", "HTML"),
    "srt": Known((".srt",), "l10n_flow.documents.subtitles", "SRT"),
    "webvtt": Known((".vtt",), "l10n_flow.documents.subtitles", "VTT"),
    "docx": Known((".docx",), "l10n_flow.documents.docx", "DOCX"),
}


def format_of(path_or_name: str, chosen: str | None) -> str:
    """Return the format of a source file.

    Args:
        path_or_name: its path.
        chosen: the format that the user chose (``--input-format``), or None to use the suffix.

    Raises:
        SourceError: there is no such format, or no format has this suffix.
    """
    if chosen is not None:
        if chosen not in FORMATS and chosen not in _others():
            names = ", ".join((*FORMATS, *_others()))
            raise SourceError(f"unknown format {chosen!r}; choose one of {names}", path=path_or_name)
        return chosen
    suffix = PurePath(path_or_name).suffix.lower()
    for name, suffixes in _suffixes():
        if suffix in suffixes:
            return name
    known = ", ".join(each for _, suffixes in _suffixes() for each in suffixes)
    message = f"the suffix {suffix!r} is not known (known: {known}); --input-format text reads it as plain text"
    raise SourceError(message, path=path_or_name)


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of our own formats."""
    return tuple(each for known in FORMATS.values() for each in known.suffixes)


def get(name: str) -> Format:
    """Return a format, and import it if necessary."""
    if name in FORMATS:
        known = FORMATS[name]
        found: Format = getattr(import_module(known.module), known.name)
        return found
    return _others()[name]


def _suffixes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the suffixes of each format; those of other packages are last, and cannot replace one of ours."""
    yield from ((name, known.suffixes) for name, known in FORMATS.items())
    yield from ((name, other.suffixes) for name, other in _others().items())


@cache
def _others() -> dict[str, Format]:
    """Return the formats of other packages, by name.

    Raises:
        SourceError: a format cannot be imported.
    """
    from importlib import metadata  # noqa: PLC0415 - start-up

    found: dict[str, Format] = {}
    for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found[point.name] = point.load()
        except Exception as error:
            raise SourceError(f"the format {point.name!r} of another package cannot be imported: {error}") from error
    return found
