"""Text that is in the language of an edition already: told, copied, counted, approved, merged, overridden."""

from __future__ import annotations

import json

import pytest

from entries import unit
from l10n_flow import wording
from l10n_flow.catalogue import SealKind, edit, seals, states
from l10n_flow.catalogue.threeway_entry import merged
from l10n_flow.model import Origin, State

ENGLISH = "The factory opened in 2015 and it has been growing since then."
TEXT = f"標題在此\n\n柳州位於廣西。\n\n{ENGLISH}\n\nChristian Wong\n"


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        (ENGLISH, "en", True),
        (ENGLISH, "en_HK", True),
        (ENGLISH, "fr", False),
        (ENGLISH, "zh_Hans", False),
        ("Le gouvernement a dit que les prix ne sont pas trop hauts dans la ville.", "fr", True),
        ("Le gouvernement a dit que les prix ne sont pas trop hauts dans la ville.", "en", False),
        ("L’équipe de l’école a trouvé une solution pour les enfants.", "fr", True),
        ("Die Stadt hat in der Nacht nicht geschlafen.", "de", True),
        ("Harga itu tidak lebih mahal dari yang dulu di kota.", "ms", True),
        ("He said “柳州” is the name of the town.", "en", False),
        ("Christian Wong", "en", False),
        ("2015", "en", False),
        ("https://example.org/the/and/of/to/in", "en", False),
        ("`the of and to in is`", "en", False),
        ("", "en", False),
        ("ประเทศไทยมีเมืองใหญ่หลายเมือง", "th", True),
        ("柳州は大きな町で、たくさんの人が住んでいます。", "ja", True),
        ("柳州位於廣西。", "ja", False),
        ("他說「ありがとう」之後便離開了會場，沒有再回來。", "ja", False),
        ("Он сказал, что это не так.", "ru", False),  # several languages are written so
    ],
)
def test_the_language_is_told_by_script_and_function_words(text: str, locale: str, *, expected: bool) -> None:
    assert wording.is_written_in(text, locale, "zh_Hant_HK") == expected


def test_a_text_of_the_source_language_is_not_carried_over() -> None:
    assert not wording.is_written_in(ENGLISH, "en_GB", "en_US")
    assert wording.is_written_in("Die Stadt hat in der Nacht nicht geschlafen.", "de", "en")


def test_sync_copies_what_is_there_and_a_second_run_changes_nothing(newsroom) -> None:
    newsroom.write(TEXT)
    said = newsroom.run("sync")
    assert "1 copied" in said.err
    entries = {key.source: entry for key, entry in newsroom.catalogue("en").entries.items()}
    assert entries[ENGLISH].msgstr == ENGLISH
    assert [str(seal) for seal in entries[ENGLISH].seals] == [f"l10n-flow: copied {seals.digest(ENGLISH)}"]
    assert {entry.msgstr for entry in entries.values()} == {"", ENGLISH}
    assert "copied" not in newsroom.po_path("zh_Hans").read_text("utf-8")
    before = newsroom.tree()
    newsroom.sync()
    assert newsroom.tree() == before


def test_it_is_counted_and_waits_for_an_approval_where_one_is_required(newsroom) -> None:
    newsroom.write(f"{ENGLISH}\n")
    newsroom.sync()
    row = json.loads(newsroom.run("status", "--locale", "en", "--format", "json").out)[0]
    assert (row["units"], row["copied"], row["human"], row["translated"]) == (1, 1, 0, 1)
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text("utf-8").replace("[locale.en]", '[locale.en]\nrequire = "approved"'), "utf-8")
    assert newsroom.run("status", "--locale", "en", "--gate").code == 1
    assert newsroom.run("approve", "a", "--locale", "en", "--by", "Ann").code == 0
    assert newsroom.run("status", "--locale", "en", "--gate").code == 0
    before = newsroom.po_path("en").read_bytes()
    newsroom.sync()
    assert newsroom.po_path("en").read_bytes() == before


def test_a_short_sentence_belongs_to_its_paragraph(newsroom) -> None:
    newsroom.write(f"標題在此\n\n{ENGLISH} It was good.\n\nIt was bad.\n\n他說好。 It was late.\n")
    newsroom.sync()
    entries = newsroom.catalogue("en").entries.values()
    copied = {entry.key.source for entry in entries if entry.machine_kind is SealKind.COPIED}
    assert copied == {ENGLISH, "It was good."}


def test_a_source_that_changes_is_copied_again_or_taken_away(newsroom) -> None:
    newsroom.write(TEXT)
    newsroom.sync()
    newsroom.write(TEXT.replace("2015", "2016"))
    newsroom.sync()
    (entry,) = [each for each in newsroom.catalogue("en").entries.values() if each.msgstr]
    assert (entry.msgstr, entry.fuzzy) == (ENGLISH.replace("2015", "2016"), False)
    newsroom.write(TEXT.replace(ENGLISH, "工廠在2015年開業。"))
    newsroom.sync()
    assert not any(entry.msgstr for entry in newsroom.catalogue("en").every)


def test_a_text_of_a_person_is_never_copied_over(newsroom) -> None:
    newsroom.write(TEXT)
    newsroom.sync()
    newsroom.translate({ENGLISH: "The plant opened in 2015."})
    newsroom.sync()
    (entry,) = [each for each in newsroom.catalogue("en").entries.values() if each.msgstr]
    assert (entry.msgstr, entry.is_machine) == ("The plant opened in 2015.", False)


@pytest.mark.parametrize(
    ("override", "copied"),
    [
        ('text = "Christian Wong"\ncopy = true', {ENGLISH, "Christian Wong"}),
        (f'text = "{ENGLISH}"\ncopy = false', set()),
        ("copy = false", set()),
        ("copy = true", {"標題在此", "柳州位於廣西。", ENGLISH, "Christian Wong"}),
        (f'copy = false\n\n[[override]]\ndocument = "a"\ntext = "{ENGLISH}"\ncopy = true', {ENGLISH}),
    ],
)
def test_the_author_says_otherwise_before_and_after_it_was_copied(newsroom, override: str, copied: set[str]) -> None:
    newsroom.write(TEXT)
    newsroom.sync()
    (newsroom.root / "l10n-flow.overrides.toml").write_text(f'[[override]]\ndocument = "a"\n{override}\n', "utf-8")
    newsroom.sync()
    entries = newsroom.catalogue("en").entries.values()
    assert {entry.key.source for entry in entries if entry.machine_kind is SealKind.COPIED} == copied
    assert {entry.msgstr for entry in entries} - {""} == copied


def test_an_approved_copy_stays_when_it_is_not_wanted_any_more() -> None:
    copy = edit.set_copied(unit(ENGLISH))
    assert edit.uncopied(copy).msgstr == ""
    approved = edit.approve(copy, "Ann", "2026-11-24")
    assert edit.uncopied(approved) == approved


def test_its_origin_is_told_and_is_a_persons_when_the_text_changes() -> None:
    copy = edit.set_copied(unit(ENGLISH))
    found = states.translation(copy, "en", derived=False)
    assert (found.origin, found.state) == (Origin.COPIED, State.TRANSLATED)
    changed = states.translation(copy._replace(msgstr="Another text."), "en", derived=False)
    assert changed.origin is Origin.HUMAN
    assert edit.set_text(copy, "Another text.", "Ann", "2026-11-24").machine_kind is None


def test_of_two_branches_a_persons_text_wins_over_the_copy() -> None:
    base, copy = unit(ENGLISH), edit.set_copied(unit(ENGLISH))
    theirs = edit.set_text(base, "The plant opened in 2015.", "Ann", "2026-11-24")
    for ours, others in ((copy, theirs), (theirs, copy)):
        found = merged(base, ours, others)
        assert (found.msgstr, found.machine_kind) == ("The plant opened in 2015.", None)
    assert not copy.holds_work
