"""The present time in the forms of seals, catalogues and records of releases; SOURCE_DATE_EPOCH is respected."""

from __future__ import annotations

import os
import time

from l10n_flow.errors import ConfigError

#: The last second of the year 9999.
_LAST = 253_402_300_799


def today() -> str:
    """Return the date in UTC, in the form of seals."""
    return time.strftime("%Y-%m-%d", time.gmtime(_moment()))


def revision_date() -> str:
    """Return the PO-Revision-Date in UTC."""
    return time.strftime("%Y-%m-%d %H:%M+0000", time.gmtime(_moment()))


def utc() -> str:
    """Return the time in UTC in the form of ISO 8601: ``2026-11-24T09:00:12Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(_moment()))


def _moment() -> int:
    """Return the seconds since 1970.

    Raises:
        ConfigError: when SOURCE_DATE_EPOCH is not a number of seconds, or too large for a date.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if not told:
        return int(time.time())
    if not told.isascii() or not told.isdigit() or int(told) > _LAST:
        raise ConfigError(f"SOURCE_DATE_EPOCH is {told!r}; it takes the seconds since 1970, such as 1795000000")
    return int(told)
