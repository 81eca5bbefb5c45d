"""A document in one locale: its units as the page shows them, its progress and its notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from l10n_flow import checks, editing, history
from l10n_flow.editing import Standing, UnitView
from l10n_flow.messages import Message
from l10n_flow.model import Finding, Key, Role, Severity, State, Translation
from l10n_flow.project import Project, block_codes
from l10n_flow.review.page.model import Progress, Reader, ReviewBlock, ReviewUnit, TermHint
from l10n_flow.review.reading.filters import BlockPart
from l10n_flow.review.reading.findings import Findings
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.locale_view import LocaleView
from l10n_flow.review.reading.resources import Resources

_RULES = {rule.id: rule for rule in checks.RULES}


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A document in the locale that is translated into, and in the other locales.

    Attributes:
        project: the project of the document.
        layout: the document.
        locale_view: the document in the locale.
        others: the document in the other locales.
        findings: the findings in the locale.
        resources: the termbase and the converter of the locale.
    """

    project: Project
    layout: Layout
    locale_view: LocaleView
    others: tuple[LocaleView, ...]
    findings: Findings
    resources: Resources
    _converted: dict[int, dict[Key, str]] = field(default_factory=dict)
    _before: dict[str, Mapping[Key, str]] = field(default_factory=dict)

    def notices(self) -> tuple[str, ...]:
        """Messages about the whole document."""
        errors = [locale_view.error for locale_view in (self.locale_view, *self.others)]
        told = [str(error) for error in (*errors, self.findings.error, self.resources.error) if error is not None]
        missing = sum(not self.locale_view.has(key) for key in self.layout.ids)
        if missing and self.locale_view.error is None:
            told.append(_missing(missing, self.locale_view.locale.id))
        return tuple(dict.fromkeys(told))

    def progress(self) -> Progress:
        """The units of the document in the locale by state, as ``status`` counts them."""
        locale_view, locale = self.locale_view, self.locale_view.locale
        states: Counter[State] = Counter()
        for (state, _), number in locale_view.tally.items():
            states[state] += number
        required = locale.require.rank
        wrong = sum(locale_view.views[key].translation.state.rank >= required for key in self.findings.erring)
        return Progress(
            locale=locale.id,
            units=states.total(),
            states={state.value: states[state] for state in State},
            ready=sum(number for state, number in states.items() if state.rank >= required) - wrong,
            stale=sum(number for (_, stale), number in locale_view.tally.items() if stale),
            findings=self.findings.severities,
            derived=locale.derived,
            errors=wrong,
        )

    def blocks(self, parts: Iterable[BlockPart], reader: Reader, *, live: bool) -> Iterator[ReviewBlock]:
        """The blocks that are shown; ``live``: whether their units can be saved."""
        for part in parts:
            block = self.layout.document.blocks[part.block]
            units = (
                self._unit(
                    shown.key, block.units[shown.place].role, reader, live=live, first=shown.first, hit=shown.hit
                )
                for shown in part.units
            )
            yield ReviewBlock(block.kind, tuple(units), part.partial)

    def unit(self, key: Key, reader: Reader) -> ReviewUnit:
        """A unit at its first place, which has the editor."""
        number = self.layout.firsts[key]
        unit = self.layout.document.blocks[number].units[self.layout.keys[number].index(key)]
        return self._unit(key, unit.role, reader)

    def _unit(
        self, key: Key, role: Role, reader: Reader, *, live: bool = True, first: bool = True, hit: bool = False
    ) -> ReviewUnit:
        """One occurrence of a unit."""
        view = self.locale_view.views[key]
        translation = view.translation
        return ReviewUnit(
            id=self.layout.ids[key],
            view=view,
            version=view.version if live and self.locale_view.has(key) else "",
            role=role,
            format=self.layout.document.format,
            can_join=not translation.target and not translation.joined and self.locale_view.follows_its_kind(key),
            converted=self._conversion(key),
            others={other.locale.id: other.glance(key) for other in self.others if other.error is None},
            findings=tuple(self._findings(translation)),
            terms=self._hints(key, translation.target),
            approvable=self._approvable(view, reader),
            repeated=self.layout.counts[key],
            first=first,
            hit=hit,
            ancestor=self._ancestor(key) if translation.choices else "",
        )

    def _ancestor(self, key: Key) -> str:
        """The text of a unit before two branches gave it different texts, as long as git knows of the conflict."""
        locale = self.locale_view.locale.id
        if locale not in self._before:
            path = self.project.catalogue_path(locale, self.layout.name)
            self._before[locale] = history.texts_before_conflict(path, locale)
        return self._before[locale].get(key, "")

    def _hints(self, key: Key, target: str) -> tuple[TermHint, ...]:
        """The terms of the source; in a derived locale only those that conversion has not put into the target."""
        hints = self.resources.terms.hints(key.source)
        if self.resources.converter is None:
            return hints
        return tuple(hint for hint in hints if not any(each in target for each in hint.targets))

    def _approvable(self, view: UnitView, reader: Reader) -> bool:
        forbid = self.project.forbid_own_approval
        return editing.approvable(Standing(reader.role), reader.name, view, forbid_own_approval=forbid)

    def _conversion(self, key: Key) -> str:
        """The conversion of a unit at its first place, the same that "back to the conversion" saves."""
        converter = self.resources.converter
        if converter is None:
            return ""
        number = self.layout.firsts[key]
        if number not in self._converted:
            keys = self.layout.keys[number]
            codes = block_codes(self.layout.document, self.layout.document.blocks[number])
            texts = converter.convert_block([each.source for each in keys], codes)
            # When a unit occurs twice in a block, its first occurrence counts.
            self._converted[number] = dict(reversed(list(zip(keys, texts, strict=True))))
        return self._converted[number][key]

    def _findings(self, translation: Translation) -> Iterator[Finding]:
        """The findings of a unit, and the ignored rules that find nothing in its text any more."""
        found = self.findings.by_key.get(translation.key, ())
        yield from sorted(found, key=lambda finding: finding.ignored is not None)
        name, locale = self.layout.name, self.locale_view.locale.id
        told = {finding.rule for finding in found}
        severities = self.project.checks.severities(name, locale)
        for rule, reason in translation.ignores.items():
            if rule in told:
                continue
            known = _RULES.get(rule)
            severity = severities.get(rule) or (known.severity if known else Severity.INFO)
            summary = known.summary if known else ""
            yield Finding(rule, severity, summary, name, locale, translation.key, ignored=reason)


def _missing(number: int, locale: str) -> Message:
    return Message("{n:,} units are not in the catalogue of {locale} yet; run: l10n-flow sync", n=number, locale=locale)
