"""The texts of the review page and of the built pages, in the reader's language.

The English texts are in the code. Other languages are catalogues beside this module, one folder each.
``make interface`` updates them: Babel extracts the texts, then the catalogues are merged and converted like those of
any project
(docs/interface.md). A text without a translation is shown in English; a fuzzy translation is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow.locales import script
from l10n_flow.messages import Message
from l10n_flow.scripts import is_chinese, language

__all__ = ["ENGLISH", "LOCALES", "Say", "languages", "nearest", "preferred", "said_in", "speaker"]

LOCALES = Path(__file__).parent / "locales"
ENGLISH = "en"

#: ``say(sentence, n=3)``: translate a message, or an English text, and fill in its placeholders.
Say = Callable[..., str]


@cache
def languages() -> tuple[str, ...]:
    """Return the languages of the interface, English first."""
    return (ENGLISH, *sorted(each.name for each in LOCALES.iterdir() if each.is_dir()))


def nearest(locale: str) -> str:
    """Choose the interface's language for readers of a locale: the same (of Chinese the same script), or English."""
    return preferred((locale,))


def said_in(locale: str) -> str:
    """Return the locale of the interface's texts on a page in this locale: the same locale, or English."""
    return locale if _language_for(locale) else ENGLISH


def preferred(locales: Iterable[str]) -> str:
    """Choose the language for readers of these locales (gettext or BCP 47 ids, best first); English if none fits.

    An id of Chinese without a script gets the script of its region: ``zh-HK`` is Traditional.
    """
    return next(filter(None, map(_language_for, locales)), ENGLISH)


@lru_cache(256)
def _language_for(locale: str) -> str | None:
    def fits(each: str) -> bool:
        if is_chinese(each):
            return is_chinese(locale) and script(each) == script(locale)
        return language(each) == language(locale)

    return next(filter(fits, languages()), None)


def speaker(locale: str) -> Say:
    """Return the function that translates the interface's sentences for readers of a locale."""
    return _speaker(nearest(locale))


@cache
def _speaker(name: str) -> Say:
    return _Speaker(_texts(name))


class _Speaker:
    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def __call__(self, sentence: str, /, **values: object) -> str:
        if isinstance(sentence, Message):
            values = {**sentence.values, **values}
            sentence = sentence.msgid
        text = self.texts.get(sentence, sentence)
        return text.format(**{name: self._value(value) for name, value in values.items()}) if values else text

    def _value(self, value: object) -> object:
        return self(value) if isinstance(value, Message) else value


def _texts(name: str) -> dict[str, str]:
    path = LOCALES / name / "LC_MESSAGES" / "interface.po"  # ours: an installer may have put links there
    found = po.loads(path.read_bytes(), path, name) if path.exists() else None
    return {key.source: entry.msgstr for key, entry in found.entries.items() if entry.msgstr} if found else {}
