"""A catalogue as a value: header, live entries and obsolete ones; read from and written to its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from polib import POEntry

from l10n_flow import files
from l10n_flow.catalogue import seals, syntax
from l10n_flow.errors import CatalogueError
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
    """

    locale: str
    header: dict[str, str] = field(default_factory=dict)
    comment: str = ""
    entries: dict[Key, POEntry] = field(default_factory=dict)
    obsolete: dict[Key, POEntry] = field(default_factory=dict)


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
        CatalogueError: as ``syntax.parse``, and for a file that holds nothing or names another charset.
    """
    parsed = syntax.parse(syntax.decode(data, path), path)
    if parsed.header is None and not parsed.entries and not parsed.obsolete:
        raise CatalogueError("the catalogue is empty; restore it, or delete it to begin anew", path=path, line=1)
    header = _header_fields(parsed.header)
    _check_charset(header, path)
    return Catalogue(
        locale,
        {**new_catalogue(locale, "", "").header, **header, "Language": locale},
        parsed.header.tcomment if parsed.header else "",
        {syntax.key_of(entry): entry for entry in parsed.entries},
        {syntax.key_of(entry): entry for entry in parsed.obsolete},
    )


def _header_fields(header: POEntry | None) -> dict[str, str]:
    lines = header.msgstr.split("\n") if header else []
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs if name.strip() in HEADER_FIELDS}


def _check_charset(header: dict[str, str], path: Path) -> None:
    charset = header.get("Content-Type", "charset=UTF-8").partition("charset=")[2]
    if charset.upper() not in {"UTF-8", "UTF8", "CHARSET", ""}:
        message = f"the header says charset={charset}; convert the file with: msgconv -t UTF-8"
        raise CatalogueError(message, path=path, line=1)
    header["Content-Type"] = "text/plain; charset=UTF-8"


def dumps(catalogue: Catalogue) -> str:
    """The canonical text of a catalogue; seals that have expired are left out."""
    fields = (name for name in HEADER_FIELDS if name in catalogue.header)
    head = POEntry(
        msgid="",
        msgstr="".join(f"{name}: {catalogue.header[name]}\n" for name in fields),
        tcomment=catalogue.comment,
    )
    for entry in (*catalogue.entries.values(), *catalogue.obsolete.values()):
        _settle(entry)
    return syntax.serialise([head, *catalogue.entries.values(), *catalogue.obsolete.values()])


def _settle(entry: POEntry) -> None:
    """Drop what has expired: seals of another text, and the previous source of an entry that is not fuzzy.

    On a fuzzy entry a seal that fits the previous source sleeps: if the edit of the source is undone it holds again.
    """
    if entry.previous_msgid is not None and "fuzzy" not in entry.flags:
        entry.previous_msgid = entry.previous_msgctxt = None
    if "l10n-flow:" not in entry.tcomment:
        return
    found, others = seals.parse(entry.tcomment)
    fitting = fitting_digests(entry)
    entry.tcomment = seals.compose(tuple(seal for seal in found if not seal.digest or seal.digest in fitting), others)


def fitting_digests(entry: POEntry) -> set[str]:
    """The digests a seal of this entry may bear and stay: of its pair, its previous pair, its target alone."""
    fitting = {seals.digest(entry.msgstr), seals.pair_digest(entry.msgid, entry.msgstr)}
    if entry.previous_msgid is not None:
        fitting.add(seals.pair_digest(entry.previous_msgid, entry.msgstr))
    return fitting


def read(path: Path, locale: str) -> Catalogue | None:
    """The catalogue in a file, or None when there is no such file."""
    data = files.read_optional(path)
    return None if data is None else loads(data, path, locale)


def write(path: Path, catalogue: Catalogue) -> bool:
    """Write a catalogue if its text differs from the file's; whether it did."""
    return files.write_if_changed(path, dumps(catalogue).encode())
