"""The texts of the walk: sentences in Traditional Chinese, and translations without digits, so that no check fails."""

from __future__ import annotations

import re
from random import Random

_WHO = ("記者", "市民", "學生", "老師", "漁民", "醫生", "工人", "作家", "司機", "農夫", "護士", "導遊")
_WHERE = ("在海邊", "在車站", "在學校", "在圖書館", "在醫院", "在廣場", "在市場", "在山頂", "在碼頭", "在劇院")
_WHAT = (
    "看見一艘舊船", "買了兩張車票", "讀完一本長篇小說", "聽見遠處的鐘聲", "遇見多年不見的朋友", "拍下許多珍貴的照片",
    "談論明天的天氣", "等候遲到的列車", "寫信給遠方的親人", "記錄這個歷史時刻",
)  # fmt: skip
#: Characters of Traditional Chinese only: none may occur in a Simplified edition.
TRADITIONAL = frozenset("記學師漁醫農護導遊邊車館頂場碼頭劇見舊買張讀聽遠處鐘許貴談論氣寫親錄這個歷時")
_WORDS = (
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "inlet", "jetty", "knoll", "larch", "maple",
)  # fmt: skip


def sentence(random: Random) -> str:
    return f"{random.choice(_WHO)}{random.choice(_WHERE)}{random.choice(_WHAT)}。"


def edited(text: str, random: Random) -> str:
    """Return the sentence with another end, or another beginning."""
    other = sentence(random)
    return text[:-4] + other[-4:] if random.random() < 0.5 else other[:2] + text[2:]


def translation(random: Random) -> str:
    return f"The {' '.join(random.choices(_WORDS, k=6))}."


Article = list[list[str]]


def article(random: Random) -> Article:
    """Return a title and paragraphs of sentences; a paragraph of one short text is a heading."""
    title = [sentence(random)[:-1][:12]]
    return [title, *([sentence(random) for _ in range(random.randint(1, 4))] for _ in range(random.randint(2, 5)))]


def rendered(found: Article, *, markdown: bool) -> str:
    blocks = ["".join(block) for block in found]
    if markdown:
        blocks = [
            f"# {block}" if number == 0 else block.replace("一", "**一**", 1) if number == 2 else block
            for number, block in enumerate(blocks)
        ]
    return "\n\n".join(blocks) + "\n"


def read(text: str) -> Article:
    """Parse the text of an article."""
    blocks = (block.replace("**", "").removeprefix("# ") for block in text.strip().split("\n\n"))
    return [re.findall("[^。]+。?", block) for block in blocks]
