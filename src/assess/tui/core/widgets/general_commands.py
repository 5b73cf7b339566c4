"""The commands that every full screen has: help, palette; in a workspace also drafts and others."""

from __future__ import annotations

from collections.abc import Callable

from assess.display.text.styled import LinePart
from assess.i18n import Lang, translator
from assess.tui.commands.registry import ScreenCommand, key_names_text, search_commands
from assess.tui.core.drafts import DraftKey
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.resume_drafts import open_or_pick_draft
from assess.tui.core.shell import ListRow, list_row_in_columns
from assess.tui.core.widgets.shell_screen import ShellScreen


class BasicCommands:
    """Carries out the commands of a screen that need no workspace."""

    def __init__(self, screen: ShellScreen[None]) -> None:
        self._screen = screen

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "help": self._show_help,
            "redraw": self._redraw,
            "palette": self._search_commands,
        }

    def _show_help(self) -> None:
        self._screen.shell.navigation.show_help(self._screen.SCOPE)

    def _redraw(self) -> None:
        """Draw every cell again."""
        self._screen.refresh(layout=True)

    def _search_commands(self) -> None:
        """Search the commands of this screen in either language; run the chosen one."""
        screen = self._screen

        def find_rows(words: str) -> list[ListRow]:
            return [
                _command_row(command, screen.lang)
                for command in search_commands(words, screen.SCOPE)
                if command.id != "palette"
            ]

        def run_taken(command_id: str | None) -> None:
            if command_id is not None:
                screen.app.call_next(screen.action_command, command_id)

        _ = translator(screen.lang)
        screen.shell.dialogs.pick_row(_("Commands"), find_rows, run_taken)


class GeneralCommands:
    """Carries out the general commands of a workspace; `open_draft` opens the form of a draft."""

    def __init__(self, screen: ShellScreen[None], open_draft: Callable[[DraftKey], None]) -> None:
        self._screen = screen
        self._open_draft = open_draft

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "drafts": self._pick_and_open_draft,
            "show_evidence": self._show_evidence,
            "show_board": self._show_board,
            "show_finish": self._show_finish,
            "show_profile": self._show_profile,
            "settings": self._ask_settings,
            "who": self._ask_acting_person,
        }

    def _show_evidence(self) -> None:
        self._screen.shell.navigation.show_evidence()

    def _show_board(self) -> None:
        self._screen.shell.navigation.show_board()

    def _show_finish(self) -> None:
        self._screen.shell.navigation.show_finish()

    def _show_profile(self) -> None:
        self._screen.shell.navigation.show_profile()

    def _ask_settings(self) -> None:
        self._screen.shell.preferences.ask_settings()

    async def _ask_acting_person(self) -> None:
        await self._screen.shell.preferences.ask_acting_person()

    async def _pick_and_open_draft(self) -> None:
        """Continue an unfinished draft that the user picks."""
        if not await open_or_pick_draft(self._screen.shell, self._open_draft):
            _ = translator(self._screen.lang)
            self._screen.show_message(_("no draft is waiting"))


def _command_row(command: ScreenCommand, lang: Lang) -> ListRow:
    _ = translator(lang)
    return list_row_in_columns(
        command.id,
        LinePart(_(command.label)),
        LinePart(key_names_text(command, lang), "key"),
        LinePart(_(command.help), "dim"),
    )
