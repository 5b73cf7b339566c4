"""Why something is not on disk, in a few words."""

from __future__ import annotations

import errno

from assess.display.text.reasons import failed_write_reason_text
from assess.errors import WriteError


def test_the_systems_error_is_told_in_words() -> None:
    """Also where a message for a dialog was made from it; what is not known keeps its own."""
    full = OSError(errno.ENOSPC, "No space left on device")
    assert failed_write_reason_text(full, "zh") == "磁盘已满"
    error = WriteError("/w/answers.yaml can't be written: the disk is full", "make room")
    error.__cause__ = full
    assert failed_write_reason_text(error, "en") == "the disk is full"
    assert (
        failed_write_reason_text(WriteError("locked\x1b", "wait"), "en") == "locked\\u001b (wait)"
    )
    assert (
        failed_write_reason_text(OSError(errno.EFBIG, "File too large"), "zh") == "File too large"
    )
    assert failed_write_reason_text(OSError("strange"), "zh") == "strange"
