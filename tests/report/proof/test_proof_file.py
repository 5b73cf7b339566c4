"""provenance.json of a PDF from elsewhere."""

from __future__ import annotations

import pytest

from assess.report.proof.proof_file import decode_proof


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"[" * 100_000, b'{"x":' + b"[" * 100_000, b'{"round": "a\\nb"}', b"\xff"]
)
def test_what_is_no_provenance_is_none(data: bytes) -> None:
    """However deep it goes: the reader ends, and says that it is none."""
    assert decode_proof(data) is None
