"""Settings of the server, and the addresses under which browsers reach it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from l10n_flow.errors import ConfigError

LOOPBACK = "127.0.0.1"
_NO_HOSTS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  # they are refused without a public address


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the server.

    Attributes:
        host, port: the address to listen on; port 0 means any free port.
        public_url: the address that browsers use, if it is another one, such as that of a proxy that ends TLS.
        trusted_proxy: the address of a proxy whose ``X-Forwarded-For`` has the client's address; "" for none.
    """

    host: str = LOOPBACK
    port: int = 0
    public_url: str = ""
    trusted_proxy: str = ""


def is_local(settings: Settings) -> bool:
    """Whether only the users of this machine can reach the server."""
    if settings.public_url:
        return False
    try:
        return ipaddress.ip_address(settings.host).is_loopback
    except ValueError:
        return settings.host == "localhost"


def origins(settings: Settings, port: int) -> tuple[str, ...]:
    """The origins under which browsers reach the server; the first one is printed.

    Raises:
        ConfigError: when they cannot be known, or ``public_url`` is no origin.
    """
    if settings.public_url:
        return (_public_origin(settings.public_url),)
    if settings.host in _NO_HOSTS:
        raise ConfigError(f"under which address is {settings.host or 'this'} reached? Say --public-url")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host.lower()
    names = dict.fromkeys([host, "localhost"] if is_local(settings) else [host])
    end = "" if port == 80 else f":{port}"  # browsers leave out the default port
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
    """A host as browsers send it: an IPv6 address in brackets, a name in the ASCII form of the domain name system."""
    if ":" in name:
        return f"[{name}]"
    try:
        host = name.encode("idna").decode()
    except UnicodeError:
        return ""
    return host if re.fullmatch(r"[a-z0-9.-]+", host) else ""
