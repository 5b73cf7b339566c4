"""Commands of the overview that change what it shows: another round, the other language."""

from __future__ import annotations

from assess.i18n import N_, translator
from assess.model.base import pick_text
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.shell import ListRow
from assess.tui.overview.context import OverviewContext

_STATES = {"open": N_("open"), "closed": N_("closed")}


class RoundCommands:
    """Switches to another round, or to the other language."""

    def __init__(self, context: OverviewContext) -> None:
        self._context = context

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"round": self._pick_round, "language": self._switch_language}

    async def _pick_round(self) -> None:
        """Switch to another round that the user picks."""
        context = self._context
        shell, config = context.shell, context.state.config
        if config is None:
            return
        await shell.saver.wait_until_written()
        _ = translator(context.lang)
        words = {
            key: "  ".join(
                (pick_text(listed_round.title, context.lang), key, _(_STATES[listed_round.state]))
            )
            for key, listed_round in sorted(config.rounds.items(), reverse=True)
        }

        def find_rows(typed: str) -> list[ListRow]:
            return [
                ListRow(key, text) for key, text in words.items() if typed.lower() in text.lower()
            ]

        def take_row(key: str | None) -> None:
            if key is not None and key != shell.session.round_id:
                shell.session.switch_round(key)
                shell.navigation.start_over()

        shell.dialogs.pick_row(_("Round"), find_rows, take_row)

    async def _switch_language(self) -> None:
        """Switch to the other language."""
        context = self._context
        await context.shell.saver.wait_until_written()
        context.shell.preferences.switch_language("en" if context.lang == "zh" else "zh")
