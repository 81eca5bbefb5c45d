"""Translation memory: what is found, how it is scored and ranked, and that the index finds what comparing all would."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from l10n_flow.memory import FLOOR, Entry, Match, Memory

PAIRS = Path(__file__).parent.parent.parent / "shared" / "data" / "pairs" / "pairs.tsv"
SENTENCE = "柳鋼今年第一季增產。"


def memory(*entries: Entry) -> Memory:
    """Each origin is a document."""
    made = Memory()
    for origin in {entry.origin: None for entry in entries}:
        made.replace(origin, [entry for entry in entries if entry.origin == origin])
    return made


def of(*sources: str) -> Memory:
    return memory(*(Entry(source, f"{number}", "a") for number, source in enumerate(sources)))


def scores(found: tuple[Match, ...]) -> list[tuple[str, int]]:
    return [(match.entry.source, match.score) for match in found]


# Scores ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "asked", "score"),
    [
        (SENTENCE, SENTENCE, 100),
        ("柳鋼今年第二季增產。", SENTENCE, 90),
        ("柳鋼今年第一季的產量增加。", SENTENCE, 78),  # 2 * 9 / (10 + 13)
        ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己子丑寅卯", 60),
        ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊子丑寅卯辰", None),
        ("二十一世紀" * 50, "二十一世紀" * 50 + "。", 99),  # 99.8
        ("今年增長3%。", "今年增長12.5%。", 99),
        ("2019年12月31日", "2026年1月5日", 99),
        ("售出1,234,567件", "售出８件", 99),
        ("圖1", "圖12", 99),
        ("第二段", "第三段", None),  # short
        ("柳州市", "柳州市區", None),
        ("柳州市區", "柳州市", None),
        ("柳州", "柳州", 100),
        ("柳", "柳", 100),
        ("12:30", "12:30", 100),
        ("12:30", "13:45", None),  # numbers and marks
        ("——————", "—————", None),
        ("柳鋼", "梧州的天氣很好。", None),
        ("", "", 100),
        (SENTENCE, "", None),
    ],
)
def test_a_text_is_scored(held: str, asked: str, score: int | None) -> None:
    assert scores(of(held).lookup(asked)) == ([] if score is None else [(held, score)])


def test_the_floor_is_the_caller_s() -> None:
    held = of("柳鋼今年第二季增產。")
    assert held.lookup(SENTENCE, floor=91) == ()
    assert scores(held.lookup(SENTENCE, floor=90)) == [("柳鋼今年第二季增產。", 90)]
    assert of("今年增長3%。").lookup("今年增長5%。", floor=100) == ()


# Ranks -------------------------------------------------------------------------------------------------------------


def test_the_nearest_come_first_and_no_more_than_asked_for() -> None:
    held = of("柳鋼今年第二季減產。", SENTENCE, "柳鋼今年第二季增產。", "柳鋼去年第二季減產。")
    found = scores(held.lookup(SENTENCE))
    assert found == [(SENTENCE, 100), ("柳鋼今年第二季增產。", 90), ("柳鋼今年第二季減產。", 80)]
    assert scores(held.lookup(SENTENCE, n=1)) == found[:1]
    assert len(held.lookup(SENTENCE, n=9)) == 4


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Entry("甲乙丙丁一", "x", "z", True, "2020-01-01"), Entry("甲乙丙丁二", "y", "a", False, "2026-01-01")),
        (Entry("甲乙丙丁一", "x", "z", False, "2026-01-02"), Entry("甲乙丙丁二", "y", "a", False, "2026-01-01")),
        (Entry("甲乙丙丁一", "x", "z", False, "2026-01-01"), Entry("甲乙丙丁二", "y", "a")),
        (Entry("第12條甲", "x", "z"), Entry("第9條甲", "y", "a")),
        (Entry("甲乙丙丁一", "y", "a"), Entry("甲乙丙丁二", "x", "b")),
        (Entry("甲乙丙丁一", "y", "a"), Entry("甲乙丙丁二", "x", "a")),
        (Entry("甲乙丙丁一", "x", "a"), Entry("甲乙丙丁一", "y", "a", context="c")),
    ],
)
def test_equals_are_told_apart(better: Entry, worse: Entry) -> None:
    asked = "第10條甲" if "第" in better.source else "甲乙丙丁三"
    for held in ((better, worse), (worse, better)):
        assert [match.entry for match in memory(*held).lookup(asked)] == [better, worse]


def test_numbers_alone_and_the_rest_at_99_are_ranked_together() -> None:
    text = "二十一世紀" * 50
    numbers, letters = Entry(f"{text}1", "x", "a"), Entry(f"{text}。2", "y", "b", approved=True)
    assert scores(memory(numbers, letters).lookup(f"{text}3")) == [(letters.source, 99), (numbers.source, 99)]


def test_one_translation_is_told_once_with_its_best_origin() -> None:
    entries = [Entry(SENTENCE, "Up.", name, date=f"2026-01-0{day}") for name, day in (("a", 1), ("b", 3), ("c", 2))]
    (found,) = memory(*entries).lookup(SENTENCE)
    assert found.entry.origin == "b"
    near = Entry("柳鋼今年第二季增產。", "Up.", "d", approved=True)
    assert [each.entry.origin for each in memory(*entries, near).lookup(SENTENCE)] == ["b"]


def test_different_translations_of_one_text_are_different_matches() -> None:
    found = memory(Entry(SENTENCE, "Up.", "a"), Entry(SENTENCE, "More.", "b")).lookup(SENTENCE)
    assert [(each.entry.target, each.score) for each in found] == [("Up.", 100), ("More.", 100)]


def test_what_is_left_out_makes_room() -> None:
    entries = [Entry(SENTENCE, f"{number}", f"{number}") for number in range(5)]
    found = memory(*entries).lookup(SENTENCE, leave_out=lambda entry: entry.origin == "1")
    assert [each.entry.origin for each in found] == ["0", "2", "3"]


# Change ------------------------------------------------------------------------------------------------------------


def test_a_document_is_replaced_and_forgotten() -> None:
    held = memory(Entry(SENTENCE, "Up.", "a"), Entry(SENTENCE, "More.", "b"))
    held.replace("a", [Entry("梧州的天氣很好。", "Fine.", "a")])
    assert [each.entry.target for each in held.lookup(SENTENCE)] == ["More."]
    assert [each.entry.target for each in held.lookup("梧州的天氣真好。")] == ["Fine."]
    held.replace("b", ())
    held.replace("never there", ())
    assert held.lookup(SENTENCE) == ()
    assert held.lookup("柳鋼今年第二季增產。") == ()


TEXTS = st.text(st.sampled_from("甲乙丙丁戊12.a "), max_size=9)
HELD = st.dictionaries(st.sampled_from("abc"), st.lists(st.tuples(TEXTS, st.sampled_from("xyz")), max_size=6))


@given(steps=st.lists(HELD, min_size=1, max_size=4), asked=TEXTS)
def test_what_was_held_before_leaves_no_trace(steps: list[dict[str, list[tuple[str, str]]]], asked: str) -> None:
    used, last = Memory(), {}
    for step in steps:
        for name, pairs in step.items():
            last[name] = [Entry(source, target, name) for source, target in pairs]
            used.replace(name, last[name])
    fresh = memory(*(entry for entries in last.values() for entry in entries))
    assert used.lookup(asked) == fresh.lookup(asked)
    for name in last:
        used.replace(name, ())
    assert used.lookup(asked, floor=1) == ()
    assert not used._index._postings


@given(sources=st.lists(TEXTS, max_size=12), asked=TEXTS)
def test_what_is_found_keeps_the_promises(sources: list[str], asked: str) -> None:
    found = of(*sources).lookup(asked)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert all(FLOOR <= each.score <= 100 and (each.score == 100) == (each.entry.source == asked) for each in found)
    assert len({each.entry.target for each in found}) == len(found) <= 3
    assert asked not in sources or found[0].score == 100


def test_readers_and_writers_do_not_disturb_each_other() -> None:
    held = of(SENTENCE)
    texts = [f"柳鋼今年第{'一二三四五六七八九'[number % 9]}季增產，{number}。" for number in range(60)]
    wrong: list[object] = []

    def write(name: str) -> None:
        for turn in range(40):
            held.replace(name, [Entry(text, text, name) for text in texts[turn % 7 :: 2]])
        held.replace(name, ())

    def read() -> None:
        try:
            while any(each.is_alive() for each in writers):
                if scores(held.lookup(SENTENCE))[0] != (SENTENCE, 100):
                    wrong.append("lost")
        except Exception as error:  # noqa: BLE001
            wrong.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in "bc"]
    readers = [threading.Thread(target=read) for _ in range(3)]
    for each in (*writers, *readers):
        each.start()
    for each in (*writers, *readers):
        each.join()
    assert not wrong
    assert scores(held.lookup(SENTENCE)) == [(SENTENCE, 100)]


# The index ---------------------------------------------------------------------------------------------------------


def test_a_frame_that_everything_shares_does_not_hide_the_nearest() -> None:
    """More texts share the frame than are ever compared; what is rare in the text decides."""
    signs = [chr(0x4E00 + number) for number in range(6_000)]
    held = of(*(f"關於第{signs[at]}屆大會的通告{signs[at + 1]}{signs[at + 2]}" for at in range(5_998)))
    asked = f"關於第甲屆大會的通告{signs[5_001]}{signs[5_002]}"
    assert held.lookup(asked, n=1)[0].entry.target == "5000"


def test_the_index_finds_what_comparing_all_would() -> None:
    if not PAIRS.exists():
        pytest.skip("the development data (shared/data) is not here")
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [text for text in dict.fromkeys(row["source"] for row in rows) if not any(map(str.isdigit, text))]
    held = of(*texts)
    hits = 0
    for text in texts[:400]:
        best = max(int(fuzz.ratio(text, other, score_cutoff=FLOOR)) for other in texts if other != text)
        found = held.lookup(text, n=1, leave_out=lambda entry, text=text: entry.source == text)
        assert [each.score for each in found] == ([best] if best else [])
        hits += bool(found)
    assert hits > 10
