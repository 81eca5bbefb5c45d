"""The line feeds at the ends of a target, which follow those of its source.

``msgfmt -c`` refuses an entry of which only one text begins, or ends, in a line feed, and people type one without
seeing it. A carriage return there is half a line end of another system.
"""

from __future__ import annotations

_LINE_ENDS = "\r\n"


def agreeing(source: str, target: str) -> str:
    """Return the target with a line feed at its start and end exactly where its source has one.

    A target of line ends alone counts as empty, unless the source also has line ends alone.
    """
    if source and target and source[0] > "\r" < source[-1] and target[0] > "\r" < target[-1]:
        return target  # no control character at an end: nearly all targets
    if _edge(source[:1]) == _edge(target[:1]) and _edge(source[-1:]) == _edge(target[-1:]):
        return target
    text = target.strip(_LINE_ENDS)
    if not text:
        return ""
    before, after = ("\n" if source.startswith("\n") else ""), ("\n" if source.endswith("\n") else "")
    return f"{before}{text}{after}"


def _edge(char: str) -> str:
    return char if char in {"\n", "\r"} else ""
