"""The corrections of the default profile: where OpenCC's dictionaries do not write what a Mainland editor would.

They are rows of ``data/corrections.tsv``, written in ordinary Traditional. A chain that ends in Simplified gets them as
words of its last stage, where the longest word wins, whether it is OpenCC's or a correction, and as words of its
segmentation and of the stages before, which leave them as they are. Other chains are left alone.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from l10n_flow.conversion.dictionaries import DATA, Chain, Dictionary, Stage, union
from l10n_flow.conversion.matching import convert
from l10n_flow.conversion.rows import exceptions, rows_of

NAME, KEPT = "corrections", "exceptions"
_PHRASES, _BEYOND, _CHARACTERS = "TSPhrases", "TSCharactersExt", "TSCharacters"
#: The characters of 通用规范汉字表 2013 outside the Unicode block U+4E00–9FFF.
_STANDARD_BEYOND = frozenset(
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖"
    "䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃"
    "𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟"
    "𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮"
    "𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
#: Words that keep the last character of whatever row ends in it: 結帳 and 結帳篷, 名份 and 簽名份數.
_KEPT_AFTER = {
    "帳": ("帳篷", "帳棚", "帳幕", "帳幔", "帳蓬", "帳子"),
    "著": ("著名", "著作", "著者", "著述", "著稱"),
    "份": ("份數", "份額", "份工"),
    "筆劃": ("劃破", "劃在", "劃線", "劃時代", "劃過", "劃出", "劃開", "劃傷", "劃掉", "劃去", "劃上", "劃下"),
    "標": ("標語", "標牌", "標本", "標記", "標價", "標籤"),
}
#: The reason of rows that are a verb and its particle.
_VERB = "verb and particle"
#: What a row begins with that holds only behind another row, where that would give way to a longer word.
_FOLLOWS = "…"
#: The dictionaries of words that bring the spelling of a region to OpenCC's own.
_VARIANTS = re.compile(r"^\w+VariantsRevPhrases$")


class Correction(NamedTuple):
    """One row.

    Attributes:
        before: a word or a character in ordinary Traditional.
        after: what it becomes wherever no longer word says otherwise.
        unless: longer words with ``before`` in them that keep what the dictionaries give.
        reason: the rule and where it is written.
    """

    before: str
    after: str
    unless: tuple[str, ...]
    reason: str


@cache
def read() -> tuple[Correction, ...]:
    """The corrections that hold wherever their word stands, in the order of the file.

    A verb and its particle is none of them, unless the verb's last character makes a word with 著 (結|合著): 看|著名.

    Raises:
        ValueError: when a row is not as the head of the file says, which is a fault of this package.
    """
    words = next(row.unless for row in _file() if row.before == "著")
    rows = (row for row in _file() if not row.before.startswith(_FOLLOWS))
    return tuple(row for row in rows if not row.reason.startswith(_VERB) or row.before[-2:] in words)


@cache
def verbs() -> Mapping[str, tuple[str, ...]]:
    """The verbs with their particle, and before which words 著 is none even so: 看著, 畫著 but 畫著作."""
    return {row.before: row.unless for row in _file() if row.reason.startswith(_VERB)}


@cache
def governed() -> Mapping[str, tuple[str, ...]]:
    """What 著 stands before as a particle behind a verb only, and the longer words before which it does not: 著名牌."""
    rows = (row._replace(before=row.before.removeprefix(_FOLLOWS)) for row in _file() if row.before[0] == _FOLLOWS)
    return {row.before: row.unless for row in rows if row.before.startswith("著")}


@cache
def _file() -> tuple[Correction, ...]:
    return parse((DATA / "corrections.tsv").read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Correction, ...]:
    """The corrections of a file's text; those that only follow a row keep the mark they begin with.

    Raises:
        ValueError: when a row has not four columns, gives no reason, has an exception that does not contain its word,
            or comes twice.
    """
    return rows_of(text, _row)


def _row(number: int, columns: list[str]) -> Correction:
    if len(columns) != 4 or not all((columns[0], columns[1], columns[3])):
        raise ValueError(f"line {number}: from, to, unless and reason are wanted, with a tab between them: {columns}")
    before, after, unless, reason = columns
    return Correction(before, after, exceptions(number, before.removeprefix(_FOLLOWS), unless), reason)


def amend(chain: Chain, words: tuple[Mapping[str, str], Mapping[str, str]] | None = None) -> Chain:
    """A chain with the corrections in it; the same chain when its last stage does not convert into Simplified.

    ``trace`` names the rows "corrections", the words they leave alone "exceptions".

    Args:
        chain: OpenCC's.
        words: what :func:`spelt_out` gave for it, if it is known.
    """
    if not is_amended(chain):
        return chain
    rows, kept = words or spelt_out(chain)
    return _with(_within_the_table(chain), (Dictionary(NAME, rows), Dictionary(KEPT, kept)))


def is_amended(chain: Chain) -> bool:
    """Whether corrections apply to a chain: its last stage writes Simplified."""
    return _CHARACTERS in (part.name for part in chain.stages[-1])


def spelt_out(chain: Chain) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The words that the rows add to a chain, and those they leave alone. Takes some 100 ms: keep the result."""
    chain = _within_the_table(chain)
    rows = Dictionary(NAME, {row.before: row.after for row in read()})
    kept = Dictionary(KEPT, dict(_exceptions(chain)))
    once = _with(chain, (rows, kept))
    results = {word for word in once.stages[-1][0].entries.values() if len(word) > 1}
    settled = {word: word for word in sorted(results) if convert(once, word) != word}
    followed, given_up = _followed(chain)
    return followed | dict(rows.entries), given_up | settled | dict(kept.entries)


def _within_the_table(chain: Chain) -> Chain:
    """A chain without the simplified forms that 通用规范汉字表 2013 does not have, which few fonts have either.

    By the table, a character outside it is not simplified by analogy. ``t2s``, the conversion for texts of any age,
    keeps those of OpenCC's extended dictionary: its cases want them there.
    """
    last = tuple(_standard(part) for part in chain.stages[-1] if part.name != _BEYOND or len(chain.stages) == 1)
    return dataclasses.replace(chain, stages=(*chain.stages[:-1], last))


def _standard(part: Dictionary) -> Dictionary:
    if part.name != _CHARACTERS:
        return part
    entries = {char: char if _is_rare(after) else after for char, after in part.entries.items()}
    return dataclasses.replace(part, entries=entries)


def _is_rare(char: str) -> bool:
    return any(not "\u4e00" <= each <= "\u9fff" and each not in _STANDARD_BEYOND for each in char)


class _Meeting(NamedTuple):
    """A row, something before it, and a word that begins with the row's last character: 描|寫著|稱.

    Attributes:
        head: what stands before the word, 描寫.
        word: the word, 著稱.
    """

    head: str
    word: str


@cache
def _meetings() -> tuple[_Meeting, ...]:
    """Where a row does not hold, since a longer word begins with its last character."""
    found = ((row, word) for row in read() if len(row.before) > 1 for word in (*row.unless, *_ruled(row)))
    places = ((word, word.index(row.before) + len(row.before) - 1) for row, word in found)
    return tuple(_Meeting(word[:at], word[at:]) for word, at in places if at < len(word) - 1)


def _ruled(row: Correction) -> Iterator[str]:
    """The exceptions of a row that follow from its last character."""
    found = (words for ending, words in _KEPT_AFTER.items() if row.before.endswith(ending))
    return (row.before[:-1] + word for words in found for word in words)


@cache
def _following() -> Mapping[str, tuple[Correction, ...]]:
    """The longer rows that begin with a word of a meeting: 著稱呼 with 著稱, without their mark."""
    words = {meeting.word for meeting in _meetings()}
    found: dict[str, list[Correction]] = {word: [] for word in words}
    for row in (row._replace(before=row.before.removeprefix(_FOLLOWS)) for row in _file()):
        for word in (row.before[:end] for end in range(2, len(row.before))):
            if word in words:
                found[word].append(row)
    return {word: tuple(rows) for word, rows in found.items() if rows}


def _followed(chain: Chain) -> tuple[dict[str, str], dict[str, str]]:
    """What a meeting becomes when the row holds after all, since a still longer row begins there: 描寫著|稱呼.

    And what it becomes where that longer row has an exception.
    """
    last = cache(partial(convert, dataclasses.replace(chain, segmentation=(), stages=chain.stages[-1:])))
    held: dict[str, str] = {}
    given_up: dict[str, str] = {}
    for head, word in _meetings():
        for row in _following().get(word, ()):
            held[head + row.before] = last(head) + row.after
            longer = (each for each in row.unless if each.startswith(row.before))
            given_up |= {head + each: last(head) + last(each) for each in longer}
    return held, given_up


def _exceptions(chain: Chain) -> Iterator[tuple[str, str]]:
    """The exceptions as the last stage converts them, without those that OpenCC has as the stages before spell them."""
    before = dataclasses.replace(chain, segmentation=(), stages=chain.stages[:-1])
    last = dataclasses.replace(chain, segmentation=(), stages=chain.stages[-1:])
    phrases = {word for part in chain.stages[-1] if part.name == _PHRASES for word in part.entries}
    for word in (word for row in read() for word in (*row.unless, *_ruled(row))):
        spelt = convert(before, word)
        if spelt == word or spelt not in phrases:
            yield word, convert(last, word)


def _with(chain: Chain, added: Stage) -> Chain:
    words = tuple(Dictionary(part.name, {word: word for word in part.entries if len(word) > 1}) for part in added)
    return dataclasses.replace(
        chain,
        segmentation=(_together(words, chain.segmentation),) if chain.segmentation else (),
        stages=(*(_sparing(stage, words) for stage in chain.stages[:-1]), _amended(chain.stages[-1], added)),
    )


def _sparing(stage: Stage, words: Stage) -> Stage:
    """A stage before the last that leaves our words to the last, which knows them as they are written."""
    return tuple(_together(words, (part,)) if _VARIANTS.search(part.name) else part for part in stage)


def _amended(last: Stage, added: Stage) -> Stage:
    """The last stage: our words and the phrases are one dictionary, the rest is as it was."""
    phrases = tuple(part for part in last if part.name == _PHRASES)
    return (_together(added, phrases), *(part for part in last if part.name != _PHRASES))


def _together(added: Stage, others: Stage) -> Dictionary:
    """One dictionary, so that the longest word of any wins, whose words still say where they are from."""
    origins = {word: part.name for part in reversed(added) for word in part.entries}
    name = others[0].name if others else NAME
    return dataclasses.replace(union((*added, *others)), name=name, origins=origins)
