"""`assess diff [REV [REV]]`: shows by meaning what changed between two states."""

from __future__ import annotations

import click

from assess.cli.common import context
from assess.cli.common.context import LANG, _, current_date, json_option
from assess.cli.common.json_output import print_json
from assess.cli.log import format_option, read_names_by_person_id


@click.command(
    "diff",
    help=_(
        "Show what changed since the last commit, since OLD, or from OLD to NEW: items from what to"
        " what, scores, findings."
    ),
)
@click.argument("old", required=False)
@click.argument("new", required=False)
@format_option
@json_option
def diff_command(old: str | None, new: str | None, form: str, as_json: bool) -> None:
    """Print the changes."""
    from assess.cli.common.history_plain import changes_for_json  # noqa: PLC0415  # not for --help
    from assess.engine.history import words  # noqa: PLC0415  # not for --help
    from assess.workspace.history.changes import WorkspaceHistory  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace()
    with WorkspaceHistory(workspace, current_date()) as history:
        changes = history.diff_states(old, new)
    if as_json:
        print_json(changes_for_json(changes, LANG))
        return
    lines = words.describe_changes(changes, read_names_by_person_id(workspace), LANG)
    click.echo(
        words.format_lines_as_markdown(lines)
        if form == "markdown"
        else words.indent_and_join_lines(lines),
        nl=False,
    )
    if changes.is_empty:
        click.echo(_("nothing changed"), err=True)
