"""Check that output depends only on the sources: ``python tools/reproducible.py [PROJECT]``.

Two copies of a project (default: the sample and an article of each format) are synced, edited and synced again: with
different hash seeds, locales and time zones, and with files created in different orders. Every file must be the same in
both copies, byte for byte. It prints the number of compared files; the exit code is 1 when a file differs.
"""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
EPOCH = "1790000000"
SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "Asia/Hong_Kong"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "LANGUAGE": "zh_TW", "TZ": "America/St_Johns"},
)
FOLDERS = ("locales", "preview", "build")
LINES = [f"第{number}句說的是同一件事，只是數目不同：{number * 37}元。" for number in range(300)]
CONFIG = """\
[project]
name = "Reproducible"
source-locale = "zh_Hant_HK"

[locale.zh_Hans]
conversion = "hk2s"

[locale.en]
"""
ARTICLES = {
    "many.txt": "很多句子\n\n" + "".join(LINES) + "\n",
    "guide.md": "---\ntitle: 指南\n---\n\n# 指南\n\n一段，**重要**的，見[這裏](https://example.org)。\n\n- 甲\n",
    "page.html": "<!DOCTYPE html><html lang=zh-Hant><title>網頁</title><p>一段，<b>重要</b>的。</p><img alt=圖片>",
    "film.srt": "1\n00:00:01,000 --> 00:00:03,000\n第一句字幕。\n\n2\n00:00:04,000 --> 00:00:06,000\n第二句字幕。\n",
}


def main() -> None:
    project = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(prefix="l10n-flow-") as name:
        rooms = [Path(name, str(number), "project") for number in range(len(SURROUNDINGS))]
        for room, order, surroundings in zip(rooms, (1, -1), SURROUNDINGS, strict=True):
            copy(project, room, order)
            run(room, surroundings)
        names = [sorted(files(room)) for room in rooms]
        different = sorted(set(names[0]) ^ set(names[1]))
        different += [name for name in names[0] if name in names[1] and not same(*rooms, name)]
        sys.stdout.write(f"{len(names[0]):,} files compared, {len(different):,} differ\n")
        sys.stdout.writelines(f"  {name}\n" for name in different)
        sys.exit(bool(different))


def copy(project: Path | None, room: Path, order: int) -> None:
    """Copy the files of a project in a given order, because some file systems list files in the order of creation."""
    room.mkdir(parents=True)
    texts = {f"source/{name}": text.encode() for name, text in ARTICLES.items()}
    if project is None:
        sample = ROOT / "source/liuzhou.txt"
        texts |= {"l10n-flow.toml": CONFIG.encode(), "source/sample.txt": sample.read_bytes()}
    else:
        found = (path for path in project.rglob("*") if path.is_file() and not is_left_out(path.relative_to(project)))
        texts |= {path.relative_to(project).as_posix(): path.read_bytes() for path in found}
    for name, data in sorted(texts.items())[::order]:
        (room / name).parent.mkdir(parents=True, exist_ok=True)
        (room / name).write_bytes(data)


def is_left_out(path: Path) -> bool:
    """Whether a path is hidden, or belongs to a build."""
    return any(part.startswith(".") for part in path.parts) or path.parts[0] in {"build", "preview"}


def run(room: Path, surroundings: dict[str, str]) -> None:
    """Run a first sync, edit every sentence of an article, run a second sync, and make a review file."""
    environment = {**os.environ, **surroundings, "SOURCE_DATE_EPOCH": EPOCH}
    command = [sys.executable, "-m", "l10n_flow"]

    def do(*arguments: str) -> None:
        done = subprocess.run(
            [*command, *arguments], cwd=room, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode > 1:
            sys.exit(f"l10n-flow {' '.join(arguments)}: {done.stderr}")

    do("sync", "-q")
    many = room / "source/many.txt"
    many.write_text(many.read_text("utf-8").replace("只是數目不同", "不過數目有別"), "utf-8", newline="\n")
    do("sync", "-q")
    do("build", "--drafts", "--review", "-q")


def files(room: Path) -> Iterator[str]:
    for folder in FOLDERS:
        yield from (path.relative_to(room).as_posix() for path in (room / folder).rglob("*") if path.is_file())


def same(one: Path, other: Path, name: str) -> bool:
    return filecmp.cmp(one / name, other / name, shallow=False)


if __name__ == "__main__":
    main()
