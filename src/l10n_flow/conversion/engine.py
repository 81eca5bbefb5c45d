"""The engines: the compiled converter for the name of a conversion."""

from __future__ import annotations

import zlib
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from l10n_flow.conversion import matching, packages, punctuation, reference, store
from l10n_flow.conversion.compiled import Compiled, Convert, Tables, Trace
from l10n_flow.conversion.matching import Piece
from l10n_flow.conversion.packages import Package
from l10n_flow.conversion.rows import DATA
from l10n_flow.errors import ConversionError

if TYPE_CHECKING:
    from l10n_flow.conversion.deciding import Decider
    from l10n_flow.conversion.dictionaries import Chain

#: Spans that the chain itself converts are mostly single words, and words recur.
_REMEMBERED, _SHORT = 20_000, 16
#: Our tables that influence a conversion.
_LISTS = ("corrections.tsv", "frequencies.txt", "readings.tsv", "vocabulary.tsv")

#: OpenCC's names of the standards, and their scripts; a "p" after one means words (phrases).
_SCRIPTS = {"s": "Hans", "t": "Hant", "hk": "Hant", "tw": "Hant", "jp": "Jpan"}


@cache
def conversions(*, strict: bool = False) -> tuple[str, ...]:
    """Return the names of all conversions, such as ``hk2s``, ``t2s`` and ``tw2s``."""
    return packages.names(_package(strict=strict))


def require(name: str, *, strict: bool = False) -> str:
    """Return the name if there is such a conversion.

    Raises:
        ConversionError: there is none; the message has the most similar name.
    """
    known = conversions(strict=strict)
    if name in known:
        return name
    import difflib  # noqa: PLC0415 - start-up

    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    which = "strict conversion" if strict else "conversion"
    raise ConversionError(f"there is no {which} {name!r}{hint} There are: {', '.join(known)}")


def ends(name: str) -> tuple[str, str]:
    """Return the scripts that a conversion reads and writes: ``Hant`` and ``Hans`` of ``hk2s``; "" if unknown."""
    before, _, after = name.partition("2")
    return _SCRIPTS.get(before, ""), _SCRIPTS.get(after) or _SCRIPTS.get(after.removesuffix("p"), "")


def writes_simplified(name: str) -> bool:
    """Whether a conversion's output is Simplified."""
    return ends(name)[1] == "Hans"


@cache
def fitting(before: str, after: str, *, strict: bool = False) -> tuple[str, ...]:
    """Return the conversions between two scripts of ISO 15924: ``hk2s`` … from ``Hant`` to ``Hans``."""
    return tuple(name for name in conversions(strict=strict) if ends(name) == (before, after))


@cache
def fingerprint(*, strict: bool = False) -> str:
    """Return 12 hex digits of everything that decides a conversion, except the project: an upgrade may change them."""
    import hashlib  # noqa: PLC0415 - start-up

    from l10n_flow.conversion import lattice  # noqa: PLC0415 - start-up

    package = packages.fingerprint(_package(strict=strict))
    if strict:
        return package
    parts = [package.encode(), str(punctuation.VERSION).encode(), str(lattice.VERSION).encode()]
    parts += [(DATA / name).read_bytes() for name in _LISTS]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


@cache
def _version(*, strict: bool) -> str:
    """Return a version of the table files without reading them: from their sizes and modification times."""
    paths = packages.paths(_package(strict=strict)) + ([] if strict else [DATA / name for name in _LISTS])
    found = [(path.name, stat.st_size, stat.st_mtime_ns) for path in paths for stat in [path.stat()]]
    return f"{'strict' if strict else 'default'}-{zlib.crc32(repr(found).encode()):08x}"


@cache
def corrected_characters(name: str) -> frozenset[str]:
    """Return the characters that a correction converts at every place."""
    from l10n_flow.conversion import corrections  # noqa: PLC0415 - start-up

    return frozenset(row.before for row in corrections.read() if len(row.before) == 1 and writes_simplified(name))


@cache
def chain(name: str, *, strict: bool = False) -> Chain:
    """Return the dictionaries of a conversion, with our corrections unless it is strict."""
    require(name, strict=strict)
    return store.kept_chain(name, _version(strict=strict), lambda: _read(name, strict=strict))


def _read(name: str, *, strict: bool) -> Chain:
    from l10n_flow.conversion import corrections, dictionaries  # noqa: PLC0415 - start-up

    found = dictionaries.chain(_package(strict=strict), name)
    return found if strict else corrections.amend(found)


@cache
def engine(name: str, *, strict: bool = False) -> Compiled:
    """Return the function that converts a text and reports its changes.

    Raises:
        ConversionError: for an unknown name.
    """
    require(name, strict=strict)
    convert, trace = _strict(name) if strict else _exact(name)
    tables = store.kept(name, _version(strict=strict), lambda: _compiled(name, convert, strict=strict))
    if strict or not writes_simplified(name):
        return Compiled(tables, _remembered(convert), trace)
    return Compiled(tables, _remembered(convert), trace, lambda: _decider(tables))


def _decider(tables: Tables) -> Decider:
    from l10n_flow.conversion.deciding import Decider  # noqa: PLC0415 - start-up

    return Decider(tables.characters, tables.whole)


def _compiled(name: str, convert: Convert, *, strict: bool) -> Tables:
    from l10n_flow.conversion.compiling import compile_chain  # noqa: PLC0415 - start-up

    return compile_chain(chain(name, strict=strict), convert)


def _remembered(convert: Convert) -> Convert:
    """Return the same function with a cache of its results for short texts."""
    short = lru_cache(_REMEMBERED)(convert)
    return lambda text: short(text) if len(text) <= _SHORT else convert(text)


def _exact(name: str) -> tuple[Convert, Trace]:
    # The dictionaries are read when a text first needs them: for most texts the tables are enough.
    return lambda text: matching.convert(chain(name), text), lambda text: matching.trace(chain(name), text)


def _strict(name: str) -> tuple[Convert, Trace]:
    def trace(text: str) -> list[Piece]:
        return [Piece(0, len(text), reference.converter(name)(text), (Package.BASE,))]

    return lambda text: reference.converter(name)(text), trace  # noqa: PLW0108  # opencc is imported when needed


def _package(*, strict: bool) -> Package:
    return Package.BASE if strict else Package.CURRENT
