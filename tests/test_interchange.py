"""polib's objects: given and taken without a loss, and polib as a second opinion of what we write."""

from __future__ import annotations

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries import catalogue_of, unit
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Entry, edit
from l10n_flow.catalogue.interchange import from_polib, to_polib
from l10n_flow.errors import ConfigError
from test_po_canonical import catalogues, snapshot


def test_an_entry_made_in_memory_stands_on_no_line() -> None:
    assert unit("a").line == 0


@given(catalogues())
def test_what_is_given_comes_back(found: Catalogue) -> None:
    assert snapshot(from_polib(to_polib(found), found.locale)) == snapshot(found)


#: What polib reads and writes rightly: no control characters, no line separators of Unicode, no empty comment lines.
PLAIN = st.text(st.sampled_from('ab柳州。 "\\\n😀#~|:%'), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text
)


@st.composite
def plain(draw) -> Entry:
    source, target = draw(PLAIN), draw(PLAIN | st.just(""))
    entry = unit(source, target, obsolete=bool(target) and draw(st.booleans()), comment="paragraph")
    return type(entry)(*edit.approve(entry, "Ann", "2026-11-24")) if target and draw(st.booleans()) else entry


@given(st.lists(plain(), max_size=5, unique_by=lambda each: each.key))
def test_polib_reads_what_we_write(entries: list[Entry]) -> None:
    found = catalogue_of(*entries)
    theirs = polib.pofile(po.dumps(found), wrapwidth=0)
    assert snapshot(from_polib(theirs, "en"))[2:] == snapshot(found)[2:]


@pytest.mark.parametrize(
    ("locale", "why"), [("xx", "unknown language"), ("en-GB", "write en_GB"), ("", "no locale id")]
)
def test_a_locale_that_is_none_is_refused(locale: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        from_polib(polib.POFile(), locale)
