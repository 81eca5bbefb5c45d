"""What the documents of a run were and are, as far as somebody asks: what ``renames`` follows texts by."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Wanted
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import BlockKind, Key, Role
from l10n_flow.project import LocaleConfig, OpenProject, Source, Sources, wanted_units
from l10n_flow.work import relocation
from l10n_flow.work.assignment import Content

_T = TypeVar("_T")
_HEADINGS = {BlockKind.TITLE.value, BlockKind.HEADING.value, BlockKind.BYLINE.value, Role.CREDIT.value}


class Documents:
    """The documents of a run as far as they have been asked for.

    Attributes:
        headings: the units met that are no running text.
    """

    def __init__(self, opened: OpenProject, sources: Sources) -> None:
        self.opened, self.project = opened, opened.settings
        self._sources = sources
        self._found = {source.name: source for source in sources.found}
        self.headings: set[Key] = set()

    def has_source(self, name: str) -> bool:
        return name in self._found

    def wanted(self, name: str) -> Sequence[Wanted]:
        """The units a document has now; none without a source.

        Raises:
            SourceError: when it cannot be read.
        """
        source = self._found.get(name)
        if source is None:
            return ()
        units = wanted_units(self.opened.document(source, self._sources.overrides_of(source)).document)
        self.headings |= {unit.key for unit in units if _HEADINGS.issuperset(unit.kinds)}
        return units

    def before(self, name: str) -> frozenset[Key]:
        """The units of its template; without one (some keep none in git), those of its catalogues.

        Raises:
            CatalogueError: when it is damaged.
        """
        template = po.read(self.project.template_path(name), "")
        found = [template] if template else [self.catalogue(locale, name) for locale in self.project.locales]
        return frozenset(key for each in found if each for key in each.entries)

    def content(self, name: str) -> Content:
        """What it was and is.

        Raises:
            SourceError, CatalogueError: as ``wanted`` and ``before``.
        """
        return Content(self.before(name), frozenset(unit.key for unit in self.wanted(name)))

    def catalogue(self, locale: LocaleConfig, name: str) -> Catalogue | None:
        return po.read(self.project.catalogue_path(locale.id, name), locale.id)


def read_or_pass(make: Callable[[], _T]) -> _T | None:
    """What is made from files; None when one is damaged, which is told when its turn comes.

    What cannot be read is read once more: a network drive fails for a moment, and the text that is passed over now
    would be merged as if it were new, and move in no later run.
    """
    for _ in range(2):
        with contextlib.suppress(L10nFlowError):
            return make()
    return None


def contents_of(documents: Documents, changed: Iterable[Source], gone: Iterable[str]) -> dict[str, Content]:
    """Those whose units are not what they were. What is damaged takes no part: it is told when its turn comes."""
    found: dict[str, Content] = {}
    new = []
    for source in changed:
        there = read_or_pass(partial(relocation.is_there, documents.project, source.name))
        if there is False:
            new.append(source.name)  # it is read only when something has gone that may be in it
        elif (content := read_or_pass(partial(documents.content, source.name))) and content.before != content.after:
            found[source.name] = content
    for name in gone if new or found else ():
        if content := read_or_pass(partial(documents.content, name)):
            found[name] = content
    for name in new if any(content.before - content.after for content in found.values()) else ():
        if content := read_or_pass(partial(documents.content, name)):
            found[name] = content
    return found
