"""The manifest in the folder of a build: its documents and files, and whether it is a release or a preview."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from l10n_flow import files
from l10n_flow.project import Project
from l10n_flow.publish.rows import IndexRow

MANIFEST = "build.json"
_MOST = 2**53
_FIELDS = tuple(each.name for each in fields(IndexRow))


@dataclass(frozen=True, slots=True)
class Record:
    """One document in a build: its files, by their paths with slashes, and its rows of the index."""

    files: tuple[str, ...] = ()
    index: tuple[IndexRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of a build.

    Attributes:
        drafts: whether it is a preview.
        documents: the record of each document, by identity.
    """

    drafts: bool
    documents: Mapping[str, Record] = field(default_factory=dict)

    def of_kind(self, *, drafts: bool) -> Mapping[str, Record]:
        """Return the documents if the manifest is of that kind, else none: drafts never mix with a release."""
        return self.documents if self.drafts == drafts else {}


def read(project: Project) -> Manifest | None:
    """Return the manifest of the last release; None when there is none, or it is damaged."""
    return loads(files.read_optional(project.build_dir / MANIFEST))


def holds_preview(project: Project) -> bool:
    """Whether the release's folder contains a preview (the first versions wrote it there)."""
    data = files.read_optional(project.build_dir / MANIFEST)
    return bool(data and data.startswith(_HEAD_OF_PREVIEW))


def loads(data: bytes | None) -> Manifest | None:
    """Read a manifest from the bytes of its file; None for None, and when it is damaged."""
    try:
        found = from_json(data or b"null")
        if found is None:
            return None
        records = {str(name): record_of(each) for name, each in found["documents"].items()}
        return Manifest(bool(found["drafts"]), records)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def from_json(data: bytes) -> Any:
    """Parse JSON that the program wrote.

    Raises:
        ValueError: for invalid JSON, and for JSON that the program never writes: half a surrogate pair, NaN.
        RecursionError: for JSON that is nested too deeply.
    """
    if rb"\ud" in data.lower():
        raise ValueError("half a surrogate pair")
    return json.loads(data, parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def is_count(value: object) -> bool:
    """Whether a value is a possible count: an integer from 0 up."""
    return type(value) is int and 0 <= value <= _MOST


def dumps(manifest: Manifest) -> bytes:
    """Return the bytes of a manifest's file, with one line for each document."""
    documents = sorted(manifest.documents.items())
    body = ",\n".join(f"  {_written(name)}: {_written(record_data(record))}" for name, record in documents)
    return f'{{\n "drafts": {_written(manifest.drafts)},\n "documents": {{\n{body}\n }}\n}}\n'.encode()


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_HEAD_OF_PREVIEW = dumps(Manifest(drafts=True)).partition(b",")[0] + b","  # a large manifest need not be parsed


def record_data(record: Record) -> dict[str, Any]:
    """Return a record as JSON data."""
    return {
        "files": list(record.files),
        "index": [{name: getattr(row, name) for name in _FIELDS} for row in record.index],
    }


def record_of(data: Mapping[str, Any]) -> Record:
    """Read a record from JSON data.

    Raises:
        KeyError, TypeError: for data that ``record_data`` does not produce.
    """
    names = data["files"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError("the files of a record are their names")
    return Record(tuple(names), tuple(map(_row, data["index"])))


def _row(data: Mapping[str, Any]) -> IndexRow:
    row = IndexRow(**data)
    texts = (row.document, row.title, row.locale, row.href, row.bilingual_href)
    are_texts = all(isinstance(text, str) for text in texts)
    are_counts = all(map(is_count, (row.units, *row.counts.values())))
    percent = row.done_percent
    if not (are_texts and are_counts and type(percent) in {int, float} and 0 <= percent <= 100):
        raise TypeError("a row of the index holds texts and numbers")
    return row
