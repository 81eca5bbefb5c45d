"""The project: ``l10n-flow.toml`` read, every key and value validated (docs/configuration.md)."""

from __future__ import annotations

import difflib
import itertools
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from l10n_flow.conversion import Punctuation, require, writes_simplified
from l10n_flow.errors import ConfigError, ConversionError
from l10n_flow.locales import validate
from l10n_flow.model import Severity, State

_E = TypeVar("_E", bound=StrEnum)

CONFIG_NAME = "l10n-flow.toml"
OVERRIDES_NAME = "l10n-flow.overrides.toml"


class Missing(StrEnum):
    """What a build puts where there is no text to publish."""

    FAIL = "fail"
    OMIT = "omit"
    SOURCE = "source"
    MARK = "mark"


class UnitSize(StrEnum):
    """What one unit is: a sentence, or a whole block."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class LocaleConfig:
    """``[locale.<id>]``.

    Attributes:
        id: the gettext locale id.
        conversion: the conversion that fills it, or None when people translate it.
        punctuation: the punctuation marks of a converted locale.
        strict: whether it is converted exactly as opencc-python-reimplemented does.
        vocabulary: whether Hong Kong words give way to the Mainland's.
        require: the least state that is published.
        fail_under: the least percentage of units in that state; None: 100 for ``status --gate``, none for ``build``.
        missing: what stands where there is nothing to publish.
        name_in_output: its folder under the build folder.
    """

    id: str
    conversion: str | None = None
    punctuation: Punctuation = Punctuation.MAINLAND
    strict: bool = False
    vocabulary: bool = False
    require: State = State.TRANSLATED
    fail_under: float | None = None
    missing: Missing = Missing.FAIL
    name_in_output: str = ""

    @property
    def folder(self) -> str:
        return self.name_in_output or self.id

    @property
    def derived(self) -> bool:
        return self.conversion is not None


@dataclass(frozen=True, slots=True)
class ChecksConfig:
    """``[checks]``: which rules run (all when ``select`` is empty) and how grave they are."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and what its configuration says; all paths are absolute."""

    root: Path
    name: str
    source_locale: str
    sources: tuple[str, ...]
    exclude: tuple[str, ...]
    locales_dir: Path
    build_dir: Path
    unit: UnitSize
    termbase: Path | None
    forbid_own_approval: bool
    locales: tuple[LocaleConfig, ...]
    checks: ChecksConfig
    digest_input: bytes = b""

    def locale(self, locale_id: str) -> LocaleConfig:
        """The configuration of a locale.

        Raises:
            ConfigError: when the project has no such locale.
        """
        for locale in self.locales:
            if locale.id == locale_id:
                return locale
        known = ", ".join(locale.id for locale in self.locales)
        raise ConfigError(f"this project has no locale {locale_id!r}; it has: {known}")

    def catalogue_path(self, locale_id: str, document: str) -> Path:
        return self.locales_dir / locale_id / "LC_MESSAGES" / f"{document}.po"

    def template_path(self, document: str) -> Path:
        return self.locales_dir / f"{document}.pot"

    def shown(self, path: Path) -> str:
        """A path as messages show it: relative to the project, with slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)


def find_project(start: Path) -> Project:
    """The project whose configuration lies in ``start`` or the nearest folder above it.

    Raises:
        ConfigError: when there is none, or it is wrong.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG_NAME).is_file():
            return load_project(folder / CONFIG_NAME)
    raise ConfigError(f"no {CONFIG_NAME} in {start} or a folder above it; run: l10n-flow init")


def load_project(path: Path) -> Project:
    """Read a configuration file.

    Raises:
        ConfigError: for what is not TOML, unknown keys (with the nearest known one) and wrong values.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(
            "is not UTF-8; save it as UTF-8", path=path, line=data.count(b"\n", 0, error.start) + 1
        ) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise ConfigError(f"is not valid TOML: {error}", path=path, line=int(found[1]) if found else None) from None
    return _Table(path, text, "", document).project(data)


def fixed_part(pattern: str) -> str:
    """The folders of a glob before its first wildcard: ``source`` of ``source/**/*.txt``."""
    parts = Path(pattern).parts[:-1]
    return "/".join(itertools.takewhile(lambda part: not set(part) & set("*?["), parts))


class _Table:
    """One table of the file, its keys taken one by one; what is left over is unknown."""

    def __init__(self, path: Path, text: str, name: str, values: Mapping[str, Any]) -> None:
        self.path, self.text, self.name, self.values = path, text, name, values
        self.known: list[str] = []

    def fail(self, key: str, message: str) -> ConfigError:
        return ConfigError(message, path=self.path, line=self.line_of(key))

    def line_of(self, key: str) -> int | None:
        """The line of a key in this table, for messages; None when written in a form we do not look for."""
        section = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            stripped = line.strip()
            if stripped.startswith("["):
                section = stripped.strip("[] ").replace('"', "")
                if section == f"{self.name}.{key}".strip("."):
                    return number
            elif section == self.name and re.match(rf'"?{re.escape(key)}"?\s*[=.]', stripped):
                return number
        return None

    def take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """The value of a key, of the right type, or the default."""
        self.known.append(key)
        value = self.values.get(key, default)
        if value is default:
            return default
        if not isinstance(value, kind) or isinstance(value, bool):
            expected = {str: "a text", list: "a list of texts", dict: "a table"}.get(kind, "a number")  # type: ignore[call-overload]
            raise self.fail(key, f"{key} must be {expected}, not {value!r}")
        return value

    def text_of(self, key: str, default: str) -> str:
        return str(self.take(key, str, default))

    def flag(self, key: str) -> bool:
        self.known.append(key)
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, f"{key} must be true or false, not {value!r}")
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        values = self.take(key, list, default)
        if not all(isinstance(value, str) for value in values):
            raise self.fail(key, f"{key} must be a list of texts")
        return tuple(values)

    def choice(self, key: str, default: _E) -> _E:
        value = self.text_of(key, default.value)
        try:
            return type(default)(value)
        except ValueError:
            choices = ", ".join(type(default))
            raise self.fail(key, f"{key} must be one of {choices}, not {value!r}") from None

    def inside(self, key: str, default: str) -> Path:
        """A path within the project folder."""
        value = self.text_of(key, default)
        path = (self.path.parent / value).resolve()
        if not path.is_relative_to(self.path.parent.resolve()) or path == self.path.parent.resolve():
            raise self.fail(key, f"{key} must be a folder or file inside the project, not {value!r}")
        return path

    def table(self, key: str) -> _Table:
        return _Table(self.path, self.text, f"{self.name}.{key}".strip("."), self.take(key, dict, {}))

    def checked(self, key: str, value: str, check: Callable[[str], object]) -> str:
        """A value that a validator accepts, its refusal placed in this file."""
        try:
            check(value)
        except (ConfigError, ConversionError) as error:
            raise self.fail(key, error.message) from None
        return value

    def finish(self) -> None:
        for key in self.values:
            if key not in self.known:
                near = difflib.get_close_matches(key, self.known, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; known are: {', '.join(sorted(self.known))}"
                where = f"in [{self.name}]" if self.name else "at the top"
                raise self.fail(key, f"unknown key {key!r} {where}{hint}")

    # The tables there are ----------------------------------------------------------------------------------------

    def project(self, data: bytes) -> Project:
        main, locales, checks = self.table("project"), self.table("locale"), self.table("checks")
        self.finish()
        source_locale = main.text_of("source-locale", "zh_Hant_HK")
        main.checked("source-locale", source_locale, validate)
        termbase = main.inside("termbase", "terms.csv") if "termbase" in main.values else None
        project = Project(
            root=self.path.parent.resolve(),
            name=main.text_of("name", self.path.parent.resolve().name),
            source_locale=source_locale,
            sources=main.texts("sources", ("source/**/*.txt",)),
            exclude=main.texts("exclude"),
            locales_dir=main.inside("locales-dir", "locales"),
            build_dir=main.inside("build-dir", "build"),
            unit=main.choice("unit", UnitSize.SENTENCE),
            termbase=termbase,
            forbid_own_approval=main.flag("forbid-own-approval"),
            locales=tuple(locales.locale(key, source_locale) for key in locales.values),
            checks=checks.checks(),
            digest_input=data,
        )
        main.known.append("termbase")
        main.finish()
        self.refuse_clashes(project)
        return project

    def refuse_clashes(self, project: Project) -> None:
        if not project.locales:
            raise ConfigError("names no locale to publish; add a [locale.<id>] table", path=self.path)
        build = project.build_dir
        for other in (project.locales_dir, *(project.root / fixed_part(glob) for glob in project.sources)):
            if build.is_relative_to(other) or other.is_relative_to(build):
                shown = project.shown(other)
                raise ConfigError(f"build-dir and {shown}/ must not lie in one another; choose another", path=self.path)
        folders = [project.source_locale, *(locale.folder for locale in project.locales)]
        twice = {folder for folder in folders if [f.casefold() for f in folders].count(folder.casefold()) > 1}
        if twice:
            raise ConfigError(
                f"two locales would be written to the folder {min(twice)}; set name-in-output", path=self.path
            )

    def locale(self, key: str, source_locale: str) -> LocaleConfig:
        self.checked(key, key, validate)
        if key == source_locale:
            raise self.fail(key, f"{key} is the source locale; it needs no [locale] table")
        table = self.table(key)
        conversion = table.text_of("conversion", "") or None
        strict = table.flag("strict")
        if conversion is not None:
            table.checked("conversion", conversion, lambda name: require(name, strict=strict))
        vocabulary = table.flag("vocabulary")
        if vocabulary and not writes_simplified(conversion or ""):
            raise table.fail("vocabulary", "vocabulary needs a conversion into Simplified, such as hk2s")
        locale = LocaleConfig(
            id=key,
            conversion=conversion,
            punctuation=table.choice("punctuation", Punctuation.usual(conversion or "")),
            strict=strict,
            vocabulary=vocabulary,
            require=table.choice("require", State.TRANSLATED),
            fail_under=table.percentage("fail-under"),
            missing=table.choice("missing", Missing.FAIL),
            name_in_output=table.folder_name("name-in-output"),
        )
        if locale.require.rank < State.TRANSLATED.rank:
            raise table.fail("require", "require must be translated or approved; unfinished text needs build --drafts")
        table.finish()
        return locale

    def percentage(self, key: str) -> float | None:
        value: float | None = self.take(key, (int, float), None)
        if value is not None and not 0 <= value <= 100:
            raise self.fail(key, f"{key} must be between 0 and 100, not {value:g}")
        return value

    def folder_name(self, key: str) -> str:
        value = self.text_of(key, "")
        if re.search(r'[/\\:*?"<>|\x00-\x1f]', value) or value.startswith("."):
            raise self.fail(key, f"{key} must be one plain folder name, not {value!r}")
        return value

    def checks(self) -> ChecksConfig:
        severity = self.table("severity")
        for rule in severity.values:
            severity.choice(rule, Severity.ERROR)
        config = ChecksConfig(
            self.texts("select"), self.texts("ignore"), {rule: Severity(v) for rule, v in severity.values.items()}
        )
        self.finish()
        return config
