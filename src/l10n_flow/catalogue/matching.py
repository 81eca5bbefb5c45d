"""Fuzzy matching of new units with vanished ones: which new sentence is the edit of which old one.

Only vanished units are candidates; an unchanged unit is never a predecessor, however similar it is. Pairs are one to
one, best first. The score is symmetric in old and new. Of two pairs with equal scores that share a unit, the text of
the other unit decides, so that an undone edit pairs the same units in reverse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from l10n_flow.model import Key

_CUTOFF = 0.6
_SHORT = 12
_PLACE_BONUS = 0.25
#: Above this many pairs only those that share a rare bigram are compared.
_ALL_PAIRS = 40_000
_RAREST = 6
_CANDIDATES = 40


class Placed(NamedTuple):
    """A unit between its neighbours (None at either end of the document)."""

    key: Key
    before: Key | None
    after: Key | None


def place(order: Sequence[Key], wanted: Iterable[Key]) -> list[Placed]:
    """Return the wanted keys of a sequence, each with its neighbours."""
    chosen = set(wanted)
    return [
        Placed(key, order[i - 1] if i else None, order[i + 1] if i + 1 < len(order) else None)
        for i, key in enumerate(order)
        if key in chosen
    ]


def match(vanished: Sequence[Placed], new: Sequence[Placed]) -> dict[Key, Key]:
    """Pair new keys with vanished ones: new key to vanished key, one to one.

    Two texts match when their similarity (1 - normalised Indel distance, rapidfuzz's ``ratio``) is at least 0.6. Short
    texts (up to 12 characters) between the same neighbours as before get a bonus of 0.25, because one changed character
    is a large part of a byline.
    """
    if not vanished or not new:
        return {}
    from rapidfuzz import fuzz  # noqa: PLC0415  # start-up: most runs have nothing to match

    scored: list[tuple[float, str, str, Key, Key]] = []
    for old, fresh in _candidates(vanished, new):
        if old.key.context != fresh.key.context and old.key.source != fresh.key.source:
            continue
        bonus = _bonus(old, fresh)
        score = fuzz.ratio(old.key.source, fresh.key.source, score_cutoff=100 * (_CUTOFF - bonus)) / 100
        if score:  # 0 below the cutoff
            scored.append((-score - bonus, old.key.source, fresh.key.source, old.key, fresh.key))
    scored.sort(key=lambda item: item[:3])
    pairs: dict[Key, Key] = {}
    taken: set[Key] = set()
    for *_, gone, come in scored:
        if gone not in taken and come not in pairs:
            pairs[come] = gone
            taken.add(gone)
    return pairs


def _bonus(old: Placed, new: Placed) -> float:
    if max(len(old.key.source), len(new.key.source)) > _SHORT:
        return 0.0
    return _PLACE_BONUS if old.before == new.before and old.after == new.after else 0.0


def _candidates(vanished: Sequence[Placed], new: Sequence[Placed]) -> Iterable[tuple[Placed, Placed]]:
    if len(vanished) * len(new) <= _ALL_PAIRS:
        return ((old, fresh) for old in vanished for fresh in new)
    return _bigram_candidates(vanished, new)


def _bigram_candidates(vanished: Sequence[Placed], new: Sequence[Placed]) -> Iterable[tuple[Placed, Placed]]:
    """Return for each new unit the vanished ones that share most of its rarest bigrams; linear in practice."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, old in enumerate(vanished):
        for gram in _bigrams(old.key.source):
            postings[gram].append(number)
    for fresh in new:
        grams = (gram for gram in _bigrams(fresh.key.source) if gram in postings)
        rarest = sorted(grams, key=lambda gram: (len(postings[gram]), gram))
        counts: dict[int, int] = defaultdict(int)
        for gram in rarest[:_RAREST]:
            for number in postings[gram][: _CANDIDATES * 4]:
                counts[number] += 1
        for number in sorted(counts, key=lambda n: -counts[n])[:_CANDIDATES]:
            yield vanished[number], fresh


def _bigrams(text: str) -> list[str]:
    """Return each pair of adjacent characters once, in the order of the text, not in the order of a set."""
    return list(dict.fromkeys(text[i : i + 2] for i in range(len(text) - 1))) or [text]
