"""Decide by script and function words whether a text is in a language already.

Function words (``the``, ``of``, ``dans``) are the most frequent words of a language and differ between languages; they
occur in sentences on any subject (Grefenstette 1995, "Comparing two language identification schemes"). No library is
needed, so the result is the same in every clone; ``languages`` judges more languages, but needs a library.
"""

from __future__ import annotations

import re
from functools import cache

from l10n_flow import scripts, writing
from l10n_flow.locales import script

_WORDS = {
    "de": "aber als am an auch auf aus bei bis das dass dem den der des die durch ein eine einem einen einer eines er"
    " es für hat ich ihr im in ist kann mit nach nicht noch nur oder sein sich sie sind so um und uns von vor war was"
    " wenn werden wie wir wird zu zum zur über",
    "en": "a about after all also an and are as at be because been but by can could did do for from had has have he her"
    " his how if in into is it its more not of on one or our out she so some than that the their them then there these"
    " they this to up was we were what when which who will with would you your",
    "es": "a al como con de del desde dos el ella ellos en entre era es esta este está fue ha hay la las le lo los"
    " más muy no nos o para pero por que se ser si sin sobre son su sus también tiene un una y ya",
    "fr": "au aux avec ce ces cette dans de des du elle en est et il ils je la le les leur lui mais ne nous ont ou où"
    " par pas plus pour qu que qui sa se ses si son sont sur un une vous à été être",
    "id": "ada adalah akan atau bagi bahwa dalam dan dari dengan di ia ini itu juga kami karena ke kepada lebih mereka"
    " oleh pada para saya sebagai sudah telah tidak untuk yang",
    "it": "a al alla anche che ci come con da dal dalla dei del della delle di e gli ha i il in io la le lo ma nel"
    " nella non o per perché più questa questo se si sono su un una è",
    "ms": "ada adalah akan atau bagi bahawa dalam dan daripada dari dengan di ia ini itu juga kami kerana ke kepada"
    " lebih mereka oleh pada para saya sebagai sudah telah tidak untuk yang",
    "nl": "aan al als bij dat de der die dit door een en er haar had heeft het hij ik in is maar meer met naar niet nog"
    " of om ook op te tot uit van voor was we wel werd wordt ze zijn zo",
    "pt": "a ao aos as com como da das de do dos e ela ele em entre era esta este está foi há isso mais mas na nas no"
    " nos não o os ou para pela pelo por que se sem ser seu sua são também um uma à é",
    "tl": "ako ang at ay ba hindi isang ito ka kanilang kanyang ko kung lang mga may mo na naman nang ng ni nila nito"
    " niya pa para pero sa siya si tayo",
    "vi": "bị bởi các có của cho cũng còn do đã để đến đó được không khi là lại một mà này những như nhưng người"
    " ở ra rất sẽ sau tại thì trong trên từ và vào về với",
}  # fmt: skip
_SETS = {name: frozenset(words.split()) for name, words in _WORDS.items()}
#: Languages so similar that a text of one counts as a text of the other.
_NEAR = {"id": "ms", "ms": "id", "fil": "tl"}
#: The least number of words of a text that is judged; the least number and share of its function words.
_ENOUGH_WORDS, _ENOUGH_HITS, _SHARE = 4, 2, 0.2
#: The least number of letters of a text that is judged, in a script of one language.
_ENOUGH_LETTERS = 10
#: Scripts that are used by only one language among those of publishers.
_ONE_LANGUAGE = {
    "el": "Grek", "ka": "Geor", "hy": "Armn", "km": "Khmr", "lo": "Laoo", "my": "Mymr", "th": "Thai", "ko": "Kore",
    "ja": "Jpan", "ta": "Taml", "te": "Telu", "kn": "Knda", "ml": "Mlym", "si": "Sinh", "pa": "Guru", "gu": "Gujr",
    "or": "Orya", "he": "Hebr", "bo": "Tibt", "am": "Ethi",
}  # fmt: skip
_APOSTROPHES = re.compile("[’']")


def judged(locale: str) -> bool:
    """Whether this module can recognise the language of a locale."""
    language = scripts.language(locale)
    return _NEAR.get(language, language) in _SETS or _ONE_LANGUAGE.get(language) == script(locale)


def is_written_in(text: str, locale: str, source_locale: str) -> bool:
    """Whether a source text is in the target language already.

    False for a text with a letter of another script, and for a text that is too short, such as a name or a number.

    Args:
        text: the source of a unit.
        locale: the target locale.
        source_locale: the source locale of the project.
    """
    language = scripts.language(locale)
    if language == scripts.language(source_locale):
        return False
    own = writing.parts(script(locale))
    plain = writing.without_markup(text)
    if "HAN" not in own and scripts.has_han(plain):  # nearly every unit: told without counting its letters
        return False
    letters = writing.counted(plain)
    if not letters or not own.issuperset(letters):
        return False
    if _ONE_LANGUAGE.get(language) == script(locale):
        # Japanese and Korean share Han with the source: there must be enough letters of their own scripts.
        alone = sum(number for name, number in letters.items() if name not in _parts(source_locale))
        return alone >= _ENOUGH_LETTERS and alone * 3 >= sum(letters.values())
    return _most_like(writing.words(plain)) in {language, _NEAR.get(language)}


@cache
def _parts(locale: str) -> frozenset[str]:
    return writing.parts(script(locale))


def _most_like(words: list[str]) -> str:
    """Return the language with enough function words in a text, and more than any other language; "" if none."""
    pieces = [piece for word in words for piece in _APOSTROPHES.split(word.casefold()) if piece]
    if len(pieces) < _ENOUGH_WORDS:
        return ""
    hits = {name: sum(piece in known for piece in pieces) for name, known in _SETS.items()}
    best = max(hits, key=hits.__getitem__)
    rivals = [name for name in hits if name not in {best, _NEAR.get(best)}]
    enough = hits[best] >= max(_ENOUGH_HITS, _SHARE * len(pieces))
    return best if enough and all(hits[name] < hits[best] for name in rivals) else ""
