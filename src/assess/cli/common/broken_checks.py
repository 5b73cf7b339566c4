"""Field checks that answers break, as commands that answer warn of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import LANG, _
from assess.harmless import escape_on_one_line

if TYPE_CHECKING:
    from assess.engine.field_checks.judge import BrokenCheck


def print_broken_checks(broken_checks: Iterable[BrokenCheck]) -> None:
    """Print a line for each broken check on standard error."""
    from assess.engine.field_checks.words import broken_check_text  # noqa: PLC0415  # not for --help

    message = _("answers do not fit together: {text}")
    for broken in broken_checks:
        text = escape_on_one_line(broken_check_text(broken, LANG))
        click.echo(_("warning: ") + message.format(text=text), err=True)
