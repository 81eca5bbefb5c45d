"""Build: a release, or a preview of drafts."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from l10n_flow import locks
from l10n_flow.errors import SourceError
from l10n_flow.project import Failure, OpenProject, Project, Snapshot, check_document, count, erring, error_rules
from l10n_flow.publish.absent import Absent, absent
from l10n_flow.publish.build import Builder, BuildResult
from l10n_flow.work import renames


def build(
    project: Project,
    names: Sequence[str] = (),
    locales: Sequence[str] = (),
    *,
    drafts: bool = False,
    remove: bool = False,
    extras: Callable[[Snapshot], Mapping[str, bytes]] = lambda _: {},
) -> BuildResult:
    """Build documents into the folder of the release, or of the preview.

    A release is complete or is not written. Of a release asked for in part, the rest of the last one stays. A published
    document whose source is gone keeps a release back; without any document nothing is built at all.

    Args:
        project: what is built.
        names: the documents; all without any.
        locales: the locales; all without any.
        drafts: whether it is a preview.
        remove: whether published documents whose source is gone shall go.
        extras: its review pages, written into the preview's folder even when a release is refused.
    """
    with locks.hold(project.root, "build", "build"), contextlib.ExitStack() as closing:
        opened = OpenProject(project)
        renames.repair(opened)
        builder = closing.enter_context(
            contextlib.closing(Builder(opened, drafts=drafts, partial=bool(names or locales)))
        )
        rules = error_rules(project)
        empty: list[str] = []
        for loaded in opened.snapshots(names, locales):
            if isinstance(loaded, Failure):
                builder.fail(loaded)
            else:
                empty += [] if loaded.document.blocks else [loaded.name]
                try:
                    found = check_document(opened, loaded, rules)
                    rows = count(loaded, project.source_locale, erring(found))
                    builder.add(loaded, rows, found, extras(loaded))
                except SourceError as error:  # a text that cannot be written in the encoding asked for
                    builder.fail(Failure(loaded.name, error))
        gone = absent(opened, names, empty=empty)
        if remove or drafts:  # drafts are no release
            gone = Absent(gone.globs)
        elif locales:  # the documents that are gone stay where they are
            gone = replace(gone, documents=())
        return builder.finish(gone)
