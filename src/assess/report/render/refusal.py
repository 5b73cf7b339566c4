"""Why the child could not set a report."""

from __future__ import annotations

from assess.report.render.replies import FailureKind


class RenderRefusedError(Exception):
    """Raised inside the child; becomes a Failure."""

    def __init__(self, kind: FailureKind, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.hint = hint
