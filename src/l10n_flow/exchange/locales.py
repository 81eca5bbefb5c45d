"""Find the language of an exchange file that matches a wanted locale."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(wanted: str, languages: Iterable[str]) -> str | None:
    """Return the language that equals the wanted locale, else one of the same language; None when none fits.

    For ``zh_Hant_HK`` the order is ``zh-Hant-HK``, ``zh-HK``, ``ZH-TW``, ``zh``: the most similar first.
    """
    parts = _parts(wanted)
    fitting = [language for language in languages if parts and _parts(language)[:1] == parts[:1]]
    return max(fitting, key=lambda language: len(set(_parts(language)) & set(parts)), default=None)


def _parts(language: str) -> list[str]:
    return [part for part in language.lower().replace("-", "_").split("_") if part]
