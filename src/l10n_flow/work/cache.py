"""What ``sync`` remembers of a document that was up to date: keyed by content, never by time stamps.

It lies in the private folder, which may be deleted at any time; then everything is done again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from l10n_flow import __version__, files
from l10n_flow.conversion import Converter
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.project import OVERRIDES_NAME, Project
from l10n_flow.project.sources import Source
from l10n_flow.publish.stage import content_digest

_NAME = f"{files.PRIVATE_DIR}/sync.json"


class Cache:
    """The memory of the last run, and that of this one as it grows."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.path = project.file(_NAME)
        self.before = self._read()
        self.after: dict[str, Any] = {}
        overrides = files.read_optional(project.file(OVERRIDES_NAME)) or b""
        termbase = (project.termbase and files.read_optional(project.termbase)) or b""
        prints = {Converter("", strict=locale.strict).fingerprint for locale in project.locales if locale.derived}
        code = f"{__version__} {_code_digest()} {sorted(prints)}"
        self.base = hashlib.blake2b(b"\0".join((code.encode(), project.digest_input, overrides, termbase))).digest()

    def _read(self) -> Mapping[str, Any]:
        try:
            found = json.loads(files.read_optional(self.path) or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def key(self, source: Source) -> str:
        """The digest of all a document's results follow from: its source, its catalogues, the settings."""
        digest = hashlib.blake2b(self.base, digest_size=16)
        for path in self._inputs(source):
            data = files.read_optional(path)
            digest.update(b"-" if data is None else len(data).to_bytes(8, "big") + data)
        return digest.hexdigest()

    def _inputs(self, source: Source) -> Iterable[Inside]:
        yield source.path
        yield self.project.template_path(source.name)
        for locale in self.project.locales:
            yield self.project.catalogue_path(locale.id, source.name)

    def lookup(self, source: Source) -> Mapping[str, Any] | None:
        """What is remembered of a document, if nothing it follows from has changed and its files are all there."""
        entry = self.before.get(source.name)
        if not isinstance(entry, dict) or entry.get("key") != self.key(source):
            return None
        if not all(self._is_built(name, digest) for name, digest in entry["files"].items()):
            return None
        self.after[source.name] = entry
        return entry

    def _is_built(self, name: str, digest: str) -> bool:
        try:
            data = files.read_optional(self.project.build_dir / name)
        except L10nFlowError:
            return False
        return data is not None and content_digest(data) == digest

    def remember(self, source: Source, entry: Mapping[str, Any]) -> None:
        self.after[source.name] = {"key": self.key(source), **entry}

    def save(self) -> None:
        data = json.dumps(self.after, ensure_ascii=False, separators=(",", ":")).encode()
        files.write_if_changed(self.path, data)


def modules() -> list[Path]:
    """The files of our own that a result may follow from: those of the whole package."""
    home = Path(files.__file__).parent
    return sorted((*home.rglob("*.py"), *home.rglob("*.html"), *home.rglob("*.css")))


def _code_digest() -> str:
    """The sizes and times of our own modules: a developer's change makes the memory void."""
    stats = [path.stat() for path in modules()]
    return hashlib.blake2b(repr([(s.st_size, s.st_mtime_ns) for s in stats]).encode(), digest_size=8).hexdigest()
