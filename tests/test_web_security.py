"""The review page as an attacker meets it: requests that no honest browser sends, against a real server."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from conftest import Newsroom
from growth import assert_linear
from l10n_flow.errors import ConfigError
from l10n_flow.project import load_project
from l10n_flow.review.server import accounts as accounts_module
from l10n_flow.review.server import entry
from l10n_flow.review.server.accounts import USERS_NAME, Accounts
from l10n_flow.review.server.serve import Server
from l10n_flow.review.server.settings import Settings
from l10n_flow.review.server.throttle import FREE_ACCOUNT, FREE_ANYWHERE, keys_of
from served import Answer, Browser, Served, path_of, serving, synced

PASSWORD = "correct horse"
FORM = "application/x-www-form-urlencoded"
LOOKING = ("/", "/d/a?locale=en", "/u/en/a/00000000", "/stamp?document=a&locale=en", "/history?document=a&locale=en&unit=00000000",
           "/preview/en/a", "/nothing")  # fmt: skip
CHANGING = ("/edit", "/approve-shown", "/name", "/logout")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed in no time, but in the same way."""
    monkeypatch.setattr(accounts_module, "_METHOD", "scrypt:1024:8:1")
    accounts_module._nobody.cache_clear()


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write("題目\n\n第一句。第二句。\n")
    synced(newsroom)
    return newsroom


@pytest.fixture
def guarded(room: Newsroom) -> Iterator[Served]:
    """A server with two accounts."""
    accounts = Accounts(room.root)
    accounts.add("Rita", "reviewer", PASSWORD)
    accounts.add("Tom", "translator", PASSWORD)
    with serving(room.root) as served:
        yield served


def edit_of(browser: Browser, number: int = 1, **fields: str) -> dict[str, str]:
    page = browser.get(path_of("a")).text
    unit, base = re.findall(r'data-unit="([0-9a-f]+)" data-base="([0-9a-f]+)"', page)[number]
    return {"document": "a", "locale": "en", "unit": unit, "base": base, "action": "save", "text": "Owned.", **fields}


def raw(port: int, request: bytes, seconds: float = 10) -> bytes:
    """What the server answers to these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer and (data := connection.recv(65_536)):
            answer += data
        return answer


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


# Another name: DNS rebinding --------------------------------------------------------------------------------------


def test_only_our_own_names_are_answered(served: Served) -> None:
    browser = served.browser()
    port = served.port
    hosts = ["evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", f"127.0.0.1:0{port}", f"127.0.0.2:{port}",
             f"localhost.evil.example:{port}", f"127.0.0.1:{port}.evil.example", f"127.0.0.1:{port}@evil.example", f"[::1]:{port}",
             f"127.1:{port}", f"LOCALHOST:{port}", f"x@127.0.0.1:{port}", f"127.0.0.1:{port}, evil.example"]  # fmt: skip
    for host in hosts:
        for path in ("/", "/static/app.css", "/login", "/enter?token=" + served.server.guard.entry_token.token):
            answer = browser.ask("GET", path, headers={"Host": host})
            assert answer.status == 403, (host, path)
            assert not answer.cookies
            assert "evil" not in answer.text
    assert browser.ask("GET", "/", headers={"Host": f"127.0.0.1:{port}"}).status == 200
    assert Browser(port, "localhost").get("/static/app.css").status == 200


def is_harmless(answer: bytes) -> bool:
    """Whether a browser runs nothing of it: our own answers say so, what waitress refuses by itself is plain text."""
    head = answer.partition(b"\r\n\r\n")[0]
    return b"Content-Security-Policy" in head or b"Content-Type: text/plain" in head


HEADS = ("GET / HTTP/1.1\r\n", "GET / HTTP/1.0\r\n", "GET / HTTP/1.1\r\nHost:\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1:{port}\r\n",
         "GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: 127.0.0.1:{port}\r\n",
         "GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: evil.example\r\n")  # fmt: skip


def test_a_request_without_one_good_host_is_refused(served: Served) -> None:
    for head in HEADS:
        answer = raw(served.port, (head.format(port=served.port) + "\r\n").encode())
        assert status_of(answer) in {400, 403}, head
        assert is_harmless(answer), head


def test_forwarded_headers_are_not_believed(served: Served) -> None:
    browser = served.browser()
    told = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example",
        "X-Original-URL": "/x",
    }
    answer = browser.ask("GET", f"/u/en/a/{edit_of(browser)['unit']}", headers=told)
    assert (answer.status, answer.location[:3]) == (303, "/d/")


# Another page's form ----------------------------------------------------------------------------------------------


def origins(served: Served) -> list[Mapping[str, str]]:
    own = f"http://127.0.0.1:{served.port}"
    return [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": f"https://127.0.0.1:{served.port}"},
        {"Origin": f"http://127.0.0.1:{served.port + 1}"},
        {"Origin": f"http://localhost:{served.port}"},
        {"Origin": f"{own}.evil.example"},
        {"Origin": f"{own}/"},
        {"Origin": own, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": f"{own}/"},
    ]


def test_what_no_page_of_ours_sends_changes_nothing(room: Newsroom, served: Served) -> None:
    browser = served.browser()
    body = urlencode(edit_of(browser)).encode()
    before = room.tree("locales")
    for headers in origins(served):
        for path in (*CHANGING, "/login"):
            answer = browser.ask("POST", path, body, {"Content-Type": FORM, **headers})
            assert answer.status == 403, (path, headers)
    assert room.tree("locales") == before
    assert browser.get("/").status == 200, "nobody was logged out"
    assert browser.ask("POST", "/edit", body, {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}).status == 303


def test_only_forms_of_our_kind_are_read(served: Served) -> None:
    browser = served.browser()
    body = urlencode(edit_of(browser)).encode()
    for kind in ("text/plain", "multipart/form-data; boundary=x", "application/json", ""):
        assert browser.ask("POST", "/edit", body, {"Origin": browser.origin, "Content-Type": kind}).status == 415, kind


def test_looking_changes_nothing_and_changing_needs_post(room: Newsroom, served: Served) -> None:
    browser = served.browser()
    query = urlencode(edit_of(browser))
    for path in CHANGING:
        assert browser.get(f"{path}?{query}").status == 405
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "POSTX"):
        answer = browser.ask(method, "/edit", headers={"Origin": browser.origin})
        assert answer.status in {400, 405}, method
    overridden = browser.ask("GET", "/edit?" + query, headers={"X-HTTP-Method-Override": "POST"})
    assert overridden.status == 405
    assert "Owned." not in room.po_path("en").read_text()


# No way in --------------------------------------------------------------------------------------------------------


def test_nothing_is_shown_or_done_without_a_session(room: Newsroom, served: Served) -> None:
    insider, stranger = served.browser(), served.stranger()
    guessed = Browser(served.port, cookies=dict.fromkeys(insider.cookies, "x" * 43))
    fields = edit_of(insider)
    for browser in (stranger, guessed):
        for path in LOOKING:
            answer = browser.get(path)
            assert answer.status == (401 if path.startswith("/stamp") else 403), path
            assert "第" not in answer.text
            assert all(cookie.startswith(f"{served.server.guard.cookie}-way=") for cookie in answer.cookies)
        for path in CHANGING:
            assert browser.post(path, fields).status == 401, path
        assert browser.get("/static/app.css").status == 200
    assert "Owned." not in room.po_path("en").read_text()


def test_the_token_opens_once_only(served: Served) -> None:
    token = served.server.guard.entry_token.token
    for wrong in (
        "",
        "x",
        token[:-1],
        token + "x",
        token.swapcase(),
        "%00",
        "%FF%FE",
        quote("é"),
        token + "&token=" + token,
    ):
        answer = served.stranger().get(f"/enter?token={wrong}")
        assert (answer.status, answer.cookies) == ((403, ()) if "&" not in wrong else (303, answer.cookies)), wrong
    assert served.stranger().get(f"/enter?token={token}").status == 403
    fresh = served.server.guard.entry_token.token
    assert served.stranger().ask("HEAD", f"/enter?token={fresh}").status == 403
    first, second = served.stranger(), served.stranger()
    answer = first.get(f"/enter?token={fresh}")
    assert (answer.status, answer.location) == (303, "/")
    assert second.get(f"/enter?token={fresh}").status == 403
    assert second.get("/").status == 403
    assert first.get(f"/enter?token={fresh}").status == 303, "whoever is in already comes to no harm"
    assert fresh not in first.get("/").text


def test_the_cookie_is_kept_from_scripts_and_other_sites(served: Served) -> None:
    answer = served.stranger().get(served.path(served.told[-1]))
    (cookie,) = answer.cookies
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert len(cookie.partition("=")[2].partition(";")[0]) == 43


def test_a_session_is_never_one_that_somebody_else_chose(guarded: Served) -> None:
    name = guarded.server.guard.cookie
    victim = Browser(guarded.port, cookies={name: "chosen-by-the-attacker"})
    assert victim.post("/login", {"name": "Rita", "password": PASSWORD}).status == 303
    assert victim.cookies[name] != "chosen-by-the-attacker"
    assert Browser(guarded.port, cookies={name: "chosen-by-the-attacker"}).get("/").status == 303
    before = victim.cookies[name]
    assert victim.post("/login", {"name": "Rita", "password": PASSWORD}).status == 303
    assert victim.cookies[name] != before
    assert Browser(guarded.port, cookies={name: before}).get("/").location.startswith("/login")


# Paths and sizes --------------------------------------------------------------------------------------------------

TRICKS = ("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..\\..\\etc\\passwd", "..%5c..%5cetc%5cpasswd", "/etc/passwd",
          "%2fetc%2fpasswd", "a%00.po", "%00", "a/../../l10n-flow.toml", "....//....//etc/passwd", "%252e%252e%252fetc/passwd", "%c0%ae%c0%ae/etc/passwd",
          "C:%5cWindows", "file:///etc/passwd", "~root", "%EF%BC%8E%EF%BC%8E/etc/passwd", "a%0d%0aX-Evil:1", "." * 300, "%", "%zz", "a" * 5_000,
          "../l10n-flow.users.json", "%ff%fe")  # fmt: skip


def test_no_path_leads_out(room: Newsroom, served: Served) -> None:
    (room.root / "secret.txt").write_text("root:secret")
    tricks = (*TRICKS, "../secret", f"{room.root}/secret.txt".replace(" ", "%20"), "../secret.txt")
    browser = served.browser()
    before = room.tree("locales", "source")
    for trick in tricks:
        for prefix in ("/d/", "/preview/en/", "/preview/", "/u/en/", "/static/", "/", "/stamp?locale=en&document=",
                       "/stamp?document=a&locale=", "/d/a?locale=", "/history?locale=en&unit=00000000&document="):  # fmt: skip
            answer = browser.get(prefix + trick)
            assert answer.status in {400, 404}, (prefix, trick, answer.text)
            assert "root:" not in answer.text
            assert "x-evil" not in answer.headers
        fields = edit_of(browser)
        from_trick = browser.post("/edit", {**fields, "document": trick.replace("%20", " ")}, HX_Request="1")
        assert from_trick.status in {400, 404, 410}, trick
        assert browser.post("/edit", {**fields, "locale": trick}, HX_Request="1").status in {400, 404}
    assert room.tree("locales", "source") == before


def test_doubled_slashes_redirect_nowhere(served: Served) -> None:
    browser = served.browser()
    for path in (
        "//evil.example",
        "//evil.example/",
        "///evil.example/..",
        "/\\evil.example",
        "/d//evil.example",
        "/.//evil.example",
    ):
        answer = browser.get(path)
        assert answer.status in {400, 404}, path
        assert "location" not in answer.headers


def memory() -> int:
    """The memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell a process its memory")
@pytest.mark.parametrize("chunked", [False, True])
def test_fifty_megabytes_are_refused_at_once(served: Served, *, chunked: bool) -> None:
    browser = served.browser()
    length = "Transfer-Encoding: chunked" if chunked else "Content-Length: 52428800"
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = f"POST /edit HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nOrigin: {browser.origin}\r\nCookie: {cookies}\r\nContent-Type: {FORM}\r\n{length}\r\n\r\n"
    block = b"x" * 65_536
    sent, before = 0, memory()
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(head.encode())
        connection.settimeout(0.05)
        answer = b""
        while sent < 52_428_800 and not answer:
            try:
                answer = connection.recv(65_536)
            except TimeoutError:
                pass
            except ConnectionError:
                break
            try:
                connection.sendall(b"10000\r\n" + block + b"\r\n" if chunked else block)
            except OSError:
                break
            sent += len(block)
    assert status_of(answer) == 413
    assert is_harmless(answer)
    assert sent < 4_000_000
    assert memory() - before < 20_000_000
    assert browser.get("/").status == 200


def test_a_form_just_below_the_limit_is_read_and_judged(served: Served) -> None:
    browser = served.browser()
    assert browser.edit(**edit_of(browser, text="x" * 900_000)).status == 422
    assert browser.edit(**edit_of(browser, text="x" * 1_000_000)).status == 413


def test_too_many_fields_take_no_time(served: Served) -> None:
    browser = served.browser()

    def work(fields: int) -> Callable[[], object]:
        def refused() -> None:
            assert browser.post("/approve-shown", [("unit", "")] * fields).status == 400

        return refused

    assert_linear(work, 90_000)  # the server is a thread of this process


def test_endless_headers_are_refused(served: Served) -> None:
    answer = raw(served.port, f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nX: {'x' * 40_000}\r\n\r\n".encode())
    assert status_of(answer) in {400, 431}
    assert is_harmless(answer)


NO_REQUESTS = (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
               b"POST /edit HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n",
               b"GET /\x00 HTTP/1.1\r\n\r\n", b"GET /\r X HTTP/1.1\r\n\r\n")  # fmt: skip


def test_what_is_no_request_is_answered_calmly(served: Served) -> None:
    for request in NO_REQUESTS:
        answer = raw(served.port, request)
        assert status_of(answer) in {400, 403, 405, 501}, request
        assert is_harmless(answer), request
    assert served.browser().get("/").status == 200


# Markup and headers in fields -------------------------------------------------------------------------------------

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)></textarea>{{7*7}}</title><!--"


class Parsed(html.parser.HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def assert_harmless(answer: Answer, where: str) -> None:
    if answer.headers["content-type"] == "text/plain; charset=utf-8":
        assert answer.headers["x-content-type-options"] == "nosniff"
        return
    for tag, attributes in Parsed(answer.text).elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes), (where, tag, attributes)
        assert tag not in {"img", "object", "embed", "base"}, where
        if tag == "script":
            assert attributes.get("src", "") in {"/static/first.js", "/static/app.js", "/static/htmx.min.js"}, where
        for name in ("src", "href", "action", "formaction", "hx-get", "hx-post", "data"):
            value = attributes.get(name) or ""
            assert not re.match(r"\s*(\w+:|//|\\)", value), (where, tag, value)
    assert "49&lt;/title" not in answer.text


def test_markup_in_every_field_stays_text(newsroom: Newsroom) -> None:
    document = EVIL.replace("/", "⁄")[:80]
    newsroom.write(f"{EVIL}\n\n第一句。{EVIL}\n", f"{document}.txt")
    synced(newsroom)
    with serving(newsroom.root) as served:
        browser = served.browser(name="")
        assert browser.post("/name", {"name": EVIL[:60]}).status == 303
        name = quote(document, safe="")
        page = browser.get(f"/d/{name}?locale=en")
        pairs = re.findall(r'data-unit="([0-9a-f]+)" data-base="([0-9a-f]+)"', page.text)
        answers = {"article": page}
        for unit, base in pairs:
            fields = {
                "document": document,
                "locale": "en",
                "unit": unit,
                "base": base,
                "text": EVIL,
                "note": EVIL,
                "rule": EVIL,
            }
            for action in ("save", "save", "reject", "ignore", EVIL):
                answers[f"edit {action}"] = browser.edit(**fields, action=action)
            answers["gone"] = browser.edit(**{**fields, "unit": "0" * 8}, action="save")
            answers["history"] = browser.get(
                f"/history?{urlencode({'document': document, 'locale': 'en', 'unit': unit})}"
            )
        evil = quote(EVIL, safe="")
        for path in (f"/?q={evil}", f"/d/{name}?locale=en&q={evil}&state={evil}&rule={evil}&since={evil}", f"/d/{evil}", f"/d/{name}?locale={evil}",
                     f"/{evil}", f"/stamp?document={evil}&locale=en", f"/enter?token={evil}", f"/u/en/{name}/{evil}", f"/d/{name}?locale=zh_Hans"):  # fmt: skip
            answers[path] = browser.get(path)
        statuses = {answer.status for answer in answers.values()}
        assert {200, 400, 404, 409, 410} <= statuses <= {200, 303, 400, 404, 409, 410, 422}
        for where, answer in answers.items():
            assert_harmless(answer, where)
        preview = browser.get(f"/preview/en/{name}")
        assert "<script" not in preview.text
        assert "<img" not in preview.text


def test_nothing_in_a_field_becomes_a_header(served: Served) -> None:
    browser = served.browser(name="")
    split = "Ann\r\nSet-Cookie: evil=1\r\n\r\n<html>"
    answer = browser.post("/name", {"name": split, "next": "/\r\nSet-Cookie: evil=1"})
    assert "evil" not in browser.cookies
    assert "evil=1" not in answer.headers.get("location", "")
    for cookie in answer.cookies:
        assert "\n" not in cookie
        assert "evil=1;" not in cookie.partition(";")[2]
    assert "evil" not in {name.partition("=")[0] for name in answer.cookies}


ELSEWHERE = ("//evil.example", "https://evil.example", "/\\evil.example", "\t//evil.example", "/\t/evil.example", "javascript:alert(1)",
             "http:evil.example", "/%0d%0aX:y\r\n", "\\\\evil.example", "")  # fmt: skip


def test_no_way_leads_to_another_host(guarded: Served) -> None:
    for elsewhere in ELSEWHERE:
        login = guarded.stranger().get("/login?" + urlencode({"next": elsewhere}))
        field = next(attributes for _, attributes in Parsed(login.text).elements if attributes.get("name") == "next")
        assert field["value"] == "/", elsewhere
        answer = guarded.stranger().post("/login", {"name": "Rita", "password": PASSWORD, "next": elsewhere})
        assert (answer.status, answer.location) == (303, "/"), elsewhere


# What every answer says -------------------------------------------------------------------------------------------


def test_every_answer_is_guarded(served: Served) -> None:
    browser, stranger = served.browser(), served.stranger()
    answers = [browser.get(path) for path in (*LOOKING, "/static/app.css", "/static/app.js", "/edit", "/enter?token=x")]
    answers += [stranger.get(path) for path in LOOKING]
    answers += [
        browser.post("/name", {"name": "Ann"}),
        browser.post("/edit", {}),
        browser.post("/edit", edit_of(browser)),
        stranger.ask("PUT", "/"),
    ]
    for answer in answers:
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["base-uri"] == "'none'"
        assert "unsafe" not in str(policy)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"] in {"no-store", "no-cache"}
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


def test_the_preview_may_be_framed_by_us_and_runs_nothing(served: Served) -> None:
    answer = served.browser().get("/preview/en/a")
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy


def test_no_page_asks_another_host(guarded: Served) -> None:
    browser = guarded.logged_in("Rita", PASSWORD)
    pages = [browser.get(path) for path in ("/", "/d/a?locale=en", "/login", "/nothing", "/preview/en/a", "/?q=a")]
    for page in pages:
        assert_harmless(page, page.text[:80])
        assert not re.findall(r"""(?:src|href|action|url|@import)\s*[=(]\s*["']?\s*(?:https?:)?//""", page.text)
    css = browser.get("/static/app.css").text
    assert not re.findall(r"@import|url\((?!['\"]?data:)", css)


# Accounts ---------------------------------------------------------------------------------------------------------


def test_with_accounts_one_logs_in(guarded: Served) -> None:
    assert "token" not in guarded.told[0]
    stranger = guarded.stranger()
    for path in LOOKING:
        answer = stranger.get(path)
        told = (401, "") if path.startswith("/stamp") else (303, "/login")
        assert (answer.status, answer.headers.get("location", "")[:6]) == told, path
    assert stranger.get(f"/enter?token={guarded.server.guard.entry_token.token}").location == "/login"
    for path in CHANGING:
        assert stranger.post(path, {}).status == 401, path
    assert stranger.get("/d/a", HX_Request="true").status == 401, "a fragment is no place for a login form"
    wanted = stranger.get("/d/a?locale=en&state=todo").location
    form = next(
        attributes for _, attributes in Parsed(stranger.get(wanted).text).elements if attributes.get("name") == "next"
    )
    answer = stranger.post("/login", {"name": "rita", "password": PASSWORD, "next": form["value"] or ""})
    assert (answer.status, answer.location) == (303, "/d/a?locale=en&state=todo")
    assert "Rita" in stranger.get("/").text


def test_a_wrong_login_tells_nothing(guarded: Served) -> None:
    told = set()
    for name in ("Nobody else", "Rita", "Nobody", "x" * 900):
        answer = guarded.stranger().post("/login", {"name": name, "password": "wrong password"})
        assert (answer.status, answer.cookies) == (403, ()), name
        told.add(answer.text.replace(f'value="{name}"', ""))
    assert len(told) == 1


def test_a_crowd_at_the_door_keeps_nobody_waiting(guarded: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "_JUDGED_AT_ONCE", threading.Semaphore(0))
    answer = guarded.stranger().post("/login", {"name": "Rita", "password": PASSWORD})
    assert (answer.status, answer.headers["retry-after"]) == (429, "5")


def test_a_name_proven_cannot_be_changed(room: Newsroom, guarded: Served) -> None:
    browser = guarded.logged_in("Tom", PASSWORD)
    assert browser.post("/name", {"name": "Rita"}).status == 403
    browser.cookies["l10n-flow-name"] = "Rita"
    assert browser.edit(**edit_of(browser, by="Rita", name="Rita")).status == 200
    text = room.po_path("en").read_text()
    assert ("by Tom" in text, "Rita" in text) == (True, False)


def test_a_translator_approves_nothing(room: Newsroom, guarded: Served) -> None:
    tom, rita = guarded.logged_in("Tom", PASSWORD), guarded.logged_in("Rita", PASSWORD)
    assert tom.edit(**edit_of(tom)).status == 200
    for action in ("approve", "reject", "unapprove"):
        answer = tom.edit(**edit_of(tom, action=action, note="why", role="reviewer"))
        assert answer.status == 422, action
    fields = edit_of(tom)
    shown = tom.post("/approve-shown", {name: fields[name] for name in ("document", "locale", "unit", "base")})
    assert "Approved: 0." in shown.text
    assert "approved" not in room.po_path("en").read_text()
    assert rita.edit(**edit_of(rita, action="approve")).status == 200
    assert "approved" in room.po_path("en").read_text()


def test_nobody_approves_their_own_where_that_is_forbidden(room: Newsroom) -> None:
    config = room.root / "l10n-flow.toml"
    config.write_text(config.read_text().replace("[project]", "[project]\nforbid-own-approval = true"))
    with serving(room.root) as served:
        ann, bob = served.browser("Ann"), served.browser("Bob")
        assert ann.edit(**edit_of(ann)).status == 200
        assert ann.edit(**edit_of(ann, action="approve")).status == 422
        assert bob.edit(**edit_of(bob, action="approve")).status == 200


def test_sessions_end_with_logout_password_and_account(room: Newsroom, guarded: Served) -> None:
    accounts = Accounts(room.root)
    rita, tom, out = (guarded.logged_in(name, PASSWORD) for name in ("Rita", "Tom", "Tom"))
    kept = dict(out.cookies)
    assert out.post("/logout", {}).location == "/login"
    assert list(out.cookies) == [known_cookie(guarded, "tom")], "the browser stays known"
    assert Browser(guarded.port, cookies=kept).get("/").status == 303
    assert tom.get("/").status == 200, "the other session of the same account goes on"
    accounts.set_password("Rita", "another password")
    assert rita.get("/").status == 303
    accounts.remove("Tom")
    fields = {"document": "a", "locale": "en", "unit": "0" * 8, "action": "save", "text": "x"}
    assert tom.edit(**fields).status == 401
    accounts.add("Tom", "reviewer", PASSWORD)
    assert tom.get("/").status == 303, "another account of the same name is another one"


def test_a_local_session_ends_when_there_are_accounts(room: Newsroom, served: Served) -> None:
    browser = served.browser("Ann")
    Accounts(room.root).add("Rita", "reviewer", PASSWORD)
    assert browser.get("/").location == "/login"
    assert browser.post("/name", {"name": "Rita"}).status == 401
    assert served.stranger().get(served.path(served.told[-1])).location == "/login"
    Accounts(room.root).remove("Rita")
    assert guarded_status(served) == 403


def guarded_status(served: Served) -> int:
    return served.stranger().get("/").status


def test_guessing_is_slowed_down_even_with_the_right_password(guarded: Served) -> None:
    now = 1_000.0
    guarded.server.guard.throttle._clock = lambda: now
    for _ in range(FREE_ACCOUNT):
        assert guarded.stranger().post("/login", {"name": "Rita", "password": "wrong password"}).status == 403
    for name in ("Rita", "rita", "ＲＩＴＡ"):
        answer = guarded.stranger().post("/login", {"name": name, "password": PASSWORD}, X_Forwarded_For="203.0.113.7")
        assert (answer.status, answer.cookies) == (429, ())
        assert int(answer.headers["retry-after"]) >= 1
    guarded.logged_in("Tom", PASSWORD)
    now += 1.05
    guarded.logged_in("Rita", PASSWORD)


def known_cookie(served: Served, folded_name: str) -> str:
    return f"{served.server.guard.cookie}-known-{hashlib.sha256(folded_name.encode()).hexdigest()[:16]}"


def test_nobody_holds_up_a_browser_that_the_account_knows(guarded: Served) -> None:
    """Guesses from the same address, and from many others; the browser is known after a logout, and only with its own cookie."""
    now = 1_000.0
    throttle = guarded.server.guard.throttle
    throttle._clock = lambda: now
    rita, tom = guarded.logged_in("Rita", PASSWORD), guarded.logged_in("Tom", PASSWORD)
    rita.post("/logout", {})
    right = {"name": "rita", "password": PASSWORD}
    for number in range(FREE_ANYWHERE + 5):
        throttle.begin(keys_of("rita", f"203.0.113.{number}"))
    for _ in range(FREE_ACCOUNT + 1):
        guarded.stranger().post("/login", {"name": "Rita", "password": "wrong password"})
    assert guarded.stranger().post("/login", right).status == 429
    own, others = known_cookie(guarded, "rita"), known_cookie(guarded, "tom")
    for forged in ("", "x", ".", "é.é", rita.cookies[own][:-1], "x" + rita.cookies[own], tom.cookies[others]):
        assert Browser(guarded.port, cookies={own: forged}).post("/login", right).status == 429, forged
    kept = rita.cookies[own]
    answer = rita.post("/login", right)
    assert answer.status == 303
    (cookie,) = [cookie for cookie in answer.cookies if cookie.startswith(own)]
    assert {"HttpOnly", "SameSite=Strict", "Max-Age=31536000"} <= set(cookie.split("; "))
    thief = Browser(guarded.port, cookies={own: kept})
    statuses = [
        thief.post("/login", {"name": "Rita", "password": f"guess {n}"}).status for n in range(FREE_ACCOUNT + 1)
    ]
    assert statuses == [403] * FREE_ACCOUNT + [429], "a stolen cookie guesses no faster"
    assert rita.post("/login", right).status == 303, "and holds nobody up"


def test_a_known_browser_is_no_session_and_ends_with_the_password(room: Newsroom, guarded: Served) -> None:
    rita = guarded.logged_in("Rita", PASSWORD)
    rita.post("/logout", {})
    assert rita.get("/").status == 303
    guard = guarded.server.guard
    for number in range(FREE_ANYWHERE + 5):
        guard.throttle.begin(keys_of("rita", f"203.0.113.{number}"))
    Accounts(room.root).set_password("Rita", "another password")
    assert rita.post("/login", {"name": "Rita", "password": "another password"}).status == 429


def test_a_trusted_proxy_tells_who_asks_and_nobody_else(room: Newsroom) -> None:
    Accounts(room.root).add("Rita", "reviewer", PASSWORD)
    with serving(room.root, trusted_proxy="127.0.0.1", public_url="https://review.example.org") as served:
        outside = {"Host": "review.example.org", "Origin": "https://review.example.org", "Content-Type": FORM}
        body = urlencode({"name": "x", "password": "wrong password"}).encode()
        browser = Browser(served.server._socket.getsockname()[1])
        for number in range(25):
            answer = browser.ask(
                "POST", "/login", body.replace(b"x", b"x%d" % number), {**outside, "X-Forwarded-For": "203.0.113.7"}
            )
        assert answer.status == 429
        good = urlencode({"name": "Rita", "password": PASSWORD}).encode()
        answer = browser.ask("POST", "/login", good, {**outside, "X-Forwarded-For": "198.51.100.1"})
        assert answer.status == 303
        assert [cookie.startswith("__Host-l10n-flow") for cookie in answer.cookies] == [True, True]
        for cookie in answer.cookies:
            assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert browser.ask("GET", "/", headers={"Host": f"127.0.0.1:{browser.port}"}).status == 403


@pytest.mark.parametrize(
    "settings",
    [
        Settings(host="0.0.0.0"),
        Settings(host="::"),
        Settings(host="192.0.2.1"),
        Settings(public_url="https://a.example"),
    ],
)
def test_nobody_else_is_let_in_without_accounts(room: Newsroom, settings: Settings) -> None:
    with pytest.raises(ConfigError, match="l10n-flow user add NAME"):
        Server(load_project(room.root / "l10n-flow.toml"), settings, print)


def test_the_command_refuses_other_hosts_without_accounts(room: Newsroom) -> None:
    ran = room.run("review", "--host", "0.0.0.0", "--no-browser")
    assert (ran.code, ran.out) == (2, "")
    assert "l10n-flow user add" in ran.err


def test_an_empty_file_of_accounts_opens_no_door_by_token(room: Newsroom) -> None:
    (room.root / USERS_NAME).write_bytes(b"")
    ran = room.run("review", "--no-browser")
    assert (ran.code, ran.out) == (2, "")
    assert "damaged" in ran.err


@pytest.mark.parametrize("data", [b"{", b""])
def test_a_damaged_file_of_accounts_lets_nobody_in(room: Newsroom, guarded: Served, data: bytes) -> None:
    insider = guarded.logged_in("Rita", PASSWORD)
    (room.root / USERS_NAME).write_bytes(data)
    for browser in (insider, guarded.stranger()):
        for path in ("/", "/d/a", "/login", "/enter?token=x"):
            answer = browser.get(path)
            assert answer.status == 500, path
            assert "題目" not in answer.text
            assert str(room.root) not in answer.text
