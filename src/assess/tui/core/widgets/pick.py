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
from assess.harmless import one_line


class ChoiceWidget(Widget, can_focus=True):
    """Shows all options, with the chosen one in brackets."""

    BINDINGS: ClassVar = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        *(
            Binding(form, f"take({digit})", show=False)
            for digit in range(10)
            for form in equivalent_keys(str(digit))
        ),
        Binding("minus", "take(0)", show=False),
    ]
    chosen = reactive(0)

    class OptionChosen(Message):
        """Another option was chosen."""

    def __init__(self, options: tuple[tuple[str, str], ...], value: str, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
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

    def action_step(self, step: int) -> None:
        """Choose the option next to the chosen one."""
        self.chosen = (self.chosen + step) % len(self._options)

    def action_take(self, number: int) -> None:
        """Choose an option by its number."""
        if 0 <= number - self._first < len(self._options):
            self.chosen = number - self._first

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines of the options."""
        return len(self._option_lines(width))

    def render(self) -> Content:
        """Return the options on as many lines as they need."""
        return Content("\n".join(self._option_lines(self.size.width)))

    def _option_lines(self, width: int) -> list[str]:
        lines = [""]
        for number, (_value, words) in enumerate(self._options, self._first):
            text = f"{number} {one_line(words)}"
            part = f"[{text}]" if number - self._first == self.chosen else f" {text} "
            if lines[-1] and width_of(lines[-1] + part) > width:
                lines.append("")
            lines[-1] += fit_width(part, width) if width_of(part) > width else part
        return lines
