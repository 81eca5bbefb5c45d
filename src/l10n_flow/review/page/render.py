"""Makes HTML of the values of ``page.model``, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, Template
from markupsafe import Markup

from l10n_flow import interface
from l10n_flow.catalogue import Seal, SealKind
from l10n_flow.editing import Edit
from l10n_flow.history import Version
from l10n_flow.memory import Match
from l10n_flow.messages import Message
from l10n_flow.publish.pages import changes, tongue
from l10n_flow.review.page import assets, context, links, marks
from l10n_flow.review.page.context import Context
from l10n_flow.review.page.environment import environment
from l10n_flow.review.page.model import HomePage, HomeRow, Progress, Reader, ReviewPage, ReviewUnit

_TEMPLATES = Path(__file__).parent / "templates"
_ASSETS = "/static"
#: The message about a unit that somebody else has changed, when it is not known who.
CHANGED = Message("This unit has changed since you opened it. Nothing was saved yet.")
_GLOBALS = {
    "tongue": tongue,
    "changes": changes,
    "links": links,
    "context": context,
    "marks": marks,
    "htmx_config": context.HTMX_CONFIG,
    "interface_languages": interface.languages,
}


#: The rows of the home page as they were shown last, by language and document.
_rows: dict[tuple[str, str], tuple[HomeRow, Markup]] = {}
_KEPT_ROWS = 20_000


def render_home(page: HomePage) -> str:
    """Return the home page as a complete HTML document."""
    c = context.plain(page.reader)
    return _render("home.html", c, page=page, rows=[_row(c, page, row) for row in page.rows], here="/")


def _row(c: Context, page: HomePage, row: HomeRow) -> Markup:
    """The HTML of a row of the home page; of the same row it is made once."""
    name = (c.ui, row.document)
    known = _rows.get(name)
    if known is not None and known[0] is row:
        return known[1]
    if len(_rows) > _KEPT_ROWS:
        _rows.clear()
    source = tongue(page.source_locale)
    made = Markup(_template("home-row.html", c).render(row=row, locales=page.locales, source=source))  # noqa: S704
    _rows[name] = row, made
    return made


def render_review(page: ReviewPage, *, inline: bool = False) -> str:
    """Return an article as a complete HTML document.

    With ``inline`` it is one file that loads nothing and saves nothing: it has no script, no form and no other address.
    """
    here = links.article(page.document, page.locale, page.filter)
    return _render("review.html", context.of_page(page, inline=inline), page=page, here=here)


def render_saved(c: Context, unit: ReviewUnit, progress: Progress, message: str, *, undo: bool = False) -> str:
    """Return a unit's card after a save; out of band, the progress of the document and a message.

    ``undo``: whether the save can be undone.
    """
    return _fragment("saved", c, unit=unit, progress=progress, message=message, undo=undo)


def render_conflict(c: Context, unit: ReviewUnit, mine: str, told: Message = CHANGED) -> str:
    """Return the card of a unit that somebody else has changed: both versions, and the ways to go on."""
    return _fragment("conflict", c, unit=unit, mine=mine, told=told)


def render_gone(c: Context, unit_id: str, mine: str) -> str:
    """Return what replaces the card of a unit that is no longer in the document: the text of the reader, to copy."""
    return _fragment("gone", c, id=unit_id, mine=mine)


def render_refused(c: Context, unit: ReviewUnit, mine: str, sentence: str, *, sure: str = "") -> str:
    """Return a unit's card with what the reader wrote still in its editor, and why it was not saved.

    With ``sure``, the version that was looked at, saving it once more is the answer to a question.
    """
    return _fragment("refused", c, unit=unit, mine=mine, sentence=sentence, sure=sure)


def render_history(c: Context, versions: Sequence[Version]) -> str:
    """Return the versions of a unit, newest first, each with its changes; the first is the unit as it is now."""
    older = [*(version.text for version in versions[1:]), ""]
    rows = [(version, changes(before, version.text)) for version, before in zip(versions, older, strict=False)]
    return _fragment("history", c, rows=rows if len(rows) > 1 else [])


def render_matches(c: Context, source: str, matches: Sequence[Match]) -> str:
    """Return the matches of the memory for a source text, best first."""
    return _fragment("matches", c, source=source, matches=matches)


def render_login(reader: Reader, next_: str, *, failed: bool = False, name: str = "") -> str:
    """Return the login page; ``next_``: the address after the login; ``name``: the name of a login that failed."""
    return _render("login.html", context.plain(reader), failed=failed, next=next_, name=name)


def render_message(
    reader: Reader, title: str, text: str, status: int, *, back: str = "", refused: Sequence[Edit] = ()
) -> str:
    """Return a page with one message, such as an error.

    ``status``: its HTTP status; ``back``: the page that its link leads to, otherwise only the home page;
    ``refused``: the approvals that an error has stopped, which the page offers to send again.
    """
    shown = {"title": title, "text": text, "status": status, "back": back, "refused": refused}
    return _render("message.html", context.plain(reader), **shown)


def render_whole(reader: Reader, fragment: str, title: str) -> str:
    """Return one of the fragments above as a complete page, for a browser without script.

    ``fragment`` is not escaped: it must come from one of the functions above.
    """
    return _render("fragment-page.html", context.plain(reader), title=title, fragment=Markup(fragment))  # noqa: S704 - made by this module


def _render(template: str, c: Context, **values: object) -> str:
    style = assets.inlined() if c.inline else ""
    words = "" if c.inline else context.script_words(c.ui)
    return _template(template, c).render(c=c, style=style, assets=_ASSETS, script_words=words, **values)


def _fragment(name: str, c: Context, **values: object) -> str:
    return _template(f"fragment-{name}.html", c).render(c=c, **values)


def _template(name: str, c: Context) -> Template:
    return _environment(c.ui).get_template(name)


def _thread_text(note: Seal) -> str:
    """The text of a note or a rejection."""
    return Message("Rejected: {why}", why=note.text) if note.kind is SealKind.REJECTED else note.text


def _key_of(remarks: Mapping[str, Seal], note: Seal) -> str:
    """The digest of a note, if it is one of ``remarks``; otherwise ""."""
    return next((key for key, each in remarks.items() if each == note), "")


@cache
def _environment(language: str) -> Environment:
    made = environment(_TEMPLATES, language)
    made.filters["thread_text"] = _thread_text
    made.filters["key_of"] = _key_of
    made.filters["beginning"] = marks.beginning
    made.filters["size"] = context.size_of
    made.globals |= _GLOBALS  # as globals of a template, they would make Jinja load each import anew at each save
    return made
