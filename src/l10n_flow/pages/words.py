"""The pages' own few words, in the languages they are kept in; English for every other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from l10n_flow.locales import script
from l10n_flow.scripts import is_chinese, language

#: The word's id, then English, Traditional, Simplified. Ids of states, origins and block kinds are the model's.
_TABLE = """
skip           | Skip to the text                       | 跳至正文               | 跳至正文
editions       | Editions                               | 語言版本               | 语言版本
index          | Contents                               | 目錄                   | 目录
bilingual      | Source and translation                 | 雙語對照               | 双语对照
draft          | Draft: not approved for publication    | 草稿：未經批准，請勿發布 | 草稿：未经批准，请勿发布
unfinished     | Needs editing                          | 待修訂                 | 待修订
state          | State                                  | 狀態                   | 状态
document       | Document                               | 文件                   | 文件
previous       | Source changed:                        | 原文改動：             | 原文改动：
joined         | Translated together with the unit above | 與上一單元合譯         | 与上一单元合译
empty          | No translation                         | 未有譯文               | 没有译文
units          | units                                  | 單元                   | 单元
done           | done                                   | 完成                   | 完成
unpublished    | Not published                          | 未發布                 | 未发布
original       | Source                                 | 原文                   | 原文
untranslated   | untranslated                           | 未翻譯                 | 未翻译
needs-editing  | needs editing                          | 待修訂                 | 待修订
translated     | translated                             | 已翻譯                 | 已翻译
approved       | approved                               | 已批准                 | 已批准
stale          | stale                                  | 已過時                 | 已过时
converted      | converted                              | 自動轉換               | 自动转换
human          | by hand                                | 人工                   | 人工
title          | Title                                  | 標題                   | 标题
byline         | Byline                                 | 署名                   | 署名
dateline       | Dateline                               | 電頭                   | 电头
heading        | Heading                                | 小標題                 | 小标题
caption        | Caption                                | 圖片說明               | 图片说明
paragraph      | Paragraph                              | 段落                   | 段落
list-item      | List item                              | 列表項                 | 列表项
quotation      | Quotation                              | 引文                   | 引文
note           | Note                                   | 註釋                   | 注释
table-cell     | Table cell                             | 表格                   | 表格
term           | term                                   | 術語                   | 术语
vocabulary     | regional word                          | 地區用詞               | 地区用词
correction     | correction                             | 訂正                   | 订正
phrase         | word of the dictionary                 | 詞庫                   | 词库
credit         | Credit                                 | 圖片來源               | 图片来源
"""


def _tables() -> dict[str, Mapping[str, str]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in _TABLE.strip().splitlines()]
    return {
        name: MappingProxyType({row[0]: row[column] for row in rows})
        for column, name in enumerate(("en", "zh_Hant", "zh_Hans"), start=1)
    }


_TABLES = _tables()


@cache
def words(locale: str) -> tuple[Mapping[str, str], str]:
    """Return the words for a page in this locale, and the locale they are in (its own, or ``en``)."""
    if is_chinese(locale):
        return _TABLES["zh_Hans" if script(locale) == "Hans" else "zh_Hant"], locale
    return _TABLES["en"], locale if language(locale) == "en" else "en"
