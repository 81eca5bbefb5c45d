"""What we write is the canonical form: ``msgcat --no-wrap`` of it is the same bytes, and reading it gives it back."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entries import catalogue_of, changed, unit
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Entry, Wanted
from l10n_flow.catalogue.entry import settled
from l10n_flow.errors import CatalogueError
from l10n_flow.inside import Inside
from l10n_flow.model import Key

needs_gettext = pytest.mark.skipif(shutil.which("msgcat") is None, reason="install GNU gettext: apt install gettext")

ODD = 'ab柳州。 "\\\n\t\r\a\b\f\v\x01\x1b\x7f\x85\xa0\u2028\u2029\u3000\ufeff#~|.,=:%[]😀'
TEXT = st.one_of(
    st.text(ODD, max_size=12), st.text(st.characters(codec="utf-8", exclude_characters="\0\x04"), max_size=8)
)
LINE = TEXT.map(lambda text: text.replace("\n", " ").rstrip())
COMMENT = st.lists(LINE, max_size=4).map("\n".join)
PREVIOUS = st.none() | st.tuples(st.none() | TEXT, TEXT)


@st.composite
def entries(draw) -> Entry:
    text = draw(TEXT)
    comment = {"tcomment": draw(COMMENT), "comment": draw(COMMENT), "msgctxt": draw(st.none() | TEXT)}
    flags = ["fuzzy"] if text and draw(st.booleans()) else []
    before = dict(zip(("previous_msgctxt", "previous_msgid"), (flags and draw(PREVIOUS)) or (None, None), strict=True))
    return unit(draw(TEXT.filter(bool)), text, obsolete=draw(st.booleans()), flags=flags, **comment, **before)


@st.composite
def catalogues(draw) -> Catalogue:
    found = catalogue_of(*draw(st.lists(entries(), max_size=6, unique_by=lambda each: each.key)))
    return changed(replace(found, comment=draw(COMMENT)), lambda draft: draft.header.update(name(draw(LINE))))


def name(of: str) -> dict[str, str]:
    return {"Project-Id-Version": of}


def snapshot(found: Catalogue) -> list[object]:
    """What a catalogue says once it is settled."""
    texts = [[settled(entry)._replace(line=0) for entry in each.values()] for each in (found.entries, found.obsolete)]
    return [dict(found.header), found.comment, *texts]


def load(data: bytes | str, locale: str = "en") -> Catalogue:
    return po.loads(data.encode() if isinstance(data, str) else data, Path("a.po"), locale)


def msgcat(text: str, *options: str) -> str:
    done = subprocess.run(["msgcat", "--no-wrap", *options, "-"], input=text.encode(), capture_output=True, check=True)
    return done.stdout.decode()


@given(catalogues())
def test_reading_gives_back_what_was_written(found):
    text = po.dumps(found)
    again = load(text)
    expected = snapshot(found)
    expected[0]["Project-Id-Version"] = " ".join(expected[0]["Project-Id-Version"].split())
    assert snapshot(again) == expected
    assert po.dumps(again) == text


@needs_gettext
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(catalogues())
def test_msgcat_has_nothing_to_change(found):
    text = po.dumps(found)
    assert msgcat(text, "--force-po") == text


CASES = {
    "plain": ("柳州", "Liuzhou"),
    "line feed inside": ("甲\n乙", "one\ntwo"),
    "line feeds at both ends": ("\n甲\n", "\none\n"),
    "only a line feed": ("\n", "\n"),
    "quotes and backslashes": ('"甲" \\n', '"one" \\n\\'),
    "control characters": ("\a\b\f\v\t\r\x01\x7f", "\a\b\f\v\t\r\x01\x7f"),
    "line separators of Unicode": ("甲\u2028乙\x85", "one\u2028two\x85"),
    "directive letters": ("100%", "100 %"),
}


@needs_gettext
@pytest.mark.parametrize("texts", CASES.values(), ids=CASES)
@pytest.mark.parametrize("obsolete", [False, True])
@pytest.mark.parametrize("flags", [[], ["fuzzy"]], ids=["", "fuzzy"])
def test_gettext_accepts(texts, obsolete, flags, tmp_path):
    source, target = texts
    fields = {"tcomment": "a\n\nb\\", "flags": flags, "previous_msgid": source}
    found = catalogue_of(unit(source, target, obsolete=obsolete, **fields))
    text = po.dumps(found)
    assert msgcat(text) == text
    (tmp_path / "a.po").write_bytes(text.encode())
    done = subprocess.run(["msgfmt", "-c", "-o", "a.mo", "a.po"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert po.dumps(load(text)) == text


@needs_gettext
@pytest.mark.parametrize("units", [(), ("柳州", "唐琳")], ids=["header only", "two units"])
def test_a_template_with_empty_header_fields_is_canonical(units):
    fields = ("PO-Revision-Date", "Last-Translator", "Language-Team", "Language")
    empty = dict.fromkeys(fields, "")
    template = changed(po.new_catalogue("", "x", ""), lambda draft: draft.header.update(empty))
    template, _ = po.merge(template, [Wanted(Key(None, unit), ("paragraph",)) for unit in units])
    text = po.dumps(template)
    assert "Language: \\n" in text
    assert msgcat(text, "--force-po") == text
    assert po.dumps(load(text, "")) == text


def test_half_a_surrogate_pair_is_an_error_and_leaves_the_file(tmp_path):
    path = tmp_path / "a.po"
    found = po.new_catalogue("en", "x", "")
    assert po.write(Inside.at(path), found).origin
    before = path.read_bytes()
    found = catalogue_of(unit("甲", "one \ud800"))
    with pytest.raises(CatalogueError, match=r"a\.po:\d+: '\\ud800' is half"):
        po.write(Inside.at(path), found)
    assert path.read_bytes() == before


def test_writing_the_same_again_does_not_touch_the_file(tmp_path):
    path = tmp_path / "a.po"
    written = po.write(Inside.at(path), po.new_catalogue("en", "x", ""))
    before = path.stat()
    for found in (written, po.read(Inside.at(path), "en"), po.new_catalogue("en", "x", "")):
        assert po.write(Inside.at(path), found) == written
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert po.read(Inside.at(tmp_path / "none.po"), "en") is None


def test_line_numbers_are_those_of_the_file(tmp_path):
    path = tmp_path / "a.po"
    units = [unit(source, source, tcomment="one\ntwo") for source in ("甲", "乙\n丙")]
    found = po.write(Inside.at(path), catalogue_of(*units))
    lines = path.read_text("utf-8").split("\n")
    assert [lines[entry.line - 1][:5] for entry in found.entries.values()] == ["msgid", "msgid"]
    assert [t.line for t in po.translations(found, derived=False).values()] == [
        entry.line for entry in found.entries.values()
    ]
