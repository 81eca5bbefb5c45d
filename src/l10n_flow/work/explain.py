"""``convert --explain``: the changes of a conversion in each unit, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n_flow.conversion import Change
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Document, Key
from l10n_flow.project import Failure, LocaleConfig, OpenProject, Project, block_codes


@dataclass(frozen=True, slots=True)
class Explained:
    """One unit and the changes made by its conversion, in order; none when its text does not change."""

    document: str
    locale: str
    key: Key
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ExplainResult:
    """The units of the documents, each once for each derived locale; and the documents that could not be read."""

    units: tuple[Explained, ...]
    failures: tuple[Failure, ...] = ()


def explain(project: Project, names: Sequence[str] = (), locales: Sequence[str] = ()) -> ExplainResult:
    """Explain the conversion of the present sources of documents; catalogues are neither read nor written.

    Raises:
        ConfigError: for an unknown locale.
    """
    chosen = project.chosen(locales)
    opened = OpenProject(project)
    sources = opened.sources(names)
    units: list[Explained] = []
    failures = list(sources.failures)
    for source in sources.found:
        try:
            document = opened.document(source, sources.overrides_of(source)).document
            for locale in chosen:
                units += _units(opened, source.name, document, locale)
        except L10nFlowError as error:
            failures.append(Failure(source.name, error))
    return ExplainResult(tuple(units), tuple(failures))


def _units(opened: OpenProject, name: str, document: Document, locale: LocaleConfig) -> Iterator[Explained]:
    converter = opened.converter(locale)
    seen: set[Key] = set()
    for block in document.blocks if converter else ():
        assert converter is not None
        texts = [unit.text for unit in block.units]
        explained = converter.explain_block(texts, block_codes(document, block))
        for unit, found in zip(block.units, explained, strict=True):
            if unit.key not in seen:
                seen.add(unit.key)
                yield Explained(name, locale.id, unit.key, tuple(found))
