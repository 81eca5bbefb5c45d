"""The public interface: what docs/api.md says is what runs."""

import doctest
import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
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
    assert set(l10n_flow.__all__) - {"__version__"} == set(api.__all__)
    assert set(api.__all__) - words == set()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        l10n_flow.nothing  # noqa: B018  # type: ignore[attr-defined]


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
