"""Whether a file is as it was, told by what the file system says of it, without reading it.

The rule is git's (Documentation/technical/racy-git.txt): a file is as it was when its inode, its size and both its
times are, and the times are older than the moment at which it was looked at. A file that was written in the same tick
of the clock could be written again and look the same; of such a one nothing is said, and its bytes are compared.
"""

from __future__ import annotations

import os
import stat
from typing import NamedTuple


class Look(NamedTuple):
    """What the file system says of a file.

    Attributes:
        stamp: inode, size, and when content and inode changed, in nanoseconds: another file has another one.
        newest: the later of both times.
    """

    stamp: str
    newest: int


#: Of a name at which there is nothing.
ABSENT = Look("-", 0)


def look(path: str) -> Look | None:
    """What the file system says of a file now; ``ABSENT`` of none, None of what is no regular file or cannot be seen.

    The path is not followed when it is a link. Whether its folders are links does not matter: what lies behind a link
    has other inodes.
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
    """A file as it was when a result was made from it.

    Attributes:
        path: from the project's folder, with slashes.
        digest: of its bytes (``files.digest``); "" when there was no file.
        stamp: of its ``Look``; "" when nothing can be told from that.
    """

    path: str
    digest: str
    stamp: str = ""

    def is_same(self, root: str) -> bool:
        """Whether the file is as it was, as far as can be told without reading it."""
        found = look(f"{root}/{self.path}") if self.stamp else None
        return found is not None and found.stamp == self.stamp
