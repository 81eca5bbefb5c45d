"""markdown-it-py set up for what documentation and articles are written in, and its block tokens one block at a time.

CommonMark with tables, strikethrough, footnotes, containers (``:::``), definition lists, mathematics, and the indented
blocks of Python-Markdown (``!!! note "Title"``, ``??? note``, ``=== "Tab"``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

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


def blocks(source: str, env: dict[str, Any]) -> Iterator[list[Token]]:
    """The tokens of a text, those of one top-level block after the other, inline ones not looked into.

    Args:
        source: its lines end in LF.
        env: takes up the definitions of links, complete when all blocks have been given.
    """
    parser = markdown_it()
    rules = parser.block.ruler.getRules("")
    state = StateBlock(source, parser, env, [])
    line = 0
    while True:
        state.line = line = state.skipEmptyLines(line)
        if line >= state.lineMax:
            return
        for rule in rules:
            if rule(state, line, state.lineMax, False):
                break
        line = state.line
        yield state.tokens
        state.tokens = []


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
