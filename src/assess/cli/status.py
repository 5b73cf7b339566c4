"""`assess status`: shows the progress of a round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from assess.cli import settle
from assess.cli.common import context, late_answers, status_rounds
from assess.cli.common.assessment_json import assessment_for_json
from assess.cli.common.coloured_lines import ColouredLine, ColouredText
from assess.cli.common.commit_preparation import print_clock_warnings
from assess.cli.common.context import LANG, PROGRAM, _, _n, current_date, json_option, round_option
from assess.cli.common.git_snapshot import open_git_snapshot_for_command
from assess.cli.common.json_output import print_json
from assess.cli.common.status_table import sheet_lines
from assess.cli.common.terminal import print_line
from assess.engine.finding_name import label_and_problem_or_title
from assess.errors import FilesError
from assess.harmless import quote_for_shell
from assess.import_pause import pause_garbage_collection_for_imports
from assess.model.results import Assessment, LedgerRow

if TYPE_CHECKING:
    from assess.engine.outside_findings import OutsideRow
    from assess.problem import Problem
    from assess.workspace import OpenSheet, SheetName, Workspace
    from assess.workspace.checklists.pinned import PinHint
    from assess.workspace.core.late_answers import LateSheet
    from assess.workspace.rounds.closed_rounds import ClosedState
    from assess.workspace.sharing.settle_conflict import ConflictSides

_PINS = {
    "newer": _("{checklist_id}: the library has version {version}: {command}"),
    "edited": _("{checklist_id}: the pinned file was edited by hand: {command}"),
}


class _RoundStatus(NamedTuple):
    """What `assess status` shows; every file is read once for it."""

    shown_round: str | None
    """None: no round is open."""
    closed: Sequence[ClosedState]
    open_sheets: Mapping[SheetName, OpenSheet]
    assessments: Mapping[SheetName, Assessment]
    git_refusal: str
    """Why git does not open the repository; '' where it does."""
    git_refusal_code: str
    uncommitted: Sequence[str]
    cut_short: Sequence[Problem]
    """Files that a power cut emptied or cut short."""
    conflicts: Sequence[ConflictSides]
    pins: Sequence[PinHint]
    outdated: Sequence[str]

    @property
    def overdue_outside_rows(self) -> list[OutsideRow]:
        """The findings of others that are overdue; every sheet of the round has the same."""
        from assess.engine.outside_findings import list_outside_rows_of_round  # noqa: PLC0415  # not for --help

        findings = next((sheet.findings for sheet in self.open_sheets.values()), {})
        rows = list_outside_rows_of_round(findings, self.shown_round or "", current_date())
        return [row for row in rows if row.overdue]

    @property
    def late_sheets(self) -> list[LateSheet]:
        """The sheets of closed rounds that have late answers."""
        return [sheet for state in self.closed for sheet in state.late]


@click.command("status", help=_("Show progress, score and overdue remediation of a round."))
@round_option
@json_option
def status_command(round_id: str | None, as_json: bool) -> None:
    """Print a line for each sheet, overdue remediation, and what to do; or the closed rounds."""
    workspace = context.open_workspace()
    open_git_snapshot_for_command(workspace)
    try:
        status = _read_status(workspace, round_id)
        if as_json:
            plain = _status_for_json(workspace, status)
            print_json(plain)
        else:
            _print_status(workspace, status)
    except FilesError as error:
        from assess.workspace.sharing.power_cut_files import add_power_cut_hints  # noqa: PLC0415  # only for damage

        raise add_power_cut_hints(workspace, error) from error


def _read_status(workspace: Workspace, round_id: str | None) -> _RoundStatus:
    """Return the status of a round; of the newest open one where `round_id` is None."""
    with pause_garbage_collection_for_imports():
        from assess.workspace.checklists.pinned import list_pin_hints  # noqa: PLC0415  # not for --help
        from assess.workspace.setup.outdated_git_files import list_outdated_file_names  # noqa: PLC0415  # as above
        from assess.workspace.sharing.power_cut_files import find_cut_short_file_problems  # noqa: PLC0415  # as above

    shown_round = round_id or _find_last_open_round_or_none(workspace)
    closed = _closed_rounds_to_show(workspace, shown_round)
    open_sheets = _open_sheets_by_name(workspace, shown_round) if shown_round is not None else {}
    assessments = _assess_sheets(open_sheets)
    refusal = workspace.git.find_git_error()
    uncommitted = [] if refusal else workspace.list_uncommitted_report_inputs()
    return _RoundStatus(
        shown_round=shown_round,
        closed=closed,
        open_sheets=open_sheets,
        assessments=assessments,
        git_refusal=str(refusal or ""),
        git_refusal_code=refusal.code if refusal else "",
        uncommitted=uncommitted,
        cut_short=[] if refusal else find_cut_short_file_problems(workspace, uncommitted),
        conflicts=_list_conflict_sides(workspace),
        pins=list_pin_hints(workspace),
        outdated=[] if refusal else list_outdated_file_names(workspace),
    )


def _list_conflict_sides(workspace: Workspace) -> Sequence[ConflictSides]:
    if not workspace.list_conflicts():
        return ()
    from assess.workspace.sharing.settle_conflict import list_conflict_sides  # noqa: PLC0415  # 5 ms; few have one

    return list_conflict_sides(workspace)


def _status_for_json(workspace: Workspace, status: _RoundStatus) -> dict[str, Any]:
    """Return the status for JSON output."""
    return {
        "round": status.shown_round,
        "sheets": [assessment_for_json(*row) for row in status.assessments.items()],
        "closed": [
            _closed_round_for_json(workspace, state, status.shown_round) for state in status.closed
        ],
        "overdue_of_others": [row.id for row in status.overdue_outside_rows],
        "late": late_answers.late_answers_for_json(status.late_sheets),
        "reopened": status_rounds.reopened_rounds_for_json(workspace),
        "uncommitted": list(status.uncommitted),
        "cut_short": [problem.file for problem in status.cut_short],
        "git_refusal": status.git_refusal or None,
        "git_refusal_code": status.git_refusal_code or None,
        "git_unfinished": workspace.git.describe_operation_in_progress() or None,
        "git_private_files": workspace.git.describe_committed_private_files() or None,
        "conflicts": [settle.conflict_for_json(sides) for sides in status.conflicts],
        "merges_by_meaning": workspace.git.read_merge_setup().is_complete_or_not_needed,
        "outdated": list(status.outdated),
        "checklists": [hint._asdict() for hint in status.pins],
    }


def _print_status(workspace: Workspace, status: _RoundStatus) -> None:
    """Print the status: sheets, overdue remediation, what to do, warnings, conflicts."""
    for line in _list_status_lines(workspace, status):
        print_line(line)
    sheets = [open_sheet.sheet for open_sheet in status.open_sheets.values()]
    is_newest = status.shown_round == _find_last_open_round_or_none(workspace)
    print_clock_warnings(workspace, sheets if is_newest else None)
    for line in _list_conflict_and_hint_lines(workspace, status):
        print_line(line)


def _list_status_lines(workspace: Workspace, status: _RoundStatus) -> Iterator[str | ColouredLine]:
    """Yield the sheets, overdue remediation, and what is to be done with rounds and git."""
    yield from _list_round_and_sheet_lines(
        workspace, status.shown_round, status.assessments, status.closed
    )
    for name, assessment in status.assessments.items():
        yield from (
            _overdue_remediation_line(name, row) for row in assessment.ledger if row.overdue
        )
        yield from _uncounted_answer_lines(name, assessment)
    yield from map(_overdue_outside_finding_line, status.overdue_outside_rows)
    yield from late_answers.late_answer_lines(status.late_sheets, workspace.read_config())
    if not status.git_refusal:
        yield from status_rounds.reopened_round_lines(workspace)
    yield from _git_lines(workspace, status.git_refusal, status.uncommitted)
    yield from _outdated_file_lines(status.outdated)


def _list_conflict_and_hint_lines(workspace: Workspace, status: _RoundStatus) -> Iterator[str]:
    """Yield the conflicts and files to decide, hints about checklists, and the next command."""
    from assess.workspace.sharing.undecided_files import list_undecided_file_problems  # noqa: PLC0415  # not for --help

    yield from settle.conflict_lines_for_settling(status.conflicts)
    yield from settle.undecided_file_lines(
        [*status.cut_short, *list_undecided_file_problems(workspace)]
    )
    yield from (_PINS[hint.kind].format(**hint._asdict()) for hint in status.pins)
    yield from _next_command_lines(workspace, status.shown_round)


def _next_command_lines(workspace: Workspace, shown_round: str | None) -> Iterator[str]:
    """Yield the next command where no round is open, or where the workspace is half made."""
    from assess.workspace.core.unfinished_init import is_workspace_incomplete  # noqa: PLC0415  # not for --help

    if shown_round is None:
        yield status_rounds.line_with_next_round_command()
    elif not workspace.read_config().checklists and is_workspace_incomplete(workspace.root):
        command = f"{PROGRAM} init {quote_for_shell(str(workspace.root))}"
        yield _("this workspace was not made to the end: {command}").format(command=command)


def _find_last_open_round_or_none(workspace: Workspace) -> str | None:
    """Return the newest open round; None where all rounds are closed.

    Raises:
        UsageError: there is no round.
    """
    rounds = workspace.read_config().rounds.values()
    if rounds and all(round_.state == "closed" for round_ in rounds):
        return None
    return workspace.find_newest_open_round()


def _closed_rounds_to_show(workspace: Workspace, shown_round: str | None) -> list[ClosedState]:
    """Return the closed rounds to show: all if no round is open; else those with late answers."""
    from assess.workspace.rounds.closed_rounds import list_closed_rounds  # noqa: PLC0415  # not for --help

    return list_closed_rounds(workspace, shown_round)


def _open_sheets_by_name(workspace: Workspace, round_id: str) -> dict[SheetName, OpenSheet]:
    return {name: workspace.open_sheet(name, round_id) for name in workspace.list_sheets(round_id)}


def _assess_sheets(open_sheets: Mapping[SheetName, OpenSheet]) -> dict[SheetName, Assessment]:
    return {name: open_sheet.assess_on(current_date()) for name, open_sheet in open_sheets.items()}


def _assess_sheets_of_closed_round(
    workspace: Workspace, state: ClosedState
) -> dict[SheetName, Assessment]:
    """Return the sheets of a closed round; none where the repository does not have its tag."""
    open_sheets = (
        _open_sheets_by_name(workspace, state.round_id) if state.closing is not None else {}
    )
    return _assess_sheets(open_sheets)


def _closed_round_for_json(
    workspace: Workspace, state: ClosedState, shown_round: str | None
) -> dict[str, Any]:
    reported = _assess_sheets_of_closed_round(workspace, state) if shown_round is None else {}
    return status_rounds.closed_round_for_json(
        state, [assessment_for_json(*row) for row in reported.items()]
    )


def _list_round_and_sheet_lines(
    workspace: Workspace,
    shown_round: str | None,
    sheets: Mapping[SheetName, Assessment],
    closed: Sequence[ClosedState],
) -> Iterator[str | ColouredLine]:
    """Yield the round and a line for each sheet; where none is open, the same of closed rounds."""
    states = {
        closed_state.round_id: closed_state
        for closed_state in closed
        if shown_round in (None, closed_state.round_id)
    }
    if shown_round is not None and shown_round not in states:
        yield _("round {round}").format(round=shown_round)
        yield from sheet_lines(sheets)
    for state in states.values():
        yield from status_rounds.closed_round_lines(workspace, state)
        rows = sheets or _assess_sheets_of_closed_round(workspace, state)
        yield from sheet_lines(rows)


def _git_lines(workspace: Workspace, refusal: str, uncommitted: Sequence[str]) -> Iterator[str]:
    """Yield what is to be done with git, with the commands."""
    if refusal:
        yield refusal
        return
    if unfinished := workspace.git.describe_operation_in_progress():
        yield unfinished
    if private := workspace.git.describe_committed_private_files():
        yield private
    if uncommitted:
        yield _("files not committed: {count}").format(count=len(uncommitted))
    if lack := workspace.git.read_merge_setup().explain_what_is_missing(LANG):
        yield _("{field}: {value}").format(field=lack, value=f"{PROGRAM} git setup")


def _outdated_file_lines(outdated: Sequence[str]) -> Iterator[str]:
    """Yield a line with the workspace's outdated files, and the command that updates them."""
    if outdated:
        line = _("not as this assess writes them: {names}: {command}")
        command = f"{PROGRAM} upgrade --workspace"
        yield line.format(names=", ".join(outdated), command=command)


def _uncounted_answer_lines(name: SheetName, assessment: Assessment) -> Iterator[str]:
    """Yield a line with the answers of a sheet that do not count: their questions are closed."""
    uncounted = [state.item.id for state in assessment.items if state.has_uncounted_answer]
    if uncounted:
        text = _("kept, question closed: {name} {items}")
        yield f"  {text.format(name=name, items=', '.join(uncounted))}"


def _overdue_remediation_line(name: SheetName, row: LedgerRow) -> ColouredLine:
    text = _n(
        "overdue: {name} {item} {title}, due {due}, {days} day late, {owner}",
        "overdue: {name} {item} {title}, due {due}, {days} days late, {owner}",
        row.days_late,
    )
    line = text.format(
        name=name,
        item=row.state.item.id,
        title=label_and_problem_or_title(row.state.item, LANG),
        due=row.due,
        days=row.days_late,
        owner=row.owner or "–",
    )
    return ColouredLine((ColouredText(f"  {line}", "red"),))


def _overdue_outside_finding_line(row: OutsideRow) -> ColouredLine:
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # not for --help
    from assess.engine.outside_findings import outside_source_and_number  # noqa: PLC0415  # as above

    text = _n(
        "overdue: {name} {item} {title}, due {due}, {days} day late, {owner}",
        "overdue: {name} {item} {title}, due {due}, {days} days late, {owner}",
        row.days_late,
    )
    line = text.format(
        name=row.id,
        item=clean_and_shorten_untrusted_text(outside_source_and_number(row.finding, LANG)),
        title=clean_and_shorten_untrusted_text(row.finding.text, 40),
        due=row.due,
        days=row.days_late,
        owner=clean_and_shorten_untrusted_text(row.owner or "–"),
    )
    return ColouredLine((ColouredText(f"  {line}", "red"),))
