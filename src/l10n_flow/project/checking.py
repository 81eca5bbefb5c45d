"""The rules of a project over one document: what the checks are told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from l10n_flow import checks, conversion, scripts
from l10n_flow.conversion import Converter, Punctuation, doubt, roundtrip, vocabulary
from l10n_flow.conversion.roundtrip import RoundTrip
from l10n_flow.errors import ConfigError
from l10n_flow.model import Finding
from l10n_flow.project.configuration import LocaleConfig, Project
from l10n_flow.project.opening import OpenProject
from l10n_flow.project.snapshot import Edition, Snapshot

_PLAIN = Converter("t2s", Punctuation.KEEP)


def rules_of(project: Project, select: Sequence[str] = ()) -> tuple[checks.Rule, ...]:
    """The rules that run: those selected, else those of ``[checks]``.

    Raises:
        ConfigError: for an unknown rule, in the option or in the configuration.
    """
    known = {rule.id for rule in checks.RULES}
    for rule in project.checks.severity:
        if rule not in known:
            raise ConfigError(
                f"[checks.severity] names an unknown rule {rule!r}; there are: {', '.join(sorted(known))}"
            )
    return checks.select_rules(select or project.checks.select, () if select else project.checks.ignore)


def check_document(
    opened: OpenProject, snapshot: Snapshot, rules: Sequence[checks.Rule], *, ignored: bool = False
) -> list[Finding]:
    """The findings of one document in all its editions; with ``ignored`` also those, marked as such."""
    found: list[Finding] = []
    for edition in snapshot.editions:
        subject = _subject(opened, snapshot, edition)
        found += checks.run(subject, rules=rules, severities=opened.settings.checks.severity, ignored=ignored)
    return found


def _subject(opened: OpenProject, snapshot: Snapshot, edition: Edition) -> checks.Subject:
    project = opened.settings
    locale = edition.locale
    converter = _converter(opened, locale)
    return checks.Subject(
        document=snapshot.name,
        source_locale=project.source_locale,
        locale=locale.id,
        blocks=snapshot.document.blocks,
        translations=edition.translations,
        traditional=conversion.traditional_spans if scripts.is_simplified(locale.id) else None,
        simplify=partial(_converted, converter) if converter else None,
        derived=locale.derived,
        doubts=partial(doubt.doubts, converter) if converter else None,
        regional=vocabulary.regional if _is_from_hong_kong(project, locale) and not locale.vocabulary else None,
        spelling=_spelling(project, locale),
    )


def _converter(opened: OpenProject, locale: LocaleConfig) -> Converter | None:
    """What writes Simplified: as the locale is filled, or plainly where people translate it."""
    if not scripts.is_simplified(locale.id):
        return None
    return opened.converter(locale, all_terms=True) or _PLAIN


def _converted(converter: Converter, text: str) -> str:
    return converter.convert_block([text])[0]


def _is_from_hong_kong(project: Project, locale: LocaleConfig) -> bool:
    return _to_mainland(locale) and roundtrip.ways(project.source_locale)[0] == "hk2s"


def _to_mainland(locale: LocaleConfig) -> bool:
    return locale.conversion is not None and scripts.is_simplified(locale.id)


def _spelling(project: Project, locale: LocaleConfig) -> Callable[[str], Sequence[RoundTrip]] | None:
    """The source's own mistakes are told once: in the first derived locale, or the first of all."""
    first = next((each for each in project.locales if each.derived), project.locales[0])
    source = project.source_locale
    if locale.id != first.id or not scripts.is_chinese(source) or scripts.is_simplified(source):
        return None
    there, back = roundtrip.ways(source)
    return partial(roundtrip.lint, there=there, back=back)
