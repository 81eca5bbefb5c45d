"""Reports about releases: a line for each release, or the published texts of units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n_flow.report.excerpts import printable
from l10n_flow.report.tables import plural

if TYPE_CHECKING:
    from l10n_flow.publish.releases import Head, Saying
    from l10n_flow.work.releases import PublishedText, ReleaseRow, ReleasesResult

_SHORT = 12


def release_lines(result: ReleasesResult) -> Iterator[str]:
    """Return a line for each release with its changes."""
    if not (result.rows or result.failures):
        yield "no release is recorded"
    for row in result.rows:
        yield _head(row.head)
        yield from _news(row)


def _head(head: Head) -> str:
    revision = f" from {head.revision[:_SHORT]}" if head.revision else ""
    return printable(f"{head.released}{revision}{', with uncommitted changes' if head.dirty else ''}")


def _news(row: ReleaseRow) -> Iterator[str]:
    units: Counter[str] = Counter()
    documents = {document for document, _, _ in row.new}
    for _, locale, number in row.new:
        units[locale] += number
    if units:
        told = ", ".join(f"{locale} {plural(number, 'unit')}" for locale, number in units.items())
        yield printable(f"  new in {plural(len(documents), 'document')}: {told}")
    for document in row.gone:
        yield printable(f"  gone: {document}")


def text_lines(result: ReleasesResult) -> Iterator[str]:
    """Return lines for the requested units, release by release: the source and the published texts of each unit."""
    shown: tuple[int, str, str] | None = None
    release = -1
    for each in result.texts:
        if each.number != release:
            release = each.number
            yield _head(result.rows[release].head)
        if (each.number, each.document, each.unit.id) != shown:
            shown = (each.number, each.document, each.unit.id)
            yield printable(f"  {each.document} · {each.unit.id[:8]}: {each.unit.source}")
        if each.saying["state"] != "source":
            yield printable(f"    {each.locale}: {_text(each.saying)} ({', '.join(_facts(each.saying))})")


def _text(saying: Saying) -> str:
    text = saying.get("text")
    return "–" if text is None else str(text)


def _facts(saying: Saying) -> Iterator[str]:
    yield "joined" if saying.get("joined") else str(saying["state"])
    if saying.get("from"):
        yield f"from the {saying['from']}"
    if saying.get("converter"):
        yield f"by {saying['converter']}"
    for what in ("translated", "approved"):
        for seal in saying.get(what, ()):
            yield f"{what} by {seal.get('by') or 'somebody'}" + (f" on {seal['on']}" if seal.get("on") else "")


def releases_json(result: ReleasesResult) -> list[dict[str, object]]:
    """Return the releases as a JSON list (docs/commands.md)."""
    said: dict[int, list[dict[str, object]]] = {}
    for each in result.texts:
        said.setdefault(each.number, []).append(_said(each))
    return [
        {
            "released": row.head.released,
            "revision": row.head.revision,
            "dirty": row.head.dirty,
            "new": [{"document": name, "locale": locale, "units": number} for name, locale, number in row.new],
            "gone": list(row.gone),
            "said": said.get(number, []),
        }
        for number, row in enumerate(result.rows)
    ]


def _said(each: PublishedText) -> dict[str, object]:
    unit = {"document": each.document, "unit": each.unit.id, "context": each.unit.context, "source": each.unit.source}
    return {**unit, "locale": each.locale, **each.saying}
