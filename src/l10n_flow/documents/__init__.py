"""Documents: reading the bytes of a source file as a document, and writing it; one module for each format.

A format is a value with the functions of ``Format``, and has a name in ``registry.FORMATS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from l10n_flow.documents import encodings, registry
from l10n_flow.documents.format import FRONT_MATTER, Declaring, Format, Reading, Shape, Timed
from l10n_flow.documents.registry import format_of, suffixes
from l10n_flow.documents.segmentation.overrides import Override, read_overrides
from l10n_flow.documents.verifying import require_shape
from l10n_flow.inline import InlineCode
from l10n_flow.model import Document

__all__ = [
    "FRONT_MATTER",
    "Declaring",
    "Format",
    "Override",
    "Reading",
    "Shape",
    "Timed",
    "encodings",
    "format_of",
    "inline",
    "parse",
    "read_overrides",
    "registry",
    "render",
    "suffixes",
    "timed",
]


def parse(
    data: bytes,
    *,
    path: str = "-",
    format: str = "text",  # noqa: A002  # the word of the command line
    unit: str = "sentence",
    overrides: Sequence[Override] = (),
    encoding: str = encodings.UTF_8,
    front_matter: tuple[str, ...] = FRONT_MATTER,
) -> Document:
    """Read a source document.

    Args:
        data: the file.
        path: its path, for messages.
        format: the name of a format, from ``format_of``.
        unit: ``sentence``, or ``paragraph`` to keep whole blocks as units.
        overrides: the author's overrides for this document, in the file's order.
        encoding: a key of ``encodings.ENCODINGS``, for a format whose files are text.
        front_matter: the fields of a file's front matter that are translated.

    Returns:
        The document; a document without any letter has no blocks.

    Raises:
        SourceError: the file cannot be read as text (with the line).
    """
    known = registry.get(format)
    reading = Reading(path, unit, overrides, front_matter)
    if not known.is_text:
        return replace(known.parse(data, reading), format=format)
    read, codec = encodings.to_utf8(data, encoding, path=path)
    return replace(known.parse(read, reading), format=format, encoding=codec)


def inline(format: str, text: str) -> tuple[InlineCode, ...]:  # noqa: A002
    """Return the inline codes of a unit's text, source or target, in a format; ascending and without overlaps."""
    return () if format == "text" else _inline(format, text)


@lru_cache(20_000)
def _inline(name: str, text: str) -> tuple[InlineCode, ...]:
    return registry.get(name).inline(text)


def render(
    document: Document,
    targets: Sequence[str | None],
    *,
    locale: str,
    source_locale: str = "",
    draft: str = "",
    as_source: bool = False,
    path: str = "-",
) -> bytes:
    """Write a document with translations in place of its units.

    Args:
        document: the parsed document.
        targets: one text for each of ``document.units()``; None or an empty text leaves the unit out.
        locale: the locale of the targets; it decides the text between sentences.
        source_locale: the locale of the document; if it differs, a file that declares its language declares ``locale``.
        draft: the notice for the readers of a draft; "" if it is not a draft. If the notice has several languages,
            separated by middle dots, those that the encoding cannot represent are left out.
        as_source: whether the file has the encoding of the source; else it is UTF-8.
        path: the path of the file, for messages.

    Returns:
        The file. A target that contains its whole source has the source's line breaks, so that targets equal to their
        sources reproduce the file.

    Raises:
        ValueError: the number of targets is not that of the units.
        SourceError: the encoding of the source cannot represent a character; or a translation changes the structure of
            the file.
        FaultError: the structure has changed without a translation as the cause.
    """
    units = document.units()
    if len(targets) != len(units):
        raise ValueError(f"{len(units)} units need as many targets, not {len(targets)}")
    known = registry.get(document.format)
    data = known.render(document, targets, locale=locale)
    require_shape(data, document, targets, known, path=path)
    codec = document.encoding if as_source else encodings.UTF_8
    renamed = "" if codec == document.encoding else encodings.UTF_8
    if isinstance(known, Declaring) and (renamed or locale != (source_locale or locale)):
        data = known.declare(data, locale=locale, source=source_locale or locale, encoding=renamed)
    if draft:
        data = known.mark_draft(data, document, encodings.writable(draft, codec))
    if not known.is_text:
        return data
    if not as_source:
        data = encodings.without_foreign_mark(data, document.encoding)
    return encodings.from_utf8(data, codec, path=path)


def timed(document: Document, locale: str) -> Timed | None:
    """Return the cues of a document of subtitles and their limits in a locale; None for another format."""
    if document.format not in {"srt", "webvtt"}:
        return None
    from l10n_flow.documents import subtitles  # noqa: PLC0415 - start-up

    return subtitles.timed(document, locale)
