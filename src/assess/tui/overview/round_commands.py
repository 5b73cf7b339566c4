"""The commands of the overview about rounds: another one, closing this one, the next one."""

from __future__ import annotations

from assess.engine.rounds import list_rounds_oldest_first
from assess.i18n import N_, translator
from assess.model.base import pick_text
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow
from assess.tui.overview.context import OverviewContext
from assess.tui.round_change.closing import RoundCloser
from assess.tui.round_change.starting import offer_next_round

_STATES = {"open": N_("open"), "closed": N_("closed")}


class RoundCommands:
    """Switches to another round, closes this one, begins the next one."""

    def __init__(self, context: OverviewContext) -> None:
        self._context = context
        self._closer = RoundCloser(context, lambda: context.shell.navigation.show_finish("commit"))

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "round": self._pick_and_switch_round,
            "close_round": self._closer.start_closing_round,
            "new_round": lambda: offer_next_round(self._context),
        }

    async def _pick_and_switch_round(self) -> None:
        """Switch to another round that the user picks."""
        context = self._context
        shell, config = context.shell, context.state.config
        if config is None:
            return
        await shell.saver.wait_until_written()
        _ = translator(context.lang)
        words = {
            key: "  ".join(
                (
                    pick_text(config.rounds[key].title, context.lang),
                    key,
                    _(_STATES[config.rounds[key].state]),
                )
            )
            for key in reversed(list_rounds_oldest_first(config.rounds))
        }

        def take_row(key: str | None) -> None:
            if key is not None and key != shell.session.round_id:
                shell.session.switch_round(key)
                shell.navigation.reopen_first_screen()

        rows = [ListRow(key, text) for key, text in words.items()]
        shell.dialogs.pick_row(_("Round"), make_row_search(rows), take_row)
