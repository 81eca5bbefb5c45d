"""Where a sentence ends: the rules one by one, their invariants, and their score on texts cut by people."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import assert_linear
from l10n_flow.documents.segmentation.sentences import split_sentences

DATA = Path(__file__).parents[2] / "shared" / "data" / "segmentation"

RULES = [
    ("marks and runs of marks", "甲。乙？丙！丁｡戊？！己！！！庚", ["甲。", "乙？", "丙！", "丁｡", "戊？！", "己！！！", "庚"]),
    ("closers stay", "「甲。」乙。』丙！）丁。】戊", ["「甲。」", "乙。』", "丙！）", "丁。】", "戊"]),
    ("a closer after a space", "「甲。 」乙。", ["「甲。 」", "乙。"]),
    ("inside a quotation and before 他說", "「甲。乙。」他說。", ["「甲。", "乙。」", "他說。"]),
    ("Mainland quotation marks", "“甲。乙。”他说。‘丙！’丁。", ["“甲。", "乙。”", "他说。", "‘丙！’", "丁。"]),
    ("not before a mark", "他問：「甲？」。乙。「丙！」，丁。「戊。」、己。", ["他問：「甲？」。", "乙。", "「丙！」，丁。", "「戊。」、己。"]),
    ("not at other marks", "甲；乙：丙、丁，戊——己……庚。", ["甲；乙：丙、丁，戊——己……庚。"]),
    ("an ellipsis after a mark belongs to it", "甲？……乙", ["甲？……", "乙"]),
    ("titles", "《甲！乙。》丙。〈丁？〉戊。《己。庚《辛》壬。", ["《甲！乙。》丙。", "〈丁？〉戊。", "《己。", "庚《辛》壬。"]),
    ("a mark alone in brackets", "甲（？）乙「！」丙。丁", ["甲（？）乙「！」丙。", "丁"]),
    ("brackets in mid-sentence", "甲（乙？）丙。丁。（戊！）己", ["甲（乙？）丙。", "丁。", "（戊！）", "己"]),
    ("的 goes on", "「甲？」的乙。", ["「甲？」的乙。"]),
    ("list marks", "（一）甲。（二）乙。", ["（一）甲。", "（二）乙。"]),
    ("note references", "甲。[1]乙。[^a]丙", ["甲。[1]", "乙。[^a]", "丙"]),
    ("numbers and names", "2.5億元、9880.HK、v1.2.3、a@b.com、x.tar.gz。No. 1在此。", ["2.5億元、9880.HK、v1.2.3、a@b.com、x.tar.gz。", "No. 1在此。"]),
    ("URLs", "見 http://a.hk/index.htm?a=1&b=好！對。乙", ["見 http://a.hk/index.htm?a=1&b=好！", "對。", "乙"]),
    ("a URL that goes on in Han", "見http://a.hk/?甲", ["見http://a.hk/?甲"]),
    ("ASCII marks in Chinese", "甲!乙?丙!?丁 OK!我們走", ["甲!", "乙?", "丙!?", "丁 OK!", "我們走"]),
    ("a name with a mark", "我用Yahoo!奇摩。", ["我用Yahoo!奇摩。"]),
    ("ASCII quotation marks", '他說:"甲。乙。"丙。"丁。"戊', ['他說:"甲。', '乙。"', "丙。", '"丁。"', "戊"]),
    ("an ASCII quotation in a quotation", '「他說"甲。"」乙', ['「他說"甲。"」', "乙"]),
    ("” written for “", "“甲。”乙。”丙。”丁", ["“甲。”", "乙。", "”丙。”", "丁"]),
    ("opened curly, closed straight", '他說：“甲乙。"丙丁。“戊”，己。"庚。"', ['他說：“甲乙。"', "丙丁。", "“戊”，己。", '"庚。"']),
    ("what a transcript notes", "甲。（笑）乙！（眾人大笑） 丙？（掌聲）」丁。（一）戊。", ["甲。（笑）", "乙！（眾人大笑） ", "丙？（掌聲）」", "丁。", "（一）戊。"]),
    ("English", 'Mr. A. Smith of No. 1 came. "Go!" he said. U.S. Army? Yes! 2.5 is e.g. here.', ["Mr. A. Smith of No. 1 came. ", '"Go!" he said. ', "U.S. Army? ", "Yes! ", "2.5 is e.g. here."]),
    ("a numbered item", "1. Item one. Item two.", ["1. Item one. ", "Item two."]),
    ("a stop in a Chinese name", "唐納德.特朗普來了。他走了。", ["唐納德.特朗普來了。", "他走了。"]),
    ("a stop for 。", "今天很好.明天更好.", ["今天很好.", "明天更好."]),
    ("spaces stay at the end", "甲。　乙。 丙", ["甲。　", "乙。 ", "丙"]),
    ("nothing", "", []),
    ("no mark", "甲乙", ["甲乙"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_rule(text, sentences):
    assert split_sentences(text) == sentences


TEXTS = st.text(alphabet=st.sampled_from("甲乙的的。！？!?.,，：「」“”\"'《》（）()[] 　aA1…—"), max_size=60)


@given(TEXTS)
def test_pieces_join_to_the_text(text):
    pieces = split_sentences(text)
    assert "".join(pieces) == text
    assert all(pieces)


@given(TEXTS)
def test_traditional_and_simplified_are_cut_alike(text):
    there = str.maketrans("甲乙", "说这")
    assert [piece.translate(there) for piece in split_sentences(text)] == split_sentences(text.translate(there))


def _paragraph(sentences):
    text = ""
    for sentence in sentences:
        space = " " if text and text[-1].isascii() and sentence[0].isascii() else ""
        text += space + sentence
    return text


def _boundaries(sentences):
    ends, count = set(), 0
    for sentence in sentences[:-1]:
        count += len("".join(sentence.split()))
        ends.add(count)
    return ends


@pytest.mark.parametrize(("name", "floor"), [("gsd-hant-dev", 99.6), ("gsd-hans-dev", 99.6), ("ntrexc-hant", 99.3)])
def test_score(name, floor):
    path = DATA / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the development data is not beside the repository")
    right = wrong = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        sentences = json.loads(line)["sents"]
        gold, ours = _boundaries(sentences), _boundaries(split_sentences(_paragraph(sentences)))
        right += len(gold & ours)
        wrong += len(gold ^ ours)
    assert 200 * right / (2 * right + wrong) >= floor


HOSTILE = ["。", "！ ", "《。", '"。', "「甲！」", "http://a?", "A. ", "。 )", "”。", "[。", "（？", "."]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_is_linear(piece):
    def work(count):
        text = piece * count
        return lambda: split_sentences(text)

    assert_linear(work, 120_000)


@pytest.mark.parametrize(
    "pieces",
    [
        ["他說好。\ufe00", "下一句在此。"],
        ["再來一句！\ufe0f", "還有。"],
        ["他說：「好。\ufe01」", "下一句。"],
        ["他說：「好。」\ufe00", "下一句。"],
        ["好？！\ufe0f", "還有。"],
        ["「好？」\ufe00的問題很多。", "還有。"],
    ],
)
def test_a_cut_never_falls_between_a_character_and_its_variation_selector(pieces: list[str]) -> None:
    assert split_sentences("".join(pieces)) == pieces
