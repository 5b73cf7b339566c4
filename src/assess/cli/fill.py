"""`assess fill`, and `assess` alone: the terminal interface."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from assess.cli import context
from assess.cli.context import LANG, _, as_option, sheet_options, today
from assess.errors import EnvironmentLacksError

if TYPE_CHECKING:
    from assess.workspace import SheetName, Workspace


@click.command("fill", help=_("Answer in the terminal, from the first unanswered item on."))
@click.argument("checklist", required=False)
@sheet_options
@as_option
def fill_command(
    checklist: str | None, system: str | None, round_id: str | None, acting: str | None
) -> None:
    """Open the walk."""
    check_terminal()
    here = context.workspace()
    round_id = round_id or here.newest_open_round()
    _run(here, round_id, acting, context.sheet(here, round_id, checklist, system))


def open_overview(acting: str | None) -> None:
    """Open the overview of the newest open round."""
    check_terminal()
    here = context.workspace()
    _run(here, here.newest_open_round(), acting, None)


def check_terminal() -> None:
    """Refuse what the interface can't be drawn on, in ASCII: the terminal may take nothing else.

    Raises:
        EnvironmentLacksError: no terminal, a dumb one, or one that takes no UTF-8.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise EnvironmentLacksError(
            _("this command needs a terminal"), "assess answer, assess status"
        )
    if os.environ.get("TERM", "dumb") == "dumb":
        raise EnvironmentLacksError(
            "TERM=dumb cannot draw the interface", "export TERM=xterm-256color"
        )
    if sys.stdout.encoding.lower().replace("-", "") != "utf8":
        raise EnvironmentLacksError("the terminal's locale is not UTF-8", "export LC_ALL=C.UTF-8")


def _run(here: Workspace, round_id: str, acting: str | None, start: SheetName | None) -> None:
    from assess.tui.app import run  # noqa: PLC0415  # textual is imported only here

    acting = context.person(here.config(), acting)
    run(here, round_id, person=acting, today=today(), now=context.now, lang=LANG, start=start)
