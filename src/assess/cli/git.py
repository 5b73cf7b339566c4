"""`assess git setup`."""

from __future__ import annotations

import click

from assess.cli.common import context
from assess.cli.common.command_group import CommandGroup
from assess.cli.common.context import _


@click.group("git", cls=CommandGroup, help=_("What git needs to know of the workspace."))
def git_command_group() -> None:
    """Hold the subcommands."""


@git_command_group.command(
    "setup",
    help=_("Let git merge the workspace's files by meaning: needed once in every clone."),
)
def set_up_git() -> None:
    """Write the missing settings, and print what was written."""
    written = context.open_workspace().git.set_up_merges()
    for name in written:
        click.echo(_("written: {name}").format(name=name))
    if not written:
        click.echo(_("git is set up here already"))
