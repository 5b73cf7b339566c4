"""Head line, rules and footer that every screen has, and the screen that has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.screen import Screen

from assess.i18n import Lang, Translator, translator
from assess.tui.commands import Scope, footer
from assess.tui.keys import is_han
from assess.tui.lines import Drawn, Line, Part, line, rule
from assess.tui.widgets.lines import LinesView
from assess.tui.wrap import fit, spread

if TYPE_CHECKING:
    from assess.tui.app import AssessApp


class AppScreen(Screen[None]):
    """A full screen of the program: a head line above, what it shows, a footer of commands below.

    A message takes the footer's place until the next key.
    """

    AUTO_FOCUS = None
    SCOPE: ClassVar[Scope] = "overview"

    def __init__(self) -> None:
        super().__init__()
        self.head = LinesView(id="head")
        self.foot = LinesView(id="foot")
        self._message = ""

    @property
    def assess_app(self) -> AssessApp:
        """The app, by its own type."""
        return cast("AssessApp", self.app)

    @property
    def lang(self) -> Lang:
        """The language of the interface."""
        return self.assess_app.session.lang

    @property
    def _(self) -> Translator:
        """The translator into that language."""
        return translator(self.lang)

    def draw_head(self, left: str, right: str) -> None:
        """Show the head line, with a rule under it."""
        self.head.draw(lambda width: Drawn([_bar(left, right, width), rule(width)]))

    def draw_foot(self) -> None:
        """Show the commands, or the message if there is one, with a rule above."""
        self.foot.draw(lambda width: Drawn([rule(width), self._foot_line(width)]))

    def _foot_line(self, width: int) -> Line:
        if self._message:
            return line(fit(" " + self._message, width), "warn")
        return line(fit(footer(self.SCOPE, self.lang, width), width), "bar")

    def say(self, message: str) -> None:
        """Show a message until the next key."""
        self._message = message
        self.draw_foot()

    def on_key(self, event: events.Key) -> None:
        """Take the message away; say why a Chinese character does nothing."""
        if is_han(event.character):
            event.stop()
            self.say(
                self._("Chinese input is on: use digits, arrows, Enter, F keys, or switch it off")
            )
        elif self._message:
            self.say("")


def _bar(left: str, right: str, width: int) -> Line:
    return (Part(spread(" " + left, right + " ", width), "bar"),)
