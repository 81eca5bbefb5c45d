"""The words of our own pages, in the reader's language.

English stands in the code. Other languages are catalogues beside this module, one folder each, kept by
``make interface``: Babel extracts, the catalogues are merged and the derived one converted as those of any project
(docs/interface.md). What has no translation is said in English; a draft (fuzzy) is better than that, and is used.
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

#: ``say(sentence, n=3)``: a message, or the English of one, in the interface's language with its places filled in.
Say = Callable[..., str]


@cache
def languages() -> tuple[str, ...]:
    """The languages there are, English first."""
    return (ENGLISH, *sorted(each.name for each in LOCALES.iterdir() if each.is_dir()))


def nearest(locale: str) -> str:
    """Choose the interface's language for readers of a locale: the same (of Chinese the same script), or English."""
    return preferred((locale,))


def said_in(locale: str) -> str:
    """The locale of the interface's words on a page in this locale: the same locale, or English."""
    return locale if _language_for(locale) else ENGLISH


def preferred(locales: Iterable[str]) -> str:
    """Choose the language for a reader of these locales (gettext or BCP 47 ids, best first); English if none fits.

    The script of Chinese follows from the region where the id does not tell it: ``zh-HK`` is Traditional.
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
