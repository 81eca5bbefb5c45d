"""One unit as the page shows it, from all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from l10n_flow import checks, documents, editing, history, scripts
from l10n_flow.conversion import Converter
from l10n_flow.editing import Standing, UnitView
from l10n_flow.model import Finding, Key, Role, Severity, Translation
from l10n_flow.project import Project, block_codes, size
from l10n_flow.review.page.model import NOBODY, Reader, ReviewUnit, Size, TermHint
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.locale_view import LocaleView
from l10n_flow.review.reading.terms import Terms

_RULES = {rule.id: rule for rule in checks.RULES}


@dataclass(frozen=True, slots=True)
class Cards:
    """Makes the cards of one document in one locale.

    Attributes:
        project: whose document it is.
        layout: the document.
        locale_view: the locale that is worked on.
        others: the other locales.
        findings: of the locale, by unit.
        terms: of the locale.
        converter: of a derived locale, else None.
        live: whether the cards can be saved.
        reader: who looks.
    """

    project: Project
    layout: Layout
    locale_view: LocaleView
    others: Sequence[LocaleView]
    findings: Mapping[Key, tuple[Finding, ...]]
    terms: Terms
    converter: Converter | None
    live: bool
    reader: Reader = NOBODY
    _fresh: dict[int, dict[Key, str]] = field(default_factory=dict)
    _before: dict[str, Mapping[Key, str]] = field(default_factory=dict)

    def card(self, key: Key, role: Role, *, first: bool) -> ReviewUnit:
        """One occurrence of a unit."""
        view = self.locale_view.views[key]
        translation, signed = view.translation, view.signatures
        return ReviewUnit(
            id=self.layout.ids[key],
            version=view.version if self.live and self.locale_view.has(key) else "",
            role=role,
            source=key.source,
            text=translation.target,
            state=translation.state,
            origin=translation.origin,
            stale=translation.stale,
            joined=translation.joined,
            previous=translation.previous or "",
            can_join=not translation.target and not translation.joined and self.locale_view.follows_its_kind(key),
            converted=self._converted(key),
            others={locale_view.locale.id: locale_view.glance(key) for locale_view in self.others},
            findings=tuple(self._findings(translation)),
            notes=signed.notes,
            open=signed.open,
            approvals=signed.approved,
            terms=self._hints(key, translation.target),
            source_size=_size(key.source, self.project.source_locale),
            size=_size(translation.target, self.locale_view.locale.id),
            approvable=self._approvable(view),
            repeated=self.layout.counts[key],
            first=first,
            codes=documents.inline(self.layout.document.format, key.source),
            target_codes=documents.inline(self.layout.document.format, translation.target),
            choices=translation.choices,
            ancestor=self._ancestor(key) if translation.choices else "",
        )

    def _ancestor(self, key: Key) -> str:
        """The text of a unit before two branches gave it two, while git knows of the conflict."""
        locale = self.locale_view.locale.id
        if locale not in self._before:
            path = self.project.catalogue_path(locale, self.layout.name)
            self._before[locale] = history.texts_before_conflict(path, locale)
        return self._before[locale].get(key, "")

    def _hints(self, key: Key, target: str) -> tuple[TermHint, ...]:
        """The terms of the source; where the converter has put them into the text by itself, only those not in it."""
        hints = self.terms.hints(key.source)
        if self.converter is None:
            return hints
        return tuple(hint for hint in hints if not any(each in target for each in hint.targets))

    def _approvable(self, view: UnitView) -> bool:
        forbid = self.project.forbid_own_approval
        return editing.approvable(Standing(self.reader.role), self.reader.name, view, forbid_own_approval=forbid)

    def _converted(self, key: Key) -> str:
        """What conversion makes of a unit where it stands first, as a save that reverts to it does."""
        if self.converter is None:
            return ""
        number = self.layout.firsts[key]
        if number not in self._fresh:
            keys = self.layout.keys[number]
            codes = block_codes(self.layout.document, self.layout.document.blocks[number])
            texts = self.converter.convert_block([each.source for each in keys], codes)
            # The first occurrence counts where a unit stands twice in a block.
            self._fresh[number] = dict(reversed(list(zip(keys, texts, strict=True))))
        return self._fresh[number][key]

    def _findings(self, translation: Translation) -> Iterator[Finding]:
        """The unit's findings, and the ignored ones that its text does not have any more."""
        found = self.findings.get(translation.key, ())
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


def bare(view: UnitView, unit_id: str) -> ReviewUnit:
    """The card of a unit that is in the catalogue and no longer in the document: what was saved, and by whom."""
    translation, signed = view.translation, view.signatures
    return ReviewUnit(
        id=unit_id,
        version=view.version,
        role=Role.SENTENCE,
        source=translation.key.source,
        text=translation.target,
        state=translation.state,
        origin=translation.origin,
        stale=translation.stale,
        joined=translation.joined,
        notes=signed.notes,
        open=signed.open,
        approvals=signed.approved,
    )


def _size(text: str, locale: str) -> Size:
    return Size(size(text, locale), words=not scripts.uses_han(locale))
