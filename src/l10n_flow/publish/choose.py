"""Choose the text of every unit that may be published in a locale; a unit may have none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from l10n_flow import documents, scripts
from l10n_flow.conversion import Converter
from l10n_flow.model import Block, Document, State, Translation
from l10n_flow.project import Edition, LocaleConfig, Missing, OpenProject, block_codes, has_traditional

#: The marks around a source text in place of a missing translation, with ``missing = "mark"``.
MARK_OPEN, MARK_CLOSE = "〔", "〕"


class Published(NamedTuple):
    """One published unit occurrence (a named tuple, because a large build makes many).

    Attributes:
        text: the published text; None leaves the unit out.
        translation: the unit's translation; None in the source locale.
        ready: whether a release may contain the text.
        note: the reason why it is not the text of the catalogue; "" when it is.
        foreign: whether it is the source text, because there is no translation.
    """

    text: str | None
    translation: Translation | None
    ready: bool = True
    note: str = ""
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class UnreadyUnit:
    """A unit that stops a release of an edition."""

    document: str
    locale: str
    translation: Translation


def publish(opened: OpenProject, document: Document, edition: Edition, *, drafts: bool) -> tuple[Published, ...]:
    """Choose the text of every unit occurrence, in order.

    Args:
        opened: the project.
        document: the document.
        edition: its translations into the locale.
        drafts: whether texts that are not ready are published, too; a missing text is then marked.
    """
    chooser = _Chooser(opened, document, edition.locale, drafts=drafts)
    return tuple(
        published
        for block in document.blocks
        for published in chooser.block(block, [edition.translations[unit.key] for unit in block.units])
    )


def with_kept(opened: OpenProject, document: Document, locale: LocaleConfig) -> Document:
    """Return a document whose untranslatable texts are converted to the script of a Chinese locale.

    The rest of the skeleton and the inline codes of these texts do not change.
    """
    converter = _converter(opened, locale) if document.kept else None
    if converter is None:
        return document
    skeleton = [*(block.before for block in document.blocks), document.tail]
    for number, start, end in reversed(document.kept):
        before = skeleton[number]
        text = before[start:end]
        codes = [] if document.format == "text" else [documents.inline(document.format, text)]
        skeleton[number] = f"{before[:start]}{converter.convert_block([text], codes)[0]}{before[end:]}"
    *befores, tail = skeleton
    pairs = zip(document.blocks, befores, strict=True)
    return replace(document, blocks=tuple(replace(block, before=before) for block, before in pairs), tail=tail)


def _converter(opened: OpenProject, locale: LocaleConfig) -> Converter | None:
    """Return the converter for source texts in an edition; None when the edition has the source's script."""
    converter = opened.converter(locale)
    simplified = scripts.is_simplified(locale.id) and not scripts.is_simplified(opened.settings.source_locale)
    # People translate this locale; a source text in place of a missing translation must be Simplified, too.
    return Converter("t2s") if converter is None and simplified else converter


class _Chooser:
    def __init__(self, opened: OpenProject, document: Document, locale: LocaleConfig, *, drafts: bool) -> None:
        self.document = document
        self.locale = locale
        self.drafts = drafts
        self.converter = _converter(opened, locale)

    def block(self, block: Block, translations: Sequence[Translation]) -> list[Published]:
        fresh: list[str] | None = None
        result = []
        for number, (unit, translation) in enumerate(zip(block.units, translations, strict=True)):
            published = self.own(translation)
            if published is None:
                if self.converter is not None and fresh is None:
                    fresh = self.converter.convert_block(
                        [each.text for each in block.units], block_codes(self.document, block)
                    )
                published = self.instead(translation, unit.text, fresh[number] if fresh else None)
            result.append(published)
        return result

    def has_traditional(self, translation: Translation) -> bool:
        return has_traditional(self.locale, translation, self.converter if self.locale.derived else None)

    def own(self, translation: Translation) -> Published | None:
        """Return the catalogue's text if it may be published; else None."""
        if translation.joined:
            return Published(None, translation)
        ready = translation.state.rank >= self.locale.require.rank
        if translation.stale or not translation.target or self.has_traditional(translation):
            return None
        if ready:
            return Published(translation.target, translation)
        if self.drafts and translation.state is not State.UNTRANSLATED:
            return Published(translation.target, translation, ready=False)
        return None

    def instead(self, translation: Translation, source: str, fresh: str | None) -> Published:
        """Return the text in place of a translation that may not be published."""
        # A rejected text is not replaced: it waits for an editor.
        replaced = translation.stale or self.has_traditional(translation)
        if self.locale.derived and fresh is not None and replaced:
            why = (
                "the source has changed since this was corrected"
                if translation.stale
                else "it holds Traditional characters"
            )
            ready = self.locale.require is State.TRANSLATED
            return Published(fresh, translation, ready=ready, note=f"built from a fresh conversion: {why}")
        text = source if fresh is None else fresh
        missing = self.locale.missing
        if missing is Missing.OMIT:
            return Published(None, translation)
        if missing is Missing.SOURCE:
            return Published(text, translation, foreign=fresh is None)
        return Published(
            f"{MARK_OPEN}{text}{MARK_CLOSE}", translation, ready=missing is Missing.MARK, foreign=fresh is None
        )
