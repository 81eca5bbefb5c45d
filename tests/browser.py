"""The system's Chromium on a served project: windows that watch what the page asks for and complains about."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, sync_playwright

from conftest import Newsroom
from served import Served, path_of

#: Answers that the page expects: a conflict, a unit that is gone, a refused save.
_EXPECTED = frozenset({"409", "410", "422"})
#: Milliseconds after which a state is held never to come, on a machine however busy.
_HANGS = 120_000
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_MISSING = "no Chromium here; install it (Debian: apt-get install chromium)"
_FOCUSED = "document.activeElement?.closest('article.unit')?.dataset.unit ?? ''"


@functools.cache
def chromium(config: pytest.Config) -> Browser:
    """The one browser process of this test worker; skips the test where there is none."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip(_MISSING)
    playwright = sync_playwright().start()
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=program, args=arguments)
    config.add_cleanup(lambda: (browser.close(), playwright.stop()))  # type: ignore[func-returns-value]
    return browser


@dataclass
class Window:
    """A reader's browser: ``page`` is its tab; ``troubles`` gathers what no page of ours may cause."""

    served: Served
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)
    allowed: set[str] = field(default_factory=lambda: set(_EXPECTED))

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.served.port}{path}"

    def open(self, path: str) -> Page:
        self.page.goto(self.url(path))
        return self.page

    def article(self, document: str = "a", locale: str = "en", **query: str) -> Page:
        return self.open(path_of(document, locale, **query))

    def tab(self) -> Page:
        """Another tab of the same browser, to be ``page`` from now on."""
        self.page = self.context.new_page()
        self.page.set_default_timeout(_HANGS)
        return self.page

    def watch(self) -> None:
        self.context.on("request", self._asked)
        self.context.on("requestfailed", self._failed)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.hostname != "127.0.0.1":
            self.troubles.append(f"leaves the machine: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED" and "server" not in self.allowed:  # aborted: one went elsewhere
            self.troubles.append(f"failed: {request.method} {request.url} {request.failure}")

    def _said(self, message: ConsoleMessage) -> None:
        text = message.text
        known = any(f"status of {status}" in text for status in self.allowed)
        away = "server" in self.allowed and ("net::ERR_" in text or text.startswith("htmx:"))
        if message.type in {"error", "warning"} and not known and not away:
            self.troubles.append(f"console: {text} ({message.location['url']})")

    # What is on the page ------------------------------------------------------------------------------------------

    def card(self, source: str) -> Locator:
        """The card of the unit with this source."""
        return self.page.locator(
            "article.unit[data-unit]", has=self.page.locator(".source").get_by_text(source, exact=True)
        )

    def editor(self, source: str) -> Locator:
        return self.card(source).locator("textarea[name=text]")

    def act(self, source: str, action: str) -> None:
        self.card(source).locator(f"button[name=action][value={action}]").first.click()

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Write into the field with the focus, over what it holds, as pasting would."""
        self.keys("Control+a")
        self.page.keyboard.insert_text(text)

    def focused(self) -> str:
        """The unit with the focus."""
        return str(self.page.evaluate(_FOCUSED))

    def tab_to(self, selector: str, most: int = 200) -> None:
        """Press Tab until the focus is there."""
        for _ in range(most):
            if self.page.evaluate("selector => Boolean(document.activeElement?.matches(selector))", selector):
                return
            self.keys("Tab")
        pytest.fail(f"Tab does not reach {selector}")


def text_of(room: Newsroom, source: str, locale: str = "en") -> str:
    """What the catalogue says now, as any other program reads it."""
    return next(entry.msgstr for key, entry in room.catalogue(locale).entries.items() if key.source == source)


@contextmanager
def window(config: pytest.Config, served: Served, name: str = "Ann", **options: Any) -> Iterator[Window]:
    """A fresh browser of a reader who has come in; with no name, one who has not been there yet.

    At its end nothing that any page of ours may not cause has been caused.
    """
    options = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, **options}
    context = chromium(config).new_context(**options)
    context.set_default_timeout(_HANGS)
    if name:
        cookies = served.browser(name).cookies
        address = f"http://127.0.0.1:{served.port}"
        context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])
    opened = Window(served, context, context.new_page())
    opened.watch()
    try:
        yield opened
    finally:
        context.close()
    if opened.troubles:
        pytest.fail("\n".join(opened.troubles))
