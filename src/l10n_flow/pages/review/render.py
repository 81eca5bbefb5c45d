"""Review values to HTML: one Jinja2 environment, made at the first page, that escapes whatever it is given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from l10n_flow.pages.common import tongue
from l10n_flow.pages.diff import changes
from l10n_flow.pages.review import assets, frame, links, marks
from l10n_flow.pages.review.model import Conflict, DeskPage, Progress, Reader, ReviewPage, ReviewUnit, Revision
from l10n_flow.pages.review.words import known

_TEMPLATES = Path(__file__).parent / "templates"
_ASSETS = "/static"


def render_desk(page: DeskPage, *, assets: str = _ASSETS, ui: str = "en") -> str:
    """Return the home page as a complete HTML document."""
    return _render("desk.html", frame.plain(ui, page.reader), ui, assets, page=page, here="/")


def render_review(page: ReviewPage, *, assets: str = _ASSETS, inline: bool = False, ui: str = "en") -> str:
    """Return an article as a complete HTML document.

    With ``inline`` it is one file that asks for nothing and can change nothing: no script, no form, no other address.
    """
    c = frame.of_page(page, ui, inline=inline)
    here = links.article(page.document, page.locale, page.filter)
    return _render("review.html", c, ui, assets, page=page, here=here)


def render_saved(  # noqa: PLR0917 - what its one caller has at hand
    page_locale: str,
    source_locale: str,
    document: str,
    unit: ReviewUnit,
    progress: Progress,
    reader: Reader,
    message: str,
    *,
    ui: str = "en",
) -> str:
    """Return a unit's card after a save; with it, out of band, the document's progress and what to say."""
    c = frame.of_unit(document, page_locale, source_locale, reader, ui)
    return _fragment("saved", c, unit=unit, progress=progress, message=message)


def render_conflict(
    page_locale: str, source_locale: str, document: str, conflict: Conflict, reader: Reader, *, ui: str = "en"
) -> str:
    """Return the card of a unit that somebody else changed: both versions, and what one can do."""
    c = frame.of_unit(document, page_locale, source_locale, reader, ui)
    return _fragment("conflict", c, unit=conflict.unit, mine=conflict.mine)


def render_gone(document: str, locale: str, unit_id: str, mine: str, *, sentence: str = "", ui: str = "en") -> str:
    """Return what stands where a unit's card was that is no longer in the document: the reader's text, to copy."""
    c = frame.of_unit(document, locale, locale, frame.NOBODY, ui)
    return _fragment("gone", c, id=unit_id, mine=mine, sentence=sentence)


def render_refused(
    document: str,
    locale: str,
    unit: ReviewUnit,
    mine: str,
    sentence: str,
    *,
    source_locale: str,
    reader: Reader,
    ui: str = "en",
) -> str:
    """Return a unit's card with what the reader wrote still in its editor, and why it was not saved."""
    c = frame.of_unit(document, locale, source_locale, reader, ui)
    return _fragment("refused", c, unit=unit, mine=mine, sentence=sentence)


def render_history(revisions: Sequence[Revision], *, locale: str = "", ui: str = "en") -> str:
    """Return the earlier versions of a unit, newest first, each with what it changed; ``locale`` is their language."""
    older = [*(revision.text for revision in revisions[1:]), ""]
    rows = [(revision, changes(before, revision.text)) for revision, before in zip(revisions, older, strict=False)]
    return _fragment("history", frame.plain(ui), rows=rows, tongue=tongue(locale) if locale else None)


def render_login(failed: bool, next: str, *, assets: str = _ASSETS, ui: str = "en") -> str:  # noqa: A002, FBT001 - the form's field
    """Return the page that asks for name and password; ``next`` is where it leads."""
    return _render("login.html", frame.plain(ui), ui, assets, failed=failed, next=next)


def render_message(title: str, text: str, status: int, *, back: str = "", assets: str = _ASSETS, ui: str = "en") -> str:
    """Return a page that says one thing, such as an error.

    ``status`` is its HTTP status; ``back`` the page to go back to, else only home is offered.
    """
    return _render("message.html", frame.plain(ui), ui, assets, title=title, text=text, status=status, back=back)


def render_whole(fragment: str, title: str, *, assets: str = _ASSETS, ui: str = "en") -> str:
    """Return one of the fragments above as a page of its own, for a browser without script.

    ``fragment`` is not escaped: it must come from one of the functions above.
    """
    return _render("whole.html", frame.plain(ui), ui, assets, title=title, fragment=Markup(fragment))  # noqa: S704 - made by this module


def _render(template: str, c: frame.Frame, ui: str, where: str, **values: object) -> str:
    style = assets.inlined() if c.inline else ""
    words = "" if c.inline else frame.script_words(ui)
    page = _environment().get_template(template)
    return page.render(c=c, t=c.t, style=style, assets=where, script_words=words, **values)


def _fragment(name: str, c: frame.Frame, **values: object) -> str:
    return _environment().get_template(f"fragment-{name}.html").render(c=c, t=c.t, **values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "tongue": tongue,
        "changes": changes,
        "links": links,
        "frame": frame,
        "marks": marks,
        "known": known,
        "htmx_config": frame.HTMX_CONFIG,
    }
    return made
