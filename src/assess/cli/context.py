"""What every command needs: the language, the clock, the workspace, who acts."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assess.errors import UnknownIdError, UsageError
from assess.i18n import from_environment, translator

if TYPE_CHECKING:
    from assess.model.config import Config
    from assess.workspace import SheetName, Workspace

LANG = from_environment(os.environ)
_ = translator(LANG)
PROGRAM = os.environ.get("ASSESS_PROGRAM", "assess")
"""How the user called the program, for the commands that are named as the next to type."""

# Click's own words ("Usage", "Options") come from the process's default domain.
gettext.bindtextdomain("assess", str(Path(__file__).parent.parent / "locale"))
gettext.textdomain("assess")
os.environ["LANGUAGE"] = LANG

F = TypeVar("F", bound=Callable[..., Any])


def today() -> date:
    """Return the date of the machine's clock, in its own time zone."""
    return now().date()


def now() -> datetime:
    """Return the machine's time with its zone, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


def day(given: str | None, option: str) -> date | None:
    """Return the date that an option names, None where it was not given.

    Raises:
        UsageError: it is none.
    """
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        text = _("{text} is not a date").format(text=given)
        raise UsageError(text, f"{option} 2026-06-30") from error


def workspace() -> Workspace:
    """Return the workspace that the current folder is in.

    Raises:
        UsageError: there is none here or above.
    """
    from assess.workspace import Workspace  # noqa: PLC0415  # not for --help and --version

    return Workspace.find(Path.cwd(), LANG)


def sheet(here: Workspace, round_id: str, checklist: str | None, system: str | None) -> SheetName:
    """Return the sheet that the options of a command name; the first one where they name none.

    Raises:
        UnknownIdError: the round has no such sheet.
        UsageError: it has several for this checklist.
    """
    from assess.workspace import SheetName  # noqa: PLC0415  # not for --help

    fitting = [
        name
        for name in here.sheets(round_id)
        if (checklist is None or name.checklist == checklist)
        and (system is None or name.system == system)
    ]
    if not fitting:
        wanted = str(SheetName(checklist or "?", system))
        names = [str(name) for name in here.sheets(round_id)]
        message = _("round {round} has no sheet {name}").format(round=round_id, name=wanted)
        if not names:
            raise UsageError(message, "assess checklist add ID")
        raise UnknownIdError(message, wanted, names)
    if len(fitting) > 1 and checklist is not None:
        systems = ", ".join(name.system or "" for name in fitting)
        raise UsageError(_("name the system with --system: {names}").format(names=systems))
    return fitting[0]


def person(config: Config, given: str | None) -> str | None:
    """Return who acts: `--as`, or the only filler; None where nobody was chosen.

    Raises:
        UnknownIdError: `--as` names nobody of assess.yaml.
    """
    if given is not None and given not in config.people:
        raise UnknownIdError(
            _("{name} is not among the people of assess.yaml").format(name=given),
            given,
            config.people,
        )
    fillers = [key for key, one in config.people.items() if "filler" in one.roles]
    return given or (fillers[0] if len(fillers) == 1 else None)


def sheet_options(function: F) -> F:
    """Add --checklist, --system and --round."""
    function = click.option(
        "--round", "round_id", metavar="R", help=_("round; the newest open one")
    )(function)
    return click.option("--system", metavar="ID", help=_("the system, for system checklists"))(
        function
    )


def as_option(function: F) -> F:
    """Add --as."""
    text = _("who acts, by id in assess.yaml")
    return click.option("--as", "acting", metavar="PERSON", help=text)(function)


def json_option(function: F) -> F:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help=_("print JSON"))(function)
