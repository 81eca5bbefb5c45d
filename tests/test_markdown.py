"""Markdown: what is a unit, how a translation stands in the file, and what must hold for every file."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden_files
from growth import assert_linear
from l10n_flow import documents
from l10n_flow.conversion import Converter
from l10n_flow.documents.markdown.parser import read_blocks
from l10n_flow.errors import SourceError
from l10n_flow.model import Document


def parsed(text: str, **options) -> Document:
    return documents.parse(text.encode(), format="markdown", **options)


def rendered(document: Document, *targets: str | None, locale: str = "en") -> str:
    rest = [unit.text for unit in document.units()][len(targets) :]
    return documents.render(document, [*targets, *rest], locale=locale).decode()


@golden_files.cases("markdown/blocks.txt")
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_golden(source: str, expected: str, newline: str) -> None:
    golden_files.assert_golden(source.replace("\n", newline), expected, "markdown")


_LINES = ["甲乙。", "**粗。**丙", "# 題", "===", "---", "> ", "> 引。", "- 項", "  續", "1. 一", "    碼", "\t- 甲", "```", "~~~",
          "| 甲 | 乙 |", "|---|---|", "[甲]: http://x", "[^1]: 註。", "見[甲]。[^1]", "<div>", "</div>", "<b>粗</b>", ":::note[題]",
          ":::", '!!! note "題"', '![圖](a.png "題")', "{{< x >}}", "尾  ", "尾\\", "", "", "", "\u3000\u3000縮排。", "詞", ": 解", "a_b_ *c",
          "$$", "+++", "title: 甲", "<!-- 註", "-->", "`碼", '[x](y "甲', "\\", "***", "甲|乙"]  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(_LINES), st.sampled_from(["\n", "\n", "\r\n"])), max_size=14),
    st.sampled_from([b"", codecs.BOM_UTF8]),
)
def test_the_source_and_its_brackets_come_back(lines: list[tuple[str, str]], bom: bytes) -> None:
    data = bom + "".join(map("".join, lines)).encode()
    document = documents.parse(data, format="markdown")
    targets = [unit.text for unit in document.units()]
    assert documents.render(document, targets, locale="zh_Hant") == data
    bracketed = [f"〔{target}〕" for target in targets]
    for locale in ("zh_Hant", "en"):
        written = documents.render(document, bracketed, locale=locale).decode()
        assert written.replace("〔", "").replace("〕", "").encode() == data
    whole = documents.parse(data, format="markdown", unit="paragraph")
    assert documents.render(whole, [unit.text for unit in whole.units()], locale="en") == data


_WORDS = ["# ", "1. ", "- ", "+ ", "* ", "> ", "word", "甲", "|", "`", "``` ", "~~~", "<div>", "<!--", "[x]: y", "[^1]: ",
          ":::", "===", "---", " ", "    ", "\n", "\\", "**", "*", "]", "[", "(", ")", "!", "$$", '"', "'", ": ", "{", "}", "%", "#",
          "!!! x", "![", "- [ ] "]  # fmt: skip
_SOURCES = ["甲。\n", "# 甲\n", "甲\n===\n\n乙\n", "甲\n---\n", "- 甲\n  乙\n", "> 甲\n乙\n", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
            "**甲**\n", "- [甲](x)\n", '![甲](x "乙")\n', "[甲](x '乙')\n", "---\ntitle: 甲\ntags: {title: 乙}\n---\n丙\n",
            "+++\ntitle = \"甲\"\nsummary = '乙'\n+++\n", "甲  \n乙\\\n丙\n", "1. 甲\n2. 乙\n", "[^1]: 甲\n\n見[^1]。\n", "詞\n: 解\n", ":::note[甲]\n乙\n:::\n",
            '!!! note "甲"\n    乙\n', "- [ ] 甲\n- 乙\n\n      code\n", "甲\n\n    code\n", "---\ndescription: >\n  甲。\n---\n"]  # fmt: skip


@given(
    st.sampled_from(_SOURCES),
    st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map("".join), min_size=4, max_size=4),
)
def test_no_translation_becomes_structure(source: str, words: list[str]) -> None:
    """Whatever a person writes: the file keeps its shape, or is refused; the property is that nothing else happens."""
    document = parsed(source)
    targets = [target if target.strip() else "x" for target, _ in zip(words, document.units(), strict=False)]
    try:
        written = rendered(document, *targets)
    except SourceError:
        return
    assert parsed(written).shape == document.shape


@pytest.mark.parametrize(
    ("source", "targets", "expected"),
    [
        ("甲。\n", ["1. one"], "1\\. one\n"),
        ("甲。\n", ["- x"], "\\- x\n"),
        ("甲。\n", ["# x"], "\\# x\n"),
        ("甲。\n", ["> x"], "\\> x\n"),
        ("甲。\n", ["* x *y*"], "\\* x *y*\n"),
        ("甲。\n", ["**b** and [l](u)"], "**b** and [l](u)\n"),
        ("甲。\n", ["---"], "\\---\n"),
        ("甲。\n", ["```x"], "\\```x\n"),
        ("甲。\n", ["<div>x"], "\\<div>x\n"),
        ("甲。\n", ["[a]: b"], "\\[a]: b\n"),
        ("甲。\n", ["    x"], "x\n"),
        ("甲。\n", ["two\nlines"], "two lines\n"),
        ("甲。\n", ["back\\"], "back\\\\\n"),
        ("乙\n\n甲。\n", ["x", ": a"], "x\n\n\\: a\n"),
        ("# 甲 #\n", ["C #"], "# C \\# #\n"),
        ("# 甲\n", ["# C"], "# # C\n"),
        ("甲\n---\n", ["| x |"], "&#124; x &#124;\n---\n"),
        ("| 甲 | 乙 |\n|--|--|\n", ["a|b", "`x|y`"], "| a\\|b | `x\\|y` |\n|--|--|\n"),
        ("- [甲](x)\n", ["a ] b"], "- [a \\] b](x)\n"),
        ('![甲](x "乙")\n', ["[", 'say "q"'], '![\\[](x "say \\"q\\"")\n'),
        ("---\ntitle: 甲\n---\n", ["a: b"], '---\ntitle: "a: b"\n---\n'),
        ("---\ntitle: 甲\n---\n", ["2024"], '---\ntitle: "2024"\n---\n'),
        ("---\ntitle: 甲\n---\n", ["plain"], "---\ntitle: plain\n---\n"),
        ("---\ntitle: '甲'\n---\n", ["it's"], "---\ntitle: 'it''s'\n---\n"),
        ('---\ntitle: "甲"\n---\n', ['say "x"'], '---\ntitle: "say \\"x\\""\n---\n'),
        ("+++\ntitle = '甲'\n+++\n", ["it's"], "+++\ntitle = 'it’s'\n+++\n"),
        ("> 甲\n> 乙\n>\n> - 丙  \n>   丁\n", ["one", "1. x", "- y"], "> one\n>\n> - 1\\. x  \n>   \\- y\n"),
        ("> 甲**乙  \n> 丙**丁\n", ["a **b  \nc** d"], "> a **b  \n> c** d\n"),
        ("甲。乙。\n", ["A.", "- B"], "A. - B\n"),
        ("甲。乙。\n", [None, "- B"], "\\- B\n"),
        ("甲\n===\n\n乙\n", [None, "x"], "#\n\nx\n"),
        ("- 甲\n- 乙\n", [None, "x"], "- \n- x\n"),
        ("---\ntitle: 甲\n---\n", [None], '---\ntitle: ""\n---\n'),
        ("- 甲\n\n乙\n\n      code\n", ["a", None], "- a\n\n&#8203;\n\n      code\n"),
        ("1. **甲**\n", [None], "1. **&#8203;**\n"),
        ("[甲]和乙\n\n[甲]: /x\n", ["[a][甲] and b"], "[a][甲] and b\n\n[甲]: /x\n"),
        ("甲<br>乙\n", ["a", "b"], "a<br>b\n"),
        ("- 甲\n", ["[ ] x"], "- \\[ ] x\n"),
    ],
)  # fmt: skip
def test_a_translation_in_its_place(source: str, targets: list[str | None], expected: str) -> None:
    assert rendered(parsed(source), *targets) == expected


@pytest.mark.parametrize(
    ("source", "converted"),
    [
        ('見[連結](/頭髮 "說明")和`頭髮`。\n', '见[连结](/頭髮 "说明")和`頭髮`。\n'),
        ("[頭髮]說\n\n[頭髮]: /x\n", "[头发][頭髮]说\n\n[頭髮]: /x\n"),
        ("# 頭髮 {#頭髮}\n", "# 头发 {#頭髮}\n"),
        ('頭<b title="頭髮">髮</b>{{< x "頭髮" >}}\n', '头<b title="頭髮">发</b>{{< x "頭髮" >}}\n'),
        ("他說**「好。」**[^註]\n", "他说**“好。”**[^註]\n"),
    ],
)
def test_conversion_leaves_addresses_code_and_attributes_alone(source: str, converted: str) -> None:
    document, converter = parsed(source), Converter("hk2s")
    targets = []
    for block in document.blocks:
        texts = [unit.text for unit in block.units]
        targets += converter.convert_block(texts, [documents.inline("markdown", text) for text in texts])
    assert rendered(document, *targets, locale="zh_Hans") == converted


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("甲<!-- 注。 -->乙。", ["<!-- 注。 -->"]),
        ("甲<?x 注。 ?>乙<!-- b -->。", ["<?x 注。 ?>", "<!-- b -->"]),
        ("甲<Icon name={`x`} />乙。", ["<Icon name={`x`} />"]),
        ("甲<!-- 乙。", []),
    ],
    ids=["comment", "instruction", "component", "no end"],
)
def test_what_is_no_text_is_one_code(text: str, codes: list[str]) -> None:
    (unit,) = parsed(f"{text}\n").units()
    assert unit.text == text
    assert [text[code.start : code.end] for code in documents.inline("markdown", text)] == codes


def test_lines_of_front_matter_are_counted_whatever_ends_them() -> None:
    for newline in ("\n", "\r\n"):
        document = documents.parse(f"---{newline}title: 甲{newline}---{newline}乙{newline}".encode(), format="markdown")
        assert [block.lines for block in document.blocks] == [(2,), (4,)]


@pytest.mark.parametrize("title", ["", "[]", "[ ]", ' " "'])
def test_a_container_with_a_blank_title_has_none(title: str) -> None:
    assert [unit.text for unit in parsed(f":::note{title}\n乙\n:::\n").units()] == ["乙"]


@pytest.mark.parametrize("piece", ["<!-- ", "甲<?x ", "<A ", "[", "*甲", "`", "{{< ", "$x "])
def test_the_time_is_linear(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        return lambda: parsed(text)

    assert_linear(work, 40_000)


def test_whole_paragraphs_are_units_too() -> None:
    document = parsed("第一句。**第二\n句。**\n", unit="paragraph")
    assert [unit.text for unit in document.units()] == ["第一句。**第二句。**"]
    assert document.blocks[0].sentences == ("第一句。", "**第二句。**")


def test_the_fields_of_front_matter_that_are_translated_are_the_project_s() -> None:
    text = "---\ntitle: 題\nkeywords: [甲, 乙]\n---\n"
    assert [unit.text for unit in parsed(text, front_matter=("keywords",)).units()] == ["甲", "乙"]


def test_a_draft_says_so_below_the_front_matter() -> None:
    document = parsed("---\ntitle: 甲\n---\n\n# 乙\n")
    written = documents.render(document, ["A", "B"], locale="en", draft="[ DRAFT ]").decode()
    assert written == "---\ntitle: A\n---\n\n[ DRAFT ]\n\n# B\n"


def test_a_conflict_that_is_shown_as_code_is_none() -> None:
    shown = "```\n<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> b\n```\n"
    assert [unit.text for unit in parsed(f"丙\n\n{shown}").units()] == ["丙"]
    with pytest.raises(SourceError, match="conflict marker") as caught:
        parsed(f"{shown}\n{shown[4:-4]}", path="a.md")
    assert caught.value.line == 9


def test_front_matter_that_is_none_and_deep_nesting_are_passed_over() -> None:
    assert [unit.text for unit in parsed("---\ntitle: [\n---\n\n甲。\n").units()] == ["甲。"]
    assert parsed("---\na: " + "[" * 3000 + "\n---\n").units() == ()
    deep = ">" * 3000 + "甲\n\n" + "".join("  " * depth + "- 乙\n" for depth in range(300))
    assert rendered(parsed(deep)) == deep


_LINES = (
    "甲乙 abc", "Abc", "甲\n乙", "「引」", "", " ", "    code", "\t", "- a", "1. a", "> a", ": a", "~ a", "===", "---", "| a | b |", "|---|---|",
    "# t", "```", "$$", "[r]: x", "[^n]: a", '!!! note "x"', "::: x", "<div>", "x|y", "-|-", ":-", "a  ", "b\\",
)  # fmt: skip


@given(st.lists(st.sampled_from(_LINES), max_size=12).map("\n".join))
def test_a_plain_paragraph_is_the_paragraph_that_the_rules_find(source: str) -> None:
    read: list[tuple[str, list[int] | None, str]] = []
    read_blocks(source, {}, lambda token: read.append((token.type, token.map, token.content)))
    short: list[tuple[str, list[int] | None, str]] = []

    def plain(first: int, count: int) -> None:
        place, text = [first, first + count], "\n".join(source.split("\n")[first : first + count]).strip()
        short.extend((("paragraph_open", place, ""), ("inline", place, text), ("paragraph_close", None, "")))

    read_blocks(source, {}, lambda token: short.append((token.type, token.map, token.content)), plain)
    assert short == read
