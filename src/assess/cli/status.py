"""`assess status`: where the round stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from assess.cli import settle
from assess.cli.common import context, late_answers, status_rounds
from assess.cli.common.context import LANG, PROGRAM, _, json_option, round_option, today
from assess.cli.common.saving import show_clock_doubts
from assess.harmless import typed
from assess.model.base import pick
from assess.model.results import Assessment, Counts, LedgerRow, Score, shown

if TYPE_CHECKING:
    from assess.workspace import Desk, SheetName, Workspace
    from assess.workspace.rounds.closed_rounds import ClosedState

_PINS = {
    "newer": _("{checklist_id}: the library has version {version}: {command}"),
    "edited": _("{checklist_id}: the pinned file was edited by hand: {command}"),
}


@click.command("status", help=_("Show progress, score and overdue remediation of a round."))
@round_option
@json_option
def status_command(round_id: str | None, as_json: bool) -> None:
    """Print a line a sheet, then what is overdue; the closed rounds where none is open."""
    from assess.workspace.checklists import pinned as pinning  # noqa: PLC0415  # not for --help
    from assess.workspace.setup.renew_git_files import outdated_names  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing import settle_conflict as settling  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing import undecided_files as waiting_files  # noqa: PLC0415  # not for --help

    here = context.workspace()
    context.read_git_once(here)
    shown_round = round_id or _newest_open(here)
    closed = _closed(here, shown_round)
    desks = _desks(here, shown_round) if shown_round is not None else {}
    sheets = {name: desk.assess(today()) for name, desk in desks.items()}
    refusal = here.git_refusal()
    uncommitted = [] if refusal else here.uncommitted()
    standing = settling.sides(here)
    late_sheets = [sheet for one in closed for sheet in one.late]
    pins = pinning.hints(here)
    outdated = [] if refusal else outdated_names(here)
    if as_json:
        whole = {
            "round": shown_round,
            "sheets": [as_plain(name, one) for name, one in sheets.items()],
            "closed": [_closed_plain(here, one, shown_round) for one in closed],
            "late": late_answers.late_plain(late_sheets),
            "reopened": status_rounds.reopened_plain(here),
            "uncommitted": uncommitted,
            "git_refusal": str(refusal) if refusal else None,
            "git_refusal_code": (refusal.code if refusal else "") or None,
            "git_unfinished": here.git_unfinished() or None,
            "conflicts": [settle.conflict_plain(one) for one in standing],
            "merges_by_meaning": here.git_setup().complete,
            "outdated": outdated,
            "checklists": [one._asdict() for one in pins],
        }
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    for line in _round_lines(here, shown_round, sheets, closed):
        click.echo(line)
    for name, assessment in sheets.items():
        for row in assessment.ledger:
            if row.overdue:
                click.echo(_overdue(name, row))
    for line in (
        *late_answers.late_lines(late_sheets, here.config()),
        *([] if refusal else status_rounds.reopened_lines(here)),
        *_git_lines(here, refusal, uncommitted),
        *_outdated_lines(outdated),
    ):
        click.echo(line)
    open_sheets = [desk.sheet for desk in desks.values()]
    show_clock_doubts(here, open_sheets if shown_round == _newest_open(here) else None)
    whole_files = waiting_files.undecided_files(here)
    for line in (*settle.conflict_lines(standing), *settle.whole_lines(whole_files)):
        click.echo(line)
    for one in pins:
        click.echo(_PINS[one.kind].format(**one._asdict()))
    for line in _next_lines(here, shown_round):
        click.echo(line)


def _next_lines(here: Workspace, shown_round: str | None) -> Iterator[str]:
    """Give what comes next where no round is open, or the workspace was not made to the end."""
    from assess.workspace.core.unfinished_init import is_half_made  # noqa: PLC0415  # not for --help

    if shown_round is None:
        yield status_rounds.next_line()
    elif not here.config().checklists and is_half_made(here.root):
        command = f"{PROGRAM} init {typed(str(here.root))}"
        yield _("this workspace was not made to the end: {command}").format(command=command)


def _newest_open(here: Workspace) -> str | None:
    """Return the newest open round; None where all rounds are closed.

    Raises:
        UsageError: there is no round at all.
    """
    rounds = here.config().rounds.values()
    if rounds and all(one.state == "closed" for one in rounds):
        return None
    return here.newest_open_round()


def _closed(here: Workspace, shown_round: str | None) -> list[ClosedState]:
    """Return the closed rounds to speak of: all where none is open, else those that matter."""
    from assess.workspace.rounds.closed_rounds import closed_rounds  # noqa: PLC0415  # not for --help

    states = closed_rounds(here)
    return [one for one in states if shown_round in (None, one.round_id) or one.late]


def _desks(here: Workspace, round_id: str) -> dict[SheetName, Desk]:
    return {name: here.desk(name, round_id) for name in here.sheets(round_id)}


def _reported(here: Workspace, state: ClosedState) -> dict[SheetName, Assessment]:
    """Return the sheets of a closed round; none where its tag is not here."""
    desks = _desks(here, state.round_id) if state.closing is not None else {}
    return {name: desk.assess(today()) for name, desk in desks.items()}


def _closed_plain(here: Workspace, state: ClosedState, shown_round: str | None) -> dict[str, Any]:
    reported = _reported(here, state) if shown_round is None else {}
    return status_rounds.state_plain(state, [as_plain(*one) for one in reported.items()])


def _round_lines(
    here: Workspace,
    shown_round: str | None,
    sheets: Mapping[SheetName, Assessment],
    closed: Sequence[ClosedState],
) -> Iterator[str]:
    """Give the round with a line a sheet; where none is open, each closed one."""
    states = {one.round_id: one for one in closed if shown_round in (None, one.round_id)}
    if shown_round is not None and shown_round not in states:
        yield _("round {round}").format(round=shown_round)
        yield from (_line(name, one) for name, one in sheets.items())
    for state in states.values():
        yield from status_rounds.closing_lines(here, state)
        rows = sheets or _reported(here, state)
        yield from (_line(name, one) for name, one in rows.items())


def _git_lines(here: Workspace, refusal: Exception | None, uncommitted: list[str]) -> Iterator[str]:
    """Give what there is to do with git, each with the next command."""
    if refusal:
        yield str(refusal)
        return
    if unfinished := here.git_unfinished():
        yield unfinished
    if uncommitted:
        yield _("files not committed: {count}").format(count=len(uncommitted))
    if lack := here.git_setup().lack(LANG):
        yield _("{field}: {value}").format(field=lack, value=f"{PROGRAM} git setup")


def _outdated_lines(outdated: Sequence[str]) -> Iterator[str]:
    """Give the offer to bring the workspace's own files up to date."""
    if outdated:
        line = _("not as this assess writes them: {names}: {command}")
        command = f"{PROGRAM} upgrade --workspace"
        yield line.format(names=", ".join(outdated), command=command)


def _line(name: SheetName, one: Assessment) -> str:
    counts = one.counts
    parts = [
        _("{done}/{all} answered").format(done=counts.done, all=counts.applicable),
        _("score {score}").format(score=shown(one.score.value if one.score else None)),
        _("findings: {count}").format(count=len(one.findings)),
        _("high risk: {count}").format(count=one.high_risks),
        _("overdue: {count}").format(count=one.overdue),
    ]
    stale = sum(state.stale for state in one.items)
    if stale:
        parts.append(_("wording changed, to confirm: {count}").format(count=stale))
    return f"  {name}  {pick(one.title, LANG)}  " + "  ".join(parts)


def _overdue(name: SheetName, row: LedgerRow) -> str:
    text = _("overdue: {name} {item} {title}, due {due}, {days} days late, {owner}")
    return "  " + text.format(
        name=name,
        item=row.state.item.id,
        title=pick(row.state.item.title, LANG),
        due=row.due,
        days=row.days_late,
        owner=row.owner or "–",
    )


def as_plain(name: SheetName, one: Assessment) -> dict[str, Any]:
    """Return an assessment as JSON has it; scores as exact text with one decimal."""
    return {
        "sheet": str(name),
        "title": pick(one.title, LANG),
        "scope": one.scope_id,
        "counts": counts_plain(one.counts),
        "score": score_plain(one.score),
        "findings": [
            {"item": f.state.item.id, "result": f.state.result, "risk": f.risk, "case": f.case}
            for f in one.findings
        ],
        "high_risks": one.high_risks,
        "overdue": [row.state.item.id for row in one.ledger if row.overdue],
        "stale": [state.item.id for state in one.items if state.stale],
        "sections": [
            {
                "id": part.section.id,
                "counts": counts_plain(part.counts),
                "score": shown(part.score) if part.score is not None else None,
            }
            for part in one.sections
        ],
        "missing_facts": list(one.missing_facts),
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
    """Return a score with the sums it was made from."""
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
