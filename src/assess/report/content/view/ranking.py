"""The order of problems in a report: high risk first, then by due date, over all its sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from assess.model.results import LedgerRow
from assess.report.content.inputs import ReportInputs
from assess.workspace import SheetName

ProblemNumbers = Mapping[tuple[SheetName, str], int]
"""The number of each problem in the report, by its sheet and the id of its item."""

_RISK_ORDER: Final = {"high": 0, "medium": 1, "low": 2}


def number_problems(inputs: ReportInputs) -> ProblemNumbers:
    """Return the number of each problem, from 1; a problem without a due date stands last."""
    problems = [
        (sheet_inputs.name, ledger_row)
        for sheet_inputs in inputs.sheets
        for ledger_row in sheet_inputs.assessment.ledger
    ]
    problems.sort(key=lambda problem: _sort_key(problem[1]))
    return {
        (sheet_name, ledger_row.state.item.id): number
        for number, (sheet_name, ledger_row) in enumerate(problems, 1)
    }


def _sort_key(ledger_row: LedgerRow) -> tuple[int, date]:
    return _RISK_ORDER[ledger_row.risk], ledger_row.due or date.max
