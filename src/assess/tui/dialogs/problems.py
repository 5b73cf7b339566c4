"""The problems of files that can't be read. Nothing was changed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType

from assess.display.text.styled import DrawnLines, LinePart, StyledLine, row_line, styled_line
from assess.display.text.wrap import wrap_text
from assess.engine.punctuation import clause_comma_sign, format_bracketed_remark
from assess.errors import AssessError, FilesError
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import Lang, plural_translator
from assess.problem import Problem, sort_problems
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.external_editor import editor_command, run_editor
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.core.widgets.lines import LinesView


def problem_lines(problems: Sequence[Problem], chosen: int, lang: Lang, width: int) -> DrawnLines:
    """Return the lines of the problems; the chosen one is in sight."""
    lines: list[StyledLine] = []
    cursor = 0
    for index, problem in enumerate(problems):
        if index == chosen:
            cursor = len(lines)
        position = f"{problem.file}:{problem.line}:{problem.column}"
        head = (
            LinePart(f"{escape_as_single_line(position)}  ", "title"),
            LinePart(problem.code, "dim"),
        )
        lines.append(row_line(head, width, focused=index == chosen))
        words = problem.message + format_bracketed_remark(problem.hint, lang)
        lines += [
            (LinePart("    " + piece),)
            for piece in wrap_text(escape_and_replace_tabs(words), width - 4)
        ]
    return DrawnLines(lines, cursor)


class ProblemsScreen(AppScreen):
    """The problems of files that can't be read; F5 reads the files again."""

    SCOPE: ClassVar[Scope] = "problems"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("problems")]

    def __init__(self, error: FilesError) -> None:
        super().__init__()
        self._set_error(error)
        self.view = LinesView(id="problems")
        self.handlers = {
            **self.handlers,
            "next_row": lambda: self._move_by(1),
            "previous_row": lambda: self._move_by(-1),
            "scroll_up": lambda: self.view.scroll_page_up(animate=False),
            "scroll_down": lambda: self.view.scroll_page_down(animate=False),
            "edit_file": self._edit_file,
            "reread": self._reread_all_files,
            "leave": self._leave_app,
        }

    def compose(self) -> ComposeResult:
        """Lay out the head, the problems and the footer."""
        yield self.head
        yield self.view
        yield self.foot

    def on_mount(self) -> None:
        """Show the problems."""
        self._draw_all()

    def show_error(self, error: FilesError) -> None:
        """Show the problems of another reading; what stands above this screen stays."""
        self._set_error(error)
        self._draw_all()

    def _set_error(self, error: FilesError) -> None:
        self._error = error
        self._problems = sort_problems(error.problems)
        self._cursor = 0

    def _draw_all(self) -> None:
        files, places = len({problem.file for problem in self._problems}), len(self._problems)
        _n = plural_translator(self.lang)
        counts = (
            _n("{count} file", "{count} files", files).format(count=files),
            _n("{count} place", "{count} places", places).format(count=places),
        )
        self.draw_head(
            [self._("Files are wrong; nothing was changed")],
            [LinePart(clause_comma_sign(self.lang).join(counts), "bad")],
        )
        self.draw_footer()
        self._draw_rows()

    def person_and_saving(self) -> list[LinePart]:
        """Return nothing: files that can't be read name no person."""
        return []

    def _draw_rows(self) -> None:
        self.view.draw_lines(self._drawn_rows)

    def _drawn_rows(self, width: int) -> DrawnLines:
        if not self._problems:
            return DrawnLines(
                [
                    styled_line(piece)
                    for piece in wrap_text(escape_and_replace_tabs(self._error.message), width)
                ]
            )
        return problem_lines(self._problems, self._cursor, self.lang, width)

    def _move_by(self, step: int) -> None:
        self._cursor = max(0, min(len(self._problems) - 1, self._cursor + step))
        self._draw_rows()

    async def _edit_file(self) -> None:
        """Open the file of the chosen problem in the editor, then read all files again."""
        if not self._problems:
            return
        problem, root = self._problems[self._cursor], self.shell.session.workspace.root
        try:
            command = await asyncio.to_thread(
                editor_command, os.environ, root / problem.file, problem.line or 1, self.lang
            )
            # Nothing may be drawn while the editor has the terminal.
            with self.app.suspend(), self.app.batch_update():
                await asyncio.to_thread(run_editor, command)
        except SuspendNotSupported:
            self.show_message(self._("no editor can be opened in this terminal"))
        except AssessError as error:
            self.show_message(escape_as_single_line(str(error)))
        else:
            self._reread_all_files()

    def _reread_all_files(self) -> None:
        """Read the files again."""
        self.shell.navigation.reopen_first_screen()

    async def _leave_app(self) -> None:
        """Quit."""
        await self.shell.leave_app_once_saved()
