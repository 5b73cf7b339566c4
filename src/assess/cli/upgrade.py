"""`assess upgrade`: a newer version of a pinned checklist, answers and all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.context import LANG, _, as_option, json_option, today
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.saving import ask_identity, ask_trust, trust_option
from assess.errors import UsageError

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.checklists.upgrade import Upgrade


@click.command(
    "upgrade",
    help=_(
        "Take the newer version of a pinned CHECKLIST: show what becomes of every answer, then do "
        "it in all open rounds, in one commit. No answer is thrown away. With --workspace: bring "
        ".gitattributes, .gitignore and git's settings up to date, in one commit."
    ),
)
@click.argument(
    "checklist_id", metavar="CHECKLIST", required=False, shell_complete=complete_ids.checklists
)
@click.option(
    "--workspace", "of_workspace", is_flag=True, help=_("the workspace's own files, no checklist")
)
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
@as_option
@trust_option
@json_option
def upgrade_command(
    *,
    checklist_id: str | None,
    of_workspace: bool,
    to: str | None,
    confirmed: tuple[str, ...],
    dry_run: bool,
    acting: str | None,
    trust: bool,
    as_json: bool,
) -> int:
    """Show the plan, then do it; exit with 1 where something must be confirmed first."""
    here = context.workspace(acting)
    if of_workspace and not (checklist_id or to or confirmed):
        from assess.cli.common.upgrade_workspace import renew  # noqa: PLC0415  # not for --help

        return renew(here, acting, dry_run=dry_run, trust=trust, as_json=as_json)
    if checklist_id is None or of_workspace:
        message = _("either a checklist or --workspace is upgraded")
        raise UsageError(message, "assess upgrade CHECKLIST; assess upgrade --workspace")
    from assess.cli.common import upgrade_text  # noqa: PLC0415  # not for --help
    from assess.workspace.checklists import upgrade as upgrading  # noqa: PLC0415  # not for --help

    found = upgrading.prepare(here, checklist_id, today=today(), to=to, confirmed=confirmed)
    if not as_json:
        click.echo(upgrade_text.as_text(found, LANG))
    commit = None
    if not (found.refused or dry_run or not found.writes):
        commit = _do(here, found, acting, trust=trust)
    if as_json:
        plain = upgrade_text.as_plain(found, LANG) | {"commit": commit}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    _say(checklist_id, found, commit, dry_run=dry_run)
    return ExitCode.NO if found.refused else ExitCode.OK


def _do(here: Workspace, found: Upgrade, acting: str | None, *, trust: bool) -> str | None:
    from assess.workspace.checklists import upgrade as upgrading  # noqa: PLC0415  # not for --help

    ask_trust(here, given=trust)
    ask_identity(here, acting)
    return upgrading.perform(here, found)


def _say(checklist_id: str, found: Upgrade, commit: str | None, *, dry_run: bool) -> None:
    """Say on stderr what was done, and what to type next."""
    if found.refused:
        click.echo(_("nothing was changed: these answers would become invalid"), err=True)
        items = " ".join(f"--confirm {one.item}" for one in found.refused)
        click.echo(_("change them first, or let them be parked:"), err=True)
        click.echo(f"  assess upgrade {checklist_id} {items}", err=True)
    elif not found.writes:
        version = found.new.checklist.version
        said = _("nothing to do: {name} {version} is pinned, and all sheets answer it")
        click.echo(said.format(name=checklist_id, version=version), err=True)
    elif commit is not None:
        click.echo(_("committed {commit}").format(commit=commit[:10]), err=True)
        if any(step.stale for one in found.sheets for step in one.plan.steps):
            click.echo(_("next: read what was reworded and confirm it: assess fill"), err=True)
    elif dry_run:
        click.echo(_("only shown; nothing was changed"), err=True)
