"""Conversion as a filter, and its explanation line by line."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n_flow.conversion import Converter, Punctuation, stream
from l10n_flow.conversion.stream import convert_stream, explain_stream
from l10n_flow.errors import ConversionError, SourceError


def converted(data: bytes, converter: Converter | None = None) -> bytes:
    sink = io.BytesIO()
    convert_stream(io.BytesIO(data), sink, converter or Converter("hk2s"))
    return sink.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("「甲」\r\n\r\n乙\n".encode(), "“甲”\r\n\r\n乙\n".encode()),
        ("「前\n後」無行尾".encode(), "“前\n后”无行尾".encode()),
        ("「未完\n\n『新』段".encode(), "“未完\n\n“新”段".encode()),
        ("\n\n \r\n頭\x00\x0b\x0c\u2028\x85後\r".encode(), "\n\n \r\n头\x00\x0b\x0c\u2028\x85后\r".encode()),
        (b"\xef\xbb\xbf\xe9\xa0\xad", b"\xef\xbb\xbf\xe5\xa4\xb4"),
        (b"", b""),
    ],
)
def test_filter_keeps_line_ends(data: bytes, expected: bytes) -> None:
    assert converted(data) == expected


def test_filter_tells_the_line_of_wrong_bytes() -> None:
    sink = io.BytesIO()
    with pytest.raises(SourceError, match="standard input:3: byte 0xff"):
        convert_stream(io.BytesIO(b"a\nb\n\xff\n"), sink, Converter("hk2s", Punctuation.KEEP))
    assert sink.getvalue() == b"a\nb\n"


def test_filter_refuses_an_unknown_conversion_before_it_reads() -> None:
    class Unread(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError(size)

    with pytest.raises(ConversionError, match="there is no conversion 'hk2x'"):
        convert_stream(Unread(), io.BytesIO(), Converter("hk2x"))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_CHUNK", 7)
    monkeypatch.setattr(stream, "_LONGEST", 70)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("strict", [False, True])
def test_a_stream_is_as_the_whole(*, strict: bool) -> None:
    converter = Converter("hk2s", Punctuation.KEEP, strict=strict)

    @settings(max_examples=150)
    @given(
        st.lists(
            st.sampled_from(["看著", "乾隆", "名著", "。", "\n", "\r\n", "a b", "著名", "瞭望台", "⿰氵著"]),
            max_size=80,
        ).map("".join)
    )
    def check(text: str) -> None:
        assert converted(text.encode(), converter).decode() == converter.convert_block([text])[0]

    check()


@pytest.mark.usefixtures("small_pieces")
@settings(max_examples=150)
@given(st.lists(st.sampled_from(["看著", "乾隆", "⋯⋯", "「甲」", "\n", "\r\n", "x"]), max_size=80).map("".join))
def test_an_explained_line_is_that_line(text: str) -> None:
    converter = Converter("hk2s")
    lines, after = text.split("\n"), converted(text.encode()).decode().split("\n")
    for number, change in explain_stream(io.BytesIO(text.encode()), converter):
        assert lines[number - 1][change.start : change.end] == change.before
        assert after[number - 1][change.target_start : change.target_end] == change.after


class Endless(io.RawIOBase):
    """So many bytes of one line, made as they are read."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1, /) -> bytes:
        size = min(size, self.left) // 3
        self.left -= size * 3
        return "著".encode() * size


class Nowhere(io.RawIOBase):
    def write(self, data: object, /) -> int:
        return len(data)  # type: ignore[arg-type]


def test_memory_does_not_grow_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_CHUNK", 9_000)
    monkeypatch.setattr(stream, "_LONGEST", 10_000)
    convert_stream(Endless(30_000), Nowhere(), Converter("hk2s"))  # type: ignore[arg-type]
    short, long = 150_000, 600_000
    peaks = []
    for size in (short, long):
        tracemalloc.start()
        convert_stream(Endless(size), Nowhere(), Converter("hk2s"))  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # What is remembered of words may still fill; a text that was kept would stand here at least once.
    assert peaks[1] - peaks[0] < (long - short) / 2
