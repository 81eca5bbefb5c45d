"""What people have lying around and what they type: files that are no articles, names, ids, surroundings."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata

import pytest

from conftest import Newsroom
from l10n_flow.project.litter import is_conflict_copy, is_hidden, is_second_copy

ARTICLE = "題目\n\n一句。\n"


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("a (conflicted copy).txt", True), ("a (Ann's conflicted copy 2026-11-27).txt", True),
        ("a (conflicted copy 2026-11-27 093000).md", True), ("文章 (Ann 的衝突複本 2026-11-27).txt", True),
        ("文章 (冲突副本).txt", True), ("a.sync-conflict-20261127-093000-ABCDEFG.txt", True), ("a_REMOTE_4711.txt", True),
        ("a.txt", False), ("a (1).txt", False), ("兩軍衝突.txt", False), ("a (copy).txt", False), ("conflicted copy.txt", False),
    ],
)  # fmt: skip
def test_copies_of_conflicts_are_told_by_their_names(name: str, is_copy: bool) -> None:  # noqa: FBT001
    assert is_conflict_copy(name) is is_copy


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("a copy.txt", True), ("a copy 2.txt", True), ("a - Copy.txt", True), ("a - Copy (2).txt", True), ("a (copy).txt", True),
        ("a (another copy).txt", True), ("a - 複製.txt", True), ("a 拷貝.txt", True), ("a副本.txt", True), ("a 副本 2.txt", True),
        ("sub/a copy.txt", False), ("b copy.txt", False), ("a copy.md", False), ("a (1).txt", False), ("a.txt", False), (" copy.txt", False),
    ],
)  # fmt: skip
def test_a_second_copy_is_told_by_its_name_beside_the_first(name: str, is_copy: bool) -> None:  # noqa: FBT001
    assert is_second_copy(name, {"a.txt", "copy.txt", "副本.txt"}) is is_copy


@pytest.mark.parametrize(
    ("path", "pattern", "hidden"),
    [
        (".a.txt", "**/*.txt", True), ("._a.txt", "**/*.txt", True), (".#a.txt", "**/*.txt", True), ("~$a.docx", "**/*.docx", True),
        ("__MACOSX/a.txt", "**/*.txt", True), (".git/a.txt", "**/*.txt", True), ("x/.y/a.txt", "**/*.txt", True),
        ("a.txt", "**/*.txt", False), ("x/a.b.txt", "**/*.txt", False), (".drafts/a.txt", ".drafts/*.txt", False),
    ],
)  # fmt: skip
def test_what_is_hidden_is_no_article(path: str, pattern: str, hidden: bool) -> None:  # noqa: FBT001
    assert is_hidden(path.split("/"), pattern.split("/")) is hidden


def test_what_editors_and_systems_leave_is_passed_over(newsroom: Newsroom) -> None:
    for name in ("a.txt", ".a.txt", "._a.txt", "__MACOSX/a.txt", ".git/b.txt", "~$c.txt"):
        newsroom.write(ARTICLE, name)
    newsroom.source(".#a.txt").symlink_to("Ann@host.4711")
    ran = newsroom.run("sync")
    assert (ran.code, "link" in ran.err) == (0, False)
    assert {row["document"] for row in json.loads(newsroom.run("status", "--format", "json").out)} == {"a"}


def test_what_is_not_read_is_named_once_with_what_to_do(newsroom: Newsroom) -> None:
    config = newsroom.root / "l10n-flow.toml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace("[project]", '[project]\nsources = ["source/**/*.txt"]\nexclude = ["source/old/*"]'), "utf-8"
    )
    for name in (
        "a.txt",
        "a (conflicted copy).txt",
        "b.pdf",
        "c/d.pdf",
        "e.md",
        "picture.jpg",
        "old/f.pdf",
        "data.json",
        "draft.xyz",
        "notes",
        "CNAME",
        "a.txt~",
        "a.txt.bak",
    ):
        newsroom.write(ARTICLE, name)
    ran = newsroom.run("sync")
    assert ran.code == 0
    told = [line for line in (ran.out + ran.err).splitlines() if "not read" in line]
    assert [line.partition(":")[0] for line in told] == [
        "source/a (conflicted copy).txt not read",
        "source/notes not read",
        "source/e.md not read",
        "source/b.pdf and 1 other like it not read",
        "source/draft.xyz not read",
    ]
    assert "no format reads a file without a suffix; save it in a format that is read, or exclude it" in told[1]
    assert "sources in l10n-flow.toml names no .md; add a glob for it, or exclude it" in told[2]
    assert "no format reads .pdf" in told[3]
    left = json.loads(newsroom.run("extract", "--format", "json").out)["left"]
    assert [(each["path"], each["number"]) for each in left][-2:] == [("source/b.pdf", 2), ("source/draft.xyz", 1)]


def test_an_empty_document_is_told_and_is_not_ready(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.write("\n", "empty.txt")
    ran = newsroom.run("sync")
    assert "source/empty.txt: no text to translate\n" in ran.err
    rows = [line.split("  ")[-1].strip() for line in ran.out.splitlines() if line.startswith("empty")]
    assert rows == ["no text", "no text"]


# What people type ------------------------------------------------------------------------------------------------


def test_documents_are_named_by_whatever_path_is_at_hand(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE, "sub/é.txt")
    newsroom.sync()
    template, catalogue = "locales/sub/é.pot", "locales/en/LC_MESSAGES/sub/é.po"
    for name in (
        "sub/é", "sub/é.txt", "source/sub/é.txt", "source/sub/é", template, catalogue, str(newsroom.root / catalogue),
        "locales/sub/é", "locales/en/LC_MESSAGES/sub/é", "./locales/en/LC_MESSAGES/sub/é",
        unicodedata.normalize("NFD", "sub/é"), unicodedata.normalize("NFD", catalogue), "./source/../source/sub/é.txt",
    ):  # fmt: skip
        assert newsroom.run("status", name).code == 0, name
    for name in ("locales/en/sub/é.po", "locales/é.po.txt", "é", "locales/x/y/LC_MESSAGES/sub/é.po"):
        ran = newsroom.run("status", name)
        assert (ran.code, "there is no document" in ran.err) == (2, True), name


def test_a_unit_is_named_by_any_unique_beginning_of_its_id(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({"一句。": "One."})
    digest = next(key for key in newsroom.catalogue("en").entries if key.source == "一句。").digest
    for length in (4, 6, 8, 64):
        ran = newsroom.run("approve", digest[:length], "--locale", "en", "--by", f"Ann {length}")
        assert "1 unit approved, 0 not" in ran.out, length
    assert newsroom.run("history", "a", digest[:6], "--locale", "en").code == 0
    assert newsroom.run("approve", digest[:3], "--locale", "en", "--by", "Ann").code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("staus",), "there is no command 'staus'; did you mean 'status'?"),
        (("frobnicate",), "there is no command 'frobnicate'; l10n-flow --help lists them"),
        (("status", "--locale", "enn"), "this project has no locale 'enn' (did you mean en?); it has: zh_Hans, en"),
        (("status", "--locale", "zh-hans"), "(did you mean zh_Hans?)"),
        (("check", "--ignore", "fuzy"), "there is no check called 'fuzy'; did you mean 'fuzzy'?"),
        (("status", "sub/liuzhuo"), "there is no document 'sub/liuzhuo'; did you mean 'sub/liuzhou'?"),
        (("status", "LIUZHOU"), "did you mean 'sub/liuzhou'?"),
        (("sync", "source/liuzhou.md"), "did you mean 'sub/liuzhou'?"),
        (("status", "locales/en/liuzhou.po"), "did you mean 'sub/liuzhou'?"),
        (("build", "沒有"), "there is no document '沒有'; l10n-flow status lists them"),
    ],
)
def test_what_is_mistyped_is_told_with_the_nearest_name(
    newsroom: Newsroom, arguments: tuple[str, ...], told: str
) -> None:
    newsroom.write(ARTICLE, "sub/liuzhou.txt")
    ran = newsroom.run(*arguments)
    assert (ran.code, told in ran.err) == (2, True), ran.err


@pytest.mark.parametrize("epoch", ["abc", "-1", "1e9", "99999999999999999999", "١٢"])
def test_a_wrong_source_date_epoch_is_told(newsroom: Newsroom, epoch: str) -> None:
    newsroom.write(ARTICLE)
    ran = newsroom.run("sync", env={"SOURCE_DATE_EPOCH": epoch})
    assert (ran.code, "SOURCE_DATE_EPOCH is" in ran.err) == (2, True), ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes streams")
@pytest.mark.parametrize(("closing", "told"), [(">&-", "standard output is closed"), ("2>&-", ""), (">&- 2>&-", "")])
def test_closed_streams_are_wrong_usage_and_no_fault(newsroom: Newsroom, closing: str, told: str) -> None:
    newsroom.write(ARTICLE)
    command = f'"{sys.executable}" -P -m l10n_flow status {closing}'
    done = subprocess.run(["sh", "-c", command], cwd=newsroom.root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_machine_texts_are_approved_only_where_their_locale_is_named(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({"題目": "Title", "一句。": "One."})
    ran = newsroom.run("approve", "a", "--by", "Ann")
    assert (ran.out, ran.err) == (
        "2 units approved, 0 not\n",
        "zh_Hans is converted by machine and was left alone; --locale zh_Hans approves it\n",
    )
    assert "approved" not in newsroom.po_path("zh_Hans").read_text("utf-8")
    assert newsroom.run("approve", "a", "--by", "Ann", "--locale", "zh_Hans").out == "2 units approved, 0 not\n"
