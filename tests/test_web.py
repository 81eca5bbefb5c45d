"""The review page over HTTP, against a real server: what each address answers, and what a save does."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from werkzeug.datastructures import MultiDict

from conftest import Newsroom
from l10n_flow.errors import ConfigError
from l10n_flow.review import page as review
from l10n_flow.review.page.model import Filter
from l10n_flow.review.server.forms import filter_of, local_address
from l10n_flow.review.server.settings import Settings, is_local, origins
from served import Browser, Served, path_of, serving, synced

ARTICLE = "題目\n\n第一句。第二句。\n\n第三句。\n"
SENTENCES = ("題目", "第一句。", "第二句。", "第三句。")


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    synced(newsroom)
    return newsroom


def fields_of(browser: Browser, number: int, document: str = "a", locale: str = "en") -> dict[str, str]:
    """What the form of the article's n-th unit would send."""
    page = browser.get(path_of(document, locale)).text
    found = re.findall(r'data-unit="([0-9a-f]+)" data-base="([0-9a-f]+)"', page)
    return {"document": document, "locale": locale, "unit": found[number][0], "base": found[number][1]}


def text_of(room: Newsroom, source: str, locale: str = "en") -> str:
    return next(entry.msgstr for key, entry in room.catalogue(locale).entries.items() if key.source == source)


# Looking ---------------------------------------------------------------------------------------------------------


def test_the_pages_there_are(served: Served) -> None:
    browser = served.browser()
    fields = fields_of(browser, 1)
    query = f"document=a&locale=en&unit={fields['unit']}"
    for path in ("/", "/?q=題目", path_of("a"), path_of("a", "zh_Hans"), f"/history?{query}", "/preview/en/a"):
        answer = browser.get(quote(path, safe="/?=&%"))
        assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
    assert all(sentence in browser.get(path_of("a")).text for sentence in SENTENCES)
    assert "題目" in browser.get("/?q=%E9%A2%98%E7%9B%AE").text, "either script finds the other"


def test_an_article_opens_in_the_locale_that_people_translate(served: Served) -> None:
    assert 'data-locale="en"' in served.browser().get("/d/a").text


MISSING = ("/d/b", "/d/a?locale=fr", "/d/a/", "/d/", "/preview/fr/a", "/preview/en/b", "/u/en/a/00000000", "/u/en/b/00000000", "/stamp?document=b&locale=en",
           "/history?document=a&locale=en&unit=00000000", "/static/nothing", "/nothing", "/login")  # fmt: skip


def test_what_is_not_there_is_404(served: Served) -> None:
    browser = served.browser()
    for path in MISSING:
        answer = browser.get(path)
        kind = "plain" if path.startswith("/stamp") else "html"  # only our script asks for it
        assert (answer.status, answer.headers["content-type"]) == (404, f"text/{kind}; charset=utf-8"), path
        assert "Traceback" not in answer.text


def test_a_deep_link_leads_to_the_unit(served: Served) -> None:
    browser = served.browser()
    unit = fields_of(browser, 2)["unit"]
    answer = browser.get(f"/u/en/a/{unit}")
    assert (answer.status, answer.location) == (303, f"/d/a?locale=en#u-{unit}")


def test_static_files_are_asked_for_again_only_when_they_changed(served: Served) -> None:
    browser = served.browser()
    for name, kind in (("app.css", "text/css"), ("app.js", "text/javascript"), ("icon.svg", "image/svg+xml")):
        answer = browser.get(f"/static/{name}")
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(kind)
        assert name != "icon.svg" or browser.get("/favicon.ico").body == answer.body
        assert browser.get(f"/static/{name}", If_None_Match=answer.headers["etag"]).status == 304


def test_documents_in_folders_with_odd_names(newsroom: Newsroom) -> None:
    names = ["港聞/第 1 篇", "a & b", "q?x=1#y", "100%25", 'it\'s "so"']
    for name in names:
        newsroom.write(ARTICLE, f"{name}.txt")
    synced(newsroom)
    with serving(newsroom.root) as served:
        browser = served.browser()
        home = browser.get("/").text
        for name in names:
            fields = fields_of(browser, 1, name)
            assert browser.edit(**fields, action="save", text="Done.").status == 200
            address = browser.get(f"/u/en/{quote(name)}/{fields['unit']}").location.partition("#")[0]
            assert browser.get(address).status == 200
            assert address.partition("?")[0] in home
            assert browser.get(f"/preview/en/{quote(name)}").status == 200
            assert newsroom.po_path("en", name).read_text().count("Done.") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, Filter()),
        ({"state": "todo", "rule": "end-punctuation", "q": "柳", "since": "2026-01-02", "mine": "1", "near": "1", "page": "3"},
         Filter("todo", "end-punctuation", "柳", "2026-01-02", mine=True, near=True, page=3)),
        ({"state": "<b>", "rule": "A B", "since": "yesterday", "mine": "yes", "page": "-1"}, Filter()),
        ({"page": "99999999999999"}, Filter()),
        ({"page": "²"}, Filter()),
        ({"q": "x" * 5_000}, Filter(text="x" * 1_000)),
    ],
)  # fmt: skip
def test_filters_in_addresses(query: dict[str, str], expected: Filter) -> None:
    assert filter_of(MultiDict(query)) == expected


# Saving ----------------------------------------------------------------------------------------------------------


def test_a_save_is_in_the_catalogue_when_it_is_answered(room: Newsroom, served: Served) -> None:
    browser = served.browser("Ann")
    fields = fields_of(browser, 1)
    answer = browser.edit(**fields, action="save", text="Saved <first>.")
    assert answer.status == 200
    assert f'id="u-{fields["unit"]}"' in answer.text
    assert "Saved &lt;first&gt;." in answer.text
    assert 'id="progress"' in answer.text
    assert text_of(room, "第一句。") == "Saved <first>."
    assert "by Ann" in room.po_path("en").read_text()
    assert f'<span id="u-{fields["unit"]}">Saved &lt;first&gt;.</span>' in browser.get("/preview/en/a").text


def test_every_action_of_a_reviewer(room: Newsroom, served: Served) -> None:
    browser = served.browser("Ann")

    def act(number: int, **fields: str) -> str:
        answer = browser.edit(**fields_of(browser, number), **fields)
        assert answer.status == 200, (fields, answer.text)
        return room.po_path("en").read_text()

    assert "fuzzy" in act(1, action="needs-editing", text="Draft")
    assert "approved" in act(1, action="approve", text="Final one.")
    assert "approved" not in act(1, action="unapprove", text="is not looked at")
    assert "note by Ann" in act(1, action="note", note="why so?", text="neither")
    assert "fuzzy" in act(1, action="reject", note="wrong", text="nor this")
    assert "approved" in act(1, action="approve", text="Final one.")
    assert "joined" in act(2, action="join", text="")
    assert "joined" not in act(2, action="unjoin")
    assert "ignore end-punctuation" in act(1, action="ignore", rule="end-punctuation", note="a headline")
    assert "ignore end-punctuation" not in act(1, action="unignore", rule="end-punctuation")
    assert text_of(room, "第一句。") == "Final one."


def test_a_correction_goes_back_to_what_was_converted(room: Newsroom, served: Served) -> None:
    browser = served.browser("Ann")
    before = text_of(room, "題目", "zh_Hans")
    assert browser.edit(**fields_of(browser, 0, locale="zh_Hans"), action="save", text="标题").status == 200
    assert text_of(room, "題目", "zh_Hans") == "标题"
    assert browser.edit(**fields_of(browser, 0, locale="zh_Hans"), action="revert", text="标题").status == 200
    assert text_of(room, "題目", "zh_Hans") == before


def test_a_conflict_shows_both_texts_and_saves_neither(room: Newsroom, served: Served) -> None:
    one, other = served.browser("Ann"), served.browser("Bob")
    fields = fields_of(other, 1)
    assert one.edit(**fields_of(one, 1), action="save", text="Of Ann.").status == 200
    answer = other.edit(**fields, action="save", text="Of Bob.")
    assert answer.status == 409
    assert "Of Ann." in answer.text
    assert "Of Bob." in answer.text
    assert re.search(r"Ann changed this unit at \d{4}-\d\d-\d\d \d\d:\d\d, after you opened it\.", answer.text)
    assert text_of(room, "第一句。") == "Of Ann."


def test_another_program_changes_the_stamp_and_makes_a_conflict(room: Newsroom, served: Served) -> None:
    browser = served.browser()
    fields, stamp = fields_of(browser, 1), browser.get("/stamp?document=a&locale=en").text
    assert browser.get("/stamp?document=a&locale=en").text == stamp
    room.translate({"第一句。": "Of Poedit."})
    assert browser.get("/stamp?document=a&locale=en").text != stamp
    assert browser.edit(**fields, action="save", text="Of mine.").status == 409
    assert text_of(room, "第一句。") == "Of Poedit."


def test_a_unit_that_is_gone_gives_the_text_back(room: Newsroom, served: Served) -> None:
    browser = served.browser()
    fields = fields_of(browser, 3)
    room.write("題目\n\n第一句。第二句。\n")
    synced(room)
    answer = browser.edit(**fields, action="save", text="Not <lost>.")
    assert answer.status == 410
    assert "Not &lt;lost&gt;." in answer.text


def test_what_is_refused_gives_the_text_back_with_a_reason(served: Served) -> None:
    browser = served.browser()
    for fields in (
        {"action": "save", "text": "a\x07b"},
        {"action": "save", "text": "x" * 20_001},
        {"action": "reject", "note": ""},
    ):
        answer = browser.edit(**fields_of(browser, 1), **fields)
        assert answer.status == 422
        assert fields.get("text", "")[:1] in answer.text


def test_forms_that_are_not_ours_are_400(served: Served) -> None:
    browser = served.browser()
    fields = {**fields_of(browser, 1), "action": "save", "text": "x"}
    for name, value in (
        ("action", "explode"),
        ("action", ""),
        ("document", ""),
        ("unit", "x" * 2_000),
        ("base", "\0"),
        ("locale", ""),
    ):
        assert browser.edit(**{**fields, name: value}).status == 400, (name, value)


def test_without_script_a_save_leads_back_and_a_refusal_is_a_page(room: Newsroom, served: Served) -> None:
    browser = served.browser()
    fields = {**fields_of(browser, 1), "action": "save", "text": "By hand."}
    answer = browser.post("/edit", fields)
    assert (answer.status, answer.location) == (303, f"/u/en/a/{fields['unit']}")
    assert text_of(room, "第一句。") == "By hand."
    conflict = browser.post("/edit", {**fields, "text": "Again."})
    assert conflict.status == 409
    assert conflict.text.startswith("<!DOCTYPE html>")


def test_approving_what_is_shown_approves_only_what_was_seen(room: Newsroom, served: Served) -> None:
    room.translate(dict(zip(SENTENCES, ("Title", "One.", "Two.", ""), strict=True)))
    browser = served.browser("Ann")
    seen = [fields_of(browser, number) for number in range(4)]
    room.translate({"第一句。": "One, changed."})
    pairs = [(name, unit[name]) for unit in seen for name in ("unit", "base")]
    answer = browser.post("/approve-shown", [("document", "a"), ("locale", "en"), *pairs])
    assert answer.status == 200
    assert "Approved: 2." in answer.text
    assert "Not approved: 1 (somebody has changed" in answer.text
    assert "Not approved: 1 (there is no translation" in answer.text
    assert room.po_path("en").read_text().count("approved") == 2
    pairs = [(name, fields_of(browser, 1)[name]) for name in ("unit", "base")]
    answer = browser.post("/approve-shown", [("document", "a"), ("locale", "en"), *pairs, ("next", "/d/a?locale=en")])
    assert (answer.status, answer.location) == (303, "/d/a?locale=en")
    assert browser.post("/approve-shown", [("document", "a"), ("locale", "en"), ("unit", "x")]).status == 400


def test_the_page_after_approving_all_says_so_once(
    room: Newsroom, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.translate(dict(zip(SENTENCES, ("Title", "One.", "Two.", "Three."), strict=True)))
    said: list[str] = []
    render = review.render_review
    monkeypatch.setattr(review, "render_review", lambda page: said.append(page.said) or render(page))
    browser, other = served.browser("Ann"), served.browser("Bob")
    pairs = [(name, fields_of(browser, number)[name]) for number in range(4) for name in ("unit", "base")]
    said.clear()
    form = [("document", "a"), ("locale", "en"), *pairs, ("next", path_of("a"))]
    assert browser.post("/approve-shown", form).status == 303
    for window, fetched in ((other, ""), (browser, "empty"), (browser, ""), (browser, "")):
        assert window.get(path_of("a"), Sec_Fetch_Dest=fetched).status == 200
    assert said == ["", "", "Approved: 4.", ""]


def test_many_browsers_at_once_lose_nothing(newsroom: Newsroom) -> None:
    count = 24
    newsroom.write("".join(f"第{number}段。\n\n" for number in range(count)))
    synced(newsroom)
    with serving(newsroom.root) as served:
        jobs = []
        for number in range(count):
            browser = served.browser(f"Ann {number}")
            fields = fields_of(browser, number)
            jobs.append((browser, {**fields, "action": "save", "text": f"Text {number}."}))
        statuses: list[int] = []
        threads = [threading.Thread(target=lambda b=b, f=f: statuses.append(b.edit(**f).status)) for b, f in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert statuses == [200] * count
    saved = {entry.msgstr for entry in newsroom.catalogue("en").entries.values()}
    assert saved == {f"Text {number}." for number in range(count)}


# Who one is ------------------------------------------------------------------------------------------------------


def test_locally_the_name_is_asked_once(room: Newsroom) -> None:
    with serving(room.root) as served:
        browser = served.browser(name="")
        assert 'action="/name"' in browser.get(path_of("a")).text
        refused = browser.edit(**fields_of(browser, 1), action="save", text="x")
        assert refused.status == 422
        assert text_of(room, "第一句。") == ""
        answer = browser.post("/name", {"name": "  陳 大文 ", "next": "/d/a"})
        assert (answer.status, answer.location) == (303, "/d/a")
        assert "陳 大文" in browser.get("/").text
        assert browser.post("/name", {"name": "\u200b"}).status == 422
    with serving(room.root) as again:
        kept = Browser(again.port, cookies=dict(browser.cookies))
        assert kept.get(again.path(again.told[0])).status == 303
        assert "陳 大文" in kept.get("/").text


def test_each_use_of_the_address_prints_one_for_another_browser(served: Served) -> None:
    first, second = served.browser("Ann"), served.browser("Bob")
    assert len(set(served.told)) == 3
    assert "Ann" in first.get("/").text
    assert "Bob" in second.get("/").text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("/d/a?locale=en#u-1", "/d/a?locale=en#u-1"), ("", "/"), ("//evil.example", "/"), ("https://evil.example/", "/"), ("d/a", "/"),
     ("/\\evil.example", "/"), ("/a\\b", "/"), ("/\t/evil.example", "/"), ("/a\r\nX: y", "/"), ("javascript:alert(1)", "/"),
     ("/" + "x" * 3_000, "/"), ("/d/港聞", "/d/港聞")],
)  # fmt: skip
def test_ways_lead_nowhere_else(text: str, expected: str) -> None:
    assert local_address(text) == expected


# Serving ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), ("http://127.0.0.1:5000", "http://localhost:5000")),
        (Settings("localhost"), ("http://localhost:5000",)),
        (Settings("::1"), ("http://[::1]:5000", "http://localhost:5000")),
        (Settings("192.0.2.7"), ("http://192.0.2.7:5000",)),
        (Settings("0.0.0.0", public_url="https://Review.Example.org/"), ("https://review.example.org",)),
        (Settings(public_url="https://例え.jp"), ("https://xn--r8jz45g.jp",)),
        (Settings(public_url="https://review.example.org:443"), ("https://review.example.org",)),
        (Settings(public_url="https://review.example.org:8443"), ("https://review.example.org:8443",)),
    ],
)
def test_under_which_origins_we_are_reached(settings: Settings, expected: tuple[str, ...]) -> None:
    assert origins(settings, 5000) == expected
    assert is_local(settings) is ("localhost" in expected[-1])


@pytest.mark.parametrize(
    "settings",
    [Settings("0.0.0.0"), Settings("::"), Settings(public_url="review.example.org"), Settings(public_url="ftp://a"),
     Settings(public_url="https://a/b"), Settings(public_url="https://a:b"), Settings(public_url="https://"),
     Settings(public_url="https://h example"), Settings(public_url="https://NAME:x@a"), Settings(public_url="https://a/#b")],
)  # fmt: skip
def test_addresses_that_cannot_be_ours(settings: Settings) -> None:
    with pytest.raises(ConfigError):
        origins(settings, 5000)


def started(room: Newsroom, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "l10n_flow", "review", "--no-browser", *arguments]
    return subprocess.Popen(
        command,
        cwd=room.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**os.environ},
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_prints_the_address_first_and_ends_cleanly(room: Newsroom, number: signal.Signals) -> None:
    process = started(room)
    assert process.stdout is not None
    url = process.stdout.readline()
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/enter\?token=[\w-]{43})\n", url)
    assert found, url
    browser = Browser(int(found[1]))
    assert browser.get(found[2]).status == 303
    assert browser.get(path_of("a")).status == 200
    assert process.stdout.readline().startswith("http://")
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, "Traceback" in err) == (0, False), err


def test_a_port_that_is_taken_is_said_so(room: Newsroom, served: Served) -> None:
    ran = room.run("review", "--no-browser", "--port", str(served.port))
    assert ran.code == 2
    assert f"cannot listen on 127.0.0.1 port {served.port}" in ran.err


def test_a_killed_server_leaves_every_answered_save(room: Newsroom) -> None:
    process = started(room)
    assert process.stdout is not None
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/.*)\n", process.stdout.readline())
    assert found
    browser = Browser(int(found[1]))
    browser.get(found[2])
    browser.post("/name", {"name": "Ann"})
    with contextlib.ExitStack() as stack:
        stack.callback(process.communicate)
        stack.callback(process.kill)
        assert browser.edit(**fields_of(browser, 1), action="save", text="Kept.").status == 200
    assert text_of(room, "第一句。") == "Kept."


def test_a_fault_of_ours_is_told_by_number_and_in_full_on_standard_error(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret inside")

    browser = served.browser()
    monkeypatch.setattr("l10n_flow.review.page.render_home", fail)
    answer = browser.get("/")
    assert answer.status == 500
    assert "secret" not in answer.text
    found = re.search(r"under ([0-9a-f]{8})", answer.text)
    assert found
    assert f"fault {found[1]}" in caplog.text
    assert "the secret inside" in caplog.text


def test_a_damaged_catalogue_is_said_so(room: Newsroom, served: Served) -> None:
    browser = served.browser()
    fields = fields_of(browser, 1)
    room.po_path("en").write_bytes(b"msgid nonsense")
    assert browser.get(path_of("a")).status == 200
    answer = browser.edit(**fields, action="save", text="x")
    assert answer.status in {409, 422, 424}
    assert str(Path.cwd()) not in answer.text
    assert room.po_path("en").read_bytes() == b"msgid nonsense"


def test_a_source_that_is_a_link_is_no_fault_of_ours(room: Newsroom, served: Served) -> None:
    browser = served.browser("Ann")
    source = room.source()
    source.rename(room.root / "elsewhere.txt")
    source.symlink_to(room.root / "elsewhere.txt")
    answer = browser.get(path_of("a", "en"))
    assert answer.status == 424
    assert "is a symbolic link" in answer.text
    assert browser.get("/").status == 200
