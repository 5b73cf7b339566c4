"""`assess diff [REV [REV]]`: what changed between two states, by meaning."""

from __future__ import annotations

import json

import click

from assess.cli.common import context
from assess.cli.common.context import LANG, _, json_option, today
from assess.cli.log import format_option, people


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
    from assess.cli.common.history_plain import plain  # noqa: PLC0415  # not for --help
    from assess.engine.history import words  # noqa: PLC0415  # not for --help
    from assess.workspace.history.changes import History  # noqa: PLC0415  # not for --help

    here = context.workspace()
    with History(here, today()) as history:
        changes = history.diff(old, new)
    if as_json:
        click.echo(json.dumps(plain(changes, LANG), ensure_ascii=False, indent=2))
        return
    told = words.lines(changes, people(here), LANG)
    click.echo(words.markdown(told) if form == "markdown" else words.text(told), nl=False)
    if changes.empty:
        click.echo(_("nothing changed"), err=True)
