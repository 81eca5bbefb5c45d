"""Catalogues brought up to date while programs that know no locks write them."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow import catalogue as po
from l10n_flow import model
from l10n_flow.project import find_project, known
from l10n_flow.publish import pages
from l10n_flow.work.extract import convert, extract

TEXT = "標題在此\n\n柳州位於廣西。他說：「這裏很好。」\n"
ADDED = TEXT + "\n新的一句話。\n"


def interrupted(room: Newsroom, monkeypatch: pytest.MonkeyPatch, locale: str, texts: Iterable[str]) -> None:
    """Have Poedit write a text into the title while ours, of the same file, is going to the disk."""
    path, fsync, left = room.po_path(locale), os.fsync, iter(texts)

    def busy(descriptor: int) -> None:
        fsync(descriptor)
        if os.fstat(descriptor).st_size > 0 and any(path.parent.glob(".l10n-flow-*.tmp")):
            theirs = next(left, None)
            if theirs is not None:
                draft = po.Draft(room.catalogue(locale))
                key, entry = next(iter(draft.entries.items()))
                draft.entries[key] = entry._replace(msgstr=theirs)
                path.write_text(po.dumps(draft.done()), "utf-8")

    monkeypatch.setattr(os, "fsync", busy)


def titles(room: Newsroom, locale: str) -> list[str]:
    return [entry.msgstr for entry in room.catalogue(locale).entries.values()]


@pytest.mark.parametrize(
    ("locale", "run"), [("en", extract), ("zh_Hans", lambda p: convert(p, upgrade=False, dry_run=False))]
)
def test_what_another_program_writes_meanwhile_is_merged_too(newsroom, monkeypatch, locale, run):
    newsroom.write(TEXT)
    newsroom.sync()
    newsroom.write(ADDED)
    interrupted(newsroom, monkeypatch, locale, ["theirs"])
    found = run(find_project(newsroom.root))
    assert not found.failures
    report = next(each for each in found.documents[0].locales if each.locale == locale)
    assert report.counts["new"] == 1
    assert titles(newsroom, locale)[0] == "theirs"
    assert len(titles(newsroom, locale)) == 4


def test_a_file_that_is_written_again_and_again_is_left_and_told_of(newsroom, monkeypatch):
    newsroom.write(TEXT)
    newsroom.sync()
    newsroom.write(ADDED)
    interrupted(newsroom, monkeypatch, "en", map("theirs {}".format, itertools.count()))
    (failure,) = extract(find_project(newsroom.root)).failures
    assert "a.po: another program keeps writing" in str(failure.error)
    assert titles(newsroom, "en")[0].startswith("theirs")
    assert len(titles(newsroom, "en")) == 3


def test_a_catalogue_that_appears_meanwhile_is_not_written_over(newsroom, monkeypatch):
    newsroom.write(TEXT)
    newsroom.sync()
    data = newsroom.po_path("en").read_bytes().replace(b'msgstr ""\n\n#.', b'msgstr "theirs"\n\n#.')
    newsroom.po_path("en").unlink()
    fsync = os.fsync

    def busy(descriptor: int) -> None:
        fsync(descriptor)
        if not newsroom.po_path("en").exists() and any(newsroom.po_path("en").parent.glob(".l10n-flow-*.tmp")):
            newsroom.po_path("en").write_bytes(data)

    monkeypatch.setattr(os, "fsync", busy)
    extract(find_project(newsroom.root))
    assert "theirs" in titles(newsroom, "en")


def test_a_read_only_catalogue_is_told_of_and_stays(newsroom):
    newsroom.write(TEXT)
    newsroom.sync()
    newsroom.write(ADDED)
    newsroom.write(TEXT, "b.txt")
    newsroom.po_path("en").chmod(0o444)
    ran = newsroom.run("extract")
    assert ran.code == 2
    assert "locales/en/LC_MESSAGES/a.po: is read-only; allow writing it" in ran.err
    assert len(titles(newsroom, "en")) == 3
    assert newsroom.po_path("en", "b").exists()


def test_a_document_named_as_the_build_folder_can_be_synced(newsroom):
    newsroom.write(TEXT, "build.txt")
    newsroom.write(TEXT, "l10n-flow.users.json.txt")
    newsroom.sync()
    assert newsroom.po_path("en", "build").exists()


def test_what_is_remembered_is_void_when_any_module_changes():
    assert {Path(each.__file__) for each in (model, pages, known)} <= {Path(name) for name in known.modules()}
