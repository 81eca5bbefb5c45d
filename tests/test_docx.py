"""Word files: what is a unit, how a translation stands in the file, and what must hold for every file."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import golden_files
from conftest import Newsroom
from docx_files import made, paragraph, part, run
from golden_files import shown
from l10n_flow import documents
from l10n_flow.documents.docx import inline, packages
from l10n_flow.errors import SourceError
from l10n_flow.inline import CodeKind, Plain
from l10n_flow.model import Document
from l10n_flow.project import load_project
from l10n_flow.work.build import build
from l10n_flow.work.sync import sync

HERE = Path(__file__).parent / "golden" / "docx"


def parsed(data: bytes, **options) -> Document:
    return documents.parse(data, format="docx", **options)


def rendered(document: Document, *targets: str | None, locale: str = "en", **options) -> str:
    rest = [unit.text for unit in document.units()][len(targets) :]
    return part(documents.render(document, [*targets, *rest], locale=locale, **options))


def words(document: Document) -> str:
    """All texts in a row without codes and blanks."""
    return "".join(Plain(u.text, documents.inline("docx", u.text), "").text for u in document.units()).replace(" ", "")


@golden_files.cases("docx/blocks.txt")
def test_golden(source: str, expected: str) -> None:
    data = made(source)
    document = parsed(data)
    assert shown(document) == expected
    texts = [unit.text for unit in document.units()]
    assert documents.render(document, texts, locale="zh_Hant") == data
    bracketed = documents.render(document, [f"〔{text}〕" for text in texts], locale="zh_Hant")
    assert re.sub("[〔〕]", "", words(parsed(bracketed))) == words(document)


@pytest.mark.parametrize("name", ["article.docx", "report.docx"])
def test_a_file_of_libreoffice_comes_back(name: str) -> None:
    data = (HERE / name).read_bytes()
    document = parsed(data)
    assert shown(document) == (HERE / name).with_suffix(".txt").read_text("utf-8").rstrip("\n")
    assert documents.render(document, [unit.text for unit in document.units()], locale="zh_Hant") == data
    whole = parsed(data, unit="paragraph")
    assert documents.render(whole, [unit.text for unit in whole.units()], locale="en") == data


_RUNS = [run("甲。"), run("乙", "<w:b/>"), run("丙 ", '<w:lang w:eastAsia="zh-TW"/>'), run("&lt;r1&gt;&amp;"), run(" ", "<w:u/>"),
         "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", "<w:r><w:t>丁</w:t><w:br/><w:t>戊！</w:t></w:r>", '<w:ins w:id="1">', "</w:ins>",
         '<w:hyperlink r:id="a">', "</w:hyperlink>", '<w:del w:id="2"><w:r><w:delText>刪</w:delText></w:r></w:del>',
         '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:bookmarkStart w:id="0"/>', '<w:bookmarkEnd w:id="0"/>', "<w:sdt><w:sdtContent>",
         "</w:sdtContent></w:sdt>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>',
         '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>', '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "<w:proofErr/>", "</w:p><w:p>",
         "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
         "<w:r><w:ruby><w:rt><w:r><w:t>音</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>"]  # fmt: skip
_OPENERS = {"<w:ins": "</w:ins>", "<w:hyperlink": "</w:hyperlink>", "<w:sdt>": "</w:sdtContent></w:sdt>"}


def balanced(pieces: list[str]) -> str:
    """The pieces as paragraphs, with what opens closed."""
    parts: list[str] = []
    opened: list[str] = []
    for piece in pieces:
        closing = next((end for start, end in _OPENERS.items() if piece.startswith(start)), "")
        if piece in _OPENERS.values():
            if not opened or opened[-1] != piece:
                continue
            opened.pop()
        elif piece == "</w:p><w:p>":
            parts += reversed(opened)
            opened.clear()
        if closing:
            opened.append(closing)
        parts.append(piece)
    return paragraph(*parts, *reversed(opened))


#: A link that begins inside a content control and goes on behind it.
_CROSSING = [
    "<w:sdt><w:sdtContent>",
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>',
    "</w:sdtContent></w:sdt>",
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    "<w:r><w:t>甲。</w:t></w:r>",
]
#: A field that begins before a link and ends in it.
_ENDING_INSIDE = [
    "<w:r><w:t>甲。</w:t></w:r>",
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>',
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    '<w:hyperlink r:id="a">',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
]
#: A field that begins to show something and has begun in another paragraph, between line breaks.
_BEGUN_ELSEWHERE = [
    "<w:r><w:t>甲。</w:t></w:r>",
    '<w:hyperlink r:id="a">',
    "<w:r><w:br/></w:r>",
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    "<w:r><w:br/></w:r>",
    "<w:r><w:t>乙。</w:t></w:r>",
]


@given(st.lists(st.sampled_from(_RUNS), max_size=12), st.sampled_from(["zh_Hant", "en"]))
@example(["<w:r><w:t>甲。</w:t></w:r>", *_CROSSING], "zh_Hant")
@example(_ENDING_INSIDE, "zh_Hant")
@example(_BEGUN_ELSEWHERE, "zh_Hant")
@example([*_BEGUN_ELSEWHERE[:2], _BEGUN_ELSEWHERE[3], _CROSSING[1], _CROSSING[3]], "zh_Hant")
def test_any_paragraph_comes_back_and_can_be_translated(pieces: list[str], locale: str) -> None:
    data = made(balanced(pieces))
    document = parsed(data)
    texts = [unit.text for unit in document.units()]
    assert all(texts)
    assert documents.render(document, texts, locale=locale) == data
    bracketed = parsed(documents.render(document, [f"〔{text}〕" for text in texts], locale=locale))
    assert re.sub("[〔〕]", "", words(bracketed)) == words(document)
    documents.render(document, ["<r1></r1>"] * len(texts), locale=locale)
    for targets in ([None] * len(texts), ["x < y & <r1>" if number % 2 else None for number in range(len(texts))]):
        documents.render(document, targets, locale=locale)


_WORDS = [
    "<r1>",
    "</r1>",
    "<a1>",
    "</a1>",
    "<tab1/>",
    "<note1/>",
    "<r7>",
    "word ",
    "甲",
    "&lt;r1>",
    "&",
    "<",
    "]]>",
    "\n",
    "\t",
    " ",
]


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8))
def test_no_translation_becomes_structure(pieces: list[str]) -> None:
    link = f'<w:hyperlink r:id="a">{run("網站")}</w:hyperlink>'
    data = made(
        paragraph(run("見"), run("粗", "<w:b/>"), link, "<w:r><w:tab/></w:r>", run("乙。")) + paragraph(run("丙"))
    )
    document = parsed(data)
    target = "x" + "".join(pieces)
    written = parsed(documents.render(document, [target, target], locale="en"))
    literal = re.sub(r"\s", "", inline.said(inline.CODE.sub("", target)))
    assert "".join(words(written).split()) == literal * 2


@pytest.mark.parametrize(
    ("runs", "target", "expected"),
    [
        ((run("甲"), run("乙", '<w:lang w:val="x"/>')), "A & B", "<w:r><w:t>A &amp; B</w:t></w:r>"),
        (
            (run("甲"), run("乙", "<w:b/>"), run("丙")),
            "See <r1>this</r1>.",
            (
                '<w:r><w:t xml:space="preserve">See </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">this</w:t></w:r>'
                '<w:r><w:t xml:space="preserve">.</w:t></w:r>'
            ),
        ),
        (
            (run("甲"), run("乙", "<w:b/>"), run("丙丁")),
            "<r1>A",
            '<w:r><w:t></w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">A</w:t></w:r>',
        ),
        (
            (run("甲"), '<w:bookmarkStart w:id="0"/>', run("乙"), '<w:bookmarkEnd w:id="0"/>', run("丙")),
            "A",
            (
                '<w:r><w:t></w:t></w:r><w:bookmarkStart w:id="0"/><w:r><w:t xml:space="preserve">A</w:t></w:r>'
                '<w:bookmarkEnd w:id="0"/><w:r><w:t xml:space="preserve"></w:t></w:r>'
            ),
        ),
        ((run("甲"), f'<w:ins w:id="1">{run("乙")}</w:ins>'), "A", "<w:r><w:t>A</w:t></w:r>"),
        ((run("甲"), run("乙")), "〔甲乙〕", "<w:r><w:t>〔甲</w:t></w:r><w:r><w:t>乙〕</w:t></w:r>"),
    ],
    ids=["one run", "a pair", "unbalanced", "marks", "tracked", "around"],
)
def test_a_translation_in_its_place(runs: tuple[str, ...], target: str, expected: str) -> None:
    assert rendered(parsed(made(paragraph(*runs))), target) == f"<w:p>{expected}</w:p>"


def test_sentences_number_their_codes_and_a_line_break_stays_between_them() -> None:
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'.format
    document = parsed(
        made(paragraph(run("甲"), note(2), run("。乙"), note(3), run("。"), "<w:r><w:br/></w:r>", run("丙")))
    )
    assert [unit.text for unit in document.units()] == ["甲<note1/>。", "乙<note1/>。", "丙"]
    text = rendered(document, "A<note1/>.", "B<note1/>.", "C")
    assert re.sub("<w:r>|</w:r>|</?w:t[^>]*>|</?w:p>", "", text) == (
        'A<w:footnoteReference w:id="2"/>. B<w:footnoteReference w:id="3"/>.<w:br/>C'
    )


def test_notes_headers_and_the_title_are_read_and_the_title_follows() -> None:
    title = '<w:p><w:pPr><w:pStyle w:val="a3"/></w:pPr>' + run("題") + "</w:p>"
    core = '<dc:title xmlns:dc="d">{}</dc:title>'.format
    others = {"footnotes": f"<w:footnote>{paragraph(run('註'))}</w:footnote>", "header": paragraph(run("頁首"))}
    document = parsed(made(title, core=core("題"), **others))
    assert [(block.kind, block.units[0].text) for block in document.blocks] == [
        ("title", "題"),
        ("note", "註"),
        ("paragraph", "頁首"),
    ]
    data = documents.render(document, ["A & B", "N", "H"], locale="en")
    assert part(data, "core") == core("A &amp; B")
    assert "頁首" not in part(data, "header")
    other = parsed(made(title, core=core("另題")))
    assert [block.units[0].text for block in other.blocks] == ["題", "另題"]


def test_both_text_boxes_hold_the_translation() -> None:
    source = next(source for title, source, _ in golden_files.read("docx/blocks.txt") if title.startswith("a text box"))
    text = rendered(parsed(made(source)), "A", "Box", "B")
    assert text.count("<w:t>Box</w:t>") == 2
    assert "框" not in text


def test_languages_and_fonts_are_those_of_the_edition() -> None:
    body = paragraph(
        run("甲", '<w:rFonts w:eastAsia="標楷體" w:hint="eastAsia"/><w:lang w:val="zh-HK" w:eastAsia="zh-HK"/>')
    )
    document = parsed(made(body))
    data = documents.render(document, ["甲"], locale="zh_Hans", source_locale="zh_Hant_HK")
    assert '<w:rFonts w:eastAsia="KaiTi" w:hint="eastAsia"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>' in part(data)
    assert '<w:rFonts w:eastAsia="SimSun"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>' in part(data, "styles")
    french = documents.render(document, ["甲"], locale="fr", source_locale="zh_Hant_HK")
    assert '<w:rFonts w:eastAsia="標楷體" w:hint="default"/><w:lang w:val="fr-FR" w:eastAsia="zh-HK"/>' in part(french)
    assert '<w:lang w:val="fr-FR" w:eastAsia="zh-HK"/>' in part(french, "styles")
    assert documents.render(document, ["甲"], locale="zh_Hant_HK") == document.original


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_what_does_not_change_is_copied_as_it_was(method: int) -> None:
    data = made(paragraph(run("甲")), method=method, core="<x/>")
    written = documents.render(parsed(data), ["A longer text"], locale="en")
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
        assert new.testzip() is None
        assert [info.filename for info in new.infolist()] == [info.filename for info in old.infolist()]
        for before, after in zip(old.infolist(), new.infolist(), strict=True):
            assert (before.date_time, before.external_attr) == (after.date_time, after.external_attr)
            is_changed = before.filename == "word/document.xml"
            assert (old.read(before) != new.read(after)) is is_changed


def test_a_draft_says_so_at_the_top() -> None:
    data = documents.render(parsed(made(paragraph(run("甲")))), ["A"], locale="en", draft="[ DRAFT ]")
    assert part(data) == "<w:p><w:r><w:t>[ DRAFT ]</w:t></w:r></w:p><w:p><w:r><w:t>A</w:t></w:r></w:p>"


def test_codes_on_pages_and_their_plain_reading() -> None:
    text = "甲<r1>乙</r1><tab1/>&lt;r1><note1/>"
    codes = inline.codes(text)
    assert Plain(text, codes).text == "甲乙\t<r1>"
    assert [code.kind for code in codes] == [CodeKind.TAG] * 3 + [CodeKind.CHARACTER, CodeKind.NOTE]


DTD = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"{\\rtf1}", "this is RTF"),
        (b"plain", "this is no Word file; save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"Word 97–2003 document \(.doc\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (made("<w:p/>", types=False), "this is a zip file, but no Word file"),
        (made("<w:p/>")[:-200], "the file is damaged"),
        (made("<w:p/>", document=b"<w:document"), "document.xml: the part is damaged"),
        (made("<w:p/>", document=b"<x/>"), "the part is none of a Word document"),
        (made("<w:p/>", document=DTD.encode() + b"<x>&a;</x>"), r"document type declaration \(DTD\)"),
        (made("<w:p/>", styles=DTD.encode() + b"<x/>"), r"document type declaration \(DTD\)"),
        (made("<w:p/>", document='<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16")), "UTF-16"),
        (made("<w:p/>", document=b'<?xml version="1.0" encoding="big5"?><x/>'), "is big5, not UTF-8"),
        (made("<w:p>" + "<w:ins>" * 500 + "</w:ins>" * 500 + "</w:p>"), "more than 400 deep"),
    ],
    ids=[
        "empty",
        "rtf",
        "text",
        "doc",
        "encrypted",
        "zip",
        "cut",
        "xml",
        "root",
        "dtd",
        "styles",
        "utf16",
        "big5",
        "deep",
    ],
)
def test_what_is_no_word_file_or_not_safe_is_told(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        parsed(data)


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="times as large as it is packed"):
        parsed(made(" " * 20_000_000))
    monkeypatch.setattr(packages, "MAX_BYTES", 100_000)
    with pytest.raises(SourceError, match="MB unpacked"):
        parsed(made(paragraph(run("甲" * 50_000))))
    monkeypatch.setattr(packages, "MAX_MEMBERS", 2)
    with pytest.raises(SourceError, match="members, more than 2"):
        parsed(made("<w:p/>"))


@given(st.data())
def test_a_damaged_file_is_told_and_crashes_nothing(data: st.DataObject) -> None:
    whole = bytearray(made(paragraph(run("甲"))))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = parsed(bytes(whole))
        documents.render(document, ["A"] * len(document.units()), locale="en")
    except SourceError:
        pass


def test_a_conflict_is_refused_and_a_line_of_equals_signs_is_not() -> None:
    lines = ["題", "&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD", "甲", "=======", "乙", "&gt;&gt;&gt;&gt;&gt;&gt;&gt; b"]
    with pytest.raises(SourceError, match="conflict marker") as caught:
        parsed(made("".join(paragraph(run(line)) for line in lines)))
    assert caught.value.line == 2
    assert [unit.text for unit in parsed(made("".join(paragraph(run(line)) for line in lines[2:5]))).units()] == [
        "甲",
        "乙",
    ]


def test_a_character_that_xml_cannot_hold_is_told() -> None:
    with pytest.raises(SourceError, match=r"holds U\+0001"):
        rendered(parsed(made(paragraph(run("甲")))), "A\x01")


def test_what_an_override_keeps_is_converted_and_its_xml_is_not(newsroom: Newsroom) -> None:
    kept = paragraph(run("頭", '<w:rFonts w:eastAsia="標楷體"/>'), run("髮。", "<w:b/>"))
    newsroom.source("a.docx").write_bytes(made(kept + paragraph(run("後來。"))))
    (newsroom.root / "l10n-flow.overrides.toml").write_text(
        '[[override]]\ndocument = "a"\ntext = "髮。"\ntranslate = false\n', "utf-8"
    )
    path = newsroom.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace("[project]", '[project]\nsources = ["source/*.docx"]'), "utf-8")
    project = load_project(path)
    assert not sync(project).updates.failures
    built = newsroom.root / "preview"
    assert (built / "zh_Hant_HK/a.docx").read_bytes() == newsroom.source("a.docx").read_bytes()
    text = part((built / "zh_Hans/a.docx").read_bytes())
    assert "后来。" in text
    assert 'w:eastAsia="KaiTi"' in text
    assert "髮" not in text
    assert build(project, drafts=True).written
