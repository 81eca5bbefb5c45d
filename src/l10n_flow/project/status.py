"""Count the units of a document in each locale by state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from l10n_flow import conversion, scripts
from l10n_flow.conversion import Converter
from l10n_flow.index import StatusRow
from l10n_flow.model import Key, Origin, State, Translation
from l10n_flow.project.configuration import LocaleConfig, Missing, Project
from l10n_flow.project.snapshot import Edition, Snapshot

#: Chinese is counted as in word processors: each Han character or full-width mark, each run of letters or digits.
_RUN = re.compile(r"[A-Za-z0-9]+")
_UNCOUNTED = re.compile(r"[^\S\x20-\x7e]+|[\x00-\x60\x62-\x7f]+")
_WORDS = re.compile(r"\w+(?:[’'.,:@/-]\w+)*")


def size(text: str, locale: str) -> int:
    """Return the number of characters in Chinese and Japanese, the number of words in other languages."""
    if not scripts.uses_han(locale):
        return len(_WORDS.findall(text))
    # Each run becomes one "a"; other characters that do not count are removed; the length of the rest is the size.
    return len(_UNCOUNTED.sub("", _RUN.sub("a", text)))


def count(snapshot: Snapshot, source_locale: str, erring: Set[tuple[str, Key]]) -> list[StatusRow]:
    """Return the rows of one document.

    Args:
        snapshot: the document.
        source_locale: the source locale of the project.
        erring: the units with an error, by locale and key (``checking.erring``).
    """
    characters = size("\n".join({unit.text: None for unit in snapshot.document.units()}), source_locale)
    return [_row(snapshot.name, edition, characters, erring) for edition in snapshot.editions]


def has_traditional(locale: LocaleConfig, translation: Translation, converter: Converter | None = None) -> bool:
    """Whether a text of a person contains Traditional characters in a Simplified locale; it is not published.

    Args:
        locale: of the text.
        translation: the text and what is known of it.
        converter: of a derived locale: characters that it keeps in the source may stand in the text.
    """
    if (
        not scripts.is_simplified(locale.id)
        or translation.origin is not Origin.HUMAN
        or "traditional-in-simplified" in translation.ignores
    ):
        return False
    target = translation.target
    spans = conversion.traditional_spans(target)
    kept = frozenset(converter.convert_block([translation.key.source])[0]) if spans and converter else frozenset()
    return any(target[span.start] not in kept for span in spans)


def _goes_without(locale: LocaleConfig, translation: Translation) -> bool:
    """Whether a release is complete without this finished text: it contains another text, or none, in its place."""
    complete = locale.require is State.TRANSLATED if locale.derived else locale.missing is not Missing.FAIL
    return complete and has_traditional(locale, translation)


def _row(name: str, edition: Edition, characters: int, erring: Set[tuple[str, Key]]) -> StatusRow:
    translations = edition.translations.values()
    states = Counter(translation.state for translation in translations)
    origins = Counter(translation.origin for translation in translations)
    required, locale = edition.locale.require.rank, edition.locale.id
    ready = sum(n for state, n in states.items() if state.rank >= required)
    wrong = [
        found
        for where, key in erring
        if where == locale and (found := edition.translations.get(key)) is not None and found.state.rank >= required
    ]
    return StatusRow(
        document=name,
        locale=edition.locale.id,
        units=len(edition.translations),
        characters=characters,
        words=size("\n".join(translation.target for translation in translations), edition.locale.id),
        untranslated=states[State.UNTRANSLATED],
        needs_editing=states[State.NEEDS_EDITING],
        translated=states[State.TRANSLATED],
        approved=states[State.APPROVED],
        stale=sum(translation.stale for translation in translations),
        converted=origins[Origin.CONVERTED],
        copied=origins[Origin.COPIED],
        human=origins[Origin.HUMAN],
        ready=ready - len(wrong),
        errors=len(wrong),
        replaced=sum(_goes_without(edition.locale, translation) for translation in wrong),
    )


# Gates -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GateFailure:
    """A locale that does not reach the percentage of its gate."""

    locale: str
    percent: float
    required: float
    missing: int


def thresholds(project: Project) -> dict[str, float]:
    """Return the thresholds of ``status --gate``: each locale's ``fail-under``, 100 by default."""
    return {each.id: 100.0 if each.fail_under is None else each.fail_under for each in project.locales}


def gate(project: Project, rows: Sequence[StatusRow], under: Mapping[str, float]) -> tuple[GateFailure, ...]:
    """Return the locales whose rows together are below their threshold in ``under``.

    Raises:
        ConfigError: when a locale of ``under`` is not in the project.
    """
    failed = []
    for locale in map(project.locale, under):
        required = under[locale.id]
        mine = [row for row in rows if row.locale == locale.id]
        units, ready = sum(row.units for row in mine), sum(row.ready + row.replaced for row in mine)
        # Units are compared, not percentages, so that 99.99 % of a large project is not rounded up.
        if ready * 100 < required * units:
            failed.append(GateFailure(locale.id, 100 * ready / units, required, units - ready))
    return tuple(failed)
