"""Nothing outside the project is read or written through links, and what is no regular file is refused.

git carries links: whoever can make a branch can put one in the place of any file or folder of a project. Every victim
lies in the test's own folder, beside the project.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import EPOCH, Newsroom, Ran
from entries import edit_for
from l10n_flow import files, inside
from l10n_flow.cli.running import main
from l10n_flow.editing import Action, Status
from l10n_flow.errors import L10nFlowError
from l10n_flow.index import Store
from l10n_flow.inside import Inside
from l10n_flow.project import load_project
from l10n_flow.review import address
from l10n_flow.review.page.model import NOBODY
from l10n_flow.review.reading import Filter, ProjectView
from l10n_flow.review.saving.committer import Committer
from l10n_flow.work.init import init

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")

CONFIG = """\
[project]
source-locale = "zh_Hant_HK"
sources = ["source/**/*.txt"]
termbase = "terms.csv"

[locale.zh_Hans]
conversion = "hk2s"

[locale.en]
missing = "source"
"""
OVERRIDES = '[[override]]\ndocument = "a"\ntext = "第一段。"\ncontext = "one"\n'
DEEP = "deep/c"
#: Where a document lies whose source is gone.
GONE = "gone"
SECRET = "機密"

SYNC, BUILD, DRAFTS = ("sync",), ("build", "--remove"), ("build", "--drafts")
READING = (("status",), ("check",), ("status", "--todo", "--locale", "en"))
SIGNING = (("approve", "--by", "Ann", "a"), ("unapprove", "a"))
PRUNING = (("extract", "--prune"),)
ADDING = (("user", "add", "Rita", "--role", "reviewer"),)

#: A file or folder of the project, and the commands that have to do with it.
PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "l10n-flow.toml": (SYNC, BUILD, *READING),
    "l10n-flow.overrides.toml": (SYNC, BUILD, *READING),
    "terms.csv": (SYNC, BUILD, ("convert",)),
    "l10n-flow.users.json": (("user", "list"), *ADDING),
    ".gitignore": ADDING,
    "source": (SYNC, BUILD, *READING, *PRUNING),
    "source/a.txt": (SYNC, BUILD, *READING, *PRUNING),
    "source/deep": (SYNC, BUILD, *READING, *PRUNING),
    "source/deep/c.txt": (SYNC, BUILD, *PRUNING),
    "locales": (SYNC, BUILD, *SIGNING, *PRUNING),
    "locales/a.pot": (SYNC, ("extract",)),
    "locales/.l10n-flow-moves": (SYNC, ("extract",), ("convert",)),
    "locales/deep": (SYNC, ("extract",)),
    "locales/en": (SYNC, BUILD, *READING, *SIGNING, *PRUNING),
    "locales/en/LC_MESSAGES": (SYNC, BUILD, *SIGNING),
    "locales/en/LC_MESSAGES/a.po": (SYNC, BUILD, *READING, *SIGNING, ("extract",)),
    "locales/zh_Hans/LC_MESSAGES/a.po": (SYNC, ("convert",), ("convert", "--upgrade")),
    "locales/en/LC_MESSAGES/gone.po": PRUNING,
    "locales/en/LC_MESSAGES/.journal": (("history", "a"),),
    "locales/en/LC_MESSAGES/.journal/a.jsonl": (("history", "a"),),
    "build": (SYNC, BUILD),
    "build/build.json": (SYNC, BUILD),
    ".build.old": (BUILD,),
    "releases": (BUILD, ("releases",)),
    "preview": (SYNC, DRAFTS),
    "preview/build.json": (SYNC, DRAFTS),
    "preview/en": (SYNC, DRAFTS),
    "preview/en/a.txt": (SYNC, DRAFTS),
    "preview/en/deep": (SYNC, DRAFTS),
    "preview/CNAME": (SYNC, DRAFTS),
    ".preview.old": (SYNC, DRAFTS),
    ".l10n-flow": (SYNC, BUILD, *SIGNING, ("extract",)),
    ".l10n-flow/index.sqlite": (SYNC,),
    ".l10n-flow/locks": (SYNC, BUILD, *SIGNING, ("extract",)),
    ".l10n-flow/review.address": (("status", "--todo", "--locale", "en"),),
}
LINKS = ("link", "dangling link", "link to a folder")
LINK = "is a symbolic link, and inside a project no link is followed; put the file or folder itself there"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was synced; since then a source has changed, and another is gone."""
    room = Newsroom(tmp_path_factory.mktemp("made") / "news")
    for name in ("a", "b", DEEP, GONE):
        room.write(f"題目{name}\n\n第一段。第二段。\n", f"{name}.txt")
    texts = {"l10n-flow.toml": CONFIG, "l10n-flow.overrides.toml": OVERRIDES, "terms.csv": "zh_Hant,zh_Hans\n段,段\n"}
    for name, text in texts.items():
        (room.root / name).write_text(text, "utf-8")
    room.sync()
    shutil.copytree(room.root / "preview", room.root / "build")  # the first versions wrote the preview there
    texts = {
        "build/CNAME": "example.org\n",
        "preview/CNAME": "example.org\n",
        ".gitignore": "/build/\n",
        ".l10n-flow/review.address": "",
        "locales/en/LC_MESSAGES/.journal/a.jsonl": "",
    }
    (room.root / "locales/en/LC_MESSAGES/.journal").mkdir()
    for name, text in {**texts, "l10n-flow.users.json": '{"version": 1, "users": {}}'}.items():
        (room.root / name).write_text(text, "utf-8")
    room.source("gone.txt").unlink()
    room.write("題目a\n\n第一段。新的一段。\n", "a.txt")
    return room.root


@pytest.fixture
def room(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    (tmp_path / "outside").mkdir()
    return Newsroom(Path(shutil.copytree(made, tmp_path / "news")))


Runs = Callable[..., Ran]


@pytest.fixture
def runs(room: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runs:
    """The program in this process: starting it some hundred times takes long."""
    monkeypatch.chdir(room.root)

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse\n"))
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        return Ran(int(ended.value.code or 0), *capsys.readouterr())

    return run


def put(room: Newsroom, place: str, kind: str) -> None:
    """Put a link there. What was there is outside now, so that a program that follows links finds all it looks for."""
    here, outside = room.root / place, room.root.parent / "outside"
    victim = outside / f"victim of {here.name}"
    if here.exists():
        here.rename(victim)
    elif kind != "dangling link":
        victim.mkdir()
    if kind == "dangling link" and victim.exists():
        shutil.rmtree(victim) if victim.is_dir() else victim.unlink()
    if kind == "link to a folder" and not victim.is_dir():
        victim.unlink()
        victim.mkdir()
    for path in [victim, *victim.rglob("*")] if victim.exists() else []:
        if path.suffix == ".txt" and path.is_file():
            path.write_text(f"{SECRET}\n\n{SECRET}的一段。\n", "utf-8")
    here.parent.mkdir(parents=True, exist_ok=True)
    here.symlink_to(victim, target_is_directory=victim.is_dir())


def seen(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in a folder: its time and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *folder.rglob("*")]
    }


def leaks(room: Newsroom) -> list[str]:
    """The files of the project that hold what stands outside; links are not followed."""
    found = (Path(base, name) for base, _, names in os.walk(room.root) for name in names)
    return [str(path) for path in found if not path.is_symlink() and SECRET.encode() in path.read_bytes()]


def require_refusal(ran: Ran, place: str, reason: str) -> None:
    assert ran.code == 2, ran
    assert f"error: {place}: {reason}\n" in ran.err
    assert "Traceback" not in ran.err
    assert SECRET not in ran.out + ran.err


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize("place", PLACES)
def test_no_link_is_followed(room: Newsroom, runs: Runs, place: str, kind: str) -> None:
    put(room, place, kind)
    before, target = seen(room.root.parent / "outside"), (room.root / place).readlink()
    for command in PLACES[place]:
        require_refusal(runs(*command), place, LINK)
        assert seen(room.root.parent / "outside") == before, command
        assert (room.root / place).readlink() == target
    assert leaks(room) == []
    assert sorted(path.name for path in room.root.parent.iterdir()) == ["news", "outside"]


@pytest.mark.parametrize("place", [place for place in PLACES if "." in place.rpartition("/")[2][1:]])
def test_no_pipe_is_waited_for(room: Newsroom, place: str) -> None:
    path = room.root / place
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    command = [sys.executable, "-m", "l10n_flow", *PLACES[place][0]]
    done = subprocess.run(
        command, cwd=room.root, input=b"correct horse\n", capture_output=True, check=False, timeout=120
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    wanted = "a folder" if place in {".build.old", ".preview.old", ".l10n-flow"} else "a file"
    require_refusal(ran, place, f"is a pipe where {wanted} has to be; move it away")
    assert path.is_fifo()


def test_a_socket_is_no_source(room: Newsroom, runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    room.source().unlink()
    with socket.socket(socket.AF_UNIX) as made:
        monkeypatch.chdir(room.source().parent)  # the path of a socket has to be short
        made.bind("a.txt")
        monkeypatch.chdir(room.root)
        require_refusal(runs("sync"), "source/a.txt", "is a socket where a file has to be; move it away")


# Documents ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["source/a.txt", "source/deep", "locales/a.pot", "locales/en/LC_MESSAGES/a.po"])
def test_a_link_stops_its_own_document_only(room: Newsroom, runs: Runs, place: str) -> None:
    room.write("題目b\n\n另一段。\n", "b.txt")
    put(room, place, "link")
    assert runs("sync").code == 2
    assert "另一段。" in room.po_path("en", "b").read_text("utf-8")
    assert "另一段。" in (room.root / "preview/zh_Hant_HK/b.txt").read_text("utf-8")


@pytest.mark.parametrize("kind", ["link", "inside"])
def test_a_link_to_another_source_is_one_too(room: Newsroom, runs: Runs, kind: str) -> None:
    room.source("d.txt").symlink_to("b.txt" if kind == "inside" else room.source("b.txt"))
    require_refusal(runs("sync"), "source/d.txt", LINK)
    assert not room.po_path("en", "d").exists()


@pytest.mark.parametrize(("place", "document"), [("source/deep", DEEP), ("source", "a")])
def test_what_may_lie_in_a_linked_folder_is_not_gone(room: Newsroom, runs: Runs, place: str, document: str) -> None:
    put(room, place, "link")
    ran = runs("extract", "--prune")
    require_refusal(ran, place, LINK)
    assert room.po_path("en", document).exists()
    assert (room.root / f"locales/{document}.pot").exists()
    assert (room.root / f"preview/en/{document}.txt").exists()
    require_refusal(runs("sync"), place, LINK)
    assert (room.root / f"preview/en/{document}.txt").exists()
    require_refusal(runs("extract", document), place, LINK)
    require_refusal(runs("approve", "--by", "Ann", document), place, LINK)


@pytest.mark.parametrize(
    ("sources", "exclude", "named"),
    [
        ("source/**/*.txt", "", True),
        ("source/*/*.txt", "", True),
        ("source/l*k/*.txt", "", True),
        ("source/*.txt", "", False),
        ("source/deep/*.txt", "", False),
        ("source/**/*.txt", "source/link/*", False),
        ("source/**/*.txt", "source/link/", False),
    ],
)
def test_a_linked_folder_is_named_where_it_may_hold_sources(
    room: Newsroom, runs: Runs, sources: str, exclude: str, *, named: bool
) -> None:
    text = CONFIG.replace("source/**/*.txt", sources).replace("termbase", f'exclude = ["{exclude}"]\ntermbase')
    (room.root / "l10n-flow.toml").write_text(text, "utf-8")
    (room.root.parent / "outside" / "x.txt").write_text(SECRET, "utf-8")
    room.source("link").symlink_to(room.root.parent / "outside")
    room.source("picture.png").symlink_to(room.root / "terms.csv")
    ran = runs("extract")
    assert (ran.code, f"source/link: {LINK}" in ran.err) == ((2, True) if named else (0, False))
    assert "picture" not in ran.err


def test_a_renamed_document_goes_through_no_link(room: Newsroom, runs: Runs) -> None:
    room.source("b.txt").rename(room.source("z.txt"))
    victim = room.root.parent / "outside" / "z.po"
    room.po_path("en", "z").symlink_to(victim)
    require_refusal(runs("sync"), "locales/en/LC_MESSAGES/z.po", LINK)
    assert not victim.exists()
    room.po_path("en", "z").unlink()
    room.po_path("en", "b").rename(victim)
    room.po_path("en", "b").symlink_to(victim)
    before = victim.read_bytes()
    require_refusal(runs("sync"), "locales/en/LC_MESSAGES/b.po", LINK)
    assert victim.read_bytes() == before
    assert (room.root / "locales/b.pot").exists(), "all of a document's files move, or none"


def test_pruning_removes_all_of_a_document_or_nothing(room: Newsroom, runs: Runs) -> None:
    put(room, "locales/zh_Hans/LC_MESSAGES/gone.po", "link")
    require_refusal(runs("extract", "--prune"), "locales/zh_Hans/LC_MESSAGES/gone.po", LINK)
    assert room.po_path("en", GONE).exists()
    assert (room.root / "locales/gone.pot").exists()


# The other files ---------------------------------------------------------------------------------------------------


def test_the_port_of_last_time_is_not_written_through_a_link(room: Newsroom) -> None:
    project = load_project(room.root / "l10n-flow.toml")
    for name, use in (
        ("review.port", lambda: address.remember_port(project, 1)),
        ("review.address", announce(project)),
    ):
        (room.root / ".l10n-flow" / name).unlink(missing_ok=True)
        (room.root / ".l10n-flow" / name).symlink_to(room.root.parent / "outside" / name)
        with pytest.raises(L10nFlowError, match=f"{name}: is a symbolic link"):
            use()
    assert list((room.root.parent / "outside").iterdir()) == []


def announce(project: object) -> Callable[[], None]:
    def use() -> None:
        with address.announced(project, "http://127.0.0.1:1"):  # type: ignore[arg-type]
            pass

    return use


@pytest.mark.parametrize("name", ["l10n-flow.toml", ".gitattributes", ".gitignore", "source", "locales"])
def test_init_makes_no_project_through_a_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / name).symlink_to(tmp_path / "victim")
    with pytest.raises(L10nFlowError, match=rf"{name}: (is a symbolic link|exists already)"):
        init(tmp_path / "project")
    assert [path.name for path in (tmp_path / "project").iterdir()] == [name]
    assert not (tmp_path / "victim").exists()


def test_the_review_page_shows_nothing_from_outside(room: Newsroom) -> None:
    for place in ("source/deep/c.txt", "locales/en/LC_MESSAGES/a.po"):
        put(room, place, "link")
    project_view = ProjectView(load_project(room.root / "l10n-flow.toml"))
    assert [error for error in row_errors(project_view) if "is a symbolic link" in error]
    with pytest.raises(L10nFlowError, match=r"source/deep/c\.txt: is a symbolic link"):
        project_view.article(DEEP, "en", Filter(), NOBODY)


def test_nothing_is_saved_through_a_link(room: Newsroom) -> None:
    unit = next(iter(room.catalogue("en").entries)).digest
    put(room, "locales/en/LC_MESSAGES/a.po", "link")
    before = seen(room.root.parent / "outside")
    outcome = Committer(load_project(room.root / "l10n-flow.toml")).submit(
        edit_for("a", "en", unit, Action.SAVE, "Ann", "2026-11-24", "", "A text.")
    )
    assert (outcome.status, "a.po: is a symbolic link" in str(outcome.message)) == (Status.REFUSED, True)
    assert seen(room.root.parent / "outside") == before


def row_errors(project_view: ProjectView) -> list[str]:
    return [row.error for row in project_view.home(NOBODY).rows if row.error]


def test_folders_are_not_where_links_lead(room: Newsroom, runs: Runs) -> None:
    """``locales-dir`` and ``build-dir`` are names in the project, wherever they are said to be."""
    for key, command in (("locales-dir", "sync"), ("preview-dir", "sync"), ("build-dir", "build")):
        link = room.root / "a link"
        link.symlink_to(room.root.parent / "outside")
        (room.root / "l10n-flow.toml").write_text(
            CONFIG.replace("[project]", f'[project]\n{key} = "a link/x"'), "utf-8"
        )
        require_refusal(runs(command), "a link", LINK)
        link.unlink()
    assert list((room.root.parent / "outside").iterdir()) == []


# What is allowed ---------------------------------------------------------------------------------------------------


def test_the_project_itself_may_be_reached_through_links(
    room: Newsroom, runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "to the news").symlink_to(room.root.parent)
    monkeypatch.chdir(tmp_path / "to the news" / "news")
    assert runs("sync").code == 0
    assert runs(*BUILD).code == 0
    assert runs("approve", "--by", "Ann", "source/b.txt").code == 0
    assert "新的一段。" in room.po_path("en").read_text("utf-8")
    init(tmp_path / "to the news" / "another")
    assert (tmp_path / "another" / "source").is_dir()


def test_what_is_typed_may_lie_outside_and_be_a_link_or_a_pipe(room: Newsroom, runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "typed.txt").write_text("題目\n\n第一段。\n", "utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "typed.txt")
    assert "第一段。" in runs("segment", str(tmp_path / "link.txt")).out
    os.mkfifo(tmp_path / "pipe.txt")
    command = [sys.executable, "-m", "l10n_flow", "segment", str(tmp_path / "pipe.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        (tmp_path / "pipe.txt").write_text("題目\n\n第一段。\n", "utf-8")
        out, _ = process.communicate(timeout=120)
    assert "第一段。" in out.decode()


# The guard ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Inside]:
    """A file of a project whose folder leads elsewhere."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a").write_bytes(b"theirs")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "folder").symlink_to(tmp_path / "outside")
    yield Inside(tmp_path / "root") / "folder/a"
    assert seen(tmp_path / "outside").keys() == {".", "a"}
    assert (tmp_path / "outside" / "a").read_bytes() == b"theirs"


@pytest.mark.parametrize(
    "use",
    [
        files.read_optional,
        files.read_source,
        files.stamp,
        files.remove,
        inside.is_file,
        lambda path: inside.is_folder(path.parent),
        lambda path: list(inside.walk(path.parent)),
        lambda path: files.write_atomically(path, b"ours"),
        lambda path: files.write_if_changed(path, b"theirs"),
        lambda path: files.write_atomically(path.with_name("b"), b"ours"),
        lambda path: files.move(path, Inside(path.root) / "b"),
        lambda path: files.move(Inside(path.root) / "c", path),
    ],
)
def test_every_function_looks_at_the_folders_too(linked: Inside, use: Callable[[Inside], object]) -> None:
    (linked.root / "c").touch()
    with pytest.raises(L10nFlowError, match="folder: is a symbolic link"):
        use(linked)


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "a//b", "", ".", "a/"])
def test_no_name_leads_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(L10nFlowError, match="is not the name of a file inside"):
        Inside(tmp_path) / name


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system opens nothing without following links")
def test_a_file_that_is_exchanged_for_a_link_in_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, victim = tmp_path / "a", tmp_path / "victim"
    victim.write_text(SECRET, "utf-8")
    path.write_text("ours")
    look = inside.look

    def slow(asked: Inside) -> os.stat_result | None:
        found = look(asked)
        path.unlink()
        path.symlink_to(victim)
        return found

    monkeypatch.setattr(inside, "look", slow)
    with pytest.raises(L10nFlowError, match="a: cannot be read"):
        files.read_optional(Inside.at(path))


def test_names_from_a_damaged_memory_lead_nowhere(room: Newsroom, runs: Runs) -> None:
    """``index.sqlite`` and the manifest come with a branch as well, when somebody has committed them."""
    (room.root.parent / "outside" / "a").write_text(SECRET, "utf-8")
    manifest = room.root / "preview/build.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"en/b.txt"', '"../../outside/a"'), "utf-8")
    store = Store(Inside(room.root) / ".l10n-flow/index.sqlite")
    values = dict(store.each("origin"))
    assert b"preview/en/b.txt" in values["b"]
    for name, value in values.items():
        store.put(name, {"origin": value.replace(b"preview/en/b.txt", b"preview/../../outside/a")})
    store.close()
    assert runs("sync").code == 0
    assert leaks(room) == []
