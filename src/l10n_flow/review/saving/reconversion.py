"""What the converter makes of one unit where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from l10n_flow.editing import Conversion
from l10n_flow.model import Key
from l10n_flow.project import LocaleConfig, OpenProject, first_conversions


def conversions_of(loader: OpenProject, locale: LocaleConfig, document: str, unit: str) -> Mapping[Key, Conversion]:
    """Convert the units of a document whose id begins so, as ``convert`` does: one, or none that is there now.

    It looks for the source and reads it: do not call it while the document's lock is held.

    Raises:
        L10nFlowError: when the source, or what the locale is converted with, cannot be read.
    """
    loader.renew()
    converter = loader.converter(locale)
    if converter is None:
        return {}
    sources = loader.sources((document,))
    found: dict[Key, Conversion] = {}
    for source in sources.found:
        loaded = loader.document(source, sources.overrides_of(source)).document
        wanted = {each.key for each in loaded.units() if each.key.digest.startswith(unit)}
        for key, text in first_conversions(loaded, converter, wanted):
            found[key] = Conversion(text, converter.name)
    return found
