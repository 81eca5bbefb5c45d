"""Rules about subtitles: the length of lines, and the amount of text for the time of a cue."""

from __future__ import annotations

import math
from collections.abc import Iterator

from l10n_flow.checks.frame import Problem, Rule, Sheet, Subject
from l10n_flow.messages import Message
from l10n_flow.model import Severity


def for_subtitles(subject: Subject) -> bool:
    """Whether the rules apply: not to a derived locale, whose texts are as long as their source."""
    return subject.timed is not None and not subject.derived


def line_length(sheet: Sheet) -> Iterator[Problem]:
    """Find targets with a line that is too long for the screen."""
    timed, told = sheet.subject.timed, set[int]()
    judged = {pair.order for pair in sheet.translated}
    for number, row in enumerate(sheet.blocks if timed else ()):
        assert timed is not None
        for pair in row:
            if pair.order not in judged or pair.order in told:
                continue
            longest = max(map(timed.measure, timed.lines(number, pair.target)), default=0)
            if longest > timed.line:
                told.add(pair.order)
                message = Message(
                    "a line of {number} characters is too long to read; the most is {limit}",
                    number=math.ceil(longest),
                    limit=timed.line,
                )
                yield Problem(pair, message)


def reading_speed(sheet: Sheet) -> Iterator[Problem]:
    """Find cues with too much text for their time."""
    timed, told = sheet.subject.timed, set[int]()
    judged = {pair.order for pair in sheet.translated}
    for cue in timed.cues if timed else ():
        assert timed is not None
        pairs = [(number, pair) for number in cue.blocks for pair in sheet.blocks[number] if pair.order in judged]
        count = sum(timed.measure(line) for number, pair in pairs for line in timed.lines(number, pair.target))
        if not pairs or count <= timed.speed * cue.seconds or pairs[0][1].order in told:
            continue
        told.add(pairs[0][1].order)
        message = Message(
            "{number} characters in {seconds} seconds are too many to read; the most is {limit} a second",
            number=math.ceil(count),
            seconds=f"{cue.seconds:g}",
            limit=timed.speed,
        )
        yield Problem(pairs[0][1], message)


RULES = (
    Rule(
        "subtitle-length",
        Severity.WARNING,
        Message("a line of a subtitle is too long"),
        line_length,
        for_subtitles,
        reads_codes=True,
    ),
    Rule(
        "subtitle-speed",
        Severity.WARNING,
        Message("a subtitle has more text than can be read in its time"),
        reading_speed,
        for_subtitles,
        reads_codes=True,
    ),
)
