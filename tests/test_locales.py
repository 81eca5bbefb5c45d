import subprocess
import sys

import pytest
from babel.core import get_global

from l10n_flow.errors import ConfigError
from l10n_flow.locales import USUAL, bcp47, direction, native_name, script, validate
from l10n_flow.scripts import is_chinese, is_simplified


@pytest.mark.parametrize(
    ("locale", "tag", "written", "way", "name"),
    [
        ("zh_Hant_HK", "zh-Hant-HK", "Hant", "ltr", "繁體中文（中國香港特別行政區）"),
        ("zh_Hans", "zh-Hans", "Hans", "ltr", "简体中文"),
        ("zh_Hant", "zh-Hant", "Hant", "ltr", "繁體中文"),
        ("zh_HK", "zh-HK", "Hant", "ltr", "中文（中國香港特別行政區）"),
        ("zh", "zh", "Hans", "ltr", "中文"),
        # Babel makes zh_Hans_CN of this one; a publisher who writes it means it.
        ("zh_Hant_CN", "zh-Hant-CN", "Hant", "ltr", "繁體中文（中國）"),
        ("en", "en", "Latn", "ltr", "English"),
        ("en_GB", "en-GB", "Latn", "ltr", "British English"),
        ("pt_BR", "pt-BR", "Latn", "ltr", "Português (Brasil)"),
        ("zu", "zu", "Latn", "ltr", "isiZulu"),
        ("es_419", "es-419", "Latn", "ltr", "Español latinoamericano"),
        ("ca_ES_VALENCIA", "ca-ES-valencia", "Latn", "ltr", "Català (Espanya, VALENCIA)"),
        ("sr_Latn", "sr-Latn", "Latn", "ltr", "Srpski (latinica)"),
        ("ar", "ar", "Arab", "rtl", "العربية"),
        ("ckb", "ckb", "Arab", "rtl", "کوردیی ناوەندی"),
        ("dv", "dv", "Thaa", "rtl", "ދިވެހިބަސް"),
        ("az_IR", "az-IR", "Arab", "rtl", None),
        ("hak", "hak", "Hans", "ltr", "Hakka Chinese"),
    ],
)
def test_a_locale(locale: str, tag: str, written: str, way: str, name: str | None) -> None:
    assert validate(locale) == locale
    assert (bcp47(locale), script(locale), direction(locale)) == (tag, written, way)
    if name is not None:
        assert native_name(locale) == name


@pytest.mark.parametrize(
    ("locale", "message"),
    [
        ("zh-hant", "not spelt as gettext does; write zh_Hant"),
        ("zh-Hant-HK", "write zh_Hant_HK"),
        ("EN_gb", "write en_GB"),
        ("ca_ES_valencia", "write ca_ES_VALENCIA"),
        ("xx", "unknown language 'xx'"),
        ("und", "unknown language 'und'"),
        ("cn", "unknown language 'cn'"),
        ("zh_Xxxx", "unknown script 'Xxxx'"),
        ("en_XX", "unknown region 'XX'"),
        ("", "no locale id; write an id such as zh_Hant_HK"),
        ("zh_Hant_HK.UTF-8", "no locale id"),
        ("zh\n", "no locale id"),
        ("ｅｎ", "no locale id"),
        ("../en", "no locale id"),
        ("zh_HK_Hant", "no locale id"),
    ],
)
def test_what_is_wrong_with_a_locale(locale: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        validate(locale)
    assert message in str(caught.value)


def test_babel_is_imported_only_when_asked() -> None:
    code = "import sys, l10n_flow.locales; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_which_chinese_is_simplified_is_what_cldr_says() -> None:
    chinese = [each for each in get_global("likely_subtags") if is_chinese(each)]
    assert len(chinese) > 20
    every = [*chinese, "zh_MY", "zh_SG", "zh_CN", "zh_Hant_CN", "zh_Hans_HK"]
    assert {each: is_simplified(each) for each in every} == {each: script(each) == "Hans" for each in every}


def test_what_is_known_without_cldr_is_what_cldr_says(monkeypatch):
    usual = dict(USUAL)
    monkeypatch.setattr("l10n_flow.locales.USUAL", {})
    assert {validate(each): script.__wrapped__(each) for each in usual} == usual
