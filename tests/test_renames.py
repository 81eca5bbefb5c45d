"""Renamed documents: each takes its own catalogues along, and no save is lost on the way."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Newsroom
from entries import edit_for
from l10n_flow import editing, files
from l10n_flow.editing import Action, Outcome, Status
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key
from l10n_flow.project import Project, find_project
from l10n_flow.review.saving.committer import Committer
from l10n_flow.work import renames
from l10n_flow.work.extract import extract
from l10n_flow.work.renames import Renamed

TITLE = "每日快訊\n\n"
BRIEF = f"{TITLE}今天天氣很好。\n"


def long(name: str, sentences: int = 4) -> str:
    return TITLE + "".join(f"{name}的第{number}句話在這裏。" for number in range(sentences)) + "\n"


def translate_all(room: Newsroom, name: str) -> None:
    def fill(draft) -> None:
        for number, (key, entry) in enumerate(draft.entries.items()):
            draft.entries[key] = entry._replace(msgstr=f"{name} {number}.")

    room.edit("en", fill, name)


def texts(room: Newsroom, name: str) -> list[str]:
    return [entry.msgstr for entry in room.catalogue("en", name).entries.values()]


def rename(room: Newsroom, old: str, new: str) -> None:
    room.source(f"{old}.txt").rename(room.source(f"{new}.txt"))


def begin(room: Newsroom, **articles: str) -> Project:
    for name, text in articles.items():
        room.write(text, f"{name}.txt")
    project = find_project(room.root)
    extract(project)
    for name in articles:
        translate_all(room, name)
    return project


def test_a_brief_that_is_gone_does_not_take_over_an_article_by_its_title(newsroom):
    project = begin(newsroom, a=BRIEF, b=long("長文"))
    newsroom.source("a.txt").unlink()
    rename(newsroom, "b", "c")
    found = extract(project, prune=True)
    assert (found.renamed, found.orphans) == ((Renamed("b", "c"),), ("a",))
    assert texts(newsroom, "c") == [f"b {number}." for number in range(5)]
    assert not newsroom.po_path("en", "a").exists()


def test_a_new_article_does_not_take_over_a_brief_by_its_title(newsroom):
    project = begin(newsroom, a=BRIEF)
    newsroom.source("a.txt").unlink()
    newsroom.write(long("新文"), "c.txt")
    found = extract(project)
    assert (found.renamed, found.orphans) == ((), ("a",))
    assert texts(newsroom, "a") == ["a 0.", "a 1."]
    assert texts(newsroom, "c") == [""] * 5


@pytest.mark.parametrize("order", list(itertools.permutations("xyz")), ids="".join)
def test_best_pairs_come_first_whatever_the_names(newsroom, order):
    shared = "".join(f"各篇都有的第{number}句話。" for number in range(5))
    articles = {name: f"{TITLE}{shared}{name}自己的話。\n" for name in "abc"}
    project = begin(newsroom, **articles)
    for old, new in zip("abc", order, strict=True):
        rename(newsroom, old, new)
    assert set(extract(project).renamed) == {Renamed(*pair) for pair in zip("abc", order, strict=True)}


@pytest.mark.parametrize(("kept", "found"), [(3, True), (1, False)])
def test_half_of_the_text_tells(newsroom, kept, found):
    project = begin(newsroom, a=long("文章"))
    newsroom.source("a.txt").unlink()
    sentences = long("文章").split("。")[:kept] + [f"全新的第{number}句話在這" for number in range(4 - kept)]
    newsroom.write("。".join(sentences) + "。\n", "c.txt")
    assert bool(extract(project).renamed) is found


KEYS = st.frozensets(st.sampled_from([Key(None, f"這是第{number}句。") for number in range(8)]), min_size=1)


@given(st.lists(KEYS, max_size=6), st.lists(KEYS, max_size=4), st.randoms())
def test_an_unchanged_document_is_always_found_again(documents, others, random):
    before = {f"old{number}": keys for number, keys in enumerate([*documents, *others])}
    after = {f"new{number}": keys for number, keys in enumerate(random.sample(documents, len(documents)))}
    taken: set[str] = set()
    same = 0
    for old, new in renames._pairs(before, after):
        if not taken & {old, new}:
            taken |= {old, new}
            same += before[old] == after[new]
    assert same == len(documents)


def test_documents_that_all_have_one_byline_are_not_all_compared(monkeypatch):
    number = 300
    byline = Key(None, "記者 陳大文")
    before = {f"old{n}": {byline, Key(None, f"第{n}句。")} for n in range(number)}
    after = {f"new{n}": keys for n, keys in enumerate(before.values())}
    compared = []
    share = renames._share
    monkeypatch.setattr(renames, "_share", lambda *pair: (compared.append(pair), share(*pair))[1])
    assert {(f"old{n}", f"new{n}") for n in range(number)} <= set(renames._pairs(before, after))
    assert len(compared) <= number * (renames._OWNERS + 1)


# Files that are there, and files that are not ----------------------------------------------------------------------


def test_without_templates_a_renamed_document_is_known_by_its_catalogues(newsroom):
    project = begin(newsroom, a=long("文章"))
    newsroom.edit("en", seal)
    (newsroom.root / "locales/a.pot").unlink()
    rename(newsroom, "a", "c")
    assert extract(project).renamed == (Renamed("a", "c"),)
    assert texts(newsroom, "c") == [f"a {number}." for number in range(5)]


def seal(draft) -> None:
    from l10n_flow.catalogue import edit  # noqa: PLC0415

    draft.entries.update({key: edit.approve(entry, "Ann", "2026-11-24") for key, entry in draft.entries.items()})


def test_catalogues_with_work_in_them_are_told_of_and_those_of_others_are_not(newsroom):
    project = begin(newsroom, a=long("文章"))
    newsroom.edit("en", seal)
    stray, foreign = newsroom.po_path("en", "stray"), newsroom.po_path("en", "messages")
    stray.write_bytes(newsroom.po_path("en").read_bytes())
    foreign.write_text('msgid "File"\nmsgstr "Datei"\n', "utf-8")
    assert extract(project).orphans == ("stray",)
    extract(project, prune=True)
    assert (stray.exists(), foreign.exists()) == (False, True)


def test_nothing_is_moved_over_a_catalogue_that_is_there(newsroom):
    project = begin(newsroom, a=long("文章"))
    there = newsroom.po_path("en").read_bytes().replace(b"a 0.", b"there")
    newsroom.po_path("en", "c").write_bytes(there)
    rename(newsroom, "a", "c")
    found = extract(project)
    assert (found.renamed, found.orphans) == ((), ("a",))
    assert (texts(newsroom, "a")[0], texts(newsroom, "c")[0]) == ("a 0.", "there")


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_move_that_was_cut_short_goes_on(newsroom, monkeypatch, moved):
    project = begin(newsroom, a=long("文章"))
    rename(newsroom, "a", "c")
    real, moves = files.move, []

    def killed(old: Path, new: Path) -> None:
        if len(moves) == moved:
            raise KeyboardInterrupt
        moves.append(real(old, new))

    with monkeypatch.context() as patch:
        patch.setattr(files, "move", killed)
        with pytest.raises(KeyboardInterrupt):
            extract(project)
    assert extract(project).renamed == (Renamed("a", "c"),)
    assert texts(newsroom, "c") == [f"a {number}." for number in range(5)]
    assert not list(newsroom.root.glob("locales/**/a.po*"))


# People who save meanwhile -----------------------------------------------------------------------------------------


@pytest.fixture
def moving(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sequence[threading.Thread]]:
    """A run that finds a document renamed, at the moment at which a save has all but replaced its file."""
    project, runs = begin(newsroom, a=long("文章")), []
    fsync = files.os.fsync

    def during_a_save(descriptor: int) -> None:
        monkeypatch.setattr(files.os, "fsync", fsync)
        fsync(descriptor)
        rename(newsroom, "a", "c")
        runs.append(threading.Thread(target=extract, args=(project,)))
        runs[0].start()
        runs[0].join(0.5)

    monkeypatch.setattr(files.os, "fsync", during_a_save)
    yield runs
    assert not runs[0].is_alive()


def save(newsroom: Newsroom, committer: Committer, name: str, text: str, base: str = "") -> Outcome:
    key, view = next(iter(editing.views(newsroom.catalogue("en", base or "a"), derived=False).items()))
    edit = edit_for(name, "en", key.digest, Action.SAVE, "Ann", "2026-11-24", view.version, text)
    return committer.submit(edit)


def test_what_is_saved_while_its_document_moves_moves_along(newsroom, moving):
    committer = Committer(find_project(newsroom.root))
    assert save(newsroom, committer, "a", "saved").status is Status.SAVED
    moving[0].join(60)
    assert texts(newsroom, "c")[0] == "saved"
    assert not newsroom.po_path("en", "a").exists()


def test_a_save_to_the_old_name_is_refused_and_makes_no_file(newsroom):
    project = begin(newsroom, a=long("文章"))
    committer = Committer(project)
    assert save(newsroom, committer, "a", "first").status is Status.SAVED
    rename(newsroom, "a", "c")
    assert extract(project).renamed
    assert save(newsroom, committer, "a", "second", base="c").status is Status.GONE
    assert not newsroom.po_path("en", "a").exists()
    assert save(newsroom, committer, "c", "second", base="c").status is Status.SAVED
    assert texts(newsroom, "c")[0] == "second"


@pytest.mark.parametrize(("gone", "held"), [(False, "a"), (False, "c"), (True, "a")])
def test_nothing_moves_or_is_pruned_while_a_document_is_written(newsroom, monkeypatch, gone, held):
    project = begin(newsroom, a=long("文章"))
    newsroom.source().unlink() if gone else rename(newsroom, "a", "c")
    before = newsroom.tree("locales")
    monkeypatch.setattr(files, "_LOCK_SECONDS", 0.1)
    with files.lock(project.root, "document", held), pytest.raises(L10nFlowError, match=f"writing {held}"):
        extract(project, prune=True)
    assert newsroom.tree("locales") == before
