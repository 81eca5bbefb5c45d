"""Read one table of a TOML file: the values by key, with a check of each type, and errors with the line."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, TypeVar

from l10n_flow.errors import ConfigError, ConversionError
from l10n_flow.inside import Inside

_E = TypeVar("_E", bound=StrEnum)


class Table:
    """A table whose keys are taken one by one; the keys that are left at the end are unknown keys.

    Args:
        path, text: the file.
        name: the dotted name of the table; "" for the whole file.
        values: the values of the table.
        place: the number of the table among tables of this name.
    """

    def __init__(self, path: Path, text: str, name: str, values: Mapping[str, Any], place: int = 0) -> None:
        self.path, self.text, self.name, self.values, self.place = path, text, name, values, place
        self.known: set[str] = set()

    @property
    def root(self) -> Path:
        """The folder of the file, with links resolved."""
        return self.path.parent.resolve()

    def fail(self, key: str, message: str) -> ConfigError:
        """Return the error for a key; the caller raises it."""
        return ConfigError(message, path=self.path, line=self._line_of(key))

    def _line_of(self, key: str) -> int | None:
        """Return the line of a key in this table, for messages; None when the key is written in a rare form."""
        section, place = "", -1
        for number, line in enumerate(self.text.splitlines(), 1):
            stripped = line.strip()
            if stripped.startswith("["):
                section = stripped.strip("[] ").replace('"', "")
                place += section == self.name and stripped.startswith("[[")
                if section == f"{self.name}.{key}".strip("."):
                    return number
            elif (
                section == self.name
                and max(place, 0) == self.place
                and re.match(rf'"?{re.escape(key)}"?\s*[=.]', stripped)
            ):
                return number
        return None

    def finish(self) -> None:
        """Refuse the keys that were not taken.

        Raises:
            ConfigError: with the nearest known key.
        """
        for key in self.values:
            if key not in self.known:
                near = difflib.get_close_matches(key, sorted(self.known), n=1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; known are: {', '.join(sorted(self.known))}"
                where = f"in [{self.name}]" if self.name else "at the top"
                raise self.fail(key, f"unknown key {key!r} {where}{hint}")

    # Every method below takes a key, and raises ConfigError for a value of another type or range -----------------

    def take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """Return the value of a key after a check of its type, or the default."""
        self.known.add(key)
        value = self.values.get(key, default)
        if value is default:
            return default
        if not isinstance(value, kind) or isinstance(value, bool):
            expected = {str: "a text", list: "a list of texts", dict: "a table"}.get(kind, "a number")  # type: ignore[call-overload]
            raise self.fail(key, f"{key} must be {expected}, not {value!r}")
        return value

    def text_of(self, key: str, default: str) -> str:
        """Return a text."""
        return str(self.take(key, str, default))

    def flag(self, key: str) -> bool:
        """Return true or false; false when the key is not set."""
        self.known.add(key)
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, f"{key} must be true or false, not {value!r}")
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.take(key, list, default)
        if not all(isinstance(value, str) for value in values):
            raise self.fail(key, f"{key} must be a list of texts")
        return tuple(values)

    def globs(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Return globs of files inside the folder of this file."""
        patterns = self.texts(key, default)
        for pattern in patterns:
            if not _stays_inside(pattern):
                raise self.fail(
                    key, f"{key} must be globs inside the project, such as 'source/**/*.txt', not {pattern!r}"
                )
            if any("**" in part and part != "**" for part in PurePosixPath(pattern).parts):
                raise self.fail(key, f"in {key}, ** must stand alone between slashes, unlike in {pattern!r}")
        return patterns

    def choice(self, key: str, default: _E) -> _E:
        """Return a member of the default's enumeration."""
        value = self.text_of(key, default.value)
        try:
            return type(default)(value)
        except ValueError:
            choices = ", ".join(type(default))
            raise self.fail(key, f"{key} must be one of {choices}, not {value!r}") from None

    def choices(self, key: str, kind: type[_E]) -> tuple[_E, ...]:
        """Return a list of members of an enumeration, each once; empty when the key is not set."""
        for value in (values := self.texts(key)):
            if value not in tuple(kind):
                raise self.fail(key, f"{key} must be a list of some of {', '.join(kind)}, and {value!r} is none")
        return tuple(dict.fromkeys(map(kind, values)))

    def percentage(self, key: str) -> float | None:
        """Return a number between 0 and 100; None when the key is not set."""
        value: float | None = self.take(key, (int, float), None)
        if value is not None and not 0 <= value <= 100:
            raise self.fail(key, f"{key} must be between 0 and 100, not {value:g}")
        return value

    def inside(self, key: str, default: str) -> Inside:
        """Return a path inside the folder of this file; links are checked when the path is used."""
        value = self.text_of(key, default)
        path = Path(os.path.normpath(self.root / value))
        if "\0" in value or path == self.root or not path.is_relative_to(self.root):
            raise self.fail(key, f"{key} must be a folder or file inside the project, not {value!r}")
        return Inside(self.root) / path.relative_to(self.root).as_posix()

    def inside_if_set(self, key: str) -> Inside | None:
        """Return a path as ``inside`` does; None when the key is not set."""
        self.known.add(key)
        return self.inside(key, "") if key in self.values else None

    def folder_name(self, key: str) -> str:
        """Return the plain name of a folder; "" when the key is not set."""
        value = self.text_of(key, "")
        if re.search(r'[/\\:*?"<>|\x00-\x1f]', value) or value.startswith("."):
            raise self.fail(key, f"{key} must be one plain folder name, not {value!r}")
        return value

    def table(self, key: str) -> Table:
        """Return a table in this one; empty when there is none."""
        return Table(self.path, self.text, f"{self.name}.{key}".strip("."), self.take(key, dict, {}))

    def tables(self, key: str) -> list[Table]:
        """Return the tables of a list, ``[[name.key]]``."""
        is_one = isinstance(self.values.get(key), dict)  # [checks.overrides] where [[checks.overrides]] is meant
        values = () if is_one else self.take(key, list, ())
        if is_one or not all(isinstance(value, dict) for value in values):
            raise self.fail(key, f"{key} must be a list of tables; write [[{self.name}.{key}]] before each")
        name = f"{self.name}.{key}".strip(".")
        return [Table(self.path, self.text, name, value, place) for place, value in enumerate(values)]

    def checked(self, key: str, value: str, check: Callable[[str], object]) -> str:
        """Return a value that a validator accepts; its error gets the file and line of the key."""
        try:
            check(value)
        except (ConfigError, ConversionError) as error:
            raise self.fail(key, error.message) from None
        return value


def _stays_inside(pattern: str) -> bool:
    """Whether a glob can match a file, and (apart from links) none outside its folder."""
    path = PurePosixPath(pattern)
    outside = path.is_absolute() or ".." in path.parts or PureWindowsPath(pattern).anchor or "\0" in pattern
    return bool(path.parts) and not outside
