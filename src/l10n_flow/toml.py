"""Reading TOML that people write: an error in a file is reported with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from l10n_flow import conflicts
from l10n_flow.errors import ConfigError

_LINE = re.compile(r"at line (\d+)")


def loads(data: bytes, path: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of a file, without its byte order mark, and its parsed content.

    Raises:
        ConfigError: when it is not UTF-8 or not TOML; for a conflict marker, the message names it.
    """
    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("is not UTF-8; save it as UTF-8", path=path, line=line) from None
    except tomllib.TOMLDecodeError as error:
        if (number := conflicts.line_of_conflict(text)) is not None:
            raise ConfigError(conflicts.MESSAGE, path=path, line=number) from None
        found = _LINE.search(str(error))
        raise ConfigError(f"is not valid TOML: {error}", path=path, line=int(found[1]) if found else None) from None
