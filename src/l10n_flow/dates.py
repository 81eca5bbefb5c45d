"""This moment, as seals, catalogues and the records of releases write it; SOURCE_DATE_EPOCH is respected."""

from __future__ import annotations

import os
import time


def today() -> str:
    """The date here, as seals bear it."""
    return time.strftime("%Y-%m-%d", time.localtime(_moment()))


def revision_date() -> str:
    """The PO-Revision-Date, in UTC."""
    return time.strftime("%Y-%m-%d %H:%M+0000", time.gmtime(_moment()))


def utc() -> str:
    """This second in UTC, as ISO 8601 writes it: ``2026-11-24T09:00:12Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(_moment()))


def _moment() -> float:
    return float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
