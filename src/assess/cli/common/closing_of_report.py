"""What `assess verify` prints about the closing on which a report is based."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.china_time import find_day_in_china
from assess.cli.common.context import LANG, _

if TYPE_CHECKING:
    from assess.report.proof.digest import DigestMatch
    from assess.report.proof.doubts import ReportDoubts
    from assess.report.proof.result import VerificationResult
    from assess.workspace import Workspace
    from assess.workspace.core.reopening_history import Reopening
    from assess.workspace.history.later_state import LaterState
    from assess.workspace.proof.report_closing import ClosingAndReopenings

_UNKNOWN = frozenset(("commit-missing", "commit-unreachable"))
"""Causes that mean that the report's commit is not in this repository."""


def describe_closing_for_report(
    workspace: Workspace, verification: VerificationResult
) -> Iterator[str]:
    """Yield lines about the closing, and about reopenings since."""
    closing = _read_closing_and_reopenings(workspace, verification)
    if closing is not None and verification.proof is not None:
        yield from _describe_closing_and_reopenings(
            closing, verification.proof.round, verification.doubts.later
        )


def describe_closing_for_digest(
    workspace: Workspace, match: DigestMatch, doubts: ReportDoubts | None
) -> Iterator[str]:
    """Yield the same for the report that a digest stands for."""
    closing = _find_closing_made_by_commit(workspace, match.round_id, match.commit)
    yield from _describe_closing_and_reopenings(
        closing, match.round_id, doubts.later if doubts else None
    )


def _describe_closing_and_reopenings(
    closing: ClosingAndReopenings, round_id: str, later: LaterState | None
) -> Iterator[str]:
    from assess.engine.closings import format_closing_count_and_tag  # noqa: PLC0415  # not for --help

    if closing.tag is not None:
        text = _("stands on the closing of round {round}: {closed}")
        if later is not None and later.is_in_history is False:
            text = _(
                "a tag says that its commit closed round {round} ({closed}), but this closing is "
                "not in the history of the branch that is checked out"
            )
        yield text.format(round=round_id, closed=format_closing_count_and_tag(closing.tag, LANG))
    yield from _lines_about_doubtful_tags(closing, round_id)
    if not closing.is_complete:
        yield _(
            "this clone is shallow: whether the round was reopened after this report can't be "
            "told; git fetch --unshallow --tags"
        )
    for reopening in closing.reopened:
        text = _("the round was reopened after this report, on {day} by {who}: {reason}")
        yield _format_reopening(text, reopening)
    for reopening in closing.reopened_elsewhere:
        text = _(
            "the round was reopened after this report, on {day} by {who}: {reason} (on a branch or "
            "tag that is here, but not in the branch that is checked out: "
            "git branch -a --contains {commit}; git merge, or assess sync)"
        )
        yield _format_reopening(text, reopening)
    if closing.newest is not None and closing.newest != closing.tag:
        yield _("the round is {closed} now").format(
            closed=format_closing_count_and_tag(closing.newest, LANG)
        )
    if closing.open_without_reason:
        yield _("the round was closed and is open again, and no commit says why")


def _format_reopening(message_format: str, reopening: Reopening) -> str:
    return message_format.format(
        day=find_day_in_china(reopening.at).isoformat(),
        who=reopening.by,
        reason=reopening.reason,
        commit=reopening.commit[:10],
    )


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
    return (
        None
        if closing is None
        else _closing_and_reopenings_for_json(closing, verification.doubts.later)
    )


def closing_of_digest_for_json(
    workspace: Workspace, match: DigestMatch, doubts: ReportDoubts | None
) -> dict[str, Any]:
    """Return the same for the report that a digest stands for."""
    closing = _find_closing_made_by_commit(workspace, match.round_id, match.commit)
    return _closing_and_reopenings_for_json(closing, doubts.later if doubts else None)


def _closing_and_reopenings_for_json(
    closing: ClosingAndReopenings, later: LaterState | None
) -> dict[str, Any]:
    """Return a row; it is complete if no later commit is missing from the branch checked out."""
    in_history = later is None or later.is_in_history is True
    return {
        "tag": closing.tag,
        "newest": closing.newest,
        "uncertain_tags": list(closing.uncertain_tags),
        "wrong_tags": list(closing.wrong_tags),
        "complete": closing.is_complete and in_history and not closing.reopened_elsewhere,
        "open_without_reason": closing.open_without_reason,
        "reopened_since": [
            {
                "commit": reopening.commit,
                "by": reopening.by,
                "at": reopening.at.isoformat(),
                "reason": reopening.reason,
                "in_history": reopening in closing.reopened,
            }
            for reopening in (*closing.reopened, *closing.reopened_elsewhere)
        ],
    }


def _read_closing_and_reopenings(
    workspace: Workspace, verification: VerificationResult
) -> ClosingAndReopenings | None:
    proof = verification.proof
    unknown = not _UNKNOWN.isdisjoint(cause.code for cause in verification.causes)
    if proof is None or proof.commit is None or unknown:
        return None
    return _find_closing_made_by_commit(workspace, proof.round, proof.commit)


def _find_closing_made_by_commit(
    workspace: Workspace, round_id: str, commit: str
) -> ClosingAndReopenings:
    from assess.workspace.proof.report_closing import find_closing_made_by_commit  # noqa: PLC0415  # not for --help

    return find_closing_made_by_commit(workspace, round_id, commit)
