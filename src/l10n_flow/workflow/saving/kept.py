"""A catalogue kept in memory between edits: parsed again only when its file has other bytes than it had."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from l10n_flow import catalogue as po
from l10n_flow import files, ids
from l10n_flow.catalogue import Catalogue
from l10n_flow.catalogue.rewrite import dumps_changed
from l10n_flow.inside import Inside
from l10n_flow.model import Key


@dataclass(slots=True)
class Parsed:
    """A catalogue as its file holds it.

    Attributes:
        catalogue: its entries, those that have changed since included; its ``origin`` is the file's digest.
        units: its units by their ids.
        pieces: what ``dumps_changed`` keeps; empty before the first write.
    """

    catalogue: Catalogue
    units: ids.Index
    pieces: list[str] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Kept:
    """One catalogue's file and what is in memory of it; for one thread at a time."""

    path: Inside
    locale: str
    parsed: Parsed | None = None

    def take(self) -> Parsed | None:
        """What the file holds now; None when there is none.

        It is taken out of memory, so that nothing half done is found there after an error; the caller puts it back.

        Raises:
            L10nFlowError: when the file cannot be read.
            CatalogueError: when it is damaged.
        """
        parsed, self.parsed = self.parsed, None
        data = files.read_optional(self.path)
        if data is None:
            return None
        if parsed is not None and parsed.catalogue.origin == files.digest(data):
            return parsed
        catalogue = po.loads(data, self.path.plain, self.locale)
        return Parsed(catalogue, ids.Index(catalogue.entries))

    def write(self, parsed: Parsed, changed: Collection[Key]) -> None:
        """Write what was taken.

        Raises:
            OvertakenError: when a program that knows no locks (Poedit) has written since it was read.
            L10nFlowError: when the file cannot be written.
        """
        data = dumps_changed(parsed.catalogue, changed, parsed.pieces).encode()
        files.write_atomically(self.path, data, over=parsed.catalogue.origin)
        parsed.catalogue.origin = files.digest(data)
