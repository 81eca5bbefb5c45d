"""The review page's own words, in three languages; those that every page needs come from ``pages.words``.

``words.tsv`` has one line for each: its id, English, Traditional, Simplified; ``{n}`` and the like are filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from l10n_flow.locales import script
from l10n_flow.pages.words import words as page_words
from l10n_flow.scripts import is_chinese

#: What the script says; it finds these words in the page.
SCRIPT_WORDS = (
    "characters", "words", "saving", "no_network", "not_saved", "no_more", "draft_restored", "draft_offered",
    "lost_gone", "merged", "merge_by_hand", "insert_none", "unsaved", "changed_card", "approve_shown_n",
)  # fmt: skip

Say = Callable[..., str]


def _tables() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("words.tsv").read_text("utf-8")
    head, *rows = (line.split("\t") for line in text.splitlines())
    return {name: {row[0]: row[column] for row in rows} for column, name in enumerate(head) if column}


TABLES = _tables()


@cache
def words(locale: str) -> Mapping[str, str]:
    """Every word of the page in a locale; English where it is neither Chinese nor English."""
    name = ("zh_Hans" if script(locale) == "Hans" else "zh_Hant") if is_chinese(locale) else "en"
    return {**page_words(locale)[0], **TABLES[name]}


def speaker(locale: str) -> Say:
    """Return what the templates call: ``say(id, n=3)`` is the word in this locale with its places filled in.

    It raises KeyError for an id that the table does not have.
    """
    return partial(_say, words(locale))


def _say(table: Mapping[str, str], word: str, /, **values: object) -> str:
    text = table[word]
    return text.format(**values) if values else text


def known(say: Say, word: str, other: str = "") -> str:
    """The word for something that may have none, such as a role or an action: then ``other``, or its id."""
    try:
        return say(word)
    except KeyError:
        return other or word
