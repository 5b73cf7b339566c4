"""A return file for `assess import`: shown, asked about, and taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from assess.cli.common import context
from assess.cli.common.asking import ask_yes_or_no
from assess.cli.common.commit_preparation import (
    ask_and_set_committer_if_unknown,
    can_ask_user,
    git_author_environment,
    trust_repository_if_confirmed,
)
from assess.cli.common.context import LANG, _, current_date, current_time
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.errors import UsageError

if TYPE_CHECKING:
    from assess.workspace.rounds.take_return import PlannedReturnImport, TakenReturn


class ReturnOptions(NamedTuple):
    """The options of `assess import` that a return file has to do with."""

    dry_run: bool
    yes: bool
    trust: bool
    as_json: bool


def import_return_file(data: bytes, acting: str | None, options: ReturnOptions) -> None:
    """Show what a return file asks for, and take it in where it is confirmed.

    Raises:
        UsageError: the file can't be taken in, or nobody can be asked.
        click.exceptions.Exit: the user does not want it.
    """
    from assess.workspace.rounds.take_return import plan_return_import, take_return  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    planned = plan_return_import(workspace, data)
    if not options.as_json:
        _print_plan(planned)
    taken: TakenReturn | None = None
    if not (options.dry_run or planned.is_taken_in):
        _confirm_or_exit(planned, yes=options.yes)
        trust_repository_if_confirmed(workspace, trust=options.trust)
        ask_and_set_committer_if_unknown(workspace, acting)
        workspace.acting = workspace.acting or (
            context.choose_acting_person(workspace.read_config(), None) or ""
        )
        taken = take_return(
            workspace,
            planned,
            today=current_date(),
            now=current_time(),
            environ=git_author_environment(workspace),
        )
    if options.as_json:
        print_json(_make_row(planned, taken))
    else:
        _print_outcome(planned, taken)


def _print_plan(planned: PlannedReturnImport) -> None:
    """Print who sends back what, and why; the texts were refused where a screen obeys them."""
    content = planned.content
    text = _("return of {office}, number {number}, {day}")
    words = {"office": content.office, "number": content.number, "day": content.returned}
    click.echo(text.format(**words))
    rows = [
        (_("campaign"), content.campaign),
        (_("round"), content.round),
        (_("closing"), content.hand_in.tag or _("none")),
        (_("what was handed in"), content.hand_in.digest),
        (_("reason"), " ".join(content.reason.split())),
    ]
    if content.due is not None:
        rows.append((_("again by"), f"{content.due}"))
    for name, value in rows:
        click.echo(f"  {name}  {value}")
    for row in content.items:
        click.echo(f"  {row.sheet} {row.item}  {' '.join(row.words.split())}")
    click.echo(_("nobody signed this file: look at the way in which it came"), err=True)


def _confirm_or_exit(planned: PlannedReturnImport, *, yes: bool) -> None:
    if yes:
        return
    question = _("mark these items as returned?")
    if planned.reopens:
        question = _("open round {round} again, and mark these items as returned?")
    if not can_ask_user():
        message = _("nobody can be asked here whether the return is to be taken in")
        raise UsageError(
            message,
            _("look at it: {look}; take it in: {take}").format(
                look="assess import FILE --dry-run", take="assess import FILE --yes"
            ),
        )
    if not ask_yes_or_no(question.format(round=planned.content.round)):
        raise click.exceptions.Exit(ExitCode.NO)


def _print_outcome(planned: PlannedReturnImport, taken: TakenReturn | None) -> None:
    from assess.engine.closings import format_closing_count_and_tag  # noqa: PLC0415  # not for --help

    round_id = planned.content.round
    if planned.is_taken_in:
        click.echo(_("taken in before; nothing was changed"), err=True)
        return
    if taken is None:
        click.echo(_("only shown; nothing was changed"), err=True)
        return
    if taken.tag is not None:
        text = _("round {round} was {closed} and is open again")
        closed = format_closing_count_and_tag(taken.tag, LANG)
        click.echo(text.format(round=round_id, closed=closed))
    text = _("{count} items are returned: commit {commit}")
    commit = (taken.commit or "")[:10]
    click.echo(text.format(count=len(planned.content.items), commit=commit))
    command = f"assess fill --round {round_id}; assess round close {round_id}; assess submit"
    click.echo(_("next:") + f"  {command}")


def _make_row(planned: PlannedReturnImport, taken: TakenReturn | None) -> dict[str, object]:
    content = planned.content
    return {
        "office": content.office,
        "number": content.number,
        "round": content.round,
        "digest": planned.digest,
        "reason": content.reason,
        "due": f"{content.due}" if content.due else None,
        "items": [
            {"sheet": row.sheet, "item": row.item, "words": row.words} for row in content.items
        ],
        "taken_in_before": planned.is_taken_in,
        "reopened": taken.tag if taken else None,
        "commit": taken.commit if taken else None,
    }
