"""A catalogue in memory. It is parsed again when the bytes of its file have changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from l10n_flow import catalogue as po
from l10n_flow import files, ids
from l10n_flow.catalogue import Catalogue, Draft, journal, rewrite
from l10n_flow.inside import Inside
from l10n_flow.model import Key


@dataclass(frozen=True, slots=True)
class ParsedCatalogue:
    """A catalogue as it is in its file.

    Attributes:
        catalogue: its entries; its ``origin`` is the file's digest.
        units: its units by their ids.
        pieces: its text, as ``rewrite`` keeps it; () before the first write.
    """

    catalogue: Catalogue
    units: ids.Index
    pieces: rewrite.Pieces = ()

    def lines(self, keys: Collection[Key]) -> dict[Key, int]:
        """The lines of some live entries in the file."""
        if not self.pieces:
            return {key: self.catalogue.entries[key].line for key in keys}
        numbers = {number: key for number, key in enumerate(self.catalogue.entries, 1) if key in keys}
        return {numbers[number]: line for number, line in rewrite.lines_of(self.pieces, numbers)}


@dataclass(eq=False, slots=True)
class CachedCatalogue:
    """The file of a catalogue and its parsed form, for one thread at a time."""

    path: Inside
    locale: str
    parsed: ParsedCatalogue | None = None

    def take(self) -> ParsedCatalogue | None:
        """The catalogue as its file is now; None without a file.

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
        return ParsedCatalogue(catalogue, ids.Index(catalogue.entries))

    def write(self, parsed: ParsedCatalogue, draft: Draft) -> ParsedCatalogue:
        """Write a draft over the catalogue that was taken; its journal lines name the entries that have changed.

        Returns:
            What the file holds now.

        Raises:
            OvertakenError: when a program that knows no locks (Poedit) has written since it was read.
            L10nFlowError: when the file cannot be written.
        """
        catalogue, changed = draft.done(), {line.key for line in draft.lines}
        if parsed.pieces:
            pieces = rewrite.renewed(parsed.pieces, catalogue, changed, self.path.plain)
        else:
            pieces = rewrite.pieces_of(catalogue, self.path.plain)
        data = rewrite.joined(pieces).encode()
        journal.append(self.path, draft.lines)
        files.write_atomically(self.path, data, over=parsed.catalogue.origin)
        return ParsedCatalogue(replace(catalogue, origin=files.digest(data)), parsed.units, pieces)
