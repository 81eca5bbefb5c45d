"""Surroundings that are not ours: encodings of terminals and pipes, names in two spellings, interrupts at start-up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from conftest import EPOCH, Newsroom
from l10n_flow.cli import cli
from l10n_flow.cli.running import main

NAME = "文章é"
ARTICLE = "題目\n\n柳州位於廣西 。\n\n買餸👨\u200d👩\u200d👧。\n"
#: Each command that ``l10n-flow --help`` lists, so that it says or writes something that is not ASCII.
COMMANDS = {
    "approve": ["approve", NAME, "--locale", "en", "--by", "陳大文"],
    "build": ["build", "--drafts"],
    "check": ["check", NAME],
    "convert": ["convert", "-"],
    "extract": ["extract", NAME],
    "history": ["history", NAME],
    "ignore": ["ignore", "untranslated", NAME, "--locale", "en", "--reason", "不用理會"],
    "init": ["init", "新專案"],
    "join": ["join", NAME, "無此單元", "--locale", "en"],
    "merge-driver": ["merge-driver", "無.po", "無.po", "無.po", "無.po"],
    "releases": ["releases", "無此文章"],
    "resolve": ["resolve", NAME],
    "restore": ["restore", NAME, "無此單元", "--locale", "en"],
    "review": ["review", "--host", "不是主機.invalid"],
    "docs": ["docs", NAME],
    "segment": ["segment", f"source/{NAME}.txt"],
    "status": ["status", NAME],
    "sync": ["sync"],
    "unapprove": ["unapprove", NAME, "--locale", "en"],
    "user": ["user", "remove", "無此人"],
    "無此命令": ["無此命令"],
}
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
SURROUNDINGS = [
    {"LC_ALL": "en_HK", "charmap": "ISO-8859-1"},
    {"LC_ALL": "zh_HK", "charmap": "BIG5-HKSCS"},
    {"PYTHONIOENCODING": "cp950"},
    {"PYTHONIOENCODING": "gbk"},
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii", **ASCII},
]


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Locale data that systems rarely have, made where the sources of the C library's locales are there."""
    folder = tmp_path_factory.mktemp("locales")
    for each in SURROUNDINGS:
        if "charmap" in each and shutil.which("localedef"):
            subprocess.run(
                ["localedef", "-i", each["LC_ALL"], "-f", each["charmap"], folder / each["LC_ALL"]],
                capture_output=True,
                check=False,
            )
    return folder


def surrounding(number: int, locales: Path) -> dict[str, str]:
    chosen = {key: value for key, value in SURROUNDINGS[number].items() if key != "charmap"}
    if "charmap" not in SURROUNDINGS[number]:
        return chosen
    made = (locales / chosen["LC_ALL"]).exists()
    return {**chosen, "LOCPATH": str(locales)} if made else ASCII


@pytest.mark.skipif(sys.platform == "win32", reason="locales of the C library")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_writes_utf_8_whatever_surrounds_it(newsroom: Newsroom, command: str, locales: Path) -> None:
    """The surroundings go round: each command meets two, each of them a third of the commands. A pipe, and a file."""
    newsroom.write(ARTICLE, f"{NAME}.txt")
    newsroom.sync()
    place = list(COMMANDS).index(command)
    codes = set()
    for number in (place % len(SURROUNDINGS), (place + 3) % len(SURROUNDINGS)):
        env = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **surrounding(number, locales)}
        env = {key: value for key, value in env.items() if key != "PYTHONUTF8" or value == "0"}
        out = newsroom.root.parent / "out"
        with out.open("wb") as file:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "l10n_flow", *COMMANDS[command]],
                cwd=newsroom.root, input=ARTICLE.encode(), stdout=file if number % 2 else subprocess.PIPE,
                stderr=subprocess.PIPE, env=env, check=False,
            )  # fmt: skip
        said = (done.stdout or out.read_bytes()).decode() + done.stderr.decode()  # strictly: it is UTF-8
        assert done.returncode in {0, 1, 2}, said
        assert not [word for word in ("Traceback", "fault", "not UTF-8", "\\u", "\\x", "\\udc") if word in said], said
        codes.add(done.returncode)
    assert (newsroom.root / "source" / f"{NAME}.txt").exists()
    assert [path.name for path in (newsroom.root / "locales").glob("*.pot")] == [f"{NAME}.pot"]
    if command != "init":  # which makes a project once
        assert len(codes) == 1


def test_every_command_is_in_the_table() -> None:
    assert set(cli.list_commands(None)) <= set(COMMANDS)  # type: ignore[arg-type]


# Names in two spellings ------------------------------------------------------------------------------------------


def test_names_are_one_however_they_are_composed(newsroom: Newsroom) -> None:
    """On the disk, in globs, overrides, encodings and patterns of outputs, on the command line."""
    nfc = {name: unicodedata.normalize("NFC", name) for name in ("é", "ö", "ä", "ü")}
    nfd = {name: unicodedata.normalize("NFD", name) for name in nfc}
    newsroom.write(ARTICLE, f"{nfd['ü']}/{nfd['é']}.txt")
    newsroom.write(ARTICLE, f"{nfd['ü']}/{nfd['ö']}.txt")
    (newsroom.source(nfd["ü"]) / f"{nfd['ä']}.txt").write_bytes("題目\n\n一句。\n".encode("big5"))
    (newsroom.root / "l10n-flow.toml").write_text(
        f"""
[project]
source-locale = "zh_Hant_HK"
sources = ["source/{nfc["ü"]}/*.txt"]
exclude = ["source/{nfc["ü"]}/{nfc["ö"]}*"]
[encodings]
"source/{nfc["ü"]}/{nfc["ä"]}.txt" = "big5"
[outputs]
"source/{nfc["ü"]}/{nfc["é"]}.txt" = "special/{{locale}}/{{document}}.txt"
[locale.en]
[[checks.overrides]]
documents = ["{nfc["é"]}"]
ignore = ["untranslated"]
""",
        "utf-8",
    )
    (newsroom.root / "l10n-flow.overrides.toml").write_text(
        f'[[override]]\ndocument = "{nfc["é"]}"\ntext = "題目"\nkind = "caption"\n', "utf-8"
    )
    ran = newsroom.run("sync")
    assert (ran.code, "no document" in ran.err) == (0, False), ran.err
    templates = sorted(path.name for path in (newsroom.root / "locales").glob("*.pot"))
    assert templates == [f"{nfd['ä']}.pot", f"{nfd['é']}.pot"]
    assert (newsroom.root / "preview" / "special" / "en" / f"{nfd['é']}.txt").exists()
    assert "#. caption" in (newsroom.root / "locales" / f"{nfd['é']}.pot").read_text("utf-8")
    assert newsroom.run("check", nfc["é"], nfd["é"]).code == 0
    for spelt in (nfc, nfd):
        for name in (spelt["ä"], f"source/{spelt['ü']}/{spelt['ä']}.txt", f"locales/{spelt['ä']}.pot"):
            assert newsroom.run("status", name).code == 0, name
        assert newsroom.run("segment", f"source/{spelt['ü']}/{spelt['é']}.txt").code == 0
    assert newsroom.run("segment", f"source/{nfc['ü']}/{nfc['é']}è.txt").code == 2


# Interrupts ------------------------------------------------------------------------------------------------------

#: Stands in for a library that is imported at start-up: an interrupt comes meanwhile.
INTERRUPTING = """
import os, signal, sys
del sys.modules["click"]
sys.path.remove({folder!r})
if {again} == bool(sys.flags.utf8_mode):
    os.kill(os.getpid(), signal.SIGINT)
    signal.sigtimedwait([], 0.2)
import click
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("again", [False, True])
def test_an_interrupt_at_start_up_is_quiet(newsroom: Newsroom, tmp_path: Path, *, again: bool) -> None:
    """While libraries are imported, and while the command starts itself again in UTF-8."""
    (tmp_path / "libraries").mkdir()
    folder = str(tmp_path / "libraries")
    (tmp_path / "libraries" / "click.py").write_text(INTERRUPTING.format(folder=folder, again=again), "utf-8")
    ran = newsroom.run("status", env={"PYTHONPATH": folder, **ASCII})
    assert (ran.code, ran.err.strip(), ran.out) == (130, "interrupted", "")


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), RuntimeError("in a class")])
def test_an_interrupt_is_one_whatever_python_makes_of_it(
    raised: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if isinstance(raised, RuntimeError):
        raised.__cause__ = KeyboardInterrupt()

    def interrupted(**_options: object) -> None:
        raise raised

    monkeypatch.setattr(cli, "main", interrupted)
    with pytest.raises(SystemExit) as stopped:
        main(["status"])
    assert (stopped.value.code, capsys.readouterr().err) == (130, "interrupted\n")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_interrupt_where_python_drops_exceptions_comes_again() -> None:
    program = """
import os, signal, time, weakref
from l10n_flow.cli import running
class Thing: pass
def callback(_): signal.raise_signal(signal.SIGINT)
def run(arguments):
    thing = Thing(); ref = weakref.ref(thing, callback); del thing
    time.sleep(5)
    print("went on")
    return 0
running._run = run
running.main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")
