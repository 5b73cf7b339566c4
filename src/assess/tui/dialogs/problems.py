"""Files that can't be read: where, what, and how to mend it. Nothing was changed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType

from assess.display.text.safe import one_line, visible
from assess.display.text.styled import Drawn, Line, Part, line
from assess.display.text.wrap import fit, wrap
from assess.engine.punctuation import bracketed
from assess.errors import AssessError, FilesError
from assess.i18n import Lang
from assess.problem import Problem, in_order
from assess.tui.commands.registry import Scope, bindings
from assess.tui.core.external_editor import edit, editor_command
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.core.widgets.lines import LinesView


def problem_lines(problems: Sequence[Problem], chosen: int, lang: Lang, width: int) -> Drawn:
    """Return the lines of the problems, the chosen one in sight."""
    lines: list[Line] = []
    cursor = 0
    for index, one in enumerate(problems):
        if index == chosen:
            cursor = len(lines)
        head = f"{'>' if index == chosen else ' '} {one.file}:{one.line}:{one.column}  {one.code}"
        lines.append(line(fit(one_line(head), width), "cursor" if index == chosen else "title"))
        words = one.message + bracketed(one.hint, lang)
        lines += [(Part("    " + piece),) for piece in wrap(visible(words), width - 4)]
    return Drawn(lines, cursor)


class ProblemsScreen(AppScreen):
    """Shows the problems of files that can't be read; F5 reads them again."""

    SCOPE: ClassVar[Scope] = "problems"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("problems")]

    def __init__(self, error: FilesError) -> None:
        super().__init__()
        self._error = error
        self._problems = in_order(error.problems)
        self._cursor = 0
        self.view = LinesView(id="problems")

    def compose(self) -> ComposeResult:
        """Lay out the head, the problems and the footer."""
        yield self.head
        yield self.view
        yield self.foot

    def on_mount(self) -> None:
        """Show the problems."""
        places = self._("{files} files, {places} places").format(
            files=len({problem.file for problem in self._problems}), places=len(self._problems)
        )
        self.draw_head([self._("Files are wrong; nothing was changed")], [places])
        self.draw_foot()
        self._draw()

    def _draw(self) -> None:
        self.view.draw(self._drawn)

    def _drawn(self, width: int) -> Drawn:
        if not self._problems:
            return Drawn([line(piece) for piece in wrap(visible(self._error.message), width)])
        return problem_lines(self._problems, self._cursor, self.lang, width)

    def action_next_row(self) -> None:
        """Go to the next problem."""
        self._cursor = min(max(0, len(self._problems) - 1), self._cursor + 1)
        self._draw()

    def action_previous_row(self) -> None:
        """Go to the problem before."""
        self._cursor = max(0, self._cursor - 1)
        self._draw()

    def action_scroll_up(self) -> None:
        """Scroll up."""
        self.view.scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        """Scroll down."""
        self.view.scroll_page_down(animate=False)

    async def action_edit_file(self) -> None:
        """Open the file of the chosen problem in the user's editor, then read all again."""
        if not self._problems:
            return
        one, root = self._problems[self._cursor], self.shell.session.workspace.root
        try:
            command = await asyncio.to_thread(
                editor_command, os.environ, root / one.file, one.line or 1, self.lang
            )
            # Nothing is drawn while the editor has the terminal.
            with self.app.suspend(), self.app.batch_update():
                await asyncio.to_thread(edit, command)
        except SuspendNotSupported:
            self.say(self._("no editor can be opened in this terminal"))
        except AssessError as error:
            self.say(one_line(str(error)))
        else:
            self.action_reread()

    def action_reread(self) -> None:
        """Read the files again."""
        self.shell.start_over()

    async def action_leave(self) -> None:
        """Quit."""
        await self.shell.leave()
