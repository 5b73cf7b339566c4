"""The bytes of a return file: one form is written, and only that form is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from assess.engine.return_file_json import (
    MOST_OF_A_RETURN,
    decode_return_file,
    encode_return_file,
    is_start_of_json_object,
)
from assess.errors import UsageError
from assess.harmless import escape_and_replace_tabs
from assess.model.office import LONGEST_REASON
from assess.model.receipt import MOST_RETURNED_ITEMS
from assess.model.return_file import RETURN_FORMAT, ReturnedAnswer, ReturnedHandIn, ReturnFile

DIGEST = f"sha256:{'a' * 64}"
WORDS = st.text(min_size=1, max_size=60).map(escape_and_replace_tabs)


def make_return(words: str = "缺附表", due: date | None = None) -> ReturnFile:
    """Return a return of one answer."""
    return ReturnFile(
        format=RETURN_FORMAT,
        number="20261130-1f3a9c02-2",
        office="示例市青溪区网信办",
        campaign="2026 年网络安全自查",
        unit="qingxi-data",
        unit_name="示例市青溪区数据局",
        round="2026",
        hand_in=ReturnedHandIn(
            digest=DIGEST, received=date(2026, 11, 30), receipt="20261130-1f3a9c02"
        ),
        returned=date(2026, 11, 30),
        due=due,
        reason=words,
        items=(ReturnedAnswer(sheet="egov-network@portal", item="EGN-1.2", words=words),),
    )


@given(words=WORDS, due=st.none() | st.dates())
def test_what_is_written_is_read(words: str, due: date | None) -> None:
    """Whatever the words, in the same bytes."""
    content = make_return(words, due)
    data = encode_return_file(content)
    assert decode_return_file(data, "en") == content
    assert encode_return_file(decode_return_file(data, "en")) == data
    assert is_start_of_json_object(data)


@given(data=st.binary(max_size=200))
def test_other_bytes_end_in_a_refusal(data: bytes) -> None:
    """No bytes end in another error."""
    with pytest.raises(UsageError):
        decode_return_file(data, "zh")


def test_only_an_object_in_json_is_taken_for_a_return() -> None:
    """A PDF, a ZIP, a list and nothing at all are left to the other readers."""
    assert is_start_of_json_object(b"\xef\xbb\xbf \n{")
    for data in (b"%PDF-1.7 {", b"PK\x03\x04{", b"[{", b""):
        assert not is_start_of_json_object(data)


def test_a_file_over_the_limit_is_refused() -> None:
    """Before it is decoded; the largest file that can be written is below it."""
    with pytest.raises(UsageError, match="too large"):
        decode_return_file(b"{" + b" " * MOST_OF_A_RETURN, "en")
    words = "\U00020000" * LONGEST_REASON
    rows = tuple(
        ReturnedAnswer(sheet=f"{'a' * 100}@{'b' * 100}", item=f"I{number:099}", words=words)
        for number in range(MOST_RETURNED_ITEMS)
    )
    data = encode_return_file(replace(make_return(words), items=rows))
    assert MOST_OF_A_RETURN * 3 // 4 < len(data) < MOST_OF_A_RETURN
    assert len(decode_return_file(data, "en").items) == MOST_RETURNED_ITEMS
