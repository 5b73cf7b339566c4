"""Arguments and options that commands of an office share."""

from __future__ import annotations

from typing import Final

import click

from assess.cli.common import complete_office_ids
from assess.cli.common.command_group import NamedChoice
from assess.cli.common.context import _

LETTER_FORMS: Final = ("docx", "pdf")

campaign_argument = click.argument(
    "campaign", metavar="[CAMPAIGN]", required=False, shell_complete=complete_office_ids.campaigns
)

units_option = click.option(
    "--unit",
    "units",
    metavar="UNIT",
    multiple=True,
    help=_("only this unit; may be repeated"),
    shell_complete=complete_office_ids.units,
)

letter_form_option = click.option(
    "--format",
    "forms",
    type=NamedChoice(LETTER_FORMS),
    multiple=True,
    default=("docx",),
    help=_("form of the letter; may be repeated; docx"),
)
