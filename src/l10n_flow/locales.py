"""Locale ids: validity, BCP 47 form, script, direction and names.

The only module that imports Babel (CLDR). Babel is imported inside the functions, because start-up matters.
Ids have the form of gettext: language, Script, REGION, VARIANT with underscores (``zh_Hant_HK``); HTML and XLIFF use
BCP 47.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from l10n_flow.errors import ConfigError
from l10n_flow.scripts import uses_han

if TYPE_CHECKING:
    from babel import Locale

_ID = re.compile(
    r"(?P<language>[a-z]{2,3})(?:_(?P<script>[a-z]{4}))?(?:_(?P<region>[a-z]{2}|[0-9]{3}))?(?P<variant>(?:_(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE | re.ASCII,
)
_EXAMPLE = "write an id such as zh_Hant_HK, zh_Hans or en_GB"
#: Usual locales and their scripts, as CLDR has them: reading the data of CLDR takes a tenth of a small command.
USUAL = {
    "zh_Hant_HK": "Hant", "zh_Hant_TW": "Hant", "zh_Hant": "Hant", "zh_HK": "Hant", "zh_TW": "Hant",
    "zh_Hans": "Hans", "zh_Hans_CN": "Hans", "zh_CN": "Hans", "zh": "Hans",
    "en": "Latn", "en_GB": "Latn", "en_US": "Latn", "en_HK": "Latn", "ja": "Jpan", "ko": "Kore",
    "de": "Latn", "es": "Latn", "fr": "Latn", "it": "Latn", "nl": "Latn", "pt": "Latn", "pt_BR": "Latn", "vi": "Latn",
}  # fmt: skip
#: Codes of CLDR that are not languages: undetermined, multiple, no linguistic content, language without a code.
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis"})
#: The scripts of CLDR's script metadata that run from right to left.
_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})


def validate(locale: str) -> str:
    """Return a valid gettext locale id unchanged.

    Raises:
        ConfigError: the spelling is not gettext's (the message has the right one), or CLDR has no such language,
            script or region.
    """
    if locale in USUAL:
        return locale
    match = _ID.fullmatch(locale.replace("-", "_"))
    if match is None:
        raise ConfigError(f"{locale!r} is no locale id; {_EXAMPLE}")
    _known("language", match["language"].lower(), locale)
    _known("script", (match["script"] or "").title(), locale)
    _known("region", (match["region"] or "").upper(), locale)
    if (spelt := _spelling(match)) != locale:
        raise ConfigError(f"locale {locale!r} is not spelt as gettext does; write {spelt}")
    return locale


def _spelling(match: re.Match[str]) -> str:
    """Return the subtags in gettext's letter case; variants in capitals, as in Babel."""
    script, region = (match["script"] or "").title(), (match["region"] or "").upper()
    return "_".join(filter(None, (match["language"].lower(), script, region))) + match["variant"].upper()


def _known(what: str, subtag: str, locale: str) -> None:
    """Refuse a subtag without an English name in CLDR; an empty subtag is valid."""
    english = _babel("en")
    names = {"language": english.languages, "script": english.scripts, "region": english.territories}[what]
    if subtag and (subtag not in names or subtag in _NO_LANGUAGE):
        raise ConfigError(f"unknown {what} {subtag!r} in locale {locale!r}; {_EXAMPLE}")


@cache
def bcp47(locale: str) -> str:
    """Return the id in BCP 47, for HTML and XLIFF: ``zh-Hant-HK`` for ``zh_Hant_HK`` (variants in small letters)."""
    language, *rest = locale.replace("-", "_").split("_")
    return "-".join([language, *(part.lower() if len(part) > 4 else part for part in rest)])


@cache
def script(locale: str) -> str:
    """Return the script of a locale, its own or CLDR's likely one: ``Hant`` for ``zh_HK``, "" if unknown."""
    if locale in USUAL:
        return USUAL[locale]
    from babel.core import get_global  # noqa: PLC0415 - start-up: CLDR is read when first asked for

    match = _ID.fullmatch(locale.replace("-", "_"))
    if match is None:
        return ""
    if match["script"]:
        return match["script"].title()
    likely = get_global("likely_subtags")
    language = match["language"].lower()
    full = likely.get(f"{language}_{(match['region'] or '').upper()}") or likely.get(language) or ""
    return next((part for part in full.split("_")[1:] if len(part) == 4), "")


@cache
def region(locale: str) -> str:
    """Return the region of a locale, its own or CLDR's likely one: ``CN`` for ``zh_Hans``, "" if unknown."""
    from babel.core import get_global  # noqa: PLC0415 - start-up

    match = _ID.fullmatch(locale.replace("-", "_"))
    if match is None or match["region"]:
        return match["region"].upper() if match else ""
    likely, language = get_global("likely_subtags"), match["language"].lower()
    full = likely.get(f"{language}_{script(locale)}") or likely.get(language) or ""
    return next((part for part in full.split("_")[1:] if len(part) in {2, 3}), "")


def with_territory(locale: str) -> str:
    """Return language and territory, the form of office programs: ``zh-CN`` for ``zh_Hans``.

    Without a territory in the id, CLDR's likely one is used; without that, the result of ``bcp47``.
    """
    match, territory = _ID.fullmatch(locale.replace("-", "_")), region(locale)
    return f"{match['language'].lower()}-{territory}" if match and territory else bcp47(locale)


def script_name(code: str) -> str:
    """Return the name of a script for messages: ``Traditional Chinese`` for ``Hant``, ``Latin script`` for ``Latn``."""
    chinese = {"Hans": "Simplified Chinese", "Hant": "Traditional Chinese"}
    return chinese.get(code) or f"{_babel('en').scripts.get(code, code)} script"


def language_name(code: str) -> str:
    """Return the name of a language for messages: ``Malay`` for ``ms``; the code when CLDR has no name."""
    return str(_babel("en").languages.get(code, code))


def direction(locale: str) -> Literal["ltr", "rtl"]:
    """Return the writing direction of a locale's script; Babel's own value is wrong for ``ckb`` and ``dv``."""
    return "rtl" if script(locale) in _RTL_SCRIPTS else "ltr"


@cache
def native_name(locale: str) -> str:
    """Return the name of a locale in its own language: ``繁體中文（中國香港特別行政區）``, ``British English``.

    It is CLDR's most specific name, with the missing details in brackets. When CLDR has no data in the language, the
    name is English; without any name, it is the id. It begins with a capital letter, as in a list.
    """
    match = _ID.fullmatch(locale.replace("-", "_"))
    if match is None:
        return locale
    data = _nearest(locale)
    name = _display(match, data) or _display(match, _babel("en")) or locale
    # Title case, not upper case: Georgian capitals are not used in this way. isiZulu keeps its small first letter.
    return name[:1].title() + name[1:] if name.split(" ")[0].islower() else name


@cache
def name_in(locale: str, reader: str) -> str:
    """Return the name of a locale in the language of another: ``中文（繁体，中国香港特别行政区）``."""
    match = _ID.fullmatch(locale.replace("-", "_"))
    name = "" if match is None else _babel(_spelling(match)).get_display_name(_nearest(reader)) or ""
    if uses_han(reader):
        name = name.replace(" (", "（").replace(", ", "，").replace(")", "）")
    return name or locale


def _display(match: re.Match[str], data: Locale) -> str:
    """Return name and details from this locale's data; "" when it has no name for the language."""
    parts = [part for part in _spelling(match).split("_") if part]
    length = next((n for n in range(len(parts), 0, -1) if "_".join(parts[:n]) in data.languages), 0)
    if not length:
        return ""
    details = [data.scripts.get(part) or data.territories.get(part) or part for part in parts[length:]]
    opening, between, closing = ("（", "，", "）") if uses_han(str(data)) else (" (", ", ", ")")
    name = str(data.languages["_".join(parts[:length])])
    return f"{name}{opening}{between.join(details)}{closing}" if details else name


@cache
def _nearest(locale: str) -> Locale:
    """Return CLDR's data for a locale, or the nearest in the same script (zh_Hant for zh_Hant_MY), or English."""
    from babel import localedata  # noqa: PLC0415 - start-up

    language, *rest = locale.replace("-", "_").split("_")
    written = script(locale)
    region = next((part for part in rest if len(part) in {2, 3}), "")
    for parts in ((language, written, region), (language, region), (language, written), (language,)):
        if localedata.exists(name := "_".join(filter(None, parts))):
            return _babel(name)
    return _babel("en")


@cache
def _babel(name: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 - start-up

    return Locale.parse(name)
