"""The converter of a derived locale: its conversion, its punctuation, and the project's own words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from l10n_flow import files, termbase
from l10n_flow.conversion import NO_WORDS, Converter, Own, Rule, Words, vocabulary
from l10n_flow.inside import Inside
from l10n_flow.model import Document, Key
from l10n_flow.project import LocaleConfig, Project


def converter_of(project: Project, locale: LocaleConfig, *, all_terms: bool = False) -> Converter | None:
    """How a locale is converted; None when people translate it.

    Args:
        project: whose locale it is.
        locale: its configuration.
        all_terms: also those that the dictionaries convert alike: slower, but it is known that a person settled them.

    Raises:
        ConfigError: when the termbase is missing or damaged.
    """
    if locale.conversion is None:
        return None
    plain = Converter(locale.conversion, locale.punctuation, strict=locale.strict)
    entries = dict(vocabulary.entries()) if locale.vocabulary else {}
    if project.termbase is not None:
        entries |= _terms(project.termbase, files.stamp(project.termbase), project.source_locale, locale.id)
    words = Words(entries if all_terms else _telling(entries, plain)) if entries else NO_WORDS
    return replace(plain, words=words, options=("vocabulary",) if locale.vocabulary else ())


def first_conversions(document: Document, converter: Converter, wanted: Collection[Key]) -> Iterator[tuple[Key, str]]:
    """Each wanted unit's conversion, as its first occurrence in the document has it, in order.

    A block is converted as a whole: what stands around a unit has a say in its quotation marks.
    """
    seen: set[Key] = set()
    for block in document.blocks:
        keys = [unit.key for unit in block.units]
        if not any(key in wanted and key not in seen for key in keys):
            continue
        for key, text in zip(keys, converter.convert_block([key.source for key in keys]), strict=True):
            if key in wanted and key not in seen:
                seen.add(key)
                yield key, text


@lru_cache(maxsize=16)
def _terms(path: Inside, stamp: tuple[int, ...] | None, source_locale: str, locale: str) -> Mapping[str, Own]:
    """Read once for each state of the file: every document of a run asks."""
    del stamp
    pairs = termbase.read(path).pairs(source_locale, locale)
    return {pair.source: Own(pair.target, Rule.TERM) for pair in pairs}


def _telling(entries: Mapping[str, Own], plain: Converter) -> Mapping[str, Own]:
    """Without the words that the dictionaries convert alike, unless they keep another word from being found."""
    unlike = {word: own for word, own in entries.items() if own.after != plain.convert_block([word])[0]}
    firsts = {word[0] for word in unlike}
    return {word: own for word, own in entries.items() if word in unlike or not firsts.isdisjoint(word)}
