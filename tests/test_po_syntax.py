"""Strict reading: what is damaged is an error with its line, what other programs write is understood."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entries import comment_of
from growth import assert_linear
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Entry
from l10n_flow.catalogue.writer import quote
from l10n_flow.errors import CatalogueError
from l10n_flow.model import Key

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'  # three lines
UNIT = 'msgid "柳州"\nmsgstr "Liuzhou"\n'


def load(text: str | bytes) -> po.Catalogue:
    return po.loads(text.encode() if isinstance(text, str) else text, Path("a.po"), "en")


def pairs(text: str | bytes) -> dict[str, str]:
    return {key.source: entry.msgstr for key, entry in load(text).entries.items()}


BROKEN = {
    # name: (text after the header, line in the file, part of the message)
    "cut string": ('msgid "柳州"\nmsgstr "Liuz\n', 5, "does not end in a quotation mark"),
    "cut escape": ('msgid "柳州"\nmsgstr "Liuz\\"\n', 5, "does not end in a quotation mark"),
    "text after the string": ('msgid "柳州"\nmsgstr "Liuz" hou\n', 5, "does not end in a quotation mark"),
    "quotation mark inside": ('msgid "柳州"\nmsgstr "Liu"zhou"\n', 5, "does not end in a quotation mark"),
    "unknown escape": ('msgid "柳州"\nmsgstr "\\q"\n', 5, "unknown escape sequence \\q"),
    "escape that is no UTF-8": ('msgid "柳州"\nmsgstr "\\xff"\n', 5, "no character of UTF-8"),
    "escape that is a surrogate": ('msgid "柳州"\nmsgstr "\\xed\\xa0\\x80"\n', 5, "no character of UTF-8"),
    "escape beyond a byte": ('msgid "柳州"\nmsgstr "\\x1F600"\n', 5, "no character of UTF-8"),
    "escaped NUL": ('msgid "柳州"\nmsgstr "a\\0b"\n', 5, "no character of UTF-8"),
    "NUL": ('msgid "柳州"\nmsgstr "a\0b"\n', 5, "NUL"),
    "no msgstr": ('msgid "柳州"\n\nmsgid "唐琳"\nmsgstr ""\n', 6, "msgid twice"),
    "no msgstr at the end": ('msgid "柳州"\n', 4, "seems cut"),
    "no msgid": ('msgctxt "a"\nmsgstr "b"\n', 5, "msgstr without a msgid"),
    "msgctxt too late": ('msgid "b"\nmsgctxt "a"\nmsgstr "b"\n', 5, "msgctxt after msgid"),
    "a string alone": ('# a\n"Liuzhou"\n', 5, "a string without"),
    "a comment at the end": (UNIT + "\n# l10n-flow: appr\n", 8, "a comment without an entry"),
    "a previous source at the end": (UNIT + '\n#| msgid "a"\n', 8, "a comment without an entry"),
    "a previous source inside": ('msgid "a"\n#| msgid "b"\nmsgstr "c"\n', 5, "in the middle of an entry"),
    "duplicate": (UNIT + "\n" + UNIT, 7, "the same msgid as on line 4"),
    "live and obsolete": (UNIT + '\n#~ msgid "柳州"\n#~ msgstr "Liuchow"\n', 7, "the same msgid as on line 4"),
    "obsolete twice": (
        '#~ msgid "a"\n#~ msgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n',
        7,
        "the same msgid as on line 4",
    ),
    "half obsolete": ('msgid "a"\n#~ msgstr "b"\n', 5, "one half"),
    "second header": ('msgid ""\nmsgstr "x"\n', 4, "a second or an obsolete header"),
    "obsolete header": ('#~ msgid ""\n#~ msgstr "x"\n', 4, "a second or an obsolete header"),
    "conflict": (UNIT + '\n<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', 7, "a conflict marker"),
    "conflict without a name": (UNIT + "<<<<<<<\n", 6, "a conflict marker"),
    "conflict, middle": (UNIT + "=======\n", 6, "a conflict marker"),
    "conflict, base": (UNIT + "||||||| base\n", 6, "a conflict marker"),
    "conflict, end": (UNIT + ">>>>>>> topic\n", 6, "a conflict marker"),
    "wrong word": ('msgid "a"\nmsgtsr "b"\n', 5, "expected msgid, msgstr or a comment"),
    "a kind at the end": (UNIT + "\n#. paragraph\n", 8, "a comment without an entry"),
    "three quotation marks": ('msgid """\nmsgstr "b"\n', 4, "does not end in a quotation mark"),
    "no string": ('msgid "a"\nmsgstr\n', 6, "without a string after it"),
    "no string, then another keyword": ('msgid\nmsgstr "b"\n', 5, "without a string after it"),
    "a comment before the string": ('msgid\n# x\n"a"\nmsgstr "b"\n', 5, "without a string after it"),
    "duplicate on one line": ('msgid "a" msgstr "b" msgid "a" msgstr "c"\n', 4, "the same msgid as on line 4"),
    "half obsolete in its strings": ('#~ msgid "a"\n#~ msgstr "b"\n"c"\n', 6, "one half"),
    "a previous string after a msgid": ('msgid "a"\n#| "b"\nmsgstr "c"\n', 5, "a string without"),
    "plural": ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 5, "plural forms"),
    "plural target": ('msgid "a"\nmsgstr[0] "c"\n', 5, "plural forms"),
}


@pytest.mark.parametrize(("text", "line", "message"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "BOM"])
def test_damage_is_an_error_with_its_line(text, line, message, newline, bom):
    with pytest.raises(CatalogueError) as caught:
        load(bom + (HEAD + text).replace("\n", newline))
    assert str(caught.value).startswith(f"a.po:{line}: ")
    assert message in str(caught.value)


WHOLE = {
    "empty": (b"", 1, "is empty"),
    "blank lines": (b"\n \n", 1, "is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", 1, "is empty"),
    "header cut before its charset": (b'msgid ""\nmsgstr "Language: en\\n"\n', 3, "seems cut"),
    "wrong UTF-8": (HEAD.encode() + b'msgid "\xff"\nmsgstr ""\n', 4, "byte 0xff is not UTF-8"),
    "wrong UTF-8 after a byte order mark": (b"\xef\xbb\xbf# a\n# b\n# \xb9\n", 3, "byte 0xb9 is not UTF-8"),
    "UTF-16": (HEAD.encode("utf-16"), 1, "iconv -f UTF-16 -t UTF-8"),
    "UTF-16LE": (HEAD.encode("utf-16-le"), 1, "iconv -f UTF-16LE -t UTF-8"),
    "UTF-16BE": (HEAD.encode("utf-16-be"), 1, "iconv -f UTF-16BE -t UTF-8"),
    "Big5": (HEAD.encode() + "# 柳州\n".encode("big5"), 4, "is not UTF-8; save the file as UTF-8"),
    "Big5, named": (
        HEAD.replace("UTF-8", "BIG5").encode() + "# 柳州\n".encode("big5"),
        4,
        "charset=BIG5; convert the file with: msgconv",
    ),
    "other charset": (HEAD.replace("UTF-8", "GB18030").encode(), 1, "charset=GB18030"),
    "only a comment": (b"# a\n", 2, "a comment without an entry"),
    "cut after a mark": ((HEAD + '#~ msgid "a"\n#~ msgstr ""\n#~').encode(), 6, "a comment without an end"),
}


@pytest.mark.parametrize(("data", "line", "message"), WHOLE.values(), ids=WHOLE)
def test_a_file_that_is_wrong_as_a_whole(data, line, message):
    with pytest.raises(CatalogueError) as caught:
        load(data)
    assert str(caught.value).startswith(f"a.po:{line}: ")
    assert message in str(caught.value)


READ = {
    "no header": (UNIT, {"柳州": "Liuzhou"}),
    "no final line feed": (HEAD + UNIT.rstrip(), {"柳州": "Liuzhou"}),
    "byte order mark": ("\ufeff" + HEAD + UNIT, {"柳州": "Liuzhou"}),
    "CRLF": ((HEAD + UNIT).replace("\n", "\r\n"), {"柳州": "Liuzhou"}),
    "wrapped": (HEAD + 'msgid ""\n"柳"\n"州"\nmsgstr "Liu"\n"zhou"\n', {"柳州": "Liuzhou"}),
    "no blank lines": (HEAD.rstrip() + "\n" + UNIT + UNIT.replace("柳", "廣"), {"柳州": "Liuzhou", "廣州": "Liuzhou"}),
    "indented": (HEAD + '  msgid\t"柳州"  \n\tmsgstr"Liuzhou"\t\n', {"柳州": "Liuzhou"}),
    "letters": ('msgid "a"\nmsgstr "\\a\\b\\f\\v\\t\\r\\n\\"\\\\z"\n', {"a": '\a\b\f\v\t\r\n"\\z'}),
    "bytes by number": ('msgid "a"\nmsgstr "\\303\\251 \\x41z\\xe6\\x9f\\xb3"\n', {"a": "é Az柳"}),
    "Unicode's line ends": (HEAD + 'msgid "a\u2028b\x85c\x1cd"\nmsgstr "e"\n', {"a\u2028b\x85c\x1cd": "e"}),
    "references": (HEAD + "#: a.txt:1\n" + UNIT, {"柳州": "Liuzhou"}),
    "a line feed in the middle": ('msgid "a"\nmsgstr ""\n"b\\n"\n"c"\n', {"a": "b\nc"}),
    "previous plural": ('#| msgid "x"\n#| msgid_plural "y"\nmsgid "a"\nmsgstr "b"\n', {"a": "b"}),
    "two strings on a line": (HEAD + 'msgid "a" "b"\nmsgstr "c""d" \n"e"\n', {"ab": "cde"}),
    "entries on a line": (HEAD + 'msgid "a" msgstr "b" msgid "c" msgstr "d"\n', {"a": "b", "c": "d"}),
    "a keyword alone": (HEAD + 'msgid\n"a"\nmsgstr\n"b"\n', {"a": "b"}),
    "a previous keyword alone": (HEAD + '#, fuzzy\n#| msgid\n#| "x"\nmsgid "a"\nmsgstr "b"\n', {"a": "b"}),
    "form feeds": (HEAD + '\fmsgid "a"\v\fmsgstr "b"\f\n', {"a": "b"}),
    "a comment after a string": (HEAD + 'msgid "a"\nmsgstr "b" # note\n' + UNIT, {"a": "b", "柳州": "Liuzhou"}),
    "an indented comment": (HEAD + "  # note\n" + UNIT, {"柳州": "Liuzhou"}),
    "a comment at the end": (HEAD + UNIT + "\n# vim: set tw=0:\n", {"柳州": "Liuzhou"}),
    "carriage returns": ((HEAD + UNIT).replace("\n", "\r"), {"柳州": "Liuzhou"}),
    "once UTF-16": (HEAD.replace("UTF-8", "UTF-16") + UNIT, {"柳州": "Liuzhou"}),
    "empty charset": (HEAD.replace("UTF-8", "CHARSET") + UNIT, {"柳州": "Liuzhou"}),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_what_other_programs_write_is_read(text, expected):
    if text.endswith('\\\\z"\n'):
        assert expected  # the msgstr holds a line feed and does not end in one
    assert pairs(text) == expected
    again = po.dumps(load(text))
    assert pairs(again) == expected


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="install GNU gettext: apt install gettext")
@pytest.mark.parametrize("name", sorted(READ.keys() - {"once UTF-16", "empty charset", "byte order mark"}))
def test_gettext_reads_the_same(name):
    text, expected = READ[name]
    if "charset" not in text:
        text = HEAD + text
    done = subprocess.run(["msgcat", "--no-wrap", "-"], input=text.encode(), capture_output=True, check=True)
    assert pairs(done.stdout) == expected


@pytest.mark.parametrize(
    ("flags", "fuzzy"),
    [("#, fuzzy", True), ("#= fuzzy", True), ("#=fuzzy", True), ("#,fuzzy,no-wrap", True), ("#, no-wrap\n#, fuzzy", True),
     ("#, no-wrap", False), ("#. fuzzy", False)],
)  # fmt: skip
def test_flags(flags, fuzzy):
    text = po.dumps(load(HEAD + flags + "\n" + UNIT))
    assert ("\n#, fuzzy\n" in text) is fuzzy
    assert "#=" not in text
    assert "no-wrap" not in text


def test_an_obsolete_entry_with_its_previous_source():
    text = '# note\n#, fuzzy\n#~| msgctxt "c"\n#~| msgid "柳"\n#~| "洲"\n#~ msgid "柳州"\n#~ msgstr "Liuzhou"\n'
    found = load(HEAD + text)
    (entry,) = found.obsolete.values()
    assert (entry.previous, entry.comments) == (Key("c", "柳洲"), ("note",))
    assert po.dumps(found).endswith(text.replace('柳"\n#~| "洲', "柳洲"))


OBSOLETE = {
    "comments": '#~ # note\n#~ #. paragraph\n#~ #: a.txt:1\n#~ #, fuzzy\n#~ #| msgid "b"\n#~ msgid "a"\n#~ msgstr "c"\n',
    "marks alone": '# note\n#. paragraph\n#~\n#, fuzzy\n#~| msgid "b"\n#~ msgid "a"\n#~ \n#~ msgstr "c"\n#~\n',
    "marks twice": '# note\n#. paragraph\n#, fuzzy\n#~| msgid "b"\n#~ #~ msgid "a"\n#~#~ msgstr "c"\n',
    "no blanks": '#note\n#.paragraph\n#,fuzzy\n#~|msgid "b"\n#~msgid "a"\n#~msgstr "c"\n',
}


@pytest.mark.parametrize("text", OBSOLETE.values(), ids=OBSOLETE)
def test_what_stands_behind_the_mark_of_an_obsolete_entry(text):
    (entry,) = load(HEAD + text).obsolete.values()
    assert entry._replace(line=0) == Entry(Key(None, "a"), "c", True, Key(None, "b"), ("paragraph",), ("note",))


def test_a_comment_at_the_end_is_kept_at_the_head():
    found = load(HEAD + UNIT + "\n# vim: set tw=0:\n#~ # and more\n")
    assert found.comment == "vim: set tw=0:\nand more"
    assert po.dumps(load(po.dumps(found))) == po.dumps(found)


# What msgcat accepts is read to the same entries -------------------------------------------------------------------

_BLANK = st.sampled_from(["", " ", "\t", "  ", "\f", "\v"])
_TEXT = st.text('甲a \\"\n#~|é', max_size=5)


@st.composite
def _strings(draw: st.DrawFn, mark: str, text: str) -> str:
    """A text cut into strings, on one line or several."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=2)))
    parts = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    lead = draw(st.sampled_from(["", f"\n{mark}"])) + draw(_BLANK)
    between = draw(st.sampled_from(["", " ", f"\n{mark}", f" \n{mark} "]))
    return lead + between.join(map(quote, parts)) + draw(_BLANK)


@st.composite
def _entry(draw: st.DrawFn, number: int) -> str:
    is_obsolete = draw(st.booleans())
    mark = draw(st.sampled_from(["#~ ", "#~", "#~\t", "#~ #~ "])) if is_obsolete else ""
    text = draw(_TEXT)
    lines = []
    for each in draw(
        st.lists(st.sampled_from(["# note", "#, fuzzy", "#: a:1", "#. paragraph", "#", "#~"]), max_size=4)
    ):
        before = draw(st.sampled_from(["", "#~ "])) if is_obsolete and each != "#~" else ""
        lines.append(before + each)
    if draw(st.booleans()):
        lines.append(f"{mark}msgctxt{draw(_strings(mark, draw(_TEXT)))}")
    # What only one text of the two has at an end, msgfmt refuses and we make agree.
    lines.append(f"{mark}msgid{draw(_strings(mark, f'{number}{text}.'))}")
    end = draw(st.sampled_from(["\n", " "])) if not is_obsolete else "\n"
    lines.append(f"{mark}msgstr{draw(_strings(mark, f'x{text}.'))}")
    return "\n".join(lines[:-1]) + end + lines[-1] + "\n" * draw(st.integers(1, 2))


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="install GNU gettext: apt install gettext")
@settings(max_examples=150)
@given(st.data(), st.sampled_from(["", "# bye\n", "#~ # bye\n", "#~\n"]), st.sampled_from(["\n", "\r\n"]))
def test_what_msgcat_reads_is_read_alike(data, last, newline):
    text = HEAD + "".join(data.draw(_entry(number)) for number in range(data.draw(st.integers(1, 3)))) + last
    written = text.replace("\n", newline).encode()
    done = subprocess.run(["msgcat", "--no-wrap", "-"], input=written, capture_output=True, check=False)
    if done.returncode == 0:
        assert contents(load(written)) == contents(load(done.stdout))


def test_seals_without_a_space_are_read():
    found = load(HEAD + "#l10n-flow: joined 0123456789ab\n" + UNIT)
    assert comment_of(found.entries[Key(None, "柳州")]) == "l10n-flow: joined 0123456789ab"


ROUND = """\
# licence
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

# 按：\\ 
# l10n-flow: approved 0123456789ab by 陳 on 2026-11-24
#. paragraph
#. caption
#, fuzzy
#| msgid "柳洲"
msgid "柳州"
msgstr "Liuzhou \\"city\\"\\\\"

msgctxt "c\\t"
msgid "a"
msgstr ""
"first\\n"
"\\n"
"second"

msgid "b"
msgstr ""
"first\\n"
"second"

# gone
#, fuzzy
#~| msgid "d"
#~ msgid "e"
#~ msgstr "one 😀"

#~ msgid "f"
#~ msgstr ""
#~ "甲\\n"
#~ "乙\\n"
#~ "丙"
"""  # noqa: W291


def contents(found: po.Catalogue) -> dict[Key, tuple[object, ...]]:
    return {
        key: (entry._replace(line=0), obsolete)
        for obsolete, entries in ((False, found.entries), (True, found.obsolete))
        for key, entry in entries.items()
    }


def test_no_cut_text_ever():
    """Truncated at any byte: an error, or a catalogue whose every entry is one of the original.

    Two things cannot be seen. ``msgstr ""`` as the last line may be all that is left of a text of several lines, and
    is in every respect an untranslated entry. And some of its lines may be all; that text needs editing.
    """
    data = ROUND.encode()
    whole = contents(load(data))
    assert len(whole) == 5
    good = 0
    for end in range(len(data)):
        try:
            found = contents(load(data[:end]))
        except CatalogueError as error:
            assert error.line  # noqa: PT017
            continue
        good += found.items() <= whole.items()
        for key, entry in found.items():
            text, all_of_it = entry[0].msgstr, whole[key][0].msgstr
            unseen = "\n" in all_of_it and data[:end].rstrip().endswith(b'msgstr ""')
            part = entry[0].fuzzy and all_of_it.startswith(text)
            assert entry == whole[key] or (unseen and not text) or part, end
    assert 10 < good < 25


@given(st.binary(max_size=80))
def test_no_bytes_make_it_crash(data):
    try:
        found = load(HEAD.encode() + data)
    except CatalogueError:
        return
    assert contents(load(po.dumps(found))) == contents(found)


ENDS = {
    "line feed": ("甲", "one\n", "one", []),
    "line feed after several lines": ("甲", "one\ntwo\n", "one\ntwo", ["fuzzy"]),
    "carriage return": ("甲", "one\r", "one", []),
    "both": ("甲", "one\r\n", "one", []),
    "line feed before": ("甲", "\none", "one", []),
    "nothing else": ("甲", "\n", "", []),
    "in the source too": ("甲\n", "one\n", "one\n", []),
    "in the source alone": ("\n甲\n", "one", "\none\n", []),
}


@pytest.mark.parametrize("last", [False, True], ids=["in the middle", "at the end"])
@pytest.mark.parametrize(("source", "written", "read", "flags"), ENDS.values(), ids=ENDS)
def test_line_ends_at_the_ends_of_a_target_follow_the_source(source, written, read, flags, last):
    """In the last entry a text of several lines that ends in a line feed may be a cut one: it needs editing."""
    unit = "".join(f"{word} {quote(text)}\n" for word, text in (("msgid", source), ("msgstr", written)))
    if written.count("\n") > written.endswith("\n"):
        lines = "".join(f"{quote(line)}\n" for line in written.splitlines(keepends=True))
        unit = f'msgid {quote(source)}\nmsgstr ""\n{lines}'
    found = load(HEAD + unit + ("" if last else "\n" + UNIT))
    entry = found.entries[Key(None, source)]
    assert (entry.msgstr, entry.fuzzy) == (read, last and bool(flags))
    assert contents(load(po.dumps(found))) == contents(found)


TEN_MEGABYTES = 10_000_000


@pytest.mark.parametrize(
    "text",
    [
        lambda size: 'msgid "a"\nmsgstr "' + "b" * size + '"\n',
        lambda size: 'msgid "a"\nmsgstr "' + '\\"' * (size // 2) + '"\n',
        lambda size: 'msgid "a"\nmsgstr "' + "\\303\\251" * (size // 8) + '"\n',
        lambda size: 'msgid "a"\nmsgstr "' + "\\n" * (size // 20) + '."\n',
        lambda size: "# l10n-flow: note by" + " " * size + ': x\nmsgid "a"\nmsgstr "b"\n',
        lambda size: "# l10n-flow: approved 0123456789ab by " + "x on " * (size // 5) + '\nmsgid "a"\nmsgstr "b"\n',
        lambda size: "# l10n-flow: " + "a-" * (size // 2) + '\nmsgid "a"\nmsgstr "b"\n',
    ],
    ids=["plain", "quotes", "numbers", "line feeds", "blanks in a seal", "a name", "a kind"],
)
def test_ten_megabytes_on_one_line(text):
    def work(size):
        written = HEAD + text(size)

        def read_and_written():
            found = load(written)
            assert load(po.dumps(found)).entries[Key(None, "a")].msgstr == found.entries[Key(None, "a")].msgstr

        return read_and_written

    assert_linear(work, TEN_MEGABYTES)


@pytest.mark.parametrize(
    "text",
    [
        lambda size: 'msgid "a"\nmsgstr "' + "b" * size,
        lambda size: 'msgid "a"\nmsgstr "' + "\\" * (size + 1) + '"',
        lambda size: "#" + "~" * size,
    ],
    ids=["no end", "backslashes", "obsolete"],
)
def test_ten_megabytes_of_damage(text):
    def work(size):
        written = HEAD + text(size)

        def refused():
            with pytest.raises(CatalogueError) as caught:
                load(written)
            assert len(str(caught.value)) < 300

        return refused

    assert_linear(work, TEN_MEGABYTES)
