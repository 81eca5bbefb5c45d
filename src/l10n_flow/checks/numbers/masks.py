"""Hide text whose digits are not numbers: addresses, tags, placeholders, codes such as COVID-19 and 9880.HK."""

from __future__ import annotations

import re
from collections.abc import Iterable

from l10n_flow.model import Span

#: Letters directly after digits that do not make a code.
_ATTACHED = """
k m mn mln mil bn b bln tn trn t hundred thousand million billion trillion st nd rd th s am pm km kg g mm cm ft
mph kph kmh in lb lbs oz ml l kw mw gw kwh mwh gwh gb mb tb mbps hz mhz ghz ha p c f x yr yrs hr hrs min mins
sec pc bps sq pts ns ms
"""
ATTACHED = frozenset(_ATTACHED.split())

_MARKUP = re.compile(
    r"https?://[^\s，。）」]+|www\.[^\s，。）」]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
    r"|</?[a-z]\w*[^<>]{0,200}>|\{\{?[^{}]{0,60}\}\}?|\$\{[^{}]{0,60}\}|(?<![\d%])%(?:\(\w+\)|\d+\$)?[sdif]|&#?\w+;",
    re.IGNORECASE,
)
_MARKUP_HINT = re.compile(r"[@<{&]|//|www|%[\dsdif(]")
# A stock code, a version, letters with digits. Letters of a currency or a unit are left to the readers.
_CODE = re.compile(
    r"(?<![A-Za-z\d])(?!(?:HK|US|NT)\$|(?:HKD|USD|RMB|CNY|EUR|GBP|MOP|JPY|TWD|NTD|AUD|Rs|No|no|Nos)\.?\d)"
    r"(?:[A-Za-z]++|(?!(?:Mid|Pre|Post|Under|Over|Sub|Non|Top|Late|Early|Mid)-)[A-Z][A-Za-z]*[-–])(?>\d[\dA-Za-z]*(?:[-–.][\dA-Za-z]+)*)(?!%)"
    r"|(?<![\d.,])\d+\.(?:HK|SH|SZ|US|SS|TW|T)\b"
    r"|(?<![\d.,])\d+(?:\.\d+){2,}(?!\d)"
)
# Digits with letters after them: 3D, 747s; units are left to the readers, but 5G is a generation, not a weight.
_FIGURED = re.compile(r"(?<![A-Za-z\d.,])(?:[2-6]G(?![A-Za-z])|\d+(?:\.\d+)?([A-Za-z]+)\d*(?![A-Za-z]))")
#: A fast test: very few texts contain a code, and all of them match this pattern.
_CODE_HINT = re.compile(r"[A-Za-z][-–]?\d|\d\.?[A-Za-z]|\d\.\d+\.")


def blanked(text: str, spans: Iterable[Span] = ()) -> str:
    """Replace markup and the text in ``spans`` by spaces; all positions stay the same."""
    if _MARKUP_HINT.search(text):
        text = _MARKUP.sub(_blank, text)
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def without_codes(text: str) -> str:
    """Replace every character of a code by a special mark."""
    if not _CODE_HINT.search(text):
        return text
    return _FIGURED.sub(_without_figured, _CODE.sub(_hidden, text))


def _without_figured(match: re.Match[str]) -> str:
    return match[0] if match[1] and match[1].lower() in ATTACHED else _hidden(match)


def _hidden(match: re.Match[str]) -> str:
    return "¤" * len(match[0])


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
