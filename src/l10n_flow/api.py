"""The public API: ``import l10n_flow`` has these names (docs/api.md) and no others.

Most of them are functions and values of the packages below, under the same names. The functions defined here accept
texts and paths from other programs, and refuse values that the packages below never get. A name in ``__all__`` keeps
its meaning until the next major version; the module from which it is imported may change at any time.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow import documents, files
from l10n_flow.catalogue import Catalogue, Entry, edit, translations
from l10n_flow.catalogue.edit import set_needs_editing, unapprove
from l10n_flow.catalogue.interchange import from_polib, to_polib
from l10n_flow.conversion import Change, Converter, Punctuation
from l10n_flow.conversion.stream import Line, explain_stream
from l10n_flow.dates import revision_date
from l10n_flow.editing import Action, Operation, fit, unfit
from l10n_flow.errors import CatalogueError, ConfigError, ConversionError, L10nFlowError, SourceError
from l10n_flow.files import OvertakenError
from l10n_flow.inside import Inside
from l10n_flow.locales import validate
from l10n_flow.model import Block, BlockKind, Document, Finding, Key, Origin, Severity, State, Translation, Unit
from l10n_flow.project import Failure, Project, StatusRow, find_project
from l10n_flow.publish.build import BuildResult
from l10n_flow.work.build import build
from l10n_flow.work.check import CheckResult, check
from l10n_flow.work.extract import convert, extract
from l10n_flow.work.results import UpdateResult
from l10n_flow.work.status import StatusResult, status
from l10n_flow.work.sync import SyncResult, sync

__all__ = [
    "Block",
    "BlockKind",
    "BuildResult",
    "Catalogue",
    "CatalogueError",
    "Change",
    "CheckResult",
    "ConfigError",
    "ConversionError",
    "Document",
    "Entry",
    "Failure",
    "Finding",
    "Key",
    "L10nFlowError",
    "Line",
    "Origin",
    "OvertakenError",
    "Project",
    "Severity",
    "SourceError",
    "State",
    "StatusResult",
    "StatusRow",
    "SyncResult",
    "Translation",
    "Unit",
    "UpdateResult",
    "approve",
    "build",
    "check",
    "convert",
    "convert_text",
    "explain_text",
    "extract",
    "find_project",
    "from_polib",
    "read_catalogue",
    "segment",
    "set_needs_editing",
    "set_text",
    "status",
    "sync",
    "to_polib",
    "translations",
    "unapprove",
    "with_entries",
    "write_catalogue",
]


# Texts -----------------------------------------------------------------------------------------------------------


def segment(text: str | bytes, *, format: str = "text", unit: str = "sentence") -> Document:  # noqa: A002
    """Cut a document into blocks and units.

    Args:
        text: the document; bytes are UTF-8.
        format: its format, a name that ``l10n-flow segment --input-format`` accepts.
        unit: ``sentence``, or ``paragraph`` to keep whole blocks.

    Returns:
        The document; ``blocks`` in order, each with its ``kind``, ``lines`` (1-based) and ``units``.

    Raises:
        SourceError: for an unknown format, bytes that are not UTF-8, half a surrogate pair, a NUL character or a
            conflict marker.
        ValueError: for an unknown unit.
    """
    if unit not in {"sentence", "paragraph"}:
        raise ValueError(f"a unit is a sentence or a paragraph, not {unit!r}")
    data = _utf8(text) if isinstance(text, str) else text
    return documents.parse(data, path="-", format=documents.format_of("-", format), unit=unit)


def convert_text(text: str, conversion: str, *, punctuation: str | None = None, strict: bool = False) -> str:
    """Convert a text between Chinese scripts, as ``l10n-flow convert -`` does.

    Args:
        text: any text; quotation marks are nested within each paragraph, which ends at a blank line.
        conversion: ``hk2s``, ``s2hk``, ``t2s`` …, named as in OpenCC.
        punctuation: ``keep``, ``mainland`` or ``corner``; None: the marks of the region of the target.
        strict: whether to convert exactly as opencc-python-reimplemented, without corrections.

    Raises:
        ConversionError: there is no such conversion.
        SourceError: for half a surrogate pair.
        ValueError: there are no such marks.
    """
    _utf8(text)
    return _converter(conversion, punctuation, strict=strict).convert_paragraphs(text)


def explain_text(text: str, conversion: str, *, punctuation: str | None = None, strict: bool = False) -> list[Line]:
    """Return the changes of ``convert_text``, in order; the arguments are the same.

    Returns:
        For each change its line (``number``, from 1) and the ``change``: ``start`` and ``end`` in code points of the
        line, the text ``before`` and ``after``, the ``rule``, and the dictionaries or words of the rule (``by``).

    Raises:
        ConversionError, SourceError, ValueError: as ``convert_text``.
    """
    return list(explain_stream(io.BytesIO(_utf8(text)), _converter(conversion, punctuation, strict=strict)))


def _converter(conversion: str, punctuation: str | None, *, strict: bool) -> Converter:
    marks = Punctuation.usual(conversion) if punctuation is None else Punctuation(punctuation)
    return Converter(conversion, marks, strict=strict)


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        message = f"{text[error.start]!r} is half a surrogate pair, no character; take it out"
        raise SourceError(message, path="-", line=line) from None


# Catalogues ------------------------------------------------------------------------------------------------------


def read_catalogue(path: str | PathLike[str], locale: str) -> Catalogue:
    """Read a PO file strictly.

    Args:
        path: the file.
        locale: its gettext locale id, also when the header contains none.

    Returns:
        Its entries; ``translations(catalogue, derived=…)`` computes the state of each.

    Raises:
        CatalogueError: the file is damaged (with the line).
        ConfigError: there is no such locale.
        FileNotFoundError: there is no such file.
        L10nFlowError: the file cannot be read.
    """
    found = po.read(Inside.at(Path(path)), validate(locale))
    if found is None:
        raise FileNotFoundError(f"there is no catalogue {path}")
    return found


def write_catalogue(path: str | PathLike[str], catalogue: Catalogue) -> Catalogue:
    """Write a PO file in canonical form, completely or not at all; expired seals are left out.

    Args:
        path: the file.
        catalogue: the new content. A catalogue that was read replaces only the version of the file that was read; to
            write it to another path, pass ``dataclasses.replace(catalogue, origin=None)``, which replaces any file.

    Returns:
        The catalogue as read from the new file: pass it to the next write.

    Raises:
        CatalogueError: for half a surrogate pair, which UTF-8 cannot represent.
        OvertakenError: somebody has written the file since it was read; read it again. This is an ``L10nFlowError``.
        L10nFlowError: the file cannot be written.
    """
    where = Inside.at(Path(path))
    # ``po.write`` does nothing when the content is written already, but it may have been written to another path.
    if catalogue.origin is not None and files.digest(files.read_optional(where)) != catalogue.origin:
        raise OvertakenError(where.plain)
    return po.write(where, catalogue)


def with_entries(catalogue: Catalogue, entries: Iterable[Entry]) -> Catalogue:
    """Return a catalogue in which some entries are replaced, for example by results of ``set_text`` and ``approve``.

    Args:
        catalogue: the old catalogue.
        entries: the new entries; each replaces the live entry of its key.

    Returns:
        The new catalogue; if a translation changed, its PO-Revision-Date is the present time.

    Raises:
        KeyError: there is no live entry of a key; new entries come only from a document's text.
    """
    new = {entry.key: entry for entry in entries}
    if unknown := next((key for key in new if key not in catalogue.entries), None):
        raise KeyError(unknown)
    moved = any(not catalogue.entries[key].has_text_of(entry) for key, entry in new.items())
    header = {**catalogue.header, "PO-Revision-Date": revision_date()} if moved else catalogue.header
    return replace(catalogue, header=header, entries={**catalogue.entries, **new})


# Entries ---------------------------------------------------------------------------------------------------------


def set_text(entry: Entry, text: str, name: str, date: str) -> Entry:
    """Set a text as the finished translation of a person; nothing changes when it is the finished text already.

    Args:
        entry: the old entry.
        text: the translation; blanks only mean no translation. Line feeds at its ends become those of the source.
        name: the translator.
        date: the day, ``YYYY-MM-DD``.

    Raises:
        ValueError: a control character in the text, or a name or date that cannot be read back from a seal.
    """
    operation = _fit(Operation(Action.SAVE, name, date, text=text))
    return edit.set_text(entry, fit(text, entry.key.source), operation.name, date)


def approve(entry: Entry, name: str, date: str) -> Entry:
    """Approve the present text; a second approval with the same name replaces the first.

    Args:
        entry: the old entry.
        name: the reviewer.
        date: the day, ``YYYY-MM-DD``.

    Raises:
        ValueError: the text is missing or needs editing; and as ``set_text``.
    """
    operation = _fit(Operation(Action.APPROVE, name, date))
    joined = any(seal.kind is po.SealKind.JOINED for seal in po.settled(entry).seals)
    if entry.fuzzy or not (entry.msgstr or joined):
        raise ValueError("only a finished text can be approved; set_text makes it one")
    return edit.approve(entry, operation.name, date)


def _fit(operation: Operation) -> Operation:
    if refusal := unfit(operation):
        raise ValueError(refusal)
    return operation
