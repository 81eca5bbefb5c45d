"""Make the converter of a derived locale from its conversion, its punctuation, and the termbase."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from l10n_flow import documents
from l10n_flow.conversion import NO_WORDS, Converter, Own, Rule, Words, vocabulary
from l10n_flow.inline import InlineCode
from l10n_flow.model import Block, Document, Key
from l10n_flow.project.configuration import LocaleConfig
from l10n_flow.termbase import Termbase


def converter_of(
    locale: LocaleConfig, base: Termbase | None, source_locale: str, *, all_terms: bool = False
) -> Converter:
    """Return the converter of a derived locale.

    Args:
        locale: its configuration.
        base: the termbase, if there is one.
        source_locale: the source locale of the project.
        all_terms: whether to include terms that the dictionaries convert in the same way. This is slower, but the
            converter then reports that a person decided them.
    """
    plain = Converter(locale.conversion or "", locale.punctuation, strict=locale.strict)
    entries = dict(vocabulary.entries()) if locale.vocabulary else {}
    if base is not None:
        entries |= {pair.source: Own(pair.target, Rule.TERM) for pair in base.pairs(source_locale, locale.id)}
    words = Words(entries if all_terms else _needed_terms(entries, plain)) if entries else NO_WORDS
    return replace(plain, words=words, options=("vocabulary",) if locale.vocabulary else ())


def first_conversions(document: Document, converter: Converter, wanted: Collection[Key]) -> Iterator[tuple[Key, str]]:
    """Return the conversion of each wanted unit at its first occurrence in the document, in order.

    A block is converted as a whole, because the quotation marks of a unit depend on the text around it.
    """
    seen: set[Key] = set()
    for block in document.blocks:
        keys = [unit.key for unit in block.units]
        if not any(key in wanted and key not in seen for key in keys):
            continue
        codes = block_codes(document, block)
        for key, text in zip(keys, converter.convert_block([key.source for key in keys], codes), strict=True):
            if key in wanted and key not in seen:
                seen.add(key)
                yield key, text


def block_codes(document: Document, block: Block) -> list[tuple[InlineCode, ...]]:
    """Return the inline codes of a block's units, which are not converted; [] for a format without inline codes."""
    if document.format == "text":
        return []
    return [documents.inline(document.format, unit.text) for unit in block.units]


def _needed_terms(entries: Mapping[str, Own], plain: Converter) -> Mapping[str, Own]:
    """Return the terms that change a conversion: others are left out, unless they stop a match of another word."""
    unlike = {word: own for word, own in entries.items() if own.after != plain.convert_block([word])[0]}
    firsts = {word[0] for word in unlike}
    return {word: own for word, own in entries.items() if word in unlike or not firsts.isdisjoint(word)}
