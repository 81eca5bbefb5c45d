"""Conversion between Chinese scripts: the one door to it for the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from l10n_flow.conversion import engine
from l10n_flow.conversion.engine import conversions, require
from l10n_flow.conversion.punctuation import mainland_quotes
from l10n_flow.model import Span

__all__ = ["Converter", "Punctuation", "conversions", "require", "traditional_spans"]


class Punctuation(StrEnum):
    """What becomes of the quotation marks: as they are, or in the Mainland's style."""

    KEEP = "keep"
    MAINLAND = "mainland"


@dataclass(frozen=True, slots=True)
class Converter:
    """A conversion (``hk2s`` …) with a punctuation profile.

    Raises:
        ConversionError: when used, if there is no conversion of that name.
    """

    conversion: str
    punctuation: Punctuation = Punctuation.MAINLAND

    @property
    def name(self) -> str:
        """What the seals say."""
        return self.conversion

    @property
    def profile(self) -> str:
        """What the project chose: a change of it converts afresh."""
        return f"{self.conversion} {self.punctuation}"

    @property
    def fingerprint(self) -> str:
        """The dictionaries: a change of them is applied by ``convert --upgrade`` only."""
        return engine.fingerprint()

    def convert_block(self, texts: Sequence[str]) -> list[str]:
        """Convert the units of one block; quotation marks nest over all of them."""
        convert = engine.engine(self.conversion)
        converted = [convert(text) for text in texts]
        return mainland_quotes(converted) if self.punctuation is Punctuation.MAINLAND else converted


def traditional_spans(text: str) -> list[Span]:
    """Where a text holds characters that only Traditional Chinese uses."""
    if engine.traditional_set().isdisjoint(text):  # the common case, many times faster than the search
        return []
    return [Span(*found.span()) for found in engine.traditional_characters().finditer(text)]
