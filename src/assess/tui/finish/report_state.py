"""The report of Finish: in progress, or made."""

from __future__ import annotations

from dataclasses import dataclass

from assess.display.finish.report_steps import MadeReport, RenderStep
from assess.tui.finish.report_job import Rendering

_START = RenderStep("start")


@dataclass
class ReportState:
    """How far the report is."""

    rendering: Rendering | None = None
    """The report in progress; None without one."""
    step: RenderStep = _START
    """The progress of the report that is being made."""
    made: MadeReport | None = None
    """The report that was made last on this screen."""
