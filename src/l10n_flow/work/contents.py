"""The earlier and present units of the documents of a run, read on demand; ``renames`` follows texts by them."""

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
    """The documents of a run; each is read when it is first asked for.

    Attributes:
        headings: the units read so far that are not running text.
    """

    def __init__(self, opened: OpenProject, sources: Sources) -> None:
        self.opened, self.project = opened, opened.settings
        self._sources = sources
        self._found = {source.name: source for source in sources.found}
        self.headings: set[Key] = set()

    def has_source(self, name: str) -> bool:
        return name in self._found

    def wanted(self, name: str) -> Sequence[Wanted]:
        """Return the present units of a document; none without a source.

        Raises:
            SourceError: when the source cannot be read.
        """
        source = self._found.get(name)
        if source is None:
            return ()
        units = wanted_units(self.opened.document(source, self._sources.overrides_of(source)).document)
        self.headings |= {unit.key for unit in units if _HEADINGS.issuperset(unit.kinds)}
        return units

    def before(self, name: str) -> frozenset[Key]:
        """Return the units of a document's template, or of its catalogues when there is no template.

        Raises:
            CatalogueError: when the template or a catalogue is damaged.
        """
        template = po.read(self.project.template_path(name), "")
        found = [template] if template else [self.catalogue(locale, name) for locale in self.project.locales]
        return frozenset(key for each in found if each for key in each.entries)

    def content(self, name: str) -> Content:
        """Return the earlier and the present units of a document.

        Raises:
            SourceError, CatalogueError: as ``wanted`` and ``before``.
        """
        return Content(self.before(name), frozenset(unit.key for unit in self.wanted(name)))

    def catalogue(self, locale: LocaleConfig, name: str) -> Catalogue | None:
        return po.read(self.project.catalogue_path(locale.id, name), locale.id)


def read_or_pass(make: Callable[[], _T]) -> _T | None:
    """Return a value that is computed from files; None when a file is damaged, which is reported later for the file.

    When a file cannot be read, it is read once more. A network drive may fail for a moment only; without the second
    attempt the text would be merged as new, and no later run would move its translations.
    """
    for _ in range(2):
        with contextlib.suppress(L10nFlowError):
            return make()
    return None


def contents_of(documents: Documents, changed: Iterable[Source], gone: Iterable[str]) -> dict[str, Content]:
    """Return the documents whose units have changed. Damaged documents are left out; they are reported later."""
    found: dict[str, Content] = {}
    new = []
    for source in changed:
        there = read_or_pass(partial(relocation.is_there, documents.project, source.name))
        if there is False:
            new.append(source.name)  # read only when text has gone that may be in it
        elif (content := read_or_pass(partial(documents.content, source.name))) and content.before != content.after:
            found[source.name] = content
    for name in gone if new or found else ():
        if content := read_or_pass(partial(documents.content, name)):
            found[name] = content
    for name in new if any(content.before - content.after for content in found.values()) else ():
        if content := read_or_pass(partial(documents.content, name)):
            found[name] = content
    return found
