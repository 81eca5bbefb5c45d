"""Whether a line is a personal name: the surnames of most people in China, Hong Kong and Taiwan, in both scripts."""

from __future__ import annotations

import re

_SURNAME_LIST = """
    王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何林高羅罗鄭郑梁謝谢宋唐許许鄧邓韓韩馮冯曹彭曾肖蕭萧田董潘袁蔡蔣蒋余于杜葉叶程魏蘇苏呂吕丁任盧卢姚沈鍾钟姜崔譚
    谭陸陆范汪廖石金韋韦賈贾夏付方鄒邹熊白孟秦邱侯江尹薛閻阎段雷龍龙史陶賀贺毛郝顧顾龔龚邵萬万覃武錢钱戴嚴严莫孔向常湯汤溫温康施牛樊葛邢安齊齐易喬乔伍龐庞顏颜倪莊庄
    聶聂章魯鲁岳翟殷詹申歐欧耿關关焦俞柳甘祝包寧宁尚符舒阮柯紀纪梅童凌畢毕單单季裴霍塗涂成苗谷盛曲翁冉駱骆藍蓝路游辛靳管柴蒙鮑鲍華华喻祁房蒲滕屈饒饶解牟艾尤時时穆農
    农司卓古吉繆缪簡简車车項项連连婁娄褚麥麦鄺邝區区文利冼黎
"""
# Words that are alone on a line and begin like a name.
_WORD_LIST = """
    方法 方向 方案 方面 高潮 高峰 白皮書 白皮书 安全 安排 和平 時間 时间 時間表 时间表 成果 成效 常見問題
    常见问题 關係 关系 關鍵 关键 連結 连结 文化 文學 文学 歷史 历史 路線 路线 管理 簡介 简介 簡單來說 解決方案
    解决方案 解說 解读 解讀 金融 金融科技 農業 农业 單位 单位 項目 项目 成本 成立 成長 成长 安老 向前 田野
    石油 毛利 任務 任务 任重道遠 任重道远 白天 高科技 高等教育 溫室 康復 康复 包容 利益 利率 古蹟 區域 区域
    司法 司機 車輛 车辆 龍頭 龙头 萬事俱備 万事俱备 符合 常識 常识 尚待 易地 施政 寧靜
"""
_SURNAMES = frozenset("".join(_SURNAME_LIST.split()))
_WORDS = frozenset(_WORD_LIST.split())
#: The surnames as a class of a regular expression.
SURNAME = f"[{''.join(sorted(_SURNAMES))}]"
# No given name contains such a word, and 何 begins a question as often as a name.
_NO_NAME = re.compile(r".[^\s]*[之的是了不]|何[去謂谓必以時时處处為为況况等者所]")
_BARE_NAME = re.compile(r"[\u3400-\u9fff]{2,4}(?:[、\s]+[\u3400-\u9fff]{2,4})?\Z")


def is_bare_name(text: str) -> bool:
    """Whether a line is one or two personal names in Han and nothing else, judged by the surname."""
    if text[:1] not in _SURNAMES or len(text) > 11 or text in _WORDS:
        return False
    return _BARE_NAME.match(text) is not None and _NO_NAME.match(text) is None
