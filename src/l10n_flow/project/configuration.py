"""What a project's configuration says."""

from __future__ import annotations

import fnmatch
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
from l10n_flow.project.outputs import Output, output_of

CONFIG_NAME = "l10n-flow.toml"
OVERRIDES_NAME = "l10n-flow.overrides.toml"
#: Which files are documents where the configuration does not say.
DEFAULT_SOURCES = tuple(
    f"source/**/*.{suffix}" for suffix in ["txt", "md", "markdown", "html", "htm", "docx", "srt", "vtt"]
)


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


class ReleasePage(StrEnum):
    """A page for those who work on the texts, which a release holds only where the project says so."""

    BILINGUAL = "bilingual"


class OutputEncoding(StrEnum):
    """How the files of a build are encoded: in UTF-8, or each as its source."""

    UTF_8 = "utf-8"
    SOURCE = "source"


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
        name_in_output: its folder in a release and in a preview.
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
    """``[[checks.overrides]]``: what is different for some documents and locales.

    Attributes:
        documents: globs of the documents' identities; none: every document.
        locales: the ids of the locales; none: every locale.
        ignore: rules that do not run there.
        severity: how grave rules are there.
    """

    documents: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    def holds(self, document: str, locale: str) -> bool:
        """Whether it is about a document in a locale."""
        is_named = not self.documents or any(fnmatch.fnmatchcase(document, glob) for glob in self.documents)
        return is_named and (not self.locales or locale in self.locales)


@dataclass(frozen=True, slots=True)
class ChecksConfig:
    """``[checks]``: which rules run (all when ``select`` is empty) and how grave they are."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    overrides: tuple[ChecksOverride, ...] = ()

    def severities(self, document: str, locale: str) -> Mapping[str, Severity]:
        """How grave the rules are in a document and locale; of two overrides the later one wins."""
        found = dict(self.severity)
        for override in self.overrides:
            if override.holds(document, locale):
                found |= override.severity
        return found

    def ignored(self, document: str, locale: str) -> frozenset[str]:
        """The rules that overrides take away from a document and locale."""
        held = (override for override in self.overrides if override.holds(document, locale))
        return frozenset(rule for override in held for rule in override.ignore)


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and what its configuration says."""

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
        """How the source at this path in the project is encoded: as the first glob that fits says, else the default."""
        found = (encoding for glob, encoding in self.encodings if fnmatch.fnmatchcase(shown, glob))
        return next(found, self.encoding)

    def output_path(self, document: str, source: str, locale: str) -> str:
        """Where the file of a document in a locale goes, in the folder of a build.

        Args:
            document: its identity.
            source: the path of its source.
            locale: one of the project's, that of the sources too.
        """
        folder = locale if locale == self.source_locale else self.locale(locale).folder
        return output_of(self.outputs, source).path(document, source, locale, folder)

    def locale(self, locale_id: str) -> LocaleConfig:
        """The configuration of a locale.

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
        """The locales asked for, in that order; all without any.

        Raises:
            ConfigError: as ``locale``.
        """
        return tuple(self.locale(each) for each in dict.fromkeys(locale_ids)) or self.locales

    def output_dir(self, *, drafts: bool) -> Inside:
        """The folder of the preview, or of the release: what is no release never lies in the latter."""
        return self.preview_dir if drafts else self.build_dir

    def shows_bilingual(self, *, drafts: bool) -> bool:
        """Whether the pages with source and target side by side go into a preview, or a release."""
        return drafts or ReleasePage.BILINGUAL in self.release_pages

    def file(self, name: str) -> Inside:
        """A path in the project; ``name`` has slashes."""
        return Inside(self.root) / name

    def shown(self, path: Path) -> str:
        """A path as messages show it: relative to the project, with slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)

    def catalogue_path(self, locale_id: str, document: str) -> Inside:
        return self.locales_dir / f"{locale_id}/LC_MESSAGES/{document}.po"

    def template_path(self, document: str) -> Inside:
        return self.locales_dir / f"{document}.pot"

    def shown_catalogue(self, locale_id: str, document: str) -> str:
        """The path of a catalogue as messages show it."""
        return self.catalogue_path(locale_id, document).shown


def source_folder(root: Path, pattern: str) -> Inside:
    """The folder that a glob begins in, before its first wildcard: ``source`` of ``source/**/*.txt``."""
    parts = Path(pattern).parts[:-1]
    return Inside(root, tuple(itertools.takewhile(lambda part: not set(part) & set("*?["), parts)))
