"""`assess status`: where the round stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from assess.cli import context
from assess.cli.context import LANG, PROGRAM, _, json_option, round_option, today
from assess.model.base import pick
from assess.model.results import Assessment, Counts, LedgerRow, Score, shown

if TYPE_CHECKING:
    from assess.workspace import SheetName, Workspace

_PINS = {
    "newer": _("{checklist_id}: the library has version {version}: {command}"),
    "edited": _("{checklist_id}: the pinned file was edited by hand: {command}"),
}


@click.command("status", help=_("Show progress, score and overdue remediation of a round."))
@round_option
@json_option
def status_command(round_id: str | None, as_json: bool) -> None:
    """Print a line a sheet, then what is overdue."""
    from assess.workspace import pinning  # noqa: PLC0415  # not for --help

    here = context.workspace()
    round_id = round_id or here.newest_open_round()
    sheets = {name: here.desk(name, round_id).assess(today()) for name in here.sheets(round_id)}
    refusal = here.git_refusal()
    uncommitted = [] if refusal else here.uncommitted()
    standing = here.conflicts()
    pins = pinning.hints(here)
    if as_json:
        whole = {
            "round": round_id,
            "sheets": [as_plain(name, one) for name, one in sheets.items()],
            "uncommitted": uncommitted,
            "git_refusal": refusal or None,
            "git_unfinished": here.git_unfinished() or None,
            "conflicts": [
                {"file": file, "path": [*one.path, one.row.field]} for file, one in standing
            ],
            "merges_by_meaning": here.git_setup().complete,
            "checklists": [one._asdict() for one in pins],
        }
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    click.echo(_("round {round}").format(round=round_id))
    for name, assessment in sheets.items():
        click.echo(_line(name, assessment))
    for name, assessment in sheets.items():
        for row in assessment.ledger:
            if row.overdue:
                click.echo(_overdue(name, row))
    for line in _git_lines(here, refusal, uncommitted):
        click.echo(line)
    if standing:
        click.echo(_("{count} conflicts to decide: assess lint").format(count=len(standing)))
    for one in pins:
        click.echo(_PINS[one.kind].format(**one._asdict()))


def _git_lines(here: Workspace, refusal: str, uncommitted: list[str]) -> Iterator[str]:
    """Give what there is to do with git, each with the next command."""
    if refusal:
        yield refusal
        return
    if unfinished := here.git_unfinished():
        yield unfinished
    if uncommitted:
        yield _("files not committed: {count}").format(count=len(uncommitted))
    if lack := here.git_setup().lack(LANG):
        yield _("{field}: {value}").format(field=lack, value=f"{PROGRAM} git setup")


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
