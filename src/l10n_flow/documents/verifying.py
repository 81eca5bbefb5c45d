"""Reading a written file again: an edition whose structure differs from its source is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n_flow import graphemes
from l10n_flow.documents.format import TEXT_EVENT, Format
from l10n_flow.errors import FaultError, L10nFlowError, SourceError
from l10n_flow.model import Document

_EXCERPT = 60


def require_shape(
    data: bytes, document: Document, targets: Sequence[str | None], known: Format, *, path: str = "-"
) -> None:
    """Refuse a written file whose structure differs from its source.

    Args:
        data: the file.
        document: the document that was written.
        targets: the inserted texts; if one is left out, a block may have no text.
        known: the format of both.
        path: the path of the file, for messages.

    Raises:
        SourceError: a translation changes the structure.
        FaultError: it differs although every text is the source's, or although no text can change it.
    """
    if not document.shape:
        return
    shape = known.shape(data)
    place = difference(document.shape, shape.events, spare=sum(1 for target in targets if not target))
    if place is not None:
        if not known.is_text:
            where = shape.lines[min(place, len(shape.lines) - 1)] if shape.lines else 1
            message = f"paragraph {where} of the edition would have another structure than the source"
            raise FaultError(message, path=path)
        raise _refusal(data, document, targets, shape.lines[place : place + 1], path)


def difference(wanted: Sequence[str], events: Sequence[str], *, spare: int) -> int | None:
    """Return the index of the first difference of two shapes; None if they are the same.

    Args:
        wanted: the events of the source.
        events: the events of the written file.
        spare: the number of texts that may be missing because they were left out.
    """
    if events == wanted:
        return None
    place = 0
    for event in wanted:
        if place < len(events) and events[place] == event:
            place += 1
        elif spare and event.startswith(TEXT_EVENT):
            spare -= 1
        else:
            return place
    return place if place < len(events) else None


def _refusal(
    data: bytes, document: Document, targets: Sequence[str | None], lines: Sequence[int], path: str
) -> L10nFlowError:
    changed = any(target != unit.text for unit, target in zip(document.units(), targets, strict=True))
    written = re.split(r"\r\n|\r|\n", data.decode("utf-8", "replace"))
    line = lines[0] if lines else len(written)
    excerpt = written[min(line, len(written)) - 1].strip()
    excerpt = graphemes.beginning(excerpt, _EXCERPT)
    message = f"line {line} of the edition would read 「{excerpt}」 and have another structure than the source"
    if not changed:
        return FaultError(message, path=path)
    return SourceError(f"{message}; correct the translation that stands there, or in the block before it", path=path)
