"""`assess upgrade --workspace`: show what is out of date, then bring it up to date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common.context import _
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.saving import ask_identity, ask_trust
from assess.workspace.setup.renew_git_files import perform_renewal, prepare_renewal

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.setup.renew_git_files import Renewal


def renew(here: Workspace, acting: str | None, *, dry_run: bool, trust: bool, as_json: bool) -> int:
    """Show what changes, do it unless only shown, and say what was done."""
    renewal = prepare_renewal(here)
    if not as_json:
        for line in _lines(renewal):
            click.echo(line)
    commit = None
    if not (renewal.is_nothing or dry_run):
        ask_trust(here, given=trust)
        ask_identity(here, acting)
        commit = perform_renewal(here, renewal)
    if as_json:
        click.echo(json.dumps(_plain(renewal, commit), ensure_ascii=False, indent=2))
    _say(renewal, commit, dry_run=dry_run)
    return ExitCode.OK


def _lines(renewal: Renewal) -> Iterator[str]:
    """Yield what changes, line by line."""
    for change in renewal.files:
        yield _("{path}:").format(path=change.path)
        yield from (f"  - {line}" for line in change.replaced if line)
        yield from (f"  + {line}" for line in change.added if line)
    for path in renewal.uncommitted:
        yield _("{path}: up to date, not committed").format(path=path)
    if renewal.settings:
        names = ", ".join(renewal.settings)
        yield _("git's settings in this clone: {names}").format(names=names)


def _plain(renewal: Renewal, commit: str | None) -> dict[str, Any]:
    """Return it as JSON has it."""
    return {
        "files": [
            {"path": change.path, "added": change.added, "replaced": change.replaced}
            for change in renewal.files
        ],
        "uncommitted": list(renewal.uncommitted),
        "settings": list(renewal.settings),
        "commit": commit,
    }


def _say(renewal: Renewal, commit: str | None, *, dry_run: bool) -> None:
    """Say on stderr what was done, and what to type next."""
    if renewal.is_nothing:
        click.echo(_("nothing to do: the workspace's files are up to date"), err=True)
    elif dry_run:
        click.echo(_("only shown; nothing was changed"), err=True)
    elif commit is not None:
        click.echo(_("committed {commit}").format(commit=commit[:10]), err=True)
    elif renewal.files:
        click.echo(_("written; next: assess commit"), err=True)
    else:
        click.echo(_("git is set up here now"), err=True)
