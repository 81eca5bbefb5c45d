"""Check that everything that must not be translated is kept: placeholders, tags, addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, reduce

from l10n_flow import scripts
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet
from l10n_flow.checks.script import listed
from l10n_flow.messages import Message
from l10n_flow.model import Fix, Severity, Span

#: Items found in a text: the value for the comparison, and the span.
MarkupItems = list[tuple[str, Span]]

# Only unambiguous printf directives: no digit before (20%d), no space flag (20% of), and no letter after (%dog).
# Repetitions are bounded, so that the time is linear for every text.
_PLACEHOLDER = re.compile(
    r"""
      \{\{[^{}]{1,80}\}\}                                            # {{ name }}
    | \{%[^{}%]{1,80}%\}                                             # {% tag %}
    | [$%\#]\{[^{}\s]{1,80}\}                                        # ${name} %{name} #{name}
    | \{(?:[A-Za-z_][\w.\[\]]{0,60}|[0-9]{0,4})(?:![rsa])?(?::[^{}]{0,20})?\}  # {name} {0} {0:.2f} {}
    | %\([A-Za-z_]\w{0,60}\)[-+#\ 0]{0,4}[0-9]{0,4}(?:\.[0-9]{1,4})?[A-Za-z]   # %(name)s
    | (?<![%0-9０-９])%(?:[0-9]{1,2}\$)?[-+#0]{0,4}[0-9]{0,3}(?:\.[0-9]{1,3})?(?:hh?|ll?|[Lqjzt])?
      [diouxXeEfFgGcsu@](?![A-Za-z0-9_])                             # %s %1$s %.2f %d
    | </?(?P<tag>[A-Za-z][A-Za-z0-9-]{0,40})(?:\s[^<>]{0,300})?/?>   # <a href="…"> </a> <br/>
    """,
    re.VERBOSE | re.ASCII,
)
# Only the characters of RFC 3986, because Chinese text may follow an address without a space.
_URL = re.compile(
    r"(?:https?|ftp)://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+|(?<![A-Za-z0-9_.@/-])www\.[A-Za-z0-9\-._~:/?#@&=%+]+",
    re.IGNORECASE,
)
_BRACKETS = {"(": ")", "[": "]"}
_IN_URL = re.compile(r"[()\[\]]|(?:https?|ftp)://|(?<![A-Za-z0-9_.@/-])www\.", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", re.ASCII
)


def placeholder_mismatch(sheet: Sheet) -> Iterator[Problem]:
    """Find placeholders and tags whose number differs between source and target."""
    for pair in sheet.translated:
        source, target = pair.source, pair.target
        if any(mark in source or mark in target for mark in "{%<") and source != target:
            yield from differences(sheet, pair, placeholders(source), placeholders(target))


def url_mismatch(sheet: Sheet) -> Iterator[Problem]:
    """Find web addresses whose number differs between source and target; language editions of a page are equal."""
    edition = edition_of(scripts.language(sheet.subject.source_locale), scripts.language(sheet.subject.locale))
    for pair in sheet.translated:
        source, target = pair.source, pair.target
        if ("://" in source or "://" in target or "www." in source or "www." in target) and source != target:
            there, here = urls(source), urls(target)
            if editions_of(there, edition) != editions_of(here, edition):
                for problem in differences(sheet, pair, there, here):
                    yield _without_source_edition(problem, edition)


def email_mismatch(sheet: Sheet) -> Iterator[Problem]:
    """Find e-mail addresses whose number differs between source and target."""
    for pair in sheet.translated:
        if ("@" in pair.source or "@" in pair.target) and pair.source != pair.target:
            yield from differences(sheet, pair, emails(pair.source), emails(pair.target))


def placeholders(text: str) -> MarkupItems:
    """Return every placeholder and tag; tags are compared by name, because an attribute may be translated."""
    if "://" in text:  # %d in an address is an escaped byte
        text = _URL.sub(lambda match: "\0" * len(match[0]), text)
    return [(_placeholder(match), Span(*match.span())) for match in _PLACEHOLDER.finditer(text)]


def urls(text: str) -> MarkupItems:
    """Return every web address, without the punctuation of the sentence around it."""
    found: MarkupItems = []
    for match in _URL.finditer(text):
        for start, end in _unbracketed(text, match):
            url = text[start:end].rstrip(".,;:!?'*")
            found.append((_normal_url(url), Span(start, start + len(url))))
    return found


def emails(text: str) -> MarkupItems:
    return [(match[0].lower(), Span(*match.span())) for match in _EMAIL.finditer(text)]


def _placeholder(match: re.Match[str]) -> str:
    tag = match["tag"]
    if tag is None:
        return match[0]
    return f"</{tag.lower()}>" if match[0].startswith("</") else f"<{tag.lower()}>"


def _unbracketed(text: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Split a match into addresses: an address ends at a bracket that it did not open, and another one may follow."""
    start: int | None = match.start()
    depths = dict.fromkeys(_BRACKETS.values(), 0)
    for each in _IN_URL.finditer(text, match.start(), match.end()):
        sign = each[0]
        if start is None:
            if sign not in depths and sign not in _BRACKETS:
                start, depths = each.start(), dict.fromkeys(depths, 0)
        elif sign in _BRACKETS:
            depths[_BRACKETS[sign]] += 1
        elif sign in depths:
            depths[sign] -= 1
            if depths[sign] < 0:
                yield start, each.start()
                start = None
    if start is not None:
        yield start, match.end()


def _normal_url(url: str) -> str:
    scheme, mark, rest = url.rpartition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{path}".rstrip("/")


def differences(sheet: Sheet, pair: Pair, source: MarkupItems, target: MarkupItems) -> Iterator[Problem]:
    missing, extra = _without(source, target), _without(target, source)
    if not missing and not extra:
        return
    there, here = missing[0][1] if missing else None, extra[0][1] if extra else None
    yield Problem(
        pair, _difference_message(missing, extra), there, here, _mended(sheet.subject.locale, pair, missing, extra)
    )


def _mended(locale: str, pair: Pair, missing: MarkupItems, extra: MarkupItems) -> tuple[Fix, ...]:
    """Return a fix that replaces an extra item by the missing one, or adds it at the end as in the source."""
    if len(missing) != 1 or len(extra) > 1:
        return ()
    value, span = missing[0]
    text = pair.source[span.start : span.end]
    if extra:
        return (Fix(extra[0][1], text),) if _are_alike(value, extra[0][0]) else ()
    end, last = len(pair.target), pair.target[-1:]
    if span.start > 0 and span.end == len(pair.source) and (last.isalnum() or last in (":", "：")):
        return (Fix(Span(end, end), f"{_gap(locale, pair.source, span)}{text}"),)
    return ()


def _are_alike(one: str, other: str) -> bool:
    """Whether both items are tags with the same name or the same role (``</b>``), or neither is a tag."""
    if not one.startswith("<") or not other.startswith("<"):
        return one.startswith("<") == other.startswith("<")
    return one.strip("</>") == other.strip("</>") or one.startswith("</") == other.startswith("</")


def _gap(locale: str, source: str, span: Span) -> str:
    """Return the separator before an item at the end: none before a tag, else that of the locale or the source."""
    if source.startswith("<", span.start):
        return ""
    return " " if scripts.writes_spaces(locale) or source[span.start - 1].isspace() else ""


def _without_source_edition(problem: Problem, edition: re.Pattern[str]) -> Problem:
    """Return the problem without fixes that would link to the source's own language edition of a page."""
    span = problem.source_span
    if span and edition.search(problem.pair.source[span.start : span.end]):
        return problem._replace(fixes=())
    return problem


def _difference_message(missing: MarkupItems, extra: MarkupItems) -> Message:
    parts = [Message("missing in the translation: {names}", names=_named(missing))] if missing else []
    parts += [Message("not in the source: {names}", names=_named(extra))] if extra else []
    return reduce(_both, parts)


def _both(first: Message, second: Message) -> Message:
    return Message("{first}; {second}", first=first, second=second)


def _without(these: MarkupItems, those: MarkupItems) -> MarkupItems:
    """Return the multiset difference, in order; of equal items the last ones are left."""
    spare = Counter(value for value, _ in these)
    spare.subtract(value for value, _ in those)
    rest = []
    for value, span in reversed(these):
        if spare[value] > 0:
            spare[value] -= 1
            rest.append((value, span))
    return rest[::-1]


@lru_cache
def edition_of(*languages: str) -> re.Pattern[str]:
    """Return a pattern of a page's language in an address: a host label or a path segment (tc, sc, en, chi, eng)."""
    known = "|".join(map(re.escape, languages))
    tags = rf"(?:{known})(?:[-_](?:[a-z]{{2}}|han[st])){{0,2}}"
    return re.compile(rf"(?<=[/.=])(?:tc|sc|chi|eng|cht|chs|{tags})(?=[/.?#&]|$)", re.IGNORECASE)


def editions_of(found: MarkupItems, edition: re.Pattern[str]) -> Counter[str]:
    return Counter(edition.sub("*", value) for value, _ in found)


def _named(found: MarkupItems) -> str:
    return listed(value for value, _ in found)


RULES = (
    Rule(
        "placeholder-mismatch",
        Severity.ERROR,
        Message("placeholders or tags differ from the source"),
        placeholder_mismatch,
        reads_codes=True,
    ),
    Rule(
        "url-mismatch",
        Severity.ERROR,
        Message("web addresses differ from the source"),
        url_mismatch,
        reads_codes=True,
    ),
    Rule(
        "email-mismatch",
        Severity.ERROR,
        Message("e-mail addresses differ from the source"),
        email_mismatch,
        reads_codes=True,
    ),
)
