"""Repair of an unreadable assess.yaml before the interface starts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.app import App
from textual.binding import Binding, BindingType

from assess.errors import FilesError
from assess.i18n import Lang
from assess.tui.app.key_queue import OrderedKeysApp
from assess.tui.app.settings import InterfaceSettings
from assess.tui.commands.registry import Scope
from assess.tui.core.themes import apply_theme
from assess.tui.dialogs.problems import ProblemsScreen
from assess.workspace import Workspace


class _RepairSession(NamedTuple):
    """The part of a session that the screen uses: the language and the workspace."""

    lang: Lang
    workspace: Workspace


class _RepairNavigation:
    """The part of a navigation that the screen uses: its keys, and reading again."""

    def __init__(self, app: App[None], reopen_first_screen: Callable[[], None]) -> None:
        self._app = app
        self.reopen_first_screen = reopen_first_screen

    def show_help(self, scope: Scope) -> None:
        """Show the keys of a screen."""
        from assess.tui.dialogs.help import HelpScreen  # noqa: PLC0415  # only when it is asked for

        self._app.push_screen(HelpScreen(scope))


class RepairApp(OrderedKeysApp, inherit_bindings=False):
    """Shows the problems; `repaired` tells whether assess.yaml could be read in the end."""

    CSS_PATH = "../styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True)
    ]

    def __init__(
        self,
        workspace: Workspace,
        error: FilesError,
        lang: Lang,
        settings: InterfaceSettings,
        *,
        fine: bool,
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        apply_theme(self, settings.theme_name, fine=fine and not settings.ascii_marks)
        self.session = _RepairSession(lang, workspace)
        self.navigation = _RepairNavigation(self, self._start_rereading_config)
        self.repaired = False
        self._problems_screen = ProblemsScreen(error)

    def on_mount(self) -> None:
        """Show the problems."""
        self.push_screen(self._problems_screen)

    def _start_rereading_config(self) -> None:
        self.run_worker(self._reread_config_and_exit_if_valid(), group="read", exclusive=True)

    async def _reread_config_and_exit_if_valid(self) -> None:
        try:
            await asyncio.to_thread(self.session.workspace.read_config)
        except FilesError as error:
            self._problems_screen.show_error(error)
        else:
            self.repaired = True
            self.exit()

    async def leave_app_once_saved(self) -> None:
        """End without a repair."""
        self.exit()


def let_user_repair_config(
    workspace: Workspace, error: FilesError, lang: Lang, settings: InterfaceSettings, *, fine: bool
) -> bool:
    """Show the problems in this terminal; return whether assess.yaml can be read now."""
    app = RepairApp(workspace, error, lang, settings, fine=fine)
    app.run(mouse=False)
    return app.repaired
