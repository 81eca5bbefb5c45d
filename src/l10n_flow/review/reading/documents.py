"""A cache of documents and catalogues. A file is read again when its bytes have changed."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace

from l10n_flow import files
from l10n_flow.editing import UnitView
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key
from l10n_flow.project import WHOLE, LocaleConfig, OpenProject, Project, Slot, Source, Sources, rules_of
from l10n_flow.review.reading.article_view import ArticleView
from l10n_flow.review.reading.findings import Examiner, Findings
from l10n_flow.review.reading.layout import Layout, lay_out
from l10n_flow.review.reading.locale_view import LocaleView, inherited
from l10n_flow.review.reading.resources import NO_TERMS, Resources, terms_of

#: Rules that repeat the state of a unit. The card shows the state; as findings they would hide the others.
STATE_RULES = frozenset({"untranslated", "fuzzy"})


class DocumentCache:
    """Reads documents, catalogues and findings for the page. Its values are immutable; any thread may call it.

    Args:
        loader: reads the project.
    """

    def __init__(self, loader: OpenProject) -> None:
        self.loader = loader
        self.project = loader.settings
        rules = rules_of(self.project)
        # A rule about the whole document cannot run over some of its blocks.
        self.rules = tuple(rule for rule in rules if rule.id not in STATE_RULES | WHOLE)
        self.whole = tuple(rule for rule in rules if rule.id in WHOLE)
        self._gate = threading.Lock()
        self._resources: dict[str, Resources] = {}

    def layout(self, source: Source, sources: Sources) -> Layout:
        """The layout of a document, from its file as it is now.

        Raises:
            SourceError: as ``OpenProject.document``.
        """
        parsed = self.loader.document(source, sources.overrides_of(source))
        with self.loader.cache.held(source.name) as slot:
            return slot.value(
                "layout",
                (parsed.digest, parsed.overrides),
                lambda _: lay_out(source.name, parsed.document, self.project.source_locale),
            )

    def locale_view(self, layout: Layout, locale: LocaleConfig) -> LocaleView:
        """A document in a locale, from its catalogue as it is now; a damaged catalogue has an error and no units."""
        with self.loader.cache.held(layout.name) as slot:
            before = _locale_view(slot, locale)
            locale_view = self._read(layout, locale, before)
            slot.put(("locale_view", locale.id), locale_view.stamp, locale_view)
            return locale_view

    def article_view(self, layout: Layout, locale: LocaleConfig) -> ArticleView:
        """A document in a locale and the others, from its files as they are now."""
        locale_view = self.locale_view(layout, locale)
        others = tuple(self.locale_view(layout, each) for each in self.project.locales if each.id != locale.id)
        return ArticleView(
            self.project, layout, locale_view, others, self.findings(layout, locale_view), self._read_resources(locale)
        )

    def with_saved(self, name: str, locale: LocaleConfig, view: UnitView) -> ArticleView | None:
        """A document as it was last read, with one unit that was saved since; None unless all of it was read together.

        So a save need not read what other people have saved at the same moment. The next ``locale_view`` reads the
        file.
        """
        with self._gate:
            resources = self._resources.get(locale.id)
        if resources is None or not self.loader.cache.knows(name):
            return None
        key = view.translation.key
        with self.loader.cache.held(name) as slot:
            before = _kept(slot, self.project, locale, resources)
            if before is None or key not in before.layout.ids or not before.locale_view.has(key):
                return None
            locale_view = before.locale_view.with_saved(key, view)
            changed = (key,) if before.findings.views is before.locale_view.views else None
            found = self._examined(locale_view, before.findings.terms, before.findings, changed)
            slot.put(("locale_view", locale.id), locale_view.stamp, locale_view)
            slot.put(("findings", locale.id), None, found)
            return replace(before, locale_view=locale_view, findings=found)

    def _read(self, layout: Layout, locale: LocaleConfig, before: LocaleView | None) -> LocaleView:
        try:
            data = self.loader.catalogue_bytes(layout.name, locale)
        except L10nFlowError as error:
            return LocaleView(layout, locale, "unreadable", None, error=error)
        stamp = files.digest(data)
        if before is not None and before.stamp == stamp and before.error is None:
            return before if before.layout is layout else replace(before, layout=layout)
        try:
            catalogue = self.loader.parse_catalogue(layout.name, locale, data)
        except L10nFlowError as error:
            return LocaleView(layout, locale, stamp, None, error=error)
        return LocaleView(layout, locale, stamp, catalogue, inherited(catalogue, before) if before else {})

    def findings(self, layout: Layout, locale_view: LocaleView) -> Findings:
        """The findings of a document in a locale."""
        name = ("findings", locale_view.locale.id)
        with self.loader.cache.held(layout.name) as slot:
            before, terms = slot.last(name), self.loader.termbase_digest()
            if not isinstance(before, Findings):
                before = None
            elif before.views is locale_view.views and before.terms == terms and before.error is None:
                return before
            found = self._examined(locale_view, terms, before)
            slot.put(name, None, found)
            return found

    def locale_views(self, source: Source, sources: Sources) -> tuple[Layout, list[LocaleView]]:
        """A document and all its locales, from their files as they are now.

        Raises:
            SourceError: as ``layout``.
        """
        layout = self.layout(source, sources)
        return layout, [self.locale_view(layout, locale) for locale in self.project.locales]

    def _examined(
        self, locale_view: LocaleView, terms: str, before: Findings | None, changed: Iterable[Key] | None = None
    ) -> Findings:
        examiner = Examiner(self.loader, self.rules, locale_view.locale)
        return examiner.examine(locale_view.layout, locale_view.views, terms, before, changed)

    def _read_resources(self, locale: LocaleConfig) -> Resources:
        source = self.project.source_locale
        try:
            terms = self.loader.of_termbase(
                ("terms", locale.id), lambda base: NO_TERMS if base is None else terms_of(base, source, locale.id)
            )
            resources = Resources(terms, self.loader.converter(locale))
        except L10nFlowError as error:
            resources = Resources(error=error)
        with self._gate:
            self._resources[locale.id] = resources
        return resources


def _locale_view(slot: Slot, locale: LocaleConfig) -> LocaleView | None:
    found = slot.last(("locale_view", locale.id))
    return found if isinstance(found, LocaleView) else None


def _kept(slot: Slot, project: Project, locale: LocaleConfig, resources: Resources) -> ArticleView | None:
    """The values of a slot of the cache, if all are of one layout."""
    layout, found = slot.last("layout"), slot.last(("findings", locale.id))
    if not isinstance(layout, Layout) or not isinstance(found, Findings) or found.layout is not layout:
        return None
    locale_views = {
        each.id: locale_view for each in project.locales if (locale_view := _locale_view(slot, each)) is not None
    }
    if len(locale_views) < len(project.locales) or any(
        locale_view.layout is not layout for locale_view in locale_views.values()
    ):
        return None
    others = tuple(locale_views[each.id] for each in project.locales if each.id != locale.id)
    return ArticleView(project, layout, locale_views[locale.id], others, found, resources)
