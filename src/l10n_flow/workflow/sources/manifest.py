"""What the manifest of the build folder says that a build holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from l10n_flow import files
from l10n_flow.config import Project

#: What the build folder holds: its mode, and for each document its files and its rows of the index.
MANIFEST = "build.json"


def built(project: Project, *, drafts: bool | None = None) -> dict[str, dict[str, Any]]:
    """What the manifest says of each document; of another kind of build than ``drafts`` (None: any), nothing.

    Drafts never mix with a release.
    """
    data = files.read_optional(project.build_dir / MANIFEST)
    try:
        manifest = json.loads(data or b"{}")
        return dict(manifest["documents"]) if drafts in {None, manifest["drafts"]} else {}
    except (ValueError, KeyError, TypeError):
        return {}


def manifest_of(entries: Mapping[str, Any], *, drafts: bool) -> bytes:
    """The bytes of a manifest."""
    manifest = {"drafts": drafts, "documents": {name: entries[name] for name in sorted(entries)}}
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
