"""The corrections of the default profile: where OpenCC's dictionaries do not give what a Mainland editor would write.

They are rows of ``data/corrections.tsv``, in ordinary Traditional. In a chain that ends in Simplified they become words
of the last stage, where the longest word wins, whether it is OpenCC's or a correction. They also become words of the
segmentation and of the stages before, which do not change them. Other chains do not change.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion import readings
from l10n_flow.conversion.dictionaries import Chain, Dictionary, Stage, union
from l10n_flow.conversion.matching import convert
from l10n_flow.conversion.rows import DATA, exceptions, rows_of

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
#: The dictionaries of words that convert the spelling of a region to OpenCC's own spelling.
_VARIANTS = re.compile(r"^\w+VariantsRevPhrases$")


class Correction(NamedTuple):
    """One row.

    Attributes:
        before: a word or a character in ordinary Traditional.
        after: the result, except where a longer word has another one.
        unless: longer words that contain ``before`` and are converted by the dictionaries.
        reason: the rule and its source.
    """

    before: str
    after: str
    unless: tuple[str, ...]
    reason: str


@cache
def read() -> tuple[Correction, ...]:
    """Return the corrections, in the order of the file.

    Raises:
        ValueError: when a row does not have the form described at the head of the file: an error in this package.
    """
    return parse((DATA / "corrections.tsv").read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Correction, ...]:
    """Return the corrections of a file's text.

    Raises:
        ValueError: when a row does not have four columns, has no reason, has an exception that does not contain its
            word, or occurs twice.
    """
    return rows_of(text, _row)


def _row(number: int, columns: list[str]) -> Correction:
    if len(columns) != 4 or not all((columns[0], columns[1], columns[3])):
        raise ValueError(f"line {number}: from, to, unless and reason are wanted, with a tab between them: {columns}")
    before, after, unless, reason = columns
    return Correction(before, after, exceptions(number, before, unless), reason)


def amend(chain: Chain) -> Chain:
    """Return a chain with the corrections; the same chain if its last stage does not convert into Simplified.

    ``trace`` names the rows "corrections", and the exceptions "exceptions". It takes about 100 ms: cache the result.
    """
    if not _is_amended(chain):
        return chain
    rows, kept = _spelt_out(chain)
    return _with(_without_readings(_within_the_table(chain)), (Dictionary(NAME, rows), Dictionary(KEPT, kept)))


def _is_amended(chain: Chain) -> bool:
    """Whether corrections apply to a chain: its last stage writes Simplified."""
    return _CHARACTERS in (part.name for part in chain.stages[-1])


def _spelt_out(chain: Chain) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the words that the rows add to a chain, and the exceptions."""
    chain = _within_the_table(chain)
    rows = Dictionary(NAME, {row.before: row.after for row in read()})
    kept = Dictionary(KEPT, dict(_exceptions(chain)))
    chain = _without_readings(chain)
    once = _with(chain, (rows, kept))
    results = {word for word in once.stages[-1][0].entries.values() if len(word) > 1}
    settled = {word: word for word in sorted(results) if convert(once, word) != word}
    return rows.entries, settled | dict(kept.entries)


def _within_the_table(chain: Chain) -> Chain:
    """Return a chain without the simplified forms that are not in 通用规范汉字表 2013, and in few fonts.

    According to the table, a character outside it is not simplified by analogy. ``t2s``, the conversion for texts of
    any age, keeps the forms of OpenCC's extended dictionary: OpenCC's test cases require them.
    """
    last = tuple(_standard(part) for part in chain.stages[-1] if part.name != _BEYOND or len(chain.stages) == 1)
    return dataclasses.replace(chain, stages=(*chain.stages[:-1], last))


def _without_readings(chain: Chain) -> Chain:
    """Return a chain without phrases that only decide an ambiguous character: all words around it decide that."""
    if chain.name.endswith("p"):
        return chain  # it first writes words of another region, and OpenCC finds their borders by its phrases
    *before, last = chain.stages
    single = {char: after for part in reversed(last) for char, after in part.entries.items() if len(char) == 1}
    return dataclasses.replace(chain, stages=(*before, tuple(_unread(part, single) for part in last)))


def _unread(part: Dictionary, single: Mapping[str, str]) -> Dictionary:
    ambiguous = readings.read()

    def reads(word: str, after: str) -> bool:
        pairs = list(zip(word, after, strict=False))
        return (
            len(word) == len(after) > 1
            and all(now == single.get(char, char) or char in ambiguous for char, now in pairs)
            and any(char in ambiguous for char in word)
        )

    entries = {word: after for word, after in part.entries.items() if part.name != _PHRASES or not reads(word, after)}
    return dataclasses.replace(part, entries=entries)


def _standard(part: Dictionary) -> Dictionary:
    if part.name != _CHARACTERS:
        return part
    entries = {char: char if is_rare(after) else after for char, after in part.entries.items()}
    return dataclasses.replace(part, entries=entries)


def is_rare(char: str) -> bool:
    """Whether a simplified form is not in 通用规范汉字表 2013: no conversion except ``t2s`` writes it."""
    return any(not "\u4e00" <= each <= "\u9fff" and each not in _STANDARD_BEYOND for each in char)


def _exceptions(chain: Chain) -> Iterator[tuple[str, str]]:
    """Yield the exceptions as the last stage converts them; not those that OpenCC has in earlier stages' spelling."""
    before = dataclasses.replace(chain, segmentation=(), stages=chain.stages[:-1])
    last = dataclasses.replace(chain, segmentation=(), stages=chain.stages[-1:])
    phrases = {word for part in chain.stages[-1] if part.name == _PHRASES for word in part.entries}
    for word in (word for row in read() for word in row.unless):
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
    """Return an earlier stage that does not change our words, so that the last stage finds them as written."""
    return tuple(_together(words, (part,)) if _VARIANTS.search(part.name) else part for part in stage)


def _amended(last: Stage, added: Stage) -> Stage:
    """Return the last stage: our words and the phrases are one dictionary, the rest does not change."""
    phrases = tuple(part for part in last if part.name == _PHRASES)
    return (_together(added, phrases), *(part for part in last if part.name != _PHRASES))


def _together(added: Stage, others: Stage) -> Dictionary:
    """Return one dictionary, so that the longest word of all wins; each word keeps its origin."""
    origins = {word: part.name for part in reversed(added) for word in part.entries}
    name = others[0].name if others else NAME
    return dataclasses.replace(union((*added, *others)), name=name, origins=origins)
