"""Commands of Finish about the report: make it, cancel it, show it."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from assess.display.finish.forms import report_choice_form, report_request_from_form
from assess.display.finish.lines import made_report_text
from assess.display.finish.report_steps import RenderStep
from assess.display.text.forms import FormValues
from assess.errors import AssessError
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.tui.core.desktop_open import open_in_desktop_program
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.context import RowsContext
from assess.tui.finish.content import FinishContent
from assess.tui.finish.report_job import CancelledError, Rendering
from assess.tui.finish.report_state import ReportState
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.evidence import register_view


class ReportCommands:
    """Makes the report of the round, and shows it."""

    def __init__(self, context: RowsContext, content: FinishContent, state: ReportState) -> None:
        self._context = context
        self._content = content
        self._state = state

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "make": self.ask_and_start_report,
            "view": self._view_report,
            "step_back": self._cancel_report_or_go_back,
            "leave": self._cancel_report_or_go_back,
        }

    def ask_and_start_report(self) -> None:
        """Ask which report, then make it."""
        context, data = self._context, self._content.data
        if data is None or self._state.rendering is not None:
            return
        if not data.sheets:
            _ = translator(context.lang)
            context.show_message(_("no checklist in this round yet: assess checklist add ID"))
            return

        def start_report(values: FormValues | None) -> None:
            if values is not None:
                round_id = context.shell.session.round_id
                self._start_report(report_request_from_form(values, round_id, list(data.sheets)))

        form = report_choice_form(data.sheets, data.templates, data.config, context.lang)
        context.shell.dialogs.ask_form(form, None, start_report)

    def _start_report(self, request: ReportRequest) -> None:
        context = self._context
        rendering = Rendering(context.shell.session.workspace.root, request, context.lang)
        self._state.rendering = rendering
        self._state.step = RenderStep("start")
        context.move_cursor_to(self._content.index_of_row("report") or 0)
        context.start_worker(self._make_report(rendering), "report", exclusive=True)

    async def _make_report(self, rendering: Rendering) -> None:
        context, _ = self._context, translator(self._context.lang)
        try:
            await context.shell.saver.wait_until_written()
            loop = asyncio.get_running_loop()

            def pass_step(step: RenderStep) -> None:
                loop.call_soon_threadsafe(self._show_step, step)

            made = await asyncio.to_thread(rendering.make_report, pass_step)
            self._state.made = made
            path = escape_as_single_line(self._path_relative_to_workspace(made.path))
            context.show_message(made_report_text(made, path, context.lang))
        except CancelledError:
            context.show_message(_("cancelled; nothing was written"))
        except AssessError as error:
            context.shell.dialogs.show_text(_("The report could not be made"), str(error))
        finally:
            rendering.cancel()
            self._state.rendering = None
            if context.is_screen_open:
                context.read_again()

    def _path_relative_to_workspace(self, path: Path) -> str:
        """Return the path of a report from the folder of the workspace on."""
        root = self._context.shell.session.workspace.root
        return str(path.relative_to(root) if path.is_relative_to(root) else path)

    def _show_step(self, step: RenderStep) -> None:
        self._state.step = step
        self._context.redraw.details()

    def _view_report(self) -> None:
        """Show the report in the desktop's program."""
        context, made = self._context, self._state.made
        _ = translator(context.lang)
        if made is None:
            context.show_message(_("no report was made here yet: 2 makes it"))
            return

        def open_copy() -> str:
            copy = register_view.make_read_only_copy(context.shell.session.workspace, made.path)
            open_in_desktop_program(copy, made.path, os.environ, context.lang)
            return _("opened: {path}").format(path=made.path.name)

        context.jobs.run_job(open_copy, context.show_message)

    def _cancel_report_or_go_back(self) -> None:
        """Cancel the report in progress, or else go back."""
        if self._state.rendering is not None:
            self._state.rendering.cancel()
        else:
            self._context.close_screen()
