"""Tables of Chinese words around numerals: words that may follow one, and words that are not quantities.

All are in Traditional characters; ``fold`` converts a Simplified or full-width text to this form.
"""

from __future__ import annotations

from l10n_flow.checks.numbers.chinese.folding import table

#: Words after a numeral that decide its currency (ISO 4217); 元 alone may be several (``CURRENCIES``).
MONEY = {
    **dict.fromkeys(["港元", "港幣", "港紙", "港圓", "元港幣", "元港元"], "HKD"),
    **dict.fromkeys(["人民幣", "元人民幣"], "CNY"),
    **dict.fromkeys(["美元", "美金", "元美金", "美圓"], "USD"),
    **dict.fromkeys(["歐元", "歐羅"], "EUR"),
    **dict.fromkeys(["英鎊"], "GBP"),
    **dict.fromkeys(["日圓", "日元"], "JPY"),
    **dict.fromkeys(["新台幣", "新臺幣", "台幣", "臺幣", "元新台幣", "元新臺幣"], "TWD"),
    **dict.fromkeys(["澳元", "澳幣", "澳洲元"], "AUD"),
    **dict.fromkeys(["加元", "加拿大元", "加幣"], "CAD"),
    **dict.fromkeys(["新加坡元", "坡元", "新元", "坡幣", "新幣"], "SGD"),
    **dict.fromkeys(["澳門元", "澳門幣", "葡幣"], "MOP"),
    **dict.fromkeys(["韓元", "韓圜", "韓幣"], "KRW"),
    **dict.fromkeys(["瑞士法郎"], "CHF"),
    **dict.fromkeys(["印度盧比", "盧比"], "INR"),
    **dict.fromkeys(["盧布"], "RUB"),
    **dict.fromkeys(["泰銖"], "THB"),
    **dict.fromkeys(["蚊", "塊", "塊錢", "元"], "YUAN"),
}
#: Currencies before a number.
MONEY_BEFORE = {
    "HK$": "HKD", "HKD": "HKD", "港幣": "HKD", "US$": "USD", "USD": "USD", "美金": "USD", "NT$": "TWD", "RMB": "CNY",
    "CNY": "CNY", "人民幣": "CNY", "新台幣": "TWD", "EUR": "EUR", "€": "EUR", "£": "GBP", "GBP": "GBP", "¥": "YEN",
    "￥": "YEN", "A$": "AUD", "C$": "CAD", "S$": "SGD", "MOP": "MOP", "澳門幣": "MOP", "$": "DOLLAR",
}  # fmt: skip

#: Units of measure, by the ids of ``units``.
MEASURES = {
    **dict.fromkeys(["公里", "千米"], "km"),
    **dict.fromkeys(["里"], "li"),
    **dict.fromkeys(["英里", "英哩", "哩"], "mile"),
    **dict.fromkeys(["米", "公尺"], "m"),
    **dict.fromkeys(["海里"], "nmi"),
    **dict.fromkeys(["呎", "英尺", "英呎", "尺"], "ft"),
    **dict.fromkeys(["吋", "英寸", "英吋"], "in"),
    **dict.fromkeys(["厘米", "公分"], "cm"),
    **dict.fromkeys(["毫米"], "mm"),
    **dict.fromkeys(["碼"], "yd"),
    **dict.fromkeys(["畝"], "mu"),
    **dict.fromkeys(["公頃"], "ha"),
    **dict.fromkeys(["頃"], "qing"),
    **dict.fromkeys(["英畝"], "acre"),
    **dict.fromkeys(["平方公里"], "km2"),
    **dict.fromkeys(["平方米", "平方公尺"], "m2"),
    **dict.fromkeys(["平方呎", "平方英尺", "平方英呎", "方呎", "呎地"], "ft2"),
    **dict.fromkeys(["平方英里", "平方英哩"], "mi2"),
    **dict.fromkeys(["坪"], "ping"),
    **dict.fromkeys(["斤"], "catty"),
    **dict.fromkeys(["公斤", "千克"], "kg"),
    **dict.fromkeys(["克"], "g"),
    **dict.fromkeys(["磅"], "lb"),
    **dict.fromkeys(["噸", "公噸"], "t"),
    **dict.fromkeys(["盎司"], "oz"),
    **dict.fromkeys(["両"], "tael"),
    **dict.fromkeys(["毫克"], "mg"),
    **dict.fromkeys(["升", "公升"], "l"),
    **dict.fromkeys(["毫升"], "ml"),
    **dict.fromkeys(["加侖"], "gal"),
    **dict.fromkeys(["立方米", "立方公尺"], "m3"),
    **dict.fromkeys(["攝氏度"], "C"),
    **dict.fromkeys(["華氏度"], "F"),
}

#: Periods, which are counted without a measure word.
PERIODS = table("年 個月 週 星期 個星期 禮拜 個禮拜 天 日 小時 個小時 個鐘 個鐘頭 分鐘 世紀 個世紀 個年頭")

#: Other words after a count: measure words, and nouns without a measure word.
CLASSIFIERS = table(
    "個 名 位 人 家 間 所 座 棟 幢 層 樓 次 場 屆 輪 種 類 項 條 輛 架 艘 台 臺 部 套 件 張 份 封 頁 篇 章 集 季 "
    "隻 只 頭 匹 棵 顆 粒 片 杯 瓶 箱 包 批 群 組 隊 支 枝 把 對 副 戶 宗 起 例 單 票 席 分 球 局 盤 回 遍 趟 步 "
    "級 等 號 線 站 國 省 市 區 縣 州 村 鎮 代 世 歲 天 夜 晚 秒 日 年 月 週 周 星期 禮拜 小時 分鐘 大 度 兆瓦 "
    "千瓦 億 點 時 子 女 男 死 傷 勝 負 比 期 節 排 行 段 桶 卷 款 枚 發 株 扇 門 口 幅 幕 首 倍 成 折 階 旬 連 "
    "任 碗 冊 環 米 元"
)

#: Words that show that the hour beside them is a time of day.
CLOCK = tuple(
    table(
        "上午 下午 早上 晚上 凌晨 中午 傍晚 清晨 今早 今晚 昨晚 昨早 深夜 晚間 半夜 上晝 下晝 晚 早 午夜 正午 夜 "
        "朝早 時間 "
    )
)
