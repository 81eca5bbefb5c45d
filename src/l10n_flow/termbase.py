"""The termbase: the project's terms in a CSV file with a column for each locale (docs/termbase.md).

The file comes from spreadsheets, so their variants are accepted: a byte order mark, any line ends, semicolons or tabs
as delimiters. The content must be unambiguous: two translations of one term are an error.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from l10n_flow import conflicts
from l10n_flow.errors import ConfigError
from l10n_flow.files import read_optional
from l10n_flow.inside import Inside
from l10n_flow.locales import validate

_STATUS, _NOTE, _FLAGS = "status", "note", "flags"
_NAMED = frozenset({_STATUS, _NOTE, _FLAGS})
#: Ordered by priority when two fit a header equally: a single column has no delimiter.
_DELIMITERS = (",", ";", "\t")
_HEADER = "its first line must name the columns, such as: zh_Hant,zh_Hans,en,status,note"


class TermStatus(StrEnum):
    """The use of a row: the administrative status of TBX-Basic, and forbidden.

    TBX-Basic (ISO 30042) writes ``preferredTerm-admn-sts``, ``admittedTerm-admn-sts``, ``deprecatedTerm-admn-sts``;
    it has no value for a word that must never be written, which is "forbidden" in Weblate and other programs.
    """

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


class Flag(StrEnum):
    """Further properties of a row's terms, in the column ``flags``, separated by spaces."""

    #: Digits and numerals in it are not numbers: 世界500強, 柳州772.
    NOT_NUMBER = "not-number"


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the file.

    Attributes:
        texts: the term in each locale, by locale id; locales with an empty cell are left out.
        status: the status of the whole row.
        note: a note for people.
        line: the 1-based line at which the row begins.
        flags: further properties.
    """

    texts: Mapping[str, str]
    status: TermStatus
    note: str
    line: int
    flags: frozenset[Flag] = frozenset()


class TermPair(NamedTuple):
    """A term and its target; a protected name is its own target."""

    source: str
    target: str
    line: int
    status: TermStatus


@dataclass(frozen=True, slots=True)
class Termbase:
    """A termbase with its rows in file order; ``locales`` are its columns."""

    path: Path
    locales: tuple[str, ...]
    terms: tuple[Term, ...]

    def column(self, locale: str) -> str | None:
        """Return the column for a locale: its own, or the nearest after dropping subtags from the end; else None."""
        parts = locale.split("_")
        names = ("_".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((name for name in names if name in self.locales), None)

    def pairs(self, source_locale: str, target_locale: str) -> tuple[TermPair, ...]:
        """Return the targets of terms in a derived locale: one pair for each source text, in order.

        A preferred row has priority over an admitted one; of admitted rows the first counts. Deprecated and forbidden
        rows contain words that must not be used; they are left out, and so are rows without a text in both locales.
        Two locales that share a column have no pairs, because every term would be protected from conversion.

        Raises:
            ConfigError: a locale has no column; two preferred rows have different targets for one source text; a text
                has several lines.
        """
        source, target = (self._need(locale) for locale in (source_locale, target_locale))
        if source == target:
            return ()
        found: dict[str, TermPair] = {}
        for term in self.terms:
            if (
                term.status in {TermStatus.PREFERRED, TermStatus.ADMITTED}
                and source in term.texts
                and target in term.texts
            ):
                pair = TermPair(term.texts[source], term.texts[target], term.line, term.status)
                if "\n" in pair.source + pair.target or "\r" in pair.source + pair.target:
                    raise ConfigError("a term must stand on one line", path=self.path, line=pair.line)
                before = found.setdefault(pair.source, pair)
                found[pair.source] = self._better(before, pair, target)
        return tuple(sorted(found.values(), key=lambda pair: pair.line))

    def flagged(self, flag: Flag, locale: str) -> tuple[str, ...]:
        """Return the terms of a locale with a flag, longest first; none when the locale has no column."""
        column = self.column(locale)
        words = (
            {term.texts[column] for term in self.terms if flag in term.flags and column in term.texts} if column else ()
        )
        return tuple(sorted(words, key=lambda word: (-len(word), word)))

    def _need(self, locale: str) -> str:
        column = self.column(locale)
        if column is None:
            # Without this error, one wrong letter would silently remove all terms from the release.
            raise ConfigError(
                f"has no column for {locale}; name one {locale}, empty if need be", path=self.path, line=1
            )
        return column

    def _better(self, first: TermPair, second: TermPair, target: str) -> TermPair:
        """Return the pair that has priority of two with the same source."""
        if second.status != TermStatus.PREFERRED:
            return first
        if first.status != TermStatus.PREFERRED:
            return second
        if first.target != second.target:
            message = (
                f"{second.source} is {second.target} here and {first.target} in line {first.line} ({target}); "
                "keep one, or write admitted in the status column of the other"
            )
            raise ConfigError(message, path=self.path, line=second.line)
        return first


def read(file: Inside) -> Termbase:
    """Read the file of a termbase and parse it.

    Raises:
        ConfigError: as ``parse``.
        L10nFlowError: as ``files.read_optional``.
    """
    return parse(read_optional(file), file.plain)


def parse(data: bytes | None, path: Path) -> Termbase:
    """Parse a termbase: CSV in UTF-8, separated by commas, semicolons or tabs, with the locales in the header.

    Cells are stripped; empty rows and columns with other names are ignored.

    Args:
        data: the bytes of the file; None when there is none.
        path: the file, for messages.

    Raises:
        ConfigError: the file is missing, is not UTF-8, is not well-formed CSV, has no locale column or one twice, has a
            row with more cells than the header, or has an unknown status or flag.
    """
    text = _text(path, data)
    delimiter = max(_DELIMITERS, key=lambda mark: len(_columns(_header(path, text, mark))))
    rows = _rows(path, text, delimiter)
    line, header = next(rows, (1, []))
    columns = _distinct(path, line, _columns(header))
    locales = tuple(name for name in columns if name not in _NAMED)
    if not locales:
        raise ConfigError(f"has no column whose name is a locale id; {_HEADER}", path=path, line=line)
    terms = []
    for line, cells in rows:
        if any(cells[len(header) :]):
            raise _too_long(path, line, cells, header, delimiter)
        terms.append(_term(path, line, {name: cells[at] for name, at in columns.items() if at < len(cells)}))
    return Termbase(path, locales, tuple(term for term in terms if term.texts))


def _text(path: Path, data: bytes | None) -> str:
    if data is None:
        raise ConfigError("does not exist; create it, or take termbase out of l10n-flow.toml", path=path)
    try:
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        line = _line_after(data[: error.start].decode("utf-8"))
        raise ConfigError("is not UTF-8; save it as CSV UTF-8", path=path, line=line) from None
    if (number := conflicts.line_of_conflict(text)) is not None:
        raise ConfigError(conflicts.MESSAGE, path=path, line=number)
    if (at := text.find("\0")) >= 0:
        raise ConfigError("holds a NUL byte; save it as CSV UTF-8", path=path, line=_line_after(text[:at]))
    return text


def _line_after(text: str) -> int:
    """Return the number of the line in which this beginning of a file ends; lines are those of the csv module."""
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


def _rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with the number of its first line."""
    # Strict, because otherwise a missing quotation mark makes the rest of the file one cell, without an error.
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            hint = 'look for a " without its partner; in a quoted cell, write "" for one'
            message = f"is not well-formed CSV ({error}); {hint}"
            raise ConfigError(message, path=path, line=line) from None
        if any(cells):
            yield line, cells


def _header(path: Path, text: str, delimiter: str) -> list[str]:
    """Return the first row, split at this delimiter; empty when the delimiter cannot be right."""
    try:
        return next(_rows(path, text, delimiter), (1, []))[1]
    except ConfigError:
        return []


def _columns(header: list[str]) -> list[tuple[str, int]]:
    """Return the names and indices of the known columns."""
    named = ((_column_name(cell), at) for at, cell in enumerate(header))
    return [(name, at) for name, at in named if name]


def _column_name(cell: str) -> str:
    """Return a locale id in gettext's spelling (``zh_Hant`` for ``zh-hant``), another known name, or ""."""
    if (name := cell.casefold()) in _NAMED:
        return name
    language, *rest = cell.replace("-", "_").split("_")
    subtags = (part.title() if len(part) == 4 and part.isalpha() else part.upper() for part in rest)
    try:
        return validate("_".join((language.lower(), *subtags)))
    except ConfigError:
        return ""


def _distinct(path: Path, line: int, columns: list[tuple[str, int]]) -> dict[str, int]:
    places: dict[str, int] = {}
    for name, at in columns:
        if name in places:
            message = f"has two columns {name} (columns {places[name] + 1} and {at + 1}); rename or remove one"
            raise ConfigError(message, path=path, line=line)
        places[name] = at
    return places


def _too_long(path: Path, line: int, cells: list[str], header: list[str], delimiter: str) -> ConfigError:
    mark = {",": "a comma", ";": "a semicolon", "\t": "a tab"}[delimiter]
    message = f'has {len(cells)} cells, the header {len(header)}; put a cell that holds {mark} in quotation marks: "…"'
    return ConfigError(message, path=path, line=line)


def _term(path: Path, line: int, cells: dict[str, str]) -> Term:
    status, note = cells.pop(_STATUS, "").casefold(), cells.pop(_NOTE, "")
    if status and status not in set(TermStatus):
        near = difflib.get_close_matches(status, list(TermStatus), n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(TermStatus)}"
        raise ConfigError(f"unknown status {status!r}; {hint}", path=path, line=line)
    flags = frozenset(_flag(path, line, name) for name in cells.pop(_FLAGS, "").casefold().split())
    texts = {locale: text for locale, text in cells.items() if text}
    return Term(texts, TermStatus(status or TermStatus.PREFERRED), note, line, flags)


def _flag(path: Path, line: int, name: str) -> Flag:
    if name in set(Flag):
        return Flag(name)
    raise ConfigError(f"unknown flag {name!r}; there are: {', '.join(Flag)}", path=path, line=line)
