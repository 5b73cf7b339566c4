"""What `assess verify` says of the closing that a report stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.cli.common.context import LANG, _

if TYPE_CHECKING:
    from assess.report.proof.verify import Verdict
    from assess.workspace import Workspace
    from assess.workspace.proof.report_closing import Standing

_UNKNOWN = frozenset(("commit-missing", "commit-unreachable"))
"""Causes with which the report's commit is not in the history here."""


def lines(here: Workspace, found: Verdict) -> Iterator[str]:
    """Give the closing, and whether the round was reopened since."""
    from assess.engine.closings import closing_words  # noqa: PLC0415  # not for --help

    standing = _standing(here, found)
    if standing is None or found.proof is None:
        return
    if standing.tag is not None:
        text = _("stands on the closing of round {round}: {closed}")
        yield text.format(round=found.proof.round, closed=closing_words(standing.tag, LANG))
    for one in standing.reopened:
        text = _("the round was reopened after this report, on {day} by {who}: {reason}")
        yield text.format(day=one.at.date().isoformat(), who=one.by, reason=one.reason)
    if standing.newest is not None and standing.newest != standing.tag:
        yield _("the round is {closed} now").format(closed=closing_words(standing.newest, LANG))


def plain(here: Workspace, found: Verdict) -> dict[str, Any] | None:
    """Return the same as JSON has it; None where the commit is not known here."""
    standing = _standing(here, found)
    if standing is None:
        return None
    return {
        "tag": standing.tag,
        "newest": standing.newest,
        "reopened_since": [
            {"commit": one.commit, "by": one.by, "at": one.at.isoformat(), "reason": one.reason}
            for one in standing.reopened
        ],
    }


def _standing(here: Workspace, found: Verdict) -> Standing | None:
    from assess.workspace.proof.report_closing import standing_of  # noqa: PLC0415  # not for --help

    proof = found.proof
    unknown = not _UNKNOWN.isdisjoint(one.code for one in found.causes)
    if proof is None or proof.commit is None or unknown:
        return None
    return standing_of(here, proof.round, proof.commit)
