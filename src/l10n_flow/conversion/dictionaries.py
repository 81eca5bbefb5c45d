"""Dictionaries and configurations of OpenCC, read from the packages that contain them.

Both packages write a dictionary as lines ``key TAB value[ value …]`` and a conversion as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from l10n_flow.conversion import matching
from l10n_flow.conversion.packages import Package, configuration_path, dictionary_path


@dataclass(frozen=True)
class Dictionary:
    """Words of one language variety and their replacements; the first of several values counts.

    Attributes:
        name: the name of its file.
        entries: each word and its replacement.
        origins: words from another source, and its name.
    """

    name: str
    entries: Mapping[str, str]
    origins: Mapping[str, str] = field(default_factory=dict)

    def origin(self, word: str) -> str:
        """Return the name of the source of a word."""
        return self.origins.get(word, self.name)

    @cached_property
    def lengths(self) -> Mapping[str, tuple[int, ...]]:
        """For each first character of a key, the lengths of the keys that begin with it, longest first."""
        return matching.lengths(self.entries)


#: Dictionaries in order: the first that has a word at a place decides, with its longest word.
Stage = tuple[Dictionary, ...]


@dataclass(frozen=True)
class Chain:
    """The stages of a conversion; the input of each is the result of the stage before for a segment.

    Attributes:
        normalization: stages over the whole text, before all others.
        segmentation: its words divide the text into segments; no match of a stage crosses a border of segments.
        stages: the stages of each segment.
    """

    name: str
    normalization: tuple[Stage, ...]
    segmentation: Stage
    stages: tuple[Stage, ...]


@cache
def dictionary(package: Package, filename: str) -> Dictionary:
    """Return a dictionary by the name of its file."""
    text = dictionary_path(package, filename).read_text(encoding="utf-8")
    return Dictionary(filename.removesuffix(".txt"), dict(_entries(text)))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        key, tab, values = line.partition("\t")
        if tab and not line.startswith("#"):
            yield key, values.partition(" ")[0].strip()


@cache
def chain(package: Package, name: str) -> Chain:
    """Return the chain of a conversion, by its configuration.

    Dictionaries with ``may_output_tofu`` (their simplified forms are in few fonts) are included, as in OpenCC's tests.
    """
    configuration = json.loads(configuration_path(package, name).read_text(encoding="utf-8"))
    segmentation = configuration.get("segmentation", {}).get("dict")
    normalization, stages = (
        tuple(_stages(package, configuration.get(part, ()))) for part in ("normalization", "conversion_chain")
    )
    return Chain(name, normalization, _shared(_stage(package, segmentation), stages) if segmentation else (), stages)


def _stages(package: Package, steps: Any) -> Iterator[Stage]:
    return (_stage(package, step["dict"]) for step in steps)


def _stage(package: Package, node: Mapping[str, Any]) -> Stage:
    """Return one node of a configuration: a dictionary, or a group in which the first or the longest match wins."""
    if node["type"] != "group":
        return (dictionary(package, node["file"]),)
    members = tuple(member for child in node["dicts"] for member in _stage(package, child))
    return (union(members),) if node.get("match_policy") == "union" else members


def _shared(stage: Stage, stages: Iterable[Stage]) -> Stage:
    """Return a stage that shares the values of equal stages, because they are large."""
    there = [member for each in stages for member in each]
    return tuple(next((one for one in there if one == member), member) for member in stage)


def union(members: Stage, name: str = "") -> Dictionary:
    """Return dictionaries as one, in which the longest word wins; of two with the same word, the first."""
    entries = {key: value for member in reversed(members) for key, value in member.entries.items()}
    return Dictionary(name or "+".join(member.name for member in members), entries)
