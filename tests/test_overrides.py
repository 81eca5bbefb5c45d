"""What the author says in ``l10n-flow.overrides.toml``: reading it, and obeying it."""

import pytest

from l10n_flow import documents
from l10n_flow.documents.segmentation.overrides import Override, read_overrides
from l10n_flow.errors import ConfigError
from l10n_flow.model import NoticeKind

SOURCE = "柳州行\n\n唐琳\n\n甲。乙。丙。\n\n丁戊己\n\n　　甲。庚辛。\n壬。\n"


def parse(*tables, text=SOURCE, unit="sentence"):
    overrides = [Override("a", **table) for table in tables]
    return documents.parse(text.encode(), overrides=overrides, unit=unit)


def shown(document):
    return [(str(block.kind), [unit.text for unit in block.units]) for block in document.blocks]


def back(document):
    return documents.render(document, [unit.text for unit in document.units()], locale="zh_Hant").decode()


BEFORE = [
    ("title", ["柳州行"]),
    ("byline", ["唐琳"]),
    ("paragraph", ["甲。", "乙。", "丙。"]),
    ("heading", ["丁戊己"]),
    ("paragraph", ["甲。", "庚辛。", "壬。"]),
]


def test_without_overrides():
    assert shown(parse()) == BEFORE


CHANGES = [
    ("kind", {"text": "唐琳", "kind": "heading"}, 1, [("heading", ["唐琳"])]),
    ("join", {"text": "丁戊己", "join": True}, 3, [("paragraph", ["丁戊己甲。", "庚辛。", "壬。"])]),
    ("split", {"text": "乙。丙。", "split": "丙"}, 2, [("paragraph", ["甲。", "乙。"]), ("paragraph", ["丙。"])]),
    (
        "split at a line break",
        {"text": "庚", "split": "壬"},
        4,
        [("paragraph", ["甲。", "庚辛。"]), ("paragraph", ["壬。"])],
    ),
    ("as one, the next", {"text": "乙。", "as_one": True}, 2, [("paragraph", ["甲。", "乙。丙。"])]),
    ("as one, all touched", {"text": "。乙。丙", "as_one": True}, 2, [("paragraph", ["甲。乙。丙。"])]),
    ("as one, over a line break", {"text": "庚辛。", "as_one": True}, 4, [("paragraph", ["甲。", "庚辛。壬。"])]),
    ("not translated", {"text": "唐琳", "translate": False}, 1, []),
    ("not translated, the last", {"text": "庚辛", "translate": False}, 4, []),
    ("nth", {"text": "甲。", "nth": 2, "kind": "note"}, 4, [("note", ["甲。", "庚辛。", "壬。"])]),
]


@pytest.mark.parametrize(("override", "index", "blocks"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_override(override, index, blocks):
    document = parse(override)
    covered = 2 if "join" in override else 1
    assert shown(document) == BEFORE[:index] + blocks + BEFORE[index + covered :]
    expected = SOURCE.replace("丁戊己\n\n　　", "丁戊己") if "join" in override else SOURCE
    assert back(document) == expected
    assert document.notices == ()


def test_joined_lines_and_split_lines():
    assert parse({"text": "丁戊己", "join": True}).blocks[3].lines == (7, 9, 10)
    assert [block.lines for block in parse({"text": "庚", "split": "壬"}).blocks[4:]] == [(9,), (10,)]


def test_several_joins_in_a_row():
    document = parse({"text": "柳州行", "join": True}, {"text": "唐琳", "join": True})
    assert shown(document)[0] == ("paragraph", ["柳州行唐琳甲。", "乙。", "丙。"])


@pytest.mark.parametrize(
    ("text", "contexts"),
    [("甲。乙。丙。", ["x", "x", "x"]), ("乙", [None, "x", None]), ("。丙", [None, "x", "x"])],
)
def test_context(text, contexts):
    assert [unit.context for unit in parse({"text": text, "context": "x"}).blocks[2].units] == contexts


def test_context_of_a_paragraph_unit():
    (unit,) = parse({"text": "甲。乙。丙。", "context": "x"}, unit="paragraph").blocks[2].units
    assert unit.context == "x"


def test_a_block_that_is_the_text_comes_before_blocks_that_contain_it():
    document = parse({"text": "丁", "kind": "note"}, text="題丁\n\n丁\n\n丁。丁。\n")
    assert [str(block.kind) for block in document.blocks] == ["title", "note", "paragraph"]


UNUSED = [
    ({"text": "沒有", "kind": "note"}, 1, "no block contains it"),
    ({"text": "甲", "kind": "note"}, 5, "lines 5, 9"),
    ({"text": "甲", "nth": 3, "kind": "note"}, 5, "no number 3"),
    ({"text": "庚辛", "join": True}, 9, "no block follows"),
    ({"text": "唐琳", "split": "唐"}, 3, "nothing before"),
    ({"text": "唐琳", "as_one": True}, 3, "no next unit"),
]


@pytest.mark.parametrize(("override", "line", "words"), UNUSED)
def test_unused(override, line, words):
    document = parse(override)
    (notice,) = document.notices
    assert (notice.kind, notice.line) == (NoticeKind.OVERRIDE_UNUSED, line)
    assert words in notice.message
    assert shown(document) == BEFORE


MARKED = "# 題\n\n甲。乙**丙。丁**戊。\n\n> 己。\n"


def test_a_marked_block_is_cut_and_its_parts_are_of_its_kind():
    document = documents.parse(MARKED.encode(), format="markdown", overrides=[Override("a", text="甲", split="乙")])
    assert [(str(block.kind), block.units[0].text) for block in document.blocks] == [
        ("title", "題"), ("paragraph", "甲。"), ("paragraph", "乙**丙。丁**戊。"), ("quotation", "己。"),
    ]  # fmt: skip


def test_a_marked_block_is_not_cut_inside_a_pair_of_codes():
    document = documents.parse(MARKED.encode(), format="markdown", overrides=[Override("a", text="甲", split="丁")])
    (notice,) = document.notices
    assert (notice.kind, notice.line) == (NoticeKind.OVERRIDE_UNUSED, 3)
    assert "「丁」 stands inside a pair of codes" in notice.message
    assert len(document.blocks) == 3


def test_a_block_cut_in_two_is_rendered_with_a_space():
    document = parse({"text": "甲。乙", "split": "乙"}, text="題\n\n甲。乙。\n")
    assert documents.render(document, ["T", "A.", "B."], locale="en").decode() == "T\n\nA. B.\n"
    assert documents.render(document, ["T", None, "B."], locale="en").decode() == "T\n\nB.\n"


def test_untranslated_text_stays_when_its_neighbours_go():
    document = parse({"text": "唐琳", "translate": False}, text="題\n\n唐琳\n\n甲。\n")
    assert documents.render(document, ["T", None], locale="en").decode() == "T\n\n唐琳\n"
    assert documents.render(document, [None, "A."], locale="en").decode() == "唐琳\n\nA.\n"


GOOD = """\
[[override]]
document = "liuzhou"
text = "唐琳"
kind = "byline"

[[override]]
document = "b"
text = "甲"
join = "next"
split = "乙"
as-one = true
context = "x"
translate = false
nth = 2
"""


def write(tmp_path, text):
    path = tmp_path / "l10n-flow.overrides.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def overrides_in(path):
    return read_overrides(path.read_bytes(), path)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_load(tmp_path, mark):
    assert overrides_in(write(tmp_path, mark + GOOD)) == {
        "liuzhou": (Override("liuzhou", "唐琳", kind="byline", line=1),),
        "b": (Override("b", "甲", None, True, "乙", True, "x", False, 2, 6),),
    }


def test_no_file(tmp_path):
    assert read_overrides(None, tmp_path / "none.toml") == {}


HEAD = '[[override]]\ndocument = "a"\ntext = "b"\n'
BAD = [
    (HEAD + 'knd = "note"', 4, "unknown key 'knd'; did you mean 'kind'?"),
    (HEAD + 'kind = "titel"', 4, "unknown kind 'titel'; did you mean 'title'?"),
    (HEAD + 'join = "previous"', 4, 'only be "next"'),
    (HEAD + "join = true", 4, "join must be a text"),
    (HEAD + "as-one = 1", 4, "true or false"),
    (HEAD + 'split = ""', 4, "not empty"),
    (HEAD + 'kind = "note"\nnth = true', 5, "whole number"),
    (HEAD + 'kind = "note"\nnth = 0', 5, "whole number"),
    (HEAD, 1, "nothing to do"),
    ('\n[[override]]\ndocument = "a"\nkind = "note"', 2, "no 'text'"),
    ('[[overide]]\ndocument = "a"', None, "did you mean 'override'"),
    ('[override]\ndocument = "a"', None, "[[override]]"),
    ("a = 1\nb = \n", 2, "not valid TOML"),
    (b"\xff", 1, "not UTF-8"),
]


@pytest.mark.parametrize(("text", "line", "words"), BAD)
def test_bad(tmp_path, text, line, words):
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        overrides_in(path)
    assert words in error.value.message
    assert (error.value.path, error.value.line) == (path, line)
