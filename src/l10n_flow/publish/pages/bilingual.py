"""The bilingual page: a row for every unit with source, target and state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from l10n_flow.messages import Message
from l10n_flow.model import Origin, Role, State
from l10n_flow.publish.pages import common
from l10n_flow.publish.pages.diff import changes
from l10n_flow.publish.pages.frame import Frame, frame
from l10n_flow.publish.pages.labels import labels
from l10n_flow.publish.pages.marked import escape
from l10n_flow.publish.pages.model import BilingualPage, PageUnit

_STATE = Message("State")
_CHANGED = Message("Source changed:")
_JOINED = Message("Translated together with the unit above")
_EMPTY = Message("No translation")
#: The counts, in the order of display. The style sheet has a sign for each, so that colour is not the only difference.
_COUNTED = (*(state.value for state in State), "stale", *(origin.value for origin in Origin))


def frame_of(page: BilingualPage) -> Frame:
    title = common.title_of(page.blocks, page.locale, page.format) or page.document
    return frame(title, page.locale, draft=page.draft, editions=page.editions, index_href=page.index_href)


def content(page: BilingualPage, around: Frame) -> Iterator[str]:
    """Yield the heading, the counts and the table, one row at a time: all rows of a long document need much memory."""
    own, source = common.attributes(around.own), common.tongue(page.source_locale)
    names = labels(page.locale)
    yield f"<h1>{escape(around.title)}</h1>\n"
    if shown := counted(page.counts, names):
        yield f'<ul class="counts"{own}>\n{shown}</ul>\n'
    yield (
        f'<table>\n<thead>\n<tr><th scope="col"{common.attributes(source)}>{escape(source.name)}</th>'
        f'<th scope="col">{escape(around.tongue.name)}</th>'
        f'<th scope="col"{own}>{around.say(_STATE)}</th></tr>\n</thead>\n'
    )
    rows = _Rows(page, around, names)
    for block in page.blocks:
        yield f'<tbody class="{block.kind}">\n'
        kind = names[block.kind.value]
        for unit in block.units:
            credit = unit.role is Role.CREDIT
            yield rows.row(unit, names["credit"] if credit else kind)
            kind = kind if credit else ""
        yield "</tbody>\n"
    yield "</table>\n"


def counted(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Return the items of a list: every state or origin that occurs and its number, in a fixed order."""
    return "".join(
        f'<li><span class="sign {key}">{escape(names[key])}</span> <b>{counts[key]}</b></li>\n'
        for key in _COUNTED
        if counts.get(key)
    )


class _Rows:
    """Makes the rows of a page from the HTML that they share."""

    def __init__(self, page: BilingualPage, around: Frame, names: Mapping[str, str]) -> None:
        own = common.attributes(around.own)
        self.page, self.own = page, own
        self.names = {name: escape(label) for name, label in names.items()}
        self.labels = names
        self.source = f"<td{common.attributes(common.tongue(page.source_locale))}>"
        foreign = own if around.own.lang != around.tongue.lang else ""
        self.states = {
            state: f'<td class="state"{foreign}><span class="sign {state}">{self.names[state]}</span>'
            for state in State
        }
        self.changed = f'<p class="changed"><span{own}>{around.say(_CHANGED)}</span> '
        self.joined = around.say(_JOINED)
        self.empty = around.say(_EMPTY)
        self.seen: set[str] = set()

    def row(self, unit: PageUnit, kind: str) -> str:
        """Return a row; ``kind``: the name of the block kind where a block begins, for a credit of its role, or ""."""
        anchor = "" if not unit.id or unit.id in self.seen else f' id="{escape(unit.id)}"'
        self.seen.add(unit.id)
        credit = ' class="credit"' if unit.role is Role.CREDIT else ""
        source, target = self._texts(unit)
        return (
            f"<tr{anchor}{credit}>\n{self.source}{source}</td>\n{target}</td>\n{self._state(unit, kind)}</td>\n</tr>\n"
        )

    def _texts(self, unit: PageUnit) -> tuple[str, str]:
        """Return source and target, in which words converted as a whole have an explanation."""
        if unit.converted:
            words = unit.converted
            whys = [
                f"{unit.source[word.start : word.end]} → {unit.text[word.target_start : word.target_end]}"
                f" · {self.labels[word.rule]}"
                for word in words
            ]
            source = _explained(unit.source, [(word.start, word.end) for word in words], whys)
            text = _explained(unit.text, [(word.target_start, word.target_end) for word in words], whys)
        else:
            source, text = escape(unit.source), escape(unit.text)
        if unit.previous not in {"", unit.source}:
            source += self._changed(unit)
        if not text:
            return source, f'<td class="empty"{self.own}>{self.joined if unit.joined else self.empty}'
        # The target needs no lang of its own where it has the page's.
        foreign = unit.locale not in {"", self.page.locale}
        return source, f"<td{common.attributes(common.tongue(unit.locale)) if foreign else ''}>{text}"

    def _changed(self, unit: PageUnit) -> str:
        parts = (
            escape(text) if tag == "same" else f"<{tag}>{escape(text)}</{tag}>"
            for tag, text in changes(unit.previous, unit.source)
        )
        return f"{self.changed}{''.join(parts)}</p>"

    def _state(self, unit: PageUnit, kind: str) -> str:
        parts = [self.states[unit.state or State.UNTRANSLATED]]
        if unit.origin:
            parts.append(f" <span>{self.names[unit.origin]}</span>")
        if kind:
            parts.append(f" <span>{escape(kind)}</span>")
        if unit.id:
            parts.append(f' <a href="#{escape(unit.id)}">{escape(unit.id)}</a>')
        if unit.note:
            parts.append(f'<p class="note">{escape(unit.note)}</p>')
        return "".join(parts)


def _explained(text: str, spans: Sequence[tuple[int, int]], whys: Sequence[str]) -> str:
    """Return a text with an explanation on some parts."""
    parts: list[str] = []
    done = 0
    for (start, end), why in zip(spans, whys, strict=True):
        parts.append(escape(text[done:start]))
        if start < end:
            parts.append(f'<span class="why" title="{escape(why)}">{escape(text[start:end])}</span>')
        done = end
    return "".join([*parts, escape(text[done:])])
