"""`assess completion`: prints the completion script of a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from assess.cli.common.command_group import NamedChoice
from assess.cli.common.context import _

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", help=_("Print the completion script of a shell."))
@click.argument("shell", type=NamedChoice(SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the script; the README says where to put it."""
    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(ctx.find_root().command, {}, "assess", "_ASSESS_COMPLETE").source())
