"""A translation as it may stand in a Markdown file: its inline markup works, and nothing else of it is structure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial

from markdown_it.token import Token

from l10n_flow.documents.joining import Piece, block_piece, on_one_line, unit_piece
from l10n_flow.documents.markdown import front_matter, parser
from l10n_flow.documents.markdown.inline import codes
from l10n_flow.inline import CodeKind, CodeRole
from l10n_flow.model import Block, Document, Unit

#: A gap that is a forced line break.
_KEPT = re.compile(r"(?: {2}|\\)(?:\r\n|\r|\n)|<br", re.IGNORECASE)
_HARD = re.compile(r"(?: {2,}|\\)(?:\r\n|\r|\n)[ \t>]*")
_BREAK = re.compile(r"[ \\]*(?:\r\n|\r|\n)[ \t]*")
_ODD_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_CLOSING_MARKS = re.compile(r"(?:(?<=\s)|\A)(?=#+\s*\Z)")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ORDERED = re.compile(r"\d{1,9}(?=[.)])")
# What can begin a block: a mark, or the number of an item. What begins with a letter or with Han cannot.
_SUSPECT = re.compile(r"[^\w\u3001-\u303f\uff00-\uffef「『《（【“‘]|\d")
_SETEXT = re.compile(r"(?:\r\n|\r|\n)[ \t>]*(?:=+|-+)[ \t]*(?=[\r\n]|\Z)")
_UNDERLINE = re.compile(r"\s*[:~](?=\s)")
_PLAIN_VALUES = frozenset({"yaml plain", "yaml flow"})
#: A text of which nothing is seen: a zero-width space.
NOTHING = "&#8203;"
_TASK = re.compile(r"\[[ xX]\]\s")


def render(document: Document, targets: Sequence[str | None], *, locale: str, blank: str = "") -> str:
    """Write a document with translations in place of its units.

    Args:
        document: as parsed.
        targets: those of ``documents.render``.
        locale: theirs.
        blank: what stands where all units of a block are left out.
    """
    parts: list[str] = []
    position = 0
    gaps = [*(block.before for block in document.blocks[1:]), document.tail]
    before = document.blocks[0].before if document.blocks else ""
    for block, after in zip(document.blocks, gaps, strict=bool(document.blocks)):
        texts = targets[position : position + len(block.units)]
        position += len(block.units)
        piece = block_piece(block, texts, locale, partial(_unit, block, locale), _is_kept)
        text = piece.text if piece else "" if block.form.startswith(("yaml", "toml")) else blank
        following = after
        if piece is None and block.form in _PLAIN_VALUES:
            text = '""'  # nothing at all would be no text
        if piece is None and not blank and block.form.startswith("setext") and (line := _SETEXT.match(after)):
            text, following = "#" if "=" in line[0] else "##", after[line.end() :]
        parts += [before, text]
        before = following
    return "".join([*parts, before if document.blocks else document.tail])


def _is_kept(gap: str) -> bool:
    return _KEPT.search(gap) is not None


def _unit(block: Block, locale: str, unit: Unit, target: str, begins_line: bool) -> Piece:  # noqa: FBT001
    if target == unit.text:
        return Piece(unit.raw, begins=True, ends=True)
    form, *opened = block.form.split("\t")
    if form.startswith(("yaml", "toml")):
        return _field(unit, on_one_line(target, locale), form, locale)
    target = _with_breaks(target, unit)
    hold = "\0"  # stands for what is kept of the source's line breaks
    broken = target.split(hold)
    pieces = [unit_piece(unit, part, locale, partial(_escaped, form=form, opened=opened)) for part in broken]
    if len(pieces) == 1:
        piece = pieces[0]
    else:
        raw = _HARD.search(unit.raw)
        piece = Piece((raw[0] if raw else " ").join(each.text for each in pieces))
    text = piece.text
    if begins_line and not opened and form in {"text", "setext", "term"}:
        text = _at_line_start(text, follows=unit is not block.units[0])
    if opened:
        text = _inside(text, opened)
    return Piece(text, begins=piece.begins and text == piece.text, ends=piece.ends)


def _with_breaks(target: str, unit: Unit) -> str:
    """A target whose line breaks are the source's forced ones, or none."""
    if "\n" not in target and "\r" not in target:
        return target
    if unit.text in target and "\n" in unit.text:
        return target
    return _BREAK.sub("\0" if _HARD.search(unit.raw) else "\n", target)


def _field(unit: Unit, target: str, form: str, locale: str) -> Piece:
    """A value of front matter."""
    if not front_matter.is_plain(form, target):
        return Piece(front_matter.write(target, form))
    if form in {"yaml plain", "yaml flow"}:
        return unit_piece(unit, target, locale)
    return unit_piece(unit, target, locale, lambda text: front_matter.write(text, form))


def _escaped(text: str, form: str, opened: Sequence[str]) -> str:
    """A text that is read as text inside a line."""
    match form:
        case "cell":
            text = _BAR.sub(r"\1\\|", text)
        case "atx":
            text = _CLOSING_MARKS.sub(r"\\", text)
        case "alternative" | "bracketed":
            text = _balanced(text)
        case "attribute":
            quote = opened[0].replace("(", ")") if opened else '"'
            text = re.sub(rf"(?<!\\)((?:\\\\)*){re.escape(quote)}", rf"\1\\{quote}", text)
        case "setext":
            text = text.replace("|", "&#124;")  # above a line of hyphens even an escaped bar makes a table
    return f"{text}\\" if _ODD_BACKSLASH.search(text) else text


def _balanced(text: str) -> str:
    """A text whose square brackets are balanced, or escaped."""
    depth = 0
    for place, sign in enumerate(text):
        if sign in "[]" and text[place - 1 : place] != "\\":
            depth += 1 if sign == "[" else -1
            if depth < 0:
                break
    return text if not depth else re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)


def _inside(text: str, opened: Sequence[str]) -> str:
    """A text inside a pair of codes that stands around its block: it must not end the pair before its time."""
    for sign in reversed(opened):
        if sign == "[":
            text = _balanced(text)
        elif sign[0] in "*_~" and not _is_held(text, sign):
            mark = re.escape(sign[0])
            text = re.sub(rf"(?<!\\){mark}", rf"\\{sign[0]}", text)
    return text


def _is_held(text: str, sign: str) -> bool:
    whole = f"{sign}{text}{sign}"
    found = codes(whole)
    if not found or found[0].end != len(sign) or found[-1].start != len(whole) - len(sign):
        return False
    kinds = {CodeKind.EMPHASIS, CodeKind.STRONG, CodeKind.STRUCK}
    depth = 0
    for code in found[:-1]:
        depth += {CodeRole.OPENING: 1, CodeRole.CLOSING: -1}.get(code.role, 0)
        if not depth:
            return False
    return found[0].kind in kinds and found[-1].kind is found[0].kind


# The beginning of a line -----------------------------------------------------------------------------------------


def _at_line_start(text: str, *, follows: bool) -> str:
    """A text that begins no block where it begins a line.

    Args:
        text: one line, or several with forced breaks.
        follows: whether another line of the paragraph stands above.
    """
    text = text.lstrip()
    if _SUSPECT.match(text) is None:
        return text
    line = text.partition("\n")[0]
    if not _begins_block(line, follows=follows):
        return text
    number = _ORDERED.match(text)
    place = number.end() if number else 0
    return f"{text[:place]}\\{text[place:]}"


@lru_cache(2000)
def _begins_block(line: str, *, follows: bool) -> bool:
    """Whether a line is read as something else than the text of a paragraph."""
    if _TASK.match(line) or _UNDERLINE.match(line):
        return True
    source = f"x\n{line}" if follows else line
    found: list[Token] = []
    parser.read_blocks(source, {}, found.append)
    return len(found) != 3 or found[0].type != "paragraph_open" or found[1].content != source.strip()
