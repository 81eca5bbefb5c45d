"""Detect the language of a text when its script is not enough; the only module that imports py3langid, if installed.

Only languages with measured error rates (docs/checks.md) are judged, each in the script of the measurement.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from l10n_flow import writing

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

#: The extra to install, for messages.
EXTRA = "l10n-flow[language]"
#: For each script (ISO 15924) the languages that share it, by their gettext names.
_JUDGED = {
    "Latn": "af az bs ca cs cy da de en es et eu fi fil fo fr ga gl ha hr hu id ig is it ku lb lt lv mg ms mt nb nl nn"
    " no nso om pl pt ro rw sk sl sn so sq sr sv sw tk tl tr uz vi xh yo zu",
    "Cyrl": "ba be bg kk ky mk mn ru sr tg tt uk",
    "Arab": "ar fa ps ug ur",
    "Deva": "hi mr ne",
}
#: For each gettext name the different name in py3langid.
_NAMED = {"nb": "no", "fil": "tl"}
#: Groups of languages so similar that a text of one is not an error in another.
_NEAR = ("bs hr sr", "da nn no", "id ms", "nso st", "xh zu", "an es ext")
#: The number of letters that are judged together; with fewer the result is not reliable.
_LETTERS = 200
#: The least share of foreign text that is reported: a quotation, or a list of titles, has less.
_SHARE = 0.25
#: The greatest probability of the locale's own language with which a text still counts as foreign.
_DOUBT = 0.02


class ForeignLanguage(NamedTuple):
    """Texts in another language than their locale's.

    Attributes:
        language: the code of the other language.
        share: the share of the judged text, in percent.
        first: the index of the first foreign text.
    """

    language: str
    share: int
    first: int


@cache
def installed() -> bool:
    """Whether the library is installed, so that texts can be judged."""
    return importlib.util.find_spec("py3langid") is not None


def fingerprint() -> str:
    """Return the name and version of the installed library, on which results depend; "" without one."""
    found = importlib.util.find_spec("py3langid") if installed() else None
    if found is None or found.origin is None:
        return ""
    stat = Path(found.origin).stat()
    return f"py3langid {stat.st_size} {stat.st_mtime_ns}"


def judged(locale: str, script: str) -> bool:
    """Whether texts of a locale in this script can be distinguished from texts in other languages."""
    return locale.partition("_")[0] in _JUDGED.get(script, "").split()


def foreign(texts: Iterable[str], locale: str, script: str) -> ForeignLanguage | None:
    """Find another language than the locale's in much of a document; None when there is none, or it is uncertain.

    Names, titles and code are ignored: in a script with small letters, only words in small letters count.

    Args:
        texts: the translations, in order.
        locale: their locale.
        script: the script of the locale; ``judged`` must be true for both.
    """
    language = locale.partition("_")[0]
    near = _near(_NAMED.get(language, language))
    told: dict[str, int] = {}
    first: dict[str, int] = {}
    judged = 0
    for place, text in _passages(texts, script):
        judged += len(text)
        ranked = _identifier().rank(text)
        best = ranked[0][0]
        if best not in near and sum(chance for name, chance in ranked if name in near) < _DOUBT:
            told[best] = told.get(best, 0) + len(text)
            first.setdefault(best, place)
    most = max(told, key=told.__getitem__, default="")
    if not most or told[most] < judged * _SHARE:
        return None
    return ForeignLanguage(most, round(100 * told[most] / judged), first[most])


def _passages(texts: Iterable[str], script: str) -> Iterator[tuple[int, str]]:
    """Return the words of the texts in passages of sufficient length, each with the index of its first text."""
    words: list[str] = []
    begin = size = 0
    for place, text in enumerate(texts):
        found = writing.plain_words(text, script)
        if not words:
            begin = place
        words += found
        size += sum(map(len, found)) + len(found)
        if size >= _LETTERS:
            yield begin, " ".join(words)
            words, size = [], 0


def _near(language: str) -> Sequence[str]:
    # "zxx" means no language.
    return [language, "zxx", *(name for group in _NEAR if language in group.split() for name in group.split())]


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - it costs most of a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
