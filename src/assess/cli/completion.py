"""`assess completion`: prints the completion script of a shell."""

from __future__ import annotations

import click

from assess.cli.common.command_group import NamedChoice
from assess.cli.common.completion_scripts import SHELLS, completion_script
from assess.cli.common.context import _


@click.command("completion", help=_("Print the completion script of a shell."))
@click.argument("shell", type=NamedChoice(SHELLS))
def completion_command(shell: str) -> None:
    """Print the script; the README says where to put it."""
    click.echo(completion_script(shell), nl=False)
