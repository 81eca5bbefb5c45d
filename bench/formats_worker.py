"""``formats_worker.py FORMAT FILE``: CPU seconds of reading and writing one file, its units, the peak memory in MB.

Each unit is written in brackets, as an edition in another language changes every text; the brackets taken away, the
file must be back.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from l10n_flow import documents


def main() -> None:
    name, path = sys.argv[1:]
    data = Path(path).read_bytes()
    started = time.process_time()
    document = documents.parse(data, format=name)
    read = time.process_time() - started
    targets = [f"〔{unit.text}〕" for unit in document.units()]
    started = time.process_time()
    written = documents.render(document, targets, locale="zh_Hant")
    write = time.process_time() - started
    kilobyte = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * kilobyte / 1e6
    if (
        documents.registry.get(name).is_text
        and written.decode().translate({0x3014: None, 0x3015: None}) != data.decode()
    ):
        raise SystemExit(f"{name}: the file is not back")
    print(json.dumps({"units": len(targets), "read": read, "write": write, "peak": peak}))


if __name__ == "__main__":
    main()
