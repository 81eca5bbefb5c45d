"""Applying the author's overrides, with notices of unused ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from l10n_flow.documents.segmentation.flow import BLANKS, Passage, merged
from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.inline import Stretches
from l10n_flow.model import BlockKind, Notice, NoticeKind, Role, Span


@dataclass(slots=True)
class Draft:
    """A draft of a block: its units are still spans of the passage's text.

    The author's settings of each unit are set only after overrides have been applied.
    """

    passage: Passage
    kind: BlockKind
    spans: list[tuple[int, int, Role]] = field(default_factory=list)
    contexts: list[str | None] = field(default_factory=list)
    copies: list[bool | None] = field(default_factory=list)


def _find(override: Override, texts: Sequence[str], lines: Callable[[int], int], notices: list[Notice]) -> int | None:
    """Return the block that an override means; add a notice when there is none, or several and no ``nth``."""
    found = [index for index, text in enumerate(texts) if text == override.text]
    found = found or [index for index, text in enumerate(texts) if override.text in text]
    if override.nth is not None and override.nth <= len(found):
        return found[override.nth - 1]
    if len(found) == 1 and override.nth is None:
        return found[0]
    if not found:
        reason = "no block contains it"
    elif override.nth is not None:
        reason = f"only {len(found)} block(s) contain it, there is no number {override.nth}"
    else:
        where = ", ".join(str(lines(index)) for index in found[:20])
        reason = f"the blocks on lines {where} contain it; quote more of the text or add nth"
    _unused(override, reason, lines(found[0]) if found else 1, notices)
    return None


def _unused(override: Override, reason: str, line: int, notices: list[Notice]) -> None:
    place = f" (line {override.line} of the overrides)" if override.line else ""
    notice = Notice(
        NoticeKind.OVERRIDE_UNUSED, line, f"the override for 「{override.text}」{place} is not used: {reason}"
    )
    if notice not in notices:
        notices.append(notice)


def _locate(override: Override, passages: Sequence[Passage], notices: list[Notice]) -> int | None:
    texts = [passage.text for passage in passages]
    return _find(override, texts, lambda index: passages[index].lines[0], notices)


def rejoin(passages: list[Passage], source: str, overrides: Sequence[Override], notices: list[Notice]) -> list[Passage]:
    followed: set[int] = set()
    for override in overrides:
        if override.join and (index := _locate(override, passages, notices)) is not None:
            if index + 1 < len(passages):
                followed.add(index + 1)
            else:
                _unused(override, "no block follows", passages[index].lines[0], notices)
    return merged(passages, followed, source)


def resplit(passages: list[Passage], overrides: Sequence[Override], notices: list[Notice]) -> list[Passage]:
    result = passages
    for override in overrides:
        if override.split is None or (index := _locate(override, result, notices)) is None:
            continue
        passage = result[index]
        at = passage.text.find(override.split)
        if at <= 0:
            _unused(override, f"the block has nothing before 「{override.split}」", passage.lines[0], notices)
            continue
        left = len(passage.text[:at].rstrip(BLANKS))
        result[index : index + 1] = [passage.cut(0, left), passage.cut(at, len(passage.text))]
    return result


def resplit_marked(
    passages: list[Passage], kinds: Sequence[BlockKind], overrides: Sequence[Override], notices: list[Notice]
) -> tuple[list[Passage], list[BlockKind]]:
    """Split passages of a marked-up file: two blocks cannot become one, nor is one split inside a pair of codes."""
    result, named = passages, list(kinds)
    for override in overrides:
        if override.join and (index := _locate(override, result, notices)) is not None:
            _unused(override, "what is one block is said by the markup of the file", result[index].lines[0], notices)
        if override.split is None or (index := _locate(override, result, notices)) is None:
            continue
        at = result[index].text.find(override.split)
        if at in Stretches(result[index].codes):
            _unused(override, f"「{override.split}」 stands inside a pair of codes", result[index].lines[0], notices)
            continue
        before = len(result)
        result = resplit(result, [override], notices)
        if len(result) > before:
            named.insert(index, named[index])
    return result, named


def rename(drafts: list[Draft], overrides: Sequence[Override], notices: list[Notice], kept: list[Span]) -> list[Draft]:
    """Set the author's kinds of blocks, and leave out untranslated ones, whose spans are added to ``kept``."""
    skipped: set[int] = set()
    for override in overrides:
        if override.kind is None and override.translate:
            continue
        index = _locate(override, [draft.passage for draft in drafts], notices)
        if index is not None:
            drafts[index].kind = override.kind or drafts[index].kind
            if not override.translate:
                skipped.add(index)
    passages = (drafts[index].passage for index in sorted(skipped))
    kept += (Span(passage.start, passage.end) for passage in passages)
    return [draft for index, draft in enumerate(drafts) if index not in skipped]


def regroup(drafts: Sequence[Draft], overrides: Sequence[Override], notices: list[Notice]) -> None:
    """Merge units, then set their contexts, and which are copied."""
    passages = [draft.passage for draft in drafts]
    for override in overrides:
        if override.as_one and (index := _locate(override, passages, notices)) is not None:
            draft = drafts[index]
            first, last = _touched(draft, override.text)
            last = min(max(last, first + 1), len(draft.spans) - 1)
            if first == last:
                _unused(override, "there is no next unit in its block", draft.passage.lines[0], notices)
            start, _, role = draft.spans[first]
            draft.spans[first : last + 1] = [(start, draft.spans[last][1], role)]
            draft.contexts[first : last + 1] = [None]
    for override in overrides:
        if override.context is not None and (index := _locate(override, passages, notices)) is not None:
            first, last = _touched(drafts[index], override.text)
            drafts[index].contexts[first : last + 1] = [override.context] * (last + 1 - first)
    whole = next((override.copy for override in overrides if not override.text), None)
    for draft in drafts:
        draft.copies = [whole] * len(draft.spans)
    for override in overrides:
        if override.text and override.copy is not None and (index := _locate(override, passages, notices)) is not None:
            first, last = _touched(drafts[index], override.text)
            drafts[index].copies[first : last + 1] = [override.copy] * (last + 1 - first)


def _touched(draft: Draft, text: str) -> tuple[int, int]:
    """Return the first and last unit that a quotation from the block touches."""
    start = draft.passage.text.index(text)
    end = start + len(text)
    touched = [index for index, (low, high, _) in enumerate(draft.spans) if low < end and start < high]
    return touched[0], touched[-1]
