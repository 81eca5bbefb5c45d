"""What the converter makes of one unit where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from l10n_flow.editing import Conversion
from l10n_flow.model import Key
from l10n_flow.project import LocaleConfig, Project
from l10n_flow.project.converters import converter_of, first_conversions
from l10n_flow.project.sources import discover, load_document


def conversions_of(project: Project, locale: LocaleConfig, document: str, unit: str) -> Mapping[Key, Conversion]:
    """Convert the units of a document whose id begins so, as ``convert`` does: one, or none that is there now.

    It looks for the source and reads it, so it is no work for who holds the document's lock.

    Raises:
        L10nFlowError: when the source, or what the locale is converted with, cannot be read.
    """
    converter = converter_of(project, locale)
    if converter is None:
        return {}
    sources = discover(project, (document,))
    found: dict[Key, Conversion] = {}
    for source in sources.found:
        loaded = load_document(project, source, sources.overrides)
        wanted = {each.key for each in loaded.units() if each.key.digest.startswith(unit)}
        for key, text in first_conversions(loaded, converter, wanted):
            found[key] = Conversion(text, converter.name)
    return found
