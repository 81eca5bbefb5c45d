"""A catalogue as a value: header, live entries and obsolete ones; read from and written to its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from l10n_flow import files, graphemes
from l10n_flow.catalogue import decoding, journal, reader, writer
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.entry import Entry, comment_lines, settled
from l10n_flow.catalogue.seals import Seal, SealKind, one_line
from l10n_flow.errors import CatalogueError, FaultError
from l10n_flow.inside import Inside
from l10n_flow.model import Key

#: The header fields that are written, in this order; fields of other programs are removed at the next write.
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


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One PO file.

    Attributes:
        locale: its gettext locale id; "" for a template.
        header: field name to value.
        comment: the translator comment of the header entry (for example a licence).
        entries: the live entries by key, in file order.
        obsolete: the obsolete entries by key, in file order; no key is in both.
        origin: the digest of the file from which it was read or to which it was written; ``write`` replaces only that
            version. "" means no file; None replaces any file.
    """

    locale: str
    header: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    entries: Mapping[Key, Entry] = field(default_factory=dict)
    obsolete: Mapping[Key, Entry] = field(default_factory=dict)
    origin: str | None = field(default=None, compare=False)

    @property
    def by_key(self) -> dict[Key, Entry]:
        """The live entries and the obsolete ones."""
        return {**self.obsolete, **self.entries}

    @property
    def every(self) -> tuple[Entry, ...]:
        """The live entries, then the obsolete ones."""
        return (*self.entries.values(), *self.obsolete.values())


class Draft:
    """A mutable copy of a catalogue, in which the cost of a change does not depend on the number of entries.

    Attributes:
        base: the catalogue before the changes.
        header, entries: the present values, which may be changed.
        lines: lines for the journal, in addition to the final differences.
    """

    def __init__(self, base: Catalogue) -> None:
        self.base = base
        self.header = dict(base.header)
        self.entries = dict(base.entries)
        self.lines: list[journal.Line] = []

    def put(self, entry: Entry, *, by: str, did: str) -> None:
        """Change a live entry in somebody's name."""
        entry = settled(entry)
        self.lines.append(journal.line(self.entries[entry.key], entry, by=by, did=did))
        self.entries[entry.key] = entry

    def done(self) -> Catalogue:
        """The catalogue with the changes."""
        return replace(self.base, header=self.header, entries=self.entries)


def new_catalogue(locale: str, project: str, revision: str) -> Catalogue:
    """Return an empty catalogue of a locale; ``revision`` is the PO-Revision-Date."""
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


def loads(data: bytes, path: Path, locale: str | None) -> Catalogue:
    """Read a catalogue from the bytes of its file; without a locale, the one in its header is used.

    Raises:
        CatalogueError: as ``reader.parse``, and for an empty file or another charset in the header.
    """
    parsed = reader.parse(decoding.decode(data, path), path)
    if parsed.header is None and not parsed.entries and not parsed.obsolete:
        raise CatalogueError("the catalogue is empty; restore it, or delete it to begin anew", path=path, line=1)
    header = _header_fields(parsed.header)
    _check_charset(header, path)
    locale = header.get("Language", "") if locale is None else locale
    return Catalogue(
        locale,
        {**new_catalogue(locale, "", "").header, **header, "Language": locale},
        _comment(parsed.header) if parsed.header else "",
        {entry.key: _without_stand_in(entry) for entry in parsed.entries},
        {entry.key: _without_stand_in(entry) for entry in parsed.obsolete},
        files.digest(data),
    )


def _comment(header: Entry) -> str:
    return "\n".join((*header.comments, *map(str, header.seals)))


def _header_fields(header: Entry | None) -> dict[str, str]:
    lines = header.msgstr.split("\n") if header else []
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs if name.strip() in HEADER_FIELDS}


def _check_charset(header: dict[str, str], path: Path) -> None:
    charset = header.get("Content-Type", "charset=UTF-8").partition("charset=")[2].partition(";")[0].strip()
    # The text was read as UTF-8; a header with UTF-16 is left from before a conversion.
    if charset.upper() not in {"UTF-8", "UTF8", "CHARSET", "", "UTF-16", "UTF-16LE", "UTF-16BE"}:
        message = f"the header says charset={charset}; convert the file with: {decoding.recoding(path)}"
        raise CatalogueError(message, path=path, line=1)
    header["Content-Type"] = "text/plain; charset=UTF-8"


def dumps(catalogue: Catalogue) -> str:
    """Return the canonical text of a catalogue; expired seals are left out."""
    return _serialised(all_settled(catalogue))


def all_settled(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue as it would be after writing and reading it."""
    entries, obsolete = (
        {key: settled(entry) for key, entry in each.items()} for each in (catalogue.entries, catalogue.obsolete)
    )
    return replace(catalogue, entries=entries, obsolete=obsolete)


def _serialised(catalogue: Catalogue) -> str:
    live = (head_of(catalogue), *catalogue.entries.values())
    return writer.serialise(live, map(_with_stand_in, catalogue.obsolete.values()))


def head_of(catalogue: Catalogue) -> Entry:
    """Return the header entry."""
    fields = (name for name in HEADER_FIELDS if name in catalogue.header)
    text = "".join(f"{name}: {one_line(catalogue.header[name])}\n" for name in fields)
    return Entry(Key(None, ""), text, comments=comment_lines(catalogue.comment))


#: GNU gettext drops an obsolete entry without a target, and its notes and seals with it.
_STAND_IN = "-"
_EMPTY = Seal(SealKind.EMPTY)


def _with_stand_in(entry: Entry) -> Entry:
    return entry if entry.msgstr else entry.sealed(_EMPTY)._replace(msgstr=agreeing(entry.key.source, _STAND_IN))


def _without_stand_in(entry: Entry) -> Entry:
    if _EMPTY not in entry.seals:
        return entry
    entry = entry.sealed(drop=frozenset({SealKind.EMPTY}))
    return entry._replace(msgstr="", fuzzy=False) if entry.msgstr.strip() == _STAND_IN else entry


# Files -----------------------------------------------------------------------------------------------------------


def read(path: Inside, locale: str) -> Catalogue | None:
    """Read the catalogue in a file; None when there is no such file."""
    data = files.read_optional(path)
    return None if data is None else loads(data, path.plain, locale)


def write(
    path: Inside,
    catalogue: Catalogue,
    *,
    keeping: Catalogue | None = None,
    before: Catalogue | None = None,
    lines: Sequence[journal.Line] = (),
) -> Catalogue:
    """Write a catalogue, unless its file has this text already; before that, write the changes to the journal.

    Args:
        path: its file.
        catalogue: the new content.
        keeping: the catalogue before a merge: every text of a person in it must be in the new one.
        before: the content of the file, when it is not ``keeping``; without either the file is read.
        lines: the lines for the journal with persons and actions; other differences are recorded as a merge.

    Returns:
        The catalogue as read from the new file: settled, with the lines of its entries and the digest of its file,
        which has changed if anything was written.

    Raises:
        CatalogueError: for half a surrogate pair, which no UTF-8 can hold.
        FaultError: when the text would be read as another catalogue, or loses a person's text; nothing is written.
        OvertakenError: when the file is no longer the catalogue's ``origin``: a program without our locks (Poedit) has
            written it since.
        L10nFlowError: when the file cannot be written.
    """
    meant = all_settled(catalogue)
    data = encoded(_serialised(meant), path.plain)
    if files.digest(data) == catalogue.origin:
        return catalogue
    if catalogue.origin is None and files.read_optional(path) == data:
        return replace(catalogue, origin=files.digest(data))
    found = verified(data, path.plain, meant, keeping)
    replaced = keeping or before or read(path, catalogue.locale) or Catalogue(catalogue.locale)
    journal.append(path, (*lines, *_untold(replaced, meant, lines)))
    files.write_atomically(path, data, over=catalogue.origin)
    return found


def _untold(before: Catalogue, after: Catalogue, lines: Iterable[journal.Line]) -> Iterator[journal.Line]:
    """Return the differences between two versions of a catalogue without those in ``lines``, as lines of a merge."""
    told = {each.key: each.after for each in lines}
    told_of = {key: entry for key, entry in told.items() if entry is not None}
    return journal.changes({**before.by_key, **told_of}, after.by_key, "merge")


def encoded(text: str, path: Path) -> bytes:
    """Return the bytes of a catalogue's text.

    Raises:
        CatalogueError: for half a surrogate pair, which no UTF-8 can hold.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        message = f"{text[error.start]!r} is half a surrogate pair and cannot be written; take it out"
        raise CatalogueError(message, path=path, line=line) from None


def verified(data: bytes, path: Path, meant: Catalogue, keeping: Catalogue | None = None) -> Catalogue:
    """Read data before it is written, and check that it has the same keys and texts, and loses no work of people.

    Args:
        data: the bytes.
        path: the file, for messages.
        meant: the expected catalogue, settled.
        keeping: as ``write``.

    Raises:
        FaultError: when the bytes give another catalogue.
    """
    try:
        found = loads(data, path, meant.locale)
    except CatalogueError as error:
        raise FaultError(f"would not be read again ({error.message}); it is left as it was", path=path) from None
    for those, ours in ((found.entries, meant.entries), (found.obsolete, meant.obsolete)):
        if list(those) != [entry.key for entry in ours.values()] or list(those) != list(ours):
            raise FaultError("would lose an entry or hold one twice; it is left as it was", path=path)
        for key, entry in ours.items():
            if not entry.says(those[key]):
                raise FaultError(
                    f"would not say what it should of {graphemes.beginning(key.source, 40)!r}; it is left as it was",
                    path=path,
                )
    if keeping is not None:
        kept = {entry.msgstr for entry in found.every}
        for entry in keeping.every:
            if entry.msgstr and entry.msgstr not in kept and not entry.is_machine:
                raise FaultError(
                    f"would lose the translation {graphemes.beginning(entry.msgstr, 40)!r}; it is left as it was",
                    path=path,
                )
    return found
