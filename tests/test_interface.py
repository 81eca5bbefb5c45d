"""The interface's languages: which is chosen, and that the catalogues are in order."""

from __future__ import annotations

import importlib
import io
import re
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract

from entries import comment_of
from l10n_flow import catalogue as po
from l10n_flow import conversion, interface
from l10n_flow.inside import Inside
from l10n_flow.messages import Message
from l10n_flow.model import Key
from l10n_flow.review.page import STATIC
from l10n_flow.review.page.context import SCRIPT_SENTENCES

ROOT = Path(__file__).parents[1]
CHINESE = ("zh_Hant", "zh_Hans")


def entries(name: str):
    return po.read(Inside.at(interface.LOCALES / name / "LC_MESSAGES" / "interface.po"), name).entries.values()


def places(text: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"), ("en_GB", "en"), ("zh_Hant_HK", "zh_Hant"), ("zh-HK", "zh_Hant"), ("zh_TW", "zh_Hant"), ("yue", "zh_Hant"),
        ("zh_Hans", "zh_Hans"), ("zh-CN", "zh_Hans"), ("zh", "zh_Hans"), ("de", "en"), ("ja", "en"), ("*", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_nearest_language(locale, language) -> None:
    assert interface.nearest(locale) == language


def test_of_several_languages_the_first_there_is() -> None:
    assert interface.preferred(["fr-CH", "zh-TW", "en"]) == "zh_Hant"
    assert interface.preferred([]) == "en"


def test_a_page_in_a_language_we_have_no_words_in_says_so() -> None:
    assert [interface.said_in(each) for each in ("zh_Hans_SG", "en_GB", "de")] == ["zh_Hans_SG", "en_GB", "en"]


def test_a_message_is_english_and_can_be_said_anew_with_what_is_in_it() -> None:
    told = Message("the source ends in {there}, the translation in {here}", there=Message("a comma"), here="x{y}")
    assert told == "the source ends in a comma, the translation in x{y}"
    assert interface.speaker("zh_Hant_HK")(told) == "末尾標點：原文為逗號，譯文為x{y}"
    assert interface.speaker("zh_Hans")("no such {sentence}") == "no such {sentence}"


def test_the_catalogues_take_over_new_sentences_and_keep_what_is_translated(monkeypatch) -> None:
    """A new sentence needs no Chinese: it is said in English, and ``make interface`` tells of it."""
    monkeypatch.syspath_prepend(str(ROOT / "tools/interface"))
    keep = importlib.import_module("keep")
    units = [*keep.wanted(), po.Wanted(Key(None, "quite {new}"), ("checks/some.py",))]
    made = {each.locale: each for _, each in keep.catalogues(units)}
    assert set(made) == set(CHINESE)
    for name, each in made.items():
        assert list(each.entries) == [unit.key for unit in units]
        assert each.entries[Key(None, "quite {new}")].msgstr == ""
        before = {entry.key: entry.msgstr for entry in entries(name)}
        assert all(each.entries[key].msgstr == text for key, text in before.items() if key in each.entries and text)


@pytest.mark.parametrize("name", CHINESE)
def test_a_translation_has_the_places_of_its_sentence(name) -> None:
    found = [entry for entry in entries(name) if entry.msgstr]
    assert len(found) > 300
    for entry in found:
        assert places(entry.msgstr) == places(entry.key.source), entry.key


def test_a_draft_is_marked_as_one_and_simplified_is_the_converter_s() -> None:
    """Until somebody who reads Traditional has approved it."""
    assert all(entry.fuzzy or "approved" in comment_of(entry) for entry in entries("zh_Hant") if entry.msgstr)
    assert all(entry.is_machine for entry in entries("zh_Hans") if entry.msgstr)
    assert not any(conversion.traditional_spans(entry.msgstr) for entry in entries("zh_Hans"))


def test_the_script_is_given_the_sentences_that_it_says() -> None:
    scripts = [io.BytesIO(script) for name, script in STATIC.items() if name.endswith(".js") and ".min." not in name]
    found = [extract("javascript", script, keywords={"_": None}) for script in scripts]
    assert {sentence for each in found for _, sentence, _, _ in each} == set(SCRIPT_SENTENCES)


def test_sentences_are_written_out_where_they_are_said() -> None:
    """Babel reads no f-strings and no names: such a call would never be translated."""
    for path in (ROOT / "src").rglob("*.py"):
        assert not re.search(r"\bMessage\((?!\s*[\"']|cls|str\))", path.read_text("utf-8")), path
