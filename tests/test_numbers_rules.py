"""The rules on numbers: what fires, what is silent, what is offered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from l10n_flow import checks
from l10n_flow.model import Block, BlockKind, Finding, Key, Role, Severity, Span, State, Translation, Unit

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "bench" / "data" / "number-pairs.tsv"
PAIRS = ROOT.parent / "shared" / "data" / "pairs" / "pairs.tsv"
NUMBERS = tuple(rule for rule in checks.RULES if rule.id.startswith(("number-", "currency-")) and rule.default)


def subject(
    *pairs: tuple[str, str],
    locale: str = "en",
    source_locale: str = "zh_Hant_HK",
    names: tuple[str, ...] = (),
    joined: tuple[str, ...] = (),
) -> checks.Subject:
    """One paragraph of units and their translations."""

    def spans(text: str, _locale: str) -> list[Span]:
        return [Span(text.index(name), text.index(name) + len(name)) for name in names if name in text]

    block = Block(BlockKind.PARAGRAPH, (1,), tuple(Unit(source, Role.SENTENCE, source) for source, _ in pairs))
    translations = {
        Key(None, source): Translation(Key(None, source), target, State.TRANSLATED, joined=source in joined)
        for source, target in pairs
    }
    return checks.Subject("a", source_locale, locale, (block,), translations, names=spans if names else None)


def check(*pairs: tuple[str, str], rules: tuple[checks.Rule, ...] = NUMBERS, **options: object) -> list[Finding]:
    return checks.run(subject(*pairs, **options), rules=rules)  # type: ignore[arg-type]


def rows() -> list[dict[str, str]]:
    with OWN.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_no_right_translation_of_our_own_is_reported() -> None:
    assert [row["source"] for row in rows() if check((row["source"], row["target"]))] == []


def test_every_wrong_translation_of_our_own_is_reported() -> None:
    assert [row["wrong"] for row in rows() if row["wrong"] and not check((row["source"], row["wrong"]))] == []


def test_the_parallel_news_are_all_but_silent() -> None:
    if not PAIRS.exists():
        pytest.skip("the parallel news are not in ../shared/data")
    with PAIRS.open(encoding="utf-8") as file:
        pairs = [(row["source"], row["en"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    found = [[finding.rule for finding in check(pair)] for pair in pairs]
    assert sum(map(bool, found)) <= len(pairs) * 0.01
    for rule in NUMBERS:
        assert sum(rule.id in told for told in found) <= len(pairs) * 0.01


@pytest.mark.parametrize(
    ("source", "target", "rule", "message", "fixed"),
    [
        (
            "產值達2.5億元。", "Output reached 2.5 billion yuan.", "number-mismatch",
            "2.5億元 is 250,000,000 yuan; the translation says 2.5 billion", "Output reached 250 million yuan.",
        ),
        (
            "20世紀50年代起。", "Since the 1960s.", "number-mismatch",
            "20世紀50年代 is the 1950s; the translation says 1960s", "Since the 1950s.",
        ),
        ("三名學生。", "Four pupils.", "number-mismatch", "三名 is 3; the translation says Four", "Three pupils."),
        ("排名第三位。", "It ranked fourth.", "number-mismatch", "第三位 is 3; the translation says fourth", "It ranked third."),
        ("第23屆。", "The 32nd session.", "number-mismatch", "第23屆 is 23; the translation says 32nd", "The 23rd session."),
        ("9月開幕。", "It opens in October.", "number-mismatch", "9月 is month 9; the translation says October",
         "It opens in September."),
        ("2018年。", "In 2019.", "number-mismatch", "2018年 is 2018; the translation says 2019", "In 2018."),
        ("共3,300人。", "There are 33,000 people.", "number-mismatch", "3,300人 is 3,300; the translation says 33,000",
         "There are 3,300 people."),
        ("由5%增至8%。", "It grew from 5 per cent to 8.", "number-percent", "8% is a percentage; the translation says 8",
         "It grew from 5 per cent to 8 per cent."),
        ("每公斤12.5元。", "It costs HK$125 a kilo.", "number-mismatch", "12.5元 is 12.5; the translation says HK$125",
         "It costs HK$12.50 a kilo."),
        ("增長8%。", "It grew 8.", "number-percent", "8% is a percentage; the translation says 8", "It grew 8%."),
        ("增長八成。", "It grew 18%.", "number-mismatch", "八成 is 80%; the translation says 18%", "It grew 80%."),
        ("共有8個。", "There are 8%.", "number-percent", "8個 is no percentage; the translation says 8%", None),
        ("共有58人。", "There are people.", "number-missing", "58人 (58) is not in the translation", None),
        ("數百萬人。", "Billions of people.", "number-magnitude", "數百萬人 is millions; the translation says Billions", None),
        ("全長500公里。", "It is 500 miles long.", "number-mismatch", "500公里 is in another unit than 500 miles", None),
        ("300萬港元。", "3 million yuan.", "currency-mismatch",
         "300萬港元 is in Hong Kong dollars; the translation says 3 million", None),
    ],
)  # fmt: skip
def test_messages_spans_and_fixes(source: str, target: str, rule: str, message: str, fixed: str | None) -> None:
    (finding,) = check((source, target))
    assert (finding.rule, str(finding.message)) == (rule, message)
    assert finding.source_span is not None
    assert finding.target_span is None or target[finding.target_span.start : finding.target_span.end] in message
    assert [fix.applied(target) for fix in finding.fixes] == ([fixed] if fixed else [])


def test_only_what_is_certain_is_an_error() -> None:
    (certain,) = check(("三名學生。", "Four pupils."))
    assert certain.severity is Severity.ERROR
    doubtful = check(("三名學生和五名教師。", "Four pupils and six teachers."))
    assert {finding.severity for finding in doubtful} <= {Severity.WARNING, Severity.ERROR}
    assert doubtful[0].severity is Severity.WARNING
    assert doubtful[0].fixes == ()


def test_slips_of_a_power_of_ten_are_certain_however_many_there_are() -> None:
    found = check(("甲有31萬人，乙有29.4萬人。", "A had 3.1 million and B 2.94 million."))
    assert [finding.severity for finding in found] == [Severity.ERROR, Severity.ERROR]


def test_a_configured_severity_holds_for_what_is_certain() -> None:
    (finding,) = checks.run(
        subject(("三名學生。", "Four pupils.")), rules=NUMBERS, severities={"number-mismatch": Severity.INFO}
    )
    assert finding.severity is Severity.INFO


def test_a_neighbour_in_the_block_may_say_it() -> None:
    assert check(("他在2018年入學。", "He enrolled."), ("三年後畢業。", "He graduated three years after 2018.")) == []
    told = check(("他在2018年入學。", "He enrolled."), ("三年後畢業。", "He graduated three years later."))
    assert [finding.rule for finding in told] == ["number-missing"]


def test_a_count_of_equal_things_is_no_rival() -> None:
    source = "提出三年行動方案和三年發展方案。"
    assert check((source, "It proposed two three-year plans.")) == []
    assert check((source, "It proposed a three-year and a four-year plan.")) != []


def test_figures_of_codes_may_render_a_number() -> None:
    assert check(("36氪報道稱。", "36Kr reported.")) == []
    assert check(("21歲以下國家隊。", "The U21 national team.")) == []


def test_joined_units_are_read_as_one() -> None:
    pairs = (("共有58人。", "There are 58 people, 12 of them children."), ("其中兒童12人。", ""))
    assert check(*pairs, joined=("其中兒童12人。",)) == []


def test_names_of_the_termbase_count_nothing() -> None:
    assert check(("柳州772園區。", "The park in Liuzhou.")) != []
    assert check(("柳州772園區。", "The park in Liuzhou."), names=("772園區",)) == []


def test_what_is_added_is_told_only_when_asked_for() -> None:
    pair = ("他在7月來港。", "He came to Hong Kong in July 2024.")
    assert check(pair, rules=checks.select_rules([], [])) == []
    (finding,) = check(pair, rules=checks.select_rules(["number-extra"], []))
    assert (finding.severity, finding.message) == (Severity.INFO, "2024 has no counterpart in the source")
    assert "number-extra" in {rule.id for rule in checks.select_rules([], [], ["number-extra"])}


@pytest.mark.parametrize("locale", ["de", "zh_Hans"])
def test_other_languages_are_not_compared_by_value(locale: str) -> None:
    assert [one for one in check(("共有58人。", "58"), locale=locale) if one.rule != "number-identical"] == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("2.5億元，共３項", "2.5亿元，共３项"),
        ("二十個，1,200名", "二十个，1,200名"),
        ("一樣", "一样"),
        ("70％", "70%"),
        ("廿五萬", "廿五万"),
        ("9.8。", "9.8。"),
    ],
)
def test_a_conversion_keeps_every_number(source: str, target: str) -> None:
    assert check((source, target), locale="zh_Hans") == []


@pytest.mark.parametrize(
    ("source", "target", "fixed"),
    [("2.5億元", "25亿元", []), ("1,200名", "1,300名", ["1,200名"]), ("二十個", "三十个", []), ("共58人", "共人", [])],
)
def test_a_changed_number_in_a_conversion_is_an_error(source: str, target: str, fixed: list[str]) -> None:
    (finding,) = check((source, target), locale="zh_Hans")
    assert (finding.rule, finding.severity) == ("number-identical", Severity.ERROR)
    assert [fix.applied(target) for fix in finding.fixes] == fixed


def test_a_simplified_source_is_read_too() -> None:
    assert check(("产值达2.5亿元。", "Output reached 250 million yuan."), source_locale="zh_Hans") == []
    assert check(("产值达2.5亿元。", "Output reached 2.5 billion yuan."), source_locale="zh_Hans") != []
