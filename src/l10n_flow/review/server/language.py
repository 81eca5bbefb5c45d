"""The language of the interface: what the reader chose, else the one their browser asks for."""

from __future__ import annotations

from itertools import islice

from flask import Request

from l10n_flow import interface

#: Where a browser keeps the choice.
LANGUAGE_COOKIE = "l10n-flow-language"
_ASKED = 10


def language_of(request: Request) -> str:
    """One of ``interface.languages()``."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in interface.languages():
        return chosen
    return interface.preferred(islice(request.accept_languages.values(), _ASKED))
