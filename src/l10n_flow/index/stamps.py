"""Decide from the data of the file system, without reading a file, whether the file is unchanged.

The rule is git's ("racy git" in git's technical documentation): a file is unchanged when its inode, its size and both
its times are unchanged, and the times are older than the moment of the last look. A file that was written in the same
tick of the clock could be written again with the same data; for such a file the bytes are compared.
"""

from __future__ import annotations

import os
import stat
from typing import NamedTuple


class Look(NamedTuple):
    """The data of the file system about a file.

    Attributes:
        stamp: inode, size, and the times in nanoseconds when content and inode changed; two files have two stamps.
        newest: the later of the two times.
    """

    stamp: str
    newest: int


#: The look of a file that does not exist.
ABSENT = Look("-", 0)


def look(path: str) -> Look | None:
    """Ask the file system about a file; ``ABSENT`` when there is none, None when it is not regular or not accessible.

    A link is not followed. The folders of the path may be links: files behind another link have other inodes.
    """
    try:
        found = os.lstat(path)
    except (FileNotFoundError, ValueError):
        return ABSENT
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    content, inode = found.st_mtime_ns, found.st_ctime_ns
    return Look(f"{found.st_ino} {found.st_size} {content} {inode}", max(content, inode))


class Seen(NamedTuple):
    """A file in the version from which a result was computed.

    Attributes:
        path: relative to the project's folder, with slashes.
        digest: the digest of its bytes (``files.digest``); "" when there was no file.
        stamp: the stamp of its ``Look``; "" when the stamp cannot show whether the file changed.
    """

    path: str
    digest: str
    stamp: str = ""

    def is_same(self, root: str) -> bool:
        """Whether the file is certainly unchanged; it is not read."""
        found = look(f"{root}/{self.path}") if self.stamp else None
        return found is not None and found.stamp == self.stamp
