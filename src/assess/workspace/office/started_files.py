"""Files whose reading was started: how many are so at a time, and which of them are done."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future
from pathlib import Path
from typing import Final, NamedTuple

from assess.workspace.hand_in.outcome import HandIn, PassedFolder
from assess.workspace.office.inbox import IncomingFile, PassedOver

_MOST_BYTES_STARTED: Final = 256 << 20
"""Bytes of files whose reading was started: results are used in the order of the files."""


class StartedFile(NamedTuple):
    """A file that is being checked."""

    path: Path
    file: IncomingFile | PassedOver | PassedFolder
    checked: Future[HandIn] | None = None
    """None where it is not looked at: it is passed over, or was taken in before."""

    @property
    def size(self) -> int:
        """Its bytes in memory."""
        return len(self.file.data) if isinstance(self.file, IncomingFile) else 0

    @property
    def is_done(self) -> bool:
        """Whether nothing has to be waited for."""
        return self.checked is None or self.checked.done()


def are_enough_started(started: Collection[StartedFile], most: int) -> bool:
    """Return whether `most` files wait for their results, or too many bytes."""
    size = sum(file.size for file in started)
    return len(started) >= most or size >= _MOST_BYTES_STARTED
