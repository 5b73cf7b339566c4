"""`assess git setup`."""

from __future__ import annotations

import click

from assess.cli.common import context
from assess.cli.common.command_group import CommandGroup
from assess.cli.common.context import _
from assess.cli.common.office_context import is_in_office_folder, open_office


@click.group("git", cls=CommandGroup, help=_("What git needs to know of the workspace."))
def git_command_group() -> None:
    """Hold the subcommands."""


@git_command_group.command(
    "setup",
    help=_("Let git merge the workspace's files by meaning: needed once in every clone."),
)
@click.option(
    "--remove",
    is_flag=True,
    help=_("Take the settings out of this clone again; git then merges by lines."),
)
def write_or_remove_merge_settings(remove: bool) -> None:
    """Write the missing settings, or remove them, and print what was written or removed."""
    folder = open_office() if is_in_office_folder() else context.open_workspace().git
    if remove:
        _print_names_or_text(
            folder.remove_merge_settings(),
            _("removed: {name}"),
            _("git has no settings of assess here"),
        )
    else:
        _print_names_or_text(
            folder.set_up_merges(), _("written: {name}"), _("git is set up here already")
        )


def _print_names_or_text(names: list[str], line_format: str, text_without_names: str) -> None:
    for name in names:
        click.echo(line_format.format(name=name))
    if not names:
        click.echo(text_without_names)
