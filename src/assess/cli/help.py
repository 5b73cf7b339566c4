"""`assess help`: shows the help of a command, as `assess COMMAND --help` does."""

from __future__ import annotations

import click

from assess.cli.common.command_group import CommandGroup
from assess.cli.common.context import _
from assess.cli.common.help_format import HelpContext


def _complete_command_names(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Return the commands, or the subcommands of the command that is already typed."""
    command: click.Command | None = ctx.find_root().command
    for name in ctx.params.get("names") or ():
        command = command.get_command(ctx, name) if isinstance(command, CommandGroup) else None
    known = command.list_commands(ctx) if isinstance(command, CommandGroup) else []
    return [name for name in known if name.startswith(begun)]


@click.command("help", help=_("Show the help of the program or of COMMAND (such as: round new)."))
@click.argument(
    "names", metavar=_("[COMMAND]..."), nargs=-1, shell_complete=_complete_command_names
)
@click.pass_context
def help_command(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Print the help of the command that the words name.

    Raises:
        UnknownIdError: there is no such command.
    """
    shown = ctx.find_root()
    for name in names:
        if not isinstance(shown.command, CommandGroup):
            break
        command = shown.command.find_command(shown, name)
        shown = HelpContext(command, info_name=name, parent=shown)
    click.echo(shown.get_help())
