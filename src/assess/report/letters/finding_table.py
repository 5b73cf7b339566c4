"""Problems of a unit as a table of a letter."""

from __future__ import annotations

from collections.abc import Iterable

from assess.display.rollup.cell_text import shorten_printed_text
from assess.display.rollup.problem_tables import describe_due_day
from assess.display.rollup.table_building import RollUpSource
from assess.engine.kinds.wording import translate_code
from assess.engine.rollup.findings import LocatedFinding
from assess.report.letters.letter import LetterTable


def make_finding_table(source: RollUpSource, rows: Iterable[LocatedFinding]) -> LetterTable:
    """Return a row for each problem: item, result, risk, measure, and when that is due."""
    _ = source.translate
    heads = (_("No."), _("Item"), _("Result"), _("Risk"), _("Measure"), _("Due"))
    cells = tuple(_list_cells(source, number, row) for number, row in enumerate(rows, 1))
    return LetterTable(heads, cells)


def _list_cells(source: RollUpSource, number: int, row: LocatedFinding) -> tuple[str, ...]:
    _, finding, sheet = source.translate, row.finding, row.sheet
    checklist = sheet.checklist.id if sheet is not None else ""
    systems = {system.id: system for system in row.entry.systems}
    system = sheet.system if sheet is not None else systems.get(finding.system or "")
    words = finding.text or source.item_title(checklist, finding.item)
    item = " ".join(filter(None, (source.system_name(system), finding.item, words)))
    measure = finding.measure
    action = measure.action or "—" if measure is not None else _("no measure")
    due = f"{measure.due}" if measure is not None and measure.due is not None else "—"
    late = _("{days} days late").format(days=finding.days_late) if finding.days_late else ""
    return (
        f"{number}",
        shorten_printed_text(item),
        translate_code(finding.result, source.lang) or _("problem found"),
        translate_code(finding.risk, source.lang),
        shorten_printed_text(action),
        "\n".join(filter(None, (due, late, describe_due_day(source, finding)))),
    )
