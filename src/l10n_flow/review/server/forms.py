"""What a request asks for: its fields and its query, within limits, as values of ``editing`` and ``reading``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, NotFound

from l10n_flow import interface
from l10n_flow.editing import Action, Edit
from l10n_flow.model import State
from l10n_flow.review.page.model import Filter, Reader

#: The cookie that keeps the language that the reader chose for the interface.
LANGUAGE_COOKIE = "l10n-flow-language"
_MOST_LANGUAGES = 10
#: Of every field but the two that hold text, whose limits ``editing`` knows.
MAX_FIELD = 1_000
MAX_SHOWN = 500
_STATES = frozenset({*(state.value for state in State), "todo", "stale", "noted"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RULE = re.compile(r"[a-z0-9-]{1,60}")
# What a browser takes for another host ("//", "/\\") or drops before it looks (tabs, line feeds) is no way of ours.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,2000}")
_ACTIONS: Mapping[str, Action] = {**{action.value: action for action in Action}, "revert": Action.REVERT}
_WITH_TEXT = frozenset({Action.SAVE, Action.NEEDS_EDITING, Action.APPROVE})


def field(form: MultiDict[str, str], name: str, *, needed: bool = True) -> str:
    """A short field.

    Raises:
        BadRequest: when it is missing and needed, or longer than any that we sent.
    """
    value = form.get(name, "")
    if len(value) > MAX_FIELD or "\0" in value or (needed and not value):
        raise BadRequest(f"the field {name} is missing or wrong")
    return value


def name_of(document: str) -> str:
    """A document's name from an address.

    Raises:
        NotFound: when no document can have it.
    """
    if len(document) > MAX_FIELD or "\0" in document or ".." in document.split("/"):
        raise NotFound
    return document


def edit_of(form: MultiDict[str, str], reader: Reader, date: str) -> Edit:
    """The edit that a form of the page asks for.

    Raises:
        BadRequest: when it is none of our forms.
    """
    # A button has one value, and a thread has several notes.
    name, _, remark = form.get("action", "").partition(":")
    action = _ACTIONS.get(name)
    if action is None:
        raise BadRequest("the field action is missing or wrong")
    return Edit(
        document=name_of(field(form, "document")),
        locale=field(form, "locale"),
        unit=field(form, "unit"),
        action=action,
        by=reader.name,
        date=date,
        base=field(form, "base", needed=False),
        text=form.get("text") if action in _WITH_TEXT else None,
        note=form.get("note", ""),
        rule=field(form, "rule", needed=False),
        remark=remark[:MAX_FIELD],
    )


def approvals_of(form: MultiDict[str, str], reader: Reader, date: str) -> list[Edit]:
    """The approvals that "approve all shown" asks for.

    Raises:
        BadRequest: when it is none of our forms.
    """
    units, bases = form.getlist("unit"), form.getlist("base")
    if len(units) != len(bases) or len(units) > MAX_SHOWN or max(map(len, [*units, *bases]), default=0) > MAX_FIELD:
        raise BadRequest("the fields unit and base are wrong")
    document, locale = name_of(field(form, "document")), field(form, "locale")
    pairs = zip(units, bases, strict=True)
    return [
        Edit(Action.APPROVE, reader.name, date, document=document, locale=locale, unit=unit, base=base)
        for unit, base in pairs
    ]


def filter_of(query: MultiDict[str, str]) -> Filter:
    """The filter of an address; what makes no sense there filters nothing."""
    state, rule, since, page = (query.get(name, "") for name in ("state", "rule", "since", "page"))
    return Filter(
        state=state if state in _STATES else "",
        rule=rule if _RULE.fullmatch(rule) else "",
        text=query.get("q", "")[:MAX_FIELD],
        since=since if _DAY.fullmatch(since) else "",
        mine=query.get("mine") == "1",
        near=query.get("near") == "1",
        page=int(page) if re.fullmatch(r"[1-9][0-9]{0,5}", page) else 1,
    )


def way(text: str) -> str:
    """Where to go next: an address on this server, else its home page."""
    return text if _LOCAL.fullmatch(text) else "/"


def language_of(request: Request) -> str:
    """The language of the interface: what the reader chose, else the one their browser prefers."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in interface.languages():
        return chosen
    return interface.preferred(islice(request.accept_languages.values(), _MOST_LANGUAGES))
