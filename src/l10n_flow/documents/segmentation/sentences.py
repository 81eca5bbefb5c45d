"""The ends of sentences: rules as data, and a few small functions for rules that are no regular expressions.

``docs/segmentation.md`` has the rules and the texts with which they were measured. Every search backwards or forwards
is limited, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n_flow import graphemes
from l10n_flow.inline import CodeKind, CodeRole, InlineCode, Plain, Stretches

_OPENERS = "「『“‘（《〈【〔［｛﹁﹃(["
CLOSERS = "」』”’）》〉】〕］｝﹂﹄)]"
#: The marks that always end a sentence, except in titles and in brackets of their own.
FINALS = "。！？｡⁇⁈⁉‼"
#: A text without a match is one sentence.
may_end = re.compile(rf"[{FINALS}!?.]").search
#: No sentence begins with one of these.
_CONTINUERS = frozenset("，、；：。！？｡．,;:!?…⋯·・%％")
_PAIRS = dict(zip(CLOSERS, _OPENERS, strict=True))
#: The word as which a standalone code is read.
_WORD = "Xx"
#: The number of characters in which the other end of a title, a quotation or a URL is searched for.
_REACH = 120

_C = re.escape(CLOSERS)
#: Characters that belong to the character before (UAX 29, ``Extend``): variation selectors, combining marks.
_EXTENDERS = "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0x300, 0x370), *range(0x20D0, 0x20F1), 0x200D)))
_E = f"[{_EXTENDERS}]*"
# A transcript's note on the speaker belongs to the sentence before it: （笑）
_STAGE = (
    r"[（(][^（）()。！？\s]{0,6}(?:[笑哭泣嘆叹咽咳]|掌[聲声]|鼓掌|[歡欢]呼|沉默|停[頓顿]|[點点搖摇][頭头]|噓[聲声]|嘘声)"
    r"[^（）()。！？\s]{0,3}[)）]"
)
# A run of marks, closers (also after a space), references to notes: 。 ？！ 。」 。 」 。[1]
_MARK = re.compile(rf"[{FINALS}!?][{FINALS}!?…⋯～~{_EXTENDERS}]*(?:\s*(?:[{_C}]{_E}|{_STAGE}))*(?:\[\^?\w{{1,20}}\])*")
# A quotation with a curly opening mark and a straight closing mark.
_MIXED = re.compile(r"“[^”\"]*\"")
# A full stop (two are a 。 lost in conversion) after a word, its closers; what follows must be a space or Han.
_STOP = re.compile(rf"(?<=[\w%\"'{_C}])\.{{1,2}}(?!\.)[\"'{_C}]*(?=\s|[\u3400-\u9fff])")
_CLOSING = re.compile(rf"(?:\s*[{_C}])*")
_SPACES = re.compile(r"\s*")
_URL = re.compile(r"(?:://|\bwww\.)[!-~]*\Z")
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.]*\Z|\d+\Z")
_NON_LATIN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af]")

#: Abbreviations whose full stop does not end a sentence, lower case, without the last stop.
_ABBREVIATION_LIST = """
    mr mrs ms dr prof st sr jr rev hon gen col lt sgt capt gov sen rep pres no nos vol vols fig figs eq ed eds pp ch
    sec art etc al vs cf ca approx e.g i.e a.m p.m ph.d mt ft jan feb mar apr jun jul aug sep sept oct nov dec
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())


def split_sentences(text: str) -> list[str]:
    """Split a paragraph into sentences.

    Args:
        text: one paragraph, its hard-wrapped lines joined.

    Returns:
        Pieces whose concatenation is the text; spaces after a sentence are at its end. An empty text has no pieces.
    """
    cuts = list(_after_marks(text))
    if "." in text:
        cuts = sorted({*cuts, *_after_stops(text)})
    cuts = [graphemes.ceil(text, cut) for cut in cuts]
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if start < end]


def split_marked(text: str, codes: Sequence[InlineCode]) -> list[str]:
    """Split a text with inline codes into sentences; there is no split inside a code, nor between two of a pair.

    A closing code and a reference to a note remain with the sentence before. A forced line break ends a piece, and is
    at its end.
    """
    cuts: list[int] = []
    start = first = 0
    whole = Stretches(codes)
    for number, code in enumerate(codes):
        if code.end > len(text):
            break
        # The second of two consecutive breaks begins nothing.
        if code.kind is CodeKind.BREAK and (start or code.start > start) and code.start not in whole:
            cuts += _cuts(text, codes[first:number], start, code.start)
            cuts.append(code.end)
            start, first = code.end, number + 1
    rest = [code for code in codes[first:] if code.end <= len(text)]
    cuts += _cuts(text, rest, start, len(text))
    return [text[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if begin < end]


def _cuts(text: str, codes: Sequence[InlineCode], start: int, end: int) -> Iterator[int]:
    """Yield the starts of the sentences of ``text[start:end]``, with its codes, except the first."""
    if start:
        codes = [code.moved(-start) for code in codes]
    # A reference to a note is read as empty: it remains with its sentence.
    read = [code._replace(text="") if code.kind is CodeKind.NOTE else code for code in codes]
    line, whole = text[start:end], Stretches(codes)
    plain = Plain(line, read, _WORD)
    place = 0
    for sentence in split_sentences(plain.text)[:-1]:
        place += len(sentence)
        cut = plain.before(place)
        for code in plain.at(place):
            if code.start != cut or not (code.role is CodeRole.CLOSING or code.kind is CodeKind.NOTE):
                break
            cut = code.end
        cut = _SPACES.match(line, cut).end()  # type: ignore[union-attr]  # it matches everywhere
        if cut not in whole:
            yield start + cut


def _after_marks(text: str) -> Iterator[int]:
    quotes = '"' in text
    for found in _MARK.finditer(text):
        end = _run_end(text, found, quotes=quotes)
        following = _SPACES.match(text, end).end()  # type: ignore[union-attr]  # it matches everywhere
        if following < len(text) and _ends_sentence(text, found.start(), end, following):
            yield following


def _run_end(text: str, found: re.Match[str], *, quotes: bool) -> int:
    """Return the end of the run, including quotation marks that have the same form on both sides."""
    start, end = found.span()
    if quotes and text.startswith('"', end) and _straight_closes(text, start):
        return _CLOSING.match(text, end + 1).end()  # type: ignore[union-attr]  # it matches everywhere
    marks = found[0]
    if "”" in marks and not _is_open(text, start) and "”" in text[end : end + _REACH].partition("“")[0]:
        return start + marks.index("”")  # some write it instead of “
    return end


def _straight_closes(text: str, position: int) -> bool:
    """Whether a straight mark closes a quotation here: one that a straight mark opened, or sometimes “."""
    low = max(0, position - _REACH * 4)
    if (text.count('"', low, position) - len(_MIXED.findall(text, low, position))) % 2:
        return True
    opened = text.rfind("“", low, position)
    return opened >= 0 and "”" not in text[opened:position] and '"' not in text[opened:position]


def _is_open(text: str, position: int) -> bool:
    """Whether a “ is open in the searched text; no mark counts as open (a quotation of many paragraphs)."""
    low = max(0, position - _REACH * 4)
    return text.rfind("“", low, position) >= text.rfind("”", low, position)


def _ends_sentence(text: str, start: int, end: int, following: int) -> bool:
    """Whether the marks from ``start``, closed at ``end``, end a sentence; the next begins at ``following``."""
    after = text[following]
    if after in _CONTINUERS or text[start - 1 : start] in _PAIRS.values() or _in_title(text, start):
        return False
    if text[start] in "!?" and not _ascii_mark_ends(text, start, end, following):
        return False
    bare = start + len(text[start:end].rstrip(_EXTENDERS))
    return text[bare - 1] not in _PAIRS or not _goes_on(text, start, bare, after)


def _in_title(text: str, position: int) -> bool:
    low = max(0, position - _REACH)
    for opener, closer in ("《》", "〈〉"):
        begun = text.rfind(opener, low, position)
        if begun > text.rfind(closer, low, position):
            rest = text[position : position + _REACH]
            return closer in rest.partition(opener)[0]
    return False


def _ascii_mark_ends(text: str, start: int, end: int, following: int) -> bool:
    """Whether ! or ? ends a sentence: beside Han or before a space, not in ``index.htm?a=1`` or ``Yahoo!``."""
    before, after = text[start - 1 : start], text[following]
    if following > end:
        return not after.islower()
    if not _NON_LATIN.match(before) and _URL.search(text, max(0, start - _REACH), start):
        return False
    return bool(_NON_LATIN.match(before) or _NON_LATIN.match(after)) and text[max(0, start - 5) : start] != "Yahoo"


def _goes_on(text: str, start: int, end: int, after: str) -> bool:
    """Whether the sentence continues after a closing quotation mark or bracket: 「甲？」的乙, 甲（乙？）丙."""
    if after == "的":
        return True
    closer = text[end - 1]
    if closer not in "）)" or text[start] in "。｡":
        return False
    opener = text.rfind(_PAIRS[closer], max(0, start - _REACH), start)
    return opener > 0 and text[opener - 1] not in FINALS + CLOSERS


def _after_stops(text: str) -> Iterator[int]:
    # In a text with 。, a stop between Han is in a name (唐納德.特朗普); else it is the full stop.
    chinese = not any(mark in text for mark in "。｡")
    for found in _STOP.finditer(text):
        start, end = found.span()
        following = _SPACES.match(text, end).end()  # type: ignore[union-attr]  # it matches everywhere
        if following < len(text) and _stop_ends(text, start, following, spaced=following > end, chinese=chinese):
            yield following


def _stop_ends(text: str, start: int, following: int, *, spaced: bool, chinese: bool) -> bool:
    after = text[following]
    if after in _CONTINUERS or after in CLOSERS or _in_title(text, start):
        return False
    if _NON_LATIN.match(text, start - 1):
        return chinese or text.startswith("..", start)
    if _NON_LATIN.match(after) and after not in _OPENERS:
        return chinese and spaced and not _abbreviates(text, start)
    return (
        spaced and (after.isupper() or after.isdigit() or after in _OPENERS + "\"'") and not _abbreviates(text, start)
    )


def _abbreviates(text: str, stop: int) -> bool:
    """Whether the stop belongs to an abbreviation, an initial or the number of a list item."""
    word = _LAST_WORD.search(text, max(0, stop - 20), stop)
    if word is None:
        return False
    if word[0].isdigit():
        return not text[max(0, word.start() - 3) : word.start()].strip()
    name = word[0].lower()
    return name in _ABBREVIATIONS or len(name.rpartition(".")[2]) == 1
