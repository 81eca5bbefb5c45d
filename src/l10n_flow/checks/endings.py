"""The end of a text: its last marks and their meaning, closing marks after them, and the place of a missing mark."""

from __future__ import annotations

import re
from typing import NamedTuple

from l10n_flow import scripts
from l10n_flow.messages import Message
from l10n_flow.model import Fix, Span

STOP, QUESTION, EXCLAMATION = Message("a full stop"), Message("a question mark"), Message("an exclamation mark")
COLON, SEMICOLON, COMMA = Message("a colon"), Message("a semicolon"), Message("a comma")
ELLIPSIS = Message("an ellipsis")
# The marks by meaning: full-width first, then ASCII, then those of other scripts (Arabic, Devanagari, Ethiopic).
_MEANING = {
    mark: meaning
    for meaning, marks in {
        STOP: "。．.।۔።",
        QUESTION: "？?؟",
        EXCLAMATION: "！!",
        COLON: "：:",
        SEMICOLON: "；;؛",
        ELLIPSIS: "…⋯",
        COMMA: "，,、،",
    }.items()
    for mark in marks
}
_QUOTES = "」』”’\"'"
_CLOSERS = _QUOTES + "）)《》〉】〕]*_~` \t\n\u00a0\u3000"
_BUT_SQUARE = _CLOSERS.replace("]", "")
_FOOTNOTE = re.compile(r"(?:\[[0-9]{1,3}\]|</[a-z0-9]{1,10}>)$", re.IGNORECASE)
_DOTS = re.compile(r"\. ?\. ?\.$")
_QUOTED = re.compile(rf"([{''.join(_MEANING)}])[{_QUOTES}]")
#: Only the last characters of a text are checked, so that the time does not depend on its length.
_TAIL = 80

_FULL: dict[str, str] = {
    STOP: "。",
    QUESTION: "？",
    EXCLAMATION: "！",
    COLON: "：",
    SEMICOLON: "；",
    ELLIPSIS: "……",
    COMMA: "，",
}
_HALF: dict[str, str] = {
    STOP: ".",
    QUESTION: "?",
    EXCLAMATION: "!",
    COLON: ":",
    SEMICOLON: ";",
    ELLIPSIS: "…",
    COMMA: ",",
}
# Languages with some marks of their own; in CLDR their exemplar punctuation contains ، ؟ ۔ । ። ။ ། ។.
_OWN_MARKS = frozenset(
    "am ar as bho bn bo brx ckb doi dz fa hi ks ku mai mni my ne or pa ps sa sat sd ti ug ur km".split()  # noqa: SIM905
)
# Spanish has pairs of question and exclamation marks, French a space before marks: only the full stop is simple.
_STOP_ONLY = frozenset({"ast", "es", "fr", "gl", "br"})
# Locales with the stop inside the quotation marks (Chicago Manual of Style, 6.9); so are 155 of 157 in parallel news.
_INSIDE = frozenset({"en", "en_us", "en_ca", "en_ph"})
_ENDS_WORD = "%°℃}"


class Ending(NamedTuple):
    """The end of a text: the meaning and the place of its last marks, and whether a closing quotation mark follows."""

    meanings: frozenset[str]
    span: Span
    quoted: bool


def ending(text: str) -> Ending | None:
    """Return the end of a text without closing quotes, brackets, emphasis and footnotes; None without a known mark."""
    start = max(0, len(text) - _TAIL)
    rest = text[start:]
    tail = _without_closers(rest)
    if dots := _DOTS.search(tail):
        begin, meanings = dots.start(), {ELLIPSIS}
    else:
        begin = len(tail)
        while begin and tail[begin - 1] in _MEANING:
            begin -= 1
        meanings = {_MEANING[mark] for mark in tail[begin:]}
    if not meanings:
        return None
    quoted = any(mark in _QUOTES for mark in rest[len(tail) :])
    return Ending(frozenset(meanings), Span(start + begin, start + len(tail)), quoted)


def quoted_in(text: str) -> set[str]:
    """Return the meanings of the marks before closing quotation marks."""
    return {_MEANING[match[1]] for match in _QUOTED.finditer(text)}


def replaced(locale: str, source: str, wanted: Ending, target: str, found: Ending) -> tuple[Fix, ...]:
    """Return a fix that replaces a wrong mark by the locale's form of the source's; () when more must change."""
    mark = _written(locale, source, wanted)
    after_space = target[found.span.start - 1 : found.span.start].isspace()
    if not mark or after_space or wanted.quoted != found.quoted or scripts.language(locale) in _STOP_ONLY:
        return ()
    return (Fix(found.span, mark),)


def widened(locale: str, target: str, found: Ending) -> tuple[Fix, ...]:
    """Return a fix that gives the last marks of a target the locale's width."""
    mark = _written(locale, target, found)
    return (Fix(found.span, mark),) if mark else ()


def appended(locale: str, source: str, wanted: Ending, target: str) -> tuple[Fix, ...]:
    """Return a fix that adds the source's mark to a target without one, before the same closing marks as there."""
    mark = _written(locale, source, wanted)
    place = _place(locale, source[wanted.span.end :].rstrip(), target, is_stop=wanted.meanings == {STOP})
    return (Fix(Span(place, place), mark),) if mark and place else ()


def _written(locale: str, text: str, end: Ending) -> str:
    """Return the marks of an ending in the locale's form; "" when that is not certain."""
    marks, language = text[end.span.start : end.span.end], scripts.language(locale)
    meanings = list(end.meanings) if len(end.meanings) == 1 else list(dict.fromkeys(_MEANING[mark] for mark in marks))
    if language in _OWN_MARKS or (len(meanings) > 1 and set(meanings) != {QUESTION, EXCLAMATION}):
        return ""
    if meanings == [STOP] and len(marks) > 1:  # 。。。 may be meant for an ellipsis
        return ""
    if (language in _STOP_ONLY and meanings != [STOP]) or (language == "ja" and meanings == [COMMA]):
        return ""
    written = _FULL if scripts.uses_han(locale) else _HALF
    return "".join(written[meaning] for meaning in meanings)


def _place(locale: str, after: str, target: str, *, is_stop: bool) -> int:
    """Return the place in a target for a mark that closing marks ``after`` follow in the source; 0: unknown."""
    body = target.rstrip()
    inner = len(body) - len(body[-_TAIL:]) + len(_without_closers(body[-_TAIL:]))
    closers = body[inner:]
    if not closers:
        return inner if _ends_word(body) else 0
    if not _ends_word(body[:inner]) or not _are_plain(body, inner):
        return 0
    place = len(body) - len(after)
    if after and (place < inner or [*map(_kind, body[place:])] != [*map(_kind, after)]):
        return 0
    while is_stop and locale.lower().replace("-", "_") in _INSIDE and place > inner and body[place - 1] in _QUOTES:
        place -= 1
    return place


def _ends_word(text: str) -> bool:
    return text[-1:].isalnum() or (text != "" and text[-1] in _ENDS_WORD)


def _are_plain(body: str, inner: int) -> bool:
    """Whether the closing marks of a text are certainly such: no footnote, no tag, no apostrophe, no inches."""
    closers = body[inner:]
    if "'" in closers or ("’" in closers and "‘" not in body) or ('"' in closers and body[inner - 1].isdigit()):
        return False
    return set(closers) <= set(_CLOSERS) and not any(map(str.isspace, closers))


def _kind(mark: str) -> str:
    return '"' if mark in _QUOTES else ")" if mark in "）)" else mark


def _without_closers(tail: str) -> str:
    tail = tail.rstrip(_BUT_SQUARE)
    while tail.endswith(("]", ">")):
        if cut := _FOOTNOTE.search(tail):
            tail = tail[: cut.start()]
        elif tail[-1] == "]":
            tail = tail[:-1]
        else:
            break
        tail = tail.rstrip(_BUT_SQUARE)
    return tail
