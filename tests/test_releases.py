"""What was published when: the record of each release, and the command that reads them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow.catalogue import Draft
from l10n_flow.publish import releases as records

ENGLISH = {"標題在此": "Title", "柳州位於廣西。": "Liuzhou is in Guangxi.", "這裏很好。": "It is good here."}
ARTICLE = "標題在此\n\n柳州位於廣西。這裏很好。\n"
#: Midday of four days in a row.
DAYS = {f"2026-11-{day}": str(1795003200 + 86400 * number) for number, day in enumerate((18, 19, 20, 21))}


def release(room: Newsroom, day: str, *arguments: str) -> None:
    ran = room.run("build", *arguments, env={"SOURCE_DATE_EPOCH": DAYS[day]})
    assert ran.code == 0, ran.err


def told(room: Newsroom, *arguments: str) -> list[dict[str, object]]:
    ran = room.run("releases", *arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def said(room: Newsroom, *arguments: str) -> dict[str, list[str | None]]:
    """For each release the texts that were asked for."""
    return {each["released"][:10]: [one["text"] for one in each["said"]] for each in told(room, *arguments)}


def files_of(room: Newsroom) -> list[str]:
    return sorted(path.name for path in (room.root / "releases").glob("*"))


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    newsroom.sync()
    release(newsroom, "2026-11-18")
    return newsroom


def test_a_release_is_recorded_with_texts_states_and_authors(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    assert newsroom.run("approve", "a", "--locale", "en", "--by", "Ann").code == 0
    release(newsroom, "2026-11-18")
    (only,) = told(newsroom, "a")
    assert (only["released"], only["revision"]) == ("2026-11-18T12:00:00Z", "")
    by_locale = {(one["locale"], one["source"]): one for one in only["said"]}
    english = by_locale["en", "這裏很好。"]
    assert (english["text"], english["state"]) == ("It is good here.", "approved")
    assert english["approved"] == [{"by": "Ann", "on": "2026-11-18"}]
    simplified = by_locale["zh_Hans", "這裏很好。"]
    assert (simplified["text"], simplified["state"]) == ("这里很好。", "translated")
    header = newsroom.catalogue("zh_Hans").header["X-L10n-Flow-Converter"]
    assert simplified["converter"] == header
    assert header.startswith("hk2s ")
    assert by_locale["zh_Hant_HK", "這裏很好。"]["text"] == "這裏很好。"


def test_the_same_release_again_leaves_nothing(room: Newsroom) -> None:
    before = room.tree("releases")
    release(room, "2026-11-19")
    assert room.tree("releases") == before
    assert files_of(room) == ["000001-2026-11-18T12-00-00Z.jsonl"]


def test_a_release_records_only_what_is_new(room: Newsroom) -> None:
    room.translate({"這裏很好。": "It is fine here."})
    release(room, "2026-11-19")
    text = (room.root / "releases" / files_of(room)[1]).read_text("utf-8")
    assert "It is fine here." in text
    assert "Liuzhou" not in text
    assert text.count("\n") == 2
    assert said(room, "a", "--locale", "en") == {
        "2026-11-18": list(ENGLISH.values()),
        "2026-11-19": ["It is fine here."],
    }


def test_what_a_document_said_on_a_day(room: Newsroom) -> None:
    room.translate({"這裏很好。": "It is fine here."})
    release(room, "2026-11-20")
    room.write("標題在此\n\n柳州位於廣西。\n")
    room.sync()
    release(room, "2026-11-21")

    def on(day: str) -> list[str | None]:
        (texts,) = said(room, "a", "--locale", "en", "--on", day).values()
        return texts

    old = ["Title", "Liuzhou is in Guangxi."]
    assert on("2026-11-18") == on("2026-11-19") == [*old, "It is good here."]
    assert on("2026-11-20") == [*old, "It is fine here."]
    assert on("2026-12-31") == old
    assert told(room, "--on", "2026-11-17") == []


def test_a_unit_is_followed_from_release_to_release(room: Newsroom) -> None:
    unit = next(one["unit"][:8] for one in told(room, "a")[0]["said"] if one["source"] == "這裏很好。")
    room.translate({"這裏很好。": "It is fine here."})
    release(room, "2026-11-19")
    ran = room.run("releases", unit, "--locale", "en")
    assert ran.out.splitlines() == [
        "2026-11-18T12:00:00Z",
        f"  a · {unit}: 這裏很好。",
        "    en: It is good here. (translated)",
        "2026-11-19T12:00:00Z",
        f"  a · {unit}: 這裏很好。",
        "    en: It is fine here. (translated)",
    ]


def test_a_change_of_state_alone_is_recorded(room: Newsroom) -> None:
    assert room.run("approve", "a", "--locale", "en", "--by", "Ann").code == 0
    release(room, "2026-11-19")
    states = [[one["state"] for one in each["said"]] for each in told(room, "a", "--locale", "en")]
    assert states == [["translated"] * 3, ["approved"] * 3]


def test_a_document_that_goes_is_recorded(room: Newsroom) -> None:
    room.write("另一篇。\n", "b.txt")
    room.sync()
    room.translate({"另一篇。": "Another."}, name="b")
    release(room, "2026-11-19")
    room.source("a.txt").unlink()
    release(room, "2026-11-20", "--remove")
    assert [each["gone"] for each in told(room)] == [[], [], ["a"]]
    assert [one["text"] for one in told(room, "b", "--on", "2026-11-20", "--locale", "en")[0]["said"]] == ["Another."]
    assert said(room, "a", "--on", "2026-11-20") == {"2026-11-20": []}
    before = files_of(room)
    release(room, "2026-11-21", "--remove")
    assert files_of(room) == before


def test_a_part_of_a_release_records_its_part(room: Newsroom) -> None:
    room.translate({"這裏很好。": "It is fine here."})
    room.write(ARTICLE.replace("很好", "不錯"))
    room.sync()
    room.translate({"這裏不錯。": "Not bad."})
    release(room, "2026-11-19", "--locale", "zh_Hans")
    assert [each["locale"] for each in told(room)[1]["new"]] == ["zh_Hant_HK", "zh_Hans"]
    release(room, "2026-11-20")
    assert said(room, "a", "--locale", "en")["2026-11-20"] == ["Not bad."]


def test_a_text_for_want_of_a_translation_and_a_joined_one(newsroom: Newsroom) -> None:
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text("utf-8") + 'missing = "source"\n', "utf-8")
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({"柳州位於廣西。": "Liuzhou is in Guangxi, and good."})
    unit = newsroom.run("check", "--locale", "en", "--format", "json")
    last = next(each["unit"] for each in json.loads(unit.out) if each["source"] == "這裏很好。")
    assert newsroom.run("join", last, "--locale", "en", "--by", "Ann").code == 0
    release(newsroom, "2026-11-18")
    title, _, joined = told(newsroom, "a", "--locale", "en")[0]["said"]
    assert (title["text"], title["from"]) == ("標題在此", "source")
    assert (joined["text"], joined["joined"]) == (None, True)


def test_a_preview_and_a_refused_release_are_not_recorded(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    assert newsroom.run("build").code == 1
    assert newsroom.run("build", "--drafts").code == 0
    assert not (newsroom.root / "releases").exists()
    assert newsroom.run("releases").out == "no release is recorded\n"


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_text("{", "utf-8"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text(path.read_text("utf-8").replace('"text"', '"text'), "utf-8"),
        lambda path: path.write_text('{"released": 1}\n', "utf-8"),
        lambda path: path.write_text("[" * 100_000, "utf-8"),
        lambda path: path.write_text("<<<<<<< HEAD\n" + path.read_text("utf-8"), "utf-8"),
    ],
    ids=["cut", "empty", "line", "type", "deep", "conflict"],
)
def test_a_damaged_record_is_told_and_the_next_release_builds_upon_none(room: Newsroom, damage) -> None:
    room.translate({"這裏很好。": "It is fine here."})
    release(room, "2026-11-19")
    path = room.root / "releases" / files_of(room)[1]
    damage(path)
    ran = room.run("releases", "a")
    assert ran.code == 2
    assert f"releases/{path.name}:" in ran.err
    assert "It is good here." in ran.out
    release(room, "2026-11-20")
    ran = room.run("releases", "a", "--locale", "en", "--format", "json")
    assert [one["text"] for one in json.loads(ran.out)[-1]["said"]] == [
        "Title",
        "Liuzhou is in Guangxi.",
        "It is fine here.",
    ]
    last = files_of(room)[-1]
    assert json.loads((room.root / "releases" / last).read_text("utf-8").splitlines()[0])["whole"]


def test_a_lost_record_is_made_up_for(room: Newsroom) -> None:
    """As after a crash between the release and its record."""
    shutil.rmtree(room.root / "releases")
    release(room, "2026-11-19")
    assert said(room, "a", "--locale", "en") == {"2026-11-19": list(ENGLISH.values())}


def test_records_of_two_branches_are_both_read(room: Newsroom) -> None:
    """Both were released as the second; the next one builds upon none."""
    base = files_of(room)[0]
    room.translate({"這裏很好。": "Mine."})
    release(room, "2026-11-19")
    mine = room.tree("releases")
    for name in mine:
        if not name.endswith(base):
            (room.root / name).unlink()
    room.translate({"這裏很好。": "Theirs."})
    release(room, "2026-11-20")
    for name, data in mine.items():
        (room.root / name).write_bytes(data)
    room.translate({"這裏很好。": "Mine."})
    release(room, "2026-11-21")
    texts = said(room, "a", "--locale", "en")
    assert [texts[day][-1] for day in ("2026-11-19", "2026-11-20", "2026-11-21")] == ["Mine.", "Theirs.", "Mine."]


def test_the_record_is_the_same_wherever_it_is_made(room: Newsroom, tmp_path: Path) -> None:
    copy = Newsroom(Path(shutil.copytree(room.root, tmp_path / "copy")))
    shutil.rmtree(copy.root / "releases")
    shutil.rmtree(copy.root / "build")
    release(copy, "2026-11-18")
    assert copy.tree("releases") == room.tree("releases")


@pytest.mark.skipif(shutil.which("git") is None, reason="install git")
def test_the_commit_is_named_and_whether_the_work_tree_was_as_it(newsroom: Newsroom) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, cwd=newsroom.root, check=True, capture_output=True, text=True).stdout.strip()

    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    newsroom.sync()
    git("init", "-q")
    git("add", "source", "locales", "l10n-flow.toml")
    git("commit", "-qm", "one")
    release(newsroom, "2026-11-18")
    newsroom.translate({"這裏很好。": "It is fine here."})
    release(newsroom, "2026-11-19")
    commit = git("rev-parse", "HEAD")
    assert [(each["revision"], each["dirty"]) for each in told(newsroom)] == [(commit, False), (commit, True)]
    shown = newsroom.run("releases").out
    assert f"2026-11-19T12:00:00Z from {commit[:12]}, with uncommitted changes" in shown


def test_nobody_is_named_in_a_release(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)

    def sign(draft: Draft) -> None:
        draft.header["Last-Translator"] = "Ann Example <ann@example.org>"
        draft.header["Language-Team"] = "Ann Example's team"

    newsroom.edit("en", sign)
    assert newsroom.run("approve", "a", "--by", "Ann Example").code == 0
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(
        config.read_text("utf-8").replace("[project]", '[project]\nrelease-pages = ["bilingual"]'), "utf-8"
    )
    release(newsroom, "2026-11-18")
    assert b"Ann Example" in b"".join(newsroom.tree("releases").values())
    assert b"Ann Example" not in b"".join(newsroom.tree("build").values())
    assert "build/bilingual/en/a.html" in newsroom.tree("build")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["nothing"], "no release has held"), (["a", "--on", "yesterday"], "a day is written as 2026-11-27")],
)
def test_what_is_not_there_is_told(room: Newsroom, arguments: list[str], message: str) -> None:
    ran = room.run("releases", *arguments)
    assert ran.code == 2
    assert message in ran.err


@pytest.mark.parametrize("place", ["locales", "build/x", "source/x", "preview"])
def test_records_lie_in_no_other_folder(newsroom: Newsroom, place: str) -> None:
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text("utf-8").replace("[project]", f'[project]\nreleases-dir = "{place}"'), "utf-8")
    ran = newsroom.run("status")
    assert ran.code == 2
    assert "must not lie in one another" in ran.err


def test_what_is_written_is_read_again() -> None:
    change = records.DocumentChange(
        "a\n\u2028b",
        (records.PublishedUnit("0" * 16, "甲", "c"),),
        {"en": {"0" * 16: {"state": "approved", "text": None}}, "fr": None},
    )
    assert "\n" not in records.line_of(change)
    assert records._change(json.loads(records.line_of(change))) == change
