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


def closing_lines(workspace: Workspace, verification: VerificationResult) -> Iterator[str]:
    """Yield lines about the closing, and about reopenings since."""
    from assess.engine.closings import format_closing_count_and_tag  # noqa: PLC0415  # not for --help

    closing = _read_closing_and_reopenings(workspace, verification)
    if closing is None or verification.proof is None:
        return
    if closing.tag is not None:
        text = _("stands on the closing of round {round}: {closed}")
        later = verification.doubts.later
        if later is not None and later.is_in_history is False:
            text = _(
                "a tag says that its commit closed round {round} ({closed}), but this closing is "
                "not in the history of the branch that is checked out"
            )
        yield text.format(
            round=verification.proof.round, closed=format_closing_count_and_tag(closing.tag, LANG)
        )
    yield from _lines_about_doubtful_tags(closing, verification.proof.round)
    if not closing.is_complete:
        yield _(
            "this clone is shallow: whether the round was reopened after this report can't be "
            "told; git fetch --unshallow --tags"
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
    if closing.open_without_reason:
        yield _("the round was closed and is open again, and no commit says why")


def _lines_about_doubtful_tags(closing: ClosingAndReopenings, round_id: str) -> Iterator[str]:
    """Yield a line for each tag of the round on the commit that does not prove a closing."""
    for tag in closing.uncertain_tags:
        text = _(
            "this clone is shallow: whether the commit with tag {tag} closed round {round} can't "
            "be told; git fetch --unshallow --tags"
        )
        yield text.format(tag=tag, round=round_id)
    for tag in closing.wrong_tags:
        text = _("tag {tag} is on this commit, which did not close round {round}")
        yield text.format(tag=tag, round=round_id)


def closing_for_json(
    workspace: Workspace, verification: VerificationResult
) -> dict[str, Any] | None:
    """Return the same for JSON output; None where this repository lacks the commit."""
    closing = _read_closing_and_reopenings(workspace, verification)
    if closing is None:
        return None
    return {
        "tag": closing.tag,
        "newest": closing.newest,
        "uncertain_tags": list(closing.uncertain_tags),
        "wrong_tags": list(closing.wrong_tags),
        "complete": closing.is_complete,
        "open_without_reason": closing.open_without_reason,
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
    workspace: Workspace, verification: VerificationResult
) -> ClosingAndReopenings | None:
    from assess.workspace.proof.report_closing import find_closing_made_by_commit  # noqa: PLC0415  # not for --help

    proof = verification.proof
    unknown = not _UNKNOWN.isdisjoint(cause.code for cause in verification.causes)
    if proof is None or proof.commit is None or unknown:
        return None
    return find_closing_made_by_commit(workspace, proof.round, proof.commit)
