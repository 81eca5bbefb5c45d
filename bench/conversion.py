"""Measure the conversion alone: ``python bench/conversion.py SOURCES OUTPUT`` converts every block of every article.

It prints the CPU seconds for loading the dictionaries and for converting, without the start of Python and without the
segmentation. Then it writes each block, its line and its conversion to OUTPUT as JSON, for the peers' catalogues.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from l10n_flow import documents
from l10n_flow.conversion import Converter


def main(arguments: Sequence[str]) -> None:
    sources, output = arguments
    texts = {path.name: path.read_bytes() for path in sorted(Path(sources).glob("*.txt"))}
    parsed = [documents.parse(data, path=name, format="text", unit="sentence") for name, data in texts.items()]
    blocks = [[unit.text for unit in block.units] for document in parsed for block in document.blocks]
    started = time.process_time()
    convert_block = Converter("hk2s").convert_block
    for block in blocks:
        convert_block(block)
    print(time.process_time() - started)
    lines = {line for data in texts.values() for line in data.decode().splitlines() if line}
    converted = {line: convert_block([line])[0] for line in sorted(lines)}
    Path(output).write_text(json.dumps(converted, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
