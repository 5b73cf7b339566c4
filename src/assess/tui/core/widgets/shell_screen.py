"""What screens and dialogs have in common: the app, its language, commands and pastes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, TypeVar, cast

from textual.screen import Screen

from assess.i18n import N_, Lang, Translator, translator
from assess.tui.commands.paste_hint import paste_refused_text
from assess.tui.commands.registry import Scope
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.pasting import MOST, ParsedPaste, PasteFate
from assess.tui.core.shell import AppShell
from assess.tui.core.widgets.lines import LINE_STYLE_CLASSES

ResultType = TypeVar("ResultType")

_FATES: Mapping[PasteFate, str] = {
    "cut": N_("too long a paste: its first {most} characters are here"),
    "broken": N_("the paste broke off, and keys are text now: press Esc to go on"),
    "part": N_("this is the end of a paste: look whether its beginning is there"),
    "mixed_up": N_("not pasted: there are control characters in it"),
}


class ShellScreen(Screen[ResultType]):
    """The common base of screens and dialogs: the app, its language, its messages."""

    SCOPE: ClassVar[Scope]
    COMPONENT_CLASSES: ClassVar[set[str]] = {*LINE_STYLE_CLASSES}

    handlers: CommandHandlers = MappingProxyType({})
    """What the commands of the screen do."""

    async def action_command(self, command_id: str, *keys: str) -> None:
        """Carry out a command; `keys` is the pressed key if the command takes it."""
        done = self.handlers[command_id](*keys)
        if done is not None:
            await done

    @property
    def shell(self) -> AppShell:
        """The app, as screens see it."""
        return cast("AppShell", self.app)

    @property
    def lang(self) -> Lang:
        """The language of the interface."""
        return self.shell.session.lang

    @property
    def _(self) -> Translator:
        """The translator into that language."""
        return translator(self.lang)

    def show_message(self, message: str) -> None:
        """Show a message; screens show it in their own place."""
        self.notify(message, markup=False)

    def convert_paste_for_field(self, text: str) -> str | None:  # for screens with fields
        """Return a pasted text for the focused field; None if no field takes it."""
        return None

    def accept_or_refuse_paste(self, pasted: ParsedPaste) -> str | None:
        """Return the text of a paste for the focused field; show what is wrong with it."""
        if pasted.fate == "left":
            return None
        text = self.convert_paste_for_field(pasted.text)
        if text is None and pasted.fate != "broken":
            self.show_message(paste_refused_text(self.SCOPE, self.lang))
        elif pasted.fate != "whole":
            self.show_message(self._(_FATES[pasted.fate]).format(most=MOST))
        return None if pasted.fate == "mixed_up" else text
