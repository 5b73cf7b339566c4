"""`assess sync [FOLDER]`: fetches, merges by meaning, pushes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common import context, late_answers
from assess.cli.common.commit_preparation import (
    ask_and_set_committer_if_unknown,
    git_author_environment,
    trust_repository_if_confirmed,
    trust_repository_option,
)
from assess.cli.common.context import (
    LANG,
    PROGRAM,
    _,
    _n,
    acting_person_option,
    current_date,
    json_option,
)
from assess.cli.common.git_snapshot import open_git_snapshot_for_command
from assess.cli.common.json_output import print_json
from assess.cli.common.terminal import show_progress_on_stderr_line
from assess.cli.log import read_names_by_person_id

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.sharing.sync import SyncResult

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
@acting_person_option
@trust_repository_option
@json_option
def sync_command(folder: Path | None, acting: str | None, trust: bool, as_json: bool) -> None:
    """Synchronize; print what came in and how many commits were pushed."""
    from assess.workspace.sharing.sync import synchronize_workspace  # noqa: PLC0415  # not for --help

    workspace = context.open_workspace(acting)
    open_git_snapshot_for_command(workspace)
    trust_repository_if_confirmed(
        workspace, trust=trust, show_untrusted=False
    )  # refused below, with the names
    ask_and_set_committer_if_unknown(workspace, acting)
    with show_progress_on_stderr_line() as shown:
        result = synchronize_workspace(
            workspace,
            today=current_date(),
            folder=folder,
            trust=trust,
            environ=git_author_environment(workspace),
            shown=shown,
        )
    for line in _warning_lines(workspace, result):
        click.echo(line, err=True)
    if as_json:
        print_json(_result_for_json(result))
        return
    if result.made_remote:
        click.echo(_("made a repository in {path}").format(path=folder))
    _print_result(workspace, result)


def _warning_lines(workspace: Workspace, result: SyncResult) -> Iterator[str]:
    """Yield disabled hooks, double closings, late answers, and warnings about files."""
    if result.left_off:
        text = _("not trusted, so left off at {remote}: {names} ({command})")
        names = ", ".join(result.left_off)
        yield text.format(remote=result.remote, names=names, command=f"{PROGRAM} sync --trust")
    for closing in result.closed_twice:
        yield late_answers.double_closing_text(closing, result.remote)
    yield from late_answers.late_answer_lines(result.late, workspace.read_config())
    for warning in result.warnings:
        hint = f" ({warning.hint})" if warning.hint else ""
        yield f"{warning.file}: {warning.message}{hint}"


def _result_for_json(result: SyncResult) -> dict[str, Any]:
    """Return the result of a sync for JSON output."""
    from assess.cli.common.history_plain import changes_for_json  # noqa: PLC0415  # not for --help

    return {
        "remote": result.remote,
        "branch": result.branch,
        "merged": result.merged,
        "pushed": result.pushed,
        "left_off": list(result.left_off),
        "closed_twice": [late_answers.double_closing_for_json(row) for row in result.closed_twice],
        "late": late_answers.late_answers_for_json(result.late),
        "kept": [{"path": problem.file, "message": problem.message} for problem in result.warnings],
        "changes": changes_for_json(result.changes, LANG),
    }


def _pushed_commits_text(result: SyncResult) -> str:
    """Return how many commits were handed on, in words where there was none."""
    if not result.pushed:
        return _("nothing was to be handed on to {remote}").format(remote=result.remote)
    text = _n(
        "handed on {count} commit to {remote}",
        "handed on {count} commits to {remote}",
        result.pushed,
    )
    return text.format(count=result.pushed, remote=result.remote)


def _print_result(workspace: Workspace, result: SyncResult) -> None:
    """Print what came in, how many commits were pushed, and files that can't be read."""
    from assess.engine.history import words  # noqa: PLC0415  # not for --help
    from assess.workspace.sharing.newer_formats import find_arrived_unreadable_file_problems  # noqa: PLC0415  # as above

    click.echo(_MERGED[result.merged])
    lines = words.describe_changes(result.changes, read_names_by_person_id(workspace), LANG)
    click.echo(words.indent_and_join_lines(lines), nl=False)
    click.echo(_pushed_commits_text(result))
    for problem in find_arrived_unreadable_file_problems(workspace, result.changes):
        click.echo(problem.escape_texts_to_single_lines(), err=True)
