"""The tables that only the screen has: the units with their scores, and the problems of a unit."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import takewhile
from typing import Final

from assess.display.rollup.hand_in_tables import FAULT_NAMES, make_units_table
from assess.display.rollup.problem_tables import list_finding_cells, list_finding_columns
from assess.display.rollup.table_building import (
    RollUpCell,
    RollUpSource,
    make_column,
    make_table,
)
from assess.engine.number_text import decimal_text
from assess.engine.punctuation import enumeration_comma_sign
from assess.engine.rollup.findings import LocatedFinding, list_unit_findings
from assess.engine.rollup.records import SheetEntry, UnitEntry
from assess.engine.rollup.score_figures import (
    ApartReason,
    find_reason_apart,
    find_reason_without_sheet,
)
from assess.engine.unit_states import STATE_NAMES
from assess.han import is_han
from assess.i18n import N_
from assess.model.base import Number
from assess.model.rollup import RollUpTable

_UNREAD: Final = ".."
"""What stands in the cells of a unit whose file is still to be read."""

_FINDING_COLUMNS: Final = (
    *("item", "result", "risk", "since", "measure", "due", "state", "days_late", "remark"),
    *("system", "checklist", "item_id", "case", "first_due", "source"),
)
"""The columns of a problem in the order of the screen: what is decided by comes first."""

_SHORT_REASONS: Final[dict[ApartReason, str]] = {
    "missing": N_("no sheet"),
    "held": N_("to be looked at"),
    "unreadable": N_("unreadable"),
    "edited": N_("form changed"),
    "incomplete": N_("not complete"),
    "unscored": N_("no score"),
}
"""Why there is no score, in at most twelve cells: so two checklists fit beside the names."""

_RISKS: Final = ("high", "medium", "low")


def make_overview_table(source: RollUpSource, unread: Container[str]) -> RollUpTable:
    """Return the units with their states and, by checklist, their scores or why there is none.

    `unread` are the ids of the units whose files are still to be read.
    """
    _ = source.translate
    checklists = list(source.records.checklists)
    titles = list_titles_without_common_start([*map(source.checklist_title, checklists)])
    columns = [
        make_column("unit", _("Unit name")),
        make_column("state", _("State")),
        *(
            make_column(f"score.{key}", title)
            for key, title in zip(checklists, titles, strict=True)
        ),
        make_column("category", _("Category")),
        make_column("open", _("Not mended"), "number"),
        make_column("high", _("Of high risk"), "number"),
        make_column("overdue", _("Overdue"), "number"),
        make_column("unit_id", _("Unit id")),
    ]
    rows = (
        _list_overview_cells(source, entry, is_unread=entry.id in unread)
        for entry in source.records.units
    )
    return make_table("overview", _("Units"), "", columns, rows)


def list_titles_without_common_start(titles: Sequence[str]) -> list[str]:
    """Return titles without what all of them begin with; narrow columns tell them apart so.

    A title goes on with a Chinese character, or with a whole word.
    """
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*titles, strict=False))
    shared = "".join(signs[0] for signs in alike) if len(titles) > 1 else ""
    if not all(is_han(title[len(shared) :][:1]) for title in titles):
        shared = shared[: shared.rfind(" ") + 1]
    return [title[len(shared) :] for title in titles]


def _list_overview_cells(
    source: RollUpSource, entry: UnitEntry, *, is_unread: bool
) -> tuple[RollUpCell, ...]:
    findings = [row.finding for row in list_unit_findings(entry)]
    unmended = [finding for finding in findings if not finding.is_mended]
    scores: list[RollUpCell] = [
        _UNREAD if is_unread else _describe_scores(source, entry, key)
        for key in source.records.checklists
    ]
    counts: tuple[RollUpCell, ...] = (
        len(unmended),
        sum(finding.risk == "high" for finding in unmended),
        sum(finding.days_late > 0 for finding in findings),
    )
    return (
        entry.unit.name,
        source.translate(STATE_NAMES[entry.progress.state]),
        *scores,
        source.category_name(entry.unit.category),
        *(counts if entry.is_readable else (None, None, None)),
        entry.id,
    )


def _describe_scores(source: RollUpSource, entry: UnitEntry, checklist: str) -> str | None:
    """Return the score of a unit's sheet; of several the lowest and the highest; or the reason."""
    _ = source.translate
    sheets = [sheet for sheet in entry.sheets if sheet.checklist.id == checklist]
    if not sheets:
        if not entry.is_readable and entry.fault is None:
            return None  # the state of the unit says it
        reason = find_reason_without_sheet(source.records, entry, checklist)
        return _(_SHORT_REASONS[reason]) if reason is not None else None
    values = _list_compared_scores(sheets)
    reasons = dict.fromkeys(find_reason_apart(sheet) for sheet in sheets)
    words = [_(_SHORT_REASONS[reason]) for reason in reasons if reason is not None]
    if values:
        ends = list(dict.fromkeys(map(decimal_text, (min(values), max(values)))))
        text = "-".join(ends)
        words.insert(0, f"{text} ({len(values)})" if len(values) > 1 else text)
    return enumeration_comma_sign(source.lang).join(words)


def _list_compared_scores(sheets: Iterable[SheetEntry]) -> list[Number]:
    """Return the scores of the sheets that are compared with those of other units."""
    return [
        sheet.score.value
        for sheet in sheets
        if sheet.score is not None and find_reason_apart(sheet) is None
    ]


def make_single_unit_table(source: RollUpSource, entry: UnitEntry) -> RollUpTable:
    """Return the table of what a unit handed in, with the row of that unit alone."""
    return make_units_table(RollUpSource(source.records._replace(units=(entry,)), source.lang))


def make_unit_findings_table(source: RollUpSource, entry: UnitEntry) -> RollUpTable:
    """Return the problems of a unit: the most urgent ones first, those that are mended last."""
    _ = source.translate
    columns = {column.id: column for column in list_finding_columns(source)}
    order = [list(columns).index(key) for key in _FINDING_COLUMNS]
    rows = []
    for row in sorted(list_unit_findings(entry), key=_rank_by_urgency):
        cells = list_finding_cells(source, row)
        rows.append([cells[place] for place in order])
    return make_table(
        "unit_findings",
        _("Problems"),
        "" if rows else _explain_lack_of_findings(source, entry),
        [columns[key] for key in _FINDING_COLUMNS],
        rows,
    )


def _rank_by_urgency(row: LocatedFinding) -> tuple[bool, int, bool, int]:
    finding = row.finding
    is_ordinary_case = finding.high_risk_case is None
    return (finding.is_mended, _RISKS.index(finding.risk), is_ordinary_case, -finding.days_late)


def _explain_lack_of_findings(source: RollUpSource, entry: UnitEntry) -> str:
    """Return why a unit has no problem to list."""
    _ = source.translate
    if entry.is_readable:
        return _("What the unit handed in has no problem.")
    if entry.fault is not None:
        return _("Nothing is known of the unit: {reason}.").format(
            reason=_(FAULT_NAMES[entry.fault])
        )
    return _("Nothing that counts has come in from the unit.")
