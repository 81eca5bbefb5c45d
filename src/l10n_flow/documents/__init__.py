"""Formats: bytes to a document and back, one module each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from l10n_flow.documents import text
from l10n_flow.documents.render import render
from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.errors import SourceError
from l10n_flow.model import Document

__all__ = ["FORMATS", "Format", "format_of", "parse", "render"]


@dataclass(frozen=True, slots=True)
class Format:
    """A source format.

    Attributes:
        suffixes: the file name endings it is recognised by, lower case.
        parse: ``(data, *, path, unit, overrides) -> Document``.
    """

    suffixes: tuple[str, ...]
    parse: Callable[..., Document]


FORMATS: dict[str, Format] = {"text": Format((".txt", ".text"), text.parse)}


def format_of(path_or_name: str, chosen: str | None) -> str:
    """The format of a source file.

    Args:
        path_or_name: its path; ``-`` is standard input, which is plain text unless another format is chosen.
        chosen: the format the user asked for (``--input-format``), or None to go by the suffix.

    Raises:
        SourceError: there is no such format, or no format has this suffix.
    """
    if chosen is not None:
        if chosen not in FORMATS:
            raise SourceError(f"unknown format {chosen!r}; choose one of {', '.join(FORMATS)}", path=path_or_name)
        return chosen
    if path_or_name == "-":
        return "text"
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
) -> Document:
    """Read a source document.

    Args:
        data: the file.
        path: its path, for messages.
        format: a key of ``FORMATS``.
        unit: ``sentence``, or ``paragraph`` to keep whole blocks as units.
        overrides: what the author says of this document, in the file's order.

    Returns:
        The document; one without a letter has no blocks.

    Raises:
        SourceError: it cannot be read as text, with the line.
    """
    return FORMATS[format].parse(data, path=path, unit=unit, overrides=overrides)
