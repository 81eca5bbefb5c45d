"""Coming in to the review page: the browser that is opened, where one wanted to go, what a stranger is told."""

from __future__ import annotations

import os
import stat
import webbrowser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from browser import chromium
from conftest import Newsroom
from l10n_flow import files
from l10n_flow.review.address import EntryFile
from l10n_flow.review.page import links
from l10n_flow.review.server.accounts import Accounts
from l10n_flow.review.server.sentences import sentence, without_root
from served import Browser, Served, path_of, serving, synced
from test_web import fields_of

TOLD = "Open the address that the terminal shows"


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write("題目\n\n第一句。第二句。\n")
    synced(newsroom)
    return newsroom


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser is started with."""
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: found.append(url) or True)
    return found


# The browser that is opened ---------------------------------------------------------------------------------------


def test_the_browser_is_started_without_the_token(served: Served, opened: list[str]) -> None:
    served.server._open()
    (address,) = opened
    token = served.server.guard.entry_token.token
    assert token not in address
    path = Path(unquote(address.removeprefix("file://")))
    assert path.parent == served.root / files.PRIVATE_DIR
    assert f"token={token}" in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    served.browser()
    assert not path.exists(), "it was used"


def test_nothing_is_left_of_a_browser_that_never_came(room: Newsroom, opened: list[str]) -> None:
    with serving(room.root) as served:
        served.server._open()
        assert list((room.root / files.PRIVATE_DIR).glob("*.html"))
    assert not list((room.root / files.PRIVATE_DIR).glob("*.html"))


def test_with_accounts_there_is_no_token_to_hide(room: Newsroom, opened: list[str]) -> None:
    Accounts(room.root).add("Rita", "reviewer", "correct horse")
    with serving(room.root) as served:
        served.server._open()
        assert opened == [served.told[0]]
        assert "token" not in opened[0]


def test_a_link_that_somebody_put_there_is_not_written_through(tmp_path: Path, opened: list[str]) -> None:
    entry_file, theirs = EntryFile(tmp_path, "1"), tmp_path / "theirs"
    entry_file.path.plain.parent.mkdir()
    theirs.write_text("")
    entry_file.path.plain.symlink_to(theirs)
    entry_file.open("http://127.0.0.1:1/enter?token=<secret>")
    assert theirs.read_text() == ""
    assert opened == []


def test_nor_is_a_file_written_into_that_somebody_can_read(tmp_path: Path, opened: list[str]) -> None:
    entry_file = EntryFile(tmp_path, "1")
    entry_file.path.plain.parent.mkdir()
    entry_file.path.plain.touch(mode=0o666)
    with entry_file.path.plain.open() as theirs:
        entry_file.open("http://127.0.0.1:1/enter?token=<secret>")
        assert theirs.read() == ""
    assert "token=&lt;secret&gt;" in entry_file.path.plain.read_text()
    assert os.name == "nt" or stat.S_IMODE(entry_file.path.plain.stat().st_mode) == 0o600
    assert len(opened) == 1


@pytest.mark.skipif(os.name != "posix", reason="folders are closed by their mode")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write anywhere")
def test_no_browser_is_opened_where_nothing_can_be_written(tmp_path: Path, opened: list[str]) -> None:
    tmp_path.chmod(0o500)
    EntryFile(tmp_path, "1").open("http://127.0.0.1:1/")
    assert opened == []


def test_a_real_browser_comes_in_by_the_file(served: Served, opened: list[str], request: pytest.FixtureRequest) -> None:
    served.server._open()
    context = chromium(request.config).new_context()
    try:
        page = context.new_page()
        page.goto(opened[0])
        page.wait_for_url(f"http://127.0.0.1:{served.port}/")
        assert page.locator("a[href^='/d/a']").count()
        page.goto(f"http://127.0.0.1:{served.port}{path_of('a')}")
        assert page.locator("article.unit").count()
        page.go_back()
        assert "token" not in page.url
    finally:
        context.close()


# Where one wanted to go -------------------------------------------------------------------------------------------


def test_who_is_led_here_by_another_page_goes_on_from_ours(served: Served) -> None:
    answer = served.stranger().get(served.path(served.told[-1]), Sec_Fetch_Site="cross-site")
    assert (answer.status, answer.headers["refresh"]) == (200, "0; url=/")
    assert any("Max-Age=0" not in cookie and "HttpOnly" in cookie for cookie in answer.cookies)


def test_a_link_leads_on_after_the_token(newsroom: Newsroom) -> None:
    name = "港聞/第 1 篇 100%25?#"
    newsroom.write("題目\n", f"{name}.txt")
    synced(newsroom)
    with serving(newsroom.root) as served:
        unit = served.browser().get(links.article(name, "en")).text.partition('data-unit="')[2][:8]
        for wanted in (links.unit(name, "en", unit), links.article(name, "en")):
            stranger = served.stranger()
            refused = stranger.get(wanted)
            assert (refused.status, f"<h1>{TOLD}</h1>" in refused.text) == (403, True)
            (cookie,) = refused.cookies
            assert {"HttpOnly", "SameSite=Strict", "Path=/enter"} <= set(cookie.split("; "))
            entered = stranger.get(served.path(served.told[-1]))
            assert (entered.status, entered.location) == (303, wanted)
            assert stranger.get(wanted).status in {200, 303}


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/a\r\nX: y"])
def test_a_forged_way_leads_home(served: Served, wanted: str) -> None:
    cookie = f"{served.server.guard.cookie}-way"
    stranger = Browser(served.port, cookies={cookie: quote(wanted)})
    assert stranger.get(served.path(served.told[-1])).location == "/"


# What a stranger is told ------------------------------------------------------------------------------------------


def test_a_stranger_is_told_what_to_do(served: Served) -> None:
    for path in ("/", "/d/a", "/enter?token=old", "/nothing"):
        answer = served.stranger().get(path)
        assert (answer.status, f"<h1>{TOLD}</h1>" in answer.text) == (403, True), path


def test_a_page_that_outlived_its_server_is_told_what_to_do(room: Newsroom) -> None:
    with serving(room.root) as before:
        browser = before.browser("Ann")
    with serving(room.root, port=before.port) as served:
        browser.port = served.port
        fields = {"document": "a", "locale": "en", "unit": "0" * 8, "action": "save", "text": "Kept."}
        for language, told in (("en", "open the address that the terminal shows"), ("zh-HK", "終端機")):
            answer = browser.post("/edit", fields, HX_Request="true", Accept_Language=language)
            assert (answer.status, answer.headers["content-type"]) == (401, "text/plain; charset=utf-8")
            assert told in answer.text
            assert answer.text.endswith((".", "。"))
        assert browser.get("/stamp?document=a&locale=en").status == 401
        assert browser.get(path_of("a"), Sec_Fetch_Dest="empty").status == 401
        assert browser.post("/edit", fields).status == 401


def test_errors_are_one_plain_sentence_to_our_script(served: Served) -> None:
    browser = served.browser("Ann")
    for path, status in (("/d/nothing", 404), ("/nothing", 404), ("/history?document=a", 400)):
        answer = browser.get(path, HX_Request="true")
        assert (answer.status, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8"), path
        assert "<" not in answer.text
        assert (answer.text[0].isupper(), answer.text[-1]) == (True, ".")


def test_looking_for_news_keeps_nobody_in(served: Served) -> None:
    now = [0.0]
    sessions = served.server.guard.sessions
    sessions._clock = lambda: now[0]
    browser = served.browser("Ann")
    hour = 3600.0
    for _ in range(13):
        last = browser.get("/stamp?document=a&locale=en")
        browser.get(path_of("a"), Sec_Fetch_Dest="empty")
        now[0] += hour
    assert last.status == 200
    assert browser.get("/stamp?document=a&locale=en").status == 401
    browser = served.browser("Ann")
    for _ in range(13):
        assert browser.get("/history?document=a", HX_Request="true").status == 400
        now[0] += hour
    assert browser.get("/").status == 200


# Sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("say why", "Say why."),
        ("Done.", "Done."),
        ("a “quoted” end.”", "A “quoted” end.”"),
        ("locales/a.po:3: is damaged", "locales/a.po:3: is damaged."),
        ("l10n-flow.users.json: is damaged", "l10n-flow.users.json: is damaged."),
        ("'x' is no id", "'x' is no id."),
        ("已儲存", "已儲存。"),
        ("已儲存。", "已儲存。"),
        ("", ""),
    ],
)
def test_a_message_becomes_a_sentence(text: str, expected: str) -> None:
    assert sentence(text, "en" if text.isascii() or "“" in text else "zh_Hant") == expected


def test_nobody_is_told_where_the_project_lies(tmp_path: Path) -> None:
    assert without_root(f"[Errno 17] File exists: '{tmp_path}/.l10n-flow/locks'", tmp_path) == (
        "[Errno 17] File exists: '.l10n-flow/locks'"
    )


def test_no_page_tells_where_the_project_lies(room: Newsroom, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = served.browser("Ann")
    fields = {**fields_of(browser, 1), "action": "save", "text": "x"}
    room.po_path("en").write_bytes(b"msgid nonsense")
    monkeypatch.chdir(room.root / "locales")  # from where paths are not relative
    shown = [(name, fields[name]) for name in ("document", "locale", "unit", "base")]
    for answer in (
        browser.get("/"),
        browser.get(path_of("a")),
        browser.edit(**fields),
        browser.post("/edit", fields),
        browser.post("/approve-shown", shown),
    ):
        assert str(room.root) not in answer.text
        assert "LC_MESSAGES/a.po" in answer.text
