"""The Mainland words for Hong Kong words: the file is as its head says, and the usual traps stay untouched."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

import pytest

HEADER = "from\tto\tunless\tkind\tnote"
KINDS = frozenset({"word", "name", "place", "unit"})


class Row(NamedTuple):
    """One row of the file."""

    before: str
    after: str
    unless: tuple[str, ...]
    kind: str
    note: str


@cache
def _lines() -> tuple[str, ...]:
    """The lines of the file that are no comments, the header first."""
    text = resources.files("l10n_flow.conversion").joinpath("data/vocabulary.tsv").read_text(encoding="utf-8")
    assert text.endswith("\n")
    return tuple(line for line in text.removesuffix("\n").split("\n") if not line.startswith("#"))


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(_row(line) for line in _lines()[1:])


def _row(line: str) -> Row:
    before, after, unless, kind, note = line.split("\t")
    return Row(before, after, tuple(unless.split()), kind, note)


@cache
def _matcher() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern that takes the longest word or guard at the leftmost place, and what a word becomes."""
    words = {row.before: row.after for row in _rows()}
    guards = {guard for row in _rows() for guard in row.unless}
    longest_first = sorted(words.keys() | guards, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), words


def _replaced(text: str) -> str:
    """The text with its words replaced and everything else, guards included, as it was."""
    pattern, words = _matcher()
    return pattern.sub(lambda match: words.get(match.group(), match.group()), text)


def test_header_and_columns() -> None:
    assert _lines()[0] == HEADER
    assert [line for line in _lines()[1:] if line.count("\t") != 4] == []


def test_sorted_and_unique() -> None:
    words = [row.before for row in _rows()]
    assert words == sorted(set(words))
    assert len(words) >= 300


def test_no_stray_space() -> None:
    assert [line for line in _lines() if any(cell != cell.strip() for cell in line.split("\t"))] == []


def test_words_are_long_enough_and_change() -> None:
    assert [row for row in _rows() if len(row.before) < 2 or not row.after or row.before == row.after] == []


def test_kinds_are_known() -> None:
    assert {row.kind for row in _rows()} == KINDS


def test_guards_contain_their_word_and_are_no_rows() -> None:
    words = {row.before for row in _rows()}
    wrong = [
        (row.before, guard) for row in _rows() for guard in row.unless if row.before not in guard or guard in words
    ]
    assert wrong == []


def test_guards_are_sorted_and_unique() -> None:
    assert [row.before for row in _rows() if list(row.unless) != sorted(set(row.unless))] == []


@pytest.mark.parametrize("row", [row for row in _rows() if row.unless], ids=lambda row: row.before)
def test_guards_hold(row: Row) -> None:
    assert [guard for guard in row.unless if _replaced(guard) != guard] == []


def test_results_hold_no_word_of_the_list() -> None:
    """A replacement is final: replacing again changes nothing."""
    assert [row.before for row in _rows() if _replaced(row.after) != row.after] == []


TRAPS = (
    "有的士兵受傷",
    "球隊的士氣高昂",
    "他是上世紀初的士大夫",
    "在附近的士多買汽水",
    "巴士海峽發生地震",
    "古巴士兵撤離安哥拉",
    "攻佔巴士底獄",
    "解方程式",
    "倒抽一口冷氣",
    "強冷氣團南下",
    "木質素是植物的成分",
    "本質素來如此",
    "那是一個簡單車間",
    "該處只有單車道",
    "滿地可見落葉",
    "湖南韓姓村民",
    "湖北韓氏宗祠",
    "一系列根本改革",
    "以色列根據協議撤軍",
    "在這條碼頭下船",
    "凍結他的資產",
    "足以團結他們",
    "全球證券市場下挫",
    "新郎加入球隊",
    "他打橄欖球",
    "境外判決在本地執行",
    "提供股東資料",
    "政府公布殊榮名單",
    "基孔肯雅熱個案",
    "威爾斯親王醫院",
    "中環威靈頓街",
    "旺角砵蘭街",
    "荷里活道警署",
    "哈薩克斯坦總統",
    "他向傳媒披露台灣行程",
    "吃了牛油果",
    "伊利沙伯醫院",
    "互聯網路由器",
    "他拔劍擊退敵人",
    "花椰菜有益",
    "高速列車上載有二百人",
    "發展商業區",
    "辦公升降桌",
    "記憶體現了時代",
    "《個人資料（私隱）條例》",
    "登山埃及金字塔",
    "博愛滋潤心田",
    "他的作品有豐富咸味",
)


@pytest.mark.parametrize("sentence", TRAPS)
def test_trap_stays(sentence: str) -> None:
    assert _replaced(sentence) == sentence


CHANGES = (
    ("他坐的士回家", "他坐出租车回家"),
    ("的士司機", "出租车司機"),
    ("轉乘巴士前往", "轉乘公交车前往"),
    ("人才質素", "人才素质"),
    ("改善空氣質素", "改善空气质量"),
    ("打開雪櫃拿朱古力", "打開冰箱拿巧克力"),
    ("三文治和士多啤梨", "三明治和草莓"),
    ("發短訊給他", "發短信給他"),
    ("開了冷氣", "開了空调"),
    ("升降機故障", "电梯故障"),
    ("踏單車上學", "踏自行车上學"),
    ("電單車撞的士", "摩托车撞出租车"),
    ("訪問沙地阿拉伯和紐西蘭", "訪問沙特阿拉伯和新西兰"),
    ("飛往三藩市", "飛往旧金山"),
    ("前首相戴卓爾夫人", "前首相撒切尔夫人"),
    ("美國前總統列根曾説", "美國前總統里根曾説"),
    ("碧咸與朗拿度", "贝克汉姆與罗纳尔多"),
    ("車路士對阿仙奴", "切尔西對阿森纳"),
    ("南北韓會談", "韩朝會談"),
    ("南韓和北韓", "韩国和朝鲜"),
    ("林布蘭特的畫", "伦勃朗的畫"),
    ("四百平方呎", "四百平方英尺"),
    ("貨櫃碼頭", "集装箱碼頭"),
    ("塑膠袋", "塑料袋"),
    ("哈薩克總統", "哈萨克斯坦總統"),
    ("彈結他的人", "彈吉他的人"),
)


@pytest.mark.parametrize(("sentence", "expected"), CHANGES)
def test_word_is_replaced(sentence: str, expected: str) -> None:
    assert _replaced(sentence) == expected
