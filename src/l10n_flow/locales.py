"""Locale ids: which exist, how HTML spells them, which way they are written, what they call themselves.

The only module that imports Babel (CLDR). Babel is imported inside the functions, because start-up matters.
Ids are gettext's: language, Script, REGION, VARIANT with low lines (``zh_Hant_HK``); HTML and XLIFF want BCP 47.
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
#: CLDR names these, but nobody writes in them: undetermined, multiple, no language, language without a code.
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis"})
#: The scripts of CLDR's script metadata that run from right to left.
_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})


def validate(locale: str) -> str:
    """Return a gettext locale id as it was given, or say what is wrong with it.

    Raises:
        ConfigError: it is not spelt as gettext does (the message gives the right spelling), or CLDR knows no such
            language, script or region.
    """
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
    """The subtags in gettext's letter case; variants in capitals, as Babel has them."""
    script, region = (match["script"] or "").title(), (match["region"] or "").upper()
    return "_".join(filter(None, (match["language"].lower(), script, region))) + match["variant"].upper()


def _known(what: str, subtag: str, locale: str) -> None:
    """Refuse a subtag that CLDR has no English name for; an empty one is left out, so right."""
    english = _babel("en")
    names = {"language": english.languages, "script": english.scripts, "region": english.territories}[what]
    if subtag and (subtag not in names or subtag in _NO_LANGUAGE):
        raise ConfigError(f"unknown {what} {subtag!r} in locale {locale!r}; {_EXAMPLE}")


@cache
def bcp47(locale: str) -> str:
    """Return the id as HTML and XLIFF write it: ``zh-Hant-HK`` of ``zh_Hant_HK`` (variants in small letters)."""
    language, *rest = locale.replace("-", "_").split("_")
    return "-".join([language, *(part.lower() if len(part) > 4 else part for part in rest)])


@cache
def script(locale: str) -> str:
    """Return the script a locale is written in, its own or CLDR's likely one: ``Hant`` of ``zh_HK``, "" if unknown."""
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
    """Return the region of a locale, its own or CLDR's likely one: ``CN`` of ``zh_Hans``, "" if unknown."""
    from babel.core import get_global  # noqa: PLC0415 - start-up

    match = _ID.fullmatch(locale.replace("-", "_"))
    if match is None or match["region"]:
        return match["region"].upper() if match else ""
    likely, language = get_global("likely_subtags"), match["language"].lower()
    full = likely.get(f"{language}_{script(locale)}") or likely.get(language) or ""
    return next((part for part in full.split("_")[1:] if len(part) in {2, 3}), "")


def with_territory(locale: str) -> str:
    """Return language and territory, as office programs name languages: ``zh-CN`` of ``zh_Hans``.

    A territory that is not said is CLDR's likely one; without one it is the id as ``bcp47`` has it.
    """
    match, territory = _ID.fullmatch(locale.replace("-", "_")), region(locale)
    return f"{match['language'].lower()}-{territory}" if match and territory else bcp47(locale)


def script_name(code: str) -> str:
    """Return what a message calls a script: ``Traditional Chinese`` of ``Hant``, ``Latin script`` of ``Latn``."""
    chinese = {"Hans": "Simplified Chinese", "Hant": "Traditional Chinese"}
    return chinese.get(code) or f"{_babel('en').scripts.get(code, code)} script"


def language_name(code: str) -> str:
    """Return what a message calls a language: ``Malay`` of ``ms``; the code where CLDR has no name."""
    return str(_babel("en").languages.get(code, code))


def direction(locale: str) -> Literal["ltr", "rtl"]:
    """Return the direction a locale is written in, by its script: Babel calls ``ckb`` and ``dv`` left-to-right."""
    return "rtl" if script(locale) in _RTL_SCRIPTS else "ltr"


@cache
def native_name(locale: str) -> str:
    """Return what a locale is called in its own language: ``繁體中文（中國香港特別行政區）``, ``British English``.

    The most specific name CLDR has, then what it leaves unsaid in brackets; in English where the language has no
    data of its own, the id itself where there is no name at all. It begins with a capital, as in a list.
    """
    match = _ID.fullmatch(locale.replace("-", "_"))
    if match is None:
        return locale
    data = _nearest(locale)
    name = _display(match, data) or _display(match, _babel("en")) or locale
    # Titlecase, not upper case: Georgian has capitals that nobody uses so. isiZulu keeps its own way.
    return name[:1].title() + name[1:] if name.split(" ")[0].islower() else name


@cache
def name_in(locale: str, reader: str) -> str:
    """Return what a locale is called in the language of another: ``中文（繁体，中国香港特别行政区）``."""
    match = _ID.fullmatch(locale.replace("-", "_"))
    name = "" if match is None else _babel(_spelling(match)).get_display_name(_nearest(reader)) or ""
    if uses_han(reader):
        name = name.replace(" (", "（").replace(", ", "，").replace(")", "）")
    return name or locale


def _display(match: re.Match[str], data: Locale) -> str:
    """Name and details as this locale's data words them; "" when it has no name for the language."""
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
    """CLDR's data for a locale: its own, or what is nearest in the same script (zh_Hant for zh_Hant_MY), or English."""
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
