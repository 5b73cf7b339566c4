"""`assess rollup` without a command: the screen of a campaign."""

from __future__ import annotations

import click

from assess import locations
from assess.cli.common.context import current_date
from assess.cli.common.interface_start import (
    choose_interface_language,
    explain_english_interface,
    probe_terminal_signs,
    refuse_unusable_terminal,
)
from assess.cli.common.office_context import open_office
from assess.harmless import escape_as_single_line


def open_rollup_screen(campaign: str | None) -> None:
    """Show a campaign, without one the campaign announced last, until the user leaves.

    Raises:
        EnvironmentLacksError: the terminal can't draw the screen.
        UsageError, UnknownIdError, FilesError: there is no office or no such campaign; the files
            of the office can't be read.
    """
    from assess.report.proof.hand_in.check import check_hand_in  # noqa: PLC0415  # not for --help
    from assess.tui.app.settings import SettingsFile  # noqa: PLC0415  # as above
    from assess.tui.rollup.app import RollUpApp, RollUpOpening  # noqa: PLC0415  # as above
    from assess.tui.rollup.campaign import CampaignData  # noqa: PLC0415  # as above
    from assess.workspace.office.record_store import open_record_store  # noqa: PLC0415  # as above
    from assess.workspace.office.rollup_records import CampaignReader  # noqa: PLC0415  # as above

    refuse_unusable_terminal("assess rollup status, assess rollup make")
    office, today = open_office(), current_date()
    settings = SettingsFile.load(locations.user_settings_path()).values
    office.lang = lang = choose_interface_language(settings.lang)
    notices: list[str] = []
    with open_record_store(office, notices.append) as store:
        data = CampaignData(
            lambda: CampaignReader(
                office, campaign, today, lambda file: check_hand_in(file, today, lang), store
            ),
            lang,
        )
        probed = probe_terminal_signs(settings.ascii_marks)
        notice = explain_english_interface(lang, settings.lang, "ASSESS_LANG=zh")
        RollUpApp(data, RollUpOpening(settings, probed.fine, probed.typed, notice)).run_to_end()
    for text in notices:
        click.echo(escape_as_single_line(text), err=True)
