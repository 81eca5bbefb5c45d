"""Read the configuration file and validate its tables."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from l10n_flow import files, scripts, toml
from l10n_flow.conversion import Punctuation, ends, fitting, require, writes_simplified
from l10n_flow.documents import FRONT_MATTER
from l10n_flow.documents.encodings import UTF_8
from l10n_flow.documents.encodings import require as require_encoding
from l10n_flow.errors import ConfigError, L10nFlowError, SourceError
from l10n_flow.inside import Inside
from l10n_flow.locales import script, script_name, validate
from l10n_flow.model import Severity, State
from l10n_flow.project.configuration import (
    CONFIG_NAME,
    DEFAULT_SOURCES,
    ChecksConfig,
    ChecksOverride,
    LocaleConfig,
    Missing,
    OutputEncoding,
    Project,
    ReleasePage,
    UnitSize,
    source_folder,
)
from l10n_flow.project.outputs import Output, require_output
from l10n_flow.project.table import Table

#: Keys of a conversion, which a locale that people translate cannot have.
_OF_CONVERSION = ("punctuation", "strict", "vocabulary")

#: Folders of a build that do not belong to a locale.
_WORK_FOLDERS = ("bilingual", "pages", "review")


def find_project(start: str | PathLike[str]) -> Project:
    """Return the project whose configuration is in ``start`` or the nearest folder above it.

    Raises:
        ConfigError: when there is no configuration, or it is wrong.
    """
    here = Path(start).resolve()
    for folder in (here, *here.parents):
        if _is_there(folder / CONFIG_NAME):
            return load_project(folder / CONFIG_NAME)
    raise ConfigError(f"no {CONFIG_NAME} in {start} or a folder above it; run: l10n-flow init")


def _is_there(path: Path) -> bool:
    """Whether anything has this name; also an unreadable file stops the search, so that no outer project is taken."""
    try:
        return not stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def load_project(path: Path) -> Project:
    """Read a configuration file.

    Raises:
        ConfigError: the file cannot be read or is not TOML, a key is unknown (the message has the nearest known key),
            or a value is wrong.
    """
    try:
        data = files.read_optional(Inside.at(path))
    except L10nFlowError as error:
        raise ConfigError(error.message, path=error.path) from None
    if data is None:
        raise ConfigError("cannot be read: there is no such file", path=path)
    text, document = toml.loads(data, path)
    return _project(Table(path, text, "", document), data)


def _project(file: Table, data: bytes) -> Project:
    main, locales, checks = file.table("project"), file.table("locale"), file.table("checks")
    encodings, outputs = file.table("encodings"), file.table("outputs")
    file.finish()
    source_locale = main.checked("source-locale", main.text_of("source-locale", "zh_Hant_HK"), validate)
    project = Project(
        root=file.root,
        name=main.text_of("name", file.root.name),
        source_locale=source_locale,
        sources=main.globs("sources", DEFAULT_SOURCES),
        exclude=main.texts("exclude"),
        locales_dir=main.inside("locales-dir", "locales"),
        build_dir=main.inside("build-dir", "build"),
        preview_dir=main.inside("preview-dir", "preview"),
        releases_dir=main.inside("releases-dir", "releases"),
        unit=main.choice("unit", UnitSize.SENTENCE),
        front_matter=main.texts("front-matter", FRONT_MATTER),
        outputs=tuple(Output(glob, _output(outputs, glob)) for glob in outputs.values),
        termbase=main.inside_if_set("termbase"),
        forbid_own_approval=main.flag("forbid-own-approval"),
        locales=tuple(_locale(locales, key, source_locale) for key in locales.values),
        checks=_checks(checks, tuple(locales.values)),
        digest_input=data,
        encoding=_encoding(main, "encoding"),
        encodings=tuple((glob, _encoding(encodings, glob)) for glob in encodings.values),
        output_encoding=main.choice("output-encoding", OutputEncoding.UTF_8),
        release_pages=main.choices("release-pages", ReleasePage),
    )
    main.finish()
    _refuse_clashes(project, file.path)
    return project


def _encoding(table: Table, key: str) -> str:
    name = table.text_of(key, UTF_8)
    try:
        return require_encoding(name)
    except SourceError as error:
        raise table.fail(key, error.message) from None


def _output(table: Table, glob: str) -> str:
    return table.checked(glob, table.text_of(glob, ""), require_output)


def _refuse_clashes(project: Project, path: Path) -> None:
    if not project.locales:
        raise ConfigError("names no locale to publish; add a [locale.<id>] table", path=path)
    build, preview = project.build_dir, project.preview_dir
    kept = (project.locales_dir, *(source_folder(project.root, glob) for glob in project.sources))
    records = project.releases_dir
    kept = (*kept, records)
    for key, folder, others in (
        ("build-dir", build, kept),
        ("preview-dir", preview, (build, *kept)),
        ("releases-dir", records, kept[:-1]),
    ):
        for other in others:
            if folder.is_within(other) or other.is_within(folder):
                raise ConfigError(
                    f"{key} and {other.shown or '.'}/ must not lie in one another; choose another", path=path
                )
    folders = [project.source_locale, *(locale.folder for locale in project.locales)]
    for folder_name in folders:
        if folder_name.casefold() in _WORK_FOLDERS:
            raise ConfigError(f"name-in-output must not be {folder_name!r}: pages of ours go there", path=path)
    twice = {folder for folder in folders if [f.casefold() for f in folders].count(folder.casefold()) > 1}
    if twice:
        raise ConfigError(f"two locales would be written to the folder {min(twice)}; set name-in-output", path=path)


def _locale(locales: Table, key: str, source_locale: str) -> LocaleConfig:
    locales.checked(key, key, validate)
    if key == source_locale:
        raise locales.fail(key, f"{key} is the source locale; it needs no [locale] table")
    table = locales.table(key)
    conversion = _conversion(table, source_locale, key)
    locale = LocaleConfig(
        id=key,
        conversion=conversion,
        punctuation=table.choice("punctuation", Punctuation.usual(conversion or "")),
        strict=table.flag("strict"),
        vocabulary=table.flag("vocabulary"),
        require=table.choice("require", State.TRANSLATED),
        fail_under=table.percentage("fail-under"),
        missing=table.choice("missing", Missing.FAIL),
        name_in_output=table.folder_name("name-in-output"),
    )
    if locale.require.rank < State.TRANSLATED.rank:
        raise table.fail("require", "require must be translated or approved; unfinished text needs build --drafts")
    table.finish()
    return locale


def _conversion(table: Table, source_locale: str, target: str) -> str | None:
    """Return the conversion of a locale; refuse one that does not fit the scripts or the locale's other keys."""
    conversion = table.text_of("conversion", "")
    if not conversion:
        for key in _OF_CONVERSION:
            if key in table.values:
                raise table.fail(key, f"{key} goes with a conversion, and this locale has none")
        return None
    strict = table.flag("strict")
    table.checked("conversion", conversion, lambda name: require(name, strict=strict))
    _require_scripts(table, conversion, source_locale, target)
    if table.flag("vocabulary") and not writes_simplified(conversion):
        raise table.fail("vocabulary", "vocabulary needs a conversion into Simplified, such as hk2s")
    return conversion


def _require_scripts(table: Table, conversion: str, source_locale: str, target: str) -> None:
    """Refuse a conversion that reads or writes another script than that of its locales."""
    wanted = script(source_locale), script(target)
    said = (f"reads {{}}, and the source locale {source_locale}", f"writes {{}}, and {target}")
    for has, written, words in zip(ends(conversion), wanted, said, strict=True):
        if not has or has == written:
            continue
        begin, end = scripts.variety(source_locale), scripts.variety(target)
        fits = fitting(*wanted, strict=table.flag("strict"))
        best = min(fits, key=lambda name: (not name.startswith(begin), not name.endswith(end), len(name)), default="")
        remedy = f"take {best}" if best else f"leave conversion out, so that people translate {target}"
        told = f"{conversion} {words.format(script_name(has))} is written in {script_name(written)}; {remedy}"
        raise table.fail("conversion", told)


def _checks(table: Table, locales: Sequence[str]) -> ChecksConfig:
    overrides = tuple(_override(each, locales) for each in table.tables("overrides"))
    config = ChecksConfig(_rules(table, "select"), _rules(table, "ignore"), _severity(table), overrides)
    table.finish()
    return config


def _override(table: Table, locales: Sequence[str]) -> ChecksOverride:
    documents, locales_meant = table.texts("documents"), table.texts("locales")
    override = ChecksOverride(documents, locales_meant, _rules(table, "ignore"), _severity(table))
    table.finish()
    for locale in override.locales:
        if locale not in locales:
            raise table.fail("locales", f"this project has no locale {locale!r}; it has: {', '.join(locales)}")
    return override


def _severity(table: Table) -> Mapping[str, Severity]:
    severity = table.table("severity")
    return {_rule(severity, rule, rule): severity.choice(rule, Severity.ERROR) for rule in severity.values}


def _rules(table: Table, key: str) -> tuple[str, ...]:
    return tuple(_rule(table, key, rule) for rule in table.texts(key))


def _rule(table: Table, key: str, rule: str) -> str:
    from l10n_flow.checks import require_known  # noqa: PLC0415 - start-up: most configurations name no rule

    return table.checked(key, rule, lambda name: require_known([name]))
