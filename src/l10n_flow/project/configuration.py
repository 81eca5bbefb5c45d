"""The configuration of a project as frozen data."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from l10n_flow.conversion import Punctuation
from l10n_flow.documents import FRONT_MATTER
from l10n_flow.errors import ConfigError
from l10n_flow.inside import Inside
from l10n_flow.model import Severity, State
from l10n_flow.project import naming
from l10n_flow.project.outputs import Output, output_of

CONFIG_NAME = "l10n-flow.toml"
OVERRIDES_NAME = "l10n-flow.overrides.toml"
#: The globs of documents when the configuration has none.
DEFAULT_SOURCES = tuple(
    f"source/**/*.{suffix}" for suffix in ["txt", "md", "markdown", "html", "htm", "docx", "srt", "vtt"]
)


class Missing(StrEnum):
    """The text that a build writes for a unit without a text to publish."""

    FAIL = "fail"
    OMIT = "omit"
    SOURCE = "source"
    MARK = "mark"


class UnitSize(StrEnum):
    """The extent of one unit: a sentence, or a whole block."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class ReleasePage(StrEnum):
    """A page for translators and editors; a release contains it only if the configuration lists it."""

    BILINGUAL = "bilingual"


class OutputEncoding(StrEnum):
    """The encoding of the files of a build: UTF-8, or that of the source."""

    UTF_8 = "utf-8"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class LocaleConfig:
    """``[locale.<id>]``.

    Attributes:
        id: the gettext locale id.
        conversion: the conversion of a derived locale; None for a locale that people translate.
        punctuation: the punctuation marks of a derived locale.
        strict: whether the output equals that of opencc-python-reimplemented.
        vocabulary: whether words of Hong Kong are replaced by those of the Mainland.
        require: the first state that is published.
        fail_under: the least percentage of units in that state; None: 100 for ``status --gate``, none for ``build``.
        missing: the text for a unit without a text to publish.
        name_in_output: the locale's folder in a release and in the preview.
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
class ChecksOverride:
    """``[[checks.overrides]]``: other settings of rules for some documents and locales.

    Attributes:
        documents: globs of the documents' identities; empty: every document.
        locales: the ids of the locales; empty: every locale.
        ignore: rules that do not run there.
        severity: severities of rules there.
    """

    documents: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    def holds(self, document: str, locale: str) -> bool:
        """Whether it applies to a document in a locale."""
        is_named = not self.documents or any(naming.fits(document, glob) for glob in self.documents)
        return is_named and (not self.locales or locale in self.locales)


@dataclass(frozen=True, slots=True)
class ChecksConfig:
    """``[checks]``: the rules that run (all when ``select`` is empty) and their severities."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    overrides: tuple[ChecksOverride, ...] = ()

    def severities(self, document: str, locale: str) -> Mapping[str, Severity]:
        """Return the severities of the rules in a document and locale; of two overrides the later one counts."""
        found = dict(self.severity)
        for override in self.overrides:
            if override.holds(document, locale):
                found |= override.severity
        return found

    def ignored(self, document: str, locale: str) -> frozenset[str]:
        """Return the rules that overrides switch off in a document and locale."""
        held = (override for override in self.overrides if override.holds(document, locale))
        return frozenset(rule for override in held for rule in override.ignore)


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its folder and its configuration."""

    root: Path
    name: str
    source_locale: str
    sources: tuple[str, ...]
    exclude: tuple[str, ...]
    locales_dir: Inside
    build_dir: Inside
    preview_dir: Inside
    releases_dir: Inside
    unit: UnitSize
    termbase: Inside | None
    forbid_own_approval: bool
    locales: tuple[LocaleConfig, ...]
    checks: ChecksConfig
    digest_input: bytes = b""
    encoding: str = "utf-8"
    encodings: tuple[tuple[str, str], ...] = ()
    output_encoding: OutputEncoding = OutputEncoding.UTF_8
    release_pages: tuple[ReleasePage, ...] = ()
    front_matter: tuple[str, ...] = FRONT_MATTER
    outputs: tuple[Output, ...] = ()

    def encoding_of(self, shown: str) -> str:
        """Return the encoding of the source with this path: that of the first glob that matches, else the default."""
        found = (encoding for glob, encoding in self.encodings if naming.fits(shown, glob))
        return next(found, self.encoding)

    def output_path(self, document: str, source: str, locale: str) -> str:
        """Return the path of a document's file of a locale in the folder of a build.

        Args:
            document: the identity of the document.
            source: the path of its source.
            locale: a locale of the project; the source's is allowed, too.
        """
        folder = locale if locale == self.source_locale else self.locale(locale).folder
        return output_of(self.outputs, source).path(document, source, locale, folder)

    def locale(self, locale_id: str) -> LocaleConfig:
        """Return the configuration of a locale.

        Raises:
            ConfigError: when the project has no such locale.
        """
        for locale in self.locales:
            if locale.id == locale_id:
                return locale
        from difflib import get_close_matches  # noqa: PLC0415 - only for the message

        known = {locale.id.casefold(): locale.id for locale in self.locales}
        near = get_close_matches(locale_id.replace("-", "_").casefold(), known, 1)
        hint = f" (did you mean {known[near[0]]}?)" if near else ""
        raise ConfigError(f"this project has no locale {locale_id!r}{hint}; it has: {', '.join(known.values())}")

    def chosen(self, locale_ids: Sequence[str]) -> tuple[LocaleConfig, ...]:
        """Return the configurations of these locales in this order; empty: all.

        Raises:
            ConfigError: as ``locale``.
        """
        return tuple(self.locale(each) for each in dict.fromkeys(locale_ids)) or self.locales

    def output_dir(self, *, drafts: bool) -> Inside:
        """Return the folder of the preview, or of the release; drafts are never written into the second."""
        return self.preview_dir if drafts else self.build_dir

    def shows_bilingual(self, *, drafts: bool) -> bool:
        """Whether a preview, or a release, contains the pages with source and target side by side."""
        return drafts or ReleasePage.BILINGUAL in self.release_pages

    def file(self, name: str) -> Inside:
        """Return a path in the project; ``name`` has slashes."""
        return Inside(self.root) / name

    def shown(self, path: Path) -> str:
        """Return a path for messages: relative to the project, with slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)

    def catalogue_path(self, locale_id: str, document: str) -> Inside:
        return self.locales_dir / f"{locale_id}/LC_MESSAGES/{document}.po"

    def template_path(self, document: str) -> Inside:
        return self.locales_dir / f"{document}.pot"

    def shown_catalogue(self, locale_id: str, document: str) -> str:
        """Return the path of a catalogue for messages."""
        return self.catalogue_path(locale_id, document).shown


def source_folder(root: Path, pattern: str) -> Inside:
    """Return the folder of a glob before its first wildcard: ``source`` for ``source/**/*.txt``."""
    parts = Path(pattern).parts[:-1]
    fixed = Path(*itertools.takewhile(lambda part: not set(part) & set("*?["), parts))
    return Inside(root, naming.on_disk(root / fixed).parts[len(root.parts) :])
