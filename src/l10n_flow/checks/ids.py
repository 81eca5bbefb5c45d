"""The ids of all rules, so that a configuration with ids is read without the rules."""

from __future__ import annotations

from collections.abc import Iterable

from l10n_flow.errors import ConfigError

_IDS = """
    merge-conflict untranslated fuzzy stale source-copied han-in-target traditional-in-simplified target-script
    target-language source-script quotes-unbalanced placeholder-mismatch url-mismatch email-mismatch
    markup-mismatch number-mismatch number-percent number-missing number-magnitude currency-mismatch
    number-extra number-identical end-punctuation edge-blank invisible-character tool-leftover subtitle-length
    subtitle-speed conversion-doubt regional-word source-spelling ignore-unused
"""
#: In the order of ``table.RULES``.
IDS = tuple(_IDS.split())


def require_known(ids: Iterable[str]) -> None:
    """Refuse unknown ids of rules, for example in ``[checks.severity]``.

    Raises:
        ConfigError: for an unknown id; the message has the nearest known one.
    """
    for unknown in (one for one in ids if one not in IDS):
        from difflib import get_close_matches  # noqa: PLC0415 - only for the message

        near = get_close_matches(unknown, IDS, 1, cutoff=0)[0]
        raise ConfigError(f"there is no check called {unknown!r}; did you mean {near!r}?")
