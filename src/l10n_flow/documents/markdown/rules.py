"""The inline rules of CommonMark and of footnotes, which note the place of everything they read.

markdown-it-py keeps no columns. Each rule is run as it is, and what it has read is noted in ``env["found"]``; emphasis
is known only when the whole text has been read, and is found again by its tokens, which learn where they stand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from markdown_it.rules_inline import StateInline

from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode

Rule = Callable[[StateInline, bool], bool]
_TITLED = re.compile(r"\]\(\s*(?:<[^<>\n]*>|[^\s<]\S*)\s+[\"'(]", re.DOTALL)


class AnyReference(dict[str, Any]):
    """Stands for definitions that are elsewhere: a full reference ``[text][label]`` is a link whatever its label.

    Attributes:
        wanted: whether the link that is read now is such a reference.
    """

    wanted = False

    def get(self, label: str, default: Any = None) -> Any:
        return {"href": f"[{label}]", "title": ""} if self.wanted else default


def noting(own: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules of a parser, by name, as rules that note what they read."""
    return {
        "newline": _newline(own["newline"]),
        "escape": _noted(own["escape"], _escape),
        "backticks": _backticks(own["backticks"]),
        "strikethrough": _delimiters(own["strikethrough"]),
        "emphasis": _delimiters(own["emphasis"]),
        "link": _link(own["link"], "["),
        "image": _link(own["image"], "!["),
        "footnote_inline": _footnote(own["footnote_inline"]),
        "footnote_ref": _noted(own["footnote_ref"], _reference),
        "autolink": _noted(own["autolink"], _address),
        "entity": _noted(own["entity"], _entity),
    }


def note(state: StateInline, code: InlineCode) -> None:
    """Note what a rule has read."""
    state.env["found"].append(code)


def standing(start: int, end: int, kind: CodeKind, value: str, text: str = "") -> InlineCode:
    """A code that stands for itself."""
    return InlineCode(start, end, CodeRole.STANDALONE, kind, value, text)


def _noted(rule: Rule, code_of: Callable[[str, int, int], InlineCode | None]) -> Rule:
    def noted(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start = state.pos
        found = rule(state, silent)
        if found and not silent and (code := code_of(state.src, start, state.pos)):
            note(state, code)
        return found

    return noted


def _escape(text: str, start: int, end: int) -> InlineCode | None:
    if text.startswith("\n", start + 1):
        return standing(start, end, CodeKind.BREAK, "\n")
    if end - start != 2 or not text[start + 1].isascii() or text[start + 1].isalnum():
        return None
    return standing(start, end, CodeKind.CHARACTER, text[start + 1], text[start + 1])


def _entity(text: str, start: int, end: int) -> InlineCode:
    return standing(start, end, CodeKind.CHARACTER, text[start:end], html.unescape(text[start:end]))


def _reference(text: str, start: int, end: int) -> InlineCode:
    return standing(start, end, CodeKind.NOTE, text[start:end])


def _address(text: str, start: int, end: int) -> InlineCode:
    return standing(start, end, CodeKind.LINK, text[start + 1 : end - 1], OBJECT)


def _newline(rule: Rule) -> Rule:
    def newline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        at = start = state.pos
        found = rule(state, silent)
        if found and not silent:
            while start and state.src[start - 1] == " ":
                start -= 1
            if at - start > 1:
                note(state, standing(start, state.pos, CodeKind.BREAK, "\n"))
        return found

    return newline


def _backticks(rule: Rule) -> Rule:
    def backticks(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent and len(state.tokens) > before and state.tokens[-1].type == "code_inline":
            note(state, standing(start, state.pos, CodeKind.CODE, state.tokens[-1].content, OBJECT))
        return found

    return backticks


def _delimiters(rule: Rule) -> Rule:
    """Each token of a run of marks learns where it stands."""

    def delimiters(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start = state.pos
        found = rule(state, silent)
        if found and not silent:
            at, number = state.pos, len(state.tokens)
            while at > start:
                number -= 1
                at -= len(state.tokens[number].content)
                state.tokens[number].meta["at"] = at
        return found

    return delimiters


def _link(rule: Rule, sign: str) -> Rule:
    kind = CodeKind.LINK if sign == "[" else CodeKind.IMAGE

    def link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start, text = state.pos, state.src
        if not text.startswith(sign, start):
            return False
        end = state.md.helpers.parseLinkLabel(state, start + len(sign) - 1, sign == "[")
        if end < 0 or not _is_known(state, text, end):
            return False
        before = len(state.tokens)
        if not rule(state, silent):
            return False
        if silent:
            return True
        stop = state.pos
        made = next(token for token in state.tokens[before:] if token.type in {"link_open", "image"})
        address = str(made.attrGet("href") or made.attrGet("src") or "")
        note(state, InlineCode(start, start + len(sign), CodeRole.OPENING, kind, address))
        middle = _TITLED.match(text, end, stop) if made.attrGet("title") else None
        if middle is not None:
            note(state, standing(end, middle.end(), kind, "title"))
            end = (
                len(text[:stop].rstrip(" \t\n)")) - 1
                if text[middle.end() - 1] != "("
                else text.rindex(")", 0, stop - 1)
            )
        note(state, InlineCode(end, stop, CodeRole.CLOSING, kind, address))
        return True

    return link


def _is_known(state: StateInline, text: str, end: int) -> bool:
    """Whether a label can be that of a link; without the document's definitions it must say where it leads."""
    references = state.env["references"]
    if not isinstance(references, AnyReference):
        return True
    references.wanted = text.startswith("][", end)
    return text.startswith(("](", "]["), end) and not text.startswith("][]", end)


def _footnote(rule: Rule) -> Rule:
    def footnote(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start = state.pos
        found = rule(state, silent)
        if found and not silent:
            note(state, InlineCode(start, start + 2, CodeRole.OPENING, CodeKind.NOTE, "^[]"))
            note(state, InlineCode(state.pos - 1, state.pos, CodeRole.CLOSING, CodeKind.NOTE, "^[]"))
        return found

    return footnote
