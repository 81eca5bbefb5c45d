import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.locales import bcp47
from l10n_flow.model import BlockKind, Origin, Role, State
from l10n_flow.publish import pages
from l10n_flow.publish.pages import (
    ArticlePage,
    BilingualPage,
    EditionPage,
    IndexPage,
    IndexRow,
    PageBlock,
    PageUnit,
    render_article,
    render_bilingual,
    render_index,
)
from l10n_flow.publish.pages.diff import changes
from l10n_flow.scripts import visible

VOID = {"meta", "link"}
HOSTILE = '</style><script>alert(1)</script>"\'&<b x="{{ 7*7 }}">'
EDITIONS = (
    EditionPage("zh_Hant_HK", "zh_Hant_HK/a.html"),
    EditionPage("zh_Hans", "zh_Hans/a.html"),
    EditionPage("en", "en/a.html"),
)


class Outline(HTMLParser):
    """Checks that every element is closed where it should be, and keeps elements with their attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[int] = []
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribute twice in <{tag}>"
        parents = [self.elements[at][0] for at in self.open]
        assert not ("p" in parents and tag in {"p", "ul", "div", "table", "figure", "h1", "h2", "aside"}), f"{tag} in p"
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data) -> None:
        for at in self.open:
            self.elements[at][2].append(data)

    def find(self, tag: str, **attributes: str) -> list[tuple[dict[str, str], str]]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            (found, "".join(text))
            for name, found, text in self.elements
            if name == tag and wanted.items() <= found.items()
        ]

    def texts(self, tag: str, **attributes: str) -> list[str]:
        return [text for _, text in self.find(tag, **attributes)]


def unit(text: str, role: Role = Role.SENTENCE, state: State | None = State.TRANSLATED, **more) -> PageUnit:
    return PageUnit(text, role, state, more.pop("source", "原文。"), **more)


def block(kind: BlockKind, *texts: str) -> PageBlock:
    return PageBlock(kind, tuple(unit(text) for text in texts))


def article(*blocks: PageBlock, locale: str = "en", **more) -> ArticlePage:
    return ArticlePage("a", locale, more.pop("title", ""), blocks, EDITIONS, **more)


def bilingual(*blocks: PageBlock, **more) -> BilingualPage:
    return BilingualPage("a", "zh_Hant_HK", more.pop("locale", "en"), blocks, EDITIONS, **more)


def row(**more) -> IndexRow:
    given = {
        "document": "a",
        "title": "A",
        "locale": "en",
        "href": "en/a.html",
        "bilingual_href": "en/a.b.html",
        "units": 65,
        "done_percent": 99.9,
        "counts": {"approved": 3, "translated": 61, "untranslated": 1, "human": 64},
        "published": True,
    }
    return IndexRow(**(given | more))


def every_page(text: str = "Text.", locale: str = "en", path: str = "en/a.html", *, draft: bool = False) -> list[str]:
    """The three pages with ``text`` in every field that holds text."""
    units = tuple(
        PageUnit(text, role, state, text, text, text, origin, text + "x", joined=False)
        for role, state, origin in zip(
            Role, (State.NEEDS_EDITING, None, State.APPROVED), (Origin.HUMAN, Origin.COPIED, None), strict=True
        )
    )
    blocks = tuple(PageBlock(kind, units) for kind in BlockKind)
    editions = (EditionPage(locale, path), EditionPage("ar", path))
    return [
        render_article(ArticlePage(text, locale, text, blocks, editions, draft, path, path)),
        render_bilingual(BilingualPage(text, "zh_Hant_HK", locale, blocks, editions, draft, path, {"stale": 1})),
        render_index(IndexPage(text, (row(document=text, title=text, href=path, bilingual_href=path),), draft, locale)),
    ]


@pytest.mark.parametrize("locale", ["en", "zh_Hant_HK", "zh_Hans", "ar", "ja"])
def test_language_and_direction(locale: str) -> None:
    for html in every_page(locale=locale):
        ((found, _),) = Outline(html).find("html")
        assert found == {"lang": bcp47(locale), "dir": "rtl" if locale == "ar" else "ltr"}


def test_other_editions_are_linked_in_head_and_navigation() -> None:
    page = Outline(render_article(article(block(BlockKind.TITLE, "T"), locale="zh_Hans", bilingual_href="b.html")))
    alternates = [(found["hreflang"], found["href"]) for found, _ in page.find("link", rel="alternate")]
    assert alternates == [
        ("zh-Hant-HK", "zh_Hant_HK/a.html"),
        ("zh-Hans", "zh_Hans/a.html"),
        ("en", "en/a.html"),
    ]
    ((link, name),) = page.find("a", hreflang="zh-Hant-HK")
    # A Simplified page holds no Traditional character, not even in a name.
    assert (link["lang"], name) == ("zh-Hans", "中文（繁体，中国香港特别行政区）")
    assert page.texts("span", aria_current="page") == ["简体中文"]
    assert not page.find("a", hreflang="zh-Hans")
    assert page.texts("a", href="b.html") == ["双语对照"]
    # The bilingual page is no edition: the readable page in its own locale is a link.
    assert Outline(render_bilingual(bilingual())).find("a", hreflang="en")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1) | st.just(HOSTILE))
def test_text_stays_text_whatever_it_is(text: str) -> None:
    for html in every_page(text, draft=True):
        page = Outline(html)
        assert not page.find("script")
        assert not page.find("b", x="49")
        assert visible(text, "\ufffd").strip() in "".join(page.texts("html"))
        assert not [name for _, found, _ in page.elements for name in found if name.startswith("on")]


def test_every_field_with_hostile_text_is_escaped() -> None:
    for html in every_page(HOSTILE, draft=True):
        body = html.split("</style>", 1)[1]
        assert "<script" not in body
        assert "<b x" not in body
        assert "{{ 7*7 }}" in body
        assert html.count("</style>") == 1


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("zh_Hant/a.html", "zh_Hant/a.html"),
        ("../a b/柳.html", "../a%20b/%E6%9F%B3.html"),
        ("javascript:alert(1).html", "javascript%3Aalert%281%29.html"),
        ("//evil.example/a.html", "evil.example/a.html"),
        ("50%?#.html", "50%25%3F%23.html"),
        ('a\\b".html', "a%5Cb%22.html"),
        ("a\udcff.html", "a%FF.html"),
    ],
)
def test_a_path_becomes_a_relative_url(path: str, url: str) -> None:
    for html in every_page(path=path):
        links = {found["href"] for tag in ("a", "link") for found, _ in Outline(html).find(tag) if "href" in found}
        assert {link for link in links if not link.startswith("#")} == {url}


def test_pages_ask_for_nothing_from_outside() -> None:
    for html in every_page():
        assert not re.search(r"https?:|//|@import|url\(|<script|src=", html)
        policy = Outline(html).find("meta", http_equiv="Content-Security-Policy")[0][0]["content"]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:")


@pytest.mark.parametrize(
    ("locale", "banner", "spoken"),
    [
        ("zh_Hant_HK", "草稿：未經批准，請勿發布", "zh-Hant-HK"),
        ("zh_TW", "草稿：未經批准，請勿發布", "zh-TW"),
        ("zh_Hans", "草稿：未经批准，请勿发布", "zh-Hans"),
        ("zh", "草稿：未经批准，请勿发布", "zh"),
        ("en_GB", "Draft: not approved for publication", "en-GB"),
        ("ar", "Draft: not approved for publication", "en"),
    ],
)
def test_a_draft_says_so_in_its_language(locale: str, banner: str, spoken: str) -> None:
    for html in every_page(locale=locale, draft=True):
        page = Outline(html)
        ((found, text),) = page.find("p", class_="draft")
        assert (found["lang"], text) == (spoken, banner)
        assert page.find("meta", name="robots", content="noindex")


def test_what_is_published_has_no_trace_of_a_draft() -> None:
    fuzzy = PageBlock(BlockKind.PARAGRAPH, (unit("One.", state=State.NEEDS_EDITING),))
    assert Outline(render_article(article(fuzzy, draft=True))).texts("span", class_="unfinished") == ["One."]
    page = Outline(render_article(article(fuzzy)))
    assert not page.find("p", class_="draft")
    assert not page.find("meta", name="robots")
    assert not page.find("span", class_="unfinished")


@pytest.mark.parametrize(
    ("locale", "texts", "paragraph"),
    [
        ("en", ("One.", "Two."), "One. Two."),
        ("en", ("One.", "", "Three."), "One. Three."),
        ("en", ("", "Two."), "Two."),
        ("zh_Hans", ("一。", "", "三。"), "一。三。"),
        ("ja", ("一。", "二。"), "一。二。"),
        ("ko", ("하나.", "둘."), "하나. 둘."),
    ],
)
def test_sentences_are_joined_as_the_locale_does(locale: str, texts: tuple[str, ...], paragraph: str) -> None:
    for state in (State.TRANSLATED, State.NEEDS_EDITING):
        made = PageBlock(BlockKind.PARAGRAPH, tuple(unit(text, state=state) for text in texts))
        html = render_article(article(made, locale=locale, draft=True))
        assert Outline(html).texts("p")[-1] == paragraph


def test_a_source_text_keeps_its_language() -> None:
    source = [unit(text, locale="zh_Hant_HK") for text in ("二。", "三。")]
    mixed = PageBlock(BlockKind.PARAGRAPH, (unit("One."), *source, unit("Four.")))
    page = Outline(render_article(article(mixed)))
    assert page.texts("p") == ["One. 二。三。 Four."]
    assert page.texts("span", lang="zh-Hant-HK", dir="ltr") == ["二。", "三。"]


def test_blocks_become_what_they_are() -> None:
    caption = PageBlock(BlockKind.CAPTION, (unit("A river."), unit("Photo: Li", Role.CREDIT)))
    page = Outline(
        render_article(
            article(
                block(BlockKind.TITLE, "Title"),
                block(BlockKind.BYLINE, "Tang Lin"),
                block(BlockKind.DATELINE, "Liuzhou"),
                block(BlockKind.HEADING, "Heading"),
                caption,
                block(BlockKind.LIST_ITEM, "one"),
                block(BlockKind.LIST_ITEM, "two"),
                block(BlockKind.PARAGRAPH, "Text."),
                block(BlockKind.LIST_ITEM, "three"),
                block(BlockKind.QUOTATION, "Quoted."),
                block(BlockKind.NOTE, "Noted."),
                block(BlockKind.TABLE_CELL, "1"),
                block(BlockKind.TITLE, "Second title"),
                block(BlockKind.PARAGRAPH, ""),
            )
        )
    )
    assert page.texts("title") == page.texts("h1") == ["Title"]
    assert page.texts("h2") == ["Heading", "Second title"]
    assert page.texts("p", class_="byline") == ["Tang Lin"]
    assert page.texts("p", class_="dateline") == ["Liuzhou"]
    assert page.texts("figcaption") == ["A river. Photo: Li"]
    assert page.texts("span", class_="credit") == ["Photo: Li"]
    lists = [text.split() for text in page.texts("ul")]
    assert lists[-2:] == [["one", "two"], ["three"]]
    assert [text.strip() for text in page.texts("blockquote")] == ["Quoted."]
    assert [text.strip() for text in page.texts("aside")] == ["Noted."]
    assert [text.strip() for text in page.texts("div", class_="table-cell")] == ["1"]
    assert "" not in page.texts("p")


@pytest.mark.parametrize(
    ("given", "heading"), [({"title": "Given"}, "Given"), ({}, "a"), ({"title": "", "locale": "ar"}, "a")]
)
def test_a_heading_is_there_when_no_title_block_is(given: dict[str, str], heading: str) -> None:
    page = Outline(render_article(article(block(BlockKind.TITLE, ""), block(BlockKind.PARAGRAPH, "Text."), **given)))
    assert page.texts("h1") == page.texts("title") == [heading]


def test_source_and_target_stand_side_by_side() -> None:
    units = (
        unit("One.", source="一。", id="aaaa1111", origin=Origin.HUMAN),
        unit("", source="二。", id="bbbb2222", joined=True),
        unit("", source="三。", state=State.UNTRANSLATED, id="cccc3333", note="which?"),
        unit("一。", source="一。", state=State.APPROVED, id="aaaa1111", locale="zh_Hant_HK"),
    )
    page = Outline(
        render_bilingual(bilingual(PageBlock(BlockKind.PARAGRAPH, units), counts={"translated": 2, "human": 0}))
    )
    assert page.texts("td", lang="zh-Hant-HK") == ["一。", "二。", "三。", "一。", "一。"]
    targets = [text for found, text in page.find("td") if found.get("class") != "state" and "lang" not in found]
    assert targets == ["One."]
    assert [found["id"] for found, _ in page.find("tr") if "id" in found] == ["aaaa1111", "bbbb2222", "cccc3333"]
    assert page.texts("td", class_="empty") == ["Translated together with the unit above", "No translation"]
    assert [" ".join(text.split()) for text in page.texts("td", class_="state")] == [
        "translated by hand Paragraph aaaa1111",
        "translated bbbb2222",
        "untranslated cccc3333which?",
        "approved aaaa1111",
    ]
    assert [" ".join(text.split()) for text in page.texts("ul", class_="counts")] == ["translated 2"]


def test_a_previous_source_is_shown_as_a_difference() -> None:
    fuzzy = unit("T", source="每年3月花開", state=State.NEEDS_EDITING, previous="每年2月花滿")
    page = Outline(render_bilingual(bilingual(PageBlock(BlockKind.PARAGRAPH, (fuzzy,)))))
    assert (page.texts("del"), page.texts("ins")) == (["2", "滿"], ["3", "開"])
    same = fuzzy._replace(previous=fuzzy.source)
    assert not Outline(render_bilingual(bilingual(PageBlock(BlockKind.PARAGRAPH, (same,))))).find("del")


@given(st.text("ab 一二。", max_size=30), st.text("ab 一二。", max_size=30))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(change.text for change in found if change.kind != "ins") == before
    assert "".join(change.text for change in found if change.kind != "del") == after


@pytest.mark.parametrize("size", [100_000])
def test_a_difference_of_endless_texts_ends(size: int) -> None:
    assert [kind for kind, _ in changes("一二" * size, "二一" * size)] == ["del", "ins"]


def test_the_index_is_documents_by_locales() -> None:
    source = row(locale="zh_Hant_HK", title="題", href="zh/a.html", bilingual_href="", counts={})
    rows = (source, row(published=False), replace(source, document="b"))
    page = Outline(render_index(IndexPage("Name", rows, True, "zh_Hant_HK")))
    assert page.texts("h1") == page.texts("title") == ["Name"]
    assert page.texts("th", scope="col") == ["文件", "繁體中文（中國香港特別行政區）", "English"]
    assert page.texts("th", scope="row") == ["a", "b"]
    assert page.texts("td", class_="none") == ["–"]
    assert page.texts("p", class_="counts") == ["原文 · 單元：65", "99% 完成 · 單元：65", "原文 · 單元：65"]
    bar = [found["style"] for found, _ in page.find("span") if "style" in found]
    assert bar == ["flex-grow:3", "flex-grow:61", "flex-grow:1"]
    assert page.texts("span", class_="unpublished") == ["未發布"]
    assert page.texts("a", href="en/a.b.html") == ["雙語對照"]
    assert page.texts("a", href="en/a.html", hreflang="en") == ["A"]


def test_the_index_of_a_release_tells_no_states() -> None:
    page = Outline(render_index(IndexPage("Name", (row(bilingual_href=""),), False, "zh_Hant_HK")))
    assert page.texts("a", href="en/a.html", hreflang="en") == ["A"]
    assert not page.find("ul")
    assert not page.find("div")
    assert page.texts("p", class_="counts") == []


def test_the_same_page_is_the_same_text() -> None:
    assert every_page(draft=True) == every_page(draft=True)


def luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_have_the_contrast_of_wcag_aa() -> None:
    css = (Path(pages.__file__).parent / "styles" / "base.css").read_text("utf-8")
    schemes = [dict(re.findall(r"--([a-z-]+): #([0-9a-f]+);", part)) for part in re.findall(r":root \{[^}]*\}", css)]
    assert len(schemes) == 3  # light, dark, print
    for scheme in schemes:
        grounds = [("paper", ink) for ink in ("ink", "quiet", "link", "warn", "done", "todo")]
        for ground, ink in [*grounds, *(("raised", ink) for _, ink in grounds), ("warn-paper", "warn")]:
            dark, light = sorted((luminance(scheme[ground]), luminance(scheme[ink])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ground, ink)
