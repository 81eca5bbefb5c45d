"""What the home page and the search of the review page need of a document, so that they need not open it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from l10n_flow import documents, scripts
from l10n_flow.catalogue import Catalogue, Seal, edit
from l10n_flow.ids import short
from l10n_flow.index import findings_data, findings_of, table_of
from l10n_flow.inline import Plain
from l10n_flow.model import BlockKind, Document, Finding, Key
from l10n_flow.project.deeds import Activity, Sitting, signed, sittings
from l10n_flow.project.folding import fold, has_all
from l10n_flow.project.snapshot import Snapshot

_LINE, _FIELD, _NOTED = "\n", "\x01", "\x02"


class Outline(NamedTuple):
    """A document on the home page: its title, the findings about it as a whole, and what was done lately."""

    title: str
    whole: tuple[Finding, ...]
    sittings: tuple[Sitting, ...]


class UnitText(NamedTuple):
    """A unit as a search shows it: its id, its source, and its target, state and notes in each locale."""

    id: str
    source: str
    targets: Sequence[str]
    states: Sequence[str]
    notes: Sequence[Sequence[str]]


def outline_of(
    snapshot: Snapshot,
    catalogues: Mapping[str, Catalogue],
    when: Mapping[str, Mapping[tuple[Key, Seal], str]],
    findings: Iterable[Finding],
    source_locale: str,
) -> Outline:
    """Make the outline of a document.

    Args:
        snapshot: the document in all its locales.
        catalogues: its catalogues by locale.
        when: by locale, the times of the seals (``deeds.times``).
        findings: what all rules say.
        source_locale: of the project.
    """
    from l10n_flow.project.checking import WHOLE  # noqa: PLC0415 - start-up: who reads outlines needs no rules

    ids = short(unit.key for unit in snapshot.document.units())
    done = [
        Activity(when[locale].get((key, seal), seal.date), seal.name, what, snapshot.name, locale, ids[key], text)
        for edition in snapshot.editions
        for locale in [edition.locale.id]
        for key in ids
        for entry in filter(None, [catalogues[locale].entries.get(key)])
        for what, seal, text in signed(edit.signatures(entry), entry.msgstr, joined=edition.translations[key].joined)
    ]
    whole = tuple(each for each in findings if each.rule in WHOLE)
    return Outline(title_of(snapshot.document, source_locale) or snapshot.name, whole, sittings(done))


def title_of(document: Document, locale: str) -> str:
    """The title of a document without its markup; "" where it has none."""
    for block in document.blocks:
        if block.kind is BlockKind.TITLE:
            title = scripts.joint(locale).join(unit.text for unit in block.units)
            return Plain(title, documents.inline(document.format, title), "").text
    return ""


def outline_data(outline: Outline) -> bytes:
    """An outline as the index keeps it."""
    head = json.dumps([outline.title, outline.sittings], ensure_ascii=False).encode()
    return head + b"\n" + findings_data(outline.whole)


def read_outline(data: bytes, document: str) -> Outline | None:
    """An outline that the index kept; None for anything else."""
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


# Texts -----------------------------------------------------------------------------------------------------------


def texts_of(snapshot: Snapshot, catalogues: Mapping[str, Catalogue]) -> tuple[bytes, bytes]:
    """The texts of a document as they are searched and as they are shown; ``found_in`` reads both.

    The first has a line for each unit, folded: its source, and for each locale its target and its notes.
    """
    ids = short(unit.key for unit in snapshot.document.units())
    folded, shown = [], []
    for key, name in ids.items():
        found = [edition.translations[key] for edition in snapshot.editions]
        notes = [_notes(catalogues[edition.locale.id], key) for edition in snapshot.editions]
        fields = [each.target + _NOTED + " ".join(noted) for each, noted in zip(found, notes, strict=True)]
        folded.append(_FIELD.join(fold(text).replace(_LINE, " ") for text in (key.source, *fields)))
        shown.append([name, key.source, [each.target for each in found], [each.state.value for each in found], notes])
    return _LINE.join(folded).encode(), json.dumps(shown, ensure_ascii=False).encode()


def _notes(catalogue: Catalogue, key: Key) -> list[str]:
    entry = catalogue.entries.get(key)
    return [] if entry is None else [seal.text for seal in edit.signatures(entry).notes]


def found_in(folded: bytes, shown: bytes, words: Sequence[str]) -> Iterator[tuple[UnitText, Sequence[int]]]:
    """The units that hold all of some words, and where: () for the source alone, else the numbers of the locales.

    Args:
        folded: the first that ``texts_of`` made.
        shown: the second.
        words: what is looked for, folded.
    """
    units = json.loads(shown)
    wanted = [word.encode("utf-8", "surrogatepass") for word in words]
    for number, line in enumerate(folded.split(_LINE.encode())):
        if not all(word in line for word in wanted):
            continue
        source, *fields = line.decode().split(_FIELD)
        if has_all(words, source):
            yield UnitText(*units[number]), ()
            continue
        places = [place for place, field in enumerate(fields) if has_all(words, source, *field.split(_NOTED))]
        if places:
            yield UnitText(*units[number]), places
