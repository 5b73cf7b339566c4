"""`assess upgrade --workspace`: shows what is out of date, then brings it up to date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common.commit_preparation import (
    ask_and_set_committer_if_unknown,
    trust_repository_if_confirmed,
)
from assess.cli.common.context import _
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.workspace.setup.outdated_git_files import find_outdated_files_and_settings
from assess.workspace.setup.renew_git_files import write_and_commit_renewal

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.setup.outdated_git_files import GitFilesRenewal


def upgrade_workspace_files(
    workspace: Workspace, acting: str | None, *, dry_run: bool, trust: bool, as_json: bool
) -> int:
    """Print the changes, perform them unless `dry_run`, and print what was done."""
    renewal = find_outdated_files_and_settings(workspace)
    if not as_json:
        for line in _renewal_lines(renewal):
            click.echo(line)
    commit = None
    if not (renewal.is_up_to_date or dry_run):
        trust_repository_if_confirmed(workspace, trust=trust)
        ask_and_set_committer_if_unknown(workspace, acting)
        commit = write_and_commit_renewal(workspace, renewal)
    if as_json:
        print_json(_renewal_for_json(renewal, commit))
    _print_result(renewal, commit, dry_run=dry_run)
    return ExitCode.OK


def _renewal_lines(renewal: GitFilesRenewal) -> Iterator[str]:
    """Yield the changes, line by line."""
    for change in renewal.files:
        yield _("{path}:").format(path=change.path)
        yield from (f"  - {line}" for line in change.removed_lines if line)
        yield from (f"  + {line}" for line in change.added_lines if line)
    for path in renewal.uncommitted:
        yield _("{path}: up to date, not committed").format(path=path)
    if renewal.settings:
        names = ", ".join(renewal.settings)
        yield _("git's settings in this clone: {names}").format(names=names)


def _renewal_for_json(renewal: GitFilesRenewal, commit: str | None) -> dict[str, Any]:
    """Return the changes for JSON output."""
    return {
        "files": [
            {"path": change.path, "added": change.added_lines, "replaced": change.removed_lines}
            for change in renewal.files
        ],
        "uncommitted": list(renewal.uncommitted),
        "settings": list(renewal.settings),
        "commit": commit,
    }


def _print_result(renewal: GitFilesRenewal, commit: str | None, *, dry_run: bool) -> None:
    """Print on stderr what was done, and the next command."""
    if renewal.is_up_to_date:
        click.echo(_("nothing to do: the workspace's files are up to date"), err=True)
    elif dry_run:
        click.echo(_("only shown; nothing was changed"), err=True)
    elif commit is not None:
        click.echo(_("committed {commit}").format(commit=commit[:10]), err=True)
    elif renewal.files:
        click.echo(_("written; next: assess commit"), err=True)
    else:
        click.echo(_("git is set up here now"), err=True)
