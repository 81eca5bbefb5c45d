"""Security headers: what the browser may load, run and frame."""

from __future__ import annotations

import base64
import hashlib
import re

from flask import Response

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The headers of every answer of the application. Answers of waitress itself are plain text without them.
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
    """Add the headers that an answer does not have."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def framed(page: str) -> dict[str, str]:
    """The headers of the preview, which our page frames: one style sheet, no script, no form, no request."""
    styles = " ".join(f"'sha256-{_hash(style)}'" for style in _STYLE.findall(page)[:1]) or "'none'"
    policy = f"default-src 'none'; style-src {styles}; img-src 'self' data:; form-action 'none'; base-uri 'none'"
    return {"Content-Security-Policy": f"{policy}; frame-ancestors 'self'", "X-Frame-Options": "SAMEORIGIN"}


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
