"""`assess commit`: the workspace's own files, with a text that says what changed."""

from __future__ import annotations

import json

import click

from assess.cli.common import context, late_answers
from assess.cli.common.context import LANG, _, as_option, json_option, today
from assess.cli.common.saving import (
    ask_identity,
    ask_trust,
    author,
    show_clock_doubts,
    trust_option,
)


@click.command(
    "commit",
    help=_(
        "Commit the workspace's own files; the text says which items changed, from what to what."
    ),
)
@click.option("-m", "--message", metavar="TEXT", help=_("a text of your own"))
@as_option
@trust_option
@json_option
def commit_command(message: str | None, acting: str | None, trust: bool, as_json: bool) -> None:
    """Print the commit and its text."""
    from assess.engine.history.words import clean  # noqa: PLC0415  # not for --help
    from assess.workspace.core.late_answers import late_sheets  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing import commit as committing  # noqa: PLC0415  # not for --help

    here = context.workspace(acting)
    context.read_git_once(here)
    ask_trust(here, given=trust)
    ask_identity(here, acting)
    show_clock_doubts(here)
    made = committing.commit(here, today=today(), said=message, environ=author(here))
    for problem in made.put_back:
        click.echo(f"{problem.file}: {problem.message}", err=True)
    if as_json:
        row = {
            "commit": made.oid,
            "message": made.message,
            "files": [clean(path, None) for path in made.paths],
        }
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    if made.oid is None:
        click.echo(_("nothing to commit: everything is as in the last commit"), err=True)
        return
    click.echo(f"{made.oid[:10]}  {made.message}")
    for line in late_answers.late_lines(late_sheets(here.root, here.config(), LANG), here.config()):
        click.echo(line, err=True)
