"""MO files: the compiled catalogue, as the GNU gettext manual describes it ("The Format of GNU MO Files").

polib's and Babel's writers add up ``bytes`` and are quadratic in the number of entries; this one is linear.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from l10n_flow.model import Key

_MAGIC = 0x950412DE


def compile_mo(header: Mapping[str, str], targets: Mapping[Key, str]) -> bytes:
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
    ordered = sorted(pairs.items())
    count = len(ordered)
    start = 28 + 16 * count
    tables: list[list[int]] = [[], []]
    texts: list[bytes] = []
    for column in (0, 1):
        for pair in ordered:
            tables[column] += (len(pair[column]), start)
            texts.append(pair[column] + b"\0")
            start += len(pair[column]) + 1
    head = struct.pack("<7I", _MAGIC, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return head + struct.pack(f"<{4 * count}I", *tables[0], *tables[1]) + b"".join(texts)
