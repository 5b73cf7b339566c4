"""Head line, rules and footer that every screen has, and the screen that has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar, cast

from textual import events
from textual.screen import ModalScreen, Screen
from textual.visual import VisualType
from textual.widgets import Static

from assess.display.text.input_method import is_han
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, Part, line, rule
from assess.display.text.wrap import fit, spread, whole_parts, width_of, wrap
from assess.i18n import N_, Lang, Translator, translator
from assess.tui.commands.paste_hint import no_paste_text
from assess.tui.commands.registry import Scope, footer, keys_shown, search
from assess.tui.core.drafts import DraftKey
from assess.tui.core.pasting import MOST, Fate, Pasted
from assess.tui.core.resume_drafts import draft_trouble, resume
from assess.tui.core.session import Opened
from assess.tui.core.shell import ListRow, Shell
from assess.tui.core.widgets.lines import LinesView
from assess.workspace import SheetName

ResultType = TypeVar("ResultType")

_FATES: Mapping[Fate, str] = {
    "cut": N_("too long a paste: its first {most} characters are here"),
    "broken": N_("the paste broke off, and keys are text now: press Esc to go on"),
    "part": N_("this is the end of a paste: look whether its beginning is there"),
    "mixed_up": N_("not pasted: there are control characters in it"),
}
_ENDS = 2
"""Parts of a head line's side that stay longest."""
_EDGES = 4
"""Cells of a rule that are no words: the dashes before them, and a space at each side."""


class ShellScreen(Screen[ResultType]):
    """What a screen and a dialog over it have in common: the app, its language, its messages."""

    SCOPE: ClassVar[Scope]

    @property
    def shell(self) -> Shell:
        """The app, as screens see it."""
        return cast("Shell", self.app)

    @property
    def lang(self) -> Lang:
        """The language of the interface."""
        return self.shell.session.lang

    @property
    def _(self) -> Translator:
        """The translator into that language."""
        return translator(self.lang)

    def say(self, message: str) -> None:
        """Show a message; an empty one takes it away."""
        raise NotImplementedError

    def pasted_text(self, text: str) -> str | None:  # for screens with fields
        """Return a pasted text as the field in focus takes it; None: nothing can be pasted."""
        return None

    def take_paste(self, taken: Pasted) -> str | None:
        """Return what the field in focus takes of a paste; say what of it is not as expected."""
        if taken.fate == "left":
            return None
        text = self.pasted_text(taken.text)
        if text is None and taken.fate != "broken":
            self.say(no_paste_text(self.SCOPE, self.lang))
        elif taken.fate != "whole":
            self.say(self._(_FATES[taken.fate]).format(most=MOST))
        return None if taken.fate == "mixed_up" else text


class AppModal(ModalScreen[ResultType], ShellScreen[ResultType]):
    """A dialog over a screen; gives a result when it is dismissed."""

    _keys_line: VisualType | None = None
    """The keys, while a message stands in their place."""

    _draft: DraftKey | None = None
    """Which draft holds what is typed; None: none does."""

    def hold(self) -> None:
        """Keep on disk what is typed: the program is about to end. Nothing is, here."""

    def draft_line(self) -> Static:
        """Return the line that says that the draft is not on disk."""
        return Static("", id="draft-trouble", classes="error", markup=False)

    def show_draft_trouble(self) -> None:
        """Say that the draft is not on disk, as long as it is not."""
        error = self.shell.drafts.troubles.get(self._draft) if self._draft else None
        for label in self.query("#draft-trouble").results(Static):
            label.update(draft_trouble(error, self.lang) if error else "")
            label.set_class(error is not None, "shown")

    def say(self, message: str) -> None:
        """Show a message in place of the keys; an empty one brings them back."""
        for hints in self.query(".hints").results(Static):
            if self._keys_line is None:
                self._keys_line = hints.content
            hints.update(message or self._keys_line)
            hints.set_class(bool(message), "said")


class AppScreen(ShellScreen[None]):
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

    def draw_head(self, left: Sequence[str], right: Sequence[str], said: str = "") -> None:
        """Show the head line, with a rule under it that may say something."""
        self.head.draw(lambda width: Drawn([_bar(left, right, width), rule(width, said)]))

    def draw_foot(self) -> None:
        """Show the commands, or the message if there is one, with a rule above."""
        self.foot.draw(lambda width: Drawn(self._foot_lines(width)))

    def told(self) -> str:
        """Return what the rule above the footer says. It says nothing, here."""
        return ""

    def _foot_lines(self, width: int) -> list[Line]:
        above = rule(width, whole_parts(self.told(), width - _EDGES))
        if not self._message:
            return [above, line(fit(footer(self.SCOPE, self.lang, width), width), "bar")]
        first, *rest = wrap(self._message, width - 1)
        said = [line(fit(" " + piece, width), "warn") for piece in (first, " ".join(rest)) if piece]
        return said if rest else [above, *said]

    def say(self, message: str) -> None:
        """Show a message until the next key."""
        self._message = message
        self.draw_foot()

    def saved(self, sheet: SheetName, opened: Opened) -> None:
        """Show a sheet as it is now on disk. Nothing is shown of it, here."""

    def redraw(self) -> None:
        """Show anew how far saving is. Nothing is shown of it, here."""

    def outdated(self) -> None:
        """Read again what sheets stand on: it was changed on another screen. Nothing, here."""

    def hold(self) -> None:
        """Send what is not yet kept on its way: the program is about to end. Nothing, here."""

    def action_help(self) -> None:
        """Show the keys."""
        self.shell.show_help(self.SCOPE)

    def action_palette(self) -> None:
        """Search the commands of this screen by words in either language; run the one taken."""

        def found(words: str) -> list[ListRow]:
            return [
                ListRow(
                    one.id, f"{self._(one.label)}  {keys_shown(one, self.lang)}  {self._(one.help)}"
                )
                for one in search(words, self.SCOPE)
                if one.id != "palette"
            ]

        def taken(command: str | None) -> None:
            if command is not None:
                self.app.call_next(self.run_action, command)

        self.shell.pick(self._("Commands"), found, taken)

    async def action_drafts(self) -> None:
        """Go on with a text that was not finished."""
        if not await resume(self.shell, self.resume):
            self.say(self._("no draft is waiting"))

    def resume(self, draft: DraftKey) -> None:
        """Open the form that a draft was typed into."""
        shell = self.shell
        if draft.sheet:
            shell.show_sheet(SheetName.parse(draft.sheet), draft.item_id, form=draft.form)
            return
        screens = {
            "evidence": shell.show_evidence,
            "finish": shell.show_finish,
            "profile": shell.show_profile,
        }
        if (show := screens.get(draft.item_id)) is not None:
            show(draft.form)

    def action_show_evidence(self) -> None:
        """Show the evidence register."""
        self.shell.show_evidence()

    def action_show_board(self) -> None:
        """Show the remediation board."""
        self.shell.show_board()

    def action_show_finish(self) -> None:
        """Show what is missing, and make the report."""
        self.shell.show_finish()

    def action_show_profile(self) -> None:
        """Show organization, systems, people, checklists and facts."""
        self.shell.show_profile()

    def action_settings(self) -> None:
        """Ask for language, theme, contrast and marks."""
        self.shell.ask_settings()

    async def action_who(self) -> None:
        """Ask who sits here."""
        await self.shell.ask_who()

    def on_key(self, event: events.Key) -> None:
        """Take the message away; say why a Chinese character does nothing."""
        if is_han(event.character):
            event.stop()
            self.say(
                self._("Chinese input is on: use digits, arrows, Enter, F keys, or switch it off")
            )
        elif self._message:
            self.say("")


def _bar(left: Sequence[str], right: Sequence[str], width: int) -> Line:
    """Return the head line; where room lacks, whole parts give way.

    These are the third and later ones at the left, then those between the ends of the right, then
    the second at the left.
    """
    names, facts = list(left), [fact for fact in right if fact]
    while True:
        at_left, at_right = " " + one_line(" / ".join(names)), "  " + one_line("  ".join(facts))
        if width_of(at_left + at_right) < width or (len(names) == 1 and len(facts) <= _ENDS):
            return (Part(spread(at_left, at_right + " ", width), "bar"),)
        if len(names) <= _ENDS < len(facts):
            del facts[1]
        else:
            names.pop()
