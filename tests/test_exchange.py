"""Bilingual files of other programs, read as pairs."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import pytest

from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.exchange import read_pairs

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="zh-HK" segtype="sentence"/><body>
<tu tuid="1"><tuv xml:lang="zh-HK"><seg>共<bpt i="1">&lt;b&gt;</bpt>58<ept i="1">&lt;/b&gt;</ept>人。</seg></tuv>
<tuv xml:lang="en-GB"><seg>58 <hi>people</hi> &amp; more.</seg></tuv><tuv xml:lang="de"><seg>58 Leute.</seg></tuv></tu>
<tu><tuv xml:lang="zh-HK"><seg>無譯文</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Zwei.</seg></tuv><tuv xml:lang="en-US"><seg>Two.</seg></tuv><tuv xml:lang="zh-TW"><seg>兩個。</seg></tuv></tu>
</body></tmx>"""
XLIFF1 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="zh-TW" target-language="en" original="a" datatype="plaintext"><header/><body>
<trans-unit id="1"><source>共<g id="1">58</g>人<x id="2"/>。</source><target>58 <g id="1">people</g>.</target>
<alt-trans><source>共59人。</source><target>59 people.</target></alt-trans><note>58?</note></trans-unit>
<group translate="no"><trans-unit id="2"><source>不譯</source></trans-unit></group>
<trans-unit id="3"><source>三個。</source><target state="needs-review-translation">Three.</target></trans-unit>
<trans-unit id="4"><source>四個。</source></trans-unit>
</body></file></xliff>"""
XLIFF2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-Hans" trgLang="en-US">
<file id="f"><unit id="u"><originalData><data id="d">&lt;b/&gt;</data></originalData>
<segment><source>共<ph id="1" dataRef="d"/>58<pc id="2">人</pc>。</source><target>58 <pc id="2">people</pc><cp hex="0041"/>.</target></segment>
<ignorable><source> </source></ignorable>
<segment><source>两个。</source><target>Two.</target></segment></unit>
<unit id="n" translate="no"><segment><source>不译</source></segment></unit></file></xliff>"""
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: en_GB\\n"

msgid "共58人。"
msgstr "58 people."

#, fuzzy
msgid "三個。"
msgstr "Three."

#~ msgid "四個。"
#~ msgstr "Four."
"""


def read(path: Path, content: str | bytes, **locales: str) -> list[tuple[object, ...]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(one.row, one.source, one.target, one.source_locale, one.locale) for one in read_pairs(path, **locales)]


@pytest.mark.parametrize(
    ("content", "pairs"),
    [
        ("甲\tA\n乙\tB\n", [(1, "甲", "A"), (2, "乙", "B")]),
        ("\ufeff甲\tA\r\n\r\n乙\tB", [(1, "甲", "A"), (2, "乙", "B")]),
        ("source\ttarget\n甲\tA\n", [(1, "甲", "A")]),
        ("id\tSource\tnote\tTarget\n1\t甲\tx\tA\n", [(1, "甲", "A")]),
        ("id\tsource\ten\n1\t甲\tA\n", [(1, "甲", "A")]),
        ("source\ten-GB\n甲\tA\n", [(1, "甲", "A")]),
        ('甲"\t"A\n', [(1, '甲"', '"A')]),
        ("甲\u2028乙\tA\u0085B\n", [(1, "甲\u2028乙", "A\u0085B")]),
        ("甲\tA\tmore\n", [(1, "甲", "A")]),
        ("甲\t\n", [(1, "甲", "")]),
    ],
)
def test_tsv(tmp_path: Path, content: str, pairs: list[tuple[int, str, str]]) -> None:
    assert [row[:3] for row in read(tmp_path / "a.tsv", content, locale="en_GB")] == pairs


def test_tsv_is_by_default_from_hong_kong_to_english(tmp_path: Path) -> None:
    assert read(tmp_path / "a.tsv", "甲\tA\n") == [(1, "甲", "A", "zh_Hant_HK", "en")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("甲\tA\n乙\n", r"a.tsv:2: has 1 columns, and the translation is in column 2; part them by tabs"),
        (b"\xb1\xe2\tA\n", r"a.tsv:1: is not UTF-8"),
        ("source\tfr\n甲\tA\n", r"a.tsv:1: the header has no column for the translations; call it target or en"),
        ("x" * 2_000_000, r"more than 1,000,000 bytes on a line"),
    ],
)
def test_wrong_tsv(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(tmp_path / "a.tsv", content)


def test_tmx_takes_the_nearest_languages_and_leaves_codes_out(tmp_path: Path) -> None:
    assert read(tmp_path / "a.tmx", TMX, source_locale="zh_Hant_HK", locale="en") == [
        (1, "共58人。", "58 people & more.", "zh_Hant_HK", "en"),
        (2, "兩個。", "Two.", "zh_Hant_HK", "en"),
    ]
    assert read(tmp_path / "a.tmx", TMX)[0] == (1, "共58人。", "58 people & more.", "zh-HK", "en-GB")


def test_tmx_without_the_languages_is_an_error_that_names_them(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no unit has both languages; it has: de, en-GB, en-US, zh-HK, zh-TW"):
        read(tmp_path / "a.tmx", TMX, source_locale="zh_Hant_HK", locale="fr")


def test_xliff_1_2(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    assert read(path, XLIFF1) == [
        (1, "共58人。", "58 people.", "zh-TW", "en"),
        (2, "三個。", "Three.", "zh-TW", "en"),
        (3, "四個。", "", "zh-TW", "en"),
    ]
    assert [one.state for one in read_pairs(path)] == [None, "needs-editing", None]
    assert [one.line for one in read_pairs(path)] == [4, 7, 8]


def test_xliff_2(tmp_path: Path) -> None:
    assert read(tmp_path / "a.xlf", XLIFF2) == [
        (1, "共58人。", "58 peopleA.", "zh-Hans", "en-US"),
        (2, "两个。", "Two.", "zh-Hans", "en-US"),
    ]


def test_po(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    assert read(path, PO) == [
        (1, "共58人。", "58 people.", "zh_Hant_HK", "en_GB"),
        (2, "三個。", "Three.", "zh_Hant_HK", "en_GB"),
    ]
    assert [one.state for one in read_pairs(path)] == [None, "needs-editing"]


@pytest.mark.parametrize(("content", "rows"), [(TMX, 2), (XLIFF1, 3), (PO, 2), ("甲\tA\n", 1)])
def test_the_form_is_seen_where_the_name_does_not_tell(tmp_path: Path, content: str, rows: int) -> None:
    assert len(read(tmp_path / "a.download", content)) == rows


def test_utf_16_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path / "a.tmx", TMX.replace('encoding="UTF-8"', "").encode("utf-16"))) == 2


BOMB = "".join(
    f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}{"&a" + str(n - 1) + ";" if n else ""}">'
    for n in range(30)
)
HOSTILE = {
    "an entity bomb": (f"<!DOCTYPE xliff [{BOMB}]><xliff>&a29;</xliff>", "declares an entity, which is never expanded"),
    "a file": ('<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/hostname">]><xliff>&x;</xliff>', "declares an entity"),
    "a parameter entity": ('<!DOCTYPE xliff [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><xliff/>', "declares an entity"),
    "an unknown entity": ("<xliff>&nbsp;</xliff>", "is not well-formed XML: undefined entity"),
    "an entity of the document type": ('<!DOCTYPE xliff SYSTEM "x.dtd"><xliff><source>&nbsp;</source></xliff>', "entity &nbsp;"),
    "depth": ("<xliff>" + "<g>" * 100_000, "more than 200 elements inside one another"),
    "length": ("<xliff><source>" + "甲" * 2_000_000, "a text of more than 1,000,000 characters"),
    "cut": (XLIFF1[:-8], "a.xlf:9: is not well-formed XML"),
    "an encoding": ('<?xml version="1.0" encoding="x-nothing"?><xliff/>', "encoding"),
    "another XML": ("<html/>", "is no XLIFF"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(L10nFlowError, match=message):
        read(tmp_path / "a.xlf", content)


def test_a_missing_file_is_an_error_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=re.escape("nothing.tsv: cannot be read: No such file or directory")):
        list(read_pairs(tmp_path / "nothing.tsv"))


@pytest.mark.parametrize("suffix", ["tsv", "tmx", "xlf"])
def test_a_large_file_is_read_in_pieces(tmp_path: Path, suffix: str) -> None:
    unit = {
        "tsv": "共58人。\t58 people.\n",
        "tmx": '<tu><tuv xml:lang="zh"><seg>共58人。</seg></tuv><tuv xml:lang="en"><seg>58.</seg></tuv></tu>\n',
        "xlf": "<trans-unit><source>共58人。</source><target>58 people.</target></trans-unit>\n",
    }[suffix]
    frame = {"tsv": ("", ""), "tmx": ("<tmx>", "</tmx>"), "xlf": ("<xliff><file>", "</file></xliff>")}[suffix]
    path = tmp_path / f"a.{suffix}"
    path.write_text(f"{frame[0]}{unit * 100_000}{frame[1]}", "utf-8")
    tracemalloc.start()
    assert sum(1 for _ in read_pairs(path)) == 100_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_500_000 < path.stat().st_size
