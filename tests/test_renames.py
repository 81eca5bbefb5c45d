"""Renamed documents: each takes its own catalogues along, and no save is lost on the way."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Newsroom
from entries import edit_for
from l10n_flow import editing, files, locks
from l10n_flow.catalogue import edit, states
from l10n_flow.editing import Action, Outcome, Status
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.model import Key
from l10n_flow.project import Project, find_project
from l10n_flow.review.saving.committer import Committer
from l10n_flow.work import assignment, relocation, renames
from l10n_flow.work.extract import extract
from l10n_flow.work.renames import MovedSection, Renamed
from l10n_flow.work.sync import sync

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
    assert (found.moved.renamed, found.moved.orphans) == ((Renamed("b", "c"),), ("a",))
    assert texts(newsroom, "c") == [f"b {number}." for number in range(5)]
    assert not newsroom.po_path("en", "a").exists()


def test_a_new_article_does_not_take_over_a_brief_by_its_title(newsroom):
    project = begin(newsroom, a=BRIEF)
    newsroom.source("a.txt").unlink()
    newsroom.write(long("新文"), "c.txt")
    found = extract(project)
    assert (found.moved.renamed, found.moved.orphans) == ((), ("a",))
    assert texts(newsroom, "a") == ["a 0.", "a 1."]
    assert texts(newsroom, "c") == [""] * 5


@pytest.mark.parametrize("order", list(itertools.permutations("xyz")), ids="".join)
def test_best_pairs_come_first_whatever_the_names(newsroom, order):
    shared = "".join(f"各篇都有的第{number}句話。" for number in range(5))
    articles = {name: f"{TITLE}{shared}{name}自己的話。\n" for name in "abc"}
    project = begin(newsroom, **articles)
    for old, new in zip("abc", order, strict=True):
        rename(newsroom, old, new)
    assert set(extract(project).moved.renamed) == {Renamed(*pair) for pair in zip("abc", order, strict=True)}


@pytest.mark.parametrize(("kept", "found"), [(3, True), (1, False)])
def test_half_of_the_text_tells(newsroom, kept, found):
    project = begin(newsroom, a=long("文章"))
    newsroom.source("a.txt").unlink()
    sentences = long("文章").split("。")[:kept] + [f"全新的第{number}句話在這" for number in range(4 - kept)]
    newsroom.write("。".join(sentences) + "。\n", "c.txt")
    assert bool(extract(project).moved.renamed) is found


KEYS = st.frozensets(st.sampled_from([Key(None, f"這是第{number}句。") for number in range(8)]), min_size=1)


@given(st.lists(KEYS, max_size=6), st.lists(KEYS, max_size=4), st.randoms())
def test_an_unchanged_document_is_always_found_again(documents, others, random):
    before = {f"old{number}": keys for number, keys in enumerate([*documents, *others])}
    after = {f"new{number}": keys for number, keys in enumerate(random.sample(documents, len(documents)))}
    taken: set[str] = set()
    same = 0
    for old, new in assignment._pairs(before, after):
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
    share = assignment._share
    monkeypatch.setattr(assignment, "_share", lambda *pair: (compared.append(pair), share(*pair))[1])
    assert {(f"old{n}", f"new{n}") for n in range(number)} <= set(assignment._pairs(before, after))
    assert len(compared) <= number * (assignment._OWNERS + 1)


# Files that are there, and files that are not ----------------------------------------------------------------------


def test_without_templates_a_renamed_document_is_known_by_its_catalogues(newsroom):
    project = begin(newsroom, a=long("文章"))
    newsroom.edit("en", seal)
    (newsroom.root / "locales/a.pot").unlink()
    rename(newsroom, "a", "c")
    assert extract(project).moved.renamed == (Renamed("a", "c"),)
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
    assert extract(project).moved.orphans == ("stray",)
    extract(project, prune=True)
    assert (stray.exists(), foreign.exists()) == (False, True)


def test_nothing_is_moved_over_a_catalogue_that_is_there(newsroom):
    project = begin(newsroom, a=long("文章"))
    there = newsroom.po_path("en").read_bytes().replace(b"a 0.", b"there")
    newsroom.po_path("en", "c").write_bytes(there)
    rename(newsroom, "a", "c")
    found = extract(project)
    assert (found.moved.renamed, found.moved.orphans) == ((), ("a",))
    assert (texts(newsroom, "a")[0], texts(newsroom, "c")[0]) == ("a 0.", "there")


# Names that are exchanged ------------------------------------------------------------------------------------------


def texts_of(room: Newsroom) -> dict[str, list[str]]:
    return {path.stem: texts(room, path.stem) for path in sorted(room.po_path("en").parent.glob("*.po"))}


def seals_of(room: Newsroom) -> dict[str, list[str]]:
    """What bears an approval in force, by document."""
    return {
        name: [e.msgstr for e in room.catalogue("en", name).entries.values() if states.valid_seals(e)]
        for name in texts_of(room)
    }


def rearrange(room: Newsroom, names: dict[str, str]) -> None:
    """Give sources other names, all at once."""
    contents = {new: room.source(f"{old}.txt").read_bytes() for old, new in names.items()}
    for old in names:
        room.source(f"{old}.txt").unlink()
    for new, data in contents.items():
        room.source(f"{new}.txt").write_bytes(data)


ARTICLES = {name: long(f"{name}文章") for name in "abc"}
EXCHANGES = {
    "two swapped": {"a": "b", "b": "a"},
    "a cycle": {"a": "b", "b": "c", "c": "a"},
    "a chain": {"a": "b", "b": "c", "c": "d"},
    "a swap and a new name": {"a": "b", "b": "a", "c": "d"},
}


@pytest.mark.parametrize("names", EXCHANGES.values(), ids=EXCHANGES)
@pytest.mark.parametrize("run", ["extract", "sync"])
def test_catalogues_follow_their_text_whatever_names_are_exchanged(newsroom, names, run):
    project = begin(newsroom, **ARTICLES)
    for name in "abc":
        newsroom.edit("en", seal, name)
    newsroom.sync()
    before = {name: newsroom.po_path("en", name).read_bytes() for name in "abc"}
    rearrange(newsroom, names)
    found = extract(project) if run == "extract" else sync(project).updates
    assert set(found.moved.renamed) == {Renamed(*pair) for pair in names.items()}
    for old, new in names.items():
        assert texts(newsroom, new) == [f"{old} {number}." for number in range(5)]
        assert newsroom.po_path("en", new).read_bytes() == before[old]
    again = newsroom.tree("locales")
    rearrange(newsroom, {new: old for old, new in names.items()})
    extract(project)
    assert {name: newsroom.po_path("en", name).read_bytes() for name in "abc"} == before
    assert set(texts_of(newsroom)) == set("abc")
    assert len(again) >= 9


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_long_book_is_renumbered_with_few_open_files(newsroom):
    number = 80
    for n in range(number):
        newsroom.write(f"第{n}章的開頭一句話。第{n}章的最後一句話。\n", f"{n:03}.txt")
    newsroom.sync()
    newsroom.translate({"第0章的開頭一句話。": "First."}, name="000")
    rearrange(newsroom, {f"{n:03}": f"{n + 1:03}" for n in range(number)})
    few = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (64, 512))"
    code = f"{few}; from l10n_flow.cli.running import main; main(['sync'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=newsroom.root, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert texts(newsroom, "001") == ["First.", ""]


def test_chapters_that_are_renumbered(newsroom):
    """A new first chapter: what had its name is the second now, also when its number is in its title."""
    chapters = {f"0{n}": f"第{'一二三'[n - 1]}章\n\n" + long(f"內容{n}").removeprefix(TITLE) for n in (1, 2)}
    project = begin(newsroom, **chapters)
    for name in chapters:
        newsroom.edit("en", seal, name)
    newsroom.write(chapters["02"].replace("第二章", "第三章"), "03.txt")
    newsroom.write(chapters["01"].replace("第一章", "第二章"), "02.txt")
    newsroom.write("第一章\n\n全新的開頭一句話。\n", "01.txt")
    found = extract(project).moved
    assert (found.renamed, found.aside, found.orphans) == ((Renamed("01", "02"), Renamed("02", "03")), (), ())
    assert texts(newsroom, "01") == ["01 0.", ""]
    assert texts(newsroom, "02") == ["02 0."] + [f"01 {number}." for number in range(1, 5)]
    assert texts(newsroom, "03")[1:] == [f"02 {number}." for number in range(1, 5)]
    assert newsroom.catalogue("en", "03").entries[Key(None, "第三章")].fuzzy
    assert seals_of(newsroom)["02"] == texts(newsroom, "02")


def test_a_document_that_takes_the_name_of_one_that_is_gone(newsroom):
    project = begin(newsroom, a=ARTICLES["a"], b=ARTICLES["b"])
    rename(newsroom, "b", "a")
    found = extract(project).moved
    assert (found.renamed, found.aside) == ((Renamed("b", "a"),), (Renamed("a", "a.gone"),))
    assert found.orphans == ("a.gone",)
    assert texts_of(newsroom) == {"a": [f"b {n}." for n in range(5)], "a.gone": [f"a {n}." for n in range(5)]}
    # It is found again when its text is.
    newsroom.write(ARTICLES["a"], "z.txt")
    assert extract(project).moved.renamed == (Renamed("a.gone", "z"),)
    assert texts(newsroom, "z") == [f"a {n}." for n in range(5)]


def test_nothing_is_put_aside_that_is_nobodys_work(newsroom):
    project = begin(newsroom, b=ARTICLES["b"])
    newsroom.write(ARTICLES["a"])
    extract(project)
    rename(newsroom, "b", "a")
    found = extract(project).moved
    assert (found.renamed, found.aside, found.orphans) == ((Renamed("b", "a"),), (), ())
    assert not list(newsroom.root.glob("locales/**/*gone*"))


@pytest.mark.parametrize("edited", [False, True])
def test_a_document_that_is_copied_loses_nothing(newsroom, edited):
    project = begin(newsroom, a=ARTICLES["a"])
    newsroom.edit("en", seal)
    newsroom.write(ARTICLES["a"], "b.txt")
    if edited:  # all but its first sentences
        newsroom.write(
            ARTICLES["a"].split("的第1句")[0] + "，以下全部重新寫過，與從前沒有任何關係，一句話也沒有留下。\n"
        )
    extract(project)
    kept = texts(newsroom, "a")
    assert kept[:2] == ["a 0.", "a 1."]
    assert {*kept, *texts(newsroom, "b")} >= ({"a 0.", "a 1."} if edited else {f"a {n}." for n in range(5)})


@pytest.mark.parametrize("names", [{"a": "c"}, *EXCHANGES.values()], ids=["a new name", *EXCHANGES])
def test_a_move_that_is_killed_at_any_step_is_repaired(newsroom, monkeypatch, names):
    """Each step is a renaming of a file; before, between and after all of them every text is somewhere."""
    articles = {name: ARTICLES[name] for name in names}
    project = begin(newsroom, **articles)
    for name in articles:
        newsroom.edit("en", seal, name)
    extract(project)
    before = newsroom.tree("locales", "source")
    want = {new: newsroom.po_path("en", old).read_bytes() for old, new in names.items()}
    rearrange(newsroom, names)
    moved = newsroom.tree("source")
    real, steps = files.move, 0

    for last in itertools.count():
        for path in [*newsroom.root.glob("locales/**/*"), *newsroom.root.glob("source/*")]:
            if path.is_file():
                path.unlink()
        for name, data in {**{n: d for n, d in before.items() if n.startswith("locales")}, **moved}.items():
            (newsroom.root / name).write_bytes(data)
        steps = 0

        def killed(old: Inside, new: Inside, last: int = last) -> None:
            nonlocal steps
            if steps == last:
                raise KeyboardInterrupt
            steps += 1
            real(old, new)

        with monkeypatch.context() as patch:
            patch.setattr(files, "move", killed)
            try:
                extract(project)
                break
            except KeyboardInterrupt:
                pass
        left = b"".join(newsroom.tree("locales").values())
        assert all(f'"{old} {n}."'.encode() in left for old in names for n in range(5))
        extract(project)
        assert {new: newsroom.po_path("en", new).read_bytes() for new in names.values()} == want, last
        assert set(texts_of(newsroom)) == set(names.values())
        assert not (newsroom.root / "locales" / relocation.FOLDER).exists()
    assert last == 2 * 3 * len(names) + 1


def test_what_came_into_the_place_of_a_file_that_waits_stays(newsroom, monkeypatch):
    project = begin(newsroom, a=ARTICLES["a"])
    rename(newsroom, "a", "c")
    real = files.move

    def killed(old: Inside, new: Inside) -> None:
        if new.name == "c.po":
            raise KeyboardInterrupt
        real(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(files, "move", killed)
        with pytest.raises(KeyboardInterrupt):
            extract(project)
    newsroom.po_path("en", "c").write_text('msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "x"\nmsgstr "theirs"\n')
    extract(project)
    written = b"".join(newsroom.tree("locales").values())
    assert all(text in written for text in (b'"theirs"', b'"a 0."', b'"a 4."'))


def test_a_damaged_plan_is_named(newsroom):
    begin(newsroom, a=ARTICLES["a"])
    folder = newsroom.root / "locales" / relocation.FOLDER
    folder.mkdir()
    for text in ("{", '{"documents": {}, "files": [["source/a.txt", "locales/a.pot"]]}', '{"files": 1}'):
        (folder / "arriving.json").write_text(text)
        ran = newsroom.run("sync")
        assert (ran.code, "arriving.json: is damaged" in ran.err) == (2, True)
    assert newsroom.source().exists()


# Sections ----------------------------------------------------------------------------------------------------------

SECTION = "".join(f"要搬走的第{number}句話就是這個樣子。" for number in range(3))


def with_section(name: str, section: str = "\n" + SECTION + "\n") -> str:
    return ARTICLES[name] + section


@pytest.mark.parametrize("which", range(6))
def test_a_read_that_fails_once_costs_no_translation(newsroom, monkeypatch, which):
    """A network drive fails for a moment: what is passed over then would move in no later run."""
    project = begin(newsroom, a=with_section("a"), b=ARTICLES["b"])
    newsroom.write(ARTICLES["a"], "a.txt")
    newsroom.write(with_section("b"), "b.txt")
    reads = itertools.count()
    whole = files.read_optional

    def once(path: Inside) -> bytes | None:
        if path.name.endswith((".po", ".pot", ".txt")) and next(reads) == which:
            raise L10nFlowError("cannot be read: Input/output error", path=path.plain)
        return whole(path)

    monkeypatch.setattr(files, "read_optional", once)
    try:
        found = extract(project).moved.sections
    except L10nFlowError:  # the run stops, and the next one does it
        found = extract(project).moved.sections
    assert found == (MovedSection("a", "b", 3),)


@pytest.mark.parametrize("there", [True, False], ids=["to a document that is there", "to a new one"])
def test_a_section_takes_its_translations_along(newsroom, there):
    begun = {"a": with_section("a"), **({"b": ARTICLES["b"]} if there else {})}
    project = begin(newsroom, **begun)
    newsroom.edit("en", seal)
    newsroom.edit_unit("en", lambda e: edit.add_note(e, "Ann", "2026-11-24", "so?"), "要搬走的第1句話就是這個樣子。")
    before = newsroom.catalogue("en")
    moved = SECTION.replace("第2句話就是", "第2句話正是")
    newsroom.write(ARTICLES["a"])
    newsroom.write((ARTICLES["b"] if there else "另一篇\n") + "\n" + moved + "\n", "b.txt")
    found = extract(project).moved
    assert found.sections == (MovedSection("a", "b", 3),)
    assert not found.renamed
    after = newsroom.catalogue("en", "b").entries
    for source in SECTION.split("。")[:2]:
        key = Key(None, f"{source}。")
        assert after[key].says(before.entries[key])
    changed = after[Key(None, "要搬走的第2句話正是這個樣子。")]
    assert (changed.fuzzy, changed.msgstr, changed.previous) == (
        True,
        "a 7.",
        Key(None, "要搬走的第2句話就是這個樣子。"),
    )
    again = newsroom.tree("locales")
    assert not extract(project).moved.sections
    assert newsroom.tree("locales") == again
    # And back: all is as it was.
    newsroom.write(begun["a"])
    newsroom.write(begun.get("b", "另一篇\n"), "b.txt")
    extract(project)
    assert all(entry.says(newsroom.catalogue("en").entries[key]) for key, entry in before.entries.items())


def test_a_translation_that_the_other_document_has_is_not_replaced(newsroom):
    project = begin(newsroom, a=with_section("a"), b=with_section("b"))
    newsroom.write(ARTICLES["b"], "b.txt")
    extract(project)  # the section is obsolete there
    newsroom.write(ARTICLES["a"])
    newsroom.write(with_section("b"), "b.txt")
    assert not extract(project).moved.sections
    assert texts(newsroom, "b")[5:] == ["b 5.", "b 6.", "b 7."]
    assert {entry.msgstr for entry in newsroom.catalogue("en").obsolete.values()} == {"a 5.", "a 6.", "a 7."}


def test_a_document_that_is_taken_into_another(newsroom):
    project = begin(newsroom, a=ARTICLES["a"], b=ARTICLES["b"] + long("乙", 9).removeprefix(TITLE))
    newsroom.edit("en", seal)
    whole = newsroom.source("b.txt").read_text() + "\n" + ARTICLES["a"].removeprefix(TITLE)
    newsroom.source().unlink()
    newsroom.write(whole, "b.txt")
    found = extract(project).moved
    assert (found.sections, found.orphans) == ((MovedSection("a", "b", 4),), ("a",))
    assert seals_of(newsroom)["b"] == [f"a {n}." for n in range(1, 5)]


def test_the_run_says_what_went_where(newsroom):
    begin(newsroom, a=with_section("a"), b=ARTICLES["b"], c=ARTICLES["c"])
    newsroom.write(ARTICLES["a"])
    newsroom.write(with_section("b"), "d.txt")
    rename(newsroom, "c", "b")
    ran = newsroom.run("sync")
    assert "b is now d: its catalogues and seals moved along" in ran.err
    assert "c is now b" in ran.err
    assert "a → d: 3 units went over, with translations and seals" in ran.err


def test_a_run_without_a_change_reads_no_template(newsroom, monkeypatch):
    begin(newsroom, **ARTICLES)
    newsroom.sync()
    read = []
    monkeypatch.setattr(renames.po, "read", lambda path, _: read.append(path))
    newsroom.sync()
    newsroom.write(ARTICLES["a"] + "\n新的一句。\n")
    newsroom.sync()
    assert [path.shown for path in read] == ["locales/a.pot"] + [
        f"locales/{locale}/LC_MESSAGES/a.po" for locale in ("zh_Hans", "en")
    ]


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
    assert extract(project).moved.renamed
    assert save(newsroom, committer, "a", "second", base="c").status is Status.GONE
    assert not newsroom.po_path("en", "a").exists()
    assert save(newsroom, committer, "c", "second", base="c").status is Status.SAVED
    assert texts(newsroom, "c")[0] == "second"


@pytest.mark.parametrize(("gone", "held"), [(False, "a"), (False, "c"), (True, "a")])
def test_nothing_moves_or_is_pruned_while_a_document_is_written(newsroom, monkeypatch, gone, held):
    project = begin(newsroom, a=long("文章"))
    newsroom.source().unlink() if gone else rename(newsroom, "a", "c")
    before = newsroom.tree("locales")
    monkeypatch.setattr(locks, "_SECONDS", 0.1)
    with locks.hold(project.root, "document", held), pytest.raises(L10nFlowError, match=f"writing {held}"):
        extract(project, prune=True)
    assert newsroom.tree("locales") == before


# A run that was killed in the middle of a move, and another command after it -----------------------------------------


def killed_in_the_middle(room: Newsroom, patch: pytest.MonkeyPatch) -> None:
    """Two documents exchange their names, and the run dies when all catalogues have left and none has arrived."""
    config = room.root / "l10n-flow.toml"
    config.write_text(f'{config.read_text()}\n[checks]\nselect = ["untranslated"]\n')
    for name in ("a", "b"):
        room.edit("en", seal, name)
    room.sync()
    rearrange(room, {"a": "b", "b": "a"})
    real = relocation.finish

    def killed(project: Project, plan: relocation.Relocation) -> None:
        raise KeyboardInterrupt

    patch.setattr(relocation, "finish", killed)
    with pytest.raises(KeyboardInterrupt):
        extract(find_project(room.root))
    patch.setattr(relocation, "finish", real)
    assert not room.po_path("en", "a").exists()
    (room.root / "locales" / relocation.FOLDER / ".l10n-flow-1-0-0.tmp").touch()  # what it was writing


@pytest.mark.parametrize(
    "command",
    [
        ["build", "--locale", "en"],
        ["check"],
        ["status", "--fail-under", "en=100"],
        ["status", "--todo", "--locale", "en"],
        ["approve", "a", "--locale", "en", "--by", "Ann"],
        ["history", "a", "--locale", "en"],
    ],
    ids=" ".join,
)
def test_every_command_first_repairs_a_move_that_was_killed(newsroom, monkeypatch, command):
    begin(newsroom, **{name: ARTICLES[name] for name in "ab"})
    with monkeypatch.context() as patch:
        killed_in_the_middle(newsroom, patch)
    ran = newsroom.run(*command)
    assert ran.code == 0, ran
    assert not (newsroom.root / "locales" / relocation.FOLDER).exists()
    assert texts(newsroom, "a") == [f"b {number}." for number in range(5)]


def test_no_release_takes_the_source_for_a_translation_that_waits(newsroom, monkeypatch):
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text().replace("[locale.en]", '[locale.en]\nmissing = "source"'))
    begin(newsroom, **{name: ARTICLES[name] for name in "ab"})
    with monkeypatch.context() as patch:
        killed_in_the_middle(newsroom, patch)
    assert newsroom.run("build").code == 0
    assert "b 1." in (newsroom.root / "build/en/a.txt").read_text()
