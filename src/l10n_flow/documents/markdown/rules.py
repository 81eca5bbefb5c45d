"""The inline rules of markdown-it-py, and ours beside them, that note the place of everything they read.

markdown-it-py keeps no columns. Each rule is run as it is, and what it has read is noted in ``env["found"]``; emphasis
is known only when the whole text has been read, and is found again by its tokens, which learn where they stand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin

from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode

Rule = Callable[[StateInline, bool], bool]
_SHORTCODE = re.compile(
    r"\{\{[<%].{0,2000}?[%>]\}\}|\{\{(?!\{).{1,500}?\}\}|\{%.{0,2000}?%\}|\{/\*.{0,2000}?\*/\}", re.DOTALL
)
# Of Pandoc, kramdown and Hugo: {#anchor .class key=value}, {: .class}
_ATTRIBUTES = re.compile(r"\{(?:[#.:]|[\w-]{1,40}=)[^{}\n]{0,300}\}")
# Signs of mathematics; a sum of dollars has none.
_MATHS = re.compile(r"\$(?![\s$])(?=[^$\n]{0,500}?[\\^_={])[^$\n\u3400-\u9fff]{1,500}(?<![\s$])\$(?!\d)")
_ALERT = re.compile(r"\[![A-Za-z]{1,20}\][+-]?")
# JSX: what HTML does not take for a tag.
_JSX = re.compile(r"</?[A-Z][\w.]{0,60}(?:\s[^<>]{0,500})?/?>|</?>")
_TITLED = re.compile(r"\]\(\s*(?:<[^<>\n]*>|[^\s<]\S*)\s+[\"'(]", re.DOTALL)
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
#: With what each rule begins; ``text`` is tried where none does.
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
_ANY_SIGN = re.compile(r"[\n!$&*<\[\]\\^_`{~]")


class AnyReference(dict[str, Any]):
    """Stands for definitions that are elsewhere: a full reference ``[text][label]`` is a link whatever its label.

    Attributes:
        wanted: whether the link that is read now is such a reference.
    """

    wanted = False

    def get(self, label: str, default: Any = None) -> Any:
        return {"href": f"[{label}]", "title": ""} if self.wanted else default


class _Inline(ParserInline):
    """Asks at each place only the rules of the sign that stands there: every rule but ``text`` begins with its own.

    Args:
        made: the parser it takes the place of, whose rules it has.
    """

    def __init__(self, made: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2 = made.ruler, made.ruler2
        self.terminator_re = _ANY_SIGN
        self._by_sign: dict[str, list[Rule]] = {}

    def settled(self) -> None:
        """Take note of the rules when the last one has been added."""
        rules = dict(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        signs = {sign for name in rules for sign in _SIGNS.get(name, "")}
        named = [(rule, _SIGNS.get(name, "")) for name, rule in rules.items()]
        self._by_sign = {sign: [rule for rule, own in named if sign in own] for sign in signs}

    def tokenize(self, state: StateInline) -> None:
        """As the class does it."""
        text, plain = self.ruler.getRules("")[0], self._by_sign
        while state.pos < state.posMax:
            rules = plain.get(state.src[state.pos])
            if state.level >= state.md.options["maxNesting"] or not (
                text(state, False) if rules is None else any(rule(state, False) for rule in rules)
            ):
                state.append_pending(state.src[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """As the class does it."""
        pos = state.pos
        if pos in state.cache:
            state.pos = state.cache[pos]
            return
        found = False
        if state.level < state.md.options["maxNesting"]:
            state.level += 1
            found = any(rule(state, True) for rule in self._by_sign.get(state.src[pos], self.ruler.getRules("")[:1]))
            state.level -= 1
        else:
            state.pos = state.posMax
        if not found:
            state.pos += 1
        state.cache[pos] = state.pos


@cache
def recording() -> MarkdownIt:
    """A parser whose inline rules note what they read."""
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("strikethrough")
    inline = parser.inline = _Inline(parser.inline)
    footnote_plugin(parser, move_to_end=False, always_match_refs=True)
    rules = parser.inline.ruler
    own = {rule.name: rule.fn for rule in rules.__rules__}
    rules.at("newline", _newline(own["newline"]))
    rules.at("escape", _noted(own["escape"], _escape))
    rules.at("backticks", _backticks(own["backticks"]))
    rules.at("strikethrough", _delimiters(own["strikethrough"]))
    rules.at("emphasis", _delimiters(own["emphasis"]))
    rules.at("link", _link(own["link"], "["))
    rules.at("image", _link(own["image"], "!["))
    rules.at("footnote_inline", _footnote(own["footnote_inline"]))
    rules.at("footnote_ref", _noted(own["footnote_ref"], _reference))
    rules.at("autolink", _noted(own["autolink"], _address))
    rules.at("html_inline", _tag)
    rules.at("entity", _noted(own["entity"], _entity))
    rules.before("escape", "shortcode", _shortcode)
    rules.before("autolink", "jsx", _jsx)
    inline.settled()
    return parser


def _note(state: StateInline, code: InlineCode) -> None:
    if not state.env["quiet"]:
        state.env["found"].append(code)


def standing(start: int, end: int, kind: CodeKind, value: str, text: str = "") -> InlineCode:
    return InlineCode(start, end, CodeRole.STANDALONE, kind, value, text)


def _noted(rule: Rule, code_of: Callable[[str, int, int], InlineCode | None]) -> Rule:
    def noted(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start = state.pos
        found = rule(state, silent)
        if found and not silent and (code := code_of(state.src, start, state.pos)):
            _note(state, code)
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
                _note(state, standing(start, state.pos, CodeKind.BREAK, "\n"))
        return found

    return newline


def _backticks(rule: Rule) -> Rule:
    def backticks(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent and len(state.tokens) > before and state.tokens[-1].type == "code_inline":
            _note(state, standing(start, state.pos, CodeKind.CODE, state.tokens[-1].content, OBJECT))
        return found

    return backticks


def _delimiters(rule: Rule) -> Rule:
    """Each token of a run of marks learns where it stands."""

    def delimiters(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start = state.pos
        found = rule(state, silent)
        if found and not silent and not state.env["quiet"]:
            at = state.pos
            for token in reversed(state.tokens):
                at -= len(token.content)
                if at < start:
                    break
                token.meta["at"] = at
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
        state.env["quiet"] += kind is CodeKind.IMAGE
        found = rule(state, silent)
        state.env["quiet"] -= kind is CodeKind.IMAGE
        if not found or silent:
            return found
        stop = state.pos
        made = next(token for token in state.tokens[before:] if token.type in {"link_open", "image"})
        address = str(made.attrGet("href") or made.attrGet("src") or "")
        _note(state, InlineCode(start, start + len(sign), CodeRole.OPENING, kind, address))
        middle = _TITLED.match(text, end, stop) if made.attrGet("title") else None
        if middle is not None:
            _note(state, standing(end, middle.end(), kind, "title"))
            end = (
                len(text[:stop].rstrip(" \t\n)")) - 1
                if text[middle.end() - 1] != "("
                else text.rindex(")", 0, stop - 1)
            )
        _note(state, InlineCode(end, stop, CodeRole.CLOSING, kind, address))
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
        state.env["quiet"] += 1
        found = rule(state, silent)
        state.env["quiet"] -= 1
        if found and not silent:
            _note(state, InlineCode(start, start + 2, CodeRole.OPENING, CodeKind.NOTE, "^[]"))
            _note(state, InlineCode(state.pos - 1, state.pos, CodeRole.CLOSING, CodeKind.NOTE, "^[]"))
        return found

    return footnote


def _read(state: StateInline, found: re.Match[str] | None, kind: CodeKind, read: str, *, silent: bool) -> bool:
    """Take what a pattern found as one code."""
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
        _note(state, standing(*found.span(), kind, found[0], read))
    state.pos = found.end()
    return True


def _shortcode(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    text, at = state.src, state.pos
    if text[at] == "{":
        if _read(state, _SHORTCODE.match(text, at), CodeKind.OTHER, OBJECT, silent=silent):
            return True
        return _read(state, _ATTRIBUTES.match(text, at), CodeKind.OTHER, "", silent=silent)
    if text[at] == "$":
        return _read(state, _MATHS.match(text, at), CodeKind.CODE, OBJECT, silent=silent)
    if text[at] == "[" and text.startswith("[!", at):
        return _read(state, _ALERT.match(text, at), CodeKind.OTHER, "", silent=silent)
    return False


def _jsx(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "<" or not _may_end(state) or HTML_TAG_RE.match(state.src, state.pos) is not None:
        return False
    return _read_tag(state, _JSX.match(state.src, state.pos), silent=silent)


def _tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "<" or not _may_end(state):
        return False
    return _read_tag(state, HTML_TAG_RE.match(state.src, state.pos), silent=silent)


def _may_end(state: StateInline) -> bool:
    """Whether what begins here as a comment or the like can end: looked for once, for all that begin so."""
    for begun, end in _ENDS.items():
        if state.src.startswith(begun, state.pos):
            if end not in state.env["absent"] and state.src.find(end, state.pos) < 0:
                state.env["absent"].add(end)
            return end not in state.env["absent"]
    return True


def _read_tag(state: StateInline, found: re.Match[str] | None, *, silent: bool) -> bool:
    start = state.pos
    if not _read(state, found, CodeKind.OTHER, "", silent=silent):
        return False
    if silent or state.env["quiet"]:
        return True
    code = state.env["found"].pop()
    name = _TAG_NAME.match(state.src, start)
    if name is None:  # a comment, a declaration
        state.env["found"].append(code)
        return True
    word = name[2]
    role = CodeRole.CLOSING if name[1] else CodeRole.OPENING
    if word.lower() in _VOID or state.src.endswith("/>", 0, state.pos):
        role = CodeRole.STANDALONE
    kind = CodeKind.BREAK if word.lower() == "br" else CodeKind.TAG
    state.env["found"].append(code._replace(role=role, kind=kind, value=f"<{name[1]}{word}>"))
    return True
