"""A project, a server in its own process, and clients that save at the same time: for ``review.py`` and the tests."""

from __future__ import annotations

import http.client
import random
import re
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from corpus import SAMPLE, Corpus

from l10n_flow import catalogue as po
from l10n_flow.catalogue import edit
from l10n_flow.inside import Inside

_CONFIG = (
    '[project]\nname = "load"\nsource-locale = "zh_Hant_HK"\n\n[locale.zh_Hans]\nconversion = "hk2s"\n\n[locale.en]\n'
)
_COMMAND = (sys.executable, "-m", "l10n_flow")
_CARD = re.compile(r'data-unit="([0-9a-f]+)" data-base="([0-9a-f]+)"')
_ADDRESS = re.compile(r"http://\S+/enter\?token=\S+")
_WAITING = 60.0


# A project --------------------------------------------------------------------------------------------------------


def make_project(root: Path, units: int) -> None:
    """Create a project of one article without repeated sentences; two of five units have a sealed English text."""
    (root / "source").mkdir(parents=True)
    (root / "l10n-flow.toml").write_text(_CONFIG, encoding="utf-8")
    (root / "source" / "a.txt").write_text(_article(units), encoding="utf-8", newline="\n")
    subprocess.run([*_COMMAND, "sync", "-q"], cwd=root, check=True, capture_output=True)
    draft = po.Draft(read(root))
    for number, (key, entry) in enumerate(list(draft.entries.items())):
        if number % 5 < 2:
            text = f"Sentence {number}, in English before the load."
            draft.entries[key] = edit.set_text(entry, text, "Ann", "2026-01-02")
        if number % 5 == 1:
            draft.entries[key] = edit.approve(draft.entries[key], "Bob", "2026-01-03")
    po.write(Inside.at(path(root)), draft.done())
    subprocess.run([*_COMMAND, "sync", "-q"], cwd=root, check=True, capture_output=True)


def _article(units: int) -> str:
    """Return a title and paragraphs of five sentences, with this number of units."""
    sentences = list(islice(_sentences(), units - 1))
    paragraphs = ("".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5))
    return "\n\n".join(["柳州工業", *paragraphs]) + "\n"


def _sentences() -> Iterator[str]:
    corpus = Corpus(SAMPLE.read_text(encoding="utf-8"))
    for _ in count():
        for line in corpus.article().splitlines():
            # Only full stops end a unit, so that the sentences can be counted here.
            yield from (text for text in re.findall("[^。]+。", line) if not re.search("[！？…「」『』]", text))


def path(root: Path) -> Path:
    return root / "locales" / "en" / "LC_MESSAGES" / "a.po"


def read(root: Path) -> po.Catalogue:
    """Read the English catalogue.

    Raises:
        CatalogueError: when it is damaged.
    """
    found = po.read(Inside.at(path(root)), "en")
    assert found is not None
    return found


def texts(root: Path) -> dict[str, str]:
    """Return the translation of every unit in the catalogue, by the unit's whole id."""
    return {key.digest: entry.msgstr for key, entry in read(root).entries.items()}


def found(root: Path, saved: Sequence[Saved]) -> int:
    """Count the acknowledged saves that are in the catalogue at their unit, and at no other."""
    held = texts(root)
    by_id = {digest[:length]: text for length in {len(one.unit) for one in saved} for digest, text in held.items()}
    number = Counter(held.values())
    return sum(by_id.get(one.unit) == one.text and number[one.text] == 1 for one in saved)


# A server and its clients -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """A running ``l10n-flow review``."""

    process: subprocess.Popen[str]

    def address(self) -> str:
        """Return the next address that the server prints; each address is for one client."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        address = _ADDRESS.search(line)
        if address is None:
            raise RuntimeError(f"the server did not say its address but {line!r}")
        return address[0]

    def cpu(self) -> float:
        """Return the CPU seconds of the server, user and system (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100  # USER_HZ

    def peak(self) -> float:
        """Return the peak memory of the server in MB (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1000


@contextmanager
def serving(root: Path) -> Iterator[Server]:
    """Start the server in a project; at the end it is killed if it still runs."""
    command = [*_COMMAND, "review", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield Server(process)
        finally:
            process.kill()


class Saved(NamedTuple):
    """An acknowledged save and its time in milliseconds."""

    unit: str
    text: str
    wall: float


class Client:
    """One client: a session of its own over one persistent connection."""

    def __init__(self, server: Server, name: str) -> None:
        address = urlsplit(server.address())
        self._origin = f"http://{address.netloc}"
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=_WAITING)
        self._headers: dict[str, str] = {}
        self._enter(f"{address.path}?{address.query}")
        self.post("/name", {"name": name})

    def _enter(self, path: str) -> None:
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        response.read()
        self._headers["Cookie"] = (response.headers["Set-Cookie"] or "").partition(";")[0]

    def get(self, path: str) -> bytes:
        """Get a page.

        Raises:
            RuntimeError: when the server refuses it.
        """
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        return body

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        """Send a form as the page's script does; return status and body of the response."""
        headers = {"Origin": self._origin, "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", path, urlencode(fields), self._headers | headers)
        response = self._connection.getresponse()
        return response.status, response.read().decode()

    def save(self, unit: str, base: str, text: str) -> tuple[int, str]:
        """Save one unit; return as ``post``."""
        fields = {"document": "a", "locale": "en", "unit": unit, "base": base, "action": "save", "text": text}
        return self.post("/edit", fields)

    def close(self) -> None:
        self._connection.close()


def cards(client: Client) -> dict[str, str]:
    """Return every unit of the article with the version on its card, read page by page."""
    shown: dict[str, str] = {}
    for page in count(1):
        before = len(shown)
        shown |= dict(_CARD.findall(client.get(f"/d/a?locale=en&page={page}").decode()))
        if len(shown) == before:  # a page number beyond the last gives the last page
            return shown
    raise AssertionError


@dataclass
class Crowd:
    """Clients that save different units at the same time, each without a pause between saves.

    Attributes:
        clients: the clients.
        units: each unit and its version, shared by all clients.
        saved: the saves acknowledged until now.
        refused: the status of each other response.
    """

    clients: Sequence[Client]
    units: Mapping[str, str]
    saved: list[Saved] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def run(self, saves: int, *, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Let each client save so many units, or until the server stops; ``meanwhile`` runs in this thread."""
        with ThreadPoolExecutor(len(self.clients)) as pool:
            done = [pool.submit(self._work, number, saves) for number in range(len(self.clients))]
            meanwhile()
        for each in done:
            each.result()

    def _work(self, number: int, saves: int) -> None:
        mark = secrets.token_hex(4)  # no text has occurred before
        own = list(self.units.items())[number :: len(self.clients)][:saves]
        for turn, (unit, base) in enumerate(own):
            text = f"Client {number} ({mark}) has put this sentence, the {turn}th of its own, into plain English."
            started = time.perf_counter()
            try:
                status, _ = self.clients[number].save(unit, base, text)
            except (OSError, http.client.HTTPException):
                return
            wall = (time.perf_counter() - started) * 1000
            if status == 200:
                self.saved.append(Saved(unit, text, wall))
            else:
                self.refused.append(status)

    def wait_for(self, saves: int) -> None:
        """Wait until so many saves are acknowledged, or all clients have stopped."""
        until = time.monotonic() + _WAITING
        while len(self.saved) < saves and time.monotonic() < until:
            time.sleep(0.001)


@contextmanager
def crowd(server: Server, clients: int) -> Iterator[Crowd]:
    """Log in a number of clients, and shuffle the article's units with a fixed seed."""
    came = [Client(server, f"Client {number}") for number in range(clients)]
    shown = list(cards(came[0]).items())
    random.Random(4).shuffle(shown)
    try:
        yield Crowd(came, dict(shown))
    finally:
        for client in came:
            client.close()
