"""Findings on the review page: what is ignored keeps its words, and what can be settled is offered."""

from __future__ import annotations

from dataclasses import replace

from conftest import Newsroom
from l10n_flow.catalogue import Entry, edit
from l10n_flow.model import Finding, Fix, Span
from l10n_flow.project import find_project
from l10n_flow.review.page.model import Filter, Reader, ReviewPage
from l10n_flow.review.reading import ProjectView
from l10n_flow.work.check import check
from l10n_flow.work.extract import convert, extract

ARTICLE = "柳鋼今年增產。他問：“為什麼？”\n"


def opened(newsroom: Newsroom, ignored: str = "", rule: str = "") -> ReviewPage:
    """An article with a lost stop in English; ``ignored`` is why the rule is ignored."""
    newsroom.write(ARTICLE)
    project = find_project(newsroom.root)
    assert not extract(project).failures
    assert not convert(project, upgrade=False, dry_run=False).failures

    def lose_the_stop(entry: Entry) -> Entry:
        entry = edit.set_text(entry, "Output grew", "Bob", "2026-01-02")
        return edit.ignore(entry, "end-punctuation", ignored) if ignored else entry

    newsroom.edit_unit("en", lose_the_stop, "柳鋼今年增產。")
    return ProjectView(project).article("a", "en", Filter(rule=rule), Reader("Ann"))


def findings(page: ReviewPage) -> list[Finding]:
    units = [unit for block in page.blocks for unit in block.units]
    return [each for unit in units for each in unit.findings if each.rule == "end-punctuation"]


def test_a_finding_has_its_fix(newsroom: Newsroom) -> None:
    (finding,) = findings(opened(newsroom))
    assert finding.fixes == (Fix(Span(11, 11), "."),)
    assert finding.ignored is None


def test_an_ignored_finding_keeps_its_words_and_its_place(newsroom: Newsroom) -> None:
    (standing,) = findings(opened(newsroom))
    (ignored,) = findings(opened(newsroom, "a slogan"))
    assert ignored == replace(standing, line=ignored.line, ignored="a slogan")


def test_what_is_ignored_is_not_counted_and_not_reported(newsroom: Newsroom) -> None:
    page = opened(newsroom)
    assert ("end-punctuation", 1) in [tally[:2] for tally in page.rules]
    assert page.progress.findings["warning"] == 1
    page = opened(newsroom, "a slogan", "end-punctuation")
    assert ("end-punctuation", 0) in [tally[:2] for tally in page.rules]
    assert (page.found, page.progress.findings["warning"]) == (0, 0)
    found = check(find_project(newsroom.root), locales=["en"]).findings
    assert [finding.rule for finding in found] == ["untranslated"]
