"""HTML: what is a unit, how a translation stands in the file, and what must hold for every file."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden_files
from conftest import Newsroom
from growth import assert_linear
from l10n_flow import documents
from l10n_flow.conversion import Converter
from l10n_flow.documents.html import HTML
from l10n_flow.documents.html.tokens import TokenKind, attributes, tokens
from l10n_flow.errors import SourceError
from l10n_flow.model import Document
from l10n_flow.project import load_project
from l10n_flow.work.sync import sync


def parsed(text: str, **options) -> Document:
    return documents.parse(text.encode(), format="html", **options)


def rendered(document: Document, *targets: str | None, locale: str = "en", **options) -> str:
    rest = [unit.text for unit in document.units()][len(targets) :]
    return documents.render(document, [*targets, *rest], locale=locale, **options).decode()


@golden_files.cases("html/pages.txt")
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_golden(source: str, expected: str, newline: str) -> None:
    golden_files.assert_golden(source.replace("\n", newline), expected, "html")


_PIECES = ["甲乙。", "丙", " ", "\n", "\u3000", "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<br>", "<a href='x' title=題>", "</a>",
           "<div>", "</div>", "<li>", "<td>", "<h1>", "</h1>", "<code>", "</code>", "<span translate=no>", "</span>", "<!-- 註 -->",
           "<img alt='圖'>", "<ruby>", "<rt>", "</ruby>", "<svg>", "</svg>", "<pre>", "</pre>", "&lt;", "b>", "&amp;", "lt;", "&nbsp;",
           "&#10;", "&#98;", "<", "<!", "</", "<x", '"', "<script>", "</script>", "<title>", "</title>", "\r\n", "word ", "<textarea>",
           "<meta name=description content=述>", "<html lang=zh>", "---\n", "<wbr>", "&#1;"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=16), st.sampled_from([b"", codecs.BOM_UTF8]))
def test_the_source_and_its_brackets_come_back(pieces: list[str], bom: bytes) -> None:
    data = bom + "".join(pieces).encode()
    document = documents.parse(data, format="html")
    targets = [unit.text for unit in document.units()]
    assert documents.render(document, targets, locale="zh_Hant") == data
    bracketed = [f"〔{target}〕" for target in targets]
    for locale in ("zh_Hant", "en"):
        written = documents.render(document, bracketed, locale=locale).decode()
        assert written.replace("〔", "").replace("〕", "").encode() == data
    whole = documents.parse(data, format="html", unit="paragraph")
    assert documents.render(whole, [unit.text for unit in whole.units()], locale="en") == data


@given(st.text("<>/!-&;ab='\" \n\r甲", max_size=60))
def test_the_tokens_in_a_row_are_the_file(text: str) -> None:
    found = list(tokens(text))
    assert "".join(text[token.start : token.end] for token in found) == text
    for token in found:
        for each in attributes(text, token) if token.kind is TokenKind.START else ():
            assert each.start < 0 or token.start < each.start <= each.end < token.end


_WORDS = ["<b1>", "</b1>", "<a1>", "</a1>", '<a2 title="x">', "<br1/>", "<b>", "</p>", "<div>", "<!--", "-->", "<script>", "&lt;",
          "&amp;", "&", '"', "'", ">", "<", "word", "甲", "\n", " ", "<code1>", "</code1>", "<title>", "\xa0", "="]  # fmt: skip
_SOURCES = ["<p>甲</p>", "<p>甲<b>乙</b>丙。<br>丁</p>", "<p>甲<a title=題>乙<br>丙</a></p>", "<img alt=甲><p>乙", "<img alt='甲'>",
            "<title>甲</title><p>乙<code>x</code>丙", "<p>未<b>關<p>下</b>", "<meta name=description content=述><p>甲"]  # fmt: skip


@given(
    st.sampled_from(_SOURCES),
    st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=7).map("".join), min_size=3, max_size=3),
)
def test_no_translation_becomes_structure(source: str, words: list[str]) -> None:
    document = parsed(source)
    targets = [f"x{target}" for target, _ in zip(words, document.units(), strict=False)]
    written = parsed(rendered(document, *targets))
    assert written.shape == document.shape
    assert [block.kind for block in written.blocks] == [block.kind for block in document.blocks]


@pytest.mark.parametrize(
    ("source", "targets", "expected"),
    [
        ("<p>甲</p>", ["a < b & <c>"], "<p>a &lt; b &amp; &lt;c&gt;</p>"),
        ("<p>甲</p>", ["&lt;b> &amp;lt; &copy;"], "<p>&lt;b&gt; &amp;lt; &amp;copy;</p>"),
        ("<p>甲</p>", ["two\nlines\xa0x"], "<p>two lines&nbsp;x</p>"),
        ("<p>甲<b class=x>乙</b></p>", ["<b1>B</b1> A"], "<p><b class=x>B</b> A</p>"),
        ("<p>甲<b>乙</b></p>", ["<b1>B A"], "<p>&lt;b1&gt;B A</p>"),
        ("<p>甲<b>乙</b></p>", ["<b2>B</b2>"], "<p>&lt;b2&gt;B&lt;/b2&gt;</p>"),
        ("<p>甲<b>乙<i>丙</i></b></p>", ["<b1>B<i2>C</b1></i2>"], "<p><b>B&lt;i2&gt;C</b>&lt;/i2&gt;</p>"),
        ("<p>甲<b>乙<br>丙</b></p>", ["A <b1>B<br2>C</b1>"], "<p>A <b>B<br>C</b></p>"),
        ("<p>用<code>x</code>。</p>", ["Use <code1>y</code1>."], "<p>Use <code>x</code>.</p>"),
        ("<p>見<a href=u title='題'>乙</a></p>", ['<a1 title="it\'s">B</a1>'], "<p><a href=u title='it&#39;s'>B</a></p>"),
        ("<p>見<a title=題>乙</a></p>", ['<a1 title="a b">B</a1>'], '<p><a title="a b">B</a></p>'),
        ("<p>見<a title=題>乙</a></p>", ["<a1>B</a1>"], "<p><a title=題>B</a></p>"),
        ("<img alt=甲>", ['a "b"'], '<img alt="a &quot;b&quot;">'),
        ("<img alt=甲 src=x>", [None], '<img alt="" src=x>'),
        ("<p>甲。乙。</p>", ["A.", "B."], "<p>A. B.</p>"),
        ("<p>甲。<br>乙。</p>", ["A.", "B."], "<p>A.<br>B.</p>"),
        ("<p>甲。乙。</p>", [None, "B."], "<p>B.</p>"),
        ("<p>甲</p>", [None], "<p></p>"),
        ("<title>甲</title>", ["</title><b>"], "<title>&lt;/title&gt;&lt;b&gt;</title>"),
    ],
)  # fmt: skip
def test_a_translation_in_its_place(source: str, targets: list[str | None], expected: str) -> None:
    assert rendered(parsed(source), *targets) == expected


@pytest.mark.parametrize(
    ("source", "converted"),
    [
        ("<p>頭<b>髮</b>在<a href='/頭髮' title='說明'>這裏</a></p>", "<p>头<b>发</b>在<a href='/頭髮' title='说明'>这里</a></p>"),
        ("<p>用<code>頭髮</code>，叫<i translate=no>頭髮</i>。</p>", "<p>用<code>頭髮</code>，叫<i translate=no>頭髮</i>。</p>"),
        ("<p><ruby>頭髮<rt>tóu</rt></ruby>說<ruby>A<rt>頭髮</rt></ruby></p>", "<p><ruby>头发<rt>tóu</rt></ruby>说<ruby>A<rt>头发</rt></ruby></p>"),
        ("<img alt=頭髮 src=頭髮>", "<img alt=头发 src=頭髮>"),
    ],
)  # fmt: skip
def test_conversion_leaves_code_and_addresses_alone(source: str, converted: str) -> None:
    document, converter = parsed(source), Converter("hk2s")
    targets = []
    for block in document.blocks:
        texts = [unit.text for unit in block.units]
        targets += converter.convert_block(texts, [documents.inline("html", text) for text in texts])
    assert rendered(document, *targets, locale="zh_Hans") == converted


@pytest.mark.parametrize(
    ("source", "locale", "expected"),
    [
        ('<html lang="zh-HK"><p>甲', "en", '<html lang="en"><p>甲'),
        ("<!DOCTYPE html>\n<html class=x><p>甲", "ar", '<!DOCTYPE html>\n<html lang="ar" dir="rtl" class=x><p>甲'),
        ("<html lang=zh dir=rtl xml:lang=zh><p>甲", "en", "<html lang=en dir=ltr xml:lang=en><p>甲"),
        ("<!DOCTYPE html><title>甲</title>", "en", '<!DOCTYPE html><html lang="en"><title>甲</title>'),
        ("<p>甲", "en", "<p>甲"),
        ('<p lang="zh-Hant-HK">甲<p lang="ja">乙', "zh_Hans", '<p lang="zh-Hans">甲<p lang="ja">乙'),
        ('<meta property="og:locale" content="zh_HK">', "zh_Hans", '<meta property="og:locale" content="zh_CN">'),
    ],
)
def test_an_edition_says_which_language_it_is_in(source: str, locale: str, expected: str) -> None:
    assert rendered(parsed(source), locale=locale, source_locale="zh_Hant_HK") == expected


@pytest.mark.parametrize(
    ("declared", "renamed"),
    [
        ('<meta charset="big5">', '<meta charset="utf-8">'),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=big5">',
            '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
        ),
    ],
)
def test_an_edition_names_the_encoding_it_is_in(declared: str, renamed: str) -> None:
    data = f"{declared}<p>說</p>".encode("cp950")
    document = documents.parse(data, format="html", encoding="big5")
    assert rendered(document, source_locale="zh_Hant", locale="zh_Hant") == f"{renamed}<p>說</p>"
    assert documents.render(document, ["說"], locale="zh_Hant", as_source=True) == data


def test_a_draft_says_so_at_the_top_of_the_body() -> None:
    written = rendered(parsed("<html><head><title>甲</title></head>\n<body class=x>\n<p>乙</p>"), draft="[ DRAFT ]")
    assert '<body class=x>\n<p role="note">[ DRAFT ]</p>\n\n<p>乙' in written


def test_a_conflict_is_refused() -> None:
    with pytest.raises(SourceError, match="conflict marker"):
        parsed("<p>甲\n<<<<<<< HEAD\n乙\n=======\n丙\n>>>>>>> b\n")


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 20_000 + "甲",
        "乙" + "<b>" * 20_000 + "甲" + "</b>" * 20_000,
        "<b><i>甲</b></i>" * 5_000,
        "<p><b><li>甲<td>乙<!-- " * 5_000,
        "甲<a x='" * 20_000,
        "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">甲",
        "甲<svg>" * 10_000,
        "<script><!--<script>" * 10_000,
        "甲" + "<br>\n" * 20_000 + "乙",
    ],
    ids=["deep", "pairs", "crossing", "unclosed", "quote", "attributes", "drawings", "scripts", "breaks"],
)
def test_what_is_hostile_is_read_and_comes_back(source: str) -> None:
    assert rendered(parsed(source)) == source


def test_reading_and_writing_grow_with_the_page() -> None:
    row = "<p>甲<b>乙</b>，<a href=x title=丙>丁</a>。戊<br>己&nbsp;庚</p>\n<td>辛<li><code>x</code> 壬\n"

    def prepared(rows: int) -> Callable[[], object]:
        return lambda: rendered(parsed(row * rows), "別的")

    assert_linear(prepared, 2_000)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_shape_knows_the_line_of_each_event(newline: str) -> None:
    source = "<title>題</title>\n<!-- \n -->\n<p>\n甲\n乙<b>丙</b>\n<hr></p>\n"
    shape = HTML.shape(source.replace("\n", newline).encode())
    assert list(zip(shape.events, shape.lines, strict=True)) == [
        ("title", 1), ("text", 1), ("/title", 1), ("p", 4), ("text", 4), ("hr", 7), ("/p", 7),
    ]  # fmt: skip
    assert shape.lines[3:4] == [4]
    assert shape.lines[9:10] == []


def test_a_project_of_pages(newsroom: Newsroom) -> None:
    """The source's own edition is the file, every other one names its language, and our page lies out of the way."""
    text = (
        '<html lang="zh-HK">\r\n<h1>頭髮</h1>\r\n<p>見<a href="/x">說明</a>。</p>\r\n<p translate="no">頭髮</p></html>'
    )
    (newsroom.root / "source" / "index.html").write_bytes(text.encode())
    path = newsroom.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace("[project]", '[project]\nsources = ["source/*.html"]'), "utf-8")
    assert not sync(load_project(path)).updates.failures
    preview = newsroom.root / "preview"
    assert (preview / "zh_Hant_HK/index.html").read_bytes() == text.encode()
    simplified = (
        text.replace('"zh-HK"', '"zh-Hans"').replace("<h1>頭髮", "<h1>头发").replace("見", "见").replace("說", "说")
    )
    assert (preview / "zh_Hans/index.html").read_bytes() == simplified.encode()
    page = (preview / "pages/zh_Hans/index.html").read_text("utf-8")
    assert "<h1>头发</h1>" in page
    assert 'href="../zh_Hant_HK/index.html"' in page
    assert 'href="pages/zh_Hans/index.html"' in (preview / "index.html").read_text("utf-8")


def test_two_documents_are_not_written_to_one_place(newsroom: Newsroom) -> None:
    (newsroom.root / "source" / "a.html").write_text("<p>甲</p>", "utf-8")
    newsroom.write("標題\n\n乙在此。\n", "x-a.txt")
    path = newsroom.root / "l10n-flow.toml"
    text = path.read_text("utf-8").replace("[project]", '[project]\nsources = ["source/*.html", "source/*.txt"]')
    path.write_text(f'{text}\n[outputs]\n"*.html" = "{{locale}}/{{folder}}x-{{name}}{{suffix}}"\n', "utf-8")
    result = sync(load_project(path))
    assert "another document is written to" in str([*result.build.failures, *result.updates.failures])
