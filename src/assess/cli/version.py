"""`assess version`: prints the version, as `assess --version` does."""

from __future__ import annotations

import click

from assess import __version__
from assess.cli.common.context import _


@click.command("version", help=_("Print the version of the program."))
def version_command() -> None:
    """Print the line that `--version` prints."""
    click.echo(f"assess {__version__}")
