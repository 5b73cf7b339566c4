"""What `verify` prints of a signature: whose time it is, and what it holds for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assess.cli.verify import _signature_line
from assess.report.proof.pdf.job import CheckedSignature

AT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "stamped", "text"),
    [
        (AT, True, "2026-06-01T09:30:00+00:00 (time stamp)"),
        (AT, False, "2026-06-01T09:30:00+00:00 (time not proved)"),
        (None, False, "– (time not proved)"),
    ],
)
def test_only_a_trusted_time_stamp_proves_a_time(
    at: datetime | None, stamped: bool, text: str
) -> None:
    """The clock of the signer, of a document or of an untrusted stamp proves nothing."""
    signature = CheckedSignature(
        field="Signature1",
        signer="王敏",
        at=at,
        stamped=stamped,
        intact=True,
        valid=True,
        trusted=False,
        whole=True,
        problem="",
        place="page 1",
    )
    line = _signature_line(signature, trusted=True)
    assert line == f"signature Signature1: 王敏, {text}, holds, not trusted, page 1"
