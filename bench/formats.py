"""What reading and writing a large file costs in each format: CPU seconds and peak memory, a process for each file.

``python bench/formats.py`` measures 10 MB of short paragraphs, items and cells full of markup, and a million blocks of
one letter. The dense file's texts are the sample's words in an order of its own; the seed is fixed.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

_HERE = Path(__file__).parent
_SAMPLE = _HERE.parent / "source" / "liuzhou.txt"
_SEED = 20261127
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

#: A few blocks in a row, from a function that gives so many characters of text, and a number.
Blocks = Callable[[Callable[[int], str], int], str]


def _html(text: Callable[[int], str], number: int) -> str:
    return (
        f'<p>{text(8)}，<a href="/n/{number}">{text(4)}</a>和<b>{text(3)}</b>。{text(10)}<em>{text(2)}</em>。</p>\n'
        f'<table><tr><td>{text(3)}</td><td>{number}</td><td><a href="/x/{number}">{text(5)}</a></td></tr></table>\n'
        f'<ul class="c"><li><a href="/y/{number}">{text(6)}</a></li><li>{text(7)} <code>x{number}</code></li></ul>\n'
        f'<p><img src="{number}.png" alt="{text(4)}"> {text(9)}&nbsp;{text(4)}<br>{text(8)}<i>{text(3)}</i>。</p>\n'
    )


def _markdown(text: Callable[[int], str], number: int) -> str:
    return (
        f"{text(8)}，[{text(4)}](/n/{number})和**{text(3)}**。{text(10)}*{text(2)}*。\n\n"
        f"| {text(3)} | {text(4)} |\n| --- | --- |\n| {number} | [{text(5)}](/x/{number}) |\n\n"
        f"- [{text(6)}](/y/{number})\n- {text(7)} `x{number}`\n\n"
        f"![{text(4)}]({number}.png) {text(9)}&nbsp;{text(4)}\\\n{text(8)}*{text(3)}*。\n\n"
    )


def _docx(text: Callable[[int], str], number: int) -> str:
    strong = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text(3)}</w:t></w:r>"
    row = "".join(f"<w:tc><w:p>{_run(each)}</w:p></w:tc>" for each in (text(3), str(number), text(5)))
    return f"<w:p>{_run(text(8) + '，')}{strong}{_run('。' + text(10) + '。')}</w:p><w:tbl><w:tr>{row}</w:tr></w:tbl>"


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _srt(text: Callable[[int], str], number: int) -> str:
    minutes, seconds = divmod(2 * number, 60)
    hours, minutes = divmod(minutes, 60)
    time = f"{hours:02}:{minutes:02}:{seconds:02}"
    return f"{number + 1}\n{time},000 --> {time},900\n{text(9)}<i>{text(3)}</i>\n{text(8)}。\n\n"


#: For each format its suffix, dense blocks, and a block of one letter.
FORMATS: dict[str, tuple[str, Blocks, Blocks]] = {
    "html": (".html", _html, lambda _, __: "<p>x</p>\n"),
    "markdown": (".md", _markdown, lambda _, __: "x\n\n"),
    "docx": (".docx", _docx, lambda _, __: f"<w:p>{_run('x')}</w:p>"),
    "srt": (".srt", _srt, lambda _, number: f"{number + 1}\n00:00:00,000 --> 00:00:01,000\nx\n\n"),
}


def rows(blocks: Blocks) -> Iterator[str]:
    """Blocks without an end."""
    words = "".join(letter for letter in _SAMPLE.read_text("utf-8") if "\u4e00" <= letter <= "\u9fff")
    choose = random.Random(_SEED)

    def text(length: int) -> str:
        start = choose.randrange(len(words) - length)
        return words[start : start + length]

    return (blocks(text, number) for number in count())


def of_size(found: Iterator[str], size: int) -> Iterator[str]:
    """As many of them as make a file of so many bytes."""
    while size > 0:
        yield (row := next(found))
        size -= len(row.encode())


def packed(name: str, text: str) -> bytes:
    """The file: of Word a package with this much in its body."""
    if name != "docx":
        return text.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        override = f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/>'
        archive.writestr("[Content_Types].xml", f"<Types>{override}</Types>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{text}</w:body></w:document>')
    return stream.getvalue()


def measured(name: str, data: bytes, folder: Path) -> dict[str, float]:
    """What ``formats_worker.py`` says of a file."""
    path = folder / f"file{FORMATS[name][0]}"
    path.write_bytes(data)
    command = [sys.executable, str(_HERE / "formats_worker.py"), name, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    path.unlink()
    found: dict[str, float] = json.loads(said)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", help=f"of {', '.join(FORMATS)}; all without one")
    parser.add_argument("--megabytes", type=float, default=10, help="of the dense file, in Word of its text part")
    parser.add_argument("--blocks", type=int, default=1_000_000, help="of one letter; 0 leaves them out")
    chosen = parser.parse_args()
    if unknown := set(chosen.formats) - set(FORMATS):
        parser.error(f"unknown format: {', '.join(sorted(unknown))}")
    print(f"{'':32}{'units':>10}{'read s':>9}{'write s':>9}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen.formats or FORMATS:
            _, dense, tiny = FORMATS[name]
            files = [(f"{chosen.megabytes:g} MB, dense", of_size(rows(dense), int(chosen.megabytes * 1e6)))]
            if chosen.blocks:
                files.append((f"{chosen.blocks:,} blocks", islice(rows(tiny), chosen.blocks)))
            for what, texts in files:
                found = measured(name, packed(name, "".join(texts)), Path(folder))
                label = f"{name}: {what}"
                print(
                    f"{label:32}{found['units']:>10,}{found['read']:>9.1f}{found['write']:>9.1f}{found['peak']:>9.0f}"
                )


if __name__ == "__main__":
    main()
