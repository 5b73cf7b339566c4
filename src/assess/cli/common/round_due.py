"""`assess round set-due`: the day by which a round is to be done."""

from __future__ import annotations

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.context import _, acting_person_option


@click.command(
    "set-due",
    help=_(
        "Set the day by which a round is to be done: the newest open one, the first one too."
        " DATE is written 2026-06-30."
    ),
)
@click.argument("due", metavar="DATE")
@click.option(
    "--round",
    "round_id",
    metavar="R",
    help=_("round; the newest open one"),
    shell_complete=complete_ids.open_rounds,
)
@acting_person_option
def set_due_command(due: str, round_id: str | None, acting: str | None) -> None:
    """Write the day into assess.yaml."""
    from assess.workspace.rounds.due_date import set_due_date_of_round  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    round_id = round_id or workspace.find_newest_open_round()
    day = context.parse_required_day(due, "assess round set-due")
    set_due_date_of_round(workspace, round_id, day)
    click.echo(_("round {round} is to be done by {day}").format(round=round_id, day=day))
