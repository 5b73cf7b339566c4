"""The option that says in which forms letters of an office are written."""

from __future__ import annotations

from typing import Final

import click

from assess.cli.common.command_group import NamedChoice
from assess.cli.common.context import _

LETTER_FORMS: Final = ("docx", "pdf")

letter_form_option = click.option(
    "--format",
    "forms",
    type=NamedChoice(LETTER_FORMS),
    multiple=True,
    default=("docx",),
    help=_("form of the letter; may be repeated; docx"),
)
