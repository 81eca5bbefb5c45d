"""Plain text: lines to blocks, kinds, and the way back to the file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden_files
from golden_files import shown
from growth import assert_linear
from l10n_flow import documents
from l10n_flow.documents.segmentation import captions, headings
from l10n_flow.documents.segmentation.flow import BLANKS, joint_of
from l10n_flow.errors import SourceError
from l10n_flow.model import NoticeKind, Role

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT.parent / "shared" / "data" / "articles"
SAMPLE = ROOT / "source" / "liuzhou.txt"
GOLDEN = ("breaks", "cues", "furniture", "kinds", "lines", "print", "separate")


@golden_files.cases(*(f"segmentation/{name}.txt" for name in GOLDEN))
def test_golden(source, expected):
    assert shown(documents.parse(source.encode())) == expected


CONFLICT = "標題\n\n<<<<<<< HEAD\n我方的一段。\n{base}=======\n對方的一段。\n>>>>>>> topic\n"

MARKED = {
    "whole": (CONFLICT.format(base=""), 3),
    "with its base": (CONFLICT.format(base="||||||| 1a2b3c\n原來的一段。\n"), 3),
    "at the beginning": ("<<<<<<< ours\n甲。\n=======\n乙。\n>>>>>>> theirs\n", 1),
    "without names": ("甲。\n<<<<<<<\n乙。\n=======\n丙。\n>>>>>>>\n", 2),
    "its beginning taken away": ("甲。\n=======\n乙。\n>>>>>>> topic\n", 4),
    "its end taken away": ("甲。\n<<<<<<< HEAD\n乙。\n", 2),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize(("text", "line"), MARKED.values(), ids=MARKED)
def test_conflict_markers_are_an_error_with_the_line(text, line, newline, bom):
    with pytest.raises(SourceError, match="conflict marker") as caught:
        documents.parse((bom + text.replace("\n", newline)).encode(), path="source/a.txt")
    assert str(caught.value).startswith(f"source/a.txt:{line}: ")


@pytest.mark.parametrize(
    "text",
    [
        "標題\n=======\n\n甲乙丙。\n",
        ">>>>>>> 引用的一封信。\n",
        "標題\n=====\n\n>>>>>>> 引用的一封信。\n",
        "他寫道：<<<<<<< 然後停筆。\n",
        "<<<<<<<< 八個。\n",
    ],
)
def test_what_only_resembles_a_conflict_is_text(text):
    document = documents.parse(text.encode())
    assert identity(document) == text


def identity(document, locale="zh_Hant"):
    return documents.render(document, [unit.text for unit in document.units()], locale=locale).decode()


def bracketed(document, locale="en"):
    targets = [f"〔{unit.text}〕" for unit in document.units()]
    return documents.render(document, targets, locale=locale).decode().replace("〔", "").replace("〕", "")


def concatenated(document):
    parts = ["\ufeff" * document.bom]
    for block in document.blocks:
        parts += [block.before, *(unit.raw + unit.gap for unit in block.units)]
    return "".join([*parts, document.tail])


LINE = st.sampled_from([
    "年份\t收入", "2020\t一百\t", "項目      金額", "雞蛋       20元", "| 甲 | 乙 |", "電話：2345", "風吹過窗", "[1] 甲", "(a) 乙；及", "第 1 頁", "某報　第 2 頁",
    "", "", " ", "\u3000", "\t ", "***", "甲乙丙。", "　　甲乙。丙丁！", "  English words here", "甲乙，", "「甲。乙。」他說", "唐琳",
    "● 甲", "一、乙", "（2）丙。", "甲乙丙丁。黎寒池攝", "圖：甲", "甲\u200b。", "？！", "甲。 」  ", "well-", "word\t", "甲\x85乙\u2028。",
    "這是一行很長的文字，這是一行很長的文字，這是一行很長的文字。", "問：甲？", "\u3000乙。\u3000丙。\u3000", "\ufeff甲",
])  # fmt: skip
FILES = st.builds(
    lambda lines, final: "".join(a + b for a, b in lines) + final,
    st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n", "\r\n", "\r"])), max_size=14),
    LINE,
)


@given(FILES, st.booleans(), st.sampled_from(["sentence", "paragraph"]))
def test_a_file_comes_back(text, bom, unit):
    text = text.removeprefix("\ufeff")
    document = documents.parse(("\ufeff" * bom + text).encode(), unit=unit)
    # A repaired break is the one thing that does not come back; these files may hold suspicious ones only.
    assert {notice.kind for notice in document.notices} <= {NoticeKind.SUSPICIOUS_BREAK}
    assert concatenated(document) == "\ufeff" * bom + text
    assert identity(document) == identity(document, "en") == "\ufeff" * bom + text
    assert bracketed(document) == bracketed(document, "zh_Hans") == "\ufeff" * bom + text
    for block in document.blocks:
        assert block.units
        assert block.units[-1].gap == ""
        assert list(block.lines) == sorted(set(block.lines))
        for each in block.units:
            assert each.text == each.text.strip()
            assert not set("\r\n") & set(each.text)


@given(FILES)
def test_every_unblank_line_is_in_one_block(text):
    document = documents.parse(text.encode())
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    worded = [number for number, line in enumerate(lines, 1) if any(map(str.isalnum, line))]
    found = list(dict.fromkeys(line for block in document.blocks for line in block.lines))
    furniture = set(worded) - set(found)
    assert found == [number for number in worded if number not in furniture]
    bare = [line.strip(BLANKS) for line in lines]
    assert all("頁" in bare[number - 1] or bare.count(bare[number - 1]) > 1 for number in furniture)


@given(FILES, st.data())
def test_units_may_be_left_out(text, data):
    document = documents.parse(text.encode())
    targets = [data.draw(st.sampled_from([None, "Text.", unit.text])) for unit in document.units()]
    rendered = documents.render(document, targets, locale="en").decode()
    kept = [target for target in targets if target]
    position = 0
    for target in kept:  # in order, each there
        probe = target if target == "Text." else target[:1]
        position = rendered.index(probe, position) + len(probe)
    again = documents.parse(rendered.encode())
    assert len(again.blocks) <= len(document.blocks) + len(kept)


def test_articles_come_back():
    if not ARTICLES.exists():
        pytest.skip("the development data is not beside the repository")
    for path in sorted(ARTICLES.iterdir()):
        data = path.read_bytes()
        document = documents.parse(data, path=path.name)
        repaired = any(notice.kind is NoticeKind.REPAIRED_BREAK for notice in document.notices)
        assert not repaired, path.name
        assert identity(document) == data.decode(), path.name
        assert bracketed(document) == data.decode().replace("〔", "").replace("〕", ""), path.name


def test_the_sample():
    data = SAMPLE.read_bytes()
    document = documents.parse(data)
    kinds = [str(block.kind) for block in document.blocks]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "title": 1, "caption": 5, "paragraph": 18, "byline": 1, "heading": 3,
    }  # fmt: skip
    captions = [block for block in document.blocks if block.kind == "caption"]
    assert [block.units[-1].text for block in captions] == [
        "黎寒池攝", "圖片由企業提供", "柳州市委宣傳部供圖", "柳州市委宣傳部供圖", "黎寒池攝",
    ]  # fmt: skip
    assert all([unit.role for unit in block.units] == [Role.SENTENCE, Role.CREDIT] for block in captions)
    assert [(notice.kind, notice.line) for notice in document.notices] == [(NoticeKind.REPAIRED_BREAK, 21)]
    mended = next(block for block in document.blocks if 21 in block.lines)
    assert mended.lines == (21, 23)
    assert any("提質增效改造和產品結構升級。" in unit.text for unit in mended.units)
    assert identity(document) == bracketed(document) == data.decode().replace("改造和\n\n產品", "改造和產品")


def test_paragraph_units():
    document = documents.parse(SAMPLE.read_bytes(), unit="paragraph")
    sentences = documents.parse(SAMPLE.read_bytes())
    assert all(len(block.units) == 1 for block in document.blocks)
    for block, cut in zip(document.blocks, sentences.blocks, strict=True):
        assert block.sentences == tuple(unit.text for unit in cut.units)
        assert block.kind is cut.kind


ENGLISH = "甲乙丙丁。戊己（庚。\r\n辛）壬。\r\n\r\n二。\r\n"
RENDERED = [
    ("English sentences", "題\n\n甲。乙。丙。\n", ["T", "A.", "B (", "C)."], "en", "T\n\nA. B (C).\n"),
    ("Chinese sentences", "題\n\n甲。 乙。\n", ["題", "甲！", "乙！"], "zh_Hans", "題\n\n甲！乙！\n"),
    ("Chinese sentences that end in Latin", "題\n\n甲。乙。\n", ["題", "A.", "B."], "zh_Hans", "題\n\nA. B.\n"),
    ("Chinese quotation marks", "題\n\n「甲。」「乙。」\n", ["題", "“甲。”", "“乙。”"], "zh_Hans", "題\n\n“甲。”“乙。”\n"),
    ("a credit after a space", "題\n\n某地展示區　何君健攝\n", ["题", "某处展示区", "何君健摄"], "zh_Hans", "题\n\n某处展示区　何君健摄\n"),
    ("a unit left out", "題\n\n甲。乙。丙。\n", ["T", "A.", None, "C."], "en", "T\n\nA. C.\n"),
    ("a block left out", "題\n\n甲。\n\n乙。\n", ["T", None, "B."], "en", "T\n\nB.\n"),
    ("the first block left out", "\n題\n\n\n\n甲。\n", [None, "A."], "en", "\nA.\n"),
    ("the indent stays", "題\n\n　　甲。\n", [None, "A."], "en", "　　A.\n"),
    ("the last block left out", "題\n\n甲。\n", ["T", None], "en", "T\n"),
    ("all left out", "題\n\n甲。\n", [None, None], "en", "\n"),
    ("skeleton of a block left out stays", "題\n\n***\n\n甲。\n\n乙。\n", ["T", None, "B."], "en", "T\n\n***\n\nB.\n"),
    ("line breaks in English", "題\n\n甲。\n", ["T", "A\n\nb.\r\n"], "en", "T\n\nA b.\n"),
    ("line breaks in Chinese", "題\n\n甲。\n", ["題", "甲\n乙\na\nb。"], "zh_Hans", "題\n\n甲乙a b。\n"),
    ("short lines stay lines", "題\n\n風吹過窗\n月光落下\n", ["题", "风吹过窗", "月光落下"], "zh_Hans", "题\n\n风吹过窗\n月光落下\n"),
    ("a line left out of several", "題\n\n甲乙\n丙丁\n戊己\n", ["T", None, "C", None], "en", "T\n\nC\n"),
    ("cells stay cells", "題\n\n年\t收入\n2020\t百\n", ["T", "Year", "Income", "100"], "en", "T\n\nYear\tIncome\n2020\t100\n"),
    ("a cell left out", "題\n\n年\t收入\t支出\n2020\t百\n", ["T", "Year", None, "Cost", None], "en", "T\n\nYear\t\tCost\n2020\n"),
    ("the first cells left out", "題\n\n年\t收入\n2020\t百\t九\n", ["T", None, None, "100", "9"], "en", "T\n\n2020\t100\t9\n"),
    ("the source's lines stay", "題\n\n甲，\n乙。丙\n丁。\n", ["題", "[甲，乙。]", "丙丁。"], "en", "題\n\n[甲，\n乙。]丙\n丁。\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "targets", "locale", "expected"), [r[1:] for r in RENDERED], ids=[r[0] for r in RENDERED]
)
def test_render(source, targets, locale, expected):
    assert documents.render(documents.parse(source.encode()), targets, locale=locale).decode() == expected


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("甲\r\n乙\r丙\n丁".encode() + b"\xff", 4, "column 2"),
        (b"\xef\xbb\xbfa\xa4\xa4", 1, "column 2"),
        ("甲\n\0".encode(), 2, "NUL"),
        ("甲".encode("utf-16"), 1, "UTF-16"),
        ("甲乙".encode()[:-1], 1, "column 2"),
    ],
)
def test_what_cannot_be_read(data, line, words):
    with pytest.raises(SourceError, match=words) as error:
        documents.parse(data, path="a.txt")
    assert (error.value.path, error.value.line) == ("a.txt", line)


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", " \r\n\u3000", "***\n---\n"])
def test_files_without_words(text):
    document = documents.parse(text.encode())
    assert document.blocks == ()
    assert identity(document) == text


@pytest.mark.parametrize(("text", "newline"), [("甲", "\n"), ("甲\r\n乙\n丙\r\n", "\r\n"), ("甲\r乙\r\n丙\r", "\r")])
def test_newline(text, newline):
    assert documents.parse(text.encode()).newline == newline


def test_format_of():
    assert documents.format_of("a/b.TXT", None) == documents.format_of("x.text", None) == "text"
    assert documents.format_of("a.doc", "text") == "text"
    with pytest.raises(SourceError, match=r"\.txt, \.text.*--input-format text"):
        documents.format_of("a.doc", None)
    with pytest.raises(SourceError, match="one of text"):
        documents.format_of("a.txt", "word")


LONG = "甲乙丙丁戊己庚辛壬癸。甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸的"
HOSTILE = [
    "甲乙。",
    "甲乙丙丁，\n",
    f"{LONG}\n\n",
    "甲",
    " ",
    "\u3000甲。\n",
    "《",
    "(",
    "\r\n",
    "甲。\n\n",
    "（攝",
    "1. 甲\n",
    "圖",
    "a ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_is_linear(piece):
    def work(count):
        text = piece * count
        return lambda: identity(documents.parse(text.encode()))

    assert_linear(work, 40_000)


LONG = "柳州位於廣西中部，是中國的一座工業城市，以汽車和鋼鐵聞名，當地居民說這裏的米粉在全國都有分店，"


@pytest.mark.parametrize("char", [*filter(str.isspace, map(chr, range(0x110000))), "\u200b", "\u2060", "\ufeff"])
def test_no_blank_of_unicode_begins_or_ends_a_unit(char):
    document = documents.parse(f"甲\n\n{char}乙。{char}\n\n丙\n".encode())
    assert [unit.text for unit in document.units()] == ["甲", "乙。", "丙"]


@pytest.mark.parametrize(
    ("text", "first", "caption"),
    [
        ("學生在操場上。（陳大文攝）", True, True),
        ("學生在操場上（陳大文攝）", True, False),  # it may be the title
        ("學生在操場上（陳大文攝）", False, True),
    ],
)
def test_at_the_beginning_only_a_sentence_with_a_credit_is_a_caption(text, first, caption):
    assert captions.is_caption(text, first=first) is caption


@pytest.mark.parametrize(
    ("text", "heads"),
    [("官：證人可信", True), ("官說可信。走吧", False), ("Chapter one", False), ("2026年5月1日", False)],
)
def test_what_can_head_a_section_among_others(text, heads):
    assert headings.may_head_among(text, 3) is heads


@pytest.mark.parametrize(
    ("text", "heads"), [("4) 建立互信：", True), ("4) 互信？", True), ("4) 建立互信", False), ("4) Trust", True)]
)
def test_which_numbered_items_can_head_a_section(text, heads):
    assert headings.may_head_numbered(text) is heads


def test_a_section_has_something_below_it():
    text = f"題目\n\n{LONG}人人喜歡。\n\n2.1 範圍\n"
    kinds = [
        [str(block.kind) for block in documents.parse(each.encode()).blocks] for each in (f"{text}\n{LONG}對。\n", text)
    ]
    assert [each[2] for each in kinds] == ["heading", "paragraph"]


def test_a_line_may_lead_from_a_heading_to_the_prose():
    text = f"題目\n\n{LONG}人人喜歡。\n\n城市的將來\n\n他這樣說：\n\n{LONG}對。\n"
    assert [str(block.kind) for block in documents.parse(text.encode()).blocks][2:4] == ["heading", "paragraph"]


@pytest.mark.parametrize("between", [f"圖1：工廠\n\n{LONG}對。", "甲\t乙\n丙\t丁"], ids=["a caption", "a table"])
def test_a_heading_stands_above_a_picture_or_a_table(between):
    document = documents.parse(f"題目\n\n{LONG}人人喜歡。\n\n城市的將來\n\n{between}\n".encode())
    assert str(document.blocks[2].kind) == "heading"


def test_an_empty_cell_is_no_unit():
    document = documents.parse("甲\t\t乙\n丙\t丁\t戊\n".encode())
    assert [unit.text for unit in document.units()] == ["甲", "乙", "丙", "丁", "戊"]


def test_a_table_has_an_edge_that_most_rows_share():
    rows = ["丙    一", "甲    二", "甲乙   一一", "甲甲丙丙  三一", "甲  一"]
    document = documents.parse("\n".join(rows).encode())
    assert [unit.text for unit in document.units()] == rows


@pytest.mark.parametrize(
    ("before", "repaired"),
    [
        (f"{LONG}這是實情。工廠的產品有汽車和", True),
        (f"{LONG}這是實情，工廠的產品有汽車和", False),
        ("這是實情。工廠的產品有汽車和", False),
        (f"{LONG}這是實情。工廠的產品有汽車", False),
    ],
    ids=["broken", "no full stop in it", "short", "it may end so"],
)
def test_a_paragraph_is_repaired_only_where_it_is_sure(before, repaired):
    after = "鋼鐵，銷往全國各地，居民都很高興，他們說明年還會更好。"
    document = documents.parse(f"標題\n\n{before}\n\n{after}\n".encode())
    assert [notice.kind is NoticeKind.REPAIRED_BREAK for notice in document.notices].count(True) == repaired
    assert any(before[-4:] + after[:4] in unit.text for unit in document.units()) is repaired


@pytest.mark.parametrize(
    ("left", "right", "joint"),
    [("well-", "known", ""), ("1990-", "2000", " "), ("A1-", "b", " "), ("well-", "2", " "), ("-", "known", " ")],
)
def test_a_hyphen_joins_letters_only(left, right, joint):
    assert joint_of(left, right) == joint


@pytest.mark.parametrize(("left", "joint"), [("見 https://a.org/b/", ""), ("見 a/b/", " "), ("https://a.org 和/", " ")])
def test_an_address_goes_on_behind_its_slash(left, joint):
    assert joint_of(left, "c.html") == joint


@pytest.mark.parametrize(
    ("tail", "reported"),
    [
        ("美聯社圖片／Anna Example", False),
        ("Anna Example／AFP", False),
        ("資料來源：Institute of Examples，2016", False),
        ("— 王小明", False),
        ("擷取示例台直播畫面", False),
        ("Example Watch圖片", False),
        ("那就等明天再說⋯⋯", False),
        ("居民都說明年", True),
        ("他們在A區的店舖賣", True),
    ],
)
def test_a_caption_is_no_paragraph_that_was_broken(tail, reported):
    before = f"工人在舊碼頭的倉庫外搬運一批剛到的木箱，附近的街坊冒雨前來觀看整個過程，隊伍排到對面的馬路。{tail}"
    after = "碼頭明年拆卸，居民都很難過，他們說以後再也看不到這樣的景象。"
    document = documents.parse(f"標題\n\n{before}\n\n{after}\n".encode())
    assert any(notice.kind is NoticeKind.SUSPICIOUS_BREAK for notice in document.notices) is reported


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(("second", "found"), [("舊區重建年報", True), ("新區重建年報", False)], ids=["twice", "once"])
def test_a_running_head_without_a_number_is_one_only_where_it_comes_again(second, found, newline):
    cut = "工程由三個部門負責。住客在會上多次查問，卻沒有人說得出確實的日期，只知道明年會有"
    lines = ["標題", cut, "舊區重建年報", cut, second, cut + "消息。"]
    document = documents.parse((newline * 2).join(lines).encode())
    texts = [unit.text for unit in document.units()]
    assert ("舊區重建年報" not in texts) is found
