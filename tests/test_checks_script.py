"""Is a text written in the script of its locale: targets by unit, sources as a whole."""

from __future__ import annotations

import pytest

from conftest import Newsroom
from growth import assert_linear
from l10n_flow import checks, conversion, writing
from l10n_flow.conversion import Converter
from l10n_flow.locales import script
from l10n_flow.model import Block, BlockKind, Key, Role, State, Translation, Unit
from l10n_flow.project import load_project
from l10n_flow.review.page.model import NOBODY
from l10n_flow.review.reading import ProjectView
from l10n_flow.work.check import check
from served import serving

ENGLISH = "Liuzhou lies in north-central Guangxi."


def found(
    target: str, locale: str, source: str = "柳州位於廣西中北部。", source_locale: str = "zh_Hant_HK"
) -> list[str]:
    key = Key(None, source)
    subject = checks.Subject(
        document="a",
        source_locale=source_locale,
        locale=locale,
        blocks=(Block(BlockKind.PARAGRAPH, (1,), (Unit(source, Role.SENTENCE, source),)),),
        translations={key: Translation(key, target, State.TRANSLATED)},
        script=script(locale),
        chinese=conversion.script_of if script(locale) == "Hant" else None,
    )
    rules = checks.select_rules(["target-script"], [])
    return [finding.severity.value for finding in checks.run(subject, rules=rules)]


@pytest.mark.parametrize(
    "locale", ["ta", "ar", "th", "hi", "ru", "ko", "ja", "he", "el", "ka", "zh_Hans", "zh_Hant_TW", "sr"]
)
def test_english_is_in_no_other_script(locale: str) -> None:
    assert found(ENGLISH, locale) == ["error"]


@pytest.mark.parametrize("locale", ["en", "ms", "sr_Latn", "uz", "de"])
def test_latin_letters_are_at_home_in_latin(locale: str) -> None:
    assert found(ENGLISH, locale) == []


@pytest.mark.parametrize(
    ("target", "locale"),
    [
        ("Лючжоу находится в центре Гуанси.", "en"),
        ("لیوژو در مرکز گوانگشی است", "en"),
        ("หลิวโจวอยู่ในกวางซี", "ta"),
        ("リウチョウはコウセイにあるのです", "en"),
        ("류저우는 광시 중북부에 자리한다", "ru"),
        ("柳州位于广西中北部，是一个历史文化名城，人民过着丰富的生活。", "zh_Hant_HK"),
    ],
)
def test_other_scripts_are_told_from_one_another(target: str, locale: str) -> None:
    assert found(target, locale) == ["error"]


@pytest.mark.parametrize(
    ("target", "locale"),
    [
        ("லியூசோ நகரம் Guangxi Zhuang Autonomous Region மாநிலத்தில் உள்ளது.", "ta"),
        ("Liuzhou Museum of Industry", "ta"),
        ("The New York Times", "ar"),
        ("https://example.org/some/long-path/of-words", "th"),
        ("`git commit --amend --no-edit`", "hi"),
        ("{some name or other} %(other)s <some tag of html>", "hi"),
        ("name.surname@example.org", "ru"),
        ("1,234.5 km²", "ar"),
        ("MV Agusta F4 1000 RR", "ko"),
        ("iPhone", "he"),
        ("Москва (Moscow)", "ru"),
        ("東京タワー", "ja"),
        ("", "ta"),
        ("柳州，龍城。", "zh_Hant_HK"),
        ("国会", "zh_Hant_HK"),
        ("…", "ta"),
    ],
)
def test_what_is_alike_in_every_language_is_no_fault(target: str, locale: str) -> None:
    assert found(target, locale) == []


def test_what_is_foreign_in_the_source_may_stay() -> None:
    assert found("photo by courtesy of the author", "ta", "photo by courtesy of the author") == []
    assert found("photo by courtesy of the author", "ta", "photo by courtesy of the author", "en") == ["error"]
    assert found("参见 the origin of species by means of natural selection", "zh_Hans",
                 "參見 the origin of species by means of natural selection") == []  # fmt: skip


def test_a_text_that_is_mostly_foreign_is_a_doubt() -> None:
    assert found("நகரம் lies in the north of the region and has a long history of trade", "ta") == ["warning"]


TRADITIONAL = "國會議員為經濟發展開會討論。他們說這個計畫會讓農業與工業一起發展。\n"
SIMPLIFIED = "国会议员为经济发展开会讨论。他们说这个计划会让农业与工业一起发展。\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TRADITIONAL, None),
        (SIMPLIFIED, "Hans"),
        (TRADITIONAL * 2 + "「" + SIMPLIFIED.strip() + "」", "Hant"),
        ("这是", None),
        ("台后只体里面户税着裏綫", None),
        ("The weather is fine.", None),
    ],
)
def test_most_of_what_tells_counts(text: str, told: str | None) -> None:
    one = conversion.script_of(text)
    assert (one.script if one else None) == (told or ("Hant" if text is TRADITIONAL else None))


def test_what_is_converted_is_in_the_script_it_is_converted_to() -> None:
    simplified = Converter("hk2s").convert_paragraphs(TRADITIONAL)
    for name in ("s2hk", "s2tw", "s2t"):
        back = conversion.script_of(Converter(name).convert_paragraphs(simplified))
        assert back is not None
        assert back.script == "Hant"


@pytest.mark.parametrize(
    ("locale", "text", "told"),
    [
        ("zh_Hant_HK", SIMPLIFIED, "written in Simplified Chinese"),
        ("zh_Hans", TRADITIONAL, "written in Traditional Chinese"),
        (
            "zh_Hant_HK",
            "An article that is written in English, by mistake put among the others here.\n",
            "in Latin script",
        ),
        ("en", TRADITIONAL * 3, "in Han script"),
        ("zh_Hant_HK", TRADITIONAL, ""),
        ("zh_Hans", SIMPLIFIED, ""),
        ("zh_Hant_HK", "Vue.js\n\nhttps://example.org/a\n", ""),
    ],
)
def test_a_source_is_in_the_script_of_its_locale(newsroom: Newsroom, locale: str, text: str, told: str) -> None:
    config = f'[project]\nsource-locale = "{locale}"\n[locale.de]\n[locale.fr]\n'
    (newsroom.root / "l10n-flow.toml").write_text(config, "utf-8")
    newsroom.write(text)
    newsroom.sync()
    result = check(load_project(newsroom.root / "l10n-flow.toml"), select=["source-script"])
    assert [told in finding.message for finding in result.findings] == ([True] if told else [])


def test_a_person_s_translation_into_traditional_is_looked_at_character_by_character(newsroom: Newsroom) -> None:
    config = '[project]\nsource-locale = "en"\n[locale.zh_Hant_HK]\n[locale.de]\n'
    (newsroom.root / "l10n-flow.toml").write_text(config, "utf-8")
    newsroom.write("They said the plan helps.\n")
    newsroom.sync()
    newsroom.translate({"They said the plan helps.": SIMPLIFIED.strip()}, "zh_Hant_HK")
    (finding,) = check(load_project(newsroom.root / "l10n-flow.toml"), select=["target-script"]).findings
    assert (finding.locale, "in Simplified Chinese" in finding.message) == ("zh_Hant_HK", True)


def test_a_source_in_the_wrong_script_keeps_a_release_back(newsroom: Newsroom) -> None:
    config = '[project]\n[locale.en]\nmissing = "omit"\nfail-under = 0\n'
    (newsroom.root / "l10n-flow.toml").write_text(config, "utf-8")
    newsroom.write(SIMPLIFIED)
    newsroom.sync()
    assert newsroom.run("build").code == 1
    assert "[source-script]" in newsroom.run("status", "--gate").err
    (newsroom.root / "l10n-flow.toml").write_text(f'{config}[checks]\nignore = ["source-script"]\n', "utf-8")
    assert newsroom.run("build").code == 0


def test_the_home_page_tells_a_source_in_the_wrong_script(newsroom: Newsroom) -> None:
    newsroom.write(SIMPLIFIED)
    newsroom.write(TRADITIONAL, "b.txt")
    newsroom.sync()
    newsroom.run("approve", "a", "--locale", "zh_Hans", "--by", "Ann")
    project_view = ProjectView(load_project(newsroom.root / "l10n-flow.toml"))
    rows = {row.document: [finding.rule for finding in row.findings] for row in project_view.home(NOBODY).rows}
    assert rows == {"a": ["source-script"], "b": []}
    with serving(newsroom.root) as served:
        page = served.browser("Ann").get("/").text
    told, right = page.split('id="documents"')[1].split("<tr>")[2:]
    assert "the article is written in Simplified Chinese" in told
    assert "All is ready" not in told
    assert "the article is written in" not in right
    newsroom.write(TRADITIONAL)
    assert not project_view.home(NOBODY).rows[0].findings


@pytest.mark.parametrize("unit", ["字", "a", "@a.", "a@", "/", "`", "<", "www", "%a", "&a", "{", "://", "a_", "a b "])
def test_what_is_no_language_is_taken_out_in_linear_time(unit):
    assert_linear(lambda number: lambda: writing.without_markup(unit * number), 100_000)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("見 https://a.org/b 為準", "見 為準"),
        ("寫信到 ann@example.org，謝謝", "寫信到 ，謝謝"),
        ("<b>重要</b>的 `code` 和 {name} %(n)s &amp; C:\\a", "重要 的 和"),
        ("請看www.example.org", "請看"),
    ],
)
def test_what_is_written_alike_in_every_language_is_taken_out(text, left):
    assert writing.without_markup(text) == left
