"""`assess fill`, and `assess` without a command: the terminal interface."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess import locations
from assess.cli.common import complete_ids, context
from assess.cli.common.context import (
    _,
    acting_person_option,
    current_date,
    system_and_round_options,
)
from assess.cli.common.interface_start import (
    choose_interface_language,
    explain_english_interface,
    probe_terminal_signs,
    refuse_unusable_terminal,
)
from assess.errors import FilesError, UsageError

if TYPE_CHECKING:
    from assess.workspace import SheetName, Workspace


@click.command("fill", help=_("Answer in the terminal, from the first unanswered item on."))
@click.argument("checklist", required=False, shell_complete=complete_ids.checklists)
@system_and_round_options
@acting_person_option
def fill_command(
    checklist: str | None, system: str | None, round_id: str | None, acting: str | None
) -> None:
    """Open the walk."""
    refuse_unusable_terminal("assess answer, assess status")
    workspace = context.open_workspace()
    _wait_for_config_repair(workspace)
    round_id = round_id or workspace.find_newest_open_round()
    _remember_workspace_and_run_app(
        workspace, round_id, acting, context.choose_sheet(workspace, round_id, checklist, system)
    )


def open_overview(acting: str | None) -> None:
    """Open the overview of the newest open round; without a workspace open the first start."""
    refuse_unusable_terminal("assess answer, assess status")
    try:
        workspace = context.open_workspace()
    except UsageError:
        if acting is not None:
            raise
        started = _choose_or_create_workspace()
        if started is None:
            return
        workspace = started
    _wait_for_config_repair(workspace)
    _remember_workspace_and_run_app(
        workspace, _find_newest_open_or_closed_round(workspace), acting, None
    )


def _find_newest_open_or_closed_round(workspace: Workspace) -> str:
    """Return the newest open round; if all are closed, the newest, which shows how to continue.

    Raises:
        UsageError: there is no round.
    """
    from assess.engine.rounds import find_newest_open_round, find_newest_round  # noqa: PLC0415  # not for --help

    rounds = workspace.read_config().rounds
    newest = find_newest_round(rounds)
    if newest is not None and find_newest_open_round(rounds) is None:
        return newest
    return workspace.find_newest_open_round()


def _choose_or_create_workspace() -> Workspace | None:
    from assess.tui.app.settings import SettingsFile  # noqa: PLC0415  # as above
    from assess.tui.start.first_start import choose_or_make_workspace  # noqa: PLC0415  # textual is imported only here
    from assess.workspace.setup.new_workspace import propose_workspace_folder  # noqa: PLC0415  # as above

    settings = SettingsFile.load(locations.user_settings_path()).values
    fine = probe_terminal_signs(settings.ascii_marks).fine
    lang = choose_interface_language(settings.lang)
    return choose_or_make_workspace(
        propose_workspace_folder(Path.cwd()), current_date(), lang, settings, fine=fine
    )


def _wait_for_config_repair(workspace: Workspace) -> None:
    """Show the problems of assess.yaml, if there are any, until the user repaired the file.

    Raises:
        FilesError: the file was not repaired.
    """
    try:
        workspace.read_config()
    except FilesError as error:
        from assess.tui.app.settings import SettingsFile  # noqa: PLC0415  # as above
        from assess.tui.start.repair import let_user_repair_config  # noqa: PLC0415  # textual is imported only here

        settings = SettingsFile.load(locations.user_settings_path()).values
        fine = probe_terminal_signs(settings.ascii_marks).fine
        if not let_user_repair_config(
            workspace, error, choose_interface_language(settings.lang), settings, fine=fine
        ):
            raise


def _remember_workspace_and_run_app(
    workspace: Workspace, round_id: str, acting: str | None, start: SheetName | None
) -> None:
    from assess.tui.app.app import AssessApp, Opening  # noqa: PLC0415  # textual is imported only here
    from assess.tui.app.settings import SettingsFile, settings_with_opened_workspace  # noqa: PLC0415  # as above

    settings = SettingsFile.load(locations.user_settings_path())
    settings.set_values_in_memory(
        settings_with_opened_workspace(settings.values, workspace.root.resolve())
    )
    settings.write_file()
    config = workspace.read_config()
    remembered = settings.values.people.get(str(workspace.root.resolve()))
    if acting is None and remembered in config.people:
        acting = remembered
    acting = context.choose_acting_person(config, acting)
    lang = choose_interface_language(settings.values.lang)
    workspace.lang = lang
    probed = probe_terminal_signs(settings.values.ascii_marks)
    opening = Opening(
        settings=settings,
        fine=probed.fine,
        typed=probed.typed,
        ask_who=acting is None and len(config.people) > 1,
        notice=explain_english_interface(lang, settings.values.lang, "s on the overview"),
    )
    AssessApp(
        workspace, round_id, acting, current_date(), context.current_time, lang, start, opening
    ).run_to_end()
