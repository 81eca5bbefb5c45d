"""MO files: the compiled catalogue, as the GNU gettext manual describes it ("The Format of GNU MO Files").

polib's and Babel's writers add up ``bytes`` and are quadratic in the number of entries; this one is linear.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from l10n_flow.model import Key

_MAGIC = 0x950412DE


def compile_mo(header: Mapping[str, str], targets: Mapping[Key, str]) -> bytearray:
    """The bytes of an MO file.

    Args:
        header: the header fields.
        targets: key to msgstr; empty ones are left out.
    """
    pairs = {b"": "".join(f"{name}: {value}\n" for name, value in header.items()).encode()}
    for key, target in targets.items():
        if target:
            context = "" if key.context is None else f"{key.context}\x04"
            pairs[f"{context}{key.source}".encode()] = target.encode()
    columns = sorted(pairs), [text for _, text in sorted(pairs.items())]
    pairs.clear()
    count = len(columns[0])
    start = 28 + 16 * count
    made = bytearray(struct.pack("<7I", _MAGIC, 0, count, 28, 28 + 8 * count, 0, start))
    for texts in columns:
        for text in texts:
            made += struct.pack("<2I", len(text), start)
            start += len(text) + 1
    for texts in columns:
        for text in texts:
            made += text
            made += b"\0"
        texts.clear()  # what stands in the file need not stand beside it
    return made
