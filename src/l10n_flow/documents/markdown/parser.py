"""markdown-it-py set up for what documentation and articles are written in, and its block tokens one by one.

CommonMark with tables, strikethrough, footnotes, containers (``:::``), definition lists, mathematics, and the indented
blocks of Python-Markdown (``!!! note "Title"``, ``??? note``, ``=== "Tab"``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

#: How many blocks may stand inside one another; what is deeper is skeleton.
_DEEPEST = 100
CONTAINER = "container"
DIRECTIVE = "directive"
_DIRECTIVE = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+\S|===[!+]?[ \t]+[\"']")
_INDENT = 4
#: So many tokens are kept before they are given away, and so many of the last ones then.
_MANY, _UNFINISHED = 1000, 8


@cache
def markdown_it() -> MarkdownIt:
    """The parser; it keeps nothing of what it has read."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    footnote_plugin(parser, move_to_end=False, always_match_refs=True)
    container_plugin(parser, CONTAINER, validate=lambda *_: True)
    deflist_plugin(parser)
    dollarmath_plugin(parser)  # of it the blocks alone: inline.py has a rule of its own for sums of money beside it
    parser.block.ruler.before("fence", DIRECTIVE, _directive, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return parser


class _Streaming(StateBlock):
    """Gives its tokens away while it reads, so that a long table or list is not kept: no rule needs old ones.

    A rule fills in a token after it has pushed it; the last ones are kept until others follow.
    """

    take: Callable[[Token], None]

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        if len(self.tokens) > _MANY:
            self.give(_UNFINISHED)
        return super().push(ttype, tag, nesting)

    def give(self, kept: int) -> None:
        """Give all tokens away but for the last ones."""
        end = len(self.tokens) - kept
        for token in self.tokens[:end]:
            self.take(token)
        del self.tokens[:end]


def read_blocks(source: str, env: dict[str, Any], take: Callable[[Token], None]) -> None:
    """Read the blocks of a text, inline ones not looked into.

    Args:
        source: its lines end in LF.
        env: takes up the definitions of links.
        take: is given each token, in order.
    """
    parser = markdown_it()
    rules = parser.block.ruler.getRules("")
    state = _Streaming(source, parser, env, [])
    state.take = take
    line = 0
    while True:
        state.line = line = state.skipEmptyLines(line)
        if line >= state.lineMax:
            return
        for rule in rules:
            if rule(state, line, state.lineMax, False):
                break
        line = state.line
        state.give(0)


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it
    """An indented block of Python-Markdown and its extensions, under a line that says what it is."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or _DIRECTIVE.match(state.src, begin, state.eMarks[start]) is None:
        return False
    if silent:
        return True
    indent, parent, limit = state.blkIndent, state.parentType, state.lineMax
    state.blkIndent = state.sCount[start] + _INDENT
    last = start + 1
    while last < end and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent):
        last += 1
    while state.isEmpty(last - 1):
        last -= 1
    token = state.push(f"{DIRECTIVE}_open", "div", 1)
    token.map, token.info = [start, last], state.src[begin : state.eMarks[start]]
    state.parentType, state.lineMax = DIRECTIVE, last
    state.md.block.tokenize(state, start + 1, last)
    state.push(f"{DIRECTIVE}_close", "div", -1)
    state.blkIndent, state.parentType, state.lineMax = indent, parent, limit
    state.line = last
    return True
