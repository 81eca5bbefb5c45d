"""Conversion between Chinese scripts: other packages import it from here only."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from l10n_flow.conversion import engine as engines
from l10n_flow.conversion import punctuation as profiles
from l10n_flow.conversion.compiled import Compiled
from l10n_flow.conversion.engine import conversions, ends, fitting, require, writes_simplified
from l10n_flow.conversion.explain import Change, Rule, changes, merged
from l10n_flow.conversion.matching import Piece
from l10n_flow.conversion.punctuation import Punctuation
from l10n_flow.conversion.traditional import OneScript, script_of, traditional_spans
from l10n_flow.conversion.words import NO_WORDS, Own, Words

if TYPE_CHECKING:
    from l10n_flow.inline import InlineCode

__all__ = [
    "NO_WORDS",
    "Change",
    "Converter",
    "OneScript",
    "Own",
    "Punctuation",
    "Rule",
    "Words",
    "conversions",
    "doubt",
    "ends",
    "fitting",
    "require",
    "roundtrip",
    "script_of",
    "stream",
    "traditional_spans",
    "vocabulary",
    "writes_simplified",
]


@dataclass(frozen=True)
class Converter:
    """A conversion (``hk2s`` …) with a punctuation profile and the project's own words.

    Attributes:
        conversion: its name.
        punctuation: the punctuation profile.
        words: the project's own words; they take precedence over all dictionaries.
        strict: whether to convert exactly as opencc-python-reimplemented, without corrections.
        options: the names of other chosen options, for the profile.

    Raises:
        ConversionError: when used, if there is no conversion of that name.
    """

    conversion: str
    punctuation: Punctuation = Punctuation.MAINLAND
    words: Words = NO_WORDS
    strict: bool = False
    options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the conversion in seals."""
        return self.conversion

    @property
    def profile(self) -> str:
        """The choices of the project; when they change, texts are converted again."""
        return " ".join((self.conversion, self.punctuation, *self.options, *(["strict"] if self.strict else [])))

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the dictionaries; ``convert --upgrade`` alone applies a change of them."""
        return engines.fingerprint(strict=self.strict)

    def convert_block(self, texts: Sequence[str], codes: Sequence[Sequence[InlineCode]] = ()) -> list[str]:
        """Convert the units of one block; quotation marks are nested over all units.

        Args:
            texts: the texts of the units.
            codes: the inline codes of each text, which do not change; () if no text has any. The text around a code
                is converted as if the code were not there.
        """
        if any(codes):
            return self._around(texts, codes)
        return profiles.apply(self.punctuation, [self._converted(text) for text in texts])

    def convert_paragraphs(self, text: str) -> str:
        """Convert a text; quotation marks are nested within each paragraph, which ends at a blank line."""
        return profiles.apply_each(self.punctuation, self._converted(text))

    def explain_block(self, texts: Sequence[str], codes: Sequence[Sequence[InlineCode]] = ()) -> list[list[Change]]:
        """Return, for each unit of a block, the changes of :meth:`convert_block` in order."""
        if any(codes):
            return self._explained_around(texts, codes)
        converted = [self._converted(text) for text in texts]
        edits = profiles.edits(self.punctuation, converted)
        return [
            list(changes(text, merged(text, list(self._pieces(text)), _as_pieces(unit_edits))))
            for text, unit_edits in zip(texts, edits, strict=True)
        ]

    def _around(self, texts: Sequence[str], codes: Sequence[Sequence[InlineCode]]) -> list[str]:
        from l10n_flow.inline import Plain  # noqa: PLC0415 - start-up

        plains = [Plain(text, each) for text, each in zip(texts, codes, strict=True)]
        found = self.explain_block([plain.text for plain in plains])
        return [
            plain.restored(plain.text, ((change.start, change.end, change.after) for change in changed), text)
            for plain, changed, text in zip(plains, found, texts, strict=True)
        ]

    def _explained_around(self, texts: Sequence[str], codes: Sequence[Sequence[InlineCode]]) -> list[list[Change]]:
        """Return the changes of the plain text at their places in the text; a change ends at the first code in it."""
        from l10n_flow.inline import Plain  # noqa: PLC0415 - start-up

        plains = [Plain(text, each) for text, each in zip(texts, codes, strict=True)]
        result = []
        for plain, found in zip(plains, self.explain_block([each.text for each in plains]), strict=True):
            moved = []
            shift = 0
            for change in found:
                start, end = plain.span(change.start, change.end)
                target = start + shift
                kept = (code.end - code.start for code in plain.codes if start <= code.start < end and not code.text)
                length = len(change.after) + sum(kept)
                moved.append(change._replace(start=start, end=end, target_start=target, target_end=target + length))
                shift += length - (end - start)
            result.append(moved)
        return result

    def explain_words(self, text: str) -> list[Change]:
        """Return the changes by words, not by single characters or punctuation: faster than all changes."""
        corrected = frozenset[str]() if self.strict else engines.corrected_characters(self.conversion)
        known = self._engine.has_words(text) or not corrected.isdisjoint(text)
        if known or next(self.words.find(text), None) is not None:
            return list(changes(text, self._pieces(text, corrected)))
        return []

    def border(self, text: str) -> int:
        """Return the last place where a cut does not change the conversion; the end of the text if there is none."""
        return self._engine.border(text)

    @cached_property
    def _engine(self) -> Compiled:
        return engines.engine(self.conversion, strict=self.strict)

    def _converted(self, text: str) -> str:
        convert = self._engine
        if self.words is NO_WORDS:
            return convert(text)
        parts: list[str] = []
        done = 0
        for start, end, own in self.words.find(text):
            if own.after is not None:
                parts += convert(text[done:start]), own.after
                done = end
        return "".join((*parts, convert(text[done:]))) if done else convert(text)

    def _pieces(self, text: str, characters: Container[str] | None = None) -> Iterator[Piece]:
        done = 0
        for start, end, own in (*self.words.find(text), (len(text), len(text), Own("", ""))):
            if own.after is not None:
                pieces = self._engine.pieces(text[done:start], characters)
                yield from pieces if not done else (piece.moved(done) for piece in pieces)
                if end > start:
                    yield Piece(start, end, own.after, (own.rule,))
                done = end


def _as_pieces(edits: Sequence[profiles.Edit]) -> list[Piece]:
    return [Piece(edit.start, edit.end, edit.after, (Rule.PUNCTUATION, edit.rule)) for edit in edits]
