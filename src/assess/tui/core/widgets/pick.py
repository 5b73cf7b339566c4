"""A choice of options: left, right or a digit choose.

If the first option is empty, its digit is 0 and the others count from 1, so that key 3 is grade 3.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from assess.display.text.cells import width_of
from assess.display.text.input_method import equivalent_keys
from assess.display.text.wrap import fit_width
from assess.harmless import escape_as_single_line

_CHOSEN = "bold $accent"


class ChoiceWidget(Widget, can_focus=True):
    """Shows all options, with the chosen one in brackets."""

    BINDINGS: ClassVar = [
        Binding("left", "choose_neighbour(-1)", show=False),
        Binding("right,space", "choose_neighbour(1)", show=False),
        *(
            Binding(form, f"choose_option({digit})", show=False)
            for digit in range(10)
            for form in equivalent_keys(str(digit))
        ),
        Binding("minus", "choose_option(0)", show=False),
    ]
    chosen = reactive(0)

    class OptionChosen(Message):
        """Another option was chosen."""

    def __init__(
        self,
        options: tuple[tuple[str, str], ...],
        value: str,
        *,
        id: str,  # noqa: A002  # Textual's name
        leads_on: bool = False,
    ) -> None:
        """`leads_on`: a digit chooses and moves to the next field."""
        super().__init__(id=id)
        self._leads_on = leads_on
        self._options = options
        self._first = 0 if options[0][0] == "" else 1
        """The digit of the first option."""
        self.value = value

    @property
    def value(self) -> str:
        """The value of the chosen option."""
        return self._options[self.chosen][0]

    @value.setter
    def value(self, value: str) -> None:
        values = [option for option, _words in self._options]
        self.chosen = values.index(value) if value in values else 0

    def watch_chosen(self) -> None:
        """Tell the form about the choice."""
        self.post_message(self.OptionChosen())

    def action_choose_neighbour(self, step: int) -> None:
        """Choose the option next to the chosen one."""
        self.chosen = (self.chosen + step) % len(self._options)

    def action_choose_option(self, number: int) -> None:
        """Choose an option by its number."""
        if 0 <= number - self._first < len(self._options):
            self.chosen = number - self._first
            if self._leads_on:
                self.screen.focus_next()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines of the options."""
        return len(self._option_lines(width))

    def render(self) -> Content:
        """Return the options on as many lines as they need; the chosen one is in brackets."""
        chosen = self._first + self.chosen
        lines = (
            Content.assemble(
                *((text, _CHOSEN if number == chosen else "") for number, text in line)
            )
            for line in self._option_lines(self.size.width)
        )
        return Content("\n").join(lines)

    def _option_lines(self, width: int) -> list[list[tuple[int, str]]]:
        """Return the numbers and the texts of the options, by line."""
        lines: list[list[tuple[int, str]]] = [[]]
        used_width = 0
        for number, (_value, words) in enumerate(self._options, self._first):
            text = f"{number} {escape_as_single_line(words)}"
            part = f"[{text}]" if number - self._first == self.chosen else f" {text} "
            part = fit_width(part, min(width, width_of(part)))
            if lines[-1] and used_width + width_of(part) > width:
                lines.append([])
                used_width = 0
            lines[-1].append((number, part))
            used_width += width_of(part)
        return lines


class TickWidget(Widget, can_focus=True):
    """Shows all options, each with its tick; a digit, or Space at the cursor, ticks one.

    The value is the ids of the ticked options, in their order, with spaces between.
    """

    BINDINGS: ClassVar = [
        Binding("left", "move_cursor(-1)", show=False),
        Binding("right", "move_cursor(1)", show=False),
        *(Binding(form, "toggle_tick(-1)", show=False) for form in equivalent_keys("space")),
        *(
            Binding(form, f"toggle_tick({digit - 1})", show=False)
            for digit in range(1, 10)
            for form in equivalent_keys(str(digit))
        ),
    ]
    cursor = reactive(0)
    ticked: reactive[frozenset[str]] = reactive(frozenset())

    def __init__(self, options: tuple[tuple[str, str], ...], value: str, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._options = options
        self.ticked = frozenset(value.split())

    @property
    def value(self) -> str:
        """The ids of the ticked options."""
        return " ".join(option for option, _words in self._options if option in self.ticked)

    def watch_ticked(self) -> None:
        """Tell the form about the tick."""
        self.post_message(ChoiceWidget.OptionChosen())

    def action_move_cursor(self, step: int) -> None:
        """Move the cursor."""
        self.cursor = (self.cursor + step) % len(self._options)

    def action_toggle_tick(self, index: int) -> None:
        """Tick or untick an option by its place; -1 is the one at the cursor."""
        index = self.cursor if index < 0 else index
        if index < len(self._options):
            self.cursor = index
            self.ticked = self.ticked ^ {self._options[index][0]}

    def render(self) -> Content:
        """Return the options on one line."""
        parts = [
            f"{'>' if place == self.cursor and self.has_focus else ' '}{place + 1} "
            f"{'[x]' if option in self.ticked else '[ ]'} {escape_as_single_line(words)}"
            for place, (option, words) in enumerate(self._options)
        ]
        return Content("  ".join(parts))
