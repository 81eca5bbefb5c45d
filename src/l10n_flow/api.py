"""What other programs may use: ``import l10n_flow`` offers these names (docs/api.md) and no others.

Most of them are functions and values of the rooms below, under the names that they have there. What stands here takes
texts and paths as a stranger has them, and refuses what the rooms below are never given. A name that stands in
``__all__`` keeps its meaning until the next major version; what it is imported from may change at any time.
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
from l10n_flow.editing import Action, Deed, fit, unfit
from l10n_flow.errors import CatalogueError, ConfigError, ConversionError, L10nFlowError, SourceError
from l10n_flow.files import OvertakenError
from l10n_flow.inside import Inside
from l10n_flow.locales import validate
from l10n_flow.model import Block, BlockKind, Document, Finding, Key, Origin, Severity, State, Translation, Unit
from l10n_flow.project import Failure, Project, StatusRow, find_project
from l10n_flow.publish.build import BuildResult
from l10n_flow.work.build import build
from l10n_flow.work.check import CheckResult, check
from l10n_flow.work.extract import UpdateResult, convert, extract
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
        format: how it is written, a name that ``l10n-flow segment --input-format`` takes.
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
        text: any text; quotation marks nest in each paragraph, up to a blank line, by themselves.
        conversion: ``hk2s``, ``s2hk``, ``t2s`` … as OpenCC names them.
        punctuation: ``keep``, ``mainland`` or ``corner``; None: the marks of the place that it converts for.
        strict: exactly as opencc-python-reimplemented converts, without corrections.

    Raises:
        ConversionError: there is no such conversion.
        SourceError: for half a surrogate pair.
        ValueError: there are no such marks.
    """
    _utf8(text)
    return _converter(conversion, punctuation, strict=strict).convert_paragraphs(text)


def explain_text(text: str, conversion: str, *, punctuation: str | None = None, strict: bool = False) -> list[Line]:
    """What ``convert_text`` changes, in order; the arguments are the same.

    Returns:
        For each change its line (``number``, from 1) and the ``change``: ``start`` and ``end`` in code points of the
        line, what stood there ``before`` and stands there ``after``, the ``rule`` and what it goes ``by``.

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
    """Read a PO file, strictly.

    Args:
        path: the file.
        locale: its gettext locale id, which the header need not say.

    Returns:
        Its entries; ``translations(catalogue, derived=…)`` tells the state of each.

    Raises:
        CatalogueError: it is damaged, with the line.
        ConfigError: there is no such locale.
        FileNotFoundError: there is no such file.
        L10nFlowError: it cannot be read.
    """
    found = po.read(Inside.at(Path(path)), validate(locale))
    if found is None:
        raise FileNotFoundError(f"there is no catalogue {path}")
    return found


def write_catalogue(path: str | PathLike[str], catalogue: Catalogue) -> Catalogue:
    """Write a PO file in canonical form, whole or not at all; expired seals are left out.

    Args:
        path: the file.
        catalogue: what it will hold. One that was read is written only over the file as it was read; to write it
            elsewhere, say ``dataclasses.replace(catalogue, origin=None)``, which replaces whatever is there.

    Returns:
        The catalogue as it will be read: pass it to the next write.

    Raises:
        CatalogueError: for half a surrogate pair, which no UTF-8 can hold.
        OvertakenError: somebody has written the file since it was read; read it again. An ``L10nFlowError``.
        L10nFlowError: it cannot be written.
    """
    where = Inside.at(Path(path))
    # ``po.write`` does nothing for what is written already; that this is the file of which it is so, nobody here knows.
    if catalogue.origin is not None and files.digest(files.read_optional(where)) != catalogue.origin:
        raise OvertakenError(where.plain)
    return po.write(where, catalogue)


def with_entries(catalogue: Catalogue, entries: Iterable[Entry]) -> Catalogue:
    """A catalogue with other values of some of its entries, as ``set_text`` and ``approve`` give them.

    Args:
        catalogue: as it was.
        entries: each takes the place of the live entry of its key.

    Returns:
        The catalogue; its PO-Revision-Date is now when a translation has changed.

    Raises:
        KeyError: there is no live entry of a key; only a document's text brings new ones.
    """
    new = {entry.key: entry for entry in entries}
    if unknown := next((key for key in new if key not in catalogue.entries), None):
        raise KeyError(unknown)
    moved = any(not catalogue.entries[key].has_text_of(entry) for key, entry in new.items())
    header = {**catalogue.header, "PO-Revision-Date": revision_date()} if moved else catalogue.header
    return replace(catalogue, header=header, entries={**catalogue.entries, **new})


# Entries ---------------------------------------------------------------------------------------------------------


def set_text(entry: Entry, text: str, name: str, date: str) -> Entry:
    """Make a text a person's finished translation; nothing changes when it is the finished text already.

    Args:
        entry: as it was.
        text: the translation; nothing but blanks is none. Its line feeds at the ends become those of the source.
        name: whose it is.
        date: the day, ``YYYY-MM-DD``.

    Raises:
        ValueError: a control character in the text, or a name or date that cannot be read back from a seal.
    """
    deed = _fit(Deed(Action.SAVE, name, date, text=text))
    return edit.set_text(entry, fit(text, entry.key.source), deed.name, date)


def approve(entry: Entry, name: str, date: str) -> Entry:
    """Approve the text as it stands; a second approval by the same name takes the place of the first.

    Args:
        entry: as it was.
        name: who approves.
        date: the day, ``YYYY-MM-DD``.

    Raises:
        ValueError: the text is missing or needs editing, or as ``set_text``.
    """
    deed = _fit(Deed(Action.APPROVE, name, date))
    joined = any(seal.kind is po.SealKind.JOINED for seal in po.settled(entry).seals)
    if entry.fuzzy or not (entry.msgstr or joined):
        raise ValueError("only a finished text can be approved; set_text makes it one")
    return edit.approve(entry, deed.name, date)


def _fit(deed: Deed) -> Deed:
    if refusal := unfit(deed):
        raise ValueError(refusal)
    return deed
