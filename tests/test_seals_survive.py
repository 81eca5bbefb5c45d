"""Seals and states after real programs had the file: GNU gettext, polib, the Translate Toolkit."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from entries import changed, comment_of
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Draft, Entry, Wanted, edit
from l10n_flow.inside import Inside
from l10n_flow.model import Key, State

if shutil.which("msgmerge") is None:
    pytest.skip("install GNU gettext: apt install gettext", allow_module_level=True)

APPROVED = "柳州是中國廣西壯族自治區的一座工業城市，以汽車、螺螄粉和紫荊花聞名於全國，每年春天吸引大量遊客。"
TWICE = "紫荊花在四月盛開。"
PLAIN, DRAFT, EDITED, JOINED, EMPTY = "第四句。", "草稿。", "改了。", "與上句合譯。", "未譯。"
IGNORED = "二○二六年。"
SOURCES = [APPROVED, TWICE, PLAIN, DRAFT, EDITED, JOINED, IGNORED, EMPTY]
LONG = "Liuzhou is an industrial city in the Guangxi Zhuang Autonomous Region of China, known across the country for cars, noodles and redbuds."


def english() -> po.Catalogue:
    texts = {
        APPROVED: LONG,
        TWICE: "Redbuds bloom\nin April.",
        PLAIN: "Fourth.",
        DRAFT: "Draft.",
        EDITED: "Old.",
        IGNORED: "2025.",
    }
    found, _ = po.merge(
        po.new_catalogue("en", "x", "2026-11-23 10:00+0000"), [Wanted(Key(None, s), ("paragraph",)) for s in SOURCES]
    )
    draft = Draft(found)
    for source, target in texts.items():
        change_entry(draft, source, lambda entry, target=target: entry._replace(msgstr=target))
    change_entry(draft, APPROVED, lambda entry: edit.approve(entry, "Ann on Avon", "2026-11-24"))
    for name in ("Ann", "陳大文"):
        change_entry(draft, TWICE, lambda entry, name=name: edit.approve(entry, name, "2026-11-24"))
    change_entry(draft, TWICE, lambda entry: edit.add_note(entry, "Ann", "2026-11-24", "is this: right?"))
    change_entry(draft, DRAFT, lambda entry: entry._replace(fuzzy=True))
    change_entry(draft, EDITED, lambda entry: edit.approve(entry, "Ann", "2026-11-24"))
    change_entry(draft, EDITED, lambda entry: entry._replace(fuzzy=True, previous=Key(None, "改過。")))
    change_entry(draft, JOINED, lambda entry: edit.join(entry, "Ann", "2026-11-24"))
    change_entry(draft, IGNORED, lambda entry: edit.ignore(entry, "number-mismatch", "corrected: by the author"))
    return draft.done()


def change_entry(draft: Draft, source: str, what: Callable[[Entry], Entry]) -> None:
    key = Key(None, source)
    draft.entries[key] = what(draft.entries[key])


def without_previous(found: po.Catalogue, source: str) -> po.Catalogue:
    """As programs leave it that take previous sources away."""
    return changed(found, lambda draft: change_entry(draft, source, lambda entry: entry._replace(previous=None)))


def template(*sources: str) -> po.Catalogue:
    return po.merge(po.new_catalogue("", "x", ""), [Wanted(Key(None, s), ("paragraph",)) for s in sources])[0]


def run(*command: str) -> Callable[[Path], None]:
    def program(folder: Path) -> None:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    return program


def save_with_polib(folder: Path) -> None:
    polib.pofile(str(folder / "a.po")).save()


def save_with_translate_toolkit(folder: Path) -> None:
    script = "from translate.storage import factory; s = factory.getobject('a.po'); s.units[1].target = s.units[1].target; s.save()"
    subprocess.run([sys.executable, "-c", script], cwd=folder, check=True, capture_output=True)


needs_toolkit = pytest.mark.skipif(
    importlib.util.find_spec("translate") is None, reason="install the Translate Toolkit: pip install translate-toolkit"
)
PROGRAMS = [
    pytest.param(run("msgmerge", "-q", "-U", "--backup=off", "a.po", "a.pot"), id="msgmerge"),
    pytest.param(run("msgmerge", "-q", "--previous", "-o", "a.po", "a.po", "a.pot"), id="msgmerge --previous"),
    pytest.param(run("msgmerge", "-q", "--no-wrap", "-o", "a.po", "a.po", "a.pot"), id="msgmerge --no-wrap"),
    pytest.param(run("msgcat", "-o", "a.po", "a.po"), id="msgcat"),
    pytest.param(run("msgcat", "--no-wrap", "--sort-output", "-o", "a.po", "a.po"), id="msgcat sorted"),
    pytest.param(run("msgattrib", "-o", "a.po", "a.po"), id="msgattrib"),
    pytest.param(save_with_polib, id="polib"),
    pytest.param(save_with_translate_toolkit, id="Translate Toolkit", marks=needs_toolkit),
]  # fmt: skip


def seen(found: po.Catalogue) -> dict[Key, tuple[object, ...]]:
    comments = {key: comment_of(entry) for key, entry in found.entries.items()}
    return {
        key: (each.target, each.state, each.joined, dict(each.ignores), each.previous, comments[key])
        for key, each in po.translations(found, derived=False).items()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    po.write(Inside.at(tmp_path / "a.po"), english())
    po.write(Inside.at(tmp_path / "a.pot"), template(*SOURCES))
    return tmp_path


def load(folder: Path, locale: str = "en") -> po.Catalogue:
    found = po.read(Inside.at(folder / "a.po"), locale)
    assert found is not None
    return found


@pytest.mark.parametrize("program", PROGRAMS)
def test_seals_and_states_survive(program, folder, request):
    if request.node.callspec.id in {"msgmerge", "msgmerge --no-wrap"}:  # without --previous it takes every #| away
        po.write(Inside.at(folder / "a.po"), without_previous(load(folder), EDITED))
    original = (folder / "a.po").read_bytes()
    before = seen(load(folder))
    states = [each[1] for each in before.values()]
    assert {state: states.count(state) for state in State} == {
        "untranslated": 1,
        "needs-editing": 2,
        "translated": 3,
        "approved": 2,
    }
    program(folder)
    assert seen(load(folder)) == before
    found, _ = po.merge(load(folder), [Wanted(Key(None, s), ("paragraph",)) for s in SOURCES])
    po.write(Inside.at(folder / "a.po"), found)
    assert (folder / "a.po").read_bytes() == original


def change(folder: Path, before: str, after: str) -> None:
    path = folder / "a.po"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("program", PROGRAMS)
def test_one_character_voids_one_approval(program, folder):
    change(folder, "Redbuds bloom", "Redbuds Bloom")
    program(folder)
    states = {key.source: each.state for key, each in po.translations(load(folder), derived=False).items()}
    assert (states[TWICE], states[APPROVED]) == (State.TRANSLATED, State.APPROVED)
    po.write(Inside.at(folder / "a.po"), load(folder))
    found = load(folder)
    assert comment_of(found.entries[Key(None, TWICE)]) == "l10n-flow: note by Ann on 2026-11-24: is this: right?"
    assert "approved" in comment_of(found.entries[Key(None, APPROVED)])


def test_one_character_changed_with_polib(folder):
    file = polib.pofile(str(folder / "a.po"))
    file.find(TWICE).msgstr = "Redbuds bloom\nin May."
    file.save()
    states = {key.source: each.state for key, each in po.translations(load(folder), derived=False).items()}
    assert (states[TWICE], states[APPROVED]) == (State.TRANSLATED, State.APPROVED)


@needs_toolkit
def test_one_character_changed_with_the_translate_toolkit(folder):
    script = "import sys; from translate.storage import factory; s = factory.getobject('a.po'); u = [u for u in s.units if u.source == sys.argv[1]][0]; u.target = 'Redbuds bloom\\nin May.'; s.save()"
    subprocess.run([sys.executable, "-c", script, TWICE], cwd=folder, check=True)
    states = {key.source: each.state for key, each in po.translations(load(folder), derived=False).items()}
    assert (states[TWICE], states[APPROVED]) == (State.TRANSLATED, State.APPROVED)


def test_marked_fuzzy_is_not_approved(folder):
    run("msgattrib", "--set-fuzzy", "-o", "a.po", "a.po")(folder)
    states = {key.source: each.state for key, each in po.translations(load(folder), derived=False).items()}
    # A unit without a target cannot be fuzzy: the joined one stays as it is.
    assert states.pop(JOINED) is State.TRANSLATED
    assert set(states.values()) == {State.UNTRANSLATED, State.NEEDS_EDITING}


@pytest.mark.parametrize("options", [(), ("--previous",)], ids=["plain", "--previous"])
def test_msgmerge_with_a_changed_template(options, folder):
    edited = APPROVED.replace("工業", "重工業")
    po.write(Inside.at(folder / "a.pot"), template(edited, *SOURCES[1:]))
    run("msgmerge", "-q", *options, "-o", "a.po", "a.po", "a.pot")(folder)
    found = po.translations(load(folder), derived=False)
    assert found[Key(None, edited)].state is State.NEEDS_EDITING
    assert found[Key(None, TWICE)].state is State.APPROVED
    text = po.dumps(load(folder))
    assert ("Ann on Avon" in text) is bool(options)  # it sleeps as long as the source it was given for is known


@pytest.mark.parametrize("options", [(), ("--previous",)], ids=["plain", "--previous"])
def test_machine_text_is_known_after_msgmerge(options, tmp_path):
    sources = [APPROVED, TWICE]
    found, _ = po.merge(po.new_catalogue("zh_Hans", "x", ""), [Wanted(Key(None, s), ()) for s in sources])
    draft = Draft(found)
    for source in sources:
        change_entry(
            draft, source, lambda entry: edit.set_converted(entry, entry.key.source.replace("東", "东"), "hk2s")
        )
    po.write(Inside.at(tmp_path / "a.po"), draft.done())
    po.write(Inside.at(tmp_path / "a.pot"), template(APPROVED.replace("工業", "重工業"), TWICE))
    run("msgmerge", "-q", *options, "-o", "a.po", "a.po", "a.pot")(tmp_path)
    merged = load(tmp_path, "zh_Hans")
    assert all(entry.is_machine for entry in merged.entries.values())
    assert [entry.fuzzy for entry in merged.entries.values()] == [True, False]
    entry = merged.entries[Key(None, TWICE)]
    assert not entry._replace(msgstr=entry.msgstr + "。").is_machine


def test_obsolete_seals_survive_and_come_back(folder):
    before = po.dumps(without_previous(load(folder), EDITED))  # polib loses #~|
    found, _ = po.merge(po.loads(before.encode(), folder, "en"), [Wanted(Key(None, EMPTY), ("paragraph",))])
    po.write(Inside.at(folder / "a.po"), replace(found, origin=None))
    original = (folder / "a.po").read_bytes()
    for program in (run("msgcat", "-o", "a.po", "a.po"), save_with_polib):
        program(folder)
        po.write(Inside.at(folder / "a.po"), load(folder))
        assert (folder / "a.po").read_bytes() == original
    back, _ = po.merge(load(folder), [Wanted(Key(None, s), ("paragraph",)) for s in SOURCES])
    assert po.dumps(back) == before
