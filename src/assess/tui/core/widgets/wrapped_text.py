"""A text of a form that wraps as Chinese and Latin do: no line begins with a closing bracket."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from assess.display.text.wrap import wrap_text


class WrappedText(Static):
    """A text, and behind it a quiet one; Textual alone breaks a line at spaces first."""

    def __init__(self, text: str, quiet: str = "", *, id: str, classes: str) -> None:  # noqa: A002  # as Textual calls it
        super().__init__(Content(text + quiet), id=id, classes=classes, markup=False)
        self._text, self._quiet = text, quiet

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._text, self._quiet = text, ""
        self.update(Content(text))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        del container, viewport
        return len(wrap_text(self._text + self._quiet, width))

    def render(self) -> Content:
        """Return the lines; what is quiet begins after as many signs as the text has."""
        wrapped = "\n".join(wrap_text(self._text + self._quiet, self.content_size.width))
        left, start = sum(not sign.isspace() for sign in self._text), 0
        while left:
            left -= not wrapped[start].isspace()
            start += 1
        return Content.assemble(wrapped[:start], (wrapped[start:], "$quiet"))
