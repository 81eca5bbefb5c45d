"""PO syntax, read strictly: what GNU gettext refuses is refused, and so is what shows a damaged file.

The grammar is that of the GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from l10n_flow import conflicts
from l10n_flow.catalogue import seals
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.entry import Entry
from l10n_flow.errors import CatalogueError, shown_path
from l10n_flow.model import Key

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}
# A letter, or a run of bytes by number (together they may make one character), or anything else, which is wrong.
_ESCAPE = re.compile(r'\\([ntrabfv"\\])|((?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+))+)|\\(.?)', re.DOTALL)
# Possessive, so that 10 MB on one line are read in one go and nothing is tried twice.
_QUOTED = re.compile(r'"((?:[^"\\]++|\\.)*+)"[ \t\r\f\v]*')
_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])?[ \t\r\f\v]*(?="|$)')
_OBSOLETE = re.compile(r"(?:#~[ \t\r\f\v]*+)++")
_CONFLICT = re.compile(r"<{7}(?: |$)|={7}$|>{7}(?: |$)|\|{7}(?: |$)")
#: What gettext takes for blanks between the words of a file.
_BLANKS = " \t\r\f\v"
_SHOWN = 30
#: From here on a text's lines are not held beside it.
_LONG = 5_000_000


_HALF = "one half of an entry is obsolete (#~) and the other is not"


class ParsedFile(NamedTuple):
    """The header entry (None when there is none), the live and the obsolete entries, each in file order."""

    header: Entry | None
    entries: list[Entry]
    obsolete: list[Entry]


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
        self.is_previous = False

    def fail(self, message: str, line: int) -> CatalogueError:
        return CatalogueError(message, path=self.path, line=line)

    # The kinds of line -------------------------------------------------------------------------------------------

    def comment(self, line: str, number: int) -> None:
        """Read a line that begins with ``#``; ``#~`` and ``#|`` contain strings, ``#~`` may also contain comments."""
        marked = _OBSOLETE.match(line)
        if marked is not None:
            line = line[marked.end() :]
            if not line.startswith("#"):
                previous = line.startswith("|")
                self.strings(line.removeprefix("|").lstrip(_BLANKS), number, previous=previous, obsolete=True)
                return
        mark = line[1:2]
        if mark == "|":
            self.strings(line[2:].lstrip(_BLANKS), number, previous=True, obsolete=marked is not None)
            return
        self.require_string(number)
        if "msgstr" in self.fields:
            self.finish(number)
        self.current = None
        if mark == ".":
            self.extracted.append(line[2:].removeprefix(" ").rstrip())
        elif mark in {",", "="}:
            self.flags += [flag.strip() for flag in line[2:].split(",") if flag.strip()]
        elif mark != ":":  # references are not ours: the template has none
            self.comments.append(line[1:].removeprefix(" ").rstrip())

    def strings(self, line: str, number: int, *, previous: bool = False, obsolete: bool = False) -> None:
        """Read keywords with their strings, and further strings of the keyword before, from a line without marks."""
        place = 0
        while place < len(line):
            if line[place] == '"':
                if self.current is None or self.is_previous != previous:
                    raise self.fail("a string without msgid or msgstr before it", number)
                if not previous and self.obsolete != obsolete:
                    raise self.fail(_HALF, number)
                text, place = self.unquote(line, place, number)
                self.current.append(text)
            elif place and line[place] == "#" and line[place + 1 : place + 2] not in {"~", "|"}:
                self.comment(line[place:], number)
                return
            else:
                match = _KEYWORD.match(line, place)
                if match is None:
                    raise self.fail(f"expected msgid, msgstr or a comment, found {line[:_SHOWN]!r}", number)
                self.keyword(match, number, previous=previous, obsolete=obsolete)
                place = match.end()

    def keyword(self, match: re.Match[str], number: int, *, previous: bool, obsolete: bool) -> None:
        name = match[1]
        if match[0].rstrip() not in {"msgctxt", "msgid", "msgstr"} and not (previous and name == "msgid_plural"):
            raise self.fail("plural forms have no place in the catalogue of an article; take the entry out", number)
        self.require_string(number)
        if "msgstr" in self.fields and (previous or name in {"msgctxt", "msgid"}):
            self.finish(number)
        fields = self.previous if previous else self.fields
        self.check_order(name, number, fields)
        if not previous:
            if self.fields and self.obsolete != obsolete:
                raise self.fail(_HALF, number)
            self.line = self.line or number
            self.obsolete = obsolete
        self.current, self.is_previous = fields.setdefault(name, []), previous

    def require_string(self, number: int) -> None:
        """Refuse a keyword without a string."""
        if self.current == []:
            raise self.fail("msgctxt, msgid or msgstr without a string after it; the file seems cut or damaged", number)

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

    def unquote(self, line: str, place: int, number: int) -> tuple[str, int]:
        """Return the string at a place of a line, and the place after it: of another string or keyword, or the end."""
        if line.find('"', place + 1) == len(line) - 1 and "\\" not in line:
            return line[place + 1 : -1], len(line)
        match = _QUOTED.match(line, place)
        end = match.end() if match else 0
        if match is None or not (end == len(line) or line[end] in '"#' or _KEYWORD.match(line, end)):
            raise self.fail("the string does not end in a quotation mark; the file seems cut or damaged", number)
        return _ESCAPE.sub(lambda found: self.unescape(found, number), match[1]), end

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
                message = "a comment without an entry after it; restore the file if it was cut, else take it out"
                raise self.fail(message, number)
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

    @property
    def is_remark(self) -> bool:
        """Whether the text at the end of the file is a comment of a person, not the beginning of an entry."""
        only_comments = self.comments and not (self.extracted or self.flags or self.previous)
        return bool(only_comments) and not any(line.lstrip().startswith("l10n-flow") for line in self.comments)

    def take_header(self, entry: Entry) -> None:
        if self.header is not None or self.obsolete:
            raise self.fail('a second or an obsolete header entry (msgid ""); take it out', self.line)
        self.header = entry

    def take(self, entry: Entry) -> None:
        if entry.key in self.lines_of:
            first = self.lines_of[entry.key]
            raise self.fail(f"the same msgid as on line {first}; keep one of the two entries", self.line)
        self.lines_of[entry.key] = self.line
        msgstr = agreeing(entry.key.source, entry.msgstr)
        if msgstr is not entry.msgstr:
            entry = entry._replace(msgstr=msgstr)
        (self.parsed.obsolete if self.obsolete else self.parsed.entries).append(entry)

    def end(self, number: int) -> ParsedFile:
        """Return the content of the file.

        The last entry is checked again, because a file cut between two lines of a text is well-formed.

        A target of several lines that ends in a line feed may be incomplete, or a person may have ended it so (the
        program never does). It is kept as fuzzy, so that a person checks it.
        """
        self.require_string(number)
        source, target = ("".join(self.fields.get(name, ())) for name in ("msgid", "msgstr"))
        several = len(self.fields.get("msgstr", ())) > 1
        if not self.fields and self.header is not None and self.is_remark:
            self.header = self.header._replace(comments=(*self.header.comments, *self.comments))
            self.start_entry()
        if source and several and target.endswith("\n") and not source.endswith("\n"):
            self.flags.append("fuzzy")
        self.finish(number)
        if self.header is not None and not self.lines_of and "charset=" not in target:
            raise self.fail("the header ends in the middle; the file seems cut, restore it", number)
        return self.parsed._replace(header=self.header)


def _key(fields: Mapping[str, Sequence[str]]) -> Key:
    context = "".join(fields["msgctxt"]) if "msgctxt" in fields else None
    return Key(context, "".join(fields["msgid"]))


def _lines(text: str) -> Iterator[str]:
    """Return the lines of a text one at a time; this is slower than a list, but needs less memory."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def parse(text: str, path: Path) -> ParsedFile:
    """Read the text of a PO file.

    Raises:
        CatalogueError: with the line, for everything that GNU gettext refuses, and for signs of a damaged file: an
            incomplete string or entry, a duplicate key, a conflict marker, a comment without an entry; and for plural
            forms.
    """
    reader = _Reader(path)
    line, number = "", 0
    for number, line in enumerate(text.split("\n") if len(text) < _LONG else _lines(text), 1):
        if not line or line.isspace():
            continue
        if line[0] in "<=>|" and _CONFLICT.match(line):
            name = shlex.quote(shown_path(path))
            message = f"{conflicts.MESSAGE}: l10n-flow resolve {name} merges the two by unit"
            raise reader.fail(message, number)
        words = line if line[0] in '#m"' and line[-1] not in _BLANKS else line.strip(_BLANKS)
        if words[0] == "#":
            reader.comment(words, number)
        else:
            reader.strings(words, number)
    # A file cut in a line has no line feed at its end; of a comment nothing else tells.
    if line.lstrip(_BLANKS).startswith("#") and '"' not in line:
        raise reader.fail("a comment without an end; restore the file if it was cut, else end the line", number)
    return reader.end(number)
