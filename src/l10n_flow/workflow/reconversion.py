"""What the converter makes of one unit where it stands."""

from __future__ import annotations

from l10n_flow.config import LocaleConfig, Project
from l10n_flow.errors import SourceError
from l10n_flow.model import Key
from l10n_flow.workflow.converters import converter_of
from l10n_flow.workflow.documents import discover, load_document
from l10n_flow.workflow.editing import Conversion


def conversion_of(project: Project, locale: LocaleConfig, document: str, key: Key) -> Conversion | None:
    """Convert a unit in its first block, as ``convert`` does; None when the locale is not converted.

    Raises:
        SourceError: when the document has no such unit any more, or cannot be read.
    """
    converter = converter_of(project, locale)
    if converter is None:
        return None
    sources = discover(project, (document,))
    for source in sources.found:
        for block in load_document(project, source, sources.overrides).blocks:
            keys = [unit.key for unit in block.units]
            if key in keys:
                texts = converter.convert_block([each.source for each in keys])
                return Conversion(texts[keys.index(key)], converter.name)
    raise SourceError("the source does not hold this unit any more; run: l10n-flow sync")
