"""Which language a text is in, where its script cannot tell; the only module to import py3langid, if installed.

Only languages are judged that were measured (docs/checks.md), each in the script in which it was.
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

#: What to install, for messages.
EXTRA = "l10n-flow[language]"
#: ISO 15924 to the languages that share the script, as gettext names them.
_JUDGED = {
    "Latn": "af az bs ca cs cy da de en es et eu fi fil fo fr ga gl ha hr hu id ig is it ku lb lt lv mg ms mt nb nl nn"
    " no nso om pl pt ro rw sk sl sn so sq sr sv sw tk tl tr uz vi xh yo zu",
    "Cyrl": "ba be bg kk ky mk mn ru sr tg tt uk",
    "Arab": "ar fa ps ug ur",
    "Deva": "hi mr ne",
}
#: gettext's names to the identifier's, where they differ.
_NAMED = {"nb": "no", "fil": "tl"}
#: Languages so near to one another that no text of one is a fault in the other.
_NEAR = ("bs hr sr", "da nn no", "id ms", "nso st", "xh zu", "an es ext")
#: How many letters are judged at once; fewer tell nothing.
_LETTERS = 200
#: The share of the judged text from which on it is told: a quotation, or a list of titles, is less.
_SHARE = 0.25
#: What probability a text may be in the language of its locale, and still be said to be in another.
_DOUBT = 0.02


class Foreign(NamedTuple):
    """Texts in another language than their locale's.

    Attributes:
        language: which, by its code.
        share: how much of what was judged, in percent.
        first: the place of the first of them among the texts.
    """

    language: str
    share: int
    first: int


@cache
def installed() -> bool:
    """Whether texts can be judged here at all."""
    return importlib.util.find_spec("py3langid") is not None


def fingerprint() -> str:
    """What judgements follow from besides the text: the identifier that is installed; "" without one."""
    found = importlib.util.find_spec("py3langid") if installed() else None
    if found is None or found.origin is None:
        return ""
    stat = Path(found.origin).stat()
    return f"py3langid {stat.st_size} {stat.st_mtime_ns}"


def judged(locale: str, script: str) -> bool:
    """Whether texts of a locale, in its script, can be told from those in other languages."""
    return locale.partition("_")[0] in _JUDGED.get(script, "").split()


def foreign(texts: Iterable[str], locale: str, script: str) -> Foreign | None:
    """Whether much of a document is in another language than its locale's; None when not, or when it cannot be told.

    Names, titles and code are passed over: only words in small letters are looked at, where the script has some.

    Args:
        texts: the translations, in order.
        locale: theirs.
        script: that of the locale; ``judged`` says yes to both.
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
    return Foreign(most, round(100 * told[most] / judged), first[most])


def _passages(texts: Iterable[str], script: str) -> Iterator[tuple[int, str]]:
    """The words of the texts, in passages that are long enough, each with the place of the text it begins in."""
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
    # Nor is a text that is in no language.
    return [language, "zxx", *(name for group in _NEAR if language in group.split() for name in group.split())]


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - it costs most of a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
