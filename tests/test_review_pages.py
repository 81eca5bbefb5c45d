"""The review page without a browser: what is escaped, which ids and fields there are, what the static copy lacks."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.catalogue import Entry, Seal, SealKind
from l10n_flow.catalogue.edit import Signatures
from l10n_flow.editing import UnitView
from l10n_flow.history import Version
from l10n_flow.memory import Entry as Remembered
from l10n_flow.memory import Match
from l10n_flow.messages import Message
from l10n_flow.model import BlockKind, Finding, Key, Origin, Severity, Span, State, Translation
from l10n_flow.project import Activity, Sitting
from l10n_flow.review.page import (
    STATIC,
    assets,
    links,
    marks,
    render_conflict,
    render_gone,
    render_history,
    render_home,
    render_login,
    render_matches,
    render_message,
    render_refused,
    render_review,
    render_saved,
    render_whole,
)
from l10n_flow.review.page import context as contexts
from l10n_flow.review.page.context import SCRIPT_SENTENCES, of_unit
from l10n_flow.review.page.model import (
    Filter,
    FilterCount,
    Hit,
    HomePage,
    HomeRow,
    Progress,
    Reader,
    ReviewBlock,
    ReviewPage,
    ReviewUnit,
    TermHint,
)

HOSTILE = "</textarea></style></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}&lt;"


def versions(text: str, by: str, commit: str) -> list[Version]:
    """The history of a unit, whose present text is another one."""
    made = Version(Entry(Key(None, "x"), text), State.APPROVED, text, by, "save", commit, commit)
    return [Version(Entry(Key(None, "x"), "now"), State.TRANSLATED), made]


TEMPLATES = Path(assets.__file__).parent / "templates"
VOID = {"meta", "link", "input", "img", "br", "rect"}
ANN = Reader("Ann", "reviewer")
BO = Reader("Bo", "translator", proven=True)


class Outline(HTMLParser):
    """The elements of a page with their attributes and text; every one must be closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[int] = []
        self.elements: list[tuple[str, dict[str, str], list[str], int]] = []
        self.feed(html)
        self.close()
        assert not self.open, [self.elements[at][:2] for at in self.open]

    def handle_starttag(self, tag, attrs) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribute twice in <{tag}>"
        parents = [self.elements[at][0] for at in self.open]
        assert not ("p" in parents and tag in {"p", "ul", "ol", "div", "form", "details", "table"}), f"{tag} in p"
        assert not (tag == "form" and "form" in parents), "form in form"
        parent = self.open[-1] if self.open else -1
        self.elements.append((tag, {name: value or "" for name, value in attrs}, [], parent))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag) -> None:
        if tag not in VOID:
            assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data) -> None:
        for at in self.open:
            self.elements[at][2].append(data)

    def find(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [
            (found, "".join(text))
            for name, found, text, _ in self.elements
            if name == tag and wanted.items() <= found.items()
        ]

    def inside(self, at: int) -> list[tuple[str, dict[str, str]]]:
        """The elements within one element."""
        within = {at}
        for place, (_, _, _, parent) in enumerate(self.elements):
            if parent in within:
                within.add(place)
        return [self.elements[place][:2] for place in sorted(within - {at})]


_OF_TRANSLATION = {"state", "origin", "stale", "joined", "previous", "choices"}


def unit(id_: str = "00ab12cd", *, source: str = "柳鋼投資建設。", text: str = "It invests.", **more) -> ReviewUnit:
    """A unit; what is given goes to its translation, its signatures, or itself."""
    said = {"state": State.TRANSLATED} | {name: more.pop(name) for name in _OF_TRANSLATION & more.keys()}
    signed = Signatures(notes=more.pop("notes", ()), approved=more.pop("approvals", ()))
    view = UnitView(Translation(Key(None, source), text, **said), signed)
    return ReviewUnit(id_, view, **({"version": "v1"} | more))


def page(*units: ReviewUnit, **more) -> ReviewPage:
    given = {
        "document": "liuzhou",
        "title": "柳鋼",
        "source_locale": "zh_Hant_HK",
        "locale": "en",
        "locales": ("zh_Hans", "en"),
        "blocks": (ReviewBlock(BlockKind.PARAGRAPH, units or (unit(),)),),
        "progress": Progress("en", 3, {"approved": 1, "translated": 2}, 1),
        "reader": ANN,
    }
    return ReviewPage(**(given | more))


def context(reader: Reader = ANN, document: str = "liuzhou"):
    return of_unit(document, "en", "zh_Hant_HK", reader)


def saved(one: ReviewUnit, reader: Reader = ANN) -> str:
    return render_saved(context(reader), one, page().progress, "Saved.")


def refused(one: ReviewUnit, mine: str, sentence: str = "No.") -> str:
    return render_refused(context(), one, mine, sentence)


def conflict(one: ReviewUnit, mine: str) -> str:
    return render_conflict(context(), one, mine)


def home(**more) -> HomePage:
    progress = (Progress("en", 3, {"approved": 1, "translated": 2}, 1, 1, {"error": 1}),)
    given = {
        "name": "p",
        "source_locale": "zh_Hant_HK",
        "locales": ("en",),
        "rows": (HomeRow("a", "A", progress),),
        "reader": ANN,
    }
    return HomePage(**(given | more))


KEY = Key(None, "柳鋼投資建設。")


def finding(rule: str, severity: Severity, message: str, **more) -> Finding:
    return Finding(rule, severity, message, "a", "en", KEY, **more)


def with_everything(**more) -> ReviewUnit:
    """A unit that shows all a card can show."""
    return unit(
        **{
            "previous": "柳鋼建設。",
            "stale": True,
            "origin": Origin.HUMAN,
            "converted": "It builds.",
            "others": {"zh_Hans": Translation(KEY, "柳钢投资建设。", State.TRANSLATED, Origin.CONVERTED)},
            "findings": (
                finding("a-rule", Severity.ERROR, "Wrong.", source_span=Span(0, 2), target_span=Span(0, 2)),
                finding("b-rule", Severity.INFO, "Odd.", ignored="it is so"),
            ),
            "notes": (Seal(SealKind.NOTE, name="Bo", date="2025-11-01", text="Why?"),),
            "approvals": (Seal(SealKind.APPROVED, name="Ann", date="2025-11-02"),),
            "terms": (TermHint("柳鋼", ("Liuzhou Steel",), "company", (Span(0, 2),)),),
            "repeated": 2,
            **more,
        }
    )


OWN_SCRIPTS = [name for name in STATIC if name.endswith(".js") and ".min." not in name]

PAGES = {
    "live": lambda: render_review(page(with_everything(), unit("00ab12ce", joined=True, text=""))),
    "filtered": lambda: render_review(
        page(
            unit(),
            filter=Filter(state="todo", near=True, page=2),
            states=(FilterCount("todo", 2),),
            rules=(FilterCount("any", 1), FilterCount("a-rule", 1)),
            pages=3,
            reader=Reader(""),
            notices=("Careful.",),
        )
    ),
    "empty": lambda: render_review(page(blocks=(), filter=Filter(text="x"))),
    "translator": lambda: render_review(page(with_everything(), reader=BO)),
    "static copy": lambda: render_review(page(with_everything(), live=False), inline=True),
    "home": lambda: render_home(
        home(hits=(Hit("a", "en", "00ab", "柳鋼", "Liu", State.APPROVED),), query="q", more=True)
    ),
    "home without": lambda: render_home(home(hits=(), reader=Reader(""))),
    "saved": lambda: saved(with_everything()),
    "conflict": lambda: conflict(with_everything(), "Mine."),
    "refused": lambda: refused(with_everything(), "Mine."),
    "gone": lambda: render_gone(context(), "00ab12cd", "Mine."),
    "history": lambda: render_history(context(), versions("t", "Ann", "abc")),
    "no history": lambda: render_history(context(), []),
    "matches": lambda: render_matches(
        context(), "柳鋼。", (Match(Remembered("柳鋼投資。", "It invests much.", "memory"), 87),)
    ),
    "login": lambda: render_login(ANN, "/d/a", failed=True),
    "message": lambda: render_message(ANN, "Gone", "It is gone.", 404, back="/d/a"),
    "whole": lambda: render_whole(ANN, conflict(unit(), "Mine."), "Conflict"),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_well_formed_and_its_ids_are_unique(name) -> None:
    outline = Outline(PAGES[name]())
    ids = [found["id"] for _, found, _, _ in outline.elements if "id" in found]
    assert sorted(ids) == sorted(set(ids))
    named = {(key, value) for _, found, _, _ in outline.elements for key, value in found.items()}
    for key, value in named & {(k, v) for k, v in named if k in {"aria-labelledby", "aria-describedby", "for"}}:
        assert set(value.split()) <= set(ids), (key, value)


@pytest.mark.parametrize("name", PAGES)
def test_no_script_or_style_or_handler_is_inline(name) -> None:
    outline = Outline(PAGES[name]())
    assert all(found.get("src", "").startswith("/static/") for found, _ in outline.find("script"))
    for _, found, _, _ in outline.elements:
        assert not [key for key in found if key.startswith(("on", "hx-on")) or key == "style"]
    assert bool(outline.find("style")) == (name == "static copy")


# Escaping ----------------------------------------------------------------------------------------------------------

H = HOSTILE
FIELDS = {
    "source": {"source": H},
    "text": {"text": H},
    "id": {"id_": H},
    "version": {"version": H},
    "previous": {"previous": H},
    "converted": {"converted": H},
    "other": {"others": {"zh_Hans": Translation(KEY, H, State.TRANSLATED)}},
    "finding": {"findings": (finding(H, Severity.ERROR, H, source_span=Span(0, 1), target_span=Span(0, 1)),)},
    "ignored": {"findings": (finding(H, Severity.ERROR, H, ignored=H),)},
    "note": {"notes": (Seal(SealKind.NOTE, name=H, date=H, text=H),)},
    "rejection": {"notes": (Seal(SealKind.REJECTED, name=H, date=H, text=H),)},
    "approval": {"approvals": (Seal(SealKind.APPROVED, name=H, date=H),)},
    "term": {"terms": (TermHint(H, (H, H + "2"), H, (Span(0, 2),)),)},
}


def harmless(html: str) -> None:
    """Nothing of the hostile text is markup, and some of it is there as text."""
    outline = Outline(html)
    assert not outline.find("img")
    assert all(found.get("src", "").startswith("/static/") for found, _ in outline.find("script"))
    assert "alert(1)" in html
    assert "<script>alert" not in html
    assert "49" not in html.replace("&#49", "")


@pytest.mark.parametrize("name", FIELDS)
def test_hostile_text_in_every_field_of_a_unit_is_escaped(name) -> None:
    one = with_everything(**FIELDS[name])
    for html in (
        render_review(page(one)),
        saved(one),
        refused(one, "m"),
        render_review(page(one, live=False), inline=True),
        render_review(page(one, replace(one, first=False))),
    ):
        if "alert(1)" in html or name not in {"version", "match"}:
            harmless(html)
    if name != "match":
        conflicted = conflict(one, "m")
        if "alert(1)" in conflicted:
            harmless(conflicted)


HOSTILE_PAGES = {
    "document": lambda: render_review(page(document=H)),
    "title": lambda: render_review(page(title=H)),
    "reader": lambda: render_review(page(reader=Reader(H, H))),
    "stamp": lambda: render_review(page(stamp=H)),
    "notice": lambda: render_review(page(notices=(H,))),
    "filter": lambda: render_review(page(filter=Filter(H, H, H, H), pages=2)),
    "tallies": lambda: render_review(page(states=(FilterCount(H, 1),), rules=(FilterCount(H, 1),))),
    "static copy": lambda: render_review(page(document=H, title=H, notices=(H,), live=False), inline=True),
    "conflict": lambda: conflict(unit(), H),
    "refused": lambda: refused(unit(), H, H),
    "saved": lambda: render_saved(context(document=H), unit(), page().progress, H),
    "gone": lambda: render_gone(context(document=H), H, H),
    "history": lambda: render_history(context(document=H), versions(H, H, H)),
    "matches": lambda: render_matches(context(), "柳鋼。", (Match(Remembered(H, H, H), 80),)),
    "login": lambda: render_login(ANN, H),
    "message": lambda: render_message(ANN, H, H, 404, back=H),
    "home": lambda: render_home(home(name=H, query=H, hits=(Hit(H, "en", H, H, H, State.APPROVED),))),
    "rows": lambda: render_home(home(rows=(HomeRow(H, H, home().rows[0].progress, H),))),
    "activity": lambda: render_home(
        home(
            activity=(
                Sitting(
                    H,
                    H,
                    H,
                    H,
                    ((H, "en", 1),),
                    (Activity(H, H, "note", H, "en", H, H),),
                    Activity(H, H, H, H, "en", H, H),
                ),
            )
        )
    ),
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_hostile_text_anywhere_else_is_escaped(name) -> None:
    harmless(HOSTILE_PAGES[name]())


@pytest.mark.parametrize("document", [H, "//evil.example/x", "javascript:alert(1)", "a?b#c&d=e", "a b", "文件"])
def test_no_name_becomes_another_address(document) -> None:
    outline = Outline(render_review(page(document=document)) + render_home(home(rows=(HomeRow(document, "", ()),))))
    for found, _ in outline.find("a") + outline.find("form", method="post"):
        address = urlsplit(found.get("href") or found.get("action", ""))
        assert not address.scheme
        assert not address.netloc
        if address.path.startswith("/d/"):
            assert unquote(address.path) == f"/d/{document}"


# Cards -------------------------------------------------------------------------------------------------------------


def card_forms(html: str) -> list[list[tuple[str, dict[str, str]]]]:
    outline = Outline(html)
    places = [
        at for at, (tag, found, _, _) in enumerate(outline.elements) if tag == "form" and found.get("action") == "/edit"
    ]
    return [outline.inside(at) for at in places]


@pytest.mark.parametrize("html", [PAGES["live"], PAGES["saved"], PAGES["refused"], PAGES["conflict"]])
def test_every_form_of_a_card_has_what_an_edit_needs(html) -> None:
    forms = card_forms(html())
    assert forms
    for form in forms:
        fields = {found["name"]: found.get("value", "") for _, found in form if "name" in found}
        assert {"document", "locale", "unit", "base", "action"} <= fields.keys()
        assert (fields["document"], fields["locale"], fields["base"]) == ("liuzhou", "en", "v1")
        actions = {found["value"] for tag, found in form if tag == "button" and found.get("name") == "action"}
        assert ("rule" in fields) == bool(actions & {"ignore", "unignore"})
        assert ("text" in fields) == ("save" in actions)


def actions(one: ReviewUnit, reader: Reader = ANN) -> set[str]:
    outline = Outline(render_review(page(one, reader=reader)))
    return {found["value"] for found, _ in outline.find("button", name="action")}


@pytest.mark.parametrize(
    ("one", "reader", "there", "missing"),
    [
        (
            unit(),
            ANN,
            {"save", "needs-editing", "approve", "reject", "note"},
            {"join", "unjoin", "revert", "unapprove"},
        ),
        (unit(approvable=False), BO, {"save", "needs-editing", "note"}, {"approve", "reject", "unapprove"}),
        (unit(text="", can_join=True), ANN, {"join"}, {"reject", "unjoin"}),
        (unit(joined=True, text=""), ANN, {"unjoin", "note"}, {"save", "approve", "join"}),
        (unit(approvals=(Seal(SealKind.APPROVED, name="Ann", date="d"),)), ANN, {"unapprove"}, set()),
        (unit(approvals=(Seal(SealKind.APPROVED, name="Bo", date="d"),)), ANN, set(), {"unapprove"}),
        (unit(converted="Other."), ANN, {"revert"}, set()),
        (unit(findings=(finding("r", Severity.INFO, "m"),)), ANN, {"ignore"}, {"unignore"}),
        (unit(findings=(finding("r", Severity.INFO, "m", ignored="so"),)), ANN, {"unignore"}, {"ignore"}),
    ],
)
def test_a_card_offers_what_can_be_done(one, reader, there, missing) -> None:
    offered = actions(one, reader)
    assert there <= offered
    assert not missing & offered


def test_the_card_is_the_contract_s() -> None:
    ((found, _),) = Outline(render_review(page(unit()))).find("article")
    assert found["id"] == "u-00ab12cd"
    assert "unit" in found["class"].split()
    assert (found["data-unit"], found["data-base"], found["data-state"]) == ("00ab12cd", "v1", "translated")


@pytest.mark.parametrize("text", ["\nbegins with a line", "\n\ntwo", "plain", "", "ends\n"])
def test_an_editor_holds_the_text_to_the_line_feed(text) -> None:
    (_, held), *_ = Outline(saved(unit(text=text))).find("textarea", name="text")
    assert held == "\n" + text  # a parser of HTML drops the first line feed


def test_a_refused_text_stays_in_the_editor_beside_what_is_saved() -> None:
    (found, held), *_ = Outline(refused(unit(), "Mine.")).find("textarea", name="text")
    assert (held, found["data-saved"]) == ("\nMine.", "It invests.")


def test_a_conflict_shows_both_versions_and_three_ways() -> None:
    outline = Outline(conflict(unit(text="They invest."), "We invest."))
    choices = {found["data-choice"] for _, found, _, _ in outline.elements if "data-choice" in found}
    assert choices == {"mine", "theirs", "merge"}
    assert [text for _, text in outline.find("del")] == ["They"]
    assert [text for _, text in outline.find("ins")] == ["We"]
    assert "They invest." in [text for found, text in outline.find("p") if "theirs" in found.get("class", "")]


def test_the_answer_to_a_save_brings_card_progress_and_words() -> None:
    outline = Outline(saved(unit()))
    assert [found["id"] for found, _ in outline.find("div", hx_swap_oob="true")] == ["progress"]
    assert outline.find("div", id="say", hx_swap_oob="innerHTML")[0][1] == "Saved."
    assert len(outline.find("article")) == 1


def test_the_live_card_and_the_card_after_a_save_are_the_same() -> None:
    one = with_everything()
    card = re.compile(r"<article.*</article>", re.DOTALL)
    assert card.findall(saved(one)) == card.findall(render_review(page(one)))


def test_a_unit_that_occurs_again_points_to_the_first() -> None:
    one = unit(repeated=2)
    outline = Outline(render_review(page(one, replace(one, first=False))))
    assert len(outline.find("textarea", name="text")) == 1
    assert [found["href"] for found, text in outline.find("a") if text == "Same text as above"] == ["#u-00ab12cd"]
    elsewhere = Outline(render_review(page(replace(one, first=False))))
    assert [f["href"] for f, text in elsewhere.find("a") if text == "Same text as above"] == ["/u/en/liuzhou/00ab12cd"]


@pytest.mark.parametrize(
    ("one", "reader", "waits"),
    [
        (unit(), ANN, True),
        (unit(), BO, False),
        (unit(state=State.UNTRANSLATED), BO, True),
        (unit(state=State.NEEDS_EDITING), BO, True),
        (unit(state=State.APPROVED), ANN, False),
        (unit(state=State.APPROVED, stale=True), BO, True),
        (unit(state=State.UNTRANSLATED, joined=True), BO, False),
    ],
)
def test_what_waits_for_whom(one, reader, waits) -> None:
    assert contexts.needs(one, reader) is waits
    assert ("data-needs" in saved(one, reader)) is waits


# Languages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inline", [False, True])
def test_every_text_says_its_language(inline) -> None:
    one = with_everything(findings=(), notes=())
    outline = Outline(render_review(page(one, title=""), inline=inline))
    tongues = {}
    for tag, found, text, _ in outline.elements:
        if tag in {"p", "span", "button", "textarea", "b"} and found.get("lang"):
            tongues.setdefault(found["lang"], set()).add("".join(text).strip())
    assert {"柳鋼投資建設。", "柳鋼"} <= tongues["zh-Hant-HK"]
    assert "柳钢投资建设。" in tongues["zh-Hans"]
    assert {"It invests.", "Liuzhou Steel"} <= tongues["en"]
    assert outline.find("html")[0][0]["lang"] == "en"


def test_right_to_left_is_said() -> None:
    ((found, _), *_) = Outline(render_review(page(locale="ar", locales=("ar",)))).find("textarea", name="text")
    assert (found["lang"], found["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize(("language", "word"), [("en", "Save"), ("zh_Hant", "儲存"), ("zh_Hans", "保存")])
def test_the_interface_speaks_the_language_of_its_reader(language, word) -> None:
    outline = Outline(render_review(page(reader=ANN._replace(language=language))))
    assert outline.find("button", value="save")[0][1] == word
    assert outline.find("html")[0][0]["lang"] == language.replace("_", "-")
    assert json.loads(outline.find("body")[0][0]["data-words"]).keys() == set(SCRIPT_SENTENCES)


def test_findings_and_answers_are_said_in_the_language_of_the_reader() -> None:
    reader = ANN._replace(language="zh_Hant")
    found = finding(
        "han-in-target", Severity.ERROR, Message("Chinese characters left in the translation: {found}", found="柳")
    )
    told = render_saved(context(reader), unit(findings=(found,)), page().progress, Message("Approved."))
    assert "譯文中仍有漢字：柳" in told
    assert "已批准。" in told


# The static copy, the files ----------------------------------------------------------------------------------------


def test_the_static_copy_can_do_nothing_and_asks_for_nothing() -> None:
    html = PAGES["static copy"]()
    outline = Outline(html)
    tags = {tag for tag, _, _, _ in outline.elements}
    assert not tags & {
        "script",
        "form",
        "button",
        "input",
        "textarea",
        "select",
        "link",
        "iframe",
        "img",
        "template",
        "dialog",
    }
    for _, found, _, _ in outline.elements:
        assert not [key for key in found if key.startswith("hx-") or key in {"src", "action"}]
        assert found.get("href", "#").startswith("#")
    assert "url(" not in html
    assert "@import" not in html
    policy = outline.find("meta", http_equiv="Content-Security-Policy")[0][0]["content"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    for there in ("It invests.", "Wrong.", "Why?", "approved by Ann, 2025-11-02", "it is so", "Liuzhou Steel"):
        assert there in outline.find("html")[0][1]


def test_htmx_may_not_evaluate_and_shows_answers_that_explain() -> None:
    ((found, _),) = Outline(PAGES["live"]()).find("meta", name="htmx-config")
    config = json.loads(found["content"])
    assert config["allowEval"] is False
    assert config["includeIndicatorStyles"] is False
    shown = [
        rule["swap"]
        for status in (409, 410, 422, 500)
        for rule in config["responseHandling"][:4]
        if _fits(rule, status)
    ]
    assert shown == [True, True, True, False]


def _fits(rule: dict[str, str], status: int) -> bool:
    return re.search(rule["code"], str(status)) is not None and (rule["code"] != "..." or status == 500)


def test_the_files_are_there_and_need_no_inline_script() -> None:
    assert {"app.css", "app.js", "first.js", "htmx.min.js", "htmx.LICENSE.txt", "icon.svg"} < set(STATIC)
    assert OWN_SCRIPTS
    for name in OWN_SCRIPTS:
        script = STATIC[name].decode()
        assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", script), name
        assert {f"{each}.js" for each in re.findall(r"from \"\./(\w+)\.js\"", script)} <= set(OWN_SCRIPTS), name
    assert b"Zero-Clause BSD" in STATIC["htmx.LICENSE.txt"]


def test_both_colour_schemes_can_be_chosen_in_full() -> None:
    style = STATIC["app.css"].decode()
    blocks = dict(re.findall(r':root\[data-theme="(\w+)"\] \{(.*?)\}', style, re.DOTALL))
    names = {theme: set(re.findall(r"--[\w-]+(?=:)", block)) for theme, block in blocks.items()}
    assert names["light"] - {"--sans", "--serif"} == names["dark"]
    assert len(names["dark"]) > 8


# Parts -------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-3, 35), st.integers(-3, 35)), max_size=6))
def test_marks_lose_no_text_and_lie_where_they_should(text, spans) -> None:
    given = [marks.Mark(start, end, f"k{at}", f"t{at}") for at, (start, end) in enumerate(spans)]
    found = marks.runs(text, given)
    assert "".join(run.text for run in found) == text
    at = 0
    for run in found:
        for place in range(at, at + len(run.text)):
            expected = {m.kind for m in given if 0 <= m.start <= place < m.end}
            assert set(run.kinds.split()) == expected
        at += len(run.text)


def test_an_excerpt_is_cut_on_both_sides() -> None:
    text = "a" * 40 + "MARK" + "b" * 40
    assert marks.excerpt(text, Span(40, 44)) == ("…" + "a" * 18, "MARK", "b" * 18 + "…")
    assert marks.excerpt(text, Span(90, 95)) is None


@pytest.mark.parametrize(
    "chosen",
    [Filter(), Filter("todo", "a-rule", "柳鋼 & 鋼", "2025-01-01", mine=True, near=True, page=3), Filter(text="a=b&c")],
)
def test_a_filter_is_its_address(chosen) -> None:
    query = parse_qs(urlsplit(links.article("d", "en", chosen)).query)
    given = {key: values[0] for key, values in query.items()}
    assert given.pop("locale") == "en"
    read = Filter(
        given.get("state", ""),
        given.get("rule", ""),
        given.get("q", ""),
        given.get("since", ""),
        given.get("mine") == "1",
        given.get("near") == "1",
        int(given.get("page", "1")),
    )
    assert read == chosen


def test_filters_in_use_lead_back_and_the_others_stay() -> None:
    chosen = Filter(state="todo", text="x", page=4)
    todo, stale = contexts.choices("state", (FilterCount("todo", 1), FilterCount("stale", 2)), chosen)
    assert (todo.current, todo.leads) == (True, Filter(text="x"))
    assert (stale.current, stale.leads) == (False, Filter(state="stale", text="x"))


def test_progress_is_rounded_down_and_its_bar_adds_up() -> None:
    nearly = Progress("en", 1000, {"approved": 999, "needs-editing": 1}, 999)
    assert contexts.percent(nearly) == 99
    assert sum(part.width for part in contexts.bar(nearly)) == pytest.approx(100)
    assert contexts.percent(Progress("en", 0, {}, 0)) == 100
