"""`assess sync [FOLDER]`: fetches, merges by meaning, pushes."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assess.cli.common import context, late_answers
from assess.cli.common.context import LANG, PROGRAM, _, as_option, current_date, json_option
from assess.cli.common.saving import ask_identity, ask_trust, git_author, trust_option
from assess.cli.common.terminal import shown_progress
from assess.cli.log import people_names

_MERGED = {
    "nothing": _("nothing new came in"),
    "forward": _("taken in what others committed"),
    "merged": _("merged what others committed with what was committed here"),
}


@click.command(
    "sync",
    help=_(
        "Take in what others committed, merge it by meaning, and hand on your own commits. FOLDER:"
        " a bare repository in a folder (a USB stick, a shared folder), made where it is missing."
    ),
)
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@as_option
@trust_option
@json_option
def sync_command(folder: Path | None, acting: str | None, trust: bool, as_json: bool) -> None:
    """Synchronize; print what came in and how many commits were pushed."""
    from assess.cli.common.history_plain import changes_plain  # noqa: PLC0415  # not for --help
    from assess.engine.history import words  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing import sync as syncing  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing.newer_formats import arrived_unreadable  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    context.read_git_once(workspace)
    made = folder is not None and syncing.join_folder(workspace, folder)
    if made and not as_json:
        click.echo(_("made a repository in {path}").format(path=folder))
    ask_trust(workspace, trust=trust, tell=False)  # refused below, with the names
    ask_identity(workspace, acting)
    with shown_progress() as shown:
        done = syncing.synchronize_workspace(
            workspace, today=current_date(), trust=trust, environ=git_author(workspace), shown=shown
        )
    if done.left_off:
        text = _("not trusted, so left off at {remote}: {names} ({command})")
        names = ", ".join(done.left_off)
        command = f"{PROGRAM} sync --trust"
        click.echo(text.format(remote=done.remote, names=names, command=command), err=True)
    for double_closing in done.closed_twice:
        click.echo(late_answers.double_closing_text(double_closing, done.remote), err=True)
    for line in late_answers.late_lines(done.late, workspace.read_config()):
        click.echo(line, err=True)
    for warning in done.warnings:
        click.echo(
            f"{warning.file}: {warning.message}" + (f" ({warning.hint})" if warning.hint else ""),
            err=True,
        )
    if as_json:
        row = {
            "remote": done.remote,
            "branch": done.branch,
            "merged": done.merged,
            "pushed": done.pushed,
            "left_off": list(done.left_off),
            "closed_twice": [
                late_answers.double_closing_plain(double_closing)
                for double_closing in done.closed_twice
            ],
            "late": late_answers.late_plain(done.late),
            "kept": [
                {"path": warning.file, "message": warning.message} for warning in done.warnings
            ],
            "changes": changes_plain(done.changes, LANG),
        }
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    click.echo(_MERGED[done.merged])
    click.echo(words.text(words.lines(done.changes, people_names(workspace), LANG)), nl=False)
    text = _("handed on {count} commits to {remote}")
    click.echo(text.format(count=done.pushed, remote=done.remote))
    for problem in arrived_unreadable(workspace, done.changes):
        click.echo(problem.escaped(), err=True)
