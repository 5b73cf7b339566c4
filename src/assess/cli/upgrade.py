"""`assess upgrade`: upgrades a pinned checklist together with its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.commit_preparation import (
    ask_and_set_committer_if_unknown,
    trust_repository_if_confirmed,
    trust_repository_option,
)
from assess.cli.common.context import LANG, _, acting_person_option, current_date, json_option
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.errors import UsageError

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.checklists.upgrade import ChecklistUpgrade


@click.command(
    "upgrade",
    help=_(
        "Take the newer version of a pinned CHECKLIST: show what becomes of every answer, then do "
        "it in all open rounds, in one commit. No answer is thrown away. With --all: first one "
        "summary of all pinned checklists, then a commit for each. With --workspace: bring "
        ".gitattributes, .gitignore and git's settings up to date, in one commit."
    ),
)
@click.argument(
    "checklist_id", metavar="CHECKLIST", required=False, shell_complete=complete_ids.checklists
)
@click.option(
    "--workspace", "of_workspace", is_flag=True, help=_("the workspace's own files, no checklist")
)
@click.option("--all", "of_all", is_flag=True, help=_("all pinned checklists"))
@click.option(
    "--to",
    metavar="FILE|ID|git+URL",
    help=_("the new version; else what stands where the pinned one came from"),
)
@click.option(
    "--confirm",
    "confirmed",
    multiple=True,
    metavar="ITEM",
    help=_("this answer may become invalid: park it"),
)
@click.option("--dry-run", is_flag=True, help=_("only show"))
@acting_person_option
@trust_repository_option
@json_option
def upgrade_command(
    *,
    checklist_id: str | None,
    of_workspace: bool,
    of_all: bool,
    to: str | None,
    confirmed: tuple[str, ...],
    dry_run: bool,
    acting: str | None,
    trust: bool,
    as_json: bool,
) -> int:
    """Print the plan, then perform it; exit with 1 if an answer must be confirmed first."""
    workspace = context.open_workspace(acting)
    if of_workspace and not (checklist_id or of_all or to or confirmed):
        from assess.cli.common.upgrade_workspace import upgrade_workspace_files  # noqa: PLC0415  # not for --help

        return upgrade_workspace_files(
            workspace, acting, dry_run=dry_run, trust=trust, as_json=as_json
        )
    if of_all and not (checklist_id or of_workspace or to):
        from assess.cli.common.upgrade_all import upgrade_all_checklists  # noqa: PLC0415  # not for --help

        return upgrade_all_checklists(
            workspace, acting, confirmed=confirmed, dry_run=dry_run, trust=trust, as_json=as_json
        )
    if checklist_id is None or of_workspace or of_all:
        message = _("either a checklist, --all or --workspace is upgraded")
        hint = "assess upgrade CHECKLIST; assess upgrade --all; assess upgrade --workspace"
        raise UsageError(message, hint)
    from assess.cli.common import upgrade_text  # noqa: PLC0415  # not for --help
    from assess.workspace.checklists.upgrade import plan_checklist_upgrade  # noqa: PLC0415  # not for --help

    upgrade = plan_checklist_upgrade(
        workspace, checklist_id, today=current_date(), to=to, confirmed=confirmed
    )
    if not as_json:
        click.echo(upgrade_text.upgrade_as_text(upgrade, LANG))
    commit = None
    if not (upgrade.unconfirmed_invalid_steps or dry_run or not upgrade.has_changes):
        commit = _write_and_commit_upgrade(workspace, upgrade, acting, trust=trust)
    if as_json:
        plain = upgrade_text.upgrade_for_json(upgrade, LANG) | {"commit": commit}
        print_json(plain)
    _print_result(checklist_id, upgrade, commit, to, dry_run=dry_run)
    return ExitCode.NO if upgrade.unconfirmed_invalid_steps else ExitCode.OK


def _write_and_commit_upgrade(
    workspace: Workspace, upgrade: ChecklistUpgrade, acting: str | None, *, trust: bool
) -> str | None:
    from assess.workspace.checklists.upgrade import write_and_commit_upgrade  # noqa: PLC0415  # not for --help

    trust_repository_if_confirmed(workspace, trust=trust)
    ask_and_set_committer_if_unknown(workspace, acting)
    return write_and_commit_upgrade(workspace, upgrade)


def _print_result(
    checklist_id: str,
    upgrade: ChecklistUpgrade,
    commit: str | None,
    to: str | None,
    *,
    dry_run: bool,
) -> None:
    """Print on stderr what was done, and the next command."""
    if upgrade.unconfirmed_invalid_steps:
        click.echo(_("nothing was changed: these answers would become invalid"), err=True)
        items = " ".join(f"--confirm {step.item}" for step in upgrade.unconfirmed_invalid_steps)
        click.echo(_("change them first, or let them be parked:"), err=True)
        click.echo(f"  assess upgrade {checklist_id} {items}", err=True)
    elif not upgrade.has_changes:
        version = upgrade.new.checklist.version
        text = _("nothing to do: {name} {version} is pinned, and all sheets answer it")
        click.echo(text.format(name=checklist_id, version=version), err=True)
        if to is None and upgrade.new.source == "local":
            click.echo(_("a file that was corrected elsewhere is taken by:"), err=True)
            click.echo(f"  assess upgrade {checklist_id} --to FILE.yaml", err=True)
    elif commit is not None:
        click.echo(_("committed {commit}").format(commit=commit[:10]), err=True)
        if any(step.stale for sheet in upgrade.sheets for step in sheet.plan.steps):
            click.echo(_("next: read what was reworded and confirm it: assess fill"), err=True)
    elif dry_run:
        click.echo(_("only shown; nothing was changed"), err=True)
