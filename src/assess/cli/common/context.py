"""What every command needs: the language, the clock, the workspace, the acting person."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assess.china_time import convert_to_china_time, find_day_in_china
from assess.cli.common import complete_ids
from assess.errors import UnknownIdError, UsageError
from assess.i18n import language_from_environment, plural_translator, translator
from assess.import_pause import pause_garbage_collection_for_imports

if TYPE_CHECKING:
    from assess.model.config import Config
    from assess.workspace import SheetName, Workspace

LANG = language_from_environment(os.environ)
_ = translator(LANG)
_n = plural_translator(LANG)
PROGRAM = os.environ.get("ASSESS_PROGRAM", "assess")
"""The name by which the user called the program; printed commands begin with it."""

# Click takes its words ("Usage", "Options") from the process's default text domain.
gettext.bindtextdomain("assess", str(Path(__file__).parent.parent.parent / "locale"))
gettext.textdomain("assess")
os.environ["LANGUAGE"] = LANG

clock: Callable[[], datetime] = datetime.now
"""The machine's clock: a time without a zone is in the machine's. Tests replace it."""

F = TypeVar("F", bound=Callable[..., Any])


def current_date() -> date:
    """Return today's date: China's, whatever zone the machine is set to."""
    return find_day_in_china(current_time())


def current_time() -> datetime:
    """Return the time of the machine's clock as China's clocks show it, to the second."""
    return convert_to_china_time(clock().astimezone()).replace(microsecond=0)


def parse_day(argument: str | None, option: str) -> date | None:
    """Return the date in an option's argument; None where the option is missing.

    Raises:
        UsageError: the argument is not a date.
    """
    return parse_required_day(argument, option) if argument else None


def parse_required_day(argument: str, option: str) -> date:
    """Return the date in the argument of an option or a command.

    Raises:
        UsageError: the argument is not a date.
    """
    try:
        return date.fromisoformat(argument)
    except ValueError as error:
        text = _("{text} is not a date").format(text=argument)
        raise UsageError(text, f"{option} 2026-06-30") from error


def open_workspace(acting: str | None = None) -> Workspace:
    """Return the workspace that contains the current folder; `acting` is who writes to it.

    Raises:
        NoWorkspaceError: neither the current folder nor one above it is a workspace.
        UnknownIdError: `acting` is not a person of assess.yaml.
    """
    with pause_garbage_collection_for_imports():
        from assess.workspace import Workspace  # noqa: PLC0415  # not for --help and --version

    workspace = Workspace.find_workspace(Path.cwd(), LANG)
    if acting is not None:
        workspace.acting = choose_acting_person(workspace.read_config(), acting) or ""
    return workspace


def choose_sheet(
    workspace: Workspace, round_id: str, checklist: str | None, system: str | None
) -> SheetName:
    """Return the sheet that a command's options select; without options the first sheet.

    Raises:
        UnknownIdError: the round has no such sheet.
        UsageError: the round has several sheets of this checklist.
    """
    fitting = choose_sheets(workspace, round_id, checklist, system)
    if len(fitting) > 1 and checklist is not None:
        systems = ", ".join(name.system or "" for name in fitting)
        raise UsageError(_("name the system with --system: {names}").format(names=systems))
    return fitting[0]


def choose_sheets(
    workspace: Workspace, round_id: str, checklist: str | None, system: str | None
) -> list[SheetName]:
    """Return the sheets of a round that a command's options select; without options all sheets.

    Raises:
        UnknownIdError: there is no such round, or it has no such sheet.
        UsageError: the round has no sheets.
    """
    listed = workspace.list_sheets(round_id)
    if not listed:
        message = _("round {round} has no sheets").format(round=round_id)
        raise UsageError(message, "assess checklist add ID")
    near = [name for name in listed if checklist in (None, name.checklist)]
    fitting = [name for name in near if system in (None, name.system)]
    if fitting:
        return fitting
    wanted = f"{checklist or '?'}@{system}" if system else str(checklist)
    message = _("round {round} has no sheet {name}").format(round=round_id, name=wanted)
    if not near:
        raise UnknownIdError(message, str(checklist), {name.checklist for name in listed})
    raise UnknownIdError(message, str(system), {name.system for name in near if name.system})


def choose_acting_person(config: Config, person_id: str | None) -> str | None:
    """Return who acts: the person of `--as`, else the only filler; None where both are missing.

    Raises:
        UnknownIdError: `--as` does not name a person of assess.yaml.
        UsageError: assess.yaml has no people.
    """
    if person_id is not None and not config.people:
        raise UsageError(_("assess.yaml names no people yet"), "assess person add ID --name NAME")
    if person_id is not None and person_id not in config.people:
        raise UnknownIdError(
            _("{name} is not among the people of assess.yaml").format(name=person_id),
            person_id,
            config.people,
        )
    fillers = [key for key, person in config.people.items() if "filler" in person.roles]
    return person_id or (fillers[0] if len(fillers) == 1 else None)


def system_and_round_options(function: F) -> F:
    """Add --system and --round."""
    return system_option(round_option(function))


def round_option(function: F) -> F:
    """Add --round."""
    text = _("round; the newest open one")
    return click.option(
        "--round", "round_id", metavar="R", help=text, shell_complete=complete_ids.rounds
    )(function)


def system_option(function: F) -> F:
    """Add --system."""
    text = _("the system, for system checklists")
    return click.option("--system", metavar="ID", help=text, shell_complete=complete_ids.systems)(
        function
    )


def checklist_of_item_option(function: F) -> F:
    """Add --checklist: which checklist's item is meant."""
    text = _("the checklist, where several have the item")
    return click.option(
        "--checklist", metavar="ID", help=text, shell_complete=complete_ids.checklists
    )(function)


def acting_person_option(function: F) -> F:
    """Add --as; `assess --as PERSON COMMAND` has the same effect."""
    return click.option(
        "--as",
        "acting",
        metavar="PERSON",
        help=_("who acts, by id in assess.yaml"),
        shell_complete=complete_ids.people,
        callback=lambda ctx, _param, person_id: person_id or ctx.find_root().params.get("acting"),
    )(function)


def json_option(function: F) -> F:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help=_("print JSON"))(function)
