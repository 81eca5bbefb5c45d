"""Sources that are not UTF-8, when the configuration or --encoding names what they are."""

from __future__ import annotations

import codecs
import json

import pytest

from conftest import Newsroom
from l10n_flow import documents
from l10n_flow.documents.encodings import ENCODINGS, require
from l10n_flow.errors import SourceError

ARTICLE = "標題在此\r\n\r\n柳州位於廣西。他說：「這裏很好。」\r\n電話：2345\r\n電郵：a@b.hk"
CODECS = {"big5": "cp950", "big5-hkscs": "big5hkscs", "gb18030": "gb18030", "utf-16le": "utf-16-le"}


@pytest.mark.parametrize("encoding", [*CODECS, "utf-8"])
def test_a_file_comes_back(encoding: str) -> None:
    data = ARTICLE.encode(CODECS.get(encoding, encoding))
    document = documents.parse(data, encoding=encoding)
    texts = [unit.text for unit in document.units()]
    assert texts[0] == "標題在此"
    assert documents.render(document, texts, locale="zh_Hant", as_source=True) == data
    assert documents.render(document, texts, locale="zh_Hant") == ARTICLE.encode()


@pytest.mark.parametrize(("mark", "codec"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_utf_16_keeps_its_byte_order_and_its_mark(mark: bytes, codec: str) -> None:
    data = mark + ARTICLE.encode(codec)
    document = documents.parse(data, encoding="utf-16")
    texts = [unit.text for unit in document.units()]
    assert documents.render(document, texts, locale="zh_Hant", as_source=True) == data
    assert documents.render(document, texts, locale="zh_Hant") == ARTICLE.encode()
    assert documents.render(document, texts, locale="zh_Hant", draft="草稿") == f"草稿\r\n\r\n{ARTICLE}".encode()
    assert documents.render(document, texts, locale="zh_Hant", draft="草稿", as_source=True).startswith(mark)


@pytest.mark.parametrize(
    ("data", "encoding", "line", "words"),
    [
        ("甲\n乙".encode("big5") + b"\xff\xff", "big5", 2, "0xFF at column 2 is not big5"),
        ("甲\r\n乙".encode("utf-16-le") + b"\x00", "utf-16le", 2, "not utf-16le"),
        ("甲".encode("utf-16-le"), "utf-16", 1, "without a byte order mark"),
        (b"\xef\xbb\xbf\xa4\xa4", "big5", 1, "UTF-8 by its byte order mark"),
        ("甲\n\0".encode("gb18030"), "gb18030", 2, "NUL"),
    ],
)
def test_what_is_not_in_the_encoding(data: bytes, encoding: str, line: int, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        documents.parse(data, path="a.txt", encoding=encoding)
    assert (caught.value.path, caught.value.line) == ("a.txt", line)


def test_nothing_is_guessed() -> None:
    with pytest.raises(SourceError, match="name its encoding"):
        documents.parse(ARTICLE.encode("cp950"), path="a.txt")
    with pytest.raises(SourceError, match="name its encoding"):
        documents.parse(ARTICLE.encode("utf-16"), path="a.txt")


@pytest.mark.parametrize("name", ["Big5", "BIG5_HKSCS", "UTF8", "GB 18030", *ENCODINGS])
def test_names(name: str) -> None:
    assert require(name) in ENCODINGS


def test_a_character_that_cannot_be_written() -> None:
    document = documents.parse("題\n\n甲。\n".encode("big5"), encoding="big5")
    with pytest.raises(SourceError, match="output-encoding") as caught:
        documents.render(document, ["題", "鸡。"], locale="zh_Hans", as_source=True, path="zh_Hans/a.txt")
    assert str(caught.value).startswith("zh_Hans/a.txt:3: '鸡'")


def configure(newsroom: Newsroom, settings: str, more: str = "") -> None:
    path = newsroom.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace("[project]", f"[project]\n{settings}") + more, "utf-8")


def test_a_project_in_big5_is_published_in_utf_8(newsroom: Newsroom) -> None:
    configure(newsroom, 'encoding = "Big5"')
    newsroom.source().write_bytes(ARTICLE.encode("cp950"))
    newsroom.sync()
    assert (newsroom.root / "preview/zh_Hant_HK/a.txt").read_bytes() == ARTICLE.encode()
    assert "柳州位于广西。" in (newsroom.root / "preview/zh_Hans/a.txt").read_text("utf-8")


def test_an_encoding_for_some_sources(newsroom: Newsroom) -> None:
    configure(newsroom, 'output-encoding = "source"', '\n[encodings]\n"source/old/*" = "gb18030"\n')
    newsroom.source("old").mkdir()
    newsroom.source("old/b.txt").write_bytes(ARTICLE.encode("gb18030"))
    newsroom.write(ARTICLE)
    newsroom.sync()
    for name, encoding in (("a", "utf-8"), ("old/b", "gb18030")):
        assert (newsroom.root / f"preview/zh_Hant_HK/{name}.txt").read_bytes() == ARTICLE.encode(encoding)
        assert "柳州位于广西。" in (newsroom.root / f"preview/zh_Hans/{name}.txt").read_bytes().decode(encoding)


def test_simplified_in_big5_stops_its_document_only(newsroom: Newsroom) -> None:
    configure(newsroom, 'output-encoding = "source"', '\n[encodings]\n"source/old/*" = "big5"\n')
    newsroom.source("old").mkdir()
    newsroom.source("old/b.txt").write_bytes(ARTICLE.encode("cp950"))
    newsroom.write(ARTICLE)
    for command in ("sync", "build --drafts"):
        ran = newsroom.run(*command.split())
        assert ran.code == 2
        assert "cannot be written in big5; set output-encoding" in ran.err
        assert (newsroom.root / "preview/zh_Hans/a.txt").exists()
        assert not (newsroom.root / "preview/zh_Hans/old/b.txt").exists()


@pytest.mark.parametrize("settings", ['encoding = "big6"', 'output-encoding = "big5"'])
def test_a_wrong_setting_is_an_error_with_its_line(newsroom: Newsroom, settings: str) -> None:
    configure(newsroom, settings)
    ran = newsroom.run("status")
    assert ran.code == 2
    assert "l10n-flow.toml:" in ran.err


def test_segment(newsroom: Newsroom) -> None:
    newsroom.source().write_bytes(ARTICLE.encode("cp950"))
    ran = newsroom.run("segment", "source/a.txt", "--encoding", "Big5", "--format", "json")
    assert json.loads(ran.out)[0]["units"] == ["標題在此"]
    assert newsroom.run("segment", "source/a.txt").code == 2
    ran = newsroom.run("segment", "source/a.txt", "--encoding", "latin-1")
    assert ran.code == 2
    assert "unknown encoding 'latin-1'; choose one of utf-8, big5" in ran.err
