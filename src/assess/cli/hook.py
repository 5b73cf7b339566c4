"""`assess hook pre-receive`: a server refuses a push in which `assess lint --strict` fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from assess.cli.common.command_group import CommandGroup
from assess.cli.common.context import LANG, _, current_date
from assess.cli.common.exit_codes import ExitCode
from assess.cli.lint import print_problems
from assess.problem import sort_problems

SHOWN = 100
"""Maximum number of problems shown to whoever pushes; `assess lint` shows all of them."""


@click.group("hook", cls=CommandGroup, help=_("Checks that git starts by itself."))
def hook_command_group() -> None:
    """Hold the subcommands."""


@hook_command_group.command(
    "pre-receive",
    help=_(
        "For a server's repository: check what is pushed as `assess lint --strict` does, and refuse"
        " the push where something is wrong. Reads OLD NEW REF lines from standard input."
    ),
)
def check_push_for_hook() -> int:
    """Print the problems of each pushed branch; git shows them to whoever pushes."""
    from assess.workspace.sharing.server_check import lint_pushed_branches  # noqa: PLC0415  # not for --help

    lines = sys.stdin.read().splitlines()
    worst = ExitCode.OK
    for branch in lint_pushed_branches(
        Path.cwd(), lines, os.environ, today=current_date(), lang=LANG
    ):
        first = sort_problems(branch.problems)[:SHOWN]
        if print_problems(first, strict=True, form="text"):
            if (more := len(branch.problems) - len(first)) > 0:
                click.echo(_("and {count} more").format(count=more), err=True)
            text = _("{ref} is not taken; mend it, then: assess lint --strict, assess commit")
            click.echo(text.format(ref=branch.ref), err=True)
            worst = ExitCode.NO
    return worst
