"""Inline rules of our own, for what is no CommonMark: tags of HTML and JSX, shortcodes, attributes, mathematics.

They note the place of what they read, as those of ``rules`` do.
"""

from __future__ import annotations

import re

from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_inline import StateInline

from l10n_flow.documents.markdown.rules import note, standing
from l10n_flow.inline import OBJECT, CodeKind, CodeRole

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
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def _read(state: StateInline, found: re.Match[str] | None, kind: CodeKind, read: str, *, silent: bool) -> bool:
    """Take what a pattern found as one code."""
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
        note(state, standing(*found.span(), kind, found[0], read))
    state.pos = found.end()
    return True


def shortcode(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
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


def jsx(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "<" or not _may_end(state) or HTML_TAG_RE.match(state.src, state.pos) is not None:
        return False
    return _read_tag(state, _JSX.match(state.src, state.pos), silent=silent)


def tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
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
    if silent:
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
