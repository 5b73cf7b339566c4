"""Sheets of one checklist side by side: the results of its items, and the facts of the systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assess.engine.finding_name import item_label_and_title
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.results import ItemState, SectionState
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.many_sheets import MANY_SHEETS, format_number_ranges
from assess.report.content.view.model import (
    FactTableView,
    LabelledLine,
    LackingView,
    MatrixRow,
    MatrixSection,
    MatrixView,
    SystemView,
)
from assess.report.content.view.remarks import list_missing_proofs
from assess.report.content.view.words import join_enumeration

COLUMNS: Final = 20
"""Sheets of one matrix; more stand in another one below."""

FACT_COLUMNS: Final = 10
"""Facts of one table; more stand in another one below."""

MARKS: Final = {
    "met": "√",
    "partial": "△",
    "unmet": "×",
    "not_applicable": "／",
    "answered": "●",
    "unanswered": "○",
}
"""The sign of a result in a matrix; what facts leave out has none."""

NumberedSheet = tuple[int, SheetInputs]


def is_in_matrix(sheet_inputs: SheetInputs, inputs: ReportInputs) -> bool:
    """Return whether a sheet is one of many of its checklist, which a matrix shows side by side.

    Where every item is to be printed whole, none is.
    """
    if inputs.config.report.detail == "all":
        return False
    same = sum(sheet.name.checklist == sheet_inputs.name.checklist for sheet in inputs.sheets)
    return same > MANY_SHEETS


def make_matrices(inputs: ReportInputs) -> tuple[MatrixView, ...]:
    """Return the matrices of checklists that have many sheets: a row an item, a column a sheet.

    Columns have the numbers of the sheets in the report.
    """
    return tuple(
        _make_matrix(sheets[first : first + COLUMNS], inputs)
        for sheets in _group_matrix_sheets_by_checklist(inputs).values()
        for first in range(0, len(sheets), COLUMNS)
    )


def list_missing_evidence_by_item(inputs: ReportInputs) -> tuple[LackingView, ...]:
    """Return the items of many sheets whose required evidence lacks, with the sheets by number."""
    return tuple(
        lacking_view
        for sheets in _group_matrix_sheets_by_checklist(inputs).values()
        for lacking_view in _list_items_missing_evidence(sheets, inputs)
    )


def make_fact_tables(systems: Sequence[SystemView], lang: Lang) -> tuple[FactTableView, ...]:
    """Return the facts of many systems as tables: a row a system, a column a fact.

    A cell is empty where the fact is not given.
    """
    open_fact = translator(lang)("not given")
    described = [system for system in systems if system.facts]
    if len(described) <= MANY_SHEETS:
        return ()
    count = len(described[0].facts)
    return tuple(
        FactTableView(
            questions=tuple(
                LabelledLine(name=str(first + at + 1), text=fact.name)
                for at, fact in enumerate(described[0].facts[first : first + FACT_COLUMNS])
            ),
            rows=tuple(
                MatrixRow(
                    title=system.name,
                    marks=tuple(
                        "" if fact.text == open_fact else fact.text
                        for fact in system.facts[first : first + FACT_COLUMNS]
                    ),
                )
                for system in described
            ),
        )
        for first in range(0, count, FACT_COLUMNS)
    )


def _group_matrix_sheets_by_checklist(inputs: ReportInputs) -> dict[str, list[NumberedSheet]]:
    by_checklist: dict[str, list[NumberedSheet]] = {}
    for number, sheet in enumerate(inputs.sheets, 1):
        if is_in_matrix(sheet, inputs):
            by_checklist.setdefault(sheet.name.checklist, []).append((number, sheet))
    return by_checklist


def _make_matrix(sheets: Sequence[NumberedSheet], inputs: ReportInputs) -> MatrixView:
    assessments = [sheet.assessment for _number, sheet in sheets]
    sections = (
        MatrixSection(title=pick_text(parts[0].section.title, inputs.lang), rows=cells)
        for parts in zip(*(assessment.sections for assessment in assessments), strict=True)
        if (cells := tuple(_list_item_rows(parts, inputs)))
    )
    return MatrixView(
        title=pick_text(assessments[0].title, inputs.lang),
        columns=tuple(str(number) for number, _sheet in sheets),
        sections=tuple(sections),
    )


def _list_item_rows(parts: Sequence[SectionState], inputs: ReportInputs) -> Iterator[MatrixRow]:
    """Yield a row for each item of a section that applies in one of the sheets."""
    for states in zip(*(part.items for part in parts), strict=True):
        if any(state.applies != "no" for state in states):
            yield MatrixRow(
                id=states[0].item.id,
                title=item_label_and_title(states[0].item, inputs.lang),
                marks=tuple(map(_choose_result_mark, states)),
            )


def _choose_result_mark(state: ItemState) -> str:
    return "" if state.applies == "no" else MARKS[state.result or "unanswered"]


def _list_items_missing_evidence(
    sheets: Sequence[NumberedSheet], inputs: ReportInputs
) -> Iterator[LackingView]:
    lang = inputs.lang
    for states in zip(*(sheet.assessment.items for _number, sheet in sheets), strict=True):
        lacking = [
            (number, state)
            for (number, _sheet), state in zip(sheets, states, strict=True)
            if state.missing_evidence
        ]
        if lacking:
            proofs = (
                proof for _number, state in lacking for proof in list_missing_proofs(state, lang)
            )
            yield LackingView(
                id=lacking[0][1].item.id,
                title=item_label_and_title(lacking[0][1].item, lang),
                sheet=join_enumeration(
                    format_number_ranges(number for number, _state in lacking), lang
                ),
                proofs=join_enumeration(dict.fromkeys(proofs), lang),
            )
