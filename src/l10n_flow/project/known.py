"""What is known of the documents of a project as their files are now, kept in the index from one command to the next.

All commands and the review page ask here first, and put here what they have found out. What is known of a document
holds as long as its source, its template and its catalogues are what they were, and all that the documents share: the
configuration, the overrides, the termbase, the dictionaries and the program itself.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache

from l10n_flow import __version__, files, inside, languages
from l10n_flow.catalogue import Catalogue
from l10n_flow.conversion import Converter
from l10n_flow.errors import L10nFlowError
from l10n_flow.index import (
    Look,
    Origin,
    Remark,
    Seen,
    StatusRow,
    Store,
    Summary,
    Tally,
    findings_data,
    findings_of,
    look,
    origin_data,
    origin_of,
    summary_data,
    summary_of,
)
from l10n_flow.inside import Inside
from l10n_flow.model import Finding
from l10n_flow.project.configuration import Project
from l10n_flow.project.deeds import times
from l10n_flow.project.opening import OpenProject
from l10n_flow.project.outline import Outline, outline_data, outline_of, read_outline, texts_of
from l10n_flow.project.snapshot import Snapshot
from l10n_flow.project.sources import Source

INDEX_NAME = f"{files.PRIVATE_DIR}/index.sqlite"
#: Told by the table of completeness already.
_COMPLETENESS = frozenset({"untranslated", "fuzzy"})
#: What the review page needs of a document (``outline``), by its kind.
OUTLINE, FOLDED, SHOWN = "outline", "folded", "shown"
#: In the place of a document's name: what belongs to none.
_PLACE = ""
#: How long the next tick of the file system's clock is waited for, in milliseconds: a kernel ticks every 1 to 10.
_TICK = 20


class Known:
    """The index of an opened project. Any thread may ask.

    Args:
        opened: the project.
    """

    def __init__(self, opened: OpenProject) -> None:
        self._opened, self._project = opened, opened.settings
        self._root = str(self._project.root)
        self.store = Store(self._project.file(INDEX_NAME))
        self._bases: dict[tuple[str, ...], str] = {}
        self._folders: set[str] = set()

    # What is known ------------------------------------------------------------------------------------------------

    def origin(self, source: Source, *, built: bool = False) -> Origin | None:
        """What the values of a document were made from, if its files are the same now; None when they are not.

        Args:
            source: the document.
            built: whether to look at its files in the preview, too; ``Origin.built`` is None when one is another.
        """
        data = self.store.get(source.name, "origin")
        found = None if data is None else origin_of(data)
        if found is None or found.base != self.base() or not self._is_about(found, source):
            return None
        return self._renewed(source.name, found, built=built)

    def summary(self, source: Source) -> Summary | None:
        """What a round told of a document, if its files are the same now."""
        return self.summary_at(source.name) if self.origin(source) else None

    def is_fresh(self, origin: Origin) -> bool:
        """Whether the files of a document are what they were, as far as can be told without reading them."""
        return origin.base == self.base() and all(each.is_same(self._root) for each in origin.files)

    def outline_at(self, name: str) -> Outline | None:
        """What the home page shows of a document, as it was found out last."""
        data = self.store.get(name, OUTLINE)
        return None if data is None else read_outline(data, name)

    def now(self, source: Source) -> Origin | None:
        """The files of a document as they are now; None when one of them cannot be told from another that may come."""
        seen = [Seen(path.shown, self._digest(path.shown) or "") for path in self.inputs(source)]
        found = self._looked_at(seen)
        return Origin(self.base(), found, None) if all(each.stamp for each in found) else None

    def summary_at(self, name: str) -> Summary | None:
        """What a round told of a document last."""
        data = self.store.get(name, "summary")
        return None if data is None else summary_of(data)

    def findings(self, source: Source) -> tuple[Finding, ...] | None:
        """What all rules found in a document, if its files are the same now."""
        data = self.store.get(source.name, "findings") if self.origin(source) else None
        return None if data is None else findings_of(data, source.name)

    def _is_about(self, origin: Origin, source: Source) -> bool:
        """Whether the values were made from the files that the document has now; paths are compared as texts."""
        folder, name = self._project.locales_dir.shown, source.name
        catalogues = (f"{folder}/{locale.id}/LC_MESSAGES/{name}.po" for locale in self._project.locales)
        return [each.path for each in origin.files] == [source.path.shown, f"{folder}/{name}.pot", *catalogues]

    def inputs(self, source: Source) -> list[Inside]:
        """The files that a document's values follow from, but for those that all documents share."""
        project, name = self._project, source.name
        catalogues = (project.catalogue_path(locale.id, name) for locale in project.locales)
        return [source.path, project.template_path(name), *catalogues]

    def _renewed(self, name: str, origin: Origin, *, built: bool) -> Origin | None:
        """The same, with what is said now of files whose bytes had to be compared; None when one is another."""
        if not all(self._is_inside(each.path) for each in origin.files):
            return None
        there = origin.built if built else None
        if all(each.is_same(self._root) for each in (*origin.files, *(there or ()))):
            return origin
        if not self._are_same(origin.files):
            return None
        fresh = origin._replace(files=self._looked_at(origin.files))
        if there is not None:
            fresh = fresh._replace(built=self._looked_at(there) if self._are_same(there) else None)
        self.store.put(name, {"origin": origin_data(fresh)})
        self.store.save()  # nothing may stay unsaved in a server: no other program could write
        return fresh

    def _are_same(self, seen: Iterable[Seen]) -> bool:
        """Whether files are as they were; those of which nothing can be told are read."""
        return all(each.is_same(self._root) or self._digest(each.path) == each.digest for each in seen)

    def _is_inside(self, path: str) -> bool:
        """Whether no folder on the way to a file is a link; each is looked at once."""
        folder = path.rpartition("/")[0]
        if folder and folder not in self._folders:
            try:
                inside.look(self._project.file(folder))
            except L10nFlowError:
                return False
            self._folders.add(folder)
        return True

    def _digest(self, path: str) -> str | None:
        """The digest of a file now; None when it cannot be read."""
        try:
            return files.digest(files.read_optional(self._project.file(path)))
        except L10nFlowError:
            return None

    # What is found out --------------------------------------------------------------------------------------------

    def keep(
        self,
        source: Source,
        digests: Sequence[str],
        rows: Sequence[StatusRow],
        findings: Sequence[Finding],
        more: Mapping[str, bytes],
        *,
        built: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what was found out of a document in all its locales.

        Args:
            source: the document.
            digests: of the bytes of its ``inputs`` from which all of it was made.
            rows: how far it is.
            findings: what all rules say.
            more: other values, by their kinds.
            built: the digests of its files in the preview, by their paths there; None when it was not built.
        """
        preview = self._project.preview_dir
        seen = tuple(Seen(path.shown, digest) for path, digest in zip(self.inputs(source), digests, strict=True))
        there = None if built is None else tuple(Seen((preview / name).shown, built[name]) for name in sorted(built))
        summary = Summary(tuple(rows), tally_of(findings), remarks_of(findings))
        values = {
            "origin": origin_data(Origin(self.base(), seen, there)),
            "summary": summary_data(summary),
            "findings": findings_data(findings),
        }
        self.store.put(source.name, {**values, **more})

    def keep_place(self, names: Iterable[str], built: Iterable[str], size: int) -> None:
        """Keep what the preview holds as a whole.

        Args:
            names: the documents.
            built: those of its files that belong to no document.
            size: how many files it has.
        """
        preview = self._project.preview_dir
        seen = [Seen(path.shown, self._digest(path.shown) or "") for path in (preview / name for name in built)]
        origin = Origin(_digest_of(names), self._looked_at(seen), None)
        self.store.put(_PLACE, {"origin": origin_data(origin), "size": str(size).encode()})
        self.store.save()

    def place(self, names: Iterable[str]) -> int:
        """How many files the preview has, if it is that of these documents and its own files are as they were; or 0."""
        data, size = self.store.get(_PLACE, "origin"), self.store.get(_PLACE, "size")
        origin = None if data is None else origin_of(data)
        if origin is None or size is None or not size.isdigit() or origin.base != _digest_of(names):
            return 0
        return int(size) if self._are_same(origin.files) else 0

    def forget_all_but(self, names: Set[str]) -> None:
        """Forget the documents that are no more."""
        self.store.remove(name for name in self.store.names() if name not in names and name != _PLACE)

    def settle(self, names: Iterable[str]) -> None:
        """Look at the files of documents when all of them are written, so that the next command need not read them."""
        for name in names:
            data = self.store.get(name, "origin")
            origin = None if data is None else origin_of(data)
            if origin is not None:
                built = None if origin.built is None else self._looked_at(origin.built)
                fresh = Origin(origin.base, self._looked_at(origin.files), built)
                self.store.put(name, {"origin": origin_data(fresh)})
        self.store.save()

    def _looked_at(self, seen: Sequence[Seen]) -> tuple[Seen, ...]:
        """The same files with their stamps, where these tell them from any other that may come.

        First the clock has to go on: what is written after the bytes are read then bears another time.
        """
        before = [look(f"{self._root}/{each.path}") for each in seen]
        moment = self._moment_after(max((found.newest for found in before if found), default=0))
        return tuple(
            each._replace(stamp=found.stamp if found and found.newest < moment and self._is_still(each, found) else "")
            for each, found in zip(seen, before, strict=True)
        )

    def _is_still(self, seen: Seen, found: Look) -> bool:
        return self._digest(seen.path) == seen.digest and look(f"{self._root}/{seen.path}") == found

    def _moment_after(self, newest: int) -> int:
        """The file system's clock, later than a moment if that comes soon."""
        for _ in range(_TICK):
            moment = self.store.moment()
            if moment > newest or not moment:
                return moment
            time.sleep(0.001)
        return moment

    # What all documents share -------------------------------------------------------------------------------------

    def base(self) -> str:
        """The digest of what every document's values follow from, besides its files."""
        shared = self._opened.shared_digests()
        if shared not in self._bases:
            locales = self._project.locales
            prints = sorted({Converter("", strict=each.strict).fingerprint for each in locales if each.derived})
            code = f"{__version__} {_code_digest()} {prints} {shared} {languages.fingerprint()}"
            self._bases[shared] = hashlib.sha256(code.encode() + self._project.digest_input).hexdigest()
        return self._bases[shared]


def shown_values(
    project: Project, snapshot: Snapshot, catalogues: Mapping[str, Catalogue], findings: Sequence[Finding]
) -> dict[str, bytes]:
    """What the review page needs of a document, by kind, as ``Known.keep`` takes it."""
    folded, shown = texts_of(snapshot, catalogues)
    when = {locale: times(project.catalogue_path(locale, snapshot.name)) for locale in catalogues}
    outline = outline_of(snapshot, catalogues, when, findings, project.source_locale)
    return {OUTLINE: outline_data(outline), FOLDED: folded, SHOWN: shown}


def _digest_of(names: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sorted(names)).encode()).hexdigest()


def tally_of(findings: Iterable[Finding]) -> tuple[Tally, ...]:
    counted = Counter((each.locale, each.rule, each.severity.value) for each in findings)
    return tuple(Tally(*key, number) for key, number in counted.items())


def remarks_of(findings: Iterable[Finding]) -> tuple[Remark, ...]:
    return tuple(
        Remark(each.document, each.locale, each.line, each.severity.value, each.message, each.rule)
        for each in findings
        if each.rule not in _COMPLETENESS
    )


def modules() -> list[str]:
    """The files of our own that a result may follow from: those of the whole package."""
    found = []
    for folder, inner, names in os.walk(os.path.dirname(files.__file__)):  # noqa: PTH120
        inner[:] = [name for name in inner if name != "__pycache__"]
        found += [f"{folder}/{name}" for name in names]
    return sorted(found)


@cache
def _code_digest() -> str:
    """The sizes and times of our own modules: a developer's change makes what is known void."""
    found = [(stat.st_size, stat.st_mtime_ns) for stat in map(os.stat, modules())]
    return hashlib.blake2b(repr(found).encode(), digest_size=8).hexdigest()
