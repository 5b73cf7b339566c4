"""The help of a screen: its keys and the marks, made from the command registry."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assess.display.overview.summary import outdated_column_text
from assess.display.rollup.sheets import list_sheet_chips
from assess.display.text.cells import width_of
from assess.display.text.marks import LEGEND, make_mark_part
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, styled_line
from assess.display.text.wrap import fit_width, wrap_text
from assess.engine.kinds.residual_rule import (
    list_residual_rule_sentences,
    residual_rule_title,
)
from assess.i18n import Lang, translator
from assess.tui.commands.registry import (
    OFFICE_SCOPES,
    Scope,
    footer_chips,
    help_rows,
    make_bindings,
)
from assess.tui.core.text_scroll import TextScroll
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


def help_lines(scope: Scope, lang: Lang, width: int) -> list[StyledLine]:
    """Return the help of a screen."""
    _ = translator(lang)
    rows = help_rows(scope, lang)
    keys = 1 + max(width_of(row[0]) for row in rows)
    lines: list[StyledLine] = [styled_line(_("Keys"), "title")]
    for key, _label, words in rows:
        for index, piece in enumerate(wrap_text(words, width - keys)):
            lines.append(
                (LinePart(fit_width("" if index else key, keys), "label"), LinePart(piece))
            )
    if scope in OFFICE_SCOPES:
        lines += [(), styled_line(_("Tables by digit"), "title")]
        lines += [
            (LinePart(fit_width(chip.key, keys), "label"), LinePart(chip.label))
            for chip in list_sheet_chips(lang)
        ]
    else:
        lines += [(), styled_line(_("Marks"), "title")]
        lines += [
            (make_mark_part(sign, after=" " * (keys - 1)), LinePart(_(words)))
            for sign, words in LEGEND
        ]
    if scope == "overview":
        columns = _("In the columns of counts a dot means none.")
        lines += [(), *(styled_line(text) for text in (columns, outdated_column_text(lang)))]
    if scope in ("walk", "review"):
        lines += [(), styled_line(residual_rule_title(lang), "title")]
        for sentence in list_residual_rule_sentences(lang):
            lines += [styled_line(piece) for piece in wrap_text(sentence, width)]
    hint = _(
        "With Chinese input on, letters do not arrive: use digits, signs, arrows, Enter, F keys"
        " and Ctrl. A key means the same on every screen; digits count what is listed."
    )
    return [*lines, (), *(styled_line(piece) for piece in wrap_text(hint, width))]


class HelpScreen(AppModal[None]):
    """Shows the help of the screen below."""

    SCOPE: ClassVar[Scope] = "help"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("help")]

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope
        self.view = LinesView(id="rows", grows=True)
        self.handlers = {**TextScroll(self.view).handlers(), "close": self._close}

    def compose(self) -> ComposeResult:
        """Lay out title, lines and hints."""
        lang = self.lang
        with DialogBox(self._("Help"), footer_chips("help", lang)):
            yield self.view
        self.view.draw_lines(lambda width: DrawnLines(help_lines(self._scope, lang, width)))

    def on_resize(self) -> None:
        """Let the text be as tall as it is, and leave room for title and keys."""
        self.view.styles.max_height = self.query_one(DialogBox).rows_that_fit()

    def _close(self) -> None:
        self.dismiss(None)
