"""The app of a roll-up: it shows what units handed in to an office, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from assess.i18n import Lang
from assess.tui.app.end_signals import EndSignals
from assess.tui.app.harmless_app import HarmlessApp
from assess.tui.app.settings import InterfaceSettings
from assess.tui.core.shell import ListRow
from assess.tui.core.themes import apply_theme
from assess.tui.dialogs.picker import PickerScreen
from assess.tui.rollup.campaign import CampaignData
from assess.tui.rollup.navigation import RollUpNavigation


class _ScreenSession(NamedTuple):
    """The part of a session that screens without a workspace use: the language."""

    lang: Lang


class _ListDialogs:
    """The dialogs that screens without a workspace use: lists."""

    def __init__(self, app: RollUpApp) -> None:
        self._app = app

    def pick_row(
        self,
        title: str,
        find_rows: Callable[[str], Sequence[ListRow]],
        take_row: Callable[[str | None], None],
        notes: Sequence[str] = (),
        *,
        tall: bool = False,
    ) -> None:
        """Show a list that words search, as `Dialogs.pick_row`."""
        self._app.push_screen(PickerScreen(title, find_rows, notes, tall=tall), take_row)


class RollUpOpening(NamedTuple):
    """How the interface looks and begins."""

    settings: InterfaceSettings
    fine: bool = False
    """Whether the terminal draws finer marks and borders."""
    typed: str = ""
    """The keys that were typed before the interface started."""
    notice: str = ""
    """The message on the first screen."""


class RollUpApp(HarmlessApp, inherit_bindings=False):
    """The interface over one campaign of an office.

    It has as much of an `AppShell` as its screens use: language, lists, help, waiting for keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True)
    ]

    def __init__(self, data: CampaignData, opening: RollUpOpening) -> None:
        super().__init__()
        settings = opening.settings
        apply_theme(self, settings.theme_name, fine=opening.fine and not settings.ascii_marks)
        self.session = _ScreenSession(data.lang)
        self.dialogs = _ListDialogs(self)
        self.navigation = RollUpNavigation(self, data)
        self._opening = opening
        self._signals = EndSignals(self.exit)

    def on_mount(self) -> None:
        """Show the units; process the keys typed before the start."""
        self._signals.install_handlers()
        self.navigation.open_first_screen()
        if self._opening.notice:
            self.call_after_refresh(self.navigation.show_message, self._opening.notice)
        self.type_keys(self._opening.typed)

    def on_unmount(self) -> None:
        """Remove the signal handlers."""
        self._signals.remove_handlers()
