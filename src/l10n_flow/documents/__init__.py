"""Documents: the bytes of a source file to a document and back, one module a format.

A format is a value with the functions of ``Format`` and is named in ``registry.FORMATS``.
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
        format: the name of a format, as ``format_of`` gives it.
        unit: ``sentence``, or ``paragraph`` to keep whole blocks as units.
        overrides: what the author says of this document, in the file's order.
        encoding: a key of ``encodings.ENCODINGS``, for a format whose files are text.
        front_matter: the fields of a file's front matter that are translated.

    Returns:
        The document; a document without any letter has no blocks.

    Raises:
        SourceError: it cannot be read as text, with the line.
    """
    known = registry.get(format)
    reading = Reading(path, unit, overrides, front_matter)
    if not known.is_text:
        return replace(known.parse(data, reading), format=format)
    read, codec = encodings.to_utf8(data, encoding, path=path)
    return replace(known.parse(read, reading), format=format, encoding=codec)


def inline(format: str, text: str) -> tuple[InlineCode, ...]:  # noqa: A002
    """The inline codes of a unit's text, source or target, in a format; ascending and apart from one another."""
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
        document: as parsed.
        targets: one text for each of ``document.units()``; None or an empty text leaves the unit out.
        locale: the locale of the targets; it decides what stands between sentences.
        source_locale: that of the document; where it is another one, a file that names its language names the other.
        draft: what the file tells its readers when it is a draft; "" when it is none. Of a draft in several languages,
            parted by middle dots, those are left out that cannot be written in the encoding.
        as_source: whether it is encoded as the source was; else it is UTF-8.
        path: the file's, for messages.

    Returns:
        The file. A target that contains its source whole keeps the source's line breaks, so that targets equal to
        their source give the file back.

    Raises:
        ValueError: there is not one target for each unit.
        SourceError: a character cannot be written in the encoding of the source; a translation changes the structure
            of the file.
        FaultError: the structure has changed by itself.
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
    """How a document of subtitles is shown in a locale; None of another document."""
    if document.format not in {"srt", "webvtt"}:
        return None
    from l10n_flow.documents import subtitles  # noqa: PLC0415 - start-up

    return subtitles.timed(document, locale)
