"""What a page says, as sentences: errors and refusals are written as the command line says them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from l10n_flow import interface
from l10n_flow.scripts import is_chinese

_ENDED = re.compile(r"[.!?…:。！？：][”’」』)）]?$")
_WORD = re.compile(r"[a-z]+(?=[\s,;']|$)")


def sentence(text: str, language: str) -> str:
    """A message in the reader's language, with a capital letter and a full stop; "" stays so.

    What begins with a name or a path keeps its first letter.
    """
    said = interface.speaker(language)(text).strip()
    if not said:
        return ""
    if _WORD.match(said):
        said = said[0].upper() + said[1:]
    if _ENDED.search(said):
        return said
    return said + ("。" if is_chinese(language) and not said.isascii() else ".")


def without_root(text: str, root: Path) -> str:
    """A message with the paths in it as seen from the project's folder: where that lies is nobody's business."""
    beginning = f"{root}{os.sep}"
    return text.replace(beginning, "") if beginning in text else text
