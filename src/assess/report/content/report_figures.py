"""The figures of a report: of all its sheets, and of the findings of others that stand in it."""

from __future__ import annotations

from assess.engine.scoring.figures import Figures, count_figures
from assess.report.content.inputs import ReportInputs


def compute_report_figures(inputs: ReportInputs) -> Figures:
    """Return the sums that sentences of all documents name."""
    return count_figures((sheet.assessment for sheet in inputs.sheets), inputs.outside)
