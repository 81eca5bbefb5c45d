"""Documents: the bytes of a source file to a document and back, one module a format.

A format is a value with the functions of ``Format`` and stands in ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from l10n_flow.documents import encodings
from l10n_flow.documents.format import Format
from l10n_flow.documents.segmentation.overrides import Override, read_overrides
from l10n_flow.documents.text import TEXT
from l10n_flow.errors import SourceError
from l10n_flow.model import Document

__all__ = ["FORMATS", "Format", "Override", "encodings", "format_of", "parse", "read_overrides", "render"]

FORMATS: dict[str, Format] = {"text": TEXT}


def format_of(path_or_name: str, chosen: str | None) -> str:
    """The format of a source file.

    Args:
        path_or_name: its path.
        chosen: the format the user asked for (``--input-format``), or None to go by the suffix.

    Raises:
        SourceError: there is no such format, or no format has this suffix.
    """
    if chosen is not None:
        if chosen not in FORMATS:
            raise SourceError(f"unknown format {chosen!r}; choose one of {', '.join(FORMATS)}", path=path_or_name)
        return chosen
    suffix = PurePath(path_or_name).suffix.lower()
    for name, known in FORMATS.items():
        if suffix in known.suffixes:
            return name
    suffixes = ", ".join(suffix for known in FORMATS.values() for suffix in known.suffixes)
    message = f"the suffix {suffix!r} is not known (known: {suffixes}); --input-format text reads it as plain text"
    raise SourceError(message, path=path_or_name)


def parse(
    data: bytes,
    *,
    path: str = "-",
    format: str = "text",  # noqa: A002  # the word of the command line
    unit: str = "sentence",
    overrides: Sequence[Override] = (),
    encoding: str = encodings.UTF_8,
) -> Document:
    """Read a source document.

    Args:
        data: the file.
        path: its path, for messages.
        format: a key of ``FORMATS``.
        unit: ``sentence``, or ``paragraph`` to keep whole blocks as units.
        overrides: what the author says of this document, in the file's order.
        encoding: a key of ``encodings.ENCODINGS``, for a format whose files are text.

    Returns:
        The document; one without a letter has no blocks.

    Raises:
        SourceError: it cannot be read as text, with the line.
    """
    read, codec = encodings.to_utf8(data, encoding, path=path)
    document = FORMATS[format].parse(read, path=path, unit=unit, overrides=overrides)
    return document if codec == document.encoding else replace(document, encoding=codec)


def render(
    document: Document,
    targets: Sequence[str | None],
    *,
    locale: str,
    format: str = "text",  # noqa: A002
    draft: str = "",
    as_source: bool = False,
    path: str = "-",
) -> bytes:
    """Write a document with translations in place of its units.

    Args:
        document: as parsed.
        targets: one text for each of ``document.units()``; None or an empty text leaves the unit out.
        locale: the locale of the targets; it decides what stands between sentences.
        format: a key of ``FORMATS``: that which it was parsed with.
        draft: what the file tells its readers when it is a draft; "" when it is none. Of a draft in several languages,
            parted by middle dots, those are left out that cannot be written in the encoding.
        as_source: whether it is encoded as the source was; else it is UTF-8.
        path: the file's, for messages.

    Returns:
        The file. A target that contains its source whole keeps the source's line breaks, so that targets equal to
        their source give the file back.

    Raises:
        ValueError: there is not one target for each unit.
        SourceError: a character cannot be written in the encoding of the source.
    """
    units = document.units()
    if len(targets) != len(units):
        raise ValueError(f"{len(units)} units need as many targets, not {len(targets)}")
    known = FORMATS[format]
    # A text that is the source's own stands in the file as it stood there.
    escaped = [
        target if not target or target == unit.text else known.escape(target)
        for unit, target in zip(units, targets, strict=True)
    ]
    data = known.render(document, escaped, locale=locale)
    codec = document.encoding if as_source else encodings.UTF_8
    if draft:
        data = known.mark_draft(data, document, encodings.writable(draft, codec))
    if not as_source:
        data = encodings.without_foreign_mark(data, document.encoding)
    return encodings.from_utf8(data, codec, path=path)
