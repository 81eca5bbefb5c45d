"""Measure the recognition of block kinds: ``python bench/kinds.py FOLDER`` with the archive for ``articles.py``.

It prints precision and recall of captions and headings against the markup, blocks that are joined although the markup
separates them, and the reported breaks. For headings it leaves out bold lines, which most often are headings that their
author did not mark, and paragraphs that are marked as headings.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from articles import Article, Marked, sample

from l10n_flow import documents
from l10n_flow.model import NoticeKind

#: A longer text marked as a heading is a paragraph in large type.
SET_LARGE = 60
#: The judgement of a person on a sample of recognised headings.
JUDGED = {
    (path, int(line)): kind
    for path, line, kind in (
        row.split("\t")
        for row in (Path(__file__).parent / "headings.tsv").read_text(encoding="utf-8").splitlines()
        if not row.startswith("#")
    )
}


@dataclass(slots=True)
class Tally:
    """The counts of all articles."""

    counts: Counter[str] = field(default_factory=Counter)
    #: ``what: path:line: text`` of each error, for ``--errors``.
    errors: list[str] = field(default_factory=list)

    def add(self, article: Article) -> None:
        """Count one article."""
        document = documents.parse(article.text.encode(), path=article.path)
        of_line = article.kinds()
        kinds = [block.kind for block in article.blocks]
        found: dict[str, set[int]] = {"title": set(), "caption": set(), "heading": set()}
        lines = article.text.split("\n")
        for block in document.blocks:
            where = f"{article.path}:{block.lines[0]}: {lines[block.lines[0] - 1]}"
            covered = sorted({of_line[line] for line in block.lines})
            if len(covered) > 1:
                self.counts["joined"] += len(covered) - 1
                self.errors.append(f"joined: {where}")
            if (kind := block.kind.value) in found:
                found[kind].add(covered[0])
                self._say(kind, kinds[covered[0]], where)
            if kind == "heading" and (judged := JUDGED.get((article.path, block.lines[0]))):
                self.counts["judged"] += 1
                self.counts["judged right"] += judged == "heading"
        self._miss(article, found)
        self.counts["blocks"] += len(kinds)
        self.counts["pairs"] += sum(kinds[i] == kinds[i + 1] == "other" for i in range(len(kinds) - 1))
        for notice in document.notices:
            self.counts[notice.kind.value] += 1
            if notice.kind is NoticeKind.SUSPICIOUS_BREAK:
                self.counts["reported captions"] += kinds[of_line[notice.line]] == "caption"
                self.errors.append(f"reported: {article.path}:{notice.line}: {notice.message}")

    def _say(self, kind: str, marked: str, where: str) -> None:
        self.counts[f"{kind} said"] += 1
        self.counts[f"{kind} right"] += marked == kind
        self.counts[f"{kind} said, marked {marked}"] += 1
        if marked != kind:
            self.errors.append(f"false {kind}: {where}")

    def _miss(self, article: Article, found: Mapping[str, set[int]]) -> None:
        for index, block in enumerate(article.blocks):
            if block.kind in found:
                self.counts[f"{block.kind} there"] += 1
                self.counts[f"{block.kind} found"] += index in found[block.kind]
                if block.kind == "heading" and not _is_paragraph(block):
                    self.counts["brief there"] += 1
                    self.counts["brief found"] += index in found["heading"]
                if index not in found[block.kind]:
                    self.errors.append(f"missed {block.kind}: {article.path}: {' / '.join(block.lines)}")

    def report(self) -> Iterable[str]:
        """Return the figures, one on each line."""
        count = self.counts
        yield f"{count['articles']} articles, {count['blocks']} blocks"
        for kind in ("title", "caption", "heading"):
            yield (
                f"{kind:<20} P {_share(count[f'{kind} right'], count[f'{kind} said'])}"
                f"   R {_share(count[f'{kind} found'], count[f'{kind} there'])}"
            )
        unbold = count["heading said"] - count["heading said, marked bold"]
        yield f"heading, not bold    P {_share(count['heading right'], unbold)}"
        yield f"{'heading, no sentence':<37}R {_share(count['brief found'], count['brief there'])}"
        yield f"heading, by eye      P {_share(count['judged right'], count['judged'])}"
        yield f"joined blocks        {count['joined']} ({count['pairs']} pairs of prose)"
        yield f"repaired breaks      {count['repaired-break']}"
        yield f"reported breaks      {count['suspicious-break']}, of captions {count['reported captions']}"


def _is_paragraph(block: Marked) -> bool:
    """Whether a heading of the markup is a paragraph of one or more sentences in large type."""
    text = "".join(block.lines)
    return "。" in text or len(text) > SET_LARGE


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole if whole else 0:6.2f} % ({part} of {whole})"


def main(arguments: Sequence[str]) -> None:
    if not arguments:
        raise SystemExit(__doc__)
    tally = Tally()
    for article in sample(Path(arguments[0])):
        tally.add(article)
        tally.counts["articles"] += 1
    sys.stdout.write("\n".join(tally.report()) + "\n")
    if "--errors" in arguments:
        sys.stdout.write("\n".join(tally.errors) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
