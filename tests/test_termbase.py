"""The project's own words: reading what spreadsheets write, refusing what cannot be meant, pairs for a conversion."""

import contextlib
import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from growth import assert_linear
from l10n_flow import termbase
from l10n_flow.errors import ConfigError, L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.termbase import Flag, Term, TermPair, TermStatus

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "terms.csv"


@pytest.fixture
def write(tmp_path):
    """Write a termbase, text or bytes, and return its path."""

    def _write(content):
        path = tmp_path / "terms.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


def rows(path):
    return [(term.line, dict(term.texts), str(term.status), term.note) for term in termbase.read(Inside.at(path)).terms]


def pairs(path, source="zh_Hant_HK", target="zh_Hans"):
    return termbase.read(Inside.at(path)).pairs(source, target)


# Reading ------------------------------------------------------------------------------------------------------------

PLAIN = "zh_Hant,zh_Hans,note\n柳鋼,柳钢,a mill\n柳工,柳工,\n"
READ = [
    (2, {"zh_Hant": "柳鋼", "zh_Hans": "柳钢"}, "preferred", "a mill"),
    (3, {"zh_Hant": "柳工", "zh_Hans": "柳工"}, "preferred", ""),
]
SPELLINGS = {
    "plain": PLAIN,
    "no last line end": PLAIN.rstrip(),
    "byte order mark": "\ufeff" + PLAIN,
    "two byte order marks": "\ufeff\ufeff" + PLAIN,
    "windows": PLAIN.replace("\n", "\r\n"),
    "old mac": PLAIN.replace("\n", "\r"),
    "semicolons": PLAIN.replace(",", ";"),
    "tabs": PLAIN.replace(",", "\t"),
    "semicolons, a quoted header": '"zh_Hant";"zh_Hans";"note"' + PLAIN.replace(",", ";")[20:],
    "spaces": PLAIN.replace(",", " \u3000, "),
    "quoted after a space": PLAIN.replace("柳钢", ' "柳钢"'),
    "empty cells at the end": PLAIN.replace("\n", ",,\n"),
    "more empty cells than the header": PLAIN.replace("a mill", "a mill, ,"),
    "empty rows at the end": PLAIN + "\n,,\n , \n",
    "BCP 47": PLAIN.replace("zh_Hant", "zh-Hant").replace("zh_Hans", "ZH-hans"),
    "capitals": PLAIN.replace("note", "Note"),
    "other columns": "no. 1,zh_Hant,remarks,zh_Hans,remarks,note,en_GB_\n1,柳鋼,x,柳钢,,a mill,y\n2,柳工,z,柳工\n",
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_one_termbase_however_it_is_saved(write, text):
    assert rows(write(text)) == READ


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n\nzh_Hant,en\n\n柳鋼,x\n", [(5, {"zh_Hant": "柳鋼", "en": "x"}, "preferred", "")]),
        ("zh_Hant\n#柳州\n", [(2, {"zh_Hant": "#柳州"}, "preferred", "")]),
        ('zh_Hant,note\n柳鋼,"two\nlines, and"\n柳工,\n', [(2, {"zh_Hant": "柳鋼"}, "preferred", "two\nlines, and"), (4, {"zh_Hant": "柳工"}, "preferred", "")]),
        ("zh_Hant,note\n,only a note\n柳工\n", [(3, {"zh_Hant": "柳工"}, "preferred", "")]),
        ('zh_Hant;en\n柳鋼;"1,5"" wide"\n', [(2, {"zh_Hant": "柳鋼", "en": '1,5" wide'}, "preferred", "")]),
        ('zh_Hant,en\n柳鋼,5" pipe\n', [(2, {"zh_Hant": "柳鋼", "en": '5" pipe'}, "preferred", "")]),
        ("en;fr, old\na;b\n", [(2, {"en": "a"}, "preferred", "")]),
        ("zh_Hant,status\n甲,Admitted\n乙,deprecated\n丙,forbidden\n丁,preferred\n", [(2, {"zh_Hant": "甲"}, "admitted", ""), (3, {"zh_Hant": "乙"}, "deprecated", ""), (4, {"zh_Hant": "丙"}, "forbidden", ""), (5, {"zh_Hant": "丁"}, "preferred", "")]),
    ],
    ids=["blank lines", "hash is no comment", "quoted line end", "note alone", "doubled quote", "quote inside", "comma in header", "statuses"],
)  # fmt: skip
def test_rows(write, text, expected):
    assert rows(write(text)) == expected


def test_a_termbase_without_terms(write):
    assert termbase.read(Inside.at(write("zh_Hant,zh_Hans\n"))).terms == ()


def test_the_sample():
    read = termbase.read(Inside.at(SAMPLE))
    assert read.locales == ("zh_Hant", "zh_Hans", "en")
    assert len(read.terms) == 73
    assert read.terms[2] == Term(
        {"zh_Hant": "灣企", "zh_Hans": "湾企", "en": "Greater Bay Area companies"},
        TermStatus.PREFERRED,
        "headline abbreviation (灣區企業)",
        4,
    )
    assert len(read.pairs("zh_Hant_HK", "zh_Hans_CN")) == 73
    assert len(read.pairs("zh_Hant_HK", "en")) == 72  # 達智能電機 has no English


def test_the_example_and_the_statuses_of_the_documentation(write):
    page = (ROOT / "docs" / "termbase.md").read_text("utf-8")
    found = pairs(write(page.split("```csv\n")[1].split("```")[0]))
    assert [pair.target for pair in found] == ["柳州", "大湾区", "湾区", "出租车", "王乾"]
    assert all(f"\n| `{status}`" in page for status in TermStatus)


# Errors -------------------------------------------------------------------------------------------------------------

ERRORS = {
    "empty": ("", 1, "no column whose name is a locale id"),
    "no locale": ("\nsource;target\n柳鋼;柳钢\n", 2, "such as: zh_Hant,zh_Hans,en,status,note"),
    "no header": ("柳鋼,柳钢\n柳工,柳工\n", 1, "no column whose name is a locale id"),
    "column twice": ("zh_Hant,en,zh-Hant\n", 1, "two columns zh_Hant (columns 1 and 3)"),
    "status twice": ("zh_Hant,status,Status\n", 1, "two columns status (columns 2 and 3)"),
    "too many cells": ("zh_Hant,en\n\n柳鋼,a,b\n", 3, "3 cells, the header 2; put a cell that holds a comma in quot"),
    "too many, tabs": ("zh_Hant\ten\n柳鋼\ta\tb\n", 2, "holds a tab"),
    "after a cell of two lines": ('zh_Hant,note\n柳鋼,"a\nb"\n柳工,c,d\n', 4, "3 cells"),
    "unknown status": ("zh_Hant,status\n柳鋼,prefered\n", 2, "unknown status 'prefered'; did you mean preferred?"),
    "another status": ("zh_Hant,status\n柳鋼,ok\n", 2, "there are: preferred, admitted, deprecated, forbidden"),
    "open quotation": ('zh_Hant,note\n柳鋼,\n柳工,"a\nb\nc\n', 3, "not well-formed CSV"),
    "text after a quotation": ('zh_Hant,note\n柳工,"a"b\n', 2, "not well-formed CSV"),
    "a huge cell": ("zh_Hant,note\n柳工," + "x" * 200_000, 2, "not well-formed CSV"),
    "broken header": ('zh_Hant,"note\n柳工', 1, "not well-formed CSV"),
    "conflict": ("zh_Hant,zh_Hans\r\n<<<<<<< HEAD\r\n柳州,柳州\r\n=======\r\n>>>>>>> topic\r\n", 2, "conflict marker"),
    "NUL": ("zh_Hant\r\n柳\0鋼\r\n", 2, "NUL byte"),
    "Big5": ("zh_Hant,en\r\n柳州,a\r\n柳鋼,b\r\n".encode("big5"), 2, "not UTF-8; save it as CSV UTF-8"),
    "UTF-16": ("zh_Hant\n柳鋼\n".encode("utf-16"), 1, "not UTF-8"),
}


@pytest.mark.parametrize(("content", "line", "message"), ERRORS.values(), ids=ERRORS)
def test_errors_name_the_file_and_the_line(write, content, line, message):
    path = write(content)
    with pytest.raises(ConfigError) as caught:
        termbase.read(Inside.at(path))
    assert (caught.value.path, caught.value.line) == (path, line)
    assert message in caught.value.message


def test_a_missing_file(tmp_path):
    with pytest.raises(ConfigError, match=r"terms\.csv: does not exist; create it, or take termbase out"):
        termbase.read(Inside.at(tmp_path / "terms.csv"))


def test_a_folder(tmp_path):
    with pytest.raises(L10nFlowError, match="is a folder where a file has to be"):
        termbase.read(Inside.at(tmp_path))


# Pairs --------------------------------------------------------------------------------------------------------------

PAIRS = {
    "in the order of the file": ("乙,b,\n甲,a,\n", [("乙", "b", 2), ("甲", "a", 3)]),
    "protected": ("王乾,王乾,\n", [("王乾", "王乾", 2)]),
    "nothing said": ("甲,,\n,b,\n丙,c,\n", [("丙", "c", 4)]),
    "not to be written": ("甲,a,deprecated\n乙,b,forbidden\n甲,c,\n", [("甲", "c", 4)]),
    "preferred goes first": ("甲,a,admitted\n乙,b,\n甲,c,preferred\n甲,d,admitted\n", [("乙", "b", 3), ("甲", "c", 4)]),
    "the first of two admitted": ("甲,a,admitted\n甲,b,admitted\n", [("甲", "a", 2)]),
    "said twice": ("甲,a,\n甲,a,\n", [("甲", "a", 2)]),
    "several wrong ones": ("甲,a,forbidden\n甲,b,forbidden\n", []),
}


@pytest.mark.parametrize(("text", "expected"), PAIRS.values(), ids=PAIRS)
def test_pairs(write, text, expected):
    found = pairs(write("zh_Hant,zh_Hans,status\n" + text))
    assert [pair[:3] for pair in found] == expected


def test_a_pair_knows_its_status(write):
    assert pairs(write("zh_Hant,zh_Hans,status\n甲,a,admitted\n")) == (TermPair("甲", "a", 2, TermStatus.ADMITTED),)


def test_two_preferred_targets_are_an_error_that_names_both_lines(write):
    path = write("zh_Hant,zh_Hans,en\n乾,干,dry\n坤,坤,\n乾,乾,dry\n")
    with pytest.raises(ConfigError) as caught:
        pairs(path)
    assert (caught.value.path, caught.value.line) == (path, 4)
    assert "乾 is 乾 here and 干 in line 2 (zh_Hans)" in caught.value.message
    assert [pair.line for pair in pairs(path, target="en")] == [2], "the other columns do not contradict one another"


@pytest.mark.parametrize(
    ("columns", "locale", "expected"),
    [
        ("zh,zh_Hant,zh_Hant_HK", "zh_Hant_HK", "zh_Hant_HK"),
        ("zh,zh_Hant,zh_Hant_TW", "zh_Hant_HK", "zh_Hant"),
        ("zh_Hans,zh", "zh_Hant_HK", "zh"),
        ("zh_Hans,en", "zh_Hant_HK", None),
        ("zh_Hant_HK", "zh_Hant", None),
        ("en", "eng", None),
        ("en_GB,en", "en_US", "en"),
        ("note,status,en", "note", None),
    ],
)
def test_the_nearest_column(write, columns, locale, expected):
    assert termbase.read(Inside.at(write(columns + "\n"))).column(locale) == expected


def test_locales_that_share_a_column_have_no_pairs(write):
    assert pairs(write("zh,en\n甲,a\n")) == ()


@pytest.mark.parametrize("header", ["zh_Hant,zh_Hans", "en,zh_Hans", "zh_Hant,zh_Han"])
def test_a_locale_without_a_column_is_an_error_for_it_would_drop_every_term(write, header):
    with pytest.raises(ConfigError, match=r"terms\.csv:1: has no column for (zh_Hant_HK|fr)"):
        pairs(write(f"{header}\n甲,a\n"), target="fr")


@pytest.mark.parametrize("row", ['"甲\n乙",a', '甲,"a\r\nb"'])
def test_a_term_stands_on_one_line(write, row):
    with pytest.raises(ConfigError, match=r"terms\.csv:2: a term must stand on one line"):
        pairs(write(f"zh_Hant,en\n{row}\n"), target="en")


# Invariants ---------------------------------------------------------------------------------------------------------

CELLS = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_characters="\0"), st.sampled_from(",;\t\"'\n\r #=\ufeff柳乾")),
    max_size=6,
).map(str.strip)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8)


def saved(table, delimiter, ending, mark):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows([("zh_Hant", "zh_Hans", "note"), *table])
    return (mark + buffer.getvalue()).encode()


@given(TABLES, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
@example([("\ufeff", '"', ""), ("", "", "x")], ";", "\r\n", "\ufeff")
def test_what_a_csv_writer_wrote_is_read_back(tmp_path_factory, table, delimiter, ending, mark):
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(saved(table, delimiter, ending, mark))
    read = termbase.read(Inside.at(path))
    found = [(term.texts.get("zh_Hant", ""), term.texts.get("zh_Hans", ""), term.note) for term in read.terms]
    assert found == [row for row in table if row[0] or row[1]]
    lines = path.read_text("utf-8").splitlines()
    assert all(1 < term.line <= len(lines) for term in read.terms)


@given(st.binary(max_size=60).map(lambda data: b"zh_Hant,en,status\n" + data) | st.binary(max_size=60))
def test_whatever_the_bytes_the_error_is_ours(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(content)
    with contextlib.suppress(ConfigError):
        termbase.read(Inside.at(path)).pairs("zh_Hant", "en")


def test_a_hundred_thousand_rows_are_linear(write):
    def work(count):
        path = write("zh_Hant,zh_Hans\n" + "".join(f"詞語{at},词语{at}\n" for at in range(count)))

        def reading():
            assert len(pairs(path)) == count

        return reading

    assert_linear(work, 100_000)


# Flags --------------------------------------------------------------------------------------------------------------


def test_flags_are_read_and_found_by_locale(write):
    base = termbase.read(
        Inside.at(write("zh_Hant,en,flags\n柳州772,Liuzhou 772,not-number\n大灣區,GBA,\n500強,,NOT-NUMBER\n"))
    )
    assert base.flagged(Flag.NOT_NUMBER, "zh_Hant_HK") == ("柳州772", "500強")
    assert base.flagged(Flag.NOT_NUMBER, "en") == ("Liuzhou 772",)
    assert base.flagged(Flag.NOT_NUMBER, "de") == ()


def test_an_unknown_flag_is_an_error_with_its_line(write):
    with pytest.raises(ConfigError, match=r"terms\.csv:2: unknown flag 'no-number'; there are: not-number"):
        termbase.read(Inside.at(write("zh_Hant,flags\n柳州772,no-number\n")))
