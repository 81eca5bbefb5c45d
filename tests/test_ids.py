"""Units' ids: short where they can be, longer where two begin alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow import ids
from l10n_flow.model import Key

ONE, OTHER, THIRD = Key(None, "一"), Key(None, "二"), Key(None, "三")


@pytest.fixture
def digests(monkeypatch: pytest.MonkeyPatch) -> dict[Key, str]:
    """Digests to choose: two units that begin alike are not found by searching."""
    chosen: dict[Key, str] = {}
    monkeypatch.setattr(Key, "digest", property(lambda key: chosen[key]))
    return chosen


@pytest.mark.parametrize(
    ("one", "other", "short"),
    [
        ("0" * 64, "1" * 64, ("0" * 8, "1" * 8)),
        ("a" * 64, "a" * 10 + "b" * 54, ("a" * 16, "a" * 10 + "b" * 6)),
        ("a" * 64, "a" * 20 + "b" * 44, ("a" * 64, "a" * 20 + "b" * 44)),
    ],
    ids=["apart", "alike", "very-alike"],
)
def test_an_id_is_as_long_as_it_must_be(digests: dict[Key, str], one: str, other: str, short: tuple[str, str]) -> None:
    digests |= {ONE: one, OTHER: other, THIRD: "f" * 64}
    assert ids.short([ONE, OTHER, ONE, THIRD]) == {ONE: short[0], OTHER: short[1], THIRD: "f" * 8}
    index = ids.Index([ONE, OTHER, THIRD])
    assert [list(index.find(each)) for each in short] == [[ONE], [OTHER]]


def test_a_beginning_that_several_units_share_finds_them_all(digests: dict[Key, str]) -> None:
    digests |= {ONE: "a" * 64, OTHER: "a" * 10 + "b" * 54}
    assert ids.Index([ONE, OTHER, ONE]).find("a" * 8) == [ONE, OTHER]
    assert ids.Index([ONE, OTHER]).find("c" * 8) == []


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"])), max_size=50))
def test_an_id_finds_its_unit_and_no_other(texts: set[str]) -> None:
    keys = [Key(None, text) for text in sorted(texts)]
    index = ids.Index(keys)
    for key, unit in ids.short(keys).items():
        assert ids.is_id(unit)
        assert index.find(unit) == [key]


@pytest.mark.parametrize("text", ["", "abc", "0123456g", "ABCDEF01", "0" * 65, "liuzhou"])
def test_what_is_no_id(text: str) -> None:
    assert not ids.is_id(text)
