"""How the page is served, and under which addresses browsers reach it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from l10n_flow.errors import ConfigError

LOOPBACK = "127.0.0.1"
_NO_HOSTS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  # named to be refused without a public address


@dataclass(frozen=True, slots=True)
class Settings:
    """How the page is served.

    Attributes:
        host, port: where to listen; port 0 is any free one.
        public_url: the address that browsers use, when it is another one: that of a proxy that ends TLS.
        trusted_proxy: the address of the proxy whose ``X-Forwarded-For`` tells who asks; "" believes nobody.
    """

    host: str = LOOPBACK
    port: int = 0
    public_url: str = ""
    trusted_proxy: str = ""


def is_local(settings: Settings) -> bool:
    """Whether nobody but the users of this machine can reach it."""
    if settings.public_url:
        return False
    try:
        return ipaddress.ip_address(settings.host).is_loopback
    except ValueError:
        return settings.host == "localhost"


def origins(settings: Settings, port: int) -> tuple[str, ...]:
    """Under which origins browsers reach us, the one to print first.

    Raises:
        ConfigError: when that cannot be known, or ``public_url`` is none.
    """
    if settings.public_url:
        return (_public_origin(settings.public_url),)
    if settings.host in _NO_HOSTS:
        raise ConfigError(f"under which address is {settings.host or 'this'} reached? Say --public-url")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host.lower()
    names = dict.fromkeys([host, "localhost"] if is_local(settings) else [host])
    end = "" if port == 80 else f":{port}"  # browsers leave the usual port out
    return tuple(f"http://{name}{end}" for name in names)


def _public_origin(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    host = _host(parts.hostname or "")
    if parts.scheme not in {"http", "https"} or not host or more:
        raise ConfigError(f"{url!r} is no address of a server; write it like https://review.example.org")
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if port in {None, usual} else f":{port}")


def _host(name: str) -> str:
    """A host as browsers send it: an IPv6 address in brackets, a name in the letters of the domain name system."""
    if ":" in name:
        return f"[{name}]"
    try:
        host = name.encode("idna").decode()
    except UnicodeError:
        return ""
    return host if re.fullmatch(r"[a-z0-9.-]+", host) else ""
