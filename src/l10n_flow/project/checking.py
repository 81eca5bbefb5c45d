"""Run the rules of a project over one document: make the input of the checks from the project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from l10n_flow import checks, conversion, documents, languages, scripts, writing
from l10n_flow.conversion import Converter, Punctuation, doubt, roundtrip, vocabulary
from l10n_flow.conversion.roundtrip import RoundTrip
from l10n_flow.errors import ConfigError
from l10n_flow.inline import InlineCode
from l10n_flow.locales import script, script_name
from l10n_flow.messages import Message
from l10n_flow.model import Document, Finding, Key, Severity, Span
from l10n_flow.project.configuration import LocaleConfig, Project
from l10n_flow.project.opening import OpenProject
from l10n_flow.project.snapshot import Edition, Snapshot
from l10n_flow.termbase import Flag, Termbase

#: A source is in another script when it has at least so many letters of that script, and for each so many of these at
#: most one letter of its own script.
_ENOUGH_LETTERS, _HARDLY_ANY = 60, 50
#: The rules whose findings are about a whole source or edition.
WHOLE = frozenset(rule.id for rule in checks.RULES if rule.whole)
#: The rules whose errors stop a release, wherever they are.
KEEPING_BACK = WHOLE | {rule.id for rule in checks.RULES if rule.keeps_back}
_LANGUAGE = "target-language"
_PLAIN = Converter("t2s", Punctuation.KEEP)


def rules_of(project: Project, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[checks.Rule, ...]:
    """Return the rules that run: the selected ones, else those of ``[checks]``, without the ignored ones.

    Raises:
        ConfigError: for an unknown rule, or a rule named here that needs a library which is not installed.
    """
    settings = project.checks
    if _LANGUAGE in {*select, *settings.select, *settings.severity} and not languages.installed():
        raise ConfigError(f"{_LANGUAGE} needs a library more; install it with: pip install '{languages.EXTRA}'")
    left_out = [*ignore, *(() if select else settings.ignore)]
    return checks.select_rules(select or settings.select, left_out, settings.severity)


def check_document(
    opened: OpenProject, snapshot: Snapshot, rules: Sequence[checks.Rule], *, ignored: bool = False
) -> list[Finding]:
    """Return the findings of one document in all its editions; with ``ignored`` also the ignored ones, marked."""
    found: list[Finding] = []
    settings = opened.settings.checks
    for edition in snapshot.editions:
        subject = _subject(opened, snapshot, edition)
        left_out = settings.ignored(snapshot.name, edition.locale.id)
        severities = settings.severities(snapshot.name, edition.locale.id)
        chosen = [rule for rule in rules if rule.id not in left_out] if left_out else rules
        found += checks.run(subject, rules=chosen, severities=severities, ignored=ignored)
    return found


def error_rules(project: Project) -> tuple[checks.Rule, ...]:
    """Return the rules whose findings may be errors in some document and locale."""
    settings = project.checks
    named = (settings.severity, *(override.severity for override in settings.overrides))
    grave = {rule for each in named for rule, severity in each.items() if severity is Severity.ERROR}
    rules = rules_of(project)
    if "ignore-unused" in grave:  # it is computed from the findings of all other rules
        return rules
    return tuple(rule for rule in rules if rule.severity is Severity.ERROR or rule.id in grave)


def erring(findings: Iterable[Finding]) -> frozenset[tuple[str, Key]]:
    """Return the units, by locale and key, that are not ready because of an error in the unit itself."""
    return frozenset(
        (each.locale, each.key)
        for each in findings
        if each.severity is Severity.ERROR and each.ignored is None and each.rule not in WHOLE
    )


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
        inline=_inline(snapshot.document),
        timed=documents.timed(snapshot.document, locale.id),
        names=None if scripts.is_chinese(locale.id) else opened.of_termbase("names", _names),
        script=script(locale.id),
        chinese=conversion.script_of if script(locale.id) == "Hant" else None,
        language=_language(locale),
        source_fault=_source_fault(project, locale, snapshot.document),
    )


def _language(locale: LocaleConfig) -> Callable[[Sequence[str]], languages.ForeignLanguage | None] | None:
    """Return the function that detects a foreign language in a locale that people translate; None without one."""
    written = script(locale.id)
    if locale.derived or not (languages.installed() and languages.judged(locale.id, written)):
        return None
    return partial(languages.foreign, locale=locale.id, script=written)


def _source_fault(project: Project, locale: LocaleConfig, document: Document) -> str:
    """Return the error in the script of a source, for the first locale only; "" when there is none."""
    if locale.id != project.locales[0].id:
        return ""
    text = "\n".join(unit.text for unit in document.units())
    wanted = script(project.source_locale)
    if scripts.is_chinese(project.source_locale):
        found = conversion.script_of(text)
        if found is not None and found.script == wanted:
            return ""
        if found is not None:
            return Message(
                "the article is written in {found} ({characters}), and the source locale {locale} is {wanted}",
                found=script_name(found.script),
                characters=checks.listed(found.characters),
                locale=project.source_locale,
                wanted=script_name(wanted),
            )
    letters = writing.counted(text)
    own = sum(letters[name] for name in writing.parts(wanted))
    most, number = max(letters.items(), key=lambda pair: pair[1], default=("", 0))
    if not writing.parts(wanted) or number < _ENOUGH_LETTERS or own * _HARDLY_ANY > number:
        return ""
    return Message(
        "the article is written in {found} script, and the source locale {locale} in {wanted}",
        found=most.capitalize(),
        locale=project.source_locale,
        wanted=script_name(wanted),
    )


def _inline(document: Document) -> Callable[[str], Sequence[InlineCode]] | None:
    return None if document.format == "text" else partial(documents.inline, document.format)


def _names(base: Termbase | None) -> Callable[[str, str], list[Span]] | None:
    """Return a function that finds names of the project with figures that are not numbers; None without such names."""
    if base is None or not any(Flag.NOT_NUMBER in term.flags for term in base.terms):
        return None
    patterns: dict[str, re.Pattern[str] | None] = {}

    def names(text: str, locale: str) -> list[Span]:
        if locale not in patterns:
            words = base.flagged(Flag.NOT_NUMBER, locale)
            patterns[locale] = re.compile("|".join(map(re.escape, words))) if words else None
        pattern = patterns[locale]
        return [Span(*match.span()) for match in pattern.finditer(text)] if pattern else []

    return names


def _converter(opened: OpenProject, locale: LocaleConfig) -> Converter | None:
    """Return the converter to Simplified: the one of a derived locale, or a plain one where people translate."""
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
    """Return the check of the source's spelling, for one locale only: the first derived one, or the first of all."""
    first = next((each for each in project.locales if each.derived), project.locales[0])
    source = project.source_locale
    if locale.id != first.id or not scripts.is_chinese(source) or scripts.is_simplified(source):
        return None
    there, back = roundtrip.ways(source)
    return partial(roundtrip.lint, there=there, back=back)
