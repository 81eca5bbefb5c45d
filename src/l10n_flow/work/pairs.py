"""``check --bilingual``: check the pairs of a bilingual file, without a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n_flow import checks, conversion, exchange, scripts
from l10n_flow.exchange import BilingualPair
from l10n_flow.locales import script
from l10n_flow.model import Block, BlockKind, Finding, Key, Role, Severity, State, Translation, Unit


@dataclass(frozen=True, slots=True)
class PairFinding:
    """A finding, and the 1-based number of its pair."""

    row: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class PairsResult:
    """The findings of a bilingual file, in file order, and the number of pairs that were checked."""

    findings: tuple[PairFinding, ...]
    pairs: int

    def failed(self, level: Severity) -> bool:
        """Whether a finding has at least the severity ``level``."""
        return any(each.finding.severity.rank >= level.rank for each in self.findings)


def check_pairs(
    path: Path, source_locale: str = "", locale: str = "", *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> PairsResult:
    """Run the rules over the pairs of a file, one after the other; only the findings stay in memory.

    Args:
        path: a file in one of ``exchange.FORMATS``.
        source_locale: the locale of the source; "": the one in the file, or ``zh_Hant_HK``.
        locale: the locale of the translations; "": the one in the file, or ``en``.
        select: the ids of the rules to run; empty: those that are on by default.
        ignore: the ids of rules that do not run.

    Raises:
        ConfigError: for an unknown rule.
        SourceError: as ``exchange.read_pairs``.
    """
    rules = checks.select_rules(select, ignore)
    findings: list[PairFinding] = []
    pairs = 0
    for pair in exchange.read_pairs(path, source_locale, locale):
        pairs += 1
        findings += [PairFinding(pair.row, finding) for finding in _found(path, pair, rules)]
    return PairsResult(tuple(findings), pairs)


def _found(path: Path, pair: BilingualPair, rules: Sequence[checks.Rule]) -> Iterator[Finding]:
    key = Key(pair.context, pair.source)
    state = pair.state or (State.TRANSLATED if pair.target else State.UNTRANSLATED)
    unit = Unit(pair.source, Role.SENTENCE, pair.source, context=pair.context)
    subject = checks.Subject(
        document=path.name,
        source_locale=pair.source_locale.replace("-", "_"),
        locale=pair.locale.replace("-", "_"),
        blocks=(Block(BlockKind.PARAGRAPH, (pair.line,), (unit,)),),
        translations={key: Translation(key, pair.target, state, line=pair.line)},
        traditional=conversion.traditional_spans if scripts.is_simplified(pair.locale) else None,
        script=script(pair.locale),
        chinese=conversion.script_of if script(pair.locale) == "Hant" else None,
    )
    yield from checks.run(subject, rules=rules)
