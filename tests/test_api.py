"""The public interface: what docs/api.md says is what runs."""

import doctest
import io
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest

import l10n_flow
from l10n_flow import api

DOC = Path(__file__).parent.parent / "docs" / "api.md"
CONFIG = """
[project]
source-locale = "zh_Hant_HK"
[locale.zh_Hans]
conversion = "hk2s"
[locale.en]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the article of the page, and its catalogues."""
    (tmp_path / "l10n-flow.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "flowers.txt").write_text("柳州的洋紫荊\n\n今年花開得早。遊人很多。\n", "utf-8")
    l10n_flow.sync(l10n_flow.find_project(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_of_the_page_run_as_they_are_printed(folder: Path) -> None:
    told = io.StringIO()
    with redirect_stdout(told):
        result = doctest.testfile(str(DOC), module_relative=False, encoding="utf-8", name="api.md")
    assert result.attempted >= 15
    assert result.failed == 0, told.getvalue()


def test_the_page_names_all_that_is_offered() -> None:
    text = DOC.read_text("utf-8")
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", text))))
    assert l10n_flow.__all__ is api.__all__
    assert set(l10n_flow.__all__) - words == set()
    assert set(l10n_flow.__all__) - set(dir(l10n_flow)) == set()


@pytest.mark.parametrize("name", ["nothing", "Iterable", "edit"])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"has no attribute '{name}'"):
        getattr(l10n_flow, name)


def test_a_type_checker_knows_each_name_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "import l10n_flow\nl10n_flow.Key(None, 'a')\nl10n_flow.nothing\nl10n_flow.Iterable\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path / 'cache'}", "a.py"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert re.findall(r"a.py:(\d): error: (.*)  \[attr-defined\]", told) == [
        ("3", 'Module has no attribute "nothing"'),
        ("4", 'Module has no attribute "Iterable"'),
    ], told
    assert "Found 2 errors" in told


def test_the_package_alone_imports_no_part_of_itself() -> None:
    code = "import sys, l10n_flow; print([name for name in sys.modules if name.startswith('l10n_flow.')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_wrong_arguments_are_errors_that_say_what_is_right(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sentence or a paragraph, not 'word'"):
        l10n_flow.segment("一。", unit="word")
    with pytest.raises(l10n_flow.SourceError, match="unknown format 'pdf'"):
        l10n_flow.segment("一。", format="pdf")
    with pytest.raises(l10n_flow.ConversionError):
        l10n_flow.convert_text("一", "xx2yy")
    with pytest.raises(ValueError, match="curly"):
        l10n_flow.convert_text("一", "hk2s", punctuation="curly")
    with pytest.raises(FileNotFoundError):
        l10n_flow.read_catalogue(tmp_path / "a.po", "en")


@pytest.mark.parametrize(
    "call",
    [
        l10n_flow.segment,
        lambda text: l10n_flow.convert_text(text, "hk2s"),
        lambda text: l10n_flow.explain_text(text, "hk2s"),
    ],
)
def test_half_a_surrogate_pair_is_no_text(call: Callable[[str], object]) -> None:
    with pytest.raises(l10n_flow.SourceError, match=r"-:2: .*half a surrogate pair"):
        call("一。\n二\ud800。")


@pytest.mark.parametrize(
    ("text", "name", "date", "why"),
    [
        ("One.", "", "2026-11-24", "a seal"),
        ("One.", "Ann", "yesterday", "a seal"),
        ("One\x07.", "Ann", "2026-11-24", r"U.0007"),
        ("One\ud800.", "Ann", "2026-11-24", r"U.D800"),
    ],
)
def test_what_no_seal_can_hold_is_refused_at_once(text: str, name: str, date: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        l10n_flow.set_text(l10n_flow.Entry(l10n_flow.Key(None, "一。")), text, name, date)


def test_a_name_of_two_lines_is_written_on_one(folder: Path) -> None:
    path = "locales/en/LC_MESSAGES/flowers.po"
    catalogue = l10n_flow.read_catalogue(path, "en")
    entry = catalogue.entries[l10n_flow.Key(None, "遊人很多。")]
    entry = l10n_flow.approve(l10n_flow.set_text(entry, "Crowds.", "Ann\nLee", "2026-11-24"), " Ben\tHo ", "2026-11-24")
    l10n_flow.write_catalogue(path, l10n_flow.with_entries(catalogue, [entry]))
    assert [seal.name for seal in l10n_flow.read_catalogue(path, "en").entries[entry.key].seals] == [
        "Ann Lee",
        "Ben Ho",
    ]


@pytest.mark.parametrize("text", ["", "A draft."])
def test_only_a_finished_text_can_be_approved(text: str) -> None:
    entry = l10n_flow.set_needs_editing(l10n_flow.Entry(l10n_flow.Key(None, "一。")), text)
    with pytest.raises(ValueError, match="only a finished text"):
        l10n_flow.approve(entry, "Ann", "2026-11-24")


def test_a_catalogue_is_written_as_another_file_when_that_is_meant(folder: Path) -> None:
    catalogue = l10n_flow.read_catalogue("locales/en/LC_MESSAGES/flowers.po", "en")
    for meant in (catalogue, replace(catalogue, comment="Of somebody.")):
        with pytest.raises(l10n_flow.OvertakenError):
            l10n_flow.write_catalogue(folder / "copy.po", meant)
    l10n_flow.write_catalogue(folder / "copy.po", replace(catalogue, origin=None))
    assert l10n_flow.read_catalogue(folder / "copy.po", "en") == catalogue


@pytest.mark.parametrize("name", ["extract", "convert", "status", "check", "build", "sync"])
def test_each_command_is_called_with_a_project_alone(folder: Path, name: str) -> None:
    result = getattr(l10n_flow, name)(l10n_flow.find_project(str(folder)))
    assert (result.updates if name == "sync" else result).failures == ()


def test_a_catalogue_that_somebody_wrote_meanwhile_is_not_written_over(folder: Path) -> None:
    path = folder / "locales" / "en" / "LC_MESSAGES" / "flowers.po"
    catalogue = l10n_flow.read_catalogue(path, "en")
    key = l10n_flow.Key(None, "遊人很多。")
    ours = l10n_flow.with_entries(
        catalogue, [l10n_flow.set_text(catalogue.entries[key], "Crowds.", "Ann", "2026-11-24")]
    )
    theirs = path.read_text("utf-8").replace('"今年花開得早。"\nmsgstr ""', '"今年花開得早。"\nmsgstr "Early."')
    path.write_text(theirs, "utf-8")
    with pytest.raises(l10n_flow.OvertakenError):
        l10n_flow.write_catalogue(path, ours)
    assert path.read_text("utf-8") == theirs


def test_entries_that_the_document_does_not_have_are_refused(folder: Path) -> None:
    catalogue = l10n_flow.read_catalogue("locales/en/LC_MESSAGES/flowers.po", "en")
    with pytest.raises(KeyError):
        l10n_flow.with_entries(catalogue, [l10n_flow.Entry(l10n_flow.Key(None, "別處。"), "Elsewhere.")])


def test_an_approval_alone_does_not_move_the_revision_date(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    path = "locales/en/LC_MESSAGES/flowers.po"
    catalogue = l10n_flow.read_catalogue(path, "en")
    key = l10n_flow.Key(None, "遊人很多。")
    written = l10n_flow.with_entries(
        catalogue, [l10n_flow.set_text(catalogue.entries[key], "Crowds.", "Ann", "2026-11-24")]
    )
    assert written.header["PO-Revision-Date"].startswith("1970")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    approved = l10n_flow.with_entries(written, [l10n_flow.approve(written.entries[key], "Ben", "2026-11-25")])
    assert approved.header == written.header
