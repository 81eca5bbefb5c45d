"""PO syntax, read strictly: what GNU gettext refuses is refused, and so is what shows a damaged file.

The grammar is that of the GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from l10n_flow import conflicts
from l10n_flow.catalogue import seals
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.entry import Entry
from l10n_flow.errors import CatalogueError
from l10n_flow.model import Key

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}
# A letter, or a run of bytes by number (together they may make one character), or anything else, which is wrong.
_ESCAPE = re.compile(r'\\([ntrabfv"\\])|((?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+))+)|\\(.?)', re.DOTALL)
# Possessive, so that 10 MB on one line are read in one go and nothing is tried twice.
_QUOTED = re.compile(r'"((?:[^"\\]++|\\.)*+)"\s*')
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])?[ \t]*(?=\")")
_CONFLICT = re.compile(r"<{7}(?: |$)|={7}$|>{7}(?: |$)|\|{7}(?: |$)")
_SHOWN = 30


class ParsedFile(NamedTuple):
    """The header entry (None when there is none), the live and the obsolete entries, each in file order."""

    header: Entry | None
    entries: list[Entry]
    obsolete: list[Entry]


def decode(data: bytes, path: Path) -> str:
    """The text of a PO file: UTF-8, a byte order mark and CRLF line ends taken away.

    Raises:
        CatalogueError: for bytes that are not UTF-8 and for NUL, with the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts without the byte order mark it took away.
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        message = f"byte 0x{data[start]:02x} is not UTF-8; convert the file with: msgconv -t UTF-8"
        raise CatalogueError(message, path=path, line=data.count(b"\n", 0, start) + 1) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CatalogueError("a NUL character; the file seems damaged, restore it", path=path, line=line)
    return text.replace("\r\n", "\n")


class _Reader:
    """The state while one file is read: the fields of the entry under way and where they started."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header: Entry | None = None
        self.parsed = ParsedFile(None, [], [])
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

    # The kinds of line -------------------------------------------------------------------------------------------

    def comment(self, line: str, number: int) -> None:
        """A line that begins with ``#``; ``#~`` and ``#|`` hold strings."""
        mark = line[1:2]
        if mark == "~":
            rest = line[2:].lstrip(" \t")
            previous = rest.startswith("|")
            self.string(rest.removeprefix("|").lstrip(" \t"), number, previous=previous, obsolete=True)
            return
        if mark == "|":
            self.string(line[2:].lstrip(" \t"), number, previous=True)
            return
        if "msgstr" in self.fields:
            self.finish(number)
        self.current = None
        if mark == ".":
            self.extracted.append(line[2:].removeprefix(" ").rstrip())
        elif mark in {",", "="}:
            self.flags += [flag.strip() for flag in line[2:].split(",") if flag.strip()]
        elif mark != ":":  # references are not ours: the template has none
            self.comments.append(line[1:].removeprefix(" ").rstrip())

    def string(self, line: str, number: int, *, previous: bool = False, obsolete: bool = False) -> None:
        """A keyword with its string, or a further string of the keyword before; the marks are taken off."""
        if line.startswith('"'):
            if self.current is None:
                raise self.fail("a string without msgid or msgstr before it", number)
            self.current.append(self.unquote(line, number))
            return
        match = _KEYWORD.match(line)
        if match is None:
            raise self.fail(f"expected msgid, msgstr or a comment, found {line[:_SHOWN]!r}", number)
        if match[0].rstrip() not in {"msgctxt", "msgid", "msgstr"} and not (previous and match[1] == "msgid_plural"):
            raise self.fail("plural forms have no place in the catalogue of an article; take the entry out", number)
        if "msgstr" in self.fields and (previous or match[1] in {"msgctxt", "msgid"}):
            self.finish(number)
        fields = self.previous if previous else self.fields
        self.check_order(match[1], number, fields)
        if not previous:
            if self.fields and self.obsolete != obsolete:
                raise self.fail("one half of an entry is obsolete (#~) and the other is not", number)
            self.line = self.line or number
            self.obsolete = obsolete
        self.current = fields.setdefault(match[1], [])
        self.current.append(self.unquote(line[match.end() :], number))

    def check_order(self, name: str, number: int, fields: dict[str, list[str]]) -> None:
        if name in fields:
            raise self.fail(f"{name} twice in one entry", number)
        if fields is self.previous:
            if self.fields:
                raise self.fail("a previous source (#|) in the middle of an entry", number)
        elif name == "msgstr" and "msgid" not in fields:
            raise self.fail("msgstr without a msgid before it", number)
        elif name == "msgctxt" and fields:
            raise self.fail("msgctxt after msgid; it goes before", number)

    def unquote(self, text: str, number: int) -> str:
        body = text.rstrip()
        if len(body) >= 2 and body[0] == body[-1] == '"' and "\\" not in body and body.count('"') == 2:
            return body[1:-1]
        match = _QUOTED.fullmatch(text)
        if match is None:
            raise self.fail("the string does not end in a quotation mark; the file seems cut or damaged", number)
        return _ESCAPE.sub(lambda found: self.unescape(found, number), match[1])

    def unescape(self, found: re.Match[str], number: int) -> str:
        if found[1]:
            return _ESCAPES[found[1]]
        if found[3] is not None:
            raise self.fail(f"unknown escape sequence \\{found[3]}", number)
        codes = [int(code[1:], 16) if code[0] == "x" else int(code, 8) for code in found[2][1:].split("\\")]
        try:
            text = bytes(codes).decode()
        except ValueError:  # UnicodeDecodeError is one
            text = "\0"
        if "\0" in text:
            raise self.fail(f"{found[0][:_SHOWN]} is no character of UTF-8", number)
        return text

    # The end of an entry -----------------------------------------------------------------------------------------

    def finish(self, number: int) -> None:
        if not self.fields:
            if self.comments or self.extracted or self.flags or self.previous:
                raise self.fail("a comment without an entry after it; the file seems cut", number)
            return
        if "msgstr" not in self.fields:
            raise self.fail("an entry without msgid and msgstr; the file seems cut", self.line)
        entry = self.entry()
        if not entry.key.source and entry.key.context is None:
            self.take_header(entry)
        else:
            self.take(entry)
        self.start_entry()

    def entry(self) -> Entry:
        found, comments = seals.parse("\n".join(self.comments)) if self.comments else ((), ())
        return Entry(
            _key(self.fields),
            "".join(self.fields["msgstr"]),
            "fuzzy" in self.flags,
            _key(self.previous) if "msgid" in self.previous else None,
            () if self.extracted == [""] else tuple(self.extracted),
            comments,
            found,
            self.line,
        )

    def take_header(self, entry: Entry) -> None:
        if self.header is not None or self.obsolete:
            raise self.fail('a second or an obsolete header entry (msgid ""); take it out', self.line)
        self.header = entry

    def take(self, entry: Entry) -> None:
        first = self.lines_of.setdefault(entry.key, self.line)
        if first != self.line:
            raise self.fail(f"the same msgid as on line {first}; keep one of the two entries", self.line)
        msgstr = agreeing(entry.key.source, entry.msgstr)
        if msgstr is not entry.msgstr:
            entry = entry._replace(msgstr=msgstr)
        (self.parsed.obsolete if self.obsolete else self.parsed.entries).append(entry)

    def end(self, number: int) -> ParsedFile:
        """The last entry is looked at twice: a file cut between two lines of a text is well-formed.

        A target of several lines that ends in a line feed may be a cut one, or one that a person ended so (we write
        none). It is kept, for a person to look at.
        """
        source, target = ("".join(self.fields.get(name, ())) for name in ("msgid", "msgstr"))
        several = len(self.fields.get("msgstr", ())) > 1
        if source and several and target.endswith("\n") and not source.endswith("\n"):
            self.flags.append("fuzzy")
        self.finish(number)
        if self.header is not None and not self.lines_of and "charset=" not in target:
            raise self.fail("the header ends in the middle; the file seems cut, restore it", number)
        return self.parsed._replace(header=self.header)


def _key(fields: Mapping[str, Sequence[str]]) -> Key:
    context = "".join(fields["msgctxt"]) if "msgctxt" in fields else None
    return Key(context, "".join(fields["msgid"]))


def parse(text: str, path: Path) -> ParsedFile:
    """Read the text of a PO file.

    Raises:
        CatalogueError: with the line, for anything GNU gettext would refuse and for what shows a damaged file:
            a cut string or entry, a duplicate key, a conflict marker, a comment with no entry; and for plural forms.
    """
    reader = _Reader(path)
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        if line[0] == "#":
            reader.comment(line, number)
        elif line[0] in "<=>|" and _CONFLICT.match(line):
            raise reader.fail(conflicts.MESSAGE, number)
        else:
            reader.string(line.lstrip(" \t"), number)
    return reader.end(number)
