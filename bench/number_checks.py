"""Measure quality and speed of the number checks: ``python bench/number_checks.py [--pairs TSV] [--ntrex DIR] ...``.

Right pairs are ``bench/data/number-pairs.tsv`` (our own, many with a wrong version), the pairs of a TSV file with the
columns ``source`` and ``en``, and the lines with a number of a clone of NTREX-128
(https://github.com/MicrosoftTranslator/NTREX). From each right pair, ``number_errors`` makes wrong pairs with every
kind of error that its text allows. Half of the errors (by the SHA-256 of pair and kind) may be used to improve the
checks; the other half may not.

It prints: for each kind of error the share that is found; the share of right pairs that are reported (false alarms);
the share of errors that are found while the right pair is not reported (paired); F1 over equal numbers of right and
wrong pairs; and the CPU time for a pair. For comparison it runs a check of equal digits, and the numbers check of
pofilter (Translate Toolkit).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from number_errors import ERRORS, damaged

from l10n_flow import checks
from l10n_flow.model import Block, BlockKind, Key, Role, State, Translation, Unit

OWN = Path(__file__).parent / "data" / "number-pairs.tsv"
RULES = tuple(rule for rule in checks.RULES if rule.id.startswith(("number-", "currency-")) and rule.default)
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千萬万億亿兩两半]")

Check = Callable[[str, str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A right translation, a wrong version if somebody wrote one, and a stable name."""

    id: str
    source: str
    target: str
    wrong: str = ""


@dataclass(slots=True)
class Score:
    """The results of a check for right and wrong pairs."""

    right: int = 0
    alarms: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    paired: int = 0
    seconds: float = 0.0
    judged: int = 0

    @property
    def recall(self) -> float:
        return sum(self.found.values()) / max(1, sum(self.made.values()))

    @property
    def false(self) -> float:
        return self.alarms / max(1, self.right)

    @property
    def f1(self) -> float:
        """F1 over equal numbers of right and wrong pairs."""
        return 2 * self.recall / (1 + self.recall + self.false)


def ours(source: str, target: str) -> frozenset[str]:
    """Return our rules on numbers that report a pair."""
    unit = Unit(source, Role.SENTENCE, source)
    translation = Translation(unit.key, target, State.TRANSLATED)
    block = Block(BlockKind.PARAGRAPH, (1,), (unit,))
    subject = checks.Subject("bench", "zh_Hant_HK", "en", (block,), {Key(None, source): translation})
    return frozenset(finding.rule for finding in checks.run(subject, rules=RULES))


def digits(source: str, target: str) -> frozenset[str]:
    """Whether the digit strings of both texts differ."""
    there, here = (set(re.findall(r"\d+", text.replace(",", ""))) for text in (source, target))
    return frozenset({"digits"}) if there != here else frozenset()


def pofilter() -> Check:
    """Return the numbers check of Translate Toolkit, as pofilter runs it."""
    from translate.filters import checks as filters  # noqa: PLC0415 - a peer, absent from the package
    from translate.storage import po  # noqa: PLC0415

    judge = filters.StandardChecker(limitfilters=["numbers"])

    def check(source: str, target: str) -> frozenset[str]:
        unit = po.pounit(source)
        unit.target = target
        return frozenset(judge.run_filters(unit))

    return check


def speed(pairs: Sequence[Pair]) -> Iterator[str]:
    """Measure the CPU time for a pair: our rules on numbers, all our rules, all of pofilter."""
    from translate.filters import checks as filters  # noqa: PLC0415
    from translate.storage import po  # noqa: PLC0415

    units = [po.pounit(pair.source) for pair in pairs]
    for unit, pair in zip(units, pairs, strict=True):
        unit.target = pair.target
    peer = filters.StandardChecker()
    every = checks.select_rules((), ())
    contenders: dict[str, Callable[[], object]] = {
        "number rules": lambda: checks.run(_document(pairs), rules=RULES),
        "all rules": lambda: checks.run(_document(pairs), rules=every),
        "pofilter, all its tests": lambda: [peer.run_filters(unit) for unit in units],
    }
    for name, run in contenders.items():
        start = time.process_time()
        run()
        yield f"{name}: {(time.process_time() - start) / len(pairs) * 1e6:.0f} µs of CPU a pair"


def _document(pairs: Sequence[Pair]) -> checks.Subject:
    units = [Unit(pair.source, Role.SENTENCE, pair.source) for pair in pairs]
    blocks = tuple(Block(BlockKind.PARAGRAPH, (1,), (unit,)) for unit in units)
    done = {
        unit.key: Translation(unit.key, pair.target, State.TRANSLATED) for unit, pair in zip(units, pairs, strict=True)
    }
    return checks.Subject("bench", "zh_Hant_HK", "en", blocks, done)


def own_pairs() -> Iterator[Pair]:
    for number, row in enumerate(_rows(OWN), 1):
        yield Pair(f"own {number}", row["source"], row["target"], row["wrong"])


def file_pairs(path: Path) -> Iterator[Pair]:
    for number, row in enumerate(_rows(path), 1):
        yield Pair(row.get("id") or f"{path.name} {number}", row["source"], row["en"])


def ntrex_pairs(folder: Path) -> Iterator[Pair]:
    """Return the lines of NTREX-128 with a number, for Taiwan, Hong Kong and the Mainland."""
    english = (folder / "NTREX-128" / "newstest2019-src.eng.txt").read_text("utf-8").splitlines()
    for name in ("zho-TW", "yue", "zho-CN"):
        chinese = (folder / "NTREX-128" / f"newstest2019-ref.{name}.txt").read_text("utf-8").splitlines()
        for number, (source, target) in enumerate(zip(chinese, english, strict=True), 1):
            if _NUMBER.search(source):
                yield Pair(f"{name} {number}", source, target)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def is_unseen(key: str) -> bool:
    """Whether an error belongs to the half that must not be used for development."""
    return hashlib.sha256(key.encode()).digest()[-1] % 2 == 1


def measure(check: Check, pairs: Sequence[Pair], *, unseen: bool) -> Score:
    """Run a check on right pairs and on one half of the wrong pairs."""
    score = Score()
    start = time.process_time()
    for pair in pairs:
        told = check(pair.source, pair.target)
        score.right += 1
        score.alarms += bool(told)
        score.rules.update(told)
        for kind, wrong in _wrong(pair, unseen=unseen):
            score.made[kind] += 1
            score.judged += 1
            if check(pair.source, wrong):
                score.found[kind] += 1
                score.paired += not told
    score.judged += score.right
    score.seconds = time.process_time() - start
    return score


def _wrong(pair: Pair, *, unseen: bool) -> Iterator[tuple[str, str]]:
    for error in ERRORS:
        key = f"{pair.id} {error.kind}"
        if is_unseen(key) is unseen and (wrong := damaged(pair.target, error, key)) is not None:
            yield error.kind, wrong
    if pair.wrong:
        yield "written by hand", pair.wrong


def table(scores: dict[str, Score]) -> Iterator[str]:
    """Return the scores as a Markdown table with a row for each kind of error."""
    first = next(iter(scores.values()))
    yield "| | errors | " + " | ".join(scores) + " |"
    yield "|---|--:|" + "--:|" * len(scores)
    for kind in [*(error.kind for error in ERRORS), "written by hand"]:
        if first.made[kind]:
            shares = (_percent(score.found[kind] / score.made[kind]) for score in scores.values())
            yield f"| {kind} | {first.made[kind]} | {' | '.join(shares)} |"
    paired = {name: score.paired / max(1, sum(score.made.values())) for name, score in scores.items()}
    yield (
        f"| **found** | {sum(first.made.values())} | "
        + " | ".join(_percent(one.recall) for one in scores.values())
        + " |"
    )
    yield "| **found, and the right twin not reported** | | " + " | ".join(map(_percent, paired.values())) + " |"
    yield (
        f"| **right pairs reported** | {first.right} | "
        + " | ".join(_percent(one.false) for one in scores.values())
        + " |"
    )
    yield "| **F1** | | " + " | ".join(f"{one.f1:.3f}" for one in scores.values()) + " |"
    yield (
        "| µs of CPU a pair | | "
        + " | ".join(f"{one.seconds / one.judged * 1e6:.0f}" for one in scores.values())
        + " |"
    )


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, help="a TSV file with the columns source and en")
    parser.add_argument("--ntrex", type=Path, help="a clone of NTREX-128")
    parser.add_argument("--unseen", action="store_true", help="the half of the errors that nobody looks at")
    options = parser.parse_args()
    sets = {"our own pairs": list(own_pairs())}
    if options.pairs:
        sets[options.pairs.name] = list(file_pairs(options.pairs))
    if options.ntrex:
        sets["NTREX-128"] = list(ntrex_pairs(options.ntrex))
    contenders: dict[str, Check] = {"l10n-flow": ours, "digit strings": digits, "pofilter numbers": pofilter()}
    for name, pairs in sets.items():
        scores = {contender: measure(check, pairs, unseen=options.unseen) for contender, check in contenders.items()}
        print(f"\n{name}, {'unseen' if options.unseen else 'seen'} errors\n")
        print("\n".join(table(scores)))
        told = scores["l10n-flow"].rules
        print("\n" + "\n".join(speed(pairs)))
        print("\nright pairs reported by rule: " + (", ".join(f"{rule} {n}" for rule, n in told.items()) or "none"))


if __name__ == "__main__":
    main()
