"""What a format is: both ways between the bytes of a file and a document, and how a draft is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.model import Document


class Format(Protocol):
    """A source format. Nothing outside it knows how its files are written."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The file name endings it is recognised by, lower case."""

    def parse(self, data: bytes, *, path: str, unit: str, overrides: Sequence[Override]) -> Document:
        """Read a file; arguments, result and errors are those of ``documents.parse``."""

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        """Write a document; arguments and result are those of ``documents.render``, a draft's mark left out.

        The targets have been escaped already.
        """

    def escape(self, target: str) -> str:
        """A target as it may stand in a file, so that it is read as text and nothing else."""

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        """A written file that tells its readers that it is a draft.

        Args:
            data: what ``render`` gave.
            document: the document it was made of.
            notice: what to tell them, on one line.
        """
