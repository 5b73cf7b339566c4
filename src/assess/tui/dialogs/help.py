"""The keys of a screen and the meaning of the marks, made from the command registry."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from assess.display.text.marks import LEGEND
from assess.display.text.styled import Drawn, Line, Part, line
from assess.display.text.wrap import fit, width_of, wrap
from assess.i18n import Lang, translator
from assess.tui.commands.registry import Scope, bindings, footer, help_rows
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


def help_lines(scope: Scope, lang: Lang, width: int) -> list[Line]:
    """Return the help of a screen."""
    _ = translator(lang)
    rows = help_rows(scope, lang)
    keys = 1 + max(width_of(row[0]) for row in rows)
    lines: list[Line] = [line(_("Keys"), "title")]
    for key, _label, words in rows:
        for index, piece in enumerate(wrap(words, width - keys)):
            lines.append((Part(fit("" if index else key, keys), "label"), Part(piece)))
    lines += [(), line(_("Marks"), "title")]
    lines += [(Part(fit(sign, keys), "label"), Part(_(words))) for sign, words in LEGEND]
    hint = _(
        "With Chinese input on, letters do not arrive: use digits, signs, arrows, Enter, F keys"
        " and Ctrl. A key means the same on every screen; digits count what is listed."
    )
    return [*lines, (), *(line(piece) for piece in wrap(hint, width))]


class HelpScreen(AppModal[None]):
    """Shows the help of the screen below it."""

    SCOPE: ClassVar[Scope] = "help"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("help")]

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope
        self.view = LinesView(id="rows")

    def compose(self) -> ComposeResult:
        """Lay out title, lines and hints."""
        lang = self.lang
        _ = translator(lang)
        with Vertical(classes="box tall"):
            yield Static(_("Help"), markup=False)
            yield self.view
            yield Static(footer("help", lang, 74), classes="hints", markup=False)
        self.view.draw(lambda width: Drawn(help_lines(self._scope, lang, width)))

    def action_line_up(self) -> None:
        """Scroll up."""
        self.view.scroll_page_up(animate=False)

    def action_line_down(self) -> None:
        """Scroll down."""
        self.view.scroll_page_down(animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)
