"""Fold a Chinese text for the tables: Traditional characters and half-width digits, at the same positions."""

from __future__ import annotations

import re

# Simplified characters of these tables, each above its Traditional form.
_SIMPLIFIED = (
    "丢乱亚来仑俩个侧伤仅亿两册别胜汇区参单吨国圆场块寿宁宝对届层岛峡岳带币帮几广张强后战户舍摄数于时昼书会条栋栖极楼标权欧岁历归气决准沟济无"
    "炼尔环亩当发盘卢众码礼种谷稳节粮纪约纸级组统丝经维网线县缕罗义圣联脏与华万叶处号卫规亲计诗话诫变负财货贰赛军载辆轮转农连周进过达边乡钧铢钱镑镇"
    "凶内员团报将帅从拨败机满为热绩装见语护电饼钟铁长门间陆队阶只双离难灵韩页顶顷项头颗颜类饭余马驱体鱼鲜丽黄点党龙０１２３４５６７８９．％，：－＄￡～〜"
)
_TRADITIONAL = (
    "丟亂亞來侖倆個側傷僅億兩冊別勝匯區參單噸國圓場塊壽寧寶對屆層島峽嶽帶幣幫幾廣張強後戰戶捨攝數於時晝書會條棟棲極樓標權歐歲歷歸氣決準溝濟無"
    "煉爾環畝當發盤盧眾碼禮種穀穩節糧紀約紙級組統絲經維網線縣縷羅義聖聯臟與華萬葉處號衛規親計詩話誡變負財貨貳賽軍載輛輪轉農連週進過達邊鄉鈞銖錢鎊鎮"
    "兇內員團報將帥從撥敗機滿為熱績裝見語護電餅鐘鐵長門間陸隊階隻雙離難靈韓頁頂頃項頭顆顏類飯餘馬驅體魚鮮麗黃點黨龍0123456789.%，:-$£~~"
)
#: A full-width comma in a number: 30，000.
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_FOLDED = str.maketrans(dict(zip(_SIMPLIFIED + "臺", _TRADITIONAL + "台", strict=True)))


def fold(text: str) -> str:
    """Return a text with Traditional characters and half-width digits; its length does not change."""
    text = text.translate(_FOLDED)
    return _WIDE_COMMA.sub(",", text) if "，" in text else text


def table(words: str) -> frozenset[str]:
    """Return the words of a table, separated by spaces, in folded form."""
    return frozenset(fold(words).split())
