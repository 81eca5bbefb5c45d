"""``build``: write a release, or a preview of drafts."""

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

    A release is complete, or it is not written. When only some documents are built, the others stay as in the last
    release. A published document whose source is gone stops a release. Without any document nothing is built.

    Args:
        project: the project.
        names: the documents; empty: all.
        locales: the locales; empty: all.
        drafts: whether to build the preview.
        remove: whether to remove published documents whose source is gone.
        extras: makes the review pages, which are written into the preview's folder even when a release is refused.
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
                except SourceError as error:  # a text that the output encoding cannot represent
                    builder.fail(Failure(loaded.name, error))
        gone = absent(opened, opened.sources(names), some=bool(names), empty=empty)
        if remove or drafts:  # drafts are no release
            gone = Absent(gone.globs)
        elif locales:  # documents without a source stay in the release
            gone = replace(gone, documents=())
        return builder.finish(gone)
