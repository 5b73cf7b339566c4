"""What `assess verify` prints about the closing on which a report is based."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.cli.common.context import LANG, _

if TYPE_CHECKING:
    from assess.report.proof.result import VerificationResult
    from assess.workspace import Workspace
    from assess.workspace.proof.report_closing import ClosingAndReopenings

_UNKNOWN = frozenset(("commit-missing", "commit-unreachable"))
"""Causes that mean that the report's commit is not in this repository."""


def closing_lines(workspace: Workspace, verdict: VerificationResult) -> Iterator[str]:
    """Yield lines about the closing, and about reopenings since."""
    from assess.engine.closings import format_closing_count_and_tag  # noqa: PLC0415  # not for --help

    closing = _read_closing_and_reopenings(workspace, verdict)
    if closing is None or verdict.proof is None:
        return
    if closing.tag is not None:
        text = _("stands on the closing of round {round}: {closed}")
        yield text.format(
            round=verdict.proof.round, closed=format_closing_count_and_tag(closing.tag, LANG)
        )
    for reopening in closing.reopened:
        text = _("the round was reopened after this report, on {day} by {who}: {reason}")
        yield text.format(
            day=reopening.at.date().isoformat(), who=reopening.by, reason=reopening.reason
        )
    if closing.newest is not None and closing.newest != closing.tag:
        yield _("the round is {closed} now").format(
            closed=format_closing_count_and_tag(closing.newest, LANG)
        )


def closing_for_json(workspace: Workspace, verdict: VerificationResult) -> dict[str, Any] | None:
    """Return the same for JSON output; None where this repository lacks the commit."""
    closing = _read_closing_and_reopenings(workspace, verdict)
    if closing is None:
        return None
    return {
        "tag": closing.tag,
        "newest": closing.newest,
        "reopened_since": [
            {
                "commit": reopening.commit,
                "by": reopening.by,
                "at": reopening.at.isoformat(),
                "reason": reopening.reason,
            }
            for reopening in closing.reopened
        ],
    }


def _read_closing_and_reopenings(
    workspace: Workspace, verdict: VerificationResult
) -> ClosingAndReopenings | None:
    from assess.workspace.proof.report_closing import find_commit_closing  # noqa: PLC0415  # not for --help

    proof = verdict.proof
    unknown = not _UNKNOWN.isdisjoint(cause.code for cause in verdict.causes)
    if proof is None or proof.commit is None or unknown:
        return None
    return find_commit_closing(workspace, proof.round, proof.commit)
