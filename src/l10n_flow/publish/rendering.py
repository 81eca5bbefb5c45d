"""The files of one document in a build."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from l10n_flow import documents, ids
from l10n_flow.catalogue import compile_mo
from l10n_flow.conversion import Converter, Rule
from l10n_flow.files import Bytes
from l10n_flow.inline import CodeKind
from l10n_flow.model import Document, Key, Unit
from l10n_flow.project import Edition, OpenProject, OutputEncoding, Snapshot
from l10n_flow.publish import pages
from l10n_flow.publish.choose import Published, UnreadyUnit, publish, with_kept
from l10n_flow.publish.pages import ArticlePage, BilingualPage, PageBlock, PageUnit, Word
from l10n_flow.publish.pages.common import title_of
from l10n_flow.publish.paths import INDEX, article_path, bilingual_path, page_folder
from l10n_flow.scripts import visible

DRAFT_LINE = "[ DRAFT, not approved for publication · 草稿，請勿發布 · 草稿，请勿发布 ]"

#: The header fields of a catalogue that contain names of people; they are not published.
_OF_PEOPLE = frozenset({"Last-Translator", "Language-Team", "Report-Msgid-Bugs-To"})


@dataclass(frozen=True, slots=True)
class Note:
    """A unit that is published with another text than that of its catalogue, and the reason."""

    document: str
    locale: str
    key: Key
    message: str


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """The result of rendering one document: the paths, the problems that stop a release, and the notes.

    ``titles`` and ``published`` are by locale; ``published`` has no entry for the source locale.
    """

    names: tuple[str, ...]
    problems: tuple[UnreadyUnit, ...]
    notes: tuple[Note, ...]
    titles: dict[str, str]
    published: dict[str, tuple[Published, ...]]


#: Receives each file with its path as soon as it is rendered: all files of a document together need much memory.
Put: TypeAlias = Callable[[str, Bytes], None]


def document_files(
    opened: OpenProject, loaded: Snapshot, put: Put, *, drafts: bool, there: Sequence[str] = ()
) -> DocumentFiles:
    """Render one document: its source and every edition.

    Args:
        opened: the project.
        loaded: the document with the editions to build.
        put: receives each file.
        drafts: whether texts that are not ready are published.
        there: locales whose pages stay from an earlier build; they are linked, too.

    Raises:
        SourceError: as ``documents.render``; ``put`` may have received some files before.
    """
    return _DocumentBuild(opened, loaded, put, drafts=drafts, there=there).run()


class _DocumentBuild:
    def __init__(self, opened: OpenProject, loaded: Snapshot, put: Put, *, drafts: bool, there: Sequence[str]) -> None:
        self.opened, self.loaded, self.drafts = opened, loaded, drafts
        self._put = put
        self.project = project = opened.settings
        self.bilingual = project.shows_bilingual(drafts=drafts)
        self.document: Document = loaded.document
        linked = {*there, *(edition.locale.id for edition in loaded.editions)}
        self.folders = {locale.id: locale.folder for locale in project.locales if locale.id in linked}
        self.short = ids.short(unit.key for unit in self.document.units())
        self.names: list[str] = []
        self.titles: dict[str, str] = {}
        self.published: dict[str, tuple[Published, ...]] = {}
        self.problems: list[UnreadyUnit] = []
        self.notes: list[Note] = []

    def run(self) -> DocumentFiles:
        source = self.project.source_locale
        plain = tuple(Published(unit.text, None) for unit in self.document.units())
        self.write_edition(source, source, plain, self.document)
        for edition in self.loaded.editions:
            published = publish(self.opened, self.document, edition, drafts=self.drafts)
            self.judge(edition, published)
            self.published[edition.locale.id] = published
            document = with_kept(self.opened, self.document, edition.locale)
            blocks = self.write_edition(edition.locale.id, edition.locale.folder, published, document)
            if self.bilingual:
                self.write_bilingual(edition, blocks)
            self.write_mo(edition, published)
        return DocumentFiles(tuple(self.names), tuple(self.problems), tuple(self.notes), self.titles, self.published)

    def put(self, name: str, data: Bytes) -> None:
        self.names.append(name)
        self._put(name, data)

    def judge(self, edition: Edition, published: Sequence[Published]) -> None:
        seen: set[Key] = set()
        for unit in published:
            translation = unit.translation
            if translation is None or translation.key in seen:
                continue
            seen.add(translation.key)
            if not (unit.ready or self.drafts):
                self.problems.append(UnreadyUnit(self.loaded.name, edition.locale.id, translation))
            if unit.note:
                self.notes.append(Note(self.loaded.name, edition.locale.id, translation.key, unit.note))

    def write_edition(
        self, locale: str, folder: str, published: Sequence[Published], document: Document
    ) -> tuple[PageBlock, ...]:
        name = self.loaded.name
        texts = [unit.text for unit in published]
        draft = "" if all(unit.ready for unit in published) else DRAFT_LINE
        path = self.project.output_path(name, self.loaded.path, locale)
        data = documents.render(
            document,
            texts,
            locale=locale,
            source_locale=self.project.source_locale,
            draft=draft,
            as_source=self.project.output_encoding is OutputEncoding.SOURCE,
            path=path,
        )
        self.put(path, data)
        del data  # frees memory before the page is rendered
        blocks = page_blocks(self.document, published, self.project.source_locale, self.short)
        self.titles[locale] = title_of(blocks, locale, self.document.format)
        here = page_folder(folder, self.loaded.path)
        page = ArticlePage(
            document=name,
            locale=locale,
            title=self.titles[locale],
            blocks=blocks,
            editions=self.editions(here),
            draft=self.drafts,
            index_href=_relative(INDEX, here, name),
            bilingual_href=_relative(bilingual_path(folder, name), here, name) if self.has_bilingual(locale) else "",
            format=self.document.format,
        )
        self.put(article_path(folder, name, self.loaded.path), pages.article_file(page))
        return blocks

    def has_bilingual(self, locale: str) -> bool:
        return self.bilingual and locale in self.folders

    def editions(self, where: str) -> tuple[pages.EditionPage, ...]:
        """Return the links to the pages of all editions, relative to a folder."""
        name = self.loaded.name
        source = self.project.source_locale
        every = [(source, source), *self.folders.items()]
        return tuple(
            pages.EditionPage(locale, _relative(article_path(target, name, self.loaded.path), where, name))
            for locale, target in every
        )

    def write_bilingual(self, edition: Edition, blocks: tuple[PageBlock, ...]) -> None:
        folder, name = edition.locale.folder, self.loaded.name
        path = bilingual_path(folder, name)
        page = BilingualPage(
            document=name,
            source_locale=self.project.source_locale,
            locale=edition.locale.id,
            blocks=self.explained(edition, blocks),
            editions=self.editions(f"bilingual/{folder}"),
            draft=self.drafts,
            index_href=_relative(INDEX, f"bilingual/{folder}", name),
            counts=_counts(edition),
            format=self.document.format,
        )
        self.put(path, pages.bilingual_file(page))

    def explained(self, edition: Edition, blocks: tuple[PageBlock, ...]) -> tuple[PageBlock, ...]:
        """Return the blocks with the rules that converted their words, if the text equals today's conversion."""
        converter = self.opened.converter(edition.locale)
        if converter is None:
            return blocks
        return tuple(
            PageBlock(block.kind, tuple(_with_words(block.units, converter, self.document.format))) for block in blocks
        )

    def write_mo(self, edition: Edition, published: Sequence[Published]) -> None:
        targets = {
            unit.translation.key: unit.text
            for unit in published
            if unit.translation is not None and unit.text and not unit.foreign and unit.translation.target
        }
        folder, name = edition.locale.folder, self.loaded.name
        header = {field: "" if field in _OF_PEOPLE else text for field, text in edition.header.items()}
        self.put(f"{folder}/LC_MESSAGES/{name}.mo", compile_mo(header, targets))


def page_blocks(
    document: Document, published: Sequence[Published], source_locale: str, short: Mapping[Key, str]
) -> tuple[PageBlock, ...]:
    """Return the blocks of a document for a page.

    Args:
        document: the document.
        published: the published text of each unit, in order.
        source_locale: the locale of the source.
        short: the ids of the units.
    """
    pairs = zip(document.units(), published, strict=True)
    units = (_page_unit(unit, short[unit.key], text, source_locale) for unit, text in pairs)
    if document.format != "text":
        units = (unit._replace(breaks=broken) for unit, broken in zip(units, _breaks(document), strict=True))
    return tuple(PageBlock(block.kind, tuple(itertools.islice(units, len(block.units)))) for block in document.blocks)


def _breaks(document: Document) -> Iterator[bool]:
    """For every unit, whether the author forced a line break before it in its block."""
    for block in document.blocks:
        broken = False
        for unit in block.units:
            yield broken
            codes = documents.inline(document.format, f"{unit.gap}|") if unit.gap else ()
            broken = any(code.kind is CodeKind.BREAK for code in codes)


def _page_unit(unit: Unit, id_: str, published: Published, source_locale: str) -> PageUnit:
    text, translation = visible(published.text or ""), published.translation
    if translation is None:
        return PageUnit(text, unit.role, None, unit.text)
    return PageUnit(
        text,
        unit.role,
        translation.state,
        unit.text,
        note=published.note,
        id=id_,
        origin=translation.origin,
        previous=translation.previous or "",
        locale=source_locale if published.foreign else "",
        joined=translation.joined,
    )


def _with_words(units: Sequence[PageUnit], converter: Converter, form: str) -> Iterator[PageUnit]:
    codes = [documents.inline(form, unit.source) for unit in units]
    told = [
        ()
        if has_codes
        else tuple(
            Word(change.start, change.end, change.target_start, change.target_end, change.rule.value)
            for change in converter.explain_words(unit.source)
            if change.rule is not Rule.DICTIONARY
        )
        for unit, has_codes in zip(units, codes, strict=True)
    ]
    fresh = converter.convert_block([unit.source for unit in units], codes) if any(told) else ()
    for number, (unit, words) in enumerate(zip(units, told, strict=True)):
        yield unit._replace(converted=words) if words and unit.text == fresh[number] else unit


def _counts(edition: Edition) -> dict[str, int]:
    counts: dict[str, int] = {}
    for translation in edition.translations.values():
        for name in (translation.state.value, "stale" if translation.stale else "", translation.origin or ""):
            if name:
                counts[str(name)] = counts.get(str(name), 0) + 1
    return counts


def _relative(target: str, folder: str, name: str) -> str:
    """Return the relative path from the page of a document in a folder to another file of the build."""
    return posixpath.relpath(target, posixpath.dirname(f"{folder}/{name}"))
