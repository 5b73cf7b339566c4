"""assess.yaml can't be read: what is wrong is shown and mended before the interface begins."""

from __future__ import annotations

import asyncio
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from assess.errors import FilesError
from assess.i18n import Lang
from assess.tui.app.key_queue import OrderedKeys
from assess.tui.app.settings import Settings
from assess.tui.commands.registry import Scope
from assess.tui.core.themes import THEMES
from assess.tui.dialogs.problems import ProblemsScreen
from assess.workspace import Workspace


class _Place(NamedTuple):
    """What the screen asks of a session here: its language, and where the files are."""

    lang: Lang
    workspace: Workspace


class MendApp(OrderedKeys, inherit_bindings=False):
    """Shows the problems; `mended` says whether assess.yaml could be read in the end."""

    CSS_PATH = "../styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True)
    ]

    def __init__(
        self, here: Workspace, error: FilesError, lang: Lang, settings: Settings, *, fine: bool
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = settings.theme_name
        self.set_class(fine and not settings.ascii_marks, "-fine")
        self.session = _Place(lang, here)
        self.mended = False
        self._error = error

    def on_mount(self) -> None:
        """Show what is wrong."""
        self.push_screen(ProblemsScreen(self._error))

    def start_over(self) -> None:
        """Read assess.yaml again."""
        self.run_worker(self._read_again(), group="read", exclusive=True)

    async def _read_again(self) -> None:
        try:
            await asyncio.to_thread(self.session.workspace.config)
        except FilesError as error:
            self.pop_screen()
            await self.push_screen(ProblemsScreen(error))
        else:
            self.mended = True
            self.exit()

    async def leave(self) -> None:
        """End without its being mended."""
        self.exit()

    def show_help(self, scope: Scope) -> None:
        """Show the keys of a screen."""
        from assess.tui.dialogs.help import HelpScreen  # noqa: PLC0415  # only when it is asked for

        self.push_screen(HelpScreen(scope))


def mend(here: Workspace, error: FilesError, lang: Lang, settings: Settings, *, fine: bool) -> bool:
    """Show the problems in this terminal; whether assess.yaml can be read now."""
    app = MendApp(here, error, lang, settings, fine=fine)
    app.run(mouse=False)
    return app.mended
