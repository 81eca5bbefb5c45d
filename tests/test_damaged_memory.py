"""What is remembered (the cache, the manifests, the address of the page) may be damaged in any way: then it is none.

A seeded search: every file of the kind is damaged in hundreds of ways, and the commands do as if it were not there.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
import shutil
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import EPOCH, Newsroom, Ran
from l10n_flow.cli.running import main

CONFIG = """\
[project]
source-locale = "zh_Hant_HK"

[locale.zh_Hans]
conversion = "hk2s"

[locale.en]
missing = "source"
"""
INDEX, ADDRESS = ".l10n-flow/index.sqlite", ".l10n-flow/review.address"
PLACES = (INDEX, "preview/build.json", "build/build.json", ADDRESS)
COMMANDS = (("status", "--todo"), ("build", "--drafts"), ("build",), ("build", "--locale", "en"), ("sync",))
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**400, 1e308, float("inf"), float("nan"), "", "../../x", "a\0b", "\ud800", "/etc",
    [], {}, [[]], {"": None}, [None], "index.html", "build.json", "a" * 5_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = Newsroom(tmp_path_factory.mktemp("made") / "news")
    for name in ("a", "deep/b"):
        room.write(f"題目{name}\n\n第一段 {name}。第二段。\n", f"{name}.txt")
    (room.root / "l10n-flow.toml").write_text(CONFIG, "utf-8")
    room.sync()
    assert room.run("build").code == 0
    (room.root / ADDRESS).write_text("http://127.0.0.1:8000", "utf-8")
    return room.root


@pytest.fixture
def room(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return Newsroom(Path(shutil.copytree(made, tmp_path / "news")))


@pytest.fixture
def runs(room: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """The program in this process: starting it some hundred times takes long."""
    monkeypatch.chdir(room.root)

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        return Ran(int(ended.value.code or 0), *capsys.readouterr())

    return run


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where anything stands in what JSON has."""
    yield path
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from nodes(each, (*path, key))


def altered(value: Any, chance: random.Random) -> Any:
    """One place of it another value, away, or there twice."""
    made = copy.deepcopy(value)
    path = chance.choice(list(nodes(made)))
    if not path:
        return chance.choice(VALUES)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    what = chance.randrange(3)
    if what == 0:
        del holder[path[-1]]
    elif what == 1 and isinstance(holder, dict):
        holder[chance.choice(["?", "", "files", "index", "key"])] = holder.pop(path[-1])
    else:
        holder[path[-1]] = chance.choice(VALUES)
    return made


def flipped(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randrange(1, 4)):
        if damaged:
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged[: chance.randrange(len(damaged) + 1)]) if chance.random() < 0.3 else bytes(damaged)


def damaged(place: str, data: bytes, chance: random.Random) -> bytes:
    """The file with a damage that somebody's hand, a version or a disk could make."""
    if place == ADDRESS or chance.random() >= 0.7:
        return flipped(data, chance)
    return index_altered(data, chance) if place == INDEX else json.dumps(altered(json.loads(data), chance)).encode()


def index_altered(data: bytes, chance: random.Random) -> bytes:
    """An index of which one value is another, whole in itself; sometimes only its sum is wrong."""
    with contextlib.closing(sqlite3.connect(":memory:")) as index:
        index.deserialize(data)
        document, kind, value = chance.choice(index.execute("SELECT * FROM known ORDER BY 1, 2").fetchall())
        lines = value[4:].split(b"\n")
        place = chance.randrange(len(lines))
        if lines[place][:1] in {b"[", b"{"}:
            lines[place] = json.dumps(altered(json.loads(lines[place]), chance)).encode()
        else:
            lines[place] = flipped(lines[place], chance)
        body = b"\n".join(lines)
        sum_ = zlib.crc32(body).to_bytes(4, "big") if chance.random() < 0.9 else b"\0\0\0\0"
        index.execute("UPDATE known SET value = ? WHERE document = ? AND kind = ?", (sum_ + body, document, kind))
        index.commit()
        return index.serialize()


def require_sane(ran: Ran, command: tuple[str, ...]) -> None:
    assert ran.code in {0, 1, 2}, (command, ran.err)
    assert "Traceback" not in ran.err
    assert "fault" not in ran.err


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("place", PLACES)
def test_damage_in_what_is_remembered_stops_nothing(room: Newsroom, runs, place: str, seed: int) -> None:
    chance = random.Random(f"{place} {seed}")
    path = room.root / place
    before = room.tree("locales", "build", "preview")
    data = path.read_bytes()
    for _ in range(12):
        path.write_bytes(damaged(place, data, chance))
        for command in COMMANDS:
            require_sane(runs(*command), command)
        for name in ("build", "preview"):  # and a damaged manifest takes nothing of an edition away
            assert before[f"{name}/en/a.txt"] == (room.root / name / "en/a.txt").read_bytes()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert room.tree("locales") == {name: data for name, data in before.items() if name.startswith("locales/")}


FORMS: dict[str, Callable[[Path], object]] = {
    "deep list": lambda path: path.write_bytes(b"[" * 1_000_000),
    "deep table": lambda path: path.write_bytes(b'{"a":' * 1_000_000),
    "deep and whole": lambda path: path.write_bytes(b"[" * 100_000 + b"]" * 100_000),
    "huge number": lambda path: path.write_bytes(b'{"drafts": ' + b"9" * 1_000_000 + b"}"),
    "empty": lambda path: path.write_bytes(b""),
    "nothing but NUL": lambda path: path.write_bytes(b"\0" * 10_000),
    "UTF-16": lambda path: path.write_bytes("{}".encode("utf-16")),
    "folder": lambda path: (path.unlink(), path.mkdir()),
    "folder with a file": lambda path: (path.unlink(), path.mkdir(), (path / "x").write_text("x")),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("place", [*PLACES, ".l10n-flow/locks"])
def test_forms_that_nobody_writes_stop_nothing(room: Newsroom, runs, place: str, form) -> None:
    path = room.root / place
    if path.is_dir():
        shutil.rmtree(path)
        path.write_bytes(b"")
    form(path)
    for command in COMMANDS:
        require_sane(runs(*command), command)
    if not path.is_dir() and place in {INDEX, ADDRESS}:
        room.write("題目\n\n新的一段。\n", "c.txt")
        assert runs("sync").code == 0
