"""Setting the languages and the East Asian fonts of a Word file to the locale of an edition.

Word draws and checks a text by them: the shape of a Han character, the width of quotation marks, the dictionary. A
language other than that of the document does not change.
"""

from __future__ import annotations

import re
from functools import partial

from l10n_flow import locales, scripts

_EAST_ASIAN = frozenset({"zh", "yue", "wuu", "hak", "nan", "lzh", "ja", "ko"})
_DEFAULTS = re.compile(rb"<(?:\w+:)?docDefaults>.*?</(?:\w+:)?docDefaults>", re.DOTALL)
_LANGUAGES = re.compile(rb"<(?P<p>\w+:)?(?P<name>lang|themeFontLang)\b[^<>]*?(?=\s*/?>)")
_FONTS = re.compile(rb"<(?:\w+:)?rFonts\b[^<>]*>")
_ATTRIBUTE = re.compile(rb"(?P<head>\s(?:\w+:)?(?P<name>\w+)=)(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_HINT = re.compile(rb"(\s(?:\w+:)?hint=[\"'])eastAsia(?=[\"'])")
_FONT_NAMES = frozenset({b"ascii", b"hAnsi", b"eastAsia", b"cs"})
#: Fonts of one design for each regional form of Han; an edition gets the first of each row.
_DESIGNS: tuple[dict[str, str], ...] = (
    {
        "hant": "PMingLiU|新細明體|MingLiU|細明體|MingLiU_HKSCS|細明體_HKSCS|PMingLiU-ExtB|新細明體-ExtB|MingLiU-ExtB"
        "|Apple LiSung|LiSong Pro",
        "hans": "SimSun|宋体|NSimSun|新宋体|SimSun-ExtB|STSong|华文宋体|Songti SC",
        "ja": "MS Mincho|ＭＳ 明朝|MS PMincho|ＭＳ Ｐ明朝|Yu Mincho|游明朝",
        "ko": "Batang|바탕|BatangChe",
    },
    {
        "hant": "Microsoft JhengHei|微軟正黑體|Microsoft JhengHei UI|Heiti TC|LiHei Pro|儷黑 Pro",
        "hans": "Microsoft YaHei|微软雅黑|Microsoft YaHei UI|SimHei|黑体|DengXian|等线|Heiti SC|STHeiti|华文黑体"
        "|STXihei|华文细黑",
        "ja": "MS Gothic|ＭＳ ゴシック|MS PGothic|ＭＳ Ｐゴシック|Meiryo|メイリオ|Yu Gothic|游ゴシック",
        "ko": "Malgun Gothic|맑은 고딕|Gulim|굴림|Dotum|돋움",
    },
    {
        "hant": "DFKai-SB|標楷體|BiauKai|Kaiti TC",
        "hans": "KaiTi|楷体|KaiTi_GB2312|楷体_GB2312|STKaiti|华文楷体|Kaiti SC",
        "ja": "MS Mincho",
        "ko": "Batang",
    },
)
#: Families whose fonts differ in the ends of their names.
_FAMILY = re.compile(
    r"(?P<family>(?:Noto|Source Han) (?:Sans|Serif)(?: CJK)?|PingFang) (?P<face>TC|HK|SC|JP|KR|K|J)(?P<rest>\b.*)"
)
_FACES = {"hant": "TC", "hk": "HK", "hans": "SC", "ja": "JP", "ko": "KR"}


def relabelled(data: bytes, locale: str, *, has_defaults: bool, latin: str) -> bytes:
    """Return a part with the languages and fonts of a locale.

    Args:
        data: the part.
        locale: the locale of the edition.
        has_defaults: whether the part has defaults for the whole file (styles and settings).
        latin: the file's language of Latin text, "" if it has none.
    """
    tag = locales.with_territory(locale)
    is_east_asian = scripts.language(locale) in _EAST_ASIAN
    change = partial(_language, tag, is_east_asian, latin)
    if has_defaults:
        data = _DEFAULTS.sub(lambda found: _with_default(found[0], tag, is_east_asian), data)
    data = _LANGUAGES.sub(lambda found: _ATTRIBUTE.sub(change, found[0]), data)
    if not is_east_asian:
        return _HINT.sub(rb"\1default", data)
    fonts = partial(_font, _writing(locale))
    return _FONTS.sub(lambda found: _ATTRIBUTE.sub(fonts, found[0]), data)


def latin_language(styles: bytes) -> str:
    """Return the file's language of Latin text, from the part with its styles; "" if it has none."""
    defaults = _DEFAULTS.search(styles)
    found = _LANGUAGES.search(defaults[0]) if defaults else None
    for attribute in _ATTRIBUTE.finditer(found[0]) if found else ():
        if attribute["name"] == b"val":
            return scripts.language(_value(attribute))
    return ""


def _value(attribute: re.Match[bytes]) -> str:
    return (attribute["double"] if attribute["double"] is not None else attribute["single"]).decode()


def _written(attribute: re.Match[bytes], value: str) -> bytes:
    return attribute["head"] + f'"{value}"'.encode()


def _language(tag: str, is_east_asian: bool, latin: str, attribute: re.Match[bytes]) -> bytes:  # noqa: FBT001
    """Return one language attribute of a text: that of Latin, of East Asian or of bidirectional text."""
    name, old = attribute["name"], scripts.language(_value(attribute))
    is_chinese = scripts.is_chinese(old)
    if name == b"eastAsia":
        is_meant = is_east_asian and (is_chinese or old == scripts.language(tag))
    elif name == b"val":
        is_meant = is_chinese or (not is_east_asian and old == latin != scripts.language(tag))
    else:
        is_meant = name == b"bidi" and locales.direction(tag.replace("-", "_")) == "rtl"
    return _written(attribute, tag) if is_meant else attribute[0]


def _with_default(defaults: bytes, tag: str, is_east_asian: bool) -> bytes:  # noqa: FBT001
    """Return the defaults of a file, with a language for East Asian text added if they need one."""
    found = _LANGUAGES.search(defaults)
    if not is_east_asian or found is None:
        return defaults
    tags: list[bytes] = [attribute["name"] for attribute in _ATTRIBUTE.finditer(found[0])]
    if b"eastAsia" in tags:
        return defaults
    added = b" " + (found["p"] or b"") + f'eastAsia="{tag}"'.encode()
    return defaults[: found.end()] + added + defaults[found.end() :]


# Fonts -----------------------------------------------------------------------------------------------------------


def _writing(locale: str) -> str:
    """Return the regional form of Han of a locale."""
    language = scripts.language(locale)
    if language in {"ja", "ko"}:
        return language
    if scripts.is_simplified(locale):
        return "hans"
    return "hk" if scripts.variety(locale) == "hk" else "hant"


def _font(writing: str, attribute: re.Match[bytes]) -> bytes:
    if attribute["name"] not in _FONT_NAMES:
        return attribute[0]
    name = _value(attribute)
    family = _FAMILY.fullmatch(name)
    if family is not None:
        is_made = not name.startswith("PingFang") or writing in {"hant", "hk", "hans"}
        face = _FACES[writing] if is_made else family["face"]
        return _written(attribute, f"{family['family']} {face}{family['rest']}")
    wanted = "hant" if writing == "hk" else writing
    number, there = _DESIGN_OF.get(name.casefold(), (0, wanted))
    return attribute[0] if there == wanted else _written(attribute, _DESIGNS[number][wanted].partition("|")[0])


#: The design of a font, and the regional form of Han that it has.
_DESIGN_OF = {
    name.casefold(): (number, writing)
    for number, design in enumerate(_DESIGNS)
    for writing, names in design.items()
    for name in names.split("|")
    if number < 2 or writing.startswith("han")
}
