"""The same sources give the same files, whatever the order that Python's sets happen to have."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import Newsroom

ROOT = Path(__file__).parent.parent
#: More units than are compared each with each: the candidates come from an index.
SENTENCES = 450
SEEDS = range(5)

SUBJECTS = ["市政府", "工程處", "博物館", "文化局", "柳州市", "合作社", "自治區", "交通部"]
VERBS = ["宣佈將會", "計劃重新", "決定暫停", "已經開始", "建議全面"]
OBJECTS = ["修建大橋", "發展旅遊", "改善交通", "保護江岸", "生產汽車", "舉辦展覽", "開放公園"]


def sentence(rng: random.Random) -> str:
    """One of few words in many orders: as sentences of one author do, they share their pairs of characters."""
    return f"{rng.choice(SUBJECTS)}{rng.choice(VERBS)}{rng.choice(OBJECTS)}，耗資{rng.randrange(900)}萬元。"


def edited(text: str, rng: random.Random) -> str:
    return text.replace(text[:3], rng.choice(SUBJECTS)).replace("耗資", "動用約")


@pytest.fixture
def edited_room(newsroom: Newsroom) -> Newsroom:
    """A document of which every sentence has been edited since it was translated."""
    rng = random.Random(7)
    before = list(dict.fromkeys(sentence(rng) for _ in range(SENTENCES)))
    newsroom.write("標題\n\n" + "".join(before) + "\n")
    assert newsroom.run("extract").code == 0
    newsroom.translate({text: f"Sentence {number}." for number, text in enumerate(before)})
    newsroom.write("標題\n\n" + "".join(edited(text, rng) for text in before) + "\n")
    return newsroom


def outcome(room: Newsroom, seed: int) -> Mapping[str, bytes]:
    copy = Newsroom(room.root.with_name(f"seed {seed}"))
    shutil.copytree(room.root, copy.root)
    ran = copy.run("sync", env={"PYTHONHASHSEED": str(seed)})
    assert ran.code == 0, ran.err
    return copy.tree()


def test_merging_does_not_depend_on_the_hash_seed(edited_room: Newsroom) -> None:
    first, *others = (outcome(edited_room, seed) for seed in SEEDS)
    assert first["locales/en/LC_MESSAGES/a.po"].count(b"#, fuzzy") > SENTENCES // 2
    assert all(each == first for each in others)


def test_nothing_that_is_written_depends_on_the_surroundings() -> None:
    """Hash seeds, locales, time zones and the order of files; articles of every format but Word."""
    ran = subprocess.run([sys.executable, ROOT / "tools/reproducible.py"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.partition(" ")[2]) == (0, "files compared, 0 differ\n"), ran.stdout + ran.stderr
