"""The marks at the beginning and end of lines: of list items and notes, of labels, of complete sentences or others."""

from __future__ import annotations

import re
from itertools import pairwise

from l10n_flow.scripts import has_han

NUMERAL = "一二三四五六七八九十百"
_DIGITS = r"[\d０-９]{1,2}"
# 一、二年級 and 三、四百人 are numbers, not items.
_RANGE = "|".join(f"{first}、{second}" for first, second in pairwise("一二三四五六七八九十"))
_ROMAN = r"(?:x{0,2}(?:ix|iv|v?i{1,3}|v)|x{1,2})"
_SIGN = (
    r"[●⚫⚪⬤•‧・◆◇■□▪★☆※○◎►▶→➤✔✓🔸🔹🔺]|·\s?(?=\w)|－(?!－)|[-–*+]\s"
    r"|[\u2600-\u2604\u260e\u2611\u2705\u270d\u274c\u2753\u2757\u27a1\U0001f300-\U0001faff]\ufe0f?"
)
_NUMBER = rf"[（(]\s?(?:[{NUMERAL}]{{1,3}}|{_DIGITS}|{_ROMAN}|[A-Za-z])\s?[)）]|[①-⑳㈠-㈩]"
#: A reference at the foot or the end of a text.
CITED = re.compile(r"\[(?:\d{1,3}|\^\w{1,20})\](?:\s?[:：])?|［\d{1,3}］|〔\d{1,3}〕")
#: A line that begins like this begins a block, whatever is above it.
STRONG_MARKER = re.compile(rf"{_SIGN}|{_NUMBER}|[▲△]|[問答问QqAa][：:︰]")
#: A wrapped sentence can continue like this too (三、四年): it is a block only if the line above has ended.
WEAK_MARKER = re.compile(
    rf"(?!{_RANGE})[{NUMERAL}]{{1,3}}、|[甲乙丙丁戊己庚辛壬癸](?:[.．]|、(?![甲乙丙丁戊己庚辛壬癸]))|{_DIGITS}(?:[.．](?!\d)|[、）)])|[A-Za-z](?:[)）]|[.．、]\s?(?![A-Z][.．]|[a-z]))"
    rf"|(?:{_ROMAN}|[IVX]{{1,4}})[.．)）、]\s|第[{NUMERAL}]{{1,3}}[，、：]|{CITED.pattern}"
)
#: Either of the two.
MARKER = re.compile(rf"{STRONG_MARKER.pattern}|{WEAK_MARKER.pattern}")
BULLETED = re.compile(_SIGN)
LIST_MARKER = re.compile(rf"{_SIGN}|{_NUMBER}|(?!{CITED.pattern})(?:{WEAK_MARKER.pattern})")

FINAL = re.compile(r"[。！？｡!?.…][」』”’）》】\"')\]]*\Z")
UNFINISHED = re.compile(r"[，、；：︰,;:—]\Z")
_SPACED = re.compile(r"\S {3,}\S")
_HONOURS = re.compile(r"\b[A-Z]\.\Z")
_LABELLED = re.compile(r"[^\s：︰:，。、；「」]{1,10}(?:\s[^\s：︰:，。、；「」]{1,10})?\s?[：︰:](?!//)")


def is_final(text: str) -> bool:
    """Whether a text ends like a sentence."""
    return FINAL.search(text[-12:]) is not None


def is_label(text: str) -> bool:
    """Whether a line begins with a label: 電話：2345 6789."""
    return _LABELLED.match(text) is not None


def label_of(text: str) -> str:
    """Return the label of a line with its colon; "" without one."""
    found = _LABELLED.match(text)
    return found[0] if found else ""


def is_prose(text: str) -> bool:
    """Whether a text is prose rather than a title, a label or a name with its honours (J.P.)."""
    if "。" in text:
        return True
    if _SPACED.search(text) or (_HONOURS.search(text) and has_han(text)):
        return False
    return len(text) > (40 if has_han(text) else 100) or is_final(text)
