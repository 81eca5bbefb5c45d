"""Compiled catalogues: what Python's gettext and msgunfmt read back is the catalogue."""

from __future__ import annotations

import gettext
import io
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import assert_linear
from l10n_flow.catalogue.mo import compile_mo
from l10n_flow.model import Key

HEADER = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\x04"), min_size=1, max_size=12)
TARGETS = st.dictionaries(
    st.builds(Key, st.none() | TEXT, TEXT), st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
)


def read(data: bytes) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(data))


@given(TARGETS)
def test_python_reads_it_back(targets):
    found = read(compile_mo(HEADER, targets))
    assert found.info()["language"] == "en"
    for key, target in targets.items():
        shown = found.gettext(key.source) if key.context is None else found.pgettext(key.context, key.source)
        assert shown == (target or key.source)


def test_empty_targets_are_left_out():
    assert compile_mo(HEADER, {Key(None, "柳州"): ""}) == compile_mo(HEADER, {})


def test_order_does_not_matter():
    targets = {Key(None, "b"): "1", Key("c", "a"): "2", Key(None, "柳"): "3"}
    assert compile_mo(HEADER, targets) == compile_mo(HEADER, dict(reversed(targets.items())))


@pytest.mark.skipif(shutil.which("msgunfmt") is None, reason="install GNU gettext: apt install gettext")
def test_msgunfmt_reads_it_back(tmp_path):
    targets = {Key(None, "柳州"): "Liuzhou", Key("c", "唐琳"): 'Tang "Lin"', Key(None, "甲\n"): "one\n"}
    (tmp_path / "a.mo").write_bytes(compile_mo(HEADER, targets))
    done = subprocess.run(["msgunfmt", "--no-wrap", "a.mo"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == (
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "c"\nmsgid "唐琳"\nmsgstr "Tang \\"Lin\\""\n\n'
        'msgid "柳州"\nmsgstr "Liuzhou"\n\nmsgid "甲\\n"\nmsgstr "one\\n"\n'
    )


def test_a_hundred_thousand_entries():
    def work(count):
        targets = {Key(None, f"第{number}句"): f"Sentence {number}" for number in range(count)}
        return lambda: made.append(compile_mo(HEADER, targets))

    made: list[bytes] = []
    assert_linear(work, 100_000)
    assert read(made[-1]).gettext("第99999句") == "Sentence 99999"
