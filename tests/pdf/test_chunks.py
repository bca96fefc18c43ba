"""Pieces compressed apart are one sound stream together."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.chunks import join_chunks, pack_chunk, store_chunk

PIECES = st.lists(st.tuples(st.binary(max_size=200), st.binary(max_size=3000)), max_size=12)


@given(PIECES, st.sampled_from([1, 4, 9]))
def test_joined_pieces_are_what_they_stand_for(pieces, level) -> None:
    chunks = [(store_chunk(stored), pack_chunk(raw, level)) for stored, raw in pieces]
    plain = b"".join(stored + raw for stored, raw in pieces)
    joined = join_chunks(chunks)
    maker = zlib.decompressobj()
    found = maker.decompress(joined)
    assert maker.eof and not maker.unused_data
    assert found in (plain, plain + b"\n")
    assert not joined.endswith(b"\r")
    assert zlib.decompress(join_chunks(chunks, padded=False)) == plain


def test_a_stream_that_would_end_in_a_carriage_return_has_a_line_end_more() -> None:
    found = 0
    for number in range(10_000, 12_000):
        raw = b"%d" % number
        if zlib.adler32(raw) & 0xFF == 0x0D:
            found += 1
            joined = join_chunks([(store_chunk(b""), pack_chunk(raw, 9))])
            assert zlib.decompress(joined) == raw + b"\n"
            assert not joined.endswith(b"\r")
    assert found


def test_a_large_piece_keeps_its_checksum() -> None:
    raw = bytes(range(256)) * 4000
    assert zlib.decompress(join_chunks([(store_chunk(raw[:65535]), pack_chunk(raw, 1))])) == raw[:65535] + raw
