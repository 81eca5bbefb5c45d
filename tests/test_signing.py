"""``approve``, ``unapprove``, ``join``, ``ignore``: what is meant, that all or nothing is, and what is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import Newsroom
from entries import comment_of
from growth import assert_linear
from l10n_flow import catalogue as po
from l10n_flow import files
from l10n_flow.catalogue import edit
from l10n_flow.editing import Status
from l10n_flow.errors import ConfigError, L10nFlowError, SourceError
from l10n_flow.inside import Inside
from l10n_flow.model import Key
from l10n_flow.project import Project, find_project
from l10n_flow.report.signing import signing_json, signing_lines, sums
from l10n_flow.work import signing
from l10n_flow.work.extract import extract

FIRST, SECOND = Key(None, "第一句。"), Key(None, "第二句。")
DONE = {FIRST.source: "The first.", SECOND.source: "The second."}


def project_of(room: Newsroom) -> Project:
    return find_project(room.root)


def written(room: Newsroom, *names: str) -> Newsroom:
    """Documents of two sentences, translated into English."""
    for name in names:
        room.write("".join(DONE) + "\n", f"{name}.txt")
    extract(project_of(room))
    for name in names:
        room.translate(DONE, name=name)
    return room


def approvers(room: Newsroom, name: str = "a") -> list[list[str]]:
    entries = room.catalogue("en", name).entries.values()
    return [[seal.name for seal in edit.signatures(entry).approved] for entry in entries]


def approve(room: Newsroom, *targets: str, name: str = "Ann") -> signing.SigningResult:
    return signing.approve(project_of(room), targets, ["en"], name)


@pytest.mark.parametrize("target", ["20241231", "source/20241231.txt", "./source/../source/20241231.txt"])
def test_a_document_called_like_an_id_is_the_document(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    written(newsroom, "20241231", "other")
    monkeypatch.chdir(newsroom.root)
    assert [unit.document for unit in approve(newsroom, target).units] == ["20241231"] * 2
    assert approvers(newsroom, "20241231") == [["Ann"], ["Ann"]]
    assert approvers(newsroom, "other") == [[], []]


def test_an_id_is_meant_in_every_document_that_has_the_text(newsroom: Newsroom) -> None:
    written(newsroom, "a", "b")
    result = approve(newsroom, FIRST.digest[:10].upper())
    assert [(unit.document, unit.key, unit.status) for unit in result.units] == [
        ("a", FIRST, Status.SAVED),
        ("b", FIRST, Status.SAVED),
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("00000000", "there is no unit 00000000"),
        ("nothing", "there is no document 'nothing'"),
        ("0" * 65, "there is no document"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_wrong_target_and_nothing_is_written(newsroom: Newsroom, wrong: str, told: str, place: int) -> None:
    written(newsroom, "a", "b")
    before = newsroom.tree("locales")
    targets = [FIRST.digest[:8], "b"]
    targets.insert(place, wrong)
    with pytest.raises(SourceError, match=told):
        approve(newsroom, *targets)
    assert newsroom.tree("locales") == before


def test_an_id_of_several_units_is_refused_with_the_longer_ones(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(newsroom, "a")
    alike = {FIRST: "a" * 64, SECOND: "a" * 8 + "b" * 56}
    monkeypatch.setattr(Key, "digest", property(lambda key: alike[key]))
    with pytest.raises(SourceError, match=f"2 units begin with aaaaaaaa; say which: {'a' * 16}, {'a' * 8}{'b' * 8}$"):
        approve(newsroom, "aaaaaaaa")
    assert [unit.key for unit in approve(newsroom, "a" * 8 + "b").units] == [SECOND]


@pytest.mark.parametrize("target", ["AA", "aa"])
def test_a_document_with_a_twin_is_a_failure(newsroom: Newsroom, target: str) -> None:
    newsroom.write("".join(DONE), "aa.txt")
    newsroom.write("".join(DONE), "AA.txt")
    if len(list((newsroom.root / "source").iterdir())) == 1:
        pytest.skip("this file system knows no case")
    result = approve(newsroom, target)
    assert [failure.document for failure in result.failures] == ["AA"]
    assert "would share one catalogue" in str(result.failures[0].error)


def test_nothing_is_called_done_before_it_is_written(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    written(newsroom, "a", "b")
    write = po.write

    def full(path: Inside, catalogue: po.Catalogue, **more: Any) -> po.Catalogue:
        if path.name == "a.po":
            raise L10nFlowError("cannot be written: No space left on device", path=path.plain)
        return write(path, catalogue, **more)

    monkeypatch.setattr(po, "write", full)
    result = approve(newsroom, "a", "b")
    assert [(unit.document, unit.done) for unit in result.units] == [("b", True)] * 2
    assert [failure.document for failure in result.failures] == ["a"]


def test_a_damaged_document_hides_no_other_and_is_told(newsroom: Newsroom) -> None:
    written(newsroom, "a", "b")
    newsroom.po_path("en").write_bytes(b'msgid "half')
    result = approve(newsroom, FIRST.digest[:8])
    assert [unit.document for unit in result.units] == ["b"]
    assert [failure.document for failure in result.failures] == ["a"]
    with pytest.raises(SourceError, match=r"there is no unit 00000000.*; a cannot be read: "):
        approve(newsroom, "00000000")


def test_a_program_that_knows_no_locks_is_not_written_over(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    written(newsroom, "a")
    write, once = po.write, iter([True])

    def overtaken(path: Inside, catalogue: po.Catalogue, **more: Any) -> po.Catalogue:
        if next(once, False):
            newsroom_text = path.plain.read_text("utf-8").replace("The second.", "The other.")
            path.plain.write_text(newsroom_text, "utf-8")
        return write(path, catalogue, **more)

    monkeypatch.setattr(po, "write", overtaken)
    assert sums(approve(newsroom, "a"), "approved") == "2 units approved, 0 not"
    assert newsroom.catalogue("en").entries[SECOND].msgstr == "The other."
    assert approvers(newsroom) == [["Ann"], ["Ann"]]

    def always(path: Path, catalogue: po.Catalogue, **more: Any) -> po.Catalogue:
        del catalogue, more
        raise files.OvertakenError(path)

    monkeypatch.setattr(po, "write", always)
    (failure,) = approve(newsroom, "a", name="Bob").failures
    assert "another program keeps writing" in str(failure.error)


def test_what_is_so_already_changes_no_byte(newsroom: Newsroom) -> None:
    written(newsroom, "a")
    approve(newsroom, "a")
    before = newsroom.tree("locales")
    result = approve(newsroom, "a")
    assert [unit.status for unit in result.units] == [Status.UNCHANGED] * 2
    assert newsroom.tree("locales") == before


def test_the_approvals_of_one_name_or_of_all_are_taken_back(newsroom: Newsroom) -> None:
    written(newsroom, "a")
    for name in ("Ann", "Bob", "Cid"):
        approve(newsroom, "a", name=name)
    signing.unapprove(project_of(newsroom), ["a"], ["en"], "Bob")
    assert approvers(newsroom) == [["Ann", "Cid"]] * 2
    result = signing.unapprove(project_of(newsroom), ["a"], ["en"], None)
    assert approvers(newsroom) == [[], []]
    assert [unit.status for unit in result.units] == [Status.SAVED] * 2


def test_own_texts_are_refused_where_the_project_forbids_it(newsroom: Newsroom) -> None:
    path = newsroom.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace("[project]", "[project]\nforbid-own-approval = true"), "utf-8")
    written(newsroom, "a")
    newsroom.edit_unit("en", lambda entry: edit.set_text(entry, "Firstly.", "Ann", "2026-01-01"), FIRST.source)
    assert [unit.status for unit in approve(newsroom, "a").units] == [Status.REFUSED, Status.SAVED]
    assert approvers(newsroom) == [[], ["Ann"]]


@pytest.mark.parametrize("name", ["", "  ", "Ann on 2026-01-01: \x1b", "A" * 101])
def test_a_name_that_cannot_stand_in_a_seal_is_refused(newsroom: Newsroom, name: str) -> None:
    written(newsroom, "a")
    with pytest.raises(ConfigError):
        approve(newsroom, "a", name=name)


@pytest.mark.parametrize("arguments", [("nonsense", "a reason"), ("han-in-target", "  ")])
def test_what_cannot_be_ignored(newsroom: Newsroom, arguments: tuple[str, str]) -> None:
    written(newsroom, "a")
    rule, reason = arguments
    with pytest.raises(ConfigError):
        signing.ignore(project_of(newsroom), rule, [FIRST.digest[:8]], ["en"], reason)


def test_a_joined_unit_bears_a_name(newsroom: Newsroom) -> None:
    written(newsroom, "a")
    newsroom.translate({SECOND.source: ""})
    result = signing.join(project_of(newsroom), [SECOND.digest[:8]], ["en"], "Ann")
    assert [(unit.key, unit.status) for unit in result.units] == [(SECOND, Status.SAVED)]
    assert "by Ann on" in comment_of(newsroom.catalogue("en").entries[SECOND])


def lines_of(room: Newsroom) -> Sequence[str]:
    return room.po_path("en").read_text("utf-8").splitlines()


def test_what_is_told_and_on_which_line(newsroom: Newsroom) -> None:
    written(newsroom, "a")
    newsroom.translate({SECOND.source: ""})
    result, project = approve(newsroom, "a"), project_of(newsroom)
    refused = lines_of(newsroom).index(f'msgid "{SECOND.source}"') + 1
    done = lines_of(newsroom).index(f'msgid "{FIRST.source}"') + 1
    path = "locales/en/LC_MESSAGES/a.po"
    told = f"{path}:{refused}: not approved: 第二句。 ({SECOND.digest[:8]}): there is no translation, or Chinese is left in it; it cannot be approved yet"
    assert list(signing_lines(project, result, "approved")) == [told]
    assert list(signing_lines(project, result, "approved", verbose=True)) == [
        f"{path}:{done}: approved: 第一句。 ({FIRST.digest[:8]})",
        told,
    ]
    assert [(row["unit"], row["line"], row["outcome"]) for row in signing_json(project, result)] == [
        (FIRST.digest[:8], done, "saved"),
        (SECOND.digest[:8], refused, "refused"),
    ]


def test_the_command_tells_it_to_programs_and_people(newsroom: Newsroom) -> None:
    written(newsroom, "a")
    (row, _) = json.loads(newsroom.run("approve", "a", "--locale", "en", "--by", "Ann", "--format", "json").out)
    assert (row["document"], row["locale"], row["outcome"], row["message"]) == ("a", "en", "saved", "")
    assert newsroom.run("approve", "a", "--locale", "en", "--by", "Ann", "-q").out == ""
    ran = newsroom.run("join", FIRST.digest[:8], "--locale", "en", "--by", "Ann", "-q")
    assert "not joined: 第一句。" in ran.out
    assert "unit joined" not in ran.out


def test_many_ids_take_time_in_proportion(newsroom: Newsroom) -> None:
    def work(units: int) -> Callable[[], object]:
        sentences = [f"第{number}句。" for number in range(units)]
        newsroom.write("".join(sentences) + "\n")
        extract(project_of(newsroom))
        digests = [Key(None, sentence).digest[:8] for sentence in sentences]

        def signing() -> None:
            assert len(approve(newsroom, *digests).units) == units

        return signing

    assert_linear(work, 4000)


def test_unapprove_by_another_name_says_what_is_true(newsroom: Newsroom) -> None:
    written(newsroom, "a")
    assert approve(newsroom, "a").units
    ran = newsroom.run("unapprove", "a", "--locale", "en", "--by", "Eve")
    assert ran.code == 0
    assert "0 units without approval, 2 not" in ran.out
    assert "Eve has not approved it; it is approved by Ann" in ran.out
    assert approvers(newsroom) == [["Ann"], ["Ann"]]
    assert "2 units without approval, 0 not" in newsroom.run("unapprove", "a", "--locale", "en", "--by", "Ann").out
