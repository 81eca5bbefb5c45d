"""Reads requests: fields and queries, within limits, become edits, filters, addresses and a language."""

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

#: The cookie with the language that the reader has chosen for the interface.
LANGUAGE_COOKIE = "l10n-flow-language"
_MOST_LANGUAGES = 10
#: The limit of each field but text and note; ``editing`` has their limits.
MAX_FIELD = 1_000
MAX_SHOWN = 500
_STATES = frozenset({*(state.value for state in State), "todo", "stale", "noted"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RULE = re.compile(r"[a-z0-9-]{1,60}")
# Browsers read "//" and "/\\" as another host, and drop tabs and line feeds first: such an address is not accepted.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,2000}")
_ACTIONS: Mapping[str, Action] = {**{action.value: action for action in Action}, "revert": Action.REVERT}
_WITH_TEXT = frozenset({Action.SAVE, Action.NEEDS_EDITING, Action.APPROVE})


def field(form: MultiDict[str, str], name: str, *, needed: bool = True) -> str:
    """A short field.

    Raises:
        BadRequest: when it is missing and needed, or too long.
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
    """The edit of a form.

    Raises:
        BadRequest: when it is not one of our forms.
    """
    # A button sends one value, so "resolve" has the digest of the note behind a colon.
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
    """The approvals of the form "approve all shown".

    Raises:
        BadRequest: when it is not one of our forms.
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
    """The filter of an address; wrong values are ignored."""
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


def local_address(text: str) -> str:
    """An address on this server to go to next; otherwise the home page."""
    return text if _LOCAL.fullmatch(text) else "/"


def language_of(request: Request) -> str:
    """The language of the interface: the reader's choice, otherwise the browser's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in interface.languages():
        return chosen
    return interface.preferred(islice(request.accept_languages.values(), _MOST_LANGUAGES))
