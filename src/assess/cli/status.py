"""`assess status`: shows the progress of a round."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from assess.cli import settle
from assess.cli.common import context, late_answers, status_rounds
from assess.cli.common.context import LANG, PROGRAM, _, current_date, json_option, round_option
from assess.cli.common.saving import show_clock_doubts
from assess.errors import FilesError
from assess.harmless import typed
from assess.model.base import pick
from assess.model.results import Assessment, Counts, LedgerRow, Score, shown

if TYPE_CHECKING:
    from assess.workspace import OpenSheet, SheetName, Workspace
    from assess.workspace.rounds.closed_rounds import ClosedState

_PINS = {
    "newer": _("{checklist_id}: the library has version {version}: {command}"),
    "edited": _("{checklist_id}: the pinned file was edited by hand: {command}"),
}


@click.command("status", help=_("Show progress, score and overdue remediation of a round."))
@round_option
@json_option
def status_command(round_id: str | None, as_json: bool) -> None:
    """Print a line for each sheet, overdue remediation, and what to do; or the closed rounds."""
    from assess.workspace.sharing.power_cut_files import add_ways_out  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace()
    context.read_git_once(workspace)
    try:
        _show_status(workspace, round_id, as_json=as_json)
    except FilesError as error:
        raise add_ways_out(workspace, error) from error


def _show_status(workspace: Workspace, round_id: str | None, *, as_json: bool) -> None:
    from assess.workspace.checklists import pinned as pinning  # noqa: PLC0415  # not for --help
    from assess.workspace.setup.renew_git_files import outdated_names  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing import settle_conflict as settling  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing import undecided_files as waiting_files  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing.power_cut_files import list_cut_files  # noqa: PLC0415  # not for --help

    shown_round = round_id or _newest_open(workspace)
    closed = _closed_rounds(workspace, shown_round)
    round_sheets = _open_sheets(workspace, shown_round) if shown_round is not None else {}
    sheets = {name: open_sheet.assess(current_date()) for name, open_sheet in round_sheets.items()}
    refusal = workspace.git_refusal()
    uncommitted = [] if refusal else workspace.list_uncommitted()
    cut = [] if refusal else list_cut_files(workspace, uncommitted)
    conflicts = settling.list_conflict_sides(workspace)
    late_sheets = [sheet for state in closed for sheet in state.late]
    pins = pinning.list_pin_hints(workspace)
    outdated = [] if refusal else outdated_names(workspace)
    if as_json:
        whole = {
            "round": shown_round,
            "sheets": [assessment_plain(name, assessment) for name, assessment in sheets.items()],
            "closed": [_closed_plain(workspace, state, shown_round) for state in closed],
            "late": late_answers.late_plain(late_sheets),
            "reopened": status_rounds.reopened_plain(workspace),
            "uncommitted": uncommitted,
            "cut_short": [problem.file for problem in cut],
            "git_refusal": str(refusal) if refusal else None,
            "git_refusal_code": (refusal.code if refusal else "") or None,
            "git_unfinished": workspace.git_unfinished() or None,
            "conflicts": [settle.conflict_plain(conflict) for conflict in conflicts],
            "merges_by_meaning": workspace.git_setup().is_complete,
            "outdated": outdated,
            "checklists": [hint._asdict() for hint in pins],
        }
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    for line in _round_lines(workspace, shown_round, sheets, closed):
        click.echo(line)
    for name, assessment in sheets.items():
        for row in assessment.ledger:
            if row.overdue:
                click.echo(_overdue_line(name, row))
    for line in (
        *late_answers.late_lines(late_sheets, workspace.read_config()),
        *([] if refusal else status_rounds.reopened_lines(workspace)),
        *_git_lines(workspace, refusal, uncommitted),
        *_outdated_lines(outdated),
    ):
        click.echo(line)
    open_sheets = [open_sheet.sheet for open_sheet in round_sheets.values()]
    show_clock_doubts(workspace, open_sheets if shown_round == _newest_open(workspace) else None)
    whole_files = [*cut, *waiting_files.undecided_files(workspace)]
    for line in (*settle.conflict_lines(conflicts), *settle.whole_lines(whole_files)):
        click.echo(line)
    for hint in pins:
        click.echo(_PINS[hint.kind].format(**hint._asdict()))
    for line in _next_lines(workspace, shown_round):
        click.echo(line)


def _next_lines(workspace: Workspace, shown_round: str | None) -> Iterator[str]:
    """Yield the next command where no round is open, or where the workspace is half made."""
    from assess.workspace.core.unfinished_init import is_half_made  # noqa: PLC0415  # not for --help

    if shown_round is None:
        yield status_rounds.next_line()
    elif not workspace.read_config().checklists and is_half_made(workspace.root):
        command = f"{PROGRAM} init {typed(str(workspace.root))}"
        yield _("this workspace was not made to the end: {command}").format(command=command)


def _newest_open(workspace: Workspace) -> str | None:
    """Return the newest open round; None where all rounds are closed.

    Raises:
        UsageError: there is no round.
    """
    rounds = workspace.read_config().rounds.values()
    if rounds and all(round_.state == "closed" for round_ in rounds):
        return None
    return workspace.newest_open_round()


def _closed_rounds(workspace: Workspace, shown_round: str | None) -> list[ClosedState]:
    """Return the closed rounds to show: all if no round is open; else those with late answers."""
    from assess.workspace.rounds.closed_rounds import list_closed_rounds  # noqa: PLC0415  # not for --help

    states = list_closed_rounds(workspace)
    return [state for state in states if shown_round in (None, state.round_id) or state.late]


def _open_sheets(workspace: Workspace, round_id: str) -> dict[SheetName, OpenSheet]:
    return {name: workspace.open_sheet(name, round_id) for name in workspace.list_sheets(round_id)}


def _reported_sheets(workspace: Workspace, state: ClosedState) -> dict[SheetName, Assessment]:
    """Return the sheets of a closed round; none where the repository does not have its tag."""
    open_sheets = _open_sheets(workspace, state.round_id) if state.closing is not None else {}
    return {name: open_sheet.assess(current_date()) for name, open_sheet in open_sheets.items()}


def _closed_plain(
    workspace: Workspace, state: ClosedState, shown_round: str | None
) -> dict[str, Any]:
    reported = _reported_sheets(workspace, state) if shown_round is None else {}
    return status_rounds.state_plain(state, [assessment_plain(*row) for row in reported.items()])


def _round_lines(
    workspace: Workspace,
    shown_round: str | None,
    sheets: Mapping[SheetName, Assessment],
    closed: Sequence[ClosedState],
) -> Iterator[str]:
    """Yield the round and a line for each sheet; where none is open, the same of closed rounds."""
    states = {
        closed_state.round_id: closed_state
        for closed_state in closed
        if shown_round in (None, closed_state.round_id)
    }
    if shown_round is not None and shown_round not in states:
        yield _("round {round}").format(round=shown_round)
        yield from (_sheet_line(name, assessment) for name, assessment in sheets.items())
    for state in states.values():
        yield from status_rounds.closing_lines(workspace, state)
        rows = sheets or _reported_sheets(workspace, state)
        yield from (_sheet_line(name, assessment) for name, assessment in rows.items())


def _git_lines(
    workspace: Workspace, refusal: Exception | None, uncommitted: list[str]
) -> Iterator[str]:
    """Yield what is to be done with git, with the commands."""
    if refusal:
        yield str(refusal)
        return
    if unfinished := workspace.git_unfinished():
        yield unfinished
    if uncommitted:
        yield _("files not committed: {count}").format(count=len(uncommitted))
    if lack := workspace.git_setup().explain_lack(LANG):
        yield _("{field}: {value}").format(field=lack, value=f"{PROGRAM} git setup")


def _outdated_lines(outdated: Sequence[str]) -> Iterator[str]:
    """Yield a line with the workspace's outdated files, and the command that updates them."""
    if outdated:
        line = _("not as this assess writes them: {names}: {command}")
        command = f"{PROGRAM} upgrade --workspace"
        yield line.format(names=", ".join(outdated), command=command)


def _sheet_line(name: SheetName, assessment: Assessment) -> str:
    counts = assessment.counts
    parts = [
        _("{done}/{all} answered").format(done=counts.done, all=counts.applicable),
        _("score {score}").format(
            score=shown(assessment.score.value if assessment.score else None)
        ),
        _("findings: {count}").format(count=len(assessment.findings)),
        _("high risk: {count}").format(count=assessment.high_risks),
        _("overdue: {count}").format(count=assessment.overdue),
    ]
    stale = sum(state.stale for state in assessment.items)
    if stale:
        parts.append(_("wording changed, to confirm: {count}").format(count=stale))
    return f"  {name}  {pick(assessment.title, LANG)}  " + "  ".join(parts)


def _overdue_line(name: SheetName, row: LedgerRow) -> str:
    text = _("overdue: {name} {item} {title}, due {due}, {days} days late, {owner}")
    return "  " + text.format(
        name=name,
        item=row.state.item.id,
        title=pick(row.state.item.title, LANG),
        due=row.due,
        days=row.days_late,
        owner=row.owner or "–",
    )


def assessment_plain(name: SheetName, assessment: Assessment) -> dict[str, Any]:
    """Return an assessment for JSON output; scores are texts with one decimal."""
    return {
        "sheet": str(name),
        "title": pick(assessment.title, LANG),
        "scope": assessment.scope_id,
        "counts": counts_plain(assessment.counts),
        "score": score_plain(assessment.score),
        "findings": [
            {"item": f.state.item.id, "result": f.state.result, "risk": f.risk, "case": f.case}
            for f in assessment.findings
        ],
        "high_risks": assessment.high_risks,
        "overdue": [row.state.item.id for row in assessment.ledger if row.overdue],
        "stale": [state.item.id for state in assessment.items if state.stale],
        "sections": [
            {
                "id": part.section.id,
                "counts": counts_plain(part.counts),
                "score": shown(part.score) if part.score is not None else None,
            }
            for part in assessment.sections
        ],
        "missing_facts": list(assessment.missing_facts),
    }


def counts_plain(counts: Counts) -> dict[str, int]:
    """Return the counts by name."""
    return {
        "applicable": counts.applicable,
        "done": counts.done,
        "met": counts.met,
        "partial": counts.partial,
        "unmet": counts.unmet,
        "not_applicable": counts.not_applicable,
        "answered": counts.answered,
        "unanswered": counts.unanswered,
        "met_without_evidence": counts.met_without_evidence,
        "without_reason": counts.without_reason,
    }


def score_plain(score: Score | None) -> dict[str, Any] | None:
    """Return a score with the sums from which it was computed."""
    if score is None:
        return None
    return {
        "method": score.method,
        "value": shown(score.value),
        "raw": shown(score.raw),
        "earned": shown(score.earned, 2),
        "possible": shown(score.possible, 2),
        "band": score.band.id if score.band else None,
        "complete": score.complete,
        "capped": score.capped,
        "vetoed": list(score.vetoed),
    }
