"""What every answer says to the browser about how far it may be trusted."""

from __future__ import annotations

import base64
import hashlib
import re

from flask import Response

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Of every answer of the application; what waitress refuses by itself is a line of plain text.
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: under it browsers send "Origin: null" with our own forms (Fetch, "append a request Origin
    # header"). Other origins learn nothing under this one either.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
}
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def protect(response: Response) -> Response:
    """Add to an answer what it does not say itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def framed(page: str) -> dict[str, str]:
    """The headers of a built page that our own page frames: its one style sheet, no script, no form, no request."""
    styles = " ".join(f"'sha256-{_hash(style)}'" for style in _STYLE.findall(page)[:1]) or "'none'"
    policy = f"default-src 'none'; style-src {styles}; img-src 'self' data:; form-action 'none'; base-uri 'none'"
    return {"Content-Security-Policy": f"{policy}; frame-ancestors 'self'", "X-Frame-Options": "SAMEORIGIN"}


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
