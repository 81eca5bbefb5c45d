"""The review page when many save at once, and when its server is killed or told to end in the middle: what was
acknowledged is in the catalogue. Everything is counted, nothing is timed; ``bench/review.py`` measures the same."""

from __future__ import annotations

import importlib
import shutil
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from l10n_flow.catalogue import Draft
from l10n_flow.inside import Inside

BENCH = Path(__file__).parent.parent / "bench"
UNITS, CLIENTS, SAVES = 200, 8, 25


@pytest.fixture(scope="module")
def load() -> ModuleType:
    """The benchmark: its project, its server in a process of its own, its clients."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        return importlib.import_module("review_load")


@pytest.fixture(scope="module")
def made(load: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("load") / "made"
    load.make_project(root, UNITS)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "project"))


def changed(before: dict[str, str], after: dict[str, str]) -> int:
    return sum(after[unit] != text for unit, text in before.items())


def test_many_who_save_at_once_lose_nothing(load, root):
    before = load.texts(root)
    with load.serving(root) as server, load.crowd(server, CLIENTS) as crowd:
        crowd.run(SAVES)
    assert (len(crowd.saved), crowd.refused) == (CLIENTS * SAVES, [])
    assert len({one.unit for one in crowd.saved}) == UNITS == len(before)
    after = load.texts(root)
    assert list(after) == list(before)
    assert load.found(root, crowd.saved) == UNITS
    assert sorted(after.values()) == sorted(one.text for one in crowd.saved)
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", load.path(root)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_was_acknowledged_is_there_after_kill_9(load, root):
    before = load.texts(root)
    with load.serving(root) as server, load.crowd(server, CLIENTS) as crowd:

        def kill() -> None:
            crowd.wait_for(CLIENTS * SAVES // 4)
            server.process.kill()

        crowd.run(SAVES, meanwhile=kill)
    assert server.process.returncode == -signal.SIGKILL
    assert CLIENTS * SAVES // 4 <= len(crowd.saved) < CLIENTS * SAVES
    assert load.found(root, crowd.saved) == len(crowd.saved)
    # Each client had one save under way at most.
    assert len(crowd.saved) <= changed(before, load.texts(root)) <= len(crowd.saved) + CLIENTS
    with load.serving(root) as server, closing(load.Client(server, "Ann")) as client:  # no lock is left behind
        unit, base = next(iter(load.cards(client).items()))
        assert client.save(unit, base, "It goes on after the crash.")[0] == 200


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_a_server_told_to_end_finishes_what_it_acknowledges(load, root, end):
    before = load.texts(root)
    with load.serving(root) as server, load.crowd(server, CLIENTS) as crowd:

        def stop() -> None:
            crowd.wait_for(CLIENTS * 5)
            server.process.send_signal(end)

        crowd.run(SAVES, meanwhile=stop)
        assert server.process.wait(20) in {0, 130}
    assert CLIENTS * 5 <= len(crowd.saved) < CLIENTS * SAVES
    assert load.found(root, crowd.saved) == len(crowd.saved)
    assert len(crowd.saved) <= changed(before, load.texts(root)) <= len(crowd.saved) + CLIENTS


def test_of_two_who_race_for_a_unit_one_is_told_of_the_other(load, root):
    with load.serving(root) as server, load.crowd(server, 2) as crowd, ThreadPoolExecutor(2) as pool:
        for turn, (unit, base) in enumerate(list(crowd.units.items())[:10]):
            wrote = [f"Turn {turn}, as {name} puts it." for name in ("Ann", "Bob")]
            both = threading.Barrier(2)

            def save(number: int, unit=unit, base=base, wrote=wrote, both=both) -> tuple[int, str]:
                both.wait(20)
                return crowd.clients[number].save(unit, base, wrote[number])

            answers = list(pool.map(save, range(2)))
            assert sorted(status for status, _ in answers) == [200, 409]
            winner, loser = (0, 1) if answers[0][0] == 200 else (1, 0)
            assert wrote[winner] in answers[loser][1]
            assert wrote[loser] in answers[loser][1]  # nothing that one typed is lost
            held = load.texts(root)
            assert [text for digest, text in held.items() if digest.startswith(unit)] == [wrote[winner]]
            assert wrote[loser] not in held.values()


def test_a_count_that_lacks_a_save_says_so(load, root):
    """The count itself can fail: a text elsewhere, twice, or nowhere is not found."""
    units = list(load.texts(root))
    held = {unit: text for unit, text in load.texts(root).items() if text}
    unit, text = next(iter(held.items()))
    assert load.found(root, [load.Saved(unit[:8], text, 0.0)]) == 1
    other = next(each for each in units if each != unit)
    assert load.found(root, [load.Saved(other[:8], text, 0.0), load.Saved(unit[:8], "Nowhere.", 0.0)]) == 0
    draft = Draft(load.read(root))
    key = next(key for key in draft.entries if key.digest == other)
    draft.entries[key] = draft.entries[key]._replace(msgstr=text)
    load.po.write(Inside.at(load.path(root)), draft.done())
    assert load.found(root, [load.Saved(unit[:8], text, 0.0)]) == 0
