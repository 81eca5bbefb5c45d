"""From a text to blocks and sentences: the rules, apart from any file format."""

from __future__ import annotations

from l10n_flow.documents.segmentation.sentences import split_sentences

__all__ = ["split_sentences"]
