"""PO syntax: text to polib entries, strictly, and back in the canonical form.

The canonical form is what ``msgcat --no-wrap`` writes. polib serves as the object model; its own reader and
writer are not used, because the reader takes ``"Liuz`` for ``Liu`` without a word and fails on ``#=``, and the
writer loses ``#~|`` and writes some control characters wrongly (docs/file-formats.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from polib import POEntry

from l10n_flow.errors import CatalogueError
from l10n_flow.model import Key

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(?:([ntrabfv\"\\])|([0-7]{1,3})|x([0-9A-Fa-f]{2})|(.?))", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]++|\\.)*+)"\s*')
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?[ \t]*(?=\")")
_CONFLICT = re.compile(r"<{7} |={7}$|>{7} |\|{7} ")
_TO_ESCAPE = re.compile(r'[\\"\n\t\r\a\b\f\v]')
_ESCAPED = {char: "\\" + name for name, char in _ESCAPES.items()}


class ParsedFile(NamedTuple):
    """The header entry (None when there is none), the live and the obsolete entries, each in file order."""

    header: POEntry | None
    entries: list[POEntry]
    obsolete: list[POEntry]


def key_of(entry: POEntry) -> Key:
    return Key(entry.msgctxt, entry.msgid)


def decode(data: bytes, path: Path) -> str:
    """The text of a PO file: UTF-8, a byte order mark and CRLF line ends taken away.

    Raises:
        CatalogueError: for bytes that are not UTF-8, with the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; convert the file with: msgconv -t UTF-8"
        raise CatalogueError(message, path=path, line=line) from None
    return text.replace("\r\n", "\n")


class _Reader:
    """The state while one file is read: the fields of the entry under way and where they started."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parsed = ParsedFile(None, [], [])
        self.header: POEntry | None = None
        self.lines_of: dict[Key, int] = {}
        self.start_entry()

    def start_entry(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.previous: dict[str, list[str]] = {}
        self.comments: list[str] = []
        self.extracted: list[str] = []
        self.flags: list[str] = []
        self.obsolete = False
        self.line = 0
        self.current: list[str] | None = None

    def fail(self, message: str, line: int) -> CatalogueError:
        return CatalogueError(message, path=self.path, line=line)

    # The three kinds of line -------------------------------------------------------------------------------------

    def comment(self, line: str, number: int) -> None:
        """A line that begins with ``#``; ``#~`` and ``#|`` hold strings."""
        mark = line[1:2]
        if mark == "~":
            self.string(line[2:].lstrip(" \t"), number, obsolete=True)
        elif mark == "|":
            self.string(line[2:].lstrip(" \t"), number, previous=True)
        else:
            if "msgstr" in self.fields:
                self.finish(number)
            self.current = None
            if mark == ".":
                self.extracted.append(line[2:].removeprefix(" "))
            elif mark in {",", "="}:
                self.flags += [flag.strip() for flag in line[2:].split(",") if flag.strip()]
            elif mark != ":":  # references are not ours: the template has none
                self.comments.append(line[1:].removeprefix(" ").rstrip())

    def string(self, line: str, number: int, *, previous: bool = False, obsolete: bool = False) -> None:
        """A keyword with its string, or a further string of the keyword before; ``#|`` and ``#~`` are taken off."""
        if obsolete and line.startswith("|"):
            line, previous = line[1:].lstrip(" \t"), True
        if line.startswith('"'):
            if self.current is None:
                raise self.fail("a string without msgid or msgstr before it", number)
            self.current.append(self.unquote(line, number))
            return
        match = _KEYWORD.match(line)
        if match is None:
            raise self.fail(f"expected msgid, msgstr or a comment, found {line[:30]!r}", number)
        name = f"{match[1]}[{match[2]}]" if match[2] else match[1]
        if "msgstr" in self.fields and (previous or name in {"msgctxt", "msgid"}):
            self.finish(number)
        fields = self.previous if previous else self.fields
        self.check_order(fields, name, number)
        if not previous:
            self.line = self.line or number
            self.obsolete = obsolete
            if name.startswith("msgstr["):
                fields.setdefault("msgstr", [])
        self.current = fields.setdefault(name, [])
        self.current.append(self.unquote(line[match.end() :], number))

    def check_order(self, fields: dict[str, list[str]], name: str, number: int) -> None:
        if fields.get(name):
            raise self.fail(f"{name} twice in one entry", number)
        if fields is self.fields and name.startswith(("msgstr", "msgid_plural")) and "msgid" not in fields:
            raise self.fail(f"{name} without a msgid before it", number)

    def unquote(self, text: str, number: int) -> str:
        body = text.rstrip()
        if len(body) >= 2 and body[0] == body[-1] == '"' and "\\" not in body and '"' not in body[1:-1]:
            return body[1:-1]
        match = _QUOTED.fullmatch(text)
        if match is None:
            raise self.fail("the string does not end in a quotation mark; the file seems cut or damaged", number)
        return _ESCAPE.sub(lambda found: self.unescape(found, number), match[1])

    def unescape(self, found: re.Match[str], number: int) -> str:
        if found[1]:
            return _ESCAPES[found[1]]
        if found[4] is not None:
            raise self.fail(f"unknown escape sequence \\{found[4]}", number)
        return chr(int(found[2], 8) if found[2] else int(found[3], 16))

    # The end of an entry -----------------------------------------------------------------------------------------

    def finish(self, number: int) -> None:
        if "msgid" not in self.fields:
            if self.comments or self.extracted or self.flags or self.previous or self.fields:
                raise self.fail("a comment without an entry after it; the file seems cut", number)
            return
        if "msgstr" not in self.fields:
            raise self.fail("msgid without a msgstr; the file seems cut", self.line)
        entry = self.entry()
        if entry.msgid == "" and entry.msgctxt is None and not self.obsolete:
            self.take_header(entry)
        else:
            self.take(entry)
        self.start_entry()

    def entry(self) -> POEntry:
        text = {name: "".join(parts) for name, parts in self.fields.items()}
        previous = {name: "".join(parts) for name, parts in self.previous.items()}
        entry = POEntry(
            msgid=text["msgid"],
            msgstr=text["msgstr"],
            msgctxt=text.get("msgctxt"),
            comment="\n".join(self.extracted),
            tcomment="\n".join(self.comments),
            flags=self.flags,
            previous_msgid=previous.get("msgid"),
            previous_msgctxt=previous.get("msgctxt"),
            obsolete=self.obsolete,
            linenum=self.line,
        )
        if "msgid_plural" in text:
            entry.msgid_plural = text["msgid_plural"]
            entry.msgstr_plural = {int(n[7:-1]): value for n, value in text.items() if n.startswith("msgstr[")}
        return entry

    def take_header(self, entry: POEntry) -> None:
        if self.header is not None:
            raise self.fail("a second header entry (msgid \"\")", self.line)
        self.header = entry

    def take(self, entry: POEntry) -> None:
        first = self.lines_of.setdefault(key_of(entry), self.line)
        if first != self.line:
            message = f"the same msgid stands on line {first} already; keep one of the two entries"
            raise self.fail(message, self.line)
        (self.parsed.obsolete if self.obsolete else self.parsed.entries).append(entry)


def parse(text: str, path: Path) -> ParsedFile:
    """Read the text of a PO file.

    Raises:
        CatalogueError: with the line, for anything GNU gettext would refuse and for what shows a damaged file:
            a cut string or entry, a duplicate key, a conflict marker, a comment with no entry.
    """
    reader = _Reader(path)
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        first = line[0]
        if first == "#":
            reader.comment(line, number)
        elif first in "<=>|" and _CONFLICT.match(line):
            raise reader.fail("a conflict marker of a version control merge; resolve the conflict first", number)
        else:
            reader.string(line.lstrip(" \t"), number)
    reader.finish(number)
    return reader.parsed._replace(header=reader.header)


# Writing ---------------------------------------------------------------------------------------------------------


def quote(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(lambda match: _ESCAPED[match[0]], text) + '"'


def _string(prefix: str, keyword: str, text: str) -> str:
    """A keyword and its string, on one line unless a line feed stands inside."""
    if "\n" not in text or text.index("\n") == len(text) - 1:
        return f"{prefix}{keyword} {quote(text)}\n"
    lines = text.split("\n")
    parts = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return f'{prefix}{keyword} ""\n' + "".join(f"{prefix}{quote(part)}\n" for part in parts)


def _comment_lines(entry: POEntry) -> Iterator[str]:
    if entry.tcomment:
        for line in entry.tcomment.split("\n"):
            yield f"# {line}\n" if line else "#\n"
    if entry.comment:
        for line in entry.comment.split("\n"):
            yield f"#. {line}\n" if line else "#.\n"
    if "fuzzy" in entry.flags:
        yield "#, fuzzy\n"
    previous = "#~| " if entry.obsolete else "#| "
    if entry.previous_msgctxt is not None:
        yield _string(previous, "msgctxt", entry.previous_msgctxt)
    if entry.previous_msgid is not None:
        yield _string(previous, "msgid", entry.previous_msgid)


def _strings(entry: POEntry) -> Iterator[str]:
    prefix = "#~ " if entry.obsolete else ""
    if entry.msgctxt is not None:
        yield _string(prefix, "msgctxt", entry.msgctxt)
    yield _string(prefix, "msgid", entry.msgid)
    if entry.msgid_plural:
        yield _string(prefix, "msgid_plural", entry.msgid_plural)
        for index, text in sorted(entry.msgstr_plural.items()):
            yield _string(prefix, f"msgstr[{index}]", text)
    else:
        yield _string(prefix, "msgstr", entry.msgstr)


def serialise(entries: Iterable[POEntry]) -> str:
    """The canonical text of entries (the header entry first), a blank line between them.

    Each entry's ``linenum`` becomes the line on which its msgctxt or msgid then stands.
    """
    parts: list[str] = []
    line = 1
    for entry in entries:
        comments, strings = "".join(_comment_lines(entry)), "".join(_strings(entry))
        entry.linenum = line + comments.count("\n")
        line = entry.linenum + strings.count("\n") + 1
        parts.append(comments + strings)
    return "\n".join(parts)
