"""Is an edition in the language of its locale, where the script cannot tell: judged over the whole of it."""

from __future__ import annotations

import json

import pytest

from conftest import Newsroom
from l10n_flow import languages
from l10n_flow.errors import ConfigError
from l10n_flow.locales import script
from l10n_flow.project import load_project, rules_of
from l10n_flow.review.page.model import NOBODY
from l10n_flow.review.reading import ProjectView
from l10n_flow.work.sync import sync

TEXTS = {
    "en": [
        "The old park lies by the river, and many people come there in the evening.",
        "Children play between the trees while their parents talk about the day.",
        "When it rains, everybody runs to the small tea house and waits for the sun.",
        "The owner has known most of his guests for more than thirty years.",
    ],
    "ms": [
        "Taman lama itu terletak di tepi sungai, dan ramai orang datang ke situ pada waktu petang.",
        "Kanak-kanak bermain di celah pokok sementara ibu bapa mereka berbual tentang hari itu.",
        "Apabila hujan turun, semua orang berlari ke kedai teh yang kecil dan menunggu matahari.",
        "Pemiliknya telah mengenali kebanyakan tetamunya selama lebih daripada tiga puluh tahun.",
    ],
    "id": [
        "Taman tua itu terletak di tepi sungai, dan banyak orang datang ke sana pada sore hari.",
        "Anak-anak bermain di antara pohon sementara orang tua mereka bercerita tentang hari itu.",
        "Ketika hujan turun, semua orang berlari ke kedai teh kecil dan menunggu matahari.",
        "Pemiliknya sudah mengenal sebagian besar tamunya selama lebih dari tiga puluh tahun.",
    ],
    "de": [
        "Der alte Park liegt am Fluss, und viele Leute kommen am Abend dorthin.",
        "Kinder spielen zwischen den Bäumen, während ihre Eltern über den Tag reden.",
        "Wenn es regnet, laufen alle in das kleine Teehaus und warten auf die Sonne.",
        "Der Besitzer kennt die meisten seiner Gäste seit mehr als dreißig Jahren.",
        "Er weiß noch immer, was jeder von ihnen gern trinkt, und bringt es, ohne lange zu fragen.",
    ],
    "nb": [
        "Den gamle parken ligger ved elven, og mange mennesker kommer dit om kvelden.",
        "Barna leker mellom trærne mens foreldrene snakker om dagen som har gått.",
        "Når det regner, løper alle til det lille tehuset og venter på solen.",
        "Eieren har kjent de fleste av gjestene sine i mer enn tretti år.",
    ],
    "da": [
        "Den gamle park ligger ved floden, og mange mennesker kommer der om aftenen.",
        "Børnene leger mellem træerne, mens forældrene taler om dagen, der er gået.",
        "Når det regner, løber alle til det lille tehus og venter på solen.",
        "Ejeren har kendt de fleste af sine gæster i mere end tredive år.",
    ],
    "ru": [
        "Старый парк лежит у реки, и вечером туда приходит много людей.",
        "Дети играют между деревьями, пока их родители говорят о прошедшем дне.",
        "Когда идёт дождь, все бегут в маленькую чайную и ждут солнца.",
        "Хозяин знает большинство своих гостей уже больше тридцати лет.",
        "Он помнит, что каждый из них пьёт, и приносит чай без лишних слов.",
    ],
    "uk": [
        "Старий парк лежить біля річки, і ввечері туди приходить багато людей.",
        "Діти граються між деревами, поки їхні батьки розмовляють про минулий день.",
        "Коли йде дощ, усі біжать до маленької чайної і чекають на сонце.",
        "Господар знає більшість своїх гостей уже понад тридцять років.",
        "Він пам'ятає, що п'є кожен із них, і приносить чай без зайвих слів.",
    ],
}
#: Of each language one in its script that it is not, and none that is near.
WRONG = [
    (a, b)
    for a in TEXTS
    for b in TEXTS
    if a != b and script(a) == script(b) and {a, b} not in ({"ms", "id"}, {"nb", "da"})
]


def told(texts: list[str], locale: str) -> languages.ForeignLanguage | None:
    return languages.foreign(texts, locale, script(locale))


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_in_the_language_of_its_locale_is_right(language: str) -> None:
    assert told(TEXTS[language] * 3, language) is None


@pytest.mark.parametrize(("locale", "language"), WRONG)
def test_a_text_in_another_language_is_told(locale: str, language: str) -> None:
    found = told(TEXTS[language], locale)
    assert found is not None
    assert (found.language, found.share, found.first) == ({"nb": "no"}.get(language, language), 100, 0)


@pytest.mark.parametrize(("locale", "language"), [("ms", "id"), ("id", "ms"), ("nb", "da"), ("da", "nb")])
def test_languages_that_are_near_are_not_told_apart(locale: str, language: str) -> None:
    assert told(TEXTS[language], locale) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK",
        TEXTS["en"][0],  # too little to be sure
        "`the quick brown fox` <b> https://example.org/a/b/c user@example.org " * 20,
        "The Wizard, The Hobbit, The Times, New York, United States of America. " * 20,
        "THE OLD PARK LIES BY THE RIVER, AND MANY PEOPLE COME THERE. " * 20,
        "柳州位於廣西中北部。" * 100,
    ],
)
def test_names_titles_code_and_little_text_tell_nothing(text: str) -> None:
    assert told([text], "ms") is None


def test_a_quotation_in_its_own_language_is_no_fault_and_half_an_edition_is() -> None:
    quoted = [*TEXTS["ms"] * 4, *TEXTS["en"], *TEXTS["ms"] * 4]
    assert told(quoted, "ms") is None
    half = told([*TEXTS["ms"] * 4, *TEXTS["en"] * 4], "ms")
    assert half is not None
    assert half.language == "en"
    assert 30 < half.share < 60
    assert 12 <= half.first <= 18


@pytest.mark.parametrize("locale", ["zh_Hant_HK", "yue", "ja", "ko", "ta", "th", "el", "br", "uz_Cyrl", "sr_Arab"])
def test_a_language_that_was_not_measured_is_not_judged(locale: str) -> None:
    assert not languages.judged(locale, script(locale))


# In a project -----------------------------------------------------------------------------------------------------

SOURCE = ["老公園在河邊。", "孩子們在樹間玩耍。", "下雨時大家跑進茶館。", "店主認識客人三十年。"]


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """An article whose Malay edition is in English."""
    (newsroom.root / "l10n-flow.toml").write_text("[project]\n[locale.ms]\n", "utf-8")
    newsroom.write("".join(SOURCE) + "\n")
    newsroom.sync()
    newsroom.translate(dict(zip(SOURCE, TEXTS["en"], strict=True)), "ms")
    return newsroom


def test_a_catalogue_filled_with_another_language_is_told_once_as_a_warning(room: Newsroom) -> None:
    [finding] = json.loads(room.run("check", "--format", "json").out)
    assert (finding["rule"], finding["severity"], finding["locale"]) == ("target-language", "warning", "ms")
    assert finding["message"] == "about 100 % of the translation seems to be in English, not in Malay"
    [row] = ProjectView(load_project(room.root / "l10n-flow.toml")).home(NOBODY).rows
    assert [finding.rule for finding in row.findings] == ["target-language"]
    room.translate(dict(zip(SOURCE, TEXTS["ms"], strict=True)), "ms")
    assert json.loads(room.run("check", "--format", "json").out) == []


def test_without_the_library_nothing_is_said_unless_it_is_asked_for(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = load_project(room.root / "l10n-flow.toml")
    assert [each.rule for each in sync(project).remarks] == ["target-language"]
    monkeypatch.setattr(languages, "installed", lambda: False)
    assert sync(project).remarks == (), "what sync remembers was judged with the library"
    with pytest.raises(ConfigError, match=r"pip install 'l10n-flow\[language\]'"):
        rules_of(project, ["target-language"])
