"""The configuration: what is refused, with which words, on which line."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n_flow import toml
from l10n_flow.errors import ConfigError
from l10n_flow.project import LocaleConfig, Project, load_project

LOCALES = '[locale.zh_Hans]\nconversion = "hk2s"\n[locale.en]\n'


def load(folder: Path, text: str) -> Project:
    path = folder / "l10n-flow.toml"
    path.write_text(text, "utf-8")
    return load_project(path)


@pytest.mark.parametrize(
    "pattern",
    ["/etc/*.txt", "../outside/*.txt", "source/../../x.txt", "C:/x/*.txt", r"\\\\host\\x", "", ".", r"a\u0000b"],
)
def test_sources_stay_inside_the_project(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(ConfigError, match="sources must be globs inside the project") as caught:
        load(tmp_path, f'[project]\nname = "x"\nsources = ["source/*.txt", "{pattern}"]\n{LOCALES}')
    assert (caught.value.path, caught.value.line) == (tmp_path / "l10n-flow.toml", 3)


def test_a_configuration_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: there is no such file") as caught:
        load_project(tmp_path / "none.toml")
    assert caught.value.path == tmp_path / "none.toml"


def test_the_source_locale_is_no_locale_to_translate_into(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"en is the source locale; it needs no \[locale\] table") as caught:
        load(tmp_path, '[project]\nsource-locale = "en"\n[locale.de]\n[locale.en]\n')
    assert caught.value.line == 4


def test_a_glob_that_python_cannot_read_is_no_fault_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"in sources, \*\* must stand alone between slashes") as caught:
        load(tmp_path, f'[project]\nsources = ["source/**.txt"]\n{LOCALES}')
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("line", "key"),
    [('punctuation = "mainland"', "punctuation"), ("strict = true", "strict"), ("vocabulary = true", "vocabulary")],
)
def test_what_belongs_to_a_conversion_is_refused_without_one(tmp_path: Path, line: str, key: str) -> None:
    with pytest.raises(ConfigError, match=f"{key} goes with a conversion, and this locale has none") as caught:
        load(tmp_path, f"{LOCALES}{line}\n")
    assert caught.value.line == 4


@pytest.mark.parametrize(
    ("source", "target", "conversion", "told"),
    [
        (
            "en",
            "zh_Hans",
            "hk2s",
            "reads Traditional Chinese, and the source locale en is written in Latin script; leave",
        ),
        ("zh_Hans", "zh_Hant_TW", "t2tw", "reads Traditional Chinese, .* Simplified Chinese; take s2tw"),
        ("zh_Hant_HK", "zh_Hans", "s2hk", "reads Simplified Chinese, .* Traditional Chinese; take hk2s"),
        ("zh_TW", "zh", "t2hk", "writes Traditional Chinese, and zh is written in Simplified Chinese; take tw2s"),
        (
            "zh_Hant_HK",
            "en",
            "hk2s",
            "writes Simplified Chinese, and en is written in Latin script; leave conversion out",
        ),
        ("zh_Hant_HK", "ja", "hk2s", "writes Simplified Chinese, and ja is written in Japanese script; take t2jp"),
        ("zh_Hans", "zh_Hans_SG", "hk2s", "reads .* Simplified Chinese; leave conversion out"),
    ],
)
def test_a_conversion_fits_the_scripts_of_both_ends(
    tmp_path: Path, source: str, target: str, conversion: str, told: str
) -> None:
    with pytest.raises(ConfigError, match=f"{conversion} {told}") as caught:
        load(tmp_path, f'[project]\nsource-locale = "{source}"\n[locale.{target}]\nconversion = "{conversion}"\n')
    assert caught.value.line == 4


@pytest.mark.parametrize(
    ("source", "target", "conversion"),
    [
        ("zh_Hant_HK", "zh_Hans", "t2s"), ("zh_Hant", "zh", "tw2sp"), ("zh_TW", "zh_HK", "t2hk"), ("ja", "zh_TW", "jp2t"),
        ("zh_Hans", "zh_Hant_HK", "s2hk"), ("zh_CN", "yue", "s2t"), ("yue_HK", "zh_CN", "hk2s"), ("zh_HK", "ja", "t2jp"),
    ],
)  # fmt: skip
def test_a_conversion_between_the_right_scripts_is_taken(
    tmp_path: Path, source: str, target: str, conversion: str
) -> None:
    text = f'[project]\nsource-locale = "{source}"\n[locale.{target}]\nconversion = "{conversion}"\n'
    assert load(tmp_path, text).locales[0].conversion == conversion


@pytest.mark.parametrize("key", ["locales-dir", "build-dir", "preview-dir", "termbase"])
@pytest.mark.parametrize("value", ["../x", "/x", "", r"a\u0000b"])
def test_every_path_is_inside_the_project(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"{key} must be a folder or file inside the project"):
        load(tmp_path, f'[project]\n{key} = "{value}"\n{LOCALES}')


def test_an_unknown_key_is_told_each_known_one_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f'[project]\ntermbase = "terms.csv"\n"?" = 1\n{LOCALES}')
    known = caught.value.message.partition("known are: ")[2].split(", ")
    assert known == sorted(set(known))
    assert "termbase" in known


def test_a_configuration_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a folder where a file has to be") as caught:
        load_project(tmp_path)
    assert caught.value.path == tmp_path


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [((), ["zh_Hans", "en"]), (("en",), ["en"]), (("en", "zh_Hans", "en"), ["en", "zh_Hans"])],
)
def test_the_locales_asked_for_or_all(tmp_path: Path, asked: tuple[str, ...], chosen: list[str]) -> None:
    project = load(tmp_path, LOCALES)
    assert [locale.id for locale in project.chosen(asked)] == chosen
    assert all(isinstance(locale, LocaleConfig) for locale in project.chosen(asked))
    with pytest.raises(ConfigError, match="no locale 'fr'"):
        project.chosen(["fr"])


def test_a_catalogue_is_shown_by_its_path_in_the_project(tmp_path: Path) -> None:
    assert load(tmp_path, LOCALES).shown_catalogue("en", "2026/a") == "locales/en/LC_MESSAGES/2026/a.po"


# Overrides of the checks --------------------------------------------------------------------------------------------

OVERRIDES = """\
[locale.en]
[locale.zh_Hans]

[checks.severity]
fuzzy = "info"

[[checks.overrides]]
documents = ["press/*"]
severity = { fuzzy = "error" }

[[checks.overrides]]
locales = ["en"]
ignore = ["number-missing"]
severity = { fuzzy = "warning" }
"""


def test_overrides_hold_for_their_documents_and_locales(tmp_path):
    checks = load(tmp_path, OVERRIDES).checks
    assert checks.severities("a", "zh_Hans") == {"fuzzy": "info"}
    assert checks.severities("press/a", "zh_Hans") == {"fuzzy": "error"}
    assert checks.severities("press/a", "en") == {"fuzzy": "warning"}
    assert checks.ignored("a", "en") == {"number-missing"}
    assert checks.ignored("a", "zh_Hans") == frozenset()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('locales = ["fr"]', r"toml:12: this project has no locale 'fr'; it has: en, zh_Hans"),
        ("rules = []", r"toml:12: unknown key 'rules' in \[checks.overrides\]"),
        ('severity = { fuzzy = "grave" }', r"severity|fuzzy must be one of error, warning, info, not 'grave'"),
    ],
)
def test_a_wrong_override_is_told_with_its_line(tmp_path, wrong, message):
    text = OVERRIDES.replace('locales = ["en"]\nignore = ["number-missing"]\nseverity = { fuzzy = "warning" }', wrong)
    with pytest.raises(ConfigError, match=message):
        load(tmp_path, text)


def test_a_merge_that_nobody_has_resolved_is_named_as_such(tmp_path: Path) -> None:
    text = '[project]\n<<<<<<< HEAD\nname = "a"\n=======\nname = "b"\n>>>>>>> theirs\n'
    with pytest.raises(ConfigError, match="conflict marker") as caught:
        toml.loads(text.encode(), tmp_path / "a.toml")
    assert (caught.value.path, caught.value.line) == (tmp_path / "a.toml", 2)


def test_an_arrow_in_a_text_of_several_lines_is_none(tmp_path: Path) -> None:
    assert toml.loads(b'a = """\n<<<<<<< x\n"""\n', tmp_path / "a.toml")[1] == {"a": "<<<<<<< x\n"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('preview-dir = "build"', "preview-dir and build/ must not lie in one another"),
        ('preview-dir = "build/drafts"', "preview-dir and build/ must not lie in one another"),
        ('preview-dir = "locales"', "preview-dir and locales/ must not lie in one another"),
        ('release-pages = ["dashboard"]', "must be a list of some of bilingual, and 'dashboard' is none"),
    ],
)
def test_the_preview_is_no_release(tmp_path: Path, lines: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        load(tmp_path, f"[project]\n{lines}\n{LOCALES}")


@pytest.mark.parametrize("name", ["bilingual", "Review"])
def test_no_locale_takes_the_folder_of_work_pages(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=f"name-in-output must not be '{name}'"):
        load(tmp_path, f'{LOCALES}name-in-output = "{name}"\n')
