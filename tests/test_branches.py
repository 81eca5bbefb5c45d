"""Branches in real git: the driver, what it leaves, and settling that."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from conftest import EPOCH, Newsroom
from l10n_flow.work.records import merged_records

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git: apt-get install git")

ARTICLE = "標題一\n\n第一句。第二句。\n\n第三句。\n"
CATALOGUE = "locales/en/LC_MESSAGES/a.po"
OPEN = '"First." · "The first."'


def git(room: Newsroom, *arguments: str, code: int = 0) -> str:
    """Run git, which may not look at the settings of whoever runs the tests."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    person = {
        f"GIT_{who}_{what}": f"Ann{'@example.hk' * (what == 'EMAIL')}"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(
        ["git", *arguments],
        cwd=room.root,
        env={**env, **person, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, (done.stdout, done.stderr)
    return done.stdout + done.stderr


@pytest.fixture
def team(newsroom: Newsroom) -> Newsroom:
    """A project in a repository with the driver, on its main branch."""
    newsroom.write(ARTICLE)
    newsroom.sync()
    git(newsroom, "init", "-q", "-b", "main")
    (newsroom.root / ".gitignore").write_text("/preview/\n/.l10n-flow/\n", "utf-8")
    assert newsroom.run("init", "--git").code == 0
    commit(newsroom, "base")
    return newsroom


def commit(room: Newsroom, message: str) -> None:
    git(room, "add", "-A")
    git(room, "commit", "-q", "-m", message)


def branches(room: Newsroom, one: dict[str, str], two: dict[str, str]) -> None:
    """Two branches that translate; ``two`` is checked out."""
    for name, texts in (("one", one), ("two", two)):
        git(room, "checkout", "-q", "-b", name, "main")
        room.translate(texts)
        commit(room, name)


def targets(room: Newsroom) -> dict[str, str]:
    return {key.source: entry.msgstr for key, entry in room.catalogue("en").entries.items()}


def test_what_conflicted_in_git_alone_is_quiet(team: Newsroom) -> None:
    for name, unit, by in (("one", "標題一", "Ann"), ("two", "第三句。", "Bob")):
        git(team, "checkout", "-q", "-b", name, "main")
        team.translate({unit: f"by {by}"})
        path = team.po_path("en")
        path.write_text(
            path.read_text("utf-8").replace("PO-Revision-Date: ", f"PO-Revision-Date: 20{len(by)}"), "utf-8"
        )
        assert team.run("approve", "a", "--locale", "en", "--by", by).code == 0
        commit(team, name)
    git(team, "merge", "one")
    assert targets(team) == {"標題一": "by Ann", "第一句。": "", "第二句。": "", "第三句。": "by Bob"}
    assert team.run("status", "--locale", "en", "--format", "json").out.count('"approved": 2') == 1
    git(team, "checkout", "-q", "-b", "three", "main")
    team.translate({"標題一": "by Ann"})
    assert team.run("approve", "a", "--locale", "en", "--by", "Cy").code == 0
    commit(team, "three")
    git(team, "merge", "one")
    assert {seal.name for seal in team.catalogue("en").entries[next(iter(team.catalogue("en").entries))].seals} == {
        "Ann",
        "Cy",
    }


@pytest.fixture
def torn(team: Newsroom) -> Newsroom:
    """A merge with two texts for one unit."""
    branches(team, {"標題一": "Title", "第一句。": "First."}, {"第一句。": "The first.", "第二句。": "Second."})
    said = git(team, "merge", "one", code=1)
    assert f"CONFLICT (content): Merge conflict in {CATALOGUE}" in said
    assert f"1 unit to choose in {CATALOGUE}" in said
    return team


def test_two_texts_stand_beside_the_entry_and_somebody_chooses(torn: Newsroom) -> None:
    assert f"UU {CATALOGUE}" in git(torn, "status", "--short")
    assert targets(torn) == {"標題一": "Title", "第一句。": "The first.", "第二句。": "Second.", "第三句。": ""}
    listed = torn.run("resolve", "--format", "json")
    assert listed.code == 1
    (one,) = json.loads(listed.out)
    assert [each["text"] for each in one["texts"]] == ["First.", "The first."]
    assert "  1: First.\n  2: The first.\n" in torn.run("resolve").out
    assert "1 unit with the texts of two branches" in torn.run("status").err
    torn.sync()
    assert "1 unit with the texts of two branches" in torn.run("status", "a").err
    done = torn.run("resolve", one["id"][:8], "--locale", "en", "--take", "1", "--by", "Cy")
    assert (done.code, targets(torn)["第一句。"]) == (0, "First.")
    assert torn.run("resolve").out == "nothing waits for a choice\n"
    versions = json.loads(torn.run("history", "a", one["id"][:8], "--locale", "en", "--format", "json").out)
    assert json.dumps(versions).count('"resolve"') == 1
    commit(torn, "merged")
    torn.sync()
    assert git(torn, "status", "--short") == ""


@pytest.mark.parametrize("missing", ["fail", "source", "omit", "mark"])
def test_nothing_is_released_while_a_choice_is_open(torn: Newsroom, missing: str) -> None:
    config = torn.root / "l10n-flow.toml"
    config.write_text(
        config.read_text("utf-8").replace("[locale.en]", f'[locale.en]\nfail-under = 0\nmissing = "{missing}"'), "utf-8"
    )
    ran = torn.run("build")
    assert ran.code == 1
    assert not (torn.root / "build").exists()
    if missing != "fail":
        assert "merge-conflict" in ran.err
    gate = torn.run("status", "--gate")
    assert (gate.code, "merge-conflict" in gate.err) == (1, True)
    found = json.loads(torn.run("check", "--locale", "en", "--format", "json").out)
    assert [one["message"] for one in found if one["rule"] == "merge-conflict"] == [
        "two branches say different things, and somebody has to choose: “First.” · “The first.”"
    ]
    assert torn.run("sync").code == 0


def test_what_cannot_be_chosen_is_told(torn: Newsroom) -> None:
    unit = json.loads(torn.run("resolve", "--format", "json").out)[0]["id"][:8]
    for arguments, told in (
        ((unit, "--locale", "en", "--take", "3"), f"there is no text 3 of {unit} in en; it has 1 to 2"),
        ((unit, "--locale", "zh_Hans", "--take", "1"), "it has no texts to choose between"),
        ((unit, "--take", "1"), "--take goes with one UNIT and its --locale"),
    ):
        ran = torn.run("resolve", *arguments)
        assert (ran.code, told in ran.err) == (2, True), ran


def test_a_source_edited_on_one_branch_and_translated_on_the_other(team: Newsroom) -> None:
    git(team, "checkout", "-q", "-b", "one")
    team.write(ARTICLE.replace("第三句", "第三句話"))
    team.sync()
    commit(team, "one")
    git(team, "checkout", "-q", "-b", "two", "main")
    team.translate({"第三句。": "Third."})
    commit(team, "two")
    git(team, "merge", "one")
    entry = next(entry for key, entry in team.catalogue("en").entries.items() if key.source == "第三句話。")
    assert (entry.msgstr, entry.fuzzy, entry.previous.source) == ("Third.", True, "第三句。")
    before = team.tree("locales")
    team.sync()
    assert team.tree("locales") == before


def test_a_document_renamed_on_one_branch(team: Newsroom) -> None:
    git(team, "checkout", "-q", "-b", "one")
    team.source().rename(team.source("b.txt"))
    team.sync()
    commit(team, "one")
    git(team, "checkout", "-q", "-b", "two", "main")
    team.translate({"第三句。": "Third."})
    commit(team, "two")
    git(team, "merge", "one")
    assert team.catalogue("en", "b").entries[list(team.catalogue("en", "b").entries)[-1]].msgstr == "Third."
    assert not team.po_path("en").exists()


def test_a_side_that_cannot_be_read_is_a_conflict_with_its_line(team: Newsroom) -> None:
    branches(team, {"標題一": "Title"}, {"第一句。": "First."})
    git(team, "checkout", "-q", "one")
    path = team.po_path("en")
    path.write_text(path.read_text("utf-8").replace('msgid "第二句。"', 'msgid "第二句。'), "utf-8")
    commit(team, "damaged")
    git(team, "checkout", "-q", "two")
    before = path.read_bytes()
    said = git(team, "merge", "one", code=1)
    line = next(
        number for number, text in enumerate(git(team, "show", f"one:{CATALOGUE}").splitlines(), 1) if "第二句" in text
    )
    assert f"{CATALOGUE}:{line}: as it is in the other branch, this cannot be merged" in said
    assert path.read_bytes() == before
    assert f"UU {CATALOGUE}" in git(team, "status", "--short")


def test_a_catalogue_that_each_branch_made(team: Newsroom) -> None:
    for name in ("one", "two"):
        git(team, "checkout", "-q", "-b", name, "main")
        team.write("新文章\n\n新的一句。\n", "b.txt")
        team.sync()
        path = team.po_path("en", "b")
        found = polib.pofile(str(path))
        found[0 if name == "one" else 1].msgstr = name
        found.save(str(path))
        commit(team, name)
    git(team, "merge", "one")
    assert [entry.msgstr for entry in team.catalogue("en", "b").entries.values()] == ["one", "two"]


# Without the driver ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
@pytest.mark.parametrize("indexed", [True, False])
def test_what_git_merged_by_lines_is_merged_by_unit_afterwards(team: Newsroom, style: str, indexed: bool) -> None:  # noqa: FBT001
    assert team.run("init", "--git", "--remove").code == 0
    commit(team, "no driver")
    branches(team, {"標題一": "Title", "第一句。": "First."}, {"第一句。": "First.", "第三句。": "Third."})
    git(team, "checkout", "-q", "one")
    assert team.run("approve", "a", "--locale", "en", "--by", "Ann").code == 0
    commit(team, "approved")
    git(team, "checkout", "-q", "two")
    assert team.run("approve", "a", "--locale", "en", "--by", "Bob").code == 0
    commit(team, "approved")
    git(team, "-c", f"merge.conflictStyle={style}", "merge", "one", code=1)
    assert "<<<<<<<" in team.po_path("en").read_text("utf-8")
    refused = team.run("sync")
    assert (refused.code, "l10n-flow resolve" in refused.err) == (2, True)
    if not indexed:  # as a forge commits it
        git(team, "add", "-A")
    done = team.run("resolve", CATALOGUE)
    assert (done.code, done.out) == (0, f"{CATALOGUE}: merged\n")
    assert targets(team) == {"標題一": "Title", "第一句。": "First.", "第二句。": "", "第三句。": "Third."}
    first = next(entry for key, entry in team.catalogue("en").entries.items() if key.source == "第一句。")
    assert {seal.name for seal in first.seals} == {"Ann", "Bob"}
    again = team.run("resolve", CATALOGUE)
    assert again.code == (0 if indexed else 2)


def test_resolving_what_is_no_conflict(team: Newsroom) -> None:
    ran = team.run("resolve", CATALOGUE)
    assert (ran.code, "holds no conflict markers, and git knows of no conflict in it" in ran.err) == (2, True)
    assert team.run("resolve", "nothing.po").code == 2


# Setting it up ---------------------------------------------------------------------------------------------------


def test_the_driver_is_set_up_once_and_taken_out_again(team: Newsroom) -> None:
    attributes = team.root / ".gitattributes"
    text = attributes.read_text("utf-8")
    assert [line for line in text.splitlines() if "merge=" in line] == [
        "*.po merge=l10n-flow", "*.pot merge=l10n-flow", "l10n-flow.overrides.toml merge=l10n-flow"
    ]  # fmt: skip
    assert team.run("init", "--git").out == "everything is set up already\n"
    assert attributes.read_text("utf-8") == text
    assert "this clone merges" not in team.run("status").err
    git(team, "config", "--remove-section", "merge.l10n-flow")
    assert "run: l10n-flow init --git" in team.run("status").err
    assert "git merges by unit" in team.run("init", "--git").out
    assert team.run("init", "--git", "--remove").code == 0
    assert "merge=" not in attributes.read_text("utf-8")
    assert git(team, "config", "--get-regexp", "^merge.l10n-flow", code=1) == ""


def test_without_a_repository_it_is_told(newsroom: Newsroom) -> None:
    ran = newsroom.run("init", "--git")
    assert (ran.code, "git" in ran.err) == (2, True)
    assert not (newsroom.root / ".gitattributes").exists()


# Other files -----------------------------------------------------------------------------------------------------

TERMS = "zh_Hant,en\n柳州,Liuzhou\n廣西,Guangxi\n"


@pytest.mark.parametrize(
    ("name", "base", "ours", "theirs", "merged"),
    [
        ("terms.csv", TERMS, TERMS + "桂林,Guilin\n", TERMS + "南寧,Nanning\n", TERMS + "南寧,Nanning\n桂林,Guilin\n"),
        ("terms.csv", TERMS, TERMS.replace("Liuzhou", "LZ"), TERMS.replace("Guangxi", "GX"), "zh_Hant,en\n柳州,LZ\n廣西,GX\n"),
        ("terms.csv", TERMS, TERMS.replace("廣西,Guangxi\n", ""), TERMS, "zh_Hant,en\n柳州,Liuzhou\n"),
        ("terms.csv", TERMS, TERMS.replace("Liuzhou", "LZ"), TERMS.replace("Liuzhou", "L."), None),
        ("terms.csv", TERMS, TERMS.replace("廣西,Guangxi\n", ""), TERMS.replace("Guangxi", "GX"), None),
        ("terms.csv", TERMS, TERMS + "柳州,again\n", TERMS, None),
        ("x.toml", "", '[[override]]\ntext = "a"\njoin = true\n', '[[override]]\ntext = "b"\njoin = true\n',
         '[[override]]\ntext = "a"\njoin = true\n\n[[override]]\ntext = "b"\njoin = true\n'),
        ("x.toml", "# ours\n", '# ours\n\n[[override]]\ntext = "a"\n', "# ours\n", '# ours\n\n[[override]]\ntext = "a"\n'),
        ("notes.txt", "a", "b", "c", None),
    ],
)  # fmt: skip
def test_records_are_merged_by_what_they_are_about(
    name: str, base: str, ours: str, theirs: str, merged: str | None
) -> None:
    assert merged_records(name, base, ours, theirs) == merged_records(name, base, theirs, ours) == merged


def test_a_file_without_a_rule_is_merged_by_lines(team: Newsroom) -> None:
    (team.root / ".gitattributes").write_text("*.csv merge=l10n-flow\n", "utf-8")
    for name, text in (("one", "LZ"), ("two", "L.")):
        git(team, "checkout", "-q", "-B", name, "main")
        (team.root / "terms.csv").write_text(f"zh_Hant,en\n柳州,{text}\n", "utf-8")
        (team.root / ".gitattributes").write_text("*.csv merge=l10n-flow\n", "utf-8")
        commit(team, name)
    said = git(team, "merge", "one", code=1)
    assert "terms.csv: 1 conflict, merged by lines" in said
    assert "<<<<<<< ours" in (team.root / "terms.csv").read_text("utf-8")


def test_five_thousand_units_are_merged_in_one_start(tmp_path: Path) -> None:
    """Linear, whatever the sides did: no more work than some readings of the file."""
    head = 'msgid ""\nmsgstr "Language: en\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    for name, text in (("base", ""), ("ours", "one"), ("theirs", "two")):
        units = "".join(
            f'\nmsgid "{number}號句子，它與眾不同。"\nmsgstr "{text if (number % 2) == (name == "ours") else ""}"\n'
            for number in range(5000)
        )
        (tmp_path / name).write_text(head + units, "utf-8")
    command = [
        sys.executable,
        "-P",
        "-m",
        "l10n_flow",
        "merge-driver",
        *(str(tmp_path / name) for name in ("base", "ours", "theirs")),
        "a.po",
    ]
    subprocess.run(command, check=True, timeout=60)
    assert (tmp_path / "ours").read_text("utf-8").count('msgstr "two"') == 2500
