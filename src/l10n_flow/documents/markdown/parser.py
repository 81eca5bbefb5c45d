"""markdown-it-py set up for what documentation and articles are written in, and its block tokens one by one.

CommonMark with tables, strikethrough, footnotes, containers (``:::``), definition lists, mathematics, and the indented
blocks of Python-Markdown (``!!! note "Title"``, ``??? note``, ``=== "Tab"``).
"""

from __future__ import annotations

import re
from array import array
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


# Lines at the margin that begin with a letter or a mark of Chinese begin no block but a paragraph, and go on with one;
# so a blank line below says that they are one. A definition is told by the line below the blank one.
_MARGIN = r"(?:[^\W\d_]|[\u2014\u2018-\u201d\u2026\u3001-\u303f\uff01-\uffef])"
_PARAGRAPH = re.compile(rf"(?:{_MARGIN}[^\n]*+(?:\n|\Z))++(?=[ \t]*+(?:\n|\Z))(?![ \t]*+\n[ \t]*+[:~])")
_EACH_LINE = re.compile(r"([ \t]*+)([^\n]*+)(?:\n|\Z)")
_MARKS = ("bMarks", "eMarks", "tShift", "sCount", "bsCount")
#: What is given the first line of such a paragraph, and how many it has.
Plain = Callable[[int, int], None]


class _Streaming(StateBlock):
    """Gives its tokens away while it reads, so that a long table or list is not kept: no rule needs old ones.

    A rule fills in a token after it has pushed it; the last ones are kept until others follow.
    """

    take: Callable[[Token], None]

    def __init__(self, source: str, parser: MarkdownIt, env: dict[str, Any], take: Callable[[Token], None]) -> None:
        super().__init__("", parser, env, [])
        self.take = take
        self.src = source
        # As the class does it, but in arrays: lists of numbers take many times the memory.
        begins, ends, shifts, indents = array("i"), array("i"), array("i"), array("i")
        for found in _EACH_LINE.finditer(source):
            start, text = found.span(1)
            if text == len(source):  # a last line of blanks alone counts for nothing
                break
            begins.append(start)
            ends.append(found.end(2))
            shifts.append(text - start)
            indents.append(len(found[1].expandtabs(4)) if start < text else 0)
        self.lineMax = len(begins)
        for numbers, bound in ((begins, len(source)), (ends, len(source)), (shifts, 0), (indents, 0)):
            numbers.append(bound)
        none = array("i", bytes(indents.itemsize * len(indents)))
        for name, numbers in zip(_MARKS, (begins, ends, shifts, indents, none), strict=True):
            setattr(self, name, numbers)

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


def read_blocks(source: str, env: dict[str, Any], take: Callable[[Token], None], plain: Plain | None = None) -> None:
    """Read the blocks of a text, inline ones not looked into.

    Args:
        source: its lines end in LF.
        env: takes up the definitions of links.
        take: is given each token, in order.
        plain: is given the first line of each paragraph that shows itself to be one, and how many lines it has,
            instead of its tokens.
    """
    parser = markdown_it()
    rules = parser.block.ruler.getRules("")
    state = _Streaming(source, parser, env, take)
    line = 0
    while True:
        state.line = line = state.skipEmptyLines(line)
        if line >= state.lineMax:
            return
        found = _PARAGRAPH.match(source, state.bMarks[line]) if plain else None
        if plain and found:
            lines = source.count("\n", found.start(), found.end() - 1) + 1
            plain(line, lines)
            line += lines
            continue
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
