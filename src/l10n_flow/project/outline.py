"""The data of a document for the review page's home page, so that the page need not open the document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from l10n_flow import documents, scripts
from l10n_flow.catalogue import Catalogue, edit
from l10n_flow.ids import short
from l10n_flow.index import findings_data, findings_of, table_of
from l10n_flow.inline import Plain
from l10n_flow.model import BlockKind, Document, Finding, Key
from l10n_flow.project.activity import Activity, Sitting, signed, sittings, times
from l10n_flow.project.configuration import Project
from l10n_flow.project.snapshot import Edition, Snapshot


class Outline(NamedTuple):
    """A document on the home page: its title, the findings about the whole document, and the latest actions."""

    title: str
    whole: tuple[Finding, ...]
    sittings: tuple[Sitting, ...]


def outline_of(
    project: Project,
    snapshot: Snapshot,
    catalogues: Mapping[str, Catalogue],
    findings: Iterable[Finding],
    ids: Mapping[Key, str] | None = None,
) -> Outline:
    """Make the outline of a document.

    Args:
        project: its settings.
        snapshot: the document in all its locales.
        catalogues: its catalogues by locale.
        findings: the findings of all rules.
        ids: the short ids of its units, where they are known.
    """
    from l10n_flow.project.checking import WHOLE  # noqa: PLC0415 - start-up: reading an outline needs no rules

    ids = short(unit.key for unit in snapshot.document.units()) if ids is None else ids
    done = [act for each in snapshot.editions for act in _done(project, snapshot.name, each, catalogues, ids)]
    whole = tuple(each for each in findings if each.rule in WHOLE)
    return Outline(title_of(snapshot.document, project.source_locale) or snapshot.name, whole, sittings(done))


def _done(
    project: Project, document: str, edition: Edition, catalogues: Mapping[str, Catalogue], ids: Mapping[Key, str]
) -> Iterator[Activity]:
    """Return the actions on the units of an edition, from its seals and its journal."""
    locale = edition.locale.id
    when = times(project.catalogue_path(locale, document))
    for key, name in ids.items():
        entry = catalogues[locale].entries.get(key)
        if entry is not None:
            joined = edition.translations[key].joined
            for what, seal, text in signed(edit.signatures(entry), entry.msgstr, joined=joined):
                yield Activity(when.get((key, seal), seal.date), seal.name, what, document, locale, name, text)


def title_of(document: Document, locale: str) -> str:
    """Return the title of a document without its markup; "" without a title."""
    for block in document.blocks:
        if block.kind is BlockKind.TITLE:
            title = scripts.joint(locale).join(unit.text for unit in block.units)
            return Plain(title, documents.inline(document.format, title), "").text
    return ""


def outline_data(outline: Outline) -> bytes:
    """Write an outline for the index."""
    head = json.dumps([outline.title, outline.sittings], ensure_ascii=False).encode()
    return head + b"\n" + findings_data(outline.whole)


def read_outline(data: bytes, document: str) -> Outline | None:
    """Read an outline from the index; None when the data is not one."""
    head, _, whole = data.partition(b"\n")
    findings = findings_of(whole, document)
    try:
        title, found = json.loads(head)
        made = Outline(str(title), findings or (), tuple(map(_sitting, found)))
    except (ValueError, TypeError, RecursionError):
        return None
    return None if findings is None else made


def _sitting(value: Sequence[Any]) -> Sitting:
    begin, end, by, document, counts, said, last = value
    table_of([[begin, end, by, document]], "ssss")
    activities = [Activity(*each) for each in table_of([*said, last], "sssssss")]
    told = tuple((what, locale, number) for what, locale, number in table_of(counts, "ssn"))
    return Sitting(begin, end, by, document, told, tuple(activities[:-1]), activities[-1])
