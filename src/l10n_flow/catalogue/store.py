"""A catalogue as a value: header, live entries and obsolete ones; read from and written to its file."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from polib import POEntry

from l10n_flow import files
from l10n_flow.catalogue import reader, seals, writer
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.errors import CatalogueError
from l10n_flow.inside import Inside
from l10n_flow.model import Key

#: The header fields we write, in this order; what other programs add is taken away at the next write.
HEADER_FIELDS = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "X-L10n-Flow-Converter",
)


@dataclass(slots=True)
class Catalogue:
    """One PO file.

    Attributes:
        locale: its gettext locale id; "" for a template.
        header: field name to value.
        comment: the translator comment of the header entry (a licence, say).
        entries: the live entries by key, in file order.
        obsolete: the obsolete ones likewise; no key is in both.
        origin: the digest of the file that it was read from, or written to, which ``write`` replaces; "" for none,
            None for a value that replaces whatever is there.
    """

    locale: str
    header: dict[str, str] = field(default_factory=dict)
    comment: str = ""
    entries: dict[Key, POEntry] = field(default_factory=dict)
    obsolete: dict[Key, POEntry] = field(default_factory=dict)
    origin: str | None = field(default=None, compare=False)


def new_catalogue(locale: str, project: str, revision: str) -> Catalogue:
    """An empty catalogue of a locale; ``revision`` is the PO-Revision-Date."""
    header = {
        "Project-Id-Version": project,
        "PO-Revision-Date": revision,
        "Last-Translator": "",
        "Language-Team": "",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return Catalogue(locale, header)


def loads(data: bytes, path: Path, locale: str) -> Catalogue:
    """Read a catalogue from the bytes of its file.

    Raises:
        CatalogueError: as ``reader.parse``, and for a file that holds nothing or names another charset.
    """
    parsed = reader.parse(reader.decode(data, path), path)
    if parsed.header is None and not parsed.entries and not parsed.obsolete:
        raise CatalogueError("the catalogue is empty; restore it, or delete it to begin anew", path=path, line=1)
    header = _header_fields(parsed.header)
    _check_charset(header, path)
    for entry in (*parsed.entries, *parsed.obsolete):
        _take_stand_in(entry)
    return Catalogue(
        locale,
        {**new_catalogue(locale, "", "").header, **header, "Language": locale},
        parsed.header.tcomment if parsed.header else "",
        {reader.key_of(entry): entry for entry in parsed.entries},
        {reader.key_of(entry): entry for entry in parsed.obsolete},
        files.digest(data),
    )


def _header_fields(header: POEntry | None) -> dict[str, str]:
    lines = header.msgstr.split("\n") if header else []
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs if name.strip() in HEADER_FIELDS}


def _check_charset(header: dict[str, str], path: Path) -> None:
    charset = header.get("Content-Type", "charset=UTF-8").partition("charset=")[2].partition(";")[0].strip()
    if charset.upper() not in {"UTF-8", "UTF8", "CHARSET", ""}:
        message = f"the header says charset={charset}; convert the file with: msgconv -t UTF-8"
        raise CatalogueError(message, path=path, line=1)
    header["Content-Type"] = "text/plain; charset=UTF-8"


def dumps(catalogue: Catalogue) -> str:
    """The canonical text of a catalogue; seals that have expired are left out."""
    fields = (name for name in HEADER_FIELDS if name in catalogue.header)
    head = POEntry(
        msgid="",
        msgstr="".join(f"{name}: {seals.one_line(catalogue.header[name])}\n" for name in fields),
        tcomment=catalogue.comment,
    )
    for entry in (*catalogue.entries.values(), *catalogue.obsolete.values()):
        settle(entry)
    live, obsolete = catalogue.entries.values(), (_with_stand_in(each) for each in catalogue.obsolete.values())
    return writer.serialise([head, *live, *obsolete])


#: GNU gettext drops an obsolete entry without a target, and its notes and seals with it.
_STAND_IN = "-"
_EMPTY = Seal(SealKind.EMPTY)


def _with_stand_in(entry: POEntry) -> POEntry:
    if entry.msgstr:
        return entry
    entry = copy(entry)
    entry.msgstr = _STAND_IN
    found, others = seals.parse(entry.tcomment)
    entry.tcomment = seals.compose((*found, _EMPTY), others)
    return entry


def _take_stand_in(entry: POEntry) -> None:
    if "l10n-flow:" not in entry.tcomment:
        return
    found, others = seals.parse(entry.tcomment)
    if _EMPTY in found:
        entry.tcomment = seals.compose(tuple(seal for seal in found if seal != _EMPTY), others)
        if entry.msgstr == _STAND_IN:
            entry.msgstr, entry.flags = "", []


def settle(entry: POEntry) -> None:
    """Drop what has expired: seals of another text, and the previous source of an entry that is not fuzzy.

    The target's ends follow the source's, as reading makes them: what is written is what will be read.
    An entry without a target is not fuzzy: GNU gettext leaves that flag out. On a fuzzy entry a seal that fits the
    previous source sleeps: if the edit of the source is undone it holds again.
    """
    entry.msgstr = agreeing(entry.msgid, entry.msgstr)
    if not entry.msgstr:
        entry.flags = []
    if "fuzzy" not in entry.flags or entry.previous_msgid is None:
        entry.previous_msgid = entry.previous_msgctxt = None
    if "l10n-flow:" in entry.tcomment and not seals.is_conversion_alone(entry.tcomment, entry.msgstr):
        found, others = seals.parse(entry.tcomment)
        entry.tcomment = seals.compose(_unexpired(found, entry), others)


def _unexpired(found: tuple[Seal, ...], entry: POEntry) -> tuple[Seal, ...]:
    before = set()
    if entry.previous_msgid is not None:
        before = {seals.pair_digest(entry.previous_msgid, entry.msgstr)}
    pairs = {seals.pair_digest(entry.msgid, entry.msgstr), *before}
    machine = {seals.digest(entry.msgstr)} if entry.msgstr else set()
    fitting = {SealKind.CONVERTED: machine, SealKind.FINISHED: before}
    return tuple(seal for seal in found if not seal.digest or seal.digest in fitting.get(seal.kind, pairs))


def read(path: Inside, locale: str) -> Catalogue | None:
    """The catalogue in a file, or None when there is no such file."""
    data = files.read_optional(path)
    return None if data is None else loads(data, path.plain, locale)


def write(path: Inside, catalogue: Catalogue) -> bool:
    """Write a catalogue if its text differs from the file's; whether it did.

    Raises:
        CatalogueError: for half a surrogate pair, which no UTF-8 can hold.
        OvertakenError: when the file is no longer the catalogue's ``origin``: a program that knows no locks (Poedit)
            has written it since.
        L10nFlowError: when the file cannot be written.
    """
    text = dumps(catalogue)
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        message = f"{text[error.start]!r} is half a surrogate pair and cannot be written; take it out"
        raise CatalogueError(message, path=path.plain, line=line) from None
    written = files.write_if_changed(path, data, over=catalogue.origin)
    catalogue.origin = files.digest(data)
    return written
