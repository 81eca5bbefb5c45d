"""Captions and their credits in plain texts of newsrooms, in both scripts.

``docs/segmentation.md`` has the measured accuracy on real articles.
"""

from __future__ import annotations

import re

from l10n_flow.documents.segmentation.markers import NUMERAL

_LABEL = (
    r"(?:(?:資料|资料|網絡|网络|網上|网上)?(?:圖片|图片|照片|相片|圖|图)(?:來源|来源|提供)?"
    r"|攝影|摄影|圖源|图源|Photos?(?: by)?|Credit|Source)[：:︰／/]"
    r"\s?[^。！？，；]{1,30}"
)
_GIVEN = (
    r"(?:圖片|图片|照片|相片)均?由[^。！？，；]{1,25}(?:提供|[拍]?[攝摄])"
    r"|(?:資料|资料|網絡|网络|網上|网上)(?:圖片|图片|照片|圖|图)"
    r"|(?:[^。！？，；：\s]{0,4}(?:圖片|图片|照片|相片|截[圖图]|影片|[畫画]面))?"
    r"(?:截?取自|截自|截[圖图]自|翻[攝摄]自?)[^。！？，；]{2,30}|©[^。！？，；]{2,40}"
)
_NAME = r"[^。！？!?，,；;：:\s（）()【】]"
_SURE = (
    rf"{_LABEL}|{_GIVEN}|{_NAME}{{2,25}}(?:(?<!拍)[攝摄]|(?<!供)(?:攝影|摄影)|供圖|供图|製圖|制图|社[圖图照]片|[資资]料[圖图照]片?)"
    r"|(?:AFP|AP|EPA|Reuters)[ /]?(?:Photos?|Getty Images)"
)
_MADE = r"提供|圖片|图片|照片|相片|截圖|截图|劇照|剧照|網圖|网图|翻攝|翻摄|圖|图"
_LIKELY = rf"{_SURE}|(?!本文|文章|[資资]料由|見?[上下左右附配大如见][圖图]){_NAME}{{1,25}}(?:{_MADE})"
_CREDIT = re.compile(
    rf"(?:(?<=[。！？!?」』”）)])\s*(?P<after>{_LIKELY})"
    rf"|(?P<brackets>[（(【\[]\s*(?:{_LIKELY})\s*[)）】\]])[。.]?"
    rf"|(?<=\s)(?P<spaced>{_SURE}))\Z"
)
#: A name and 攝 with a full stop.
_STOPPED = re.compile(rf"(?:(?<=[。！？」』”）)])\s*|\A){_NAME}{{2,10}}(?<!拍)[攝摄](?=。\Z)")
# Publishers: a credit if it is alone after a full stop, as no sentence is.
_AGENCY = (
    r"(?:(?:美[聯联]|新[華华]|法新|路透|中新|中央通[訊讯]|中央|共同)社|路透|彭博社?"
    r"|Reuters|AFP|AP|EPA|EyePress|EYEPRESS)"
)
_CREDIT_ALONE = re.compile(rf"(?:{_SURE}|{_AGENCY}|[（(【\[]\s*(?:{_LIKELY})\s*[)）】\]])\Z")
_PLACE = (
    r"(?:網頁|网页|網站|网站|官網|官网|專頁|专页|臉書|脸书|微博|推特|貼文|贴文|[Ff]ace[Bb]ook|FB|[Tt]witter|Instagram|IG"
    r"|You[Tt]ube|Telegram|Whats[Aa]pp|[直][播](?:畫面|画面|片段)?|片段|劇照|剧照|海報|海报|小冊子|小册子|封面|[報报]|[電电][視视]|[電电]台"
    r"|[衛卫央][視视]|[無无][綫线]|TVB|[週周]刊|[雜杂][誌志]|通[訊讯]社|新[聞闻](?:網|网)?|新聞處|新闻处|[視视][頻频])"
)
_OF = r"[^。！？!?，,；;：:）)\n]"
_PUBLISHED = re.compile(rf"(?<=。)\s*(?:{_OF}{{0,25}}{_PLACE}|{_OF}{{0,8}}《{_OF}{{2,20}}》{_OF}{{0,6}}|{_AGENCY})\Z")
_IN_BRACKETS = re.compile(rf"(?<=。)\s*[（(]\s*(?:{_AGENCY}|{_OF}{{0,25}}{_PLACE})\s*[)）]\Z")
#: A short sentence and a few words without a mark of their own.
_TAIL = re.compile(
    r"(?<=\w{3}[」』”）》]。|\w{4}。)\s*[（(]?(?![第全同見见\d[]|本文|文章|[資资]料由)[^。！？!?，,；;：:、「」』）()*\[\]…⋯@#]{2,15}[)）]?\Z"
)
# Words of a sentence that only lacks its full stop.
_SAYS = re.compile(r"[是有要會会能請请不了過过到够夠應应可我你他她它這这那就都也而]|\d ")
_NO_CREDIT = re.compile(
    r"(?:完|待[續续]|[說说道指寫写着著言]|[嗎吗呢了吧啊和與与及或的在為为將将把對对以由於于]|文末|同上|如下|下同|[\ufe0f\U0001f000-\U0001faff]|\W)[)）]?\Z"
)
#: Words for the positions of people in a picture.
_WHERE = re.compile(
    r"[（(](?:[前後后]排)?(?:[左右]|中|[坐站]者)[一二三四五六七八起至123中者]{0,3}[)）](?![：:—─｜]|\Z)"
)
#: Words for a picture of a publication.
_SHOWN = re.compile(
    rf"(?:《{_OF}{{1,30}}》)?{_OF}{{0,20}}(?:截[圖图]|[劇剧]照|宣[傳传]海[報报]|封面|全家福|合照|航拍[圖图])。?\Z"
)
_LEAD = re.compile(
    rf"[▲△]|[（(][圖图]片[說说]明[)）]|[上下左右本][圖图][：:為为]|[圖图][片說说明]{{0,3}}(?:[：:︰為为]|\s?[{NUMERAL}\d]{{1,2}}(?:[：:︰為为、\s]|[.．](?!\d)))"
)

# Text after the last full stop of an unusual caption, which never follows a cut paragraph: names in Latin letters,
# 「…來源：…」, 「…照片／…」, a signature, the kind of picture.
_MADE_OF = (
    r"圖片|图片|照片|相片|截圖|截图|劇照|剧照|繪圖|绘图|[製合]圖|制图|數據|数据|文件|報告|报告|提供|攝影?|摄影?"
    r"|影片|[畫画]面|文宣"
)
_BEHIND = re.compile(
    rf"(?<=[。！？!?」』”）)])\s*(?:{_AGENCY}|[—–－]{{1,2}}\s?[^。，]{{1,16}}"
    rf"|(?<![”）)!?])[^。！？，；：:「“]{{0,12}}[A-Z@][^\u3400-\u9fff。！？，；]{{3,90}}"
    rf"|[^。！？，；：:]{{0,8}}(?:[來来]源|提供者?|拍[攝摄]者)[：:︰][^。！？]*|[上下左右]?[圖图][為为取][^。！？]*"
    rf"|(?:[圖图照相]片|[擷撷截]?取自|[擷撷]取|[來来]自)[^。！？]*|{_OF}{{1,12}}(?:提供|[攝摄])[^。！？]{{0,20}}"
    rf"|[^。！？；]{{1,60}}(?:{_MADE_OF})(?:\s?[／/|｜][^。！？]*)?)\Z"
)
_NAMED = re.compile(r"(?<=[\w」』）][。？！])\s*[^。！？!?，,；;「」『』…⋯]{2,24}\Z")

#: The maximal length of a caption with its credit; nearly all are under 120 characters.
_LONGEST = 150
_CREDIT_LENGTH = 45
#: Up to this length, a sentence and any name are not a cut paragraph.
_BRIEF = 60
#: The limit for a credit that is only a name; longer texts with this end are often paragraphs of picture stories.
_SHORT = 42
_SINGLE = 70


def is_caption(text: str, *, first: bool = False, alone: bool = True) -> bool:
    """Whether a block is a caption.

    Args:
        text: the text of the block.
        first: whether the document begins with it.
        alone: whether there are blank lines before and after it.
    """
    if len(text) > _LONGEST:
        return False
    if _LEAD.match(text):
        return True
    if first and "。" not in text:
        return False
    if first or not alone:
        return _surely(text) is not None
    return credit_start(text) is not None or _shows_picture(text)


def credit_start(text: str) -> int | None:
    """Return the start of the photo credit of a caption, brackets included; 0 for a credit only, None for no credit."""
    found = _surely(text)
    if found is None:
        names = _publisher(text)
        found = None if names is None else names.end() - len(names[0].lstrip())
    return found


def _surely(text: str) -> int | None:
    """Return the start of an explicit credit."""
    if _CREDIT_ALONE.match(text):
        return 0
    low = max(0, len(text) - _CREDIT_LENGTH)
    found = _CREDIT.search(text, low)
    if found is not None:
        return max(found.start(name) for name in ("after", "brackets", "spaced"))
    found = _STOPPED.search(text, low)
    return None if found is None else found.end() - len(found[0].lstrip())


def ends_in_credit(text: str) -> bool:
    """Whether a text of any length ends in a credit, or in other text that ends captions."""
    low = max(0, len(text) - _CREDIT_LENGTH)
    if any(pattern.search(text, low) for pattern in (_CREDIT, _STOPPED, _PUBLISHED, _IN_BRACKETS)):
        return True
    if len(text) > _LONGEST + 10:  # there are such captions, but their recognition would not be safe
        return False
    named = _NAMED.search(text) if len(text) <= _BRIEF and not _NO_CREDIT.search(text) else None
    return _BEHIND.search(text) is not None or (named is not None and not _SAYS.search(named[0]))


def _publisher(text: str) -> re.Match[str] | None:
    """Return the credit that names only a publisher, or in a short caption any name."""
    low = max(0, len(text) - _CREDIT_LENGTH)
    found = _PUBLISHED.search(text, low) or _IN_BRACKETS.search(text, low)
    if found is not None and (len(text) <= _SHORT or not re.search(_AGENCY, found[0])):
        return found
    if len(text) > _SHORT or text.count("。") != 1 or _NO_CREDIT.search(text):
        return None
    found = _TAIL.search(text, low)
    return None if found is None or _SAYS.search(found[0]) else found


def _shows_picture(text: str) -> bool:
    if text.count("。") > 1 or len(text) > _SINGLE:
        return False
    return _WHERE.search(text) is not None or (len(text) <= _SHORT and _SHOWN.match(text) is not None)
