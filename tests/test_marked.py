"""Inline markup on pages: as HTML in the article, as chips on the review page; nothing of a document runs there."""

from __future__ import annotations

import pytest

from l10n_flow.editing import UnitView
from l10n_flow.model import BlockKind, Key, Role, State, Translation
from l10n_flow.publish import pages
from l10n_flow.publish.pages.marked import marked, plain
from l10n_flow.publish.pages.model import ArticlePage, PageBlock, PageUnit
from l10n_flow.review.page import marks
from l10n_flow.review.page.model import ReviewUnit


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("甲 & <乙", "甲 &amp; &lt;乙"),
        ("**甲 & <乙**", "<strong>甲 &amp; &lt;乙</strong>"),
        ("*甲*~~乙~~`<b>`", "<em>甲</em><s>乙</s><code>&lt;b&gt;</code>"),
        ('[甲](https://a.b/?x=1&y="2" "題")', '<a href="https://a.b/?x=1&amp;y=%222%22">甲</a>'),
        ("[甲](javascript:alert(1)) [乙](/x) [丙](data:text/html,x)", "[甲](javascript:alert(1)) 乙 [丙](data:text/html,x)"),
        ("<script>甲</script> <b onclick=x>乙</b>", "甲 乙"),
        ("甲[^1]<br>乙\\*&amp;", "甲<sup>1</sup><br>乙*&amp;"),
        ('![圖<](a.png "題")丙', "圖&lt;丙"),
        ("https://a.b/c 甲", '<a href="https://a.b/c">https://a.b/c</a> 甲'),
        ("**甲*乙**", "<strong>甲*乙</strong>"),
        ("{{< x >}}甲", "<code>{{&lt; x &gt;}}</code>甲"),
    ],
)  # fmt: skip
def test_markup_as_html(text: str, html: str) -> None:
    assert marked("markdown", text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('見<a1 title="說&quot;明">連結 &lt;b></a1>和<b2>粗</b2>', "見連結 &lt;b&gt;和<strong>粗</strong>"),
        ('<code1>x &lt;y></code1><img2 alt="圖" title="題"/>尾<br3/>', "<code>x &lt;y&gt;</code>圖尾<br>"),
        ("<script1/><b1>甲<i onclick=x>", "<code>&lt;b1&gt;</code>甲"),
    ],
)
def test_numbered_tags_as_html(text: str, html: str) -> None:
    assert marked("html", text) == html


def untranslated(source: str, name: str) -> ReviewUnit:
    return ReviewUnit("1", UnitView(Translation(Key(None, source), "", State.UNTRANSLATED)), format=name)


def test_numbered_tags_are_offered_whole() -> None:
    source = '見<a1 title="說明">連結</a1>和<b2>粗</b2>。<img3 alt="圖"/>&lt;b>'
    unit = untranslated(source, "html")
    assert marks.insertable(unit) == (
        ('<a1 title="">', "</a1>", '<a1 title="', 1),
        ("<b2>", "</b2>", "</b2>", 1),
        ('<img3 alt="', '"/>', '<img3 alt="', 1),
    )


def test_a_code_is_offered_once_and_counted() -> None:
    source = "`c`和`c`，[甲](/x)[乙](/x)"
    unit = untranslated(source, "markdown")
    assert [(code.text, code.times) for code in marks.insertable(unit)] == [("`c`", 2), ("[](/x)", 2)]


def test_a_title_is_plain() -> None:
    assert plain("markdown", "**甲**`乙`[丙](x) <br>") == "甲乙丙"
    assert plain("text", "**甲**") == "**甲**"


def test_an_article_shows_markup_and_forced_breaks() -> None:
    units = (
        PageUnit("**甲**", Role.SENTENCE, State.TRANSLATED, "甲"),
        PageUnit("乙<", Role.SENTENCE, State.TRANSLATED, "乙", breaks=True),
    )
    title = PageBlock(BlockKind.TITLE, (PageUnit("*題*", Role.LINE, None, "題"),))
    page = ArticlePage("a", "en", "", (title, PageBlock(BlockKind.PARAGRAPH, units)), format="markdown")
    html = pages.render_article(page)
    assert "<p><strong>甲</strong><br>乙&lt;</p>" in html
    assert "<title>題</title>" in html
    assert "<h1><em>題</em></h1>" in html
    assert "<p>**甲**" in pages.render_article(ArticlePage("a", "en", "", page.blocks))


def test_the_review_page_sets_codes_apart_and_offers_them() -> None:
    source = '**甲**[乙](/x "題")和`c`。[^1]'
    unit = untranslated(source, "markdown")
    assert [run.text for run in marks.of_source(unit, str) if run.kinds == "code"] == [
        "**", "**", "[", '](/x "', '")', "`c`", "[^1]",
    ]  # fmt: skip
    assert marks.insertable(unit) == (
        ("[", '](/x "")', '](/x "', 1),
        ("`c`", "", "`c`", 1),
        ("[^1]", "", "[^1]", 1),
    )


def test_what_nobody_sees_is_shown_and_moves_no_mark_on_the_review_page() -> None:
    runs = marks.of_source(untranslated("甲\u202e乙`c`\u200b", "markdown"), str)
    assert [(run.text, run.kinds) for run in runs] == [("甲\ufffd乙", ""), ("`c`", "code"), ("\ufffd", "")]
