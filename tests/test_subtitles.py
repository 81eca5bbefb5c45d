"""Subtitles: cues are found, their texts are units, and the file comes back byte for byte."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Newsroom
from l10n_flow import checks, documents
from l10n_flow.errors import SourceError
from l10n_flow.model import Document, State, Translation
from l10n_flow.project import load_project
from l10n_flow.work.sync import sync

SRT = """1
00:00:01,000 --> 00:00:03,500
你知道嗎
其實我一直想告訴你

2
00:00:04,000 --> 00:00:06,000 X1:40 X2:600
- 你來了？
- 來了。

3
00:00:07,000 --> 00:00:09,000
{\\an8}<i>那年夏天，</i>
<i>我們都很年輕。</i>

4
00:00:10,000 --> 00:00:12,000
他說<b>不要</b>走
——但我走了
"""
VTT = """WEBVTT - 題目
Language: zh

STYLE
::cue(b) { color: red }

NOTE 這是註解
不譯

intro
00:01.000 --> 00:02.500 align:start line:0
<v 陳大文>你好 &amp; 歡迎</v>
<v 李小明>謝謝！

00:00:03.000 --> 00:00:05.000
<c.yellow>甲 <00:00:04.000>乙</c>丙
"""


def parse(text: str | bytes, form: str = "srt", **options: Any) -> Document:
    return documents.parse(text.encode() if isinstance(text, str) else text, format=form, **options)


def texts(document: Document) -> list[str]:
    return [unit.text for unit in document.units()]


def cue(text: str, times: str = "00:00:01,000 --> 00:00:03,000") -> str:
    return f"1\n{times}\n{text}\n"


def rendered(text: str, target: str | None, locale: str = "en") -> str:
    """What stands in a cue with a target for its text."""
    written = documents.render(parse(cue(text)), [target], locale=locale).decode()
    return written.removeprefix(cue("")[:-2] + "\n").removesuffix("\n")


def test_what_of_srt_is_a_unit() -> None:
    assert texts(parse(SRT)) == [
        "你知道嗎 其實我一直想告訴你",
        "你來了？",
        "來了。",
        "那年夏天，我們都很年輕。",
        "他說<b>不要</b>走 ——但我走了",
    ]


def test_what_of_webvtt_is_a_unit() -> None:
    assert texts(parse(VTT, "webvtt")) == ["你好 &amp; 歡迎", "謝謝！", "<c.yellow>甲 <00:00:04.000>乙</c>丙"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("We have to go\nnow.", ["We have to go now."]),
        ("Hi there.\n- Hello.", ["Hi there.", "Hello."]),
        ("他還沒有\n-來", ["他還沒有 -來"]),
        ("<i>- 甲\n- 乙</i>", ["甲\n- 乙"]),
        ("♪ 啦啦啦 ♪\n♪ 嘩嘩嘩 ♪", ["♪ 啦啦啦 ♪", "♪ 嘩嘩嘩 ♪"]),
        ("<i>甲</i>和<i>乙</i>", ["<i>甲</i>和<i>乙</i>"]),
        ('<font color="red">甲</font>', ["甲"]),
        ("<i>甲", ["甲"]),
        ("甲\n\n乙", ["甲 乙"]),
        ("♪♪", []),
        ("2024", ["2024"]),
    ],
)
def test_lines_of_a_cue(text: str, units: list[str]) -> None:
    document = parse(cue(text))
    assert texts(document) == units
    assert documents.render(document, units, locale="zh_Hant").decode() == cue(text)


def test_times_without_a_blank_line_above_them_begin_a_cue() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n甲\n2\n00:00:03,000 --> 00:00:04,000\n乙"
    assert texts(parse(text)) == ["甲", "乙"]


@pytest.mark.parametrize(("text", "form"), [(SRT, "srt"), (VTT, "webvtt")])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_comes_back_byte_for_byte(text: str, form: str, newline: str, mark: str) -> None:
    data = (mark + text.replace("\n", newline)).encode()
    document = parse(data, form)
    assert len(texts(document)) > 2
    assert documents.render(document, texts(document), locale="zh_Hant") == data
    bracketed = [f"〔{text}〕" for text in texts(document)]
    written = documents.render(document, bracketed, locale="zh_Hant").decode()
    assert written.count("〔") == len(bracketed)
    assert written.replace("〔", "").replace("〕", "").encode() == data


PIECES = [
    "甲",
    "word",
    " ",
    "\n",
    "\n\n",
    "-",
    "- ",
    "<i>",
    "</i>",
    "<v 王>",
    "</v>",
    "{\\an8}",
    "♪",
    "&amp;",
    "&",
    "<",
    "。",
    "-->",
]
PIECES += [
    "\n1\n",
    "\n00:00:01,000 --> 00:00:02,000\n",
    "\n\nNOTE x\n",
    "\r\n",
    "\r",
    "\t",
    "\u3000",
    "<00:01.000>",
    "\\N",
]


@pytest.mark.parametrize("form", ["srt", "webvtt"])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30), targets=st.lists(st.sampled_from(PIECES), min_size=1))
def test_whatever_stands_in_a_file(form: str, pieces: list[str], targets: list[str]) -> None:
    head = "WEBVTT\n\n" if form == "webvtt" else ""
    data = f"{head}1\n00:00:01.000 --> 00:00:03.000\n{''.join(pieces)}".encode()
    document = parse(data, form)
    assert documents.render(document, texts(document), locale="zh_Hant") == data
    bracketed = [f"〔{text}〕" for text in texts(document)]
    written = documents.render(document, bracketed, locale="zh_Hant").decode()
    assert written.replace("〔", "").replace("〕", "").encode() == data
    documents.render(document, [None] * len(bracketed), locale="en")
    target = "x" + "".join(targets) + "x"
    try:
        written = documents.render(document, [target] * len(bracketed), locale="en").decode()
    except SourceError:  # a line of a target is one of times
        assert "-->" in target
    else:
        assert documents.registry.get(form).shape(written.encode()).events == document.shape


@pytest.mark.parametrize(
    ("text", "target", "locale", "written"),
    [
        ("一行", "Short.", "en", "Short."),
        (
            "一行",
            "I have always wanted to tell you, but I never could.",
            "en",
            "I have always wanted to tell you,\nbut I never could.",
        ),
        ("甲\n乙", "Short.", "en", "Short."),
        ("甲\n乙", "First\nand second", "en", "First\nand second"),
        ("甲\n乙", "First\n\n\nand second", "en", "First\nand second"),
        ("你知道嗎\n其實", "你晓得吗 其实", "zh_Hans", "你晓得吗\n其实"),
        ("<i>那年，</i>\n<i>我們</i>", "那年，我们", "zh_Hans", "<i>那年，</i>\n<i>我们</i>"),
        (
            "A line of words.",
            "這一句話很長很長，一行是寫不完的，要分兩行才行。",
            "zh_Hant",
            "這一句話很長很長，\n一行是寫不完的，要分兩行才行。",
        ),
        (
            "甲",
            "I have always wanted <i>to tell you, but I never could do it</i>.",
            "en",
            "I have always wanted <i>to tell you,\nbut I never could do it</i>.",
        ),
    ],
)
def test_a_target_is_broken_where_a_line_may_break(text: str, target: str, locale: str, written: str) -> None:
    assert rendered(text, target, locale) == written


def test_two_who_speak_in_one_cue_keep_a_line_each() -> None:
    long = "I have always wanted to tell you, but I never could."
    document = parse(cue("- 甲\n- 乙"))
    assert documents.render(document, [long, "No."], locale="en").decode() == cue(f"- {long}\n- No.")


def test_what_is_left_out_leaves_nothing_behind() -> None:
    document = parse(SRT)
    written = documents.render(document, [None, None, "Yes.", None, "No."], locale="en").decode()
    times = [line for line in SRT.splitlines() if "-->" in line]
    assert written == f"1\n{times[0]}\n\n\n2\n{times[1]}\n- Yes.\n\n3\n{times[2]}\n\n\n4\n{times[3]}\nNo.\n"


def test_signs_of_markup_are_text_in_webvtt() -> None:
    document = parse("WEBVTT\n\n00:01.000 --> 00:02.000\n甲\n", "webvtt")
    written = documents.render(document, ["1 < 2 --> 3 & 4 &amp; <i>5</i>"], locale="en").decode()
    assert written.endswith("\n1 &lt; 2 --&gt; 3 &amp; 4 &amp; <i>5</i>\n")


def test_times_in_a_target_cannot_make_a_cue() -> None:
    with pytest.raises(SourceError, match="have another structure than the source"):
        documents.render(parse(cue("甲")), ["x\n00:00:05,000 --> 00:00:06,000\ny"], locale="en")


def test_a_draft_says_so_on_the_screen() -> None:
    written = documents.render(parse(SRT), texts(parse(SRT)), locale="en", draft="[ DRAFT ]").decode()
    assert written == f"0\n00:00:00,000 --> 00:00:02,000\n[ DRAFT ]\n\n{SRT}"
    vtt = parse(VTT, "webvtt")
    written = documents.render(vtt, texts(vtt), locale="en", draft="[ DRAFT ]").decode()
    assert written == VTT.replace("intro\n", "00:00:00.000 --> 00:00:02.000\n[ DRAFT ]\n\nintro\n")


@pytest.mark.parametrize(("text", "form"), [("甲乙", "srt"), ("1\n00:01.000 --> 00:02.000\n甲", "webvtt")])
def test_what_is_no_file_of_subtitles_is_refused(text: str, form: str) -> None:
    with pytest.raises(SourceError, match=r"line has the times|begins with the word WEBVTT"):
        parse(text, form)


def test_subtitles_in_a_project(newsroom: Newsroom) -> None:
    newsroom.write(SRT, "a.srt")
    newsroom.source("b.vtt").write_bytes(VTT.replace("\n", "\r\n").encode())
    path = newsroom.root / "l10n-flow.toml"
    globs = 'sources = ["source/*.srt", "source/*.vtt"]'
    path.write_text(path.read_text("utf-8").replace("[project]", f"[project]\n{globs}"), "utf-8")
    assert not sync(load_project(path)).updates.failures
    built = newsroom.root / "preview"
    assert (built / "zh_Hant_HK/b.vtt").read_bytes() == newsroom.source("b.vtt").read_bytes()
    assert "你知道吗\n其实我一直想告诉你\n" in (built / "zh_Hans/a.srt").read_text("utf-8")
    assert "<v 陳大文>你好 &amp; 欢迎</v>\r\n<v 李小明>谢谢！" in (built / "zh_Hans/b.vtt").read_bytes().decode()


def checked(text: str, targets: list[str], *, locale: str = "en", derived: bool = False) -> list[tuple[str, str]]:
    document = replace(parse(text), format="srt")
    translations = {
        unit.key: Translation(unit.key, target, State.TRANSLATED)
        for unit, target in zip(document.units(), targets, strict=True)
    }
    subject = checks.Subject(
        "a",
        "zh_Hant_HK",
        locale,
        document.blocks,
        translations,
        inline=partial(documents.inline, "srt"),
        timed=documents.timed(document, locale),
        derived=derived,
    )
    found = checks.run(subject, rules=checks.select_rules(["subtitle-length", "subtitle-speed"], ()))
    return [(each.rule, str(each.message)) for each in found]


def test_a_text_that_can_be_read_is_no_finding() -> None:
    times = "00:00:01,000 --> 00:00:04,000"
    assert checked(cue("甲", times), ["<i>I have always wanted to tell you</i>, but I never could."]) == []
    assert checked(cue("甲", times), ["這一句話一行剛好寫得完，很好。"], locale="zh_Hant") == []
    assert checked(cue("甲\n乙", times), ["字" * 40], locale="zh_Hans", derived=True) == []


def test_lines_that_are_too_long_are_found() -> None:
    times = "00:00:01,000 --> 00:01:00,000"
    word = "x" * 30
    told = ("subtitle-length", "a line of 61 characters is too long to read; the most is 42")
    assert checked(cue("甲", times), [f"{word} {word} {word} {word}"]) == [told]
    told = ("subtitle-length", "a line of 17 characters is too long to read; the most is 16")
    assert checked(cue("甲", times), ["字" * 17 + "\n字"], locale="zh_Hant") == [told]


def test_more_than_can_be_read_in_the_time_is_found_for_all_who_speak_together() -> None:
    told = ("subtitle-speed", "50 characters in 2 seconds are too many to read; the most is 20 a second")
    assert checked(cue("- 甲\n- 乙"), ["x" * 20, "y" * 30]) == [told]
    assert checked(cue("- 甲\n- 乙"), ["x" * 10, "y" * 30]) == []


@pytest.mark.parametrize(
    ("locale", "line", "speed"),
    [("en_GB", 42, 20), ("ar", 42, 20), ("fr", 42, 17), ("zh_Hant_HK", 16, 9), ("ja", 16, 4), ("hi", 42, 22)],
)
def test_what_can_be_read_in_a_locale(locale: str, line: int, speed: int) -> None:
    shown = documents.timed(documents.parse(cue("甲").encode(), format="srt"), locale)
    assert shown is not None
    assert (shown.line, shown.speed) == (line, speed)


def test_other_documents_have_no_times() -> None:
    assert documents.timed(documents.parse("題\n\n甲。".encode()), "en") is None
