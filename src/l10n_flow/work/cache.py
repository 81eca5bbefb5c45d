"""What ``sync`` remembers of a document that was up to date: keyed by content, never by time stamps.

It lies in the private folder, which may be deleted at any time; then everything is done again. A damaged file is none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from l10n_flow import __version__, files, languages
from l10n_flow.conversion import Converter
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Severity
from l10n_flow.project import Inputs, OpenProject, Source, StatusRow
from l10n_flow.publish.manifest import Record, from_json, is_count, record_data, record_of

_FIELDS = tuple(each.name for each in fields(StatusRow))
_DAMAGED = "what is remembered is damaged"
_NAME = f"{files.PRIVATE_DIR}/sync.json"


class Remark(NamedTuple):
    """A finding that the table of completeness does not tell."""

    document: str
    locale: str
    line: int
    severity: str
    message: str
    rule: str


class Tally(NamedTuple):
    """How many findings of a rule there are in a locale."""

    locale: str
    rule: str
    severity: str
    number: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a document.

    Attributes:
        key: the digest of everything that the rest follows from.
        record: what the build holds of it.
        files: the digests of its built files.
        rows: how far it is.
        tally, remarks: what the checks said.
    """

    key: str
    record: Record
    files: Mapping[str, str]
    rows: tuple[StatusRow, ...]
    tally: tuple[Tally, ...]
    remarks: tuple[Remark, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the checks found an error."""
        return any(each.severity == Severity.ERROR for each in self.tally)


class Cache:
    """The memory of the last run, and that of this one as it grows."""

    def __init__(self, opened: OpenProject) -> None:
        self._opened, self._project = opened, opened.settings
        self._path = self._project.file(_NAME)
        data = files.read_optional(self._path)
        self._before, self._digest = _loads(data), files.digest(data)
        self._after: dict[str, Known] = {}
        locales = self._project.locales
        prints = {Converter("", strict=locale.strict).fingerprint for locale in locales if locale.derived}
        code = f"{__version__} {_code_digest()} {sorted(prints)} {opened.shared_digests()} {languages.fingerprint()}"
        self._base = hashlib.blake2b(code.encode() + self._project.digest_input).hexdigest()

    def key(self, source: str, template: str, catalogues: Iterable[str]) -> str:
        """The digest of all that a document's results follow from, itself of the digests of files."""
        return hashlib.sha256(" ".join((self._base, source, template, *catalogues)).encode()).hexdigest()

    def recall(self, source: Source) -> Known | None:
        """What is remembered of a document if nothing it follows from has changed, whatever became of the preview."""
        known = self._before.get(source.name)
        if known is None:
            return None
        try:
            inputs = self._opened.inputs(source)
        except L10nFlowError:
            return None
        return known if known.key == self.key_of(inputs) else None

    def key_of(self, inputs: Inputs) -> str:
        """The key of a document whose files have been read; "", which fits nothing, when a catalogue could not be."""
        catalogues = [files.digest(data) for data in inputs.catalogues.values() if not isinstance(data, L10nFlowError)]
        if len(catalogues) < len(inputs.catalogues):
            return ""
        return self.key(files.digest(inputs.source), files.digest(inputs.template), catalogues)

    def lookup(self, name: str, key: str) -> Known | None:
        """What is remembered of a document, if nothing it follows from has changed and its files are all there."""
        known = self._before.get(name)
        if known is None or known.key != key or not all(self._is_built(*file) for file in known.files.items()):
            return None
        self._after[name] = known
        return known

    def _is_built(self, name: str, digest: str) -> bool:
        try:
            data = files.read_optional(self._project.preview_dir / name)
        except L10nFlowError:
            return False
        return data is not None and files.digest(data) == digest

    def remember(self, name: str, known: Known) -> None:
        """Remember a document for the next run."""
        self._after[name] = known

    def save(self, *, whole: bool) -> None:
        """Write the memory: of all documents, or with those of last time that this run was not about."""
        known = self._after if whole else {**self._before, **self._after}
        data = _dumps(known)
        if files.digest(data) != self._digest:
            files.write_atomically(self._path, data)


# The file: the digest of the rest on its first line, so that a flipped bit is seen --------------------------------


def _dumps(known: Mapping[str, Known]) -> bytes:
    data = {name: _data(each) for name, each in known.items()}
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return files.digest(body).encode() + b"\n" + body


def _data(known: Known) -> dict[str, Any]:
    rows = [[getattr(row, name) for name in _FIELDS] for row in known.rows]
    files, tally, remarks = dict(known.files), known.tally, known.remarks
    record = record_data(known.record)
    return {"key": known.key, "record": record, "files": files, "rows": rows, "tally": tally, "remarks": remarks}


def _loads(data: bytes | None) -> dict[str, Known]:
    digest, _, body = (data or b"").partition(b"\n")
    if not body or digest.decode(errors="replace") != files.digest(body):
        return {}
    try:
        return {str(name): _known(each) for name, each in from_json(body).items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _known(data: Mapping[str, Any]) -> Known:
    rows = tuple(StatusRow(*_fitting(row, "ss" + "n" * (len(_FIELDS) - 2))) for row in data["rows"])
    tally = tuple(Tally(*_fitting(each, "sssn")) for each in data["tally"])
    remarks = tuple(Remark(*_fitting(each, "ssnsss")) for each in data["remarks"])
    digests = {name: _fitting([digest], "s")[0] for name, digest in data["files"].items()}
    (key,) = _fitting([data["key"]], "s")
    record = record_of(data["record"])
    if not {row.href for row in record.index} <= digests.keys() <= set(record.files):
        raise TypeError(_DAMAGED)
    return Known(key, record, digests, rows, tally, remarks)


def _fitting(values: Sequence[Any], kinds: str) -> Sequence[Any]:
    """The values, when each is of its kind: ``s`` a text, ``n`` a number.

    Raises:
        TypeError: when one is not.
    """
    fit = (
        isinstance(value, str) if kind == "s" else is_count(value) for value, kind in zip(values, kinds, strict=True)
    )
    if not all(fit):
        raise TypeError(_DAMAGED)
    return values


def modules() -> list[Path]:
    """The files of our own that a result may follow from: those of the whole package."""
    home = Path(files.__file__).parent
    return sorted((*home.rglob("*.py"), *home.rglob("*.html"), *home.rglob("*.css")))


def _code_digest() -> str:
    """The sizes and times of our own modules: a developer's change makes the memory void."""
    stats = [path.stat() for path in modules()]
    return hashlib.blake2b(repr([(s.st_size, s.st_mtime_ns) for s in stats]).encode(), digest_size=8).hexdigest()
