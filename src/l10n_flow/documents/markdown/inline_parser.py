"""markdown-it-py's inline parser set up to say what it reads where: codes, and not HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from l10n_flow.documents.markdown import markup, rules
from l10n_flow.documents.markdown.rules import Rule
from l10n_flow.documents.segmentation.flow import CJK
from l10n_flow.inline import CodeKind, CodeRole, InlineCode

#: With what each rule begins; what begins with none is text.
_SIGNS = {
    "newline": "\n",
    "shortcode": "{$[",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "jsx": "<",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
#: Where text ends: at those, and at the end of a label.
_ANY_SIGN = re.compile(r"[\n!$&*<\[\]\\^_`{~]")
_DELIMITER = re.compile(r"[*_~]")
_PAIRED = {"em": CodeKind.EMPHASIS, "strong": CodeKind.STRONG, "s": CodeKind.STRUCK}
#: Stands for any text between codes: what it says is not asked.
_TEXT = Token("text", "", 0)


def found_codes(text: str, references: Mapping[str, Any] | None) -> list[InlineCode]:
    """What the rules read in a text, ascending.

    Args:
        text: of a unit, or the lines of a paragraph.
        references: the definitions of the document's links; None: not known.
    """
    parser, found = _parser(), list[InlineCode]()
    env = {"references": rules.AnyReference() if references is None else references, "found": found, "absent": set()}
    state = _State(text, parser, env, [])
    parser.inline.tokenize(state)
    if _DELIMITER.search(text):
        for rule in parser.inline.ruler2.getRules(""):
            rule(state)
        found += _emphasis(state)
    found.sort()
    return found


def _emphasis(state: StateInline) -> list[InlineCode]:
    found = []
    for token in state.tokens:
        at = token.meta.get("at") if token.meta else None
        name, _, side = token.type.rpartition("_")
        if at is not None and name in _PAIRED:
            opens = side == "open"
            start = at - 1 if name == "strong" and opens else at
            role = CodeRole.OPENING if opens else CodeRole.CLOSING
            found.append(InlineCode(start, start + len(token.markup), role, _PAIRED[name]))
    return found


@cache
def _parser() -> MarkdownIt:
    parser = _Recording("commonmark", {"maxNesting": 40}).enable("strikethrough").disable("fragments_join")
    inline = parser.inline = _Inline(parser.inline)
    footnote_plugin(parser, move_to_end=False, always_match_refs=True)
    ruler = inline.ruler
    for name, rule in rules.noting({rule.name: rule.fn for rule in ruler.__rules__}).items():
        ruler.at(name, rule)
    ruler.at("html_inline", markup.tag)
    ruler.before("escape", "shortcode", markup.shortcode)
    ruler.before("autolink", "jsx", markup.jsx)
    inline.settled()
    return parser


class _Recording(MarkdownIt):
    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return _normalized(url)


@lru_cache(2000)
def _normalized(url: str) -> str:
    return normalizeLink(url)


class _Inline(ParserInline):
    """Asks at each place only the rules of the sign that stands there.

    Args:
        made: the parser it takes the place of, whose rules it has.
    """

    def __init__(self, made: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2 = made.ruler, made.ruler2
        self._by_sign: dict[str, list[Rule]] = {}

    def settled(self) -> None:
        """Take note of the rules when the last one has been added."""
        active = zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True)
        for name, rule in active:
            for sign in _SIGNS.get(name, ""):
                self._by_sign.setdefault(sign, []).append(rule)

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:  # noqa: ARG002
        """What is in the words of an image or of a note in the text is not asked."""
        return tokens

    def tokenize(self, state: StateInline) -> None:
        """As the class does it."""
        deepest = state.md.options["maxNesting"]
        while state.pos < state.posMax:
            start = state.pos
            if not self._read(state, self._by_sign if state.level < deepest else {}, silent=False):
                state.pending = state.src[start : state.pos]  # whether there is text, and how it ends
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """As the class does it."""
        start = state.pos
        if start in state.cache:
            state.pos = state.cache[start]
        elif state.level < state.md.options["maxNesting"]:
            state.level += 1
            self._read(state, self._by_sign, silent=True)
            state.level -= 1
        else:
            state.pos = state.posMax + 1
        state.cache[start] = state.pos

    @staticmethod
    def _read(state: StateInline, by_sign: Mapping[str, list[Rule]], *, silent: bool) -> bool:
        """Read what stands at a place; whether it was something else than text."""
        here = by_sign.get(state.src[state.pos])
        if here is None:
            found = _ANY_SIGN.search(state.src, state.pos + 1, state.posMax)
            state.pos = found.start() if found else state.posMax
            return False
        for rule in here:
            if rule(state, silent):
                return True
        state.pos += 1
        return False


class _State(StateInline):
    """Reads emphasis beside Chinese marks as it is meant: 說**「好。」**然後.

    CommonMark takes a delimiter between a word and a punctuation mark for one that cannot open (or close) there; Han
    has no spaces to tell words apart. The rule is that of the CJK-friendly amendment which several renderers follow:
    a CJK character beside a delimiter counts as a space does.
    """

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it's name
        """A text comes between codes."""
        self.tokens.append(_TEXT)
        self.pending = ""
        return _TEXT

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 - markdown-it's names
        found = super().scanDelims(start, canSplitWord)
        before, after = self.src[start - 1 : start], self.src[start + found.length : start + found.length + 1]
        if (found.can_open and found.can_close) or not before.strip() or not after.strip():
            return found
        is_beside_cjk = CJK.match(before) is not None or CJK.match(after) is not None
        if not is_beside_cjk or self.src[start] == "_":
            return found
        return Scanned(can_open=True, can_close=True, length=found.length)
