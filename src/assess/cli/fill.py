"""`assess fill`, and `assess` alone: the terminal interface."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.context import LANG, _, as_option, sheet_options, today
from assess.errors import EnvironmentLacksError, FilesError, UsageError
from assess.i18n import Lang

if TYPE_CHECKING:
    from assess.tui.core.terminal_probe import Probed
    from assess.workspace import SheetName, Workspace


@click.command("fill", help=_("Answer in the terminal, from the first unanswered item on."))
@click.argument("checklist", required=False, shell_complete=complete_ids.checklists)
@sheet_options
@as_option
def fill_command(
    checklist: str | None, system: str | None, round_id: str | None, acting: str | None
) -> None:
    """Open the walk."""
    check_terminal()
    here = context.workspace()
    _mend(here)
    round_id = round_id or here.newest_open_round()
    _run(here, round_id, acting, context.sheet(here, round_id, checklist, system))


def open_overview(acting: str | None) -> None:
    """Open the overview of the newest open round; where there is no workspace, First start."""
    check_terminal()
    try:
        here = context.workspace()
    except UsageError:
        if acting is not None:
            raise
        found = _first_start()
        if found is None:
            return
        here = found
    _mend(here)
    _run(here, _round_to_show(here), acting, None)


def _round_to_show(here: Workspace) -> str:
    """Return the newest open round; where all are closed, the newest: it says how to go on.

    Raises:
        UsageError: there is no round.
    """
    rounds = here.config().rounds
    if rounds and all(one.state == "closed" for one in rounds.values()):
        return max(rounds)
    return here.newest_open_round()


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


def _first_start() -> Workspace | None:
    from assess.tui.app.settings import SettingsFile, settings_path  # noqa: PLC0415  # as above
    from assess.tui.start.first_start import first_start  # noqa: PLC0415  # textual is imported only here
    from assess.workspace.setup.new_workspace import proposed_folder  # noqa: PLC0415  # as above

    settings = SettingsFile.load(settings_path()).values
    fine = _probed(settings.ascii_marks).fine
    lang = _language(settings.lang)
    return first_start(proposed_folder(Path.cwd()), today(), lang, settings, fine=fine)


def _mend(here: Workspace) -> None:
    """Show what is wrong with assess.yaml, if anything is, until it is mended.

    Raises:
        FilesError: it was left as it is.
    """
    try:
        here.config()
    except FilesError as error:
        from assess.tui.app.settings import SettingsFile, settings_path  # noqa: PLC0415  # as above
        from assess.tui.start.repair import repair_config  # noqa: PLC0415  # textual is imported only here

        settings = SettingsFile.load(settings_path()).values
        fine = _probed(settings.ascii_marks).fine
        if not repair_config(here, error, _language(settings.lang), settings, fine=fine):
            raise


def _run(here: Workspace, round_id: str, acting: str | None, start: SheetName | None) -> None:
    from assess.tui.app.app import AssessApp, Opening  # noqa: PLC0415  # textual is imported only here
    from assess.tui.app.settings import SettingsFile, settings_path, with_opened  # noqa: PLC0415  # as above

    settings = SettingsFile.load(settings_path())
    settings.set_values(with_opened(settings.values, here.root.resolve()))
    settings.write_file()
    config = here.config()
    remembered = settings.values.people.get(str(here.root.resolve()))
    if acting is None and remembered in config.people:
        acting = remembered
    acting = context.person(config, acting)
    lang = _language(settings.values.lang)
    here.lang = lang
    probed = _probed(settings.values.ascii_marks)
    opening = Opening(
        settings=settings,
        fine=probed.fine,
        typed=probed.typed,
        ask_who=acting is None and len(config.people) > 1,
        notice=_why_english(lang, settings.values.lang),
    )
    AssessApp(here, round_id, acting, today(), context.now, lang, start, opening).run_to_end()


def _probed(plain: bool) -> Probed:
    from assess.tui.core.terminal_probe import Probed, probe_terminal  # noqa: PLC0415  # as above

    if plain or _locale() in _BARE:
        return Probed(fine=False)
    return probe_terminal(sys.stdin.fileno(), sys.stdout.fileno(), os.environ["TERM"])


def _language(chosen: Lang | None) -> Lang:
    """Return the language of the interface: ASSESS_LANG, what was chosen, that of the locale.

    The bare Linux console draws no Chinese characters.
    """
    if os.environ.get("ASSESS_LANG"):
        return LANG
    return "en" if os.environ.get("TERM") == "linux" else chosen or LANG


_BARE = ("C", "POSIX")
"""Locales that promise ASCII only."""


def _locale() -> str:
    """Return the locale for texts, '' where none is set."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((value for name in names if (value := os.environ.get(name))), "")


def _why_english(lang: Lang, chosen: Lang | None) -> str:
    """Return why the interface is in English where nobody asked for it; '' elsewhere."""
    if lang != "en" or os.environ.get("ASSESS_LANG"):
        return ""
    if os.environ.get("TERM") == "linux" and "zh" in (LANG, chosen):
        return "English: no Chinese on this console (ASSESS_LANG=zh forces)"
    locale = _locale()
    if chosen is None and locale.partition(".")[0] in _BARE:
        return f"English: locale {locale}; Ctrl+L on the overview: zhong wen"
    return ""
