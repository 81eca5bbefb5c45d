"""Ambiguous characters: decided by the words around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.conversion import Converter, Punctuation, readings
from l10n_flow.conversion import engine as engines
from l10n_flow.conversion.lattice import cut, weigh
from l10n_flow.conversion.lexicon import UNKNOWN, entries, lexicon
from l10n_flow.conversion.rows import DATA
from l10n_flow.conversion.runs import Kind, Run

#: Traditional and what a Mainland editor would write; what stands beside a word decides, so each has one.
TEXTS = """
他於潛伏期內 他于潜伏期内 | 或於單車上展示 或于单车上展示 | 位於崇文門內 位于崇文门内 | 於戲劇 于戏剧 | 樊於期 樊於期
湯水份量 汤水份量 | 顯得份外孤單 显得分外孤单 | 叫了30份外賣 叫了30份外卖 | 多份外媒引述 多份外媒引述 | 社會的一份子 社会的一分子
毫不過份 毫不过分 | 大部份子宮頸癌 大部份子宫颈癌 | 早結緣份 早结缘分 | 每份子女教育金 每份子女教育金 | 充份利用 充分利用
老沈沈默了 老沈沉默了 | 他姓沈實在少見 他姓沈实在少见 | 沈毅先生 沈毅先生 | 沈船長 沈船长 | 船沈了 船沉了 | 沈官指出 沈官指出
網軍帳號 网军账号 | 立法會帳委會 立法会账委会 | 結帳幕後 结账幕后 | 走過帳篷 走过帐篷 | 金帳汗國 金帐汗国
大律師孫靖乾 大律师孙靖乾 | 馮睎乾先生 冯睎乾先生 | 中國陰乾 中国阴干 | 乾冬菇 干冬菇 | 記者陳朗昇 记者陈朗昇 | 氣溫上昇 气温上升
資金鍊斷裂 资金链断裂 | 千錘百鍊 千锤百炼 | 人鍊 人链 | 算一算這筆帳（ 算一算这笔账（ | 本份報告 本份报告 | 安守本份 安守本分 | 項鍊 项链 | 鍛鍊 锻炼 | 執筆劃押 执笔画押 | 用粉筆劃上 用粉笔划上 | 噴畫定必 喷画定必
重重覆覆 重重复复 | 顛覆習慣 颠覆习惯 | 翻天覆地 翻天覆地 | 不經常覆機 不经常复机 | 李靜夥拍 李静伙拍 | 鄧鉅明 邓钜明
就著有參與者 就着有参与者 | 沈雄著《古今詞話》 沈雄著《古今词话》 | 老舍著， 老舍著， | 行使著《基本法》 行使着《基本法》 | 藉著《頭條》 借着《头条》 | 始著《四聲切韻》 始著《四声切韵》 | 而著《史記》 而著《史记》
Morales的著作風行 Morales的著作风行 | 翁達揚在合作著書前 翁达扬在合作著书前 | 收藏著。 收藏着。 | 揉合著中西 揉合着中西
強世功著的《甲》 强世功著的《甲》 | 看著的《甲》 看着的《甲》 | 收錄於蕭蔚雲著：《乙》 收录于萧蔚云著：《乙》 | 恃著有阿爺 恃着有阿爷
今日蝕本收場 今日蚀本收场 | 每月蝕幾百萬 每月蚀几百万 | 日蝕 日食 | 廣告戒煙 广告戒烟 | 勸戒煙 劝戒烟 | 告戒 告诫 | 原故事 原故事 | 原故 缘故 | 那末日電影 那末日电影 | 那末 那么
精神彩排 精神彩排 | 神彩飛揚 神采飞扬 | 角落漠視 角落漠视 | 落漠 落寞 | 特色采訪 特色采访 | 色采 色彩 | 埋伏侍機 埋伏侍机 | 人材料 人材料 | 人材 人才 | 伍淑清徹底 伍淑清彻底 | 清徹的水 清澈的水
著作權人:指著作人或依法取得 著作权人:指著作人或依法取得 | 妨礙著作物通常之利用 妨碍著作物通常之利用 | 依著作物利用之性質 依著作物利用之性质 | 聽著作物呼吸 听着作物呼吸 | 村上春樹著，賴明珠譯 村上春树著，赖明珠译 | 坐著，有人翻譯 坐着，有人翻译 | 附著於媒介物 附着于媒介物 | 開除黨藉 开除党藉 | 外藉記者 外藉记者 | 李藉先生來了 李藉先生来了 | 狼藉一片 狼藉一片 | 破壞土耳其 破坏土耳其 | 么兒子 幺儿子
利用著作者，應支付報酬 利用著作者，应支付报酬 | 看著作者的臉 看着作者的脸 | 還原著作之需要 还原著作之需要 | 原件：指著作首次附著之物 原件：指著作首次附着之物 | 他指著作業說 他指着作业说 | 沈到水底 沉到水底 | 王力等著《古代漢語》 王力等著《古代汉语》 | 頸錬 颈链 | 直轄巿 直辖市 | 還原著現場 还原着现场 | 合著人 合著人 | 業務之推行著有績效 业务之推行著有绩效 | 依其性質祇關於需役地 依其性质只关于需役地 | 單獨設帳管理 单独设账管理 | 設帳授徒 设帐授徒 | 登錄料帳 登录料账 | 以核覆為準 以核复为准 | 元代周達觀著的《真臘風土記》 元代周达观著的《真腊风土记》 | 於穆不已 於穆不已
"""
PAIRS = [tuple(pair.split(" ")) for pair in TEXTS.strip().replace("\n", " | ").split(" | ")]


def converted(text: str, conversion: str = "hk2s") -> str:
    return Converter(conversion, Punctuation.KEEP).convert_block([text])[0]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_the_words_around_a_character_decide(before: str, after: str) -> None:
    assert converted(before) == after


@pytest.mark.parametrize("conversion", ["t2s", "tw2s", "tw2sp", "hk2sp"])
def test_they_decide_in_every_conversion_into_simplified(conversion: str) -> None:
    assert converted("李白等著名詩人，看著名片", conversion) == "李白等著名诗人，看着名片"


def test_strict_conversions_and_others_are_left_alone() -> None:
    assert Converter("hk2s", Punctuation.KEEP, strict=True).convert_block(["看著"]) == ["看著"]
    assert engines.engine("s2hk").decider is None


def test_what_was_decided_is_told() -> None:
    (changes,) = Converter("hk2s").explain_block(["看著名片沈默"])
    assert [(change.before, change.after, change.by) for change in changes] == [
        ("著", "着", ("readings",)),
        ("沈", "沉", ("readings",)),
    ]


def test_a_character_that_is_described_is_kept() -> None:
    assert converted("⿰氵著的頭髮") == "⿰氵著的头发"


def test_a_project_word_is_a_border() -> None:
    run = Run("看著名片", 1, begins=True, ends=True, titled=False, counted=False, named=False)
    assert min(weigh(run).items(), key=lambda item: item[1].cost)[0] == "着"
    assert cut(run._replace(place=2))[:3] == (2, 4, Kind.WORD)


# The data ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", readings.read().values(), ids=lambda row: row.character)
def test_every_word_of_a_row_is_known_and_read_as_it_says(row: readings.Reading) -> None:
    # To mend a failure here: python tools/word_frequencies.py
    decider = engines.engine("hk2s").decider
    assert decider is not None
    for words, after in ((row.words, row.other), (row.usual_words, row.usual)):
        for word in words:
            base = decider.simplified(word)
            known = entries(lexicon().bucket(base[0])[0][base[1:]])
            at = word.index(row.character)
            assert after in {entry.word[at] for entry in known}, word


def test_the_readings_of_an_unknown_file_are_refused() -> None:
    with pytest.raises(ValueError, match="line 7: character, usual, other"):
        readings.parse("# head\n" * 5 + "character\tusual\n著\t着\n")
    row = "著\t着\t著\t著\t0 0\t-\t0\t作品\t\twhy"
    with pytest.raises(ValueError, match="line 2: 作品 should be words with 著"):
        readings.parse(f"character\n{row}\n")


def test_the_lexicon_has_words_single_characters_and_names() -> None:
    found = lexicon()
    assert entries(found.bucket("著")[0]["名"])[0].word == "著名"
    assert found.bucket("\U00020000") == ({}, 1)
    lines = (DATA / "frequencies.txt").read_text("utf-8").partition("\n\n")[2].splitlines()
    assert all(" ".join(map(" ".join, found.bucket(line[0])[0].items())) == line[2:] for line in lines)
    assert found.single("的") < found.single("著") < UNKNOWN == found.single("\U00020000")
    assert {"李", "沈", "於"} <= found.surnames
    assert found.in_name("E", "明", 150) < found.in_name("E", "\U00020000", 150) == 150
    assert "看" in found.verbs


def test_the_files_tell_their_licence() -> None:
    assert "MIT License" in (DATA / "frequencies.txt").read_text("utf-8")[:600]
    assert "Sun Junyi" in (DATA / "LICENSE-jieba.txt").read_text("utf-8")


@given(st.text(alphabet="看著名片作沈默老份數過於倫敦乾隆，《。·a1", max_size=30))
def test_a_run_is_weighed_wherever_it_is(text: str) -> None:
    assert len(converted(text)) == len(text)
