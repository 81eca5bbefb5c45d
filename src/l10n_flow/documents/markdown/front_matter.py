"""The front matter of a Markdown file: which of its values are translated, where they stand, how one is written.

YAML between ``---`` is read by PyYAML's composer, which gives every scalar its place and makes no object; TOML between
``+++`` is looked through line by line, and what is found must be what tomllib reads. Both stay as they are written,
the quotes of a value too; a value that cannot be told for sure is skeleton.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from l10n_flow.documents.segmentation.flow import Part, Passage, laid
from l10n_flow.model import BlockKind

_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?P<body>.*?)^(?P=mark)[ \t]*(?:\r\n|\r|\n|\Z)", re.DOTALL | re.MULTILINE
)
#: Longer front matter is skeleton: nobody writes it by hand.
_LONGEST = 100_000
_TOML_VALUE = re.compile(
    r"^[ \t]*[\"']?(?P<key>[\w-]+)[\"']?[ \t]*=[ \t]*"
    r"(?P<quote>[\"'])(?P<value>(?:(?!(?P=quote))[^\\\r\n]|\\.)*)(?P=quote)"
    r"[ \t]*(?:#[^\r\n]*)?(?=\r|$)",
    re.MULTILINE,
)
_STRING = "tag:yaml.org,2002:str"
_BREAK = re.compile(r"\r\n|\r|\n")


class Matter(NamedTuple):
    """Front matter: its values to translate with their kinds, its shape, and where the body begins."""

    values: list[tuple[Passage, BlockKind]]
    shape: str
    end: int


def read(text: str, keys: tuple[str, ...]) -> Matter:
    """The front matter a file begins with.

    Args:
        text: the decoded file.
        keys: the names of the fields that are translated, at whatever depth.
    """
    found = _MATTER.match(text)
    if found is None:
        return Matter([], "", 0)
    body, start = found["body"], found.start("body")
    if len(body) > _LONGEST:
        return Matter([], "front matter", found.end())
    values, shape = (_yaml if found["mark"] == "---" else _toml)(body, start, text, keys)
    return Matter(values, f"front matter {shape}", found.end())


def write(target: str, form: str) -> str:
    """A value as it stands between the quotes its form says, or with quotes of its own where a plain one needs them."""
    match form:
        case "yaml plain" | "yaml flow":
            return target if _is_plain(target, form) else json.dumps(target, ensure_ascii=False)
        case "yaml single":
            return target.replace("'", "''")
        case "toml literal":
            return target.replace("'", "’")
        case "yaml double" | "toml basic":
            return json.dumps(target, ensure_ascii=False)[1:-1]
        case _:
            return target


def is_plain(form: str, whole: str) -> bool:
    """Whether a value written without quotes reads as this text."""
    return form not in {"yaml plain", "yaml flow"} or _is_plain(whole, form)


def _is_plain(text: str, form: str) -> bool:
    written = f"k: {text}\n" if form == "yaml plain" else f"k: [{text}]\n"
    try:
        node = yaml.compose(written, yaml.SafeLoader)
    except (yaml.YAMLError, ValueError):
        return False
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) and len(node.value) == 1 else None
    if isinstance(value, yaml.SequenceNode) and form == "yaml flow" and len(value.value) == 1:
        value = value.value[0]
    return isinstance(value, yaml.ScalarNode) and value.tag == _STRING and value.value == text


# YAML ------------------------------------------------------------------------------------------------------------


def _yaml(body: str, start: int, text: str, keys: tuple[str, ...]) -> tuple[list[tuple[Passage, BlockKind]], str]:
    try:
        root = yaml.compose(body, yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return [], "that is no YAML"
    shape: list[str] = []
    values: list[tuple[Passage, BlockKind]] = []
    first = text.count("\n", 0, start) + 1
    seen: set[int] = set()

    def walk(node: yaml.Node | None, key: str, *, flow: bool, depth: int) -> None:
        if node is None or id(node) in seen or depth > 50:
            return
        seen.add(id(node))
        shape.append(node.tag.rpartition(":")[2])
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                walk(name, "", flow=flow, depth=depth + 1)
                shape.append(str(name.value))
                walk(value, str(name.value), flow=flow or bool(node.flow_style), depth=depth + 1)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                walk(value, key, flow=flow or bool(node.flow_style), depth=depth + 1)
        elif isinstance(node, yaml.ScalarNode) and key in keys and node.tag == _STRING:
            found = _scalar(node, body, start, first + node.start_mark.line, flow=flow)
            if found is not None:
                values.append((found, kind_of(key, is_top=depth == 1)))

    walk(root, "", flow=False, depth=0)
    return sorted(values, key=lambda pair: pair[0].start), " ".join(shape)


def kind_of(key: str, *, is_top: bool = True) -> BlockKind:
    """What a field is in the article: its title, a heading, or a paragraph."""
    if key == "title" and is_top:
        return BlockKind.TITLE
    return BlockKind.HEADING if key.lower().endswith(("title", "label")) else BlockKind.PARAGRAPH


def _scalar(node: yaml.ScalarNode, body: str, offset: int, line: int, *, flow: bool) -> Passage | None:
    low, high = node.start_mark.index, node.end_mark.index
    if node.style in {"|", ">"}:
        return _block_scalar(node, body, offset, line)
    form = {"'": "yaml single", '"': "yaml double"}.get(node.style or "", "yaml flow" if flow else "yaml plain")
    if node.style in {"'", '"'}:
        low, high = low + 1, high - 1
    return _value(body[low:high], node.value, offset + low, line, form)


def _block_scalar(node: yaml.ScalarNode, body: str, offset: int, line: int) -> Passage | None:
    header = _BREAK.search(body, node.start_mark.index)
    if header is None:
        return None
    written = body[header.end() : node.end_mark.index]
    lead = len(written) - len(written.lstrip())
    raw, value = written.strip(), node.value.strip()
    if "\n" in value or node.value.startswith((" ", "\n")):
        return None  # lines that count
    return _value(raw, value, offset + header.end() + lead, line + 1, "yaml block")


def _value(raw: str, value: str, start: int, line: int, form: str) -> Passage | None:
    """A value as one unit."""
    if not any(map(str.isalpha, value)) or value != value.strip() or "\n" in value:
        return None
    return laid([Part(value, raw, line, inner=True)], start)._replace(whole=True, form=form)


# TOML ------------------------------------------------------------------------------------------------------------


def _toml(body: str, start: int, text: str, keys: tuple[str, ...]) -> tuple[list[tuple[Passage, BlockKind]], str]:
    try:
        data = tomllib.loads(body.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return [], "that is no TOML"
    shape = " ".join(_toml_shape(data))
    if '"""' in body or "'''" in body:
        return [], shape
    values = []
    for found in _TOML_VALUE.finditer(body):
        if found["key"] not in keys:
            continue
        value = tomllib.loads(f"k = {found['quote']}{found['value']}{found['quote']}")["k"]
        line = len(_BREAK.findall(text, 0, start + found.start("value"))) + 1
        form = "toml basic" if found["quote"] == '"' else "toml literal"
        passage = _value(found["value"], value, start + found.start("value"), line, form)
        if passage is not None:
            values.append((passage, kind_of(found["key"])))
    return values, shape


def _toml_shape(value: Any) -> Iterator[str]:
    yield type(value).__name__
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _toml_shape(each)
    elif isinstance(value, list):
        for each in value:
            yield from _toml_shape(each)
