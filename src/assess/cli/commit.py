"""`assess commit`: commits the workspace's files with a message that says what changed."""

from __future__ import annotations

import click

from assess.cli.common import context, late_answers
from assess.cli.common.commit_preparation import (
    ask_and_set_committer_if_unknown,
    git_author_environment,
    print_clock_warnings,
    trust_repository_if_confirmed,
    trust_repository_option,
)
from assess.cli.common.context import LANG, _, acting_person_option, current_date, json_option
from assess.cli.common.git_snapshot import open_git_snapshot_for_command
from assess.cli.common.json_output import print_json


@click.command(
    "commit",
    help=_(
        "Commit the workspace's own files; the text says which items changed, from what to what."
    ),
)
@click.option("-m", "--message", metavar="TEXT", help=_("a text of your own"))
@acting_person_option
@trust_repository_option
@json_option
def commit_command(message: str | None, acting: str | None, trust: bool, as_json: bool) -> None:
    """Commit the files; print the commit and its message."""
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # not for --help
    from assess.workspace.core.late_answers import find_late_sheets  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing.commit import restore_files_and_commit_workspace  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    open_git_snapshot_for_command(workspace)
    trust_repository_if_confirmed(workspace, trust=trust)
    ask_and_set_committer_if_unknown(workspace, acting)
    print_clock_warnings(workspace)
    made = restore_files_and_commit_workspace(
        workspace,
        today=current_date(),
        custom_message=message,
        environ=git_author_environment(workspace),
    )
    for problem in made.warnings:
        hint = f" ({problem.hint})" if problem.hint else ""
        click.echo(f"{problem.file}: {problem.message}{hint}", err=True)
    if as_json:
        row = {
            "commit": made.oid,
            "message": made.message,
            "files": [clean_and_shorten_untrusted_text(path, None) for path in made.paths],
        }
        print_json(row)
        return
    if made.oid is None:
        click.echo(_("nothing to commit: everything is as in the last commit"), err=True)
        return
    click.echo(f"{made.oid[:10]}  {made.message}")
    for line in late_answers.late_answer_lines(
        find_late_sheets(workspace.root, workspace.read_config(), LANG), workspace.read_config()
    ):
        click.echo(line, err=True)
