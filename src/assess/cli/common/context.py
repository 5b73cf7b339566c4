"""What every command needs: the language, the clock, the workspace, who acts."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assess.cli.common import complete_ids
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
gettext.bindtextdomain("assess", str(Path(__file__).parent.parent.parent / "locale"))
gettext.textdomain("assess")
os.environ["LANGUAGE"] = LANG

clock: Callable[[], datetime] = datetime.now
"""The machine's clock; tests put another one in its place."""

F = TypeVar("F", bound=Callable[..., Any])


def today() -> date:
    """Return the date of the machine's clock, in its own time zone."""
    return now().date()


def now() -> datetime:
    """Return the machine's time with its zone, to the second."""
    return clock().astimezone().replace(microsecond=0)


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


def workspace(acting: str | None = None) -> Workspace:
    """Return the workspace that the current folder is in; `acting` is who writes to it.

    Raises:
        UsageError: there is none here or above.
        UnknownIdError: `acting` names nobody of assess.yaml.
    """
    from assess.workspace import Workspace  # noqa: PLC0415  # not for --help and --version

    here = Workspace.find(Path.cwd(), LANG)
    if acting is not None:
        here.acting = person(here.config(), acting) or ""
    return here


def read_git_once(here: Workspace) -> None:
    """Let the command that runs ask git once for what can't change while it runs."""
    click.get_current_context().with_resource(here.snapshot())


def sheet(here: Workspace, round_id: str, checklist: str | None, system: str | None) -> SheetName:
    """Return the sheet that the options of a command name; the first one where they name none.

    Raises:
        UnknownIdError: the round has no such sheet.
        UsageError: it has several for this checklist.
    """
    fitting = sheets(here, round_id, checklist, system)
    if len(fitting) > 1 and checklist is not None:
        systems = ", ".join(name.system or "" for name in fitting)
        raise UsageError(_("name the system with --system: {names}").format(names=systems))
    return fitting[0]


def sheets(
    here: Workspace, round_id: str, checklist: str | None, system: str | None
) -> list[SheetName]:
    """Return the sheets of a round that the options name; all where they name none.

    Raises:
        UnknownIdError: there is no such round, or it has no such sheet.
        UsageError: the round has no sheets at all.
    """
    listed = here.sheets(round_id)
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


def person(config: Config, given: str | None) -> str | None:
    """Return who acts: `--as`, or the only filler; None where nobody was chosen.

    Raises:
        UnknownIdError: `--as` names nobody of assess.yaml.
        UsageError: it names no people at all.
    """
    if given is not None and not config.people:
        raise UsageError(_("assess.yaml names no people yet"), "assess person add ID --name NAME")
    if given is not None and given not in config.people:
        raise UnknownIdError(
            _("{name} is not among the people of assess.yaml").format(name=given),
            given,
            config.people,
        )
    fillers = [key for key, one in config.people.items() if "filler" in one.roles]
    return given or (fillers[0] if len(fillers) == 1 else None)


def sheet_options(function: F) -> F:
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


def as_option(function: F) -> F:
    """Add --as; `assess --as PERSON COMMAND` says the same."""
    return click.option(
        "--as",
        "acting",
        metavar="PERSON",
        help=_("who acts, by id in assess.yaml"),
        shell_complete=complete_ids.people,
        callback=lambda ctx, _param, given: given or ctx.find_root().params.get("acting"),
    )(function)


def json_option(function: F) -> F:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help=_("print JSON"))(function)
