"""共性问题, 高风险 and 整改: what fails in many units, what is dangerous, what is late."""

from __future__ import annotations

from typing import Final

from assess.display.rollup.table_building import (
    RollUpCell,
    RollUpSource,
    list_unit_cells,
    make_column,
    make_table,
    make_unit_columns,
)
from assess.engine.kinds.wording import translate_code
from assess.engine.outside_findings import SOURCE_NAMES
from assess.engine.punctuation import join_sentences
from assess.engine.rollup.common_problems import CommonProblem, list_common_problems
from assess.engine.rollup.earlier_problems import ProblemAge
from assess.engine.rollup.findings import (
    LocatedFinding,
    RemediationCounts,
    count_unit_remediation,
    list_high_risks,
    list_overdue_findings,
    sum_remediation_by_category,
)
from assess.engine.rollup.records import FindingEntry, compute_share
from assess.engine.rollup.unit_outcomes import FailureCounts
from assess.i18n import N_
from assess.model.rollup import RollUpColumn, RollUpTable

AGE_NAMES: Final[dict[ProblemAge | None, str]] = {
    "new": N_("new"),
    "lasting": N_("lasting"),
    None: N_("nothing to compare"),
}
"""Whether a problem was there in the preceding campaign."""


def make_problem_tables(source: RollUpSource) -> tuple[RollUpTable, ...]:
    """Return the common problems, those of high risk, and what is done about all."""
    _, records = source.translate, source.records
    return (
        _make_common_table(source),
        _make_finding_table(
            source,
            "high_risks",
            _("High risks"),
            _("Problems of high risk that are not mended, those of a high-risk case first."),
            list_high_risks(records),
        ),
        _make_remediation_table(source),
        _make_unit_remediation_table(source),
        _make_finding_table(
            source,
            "overdue",
            _("Overdue measures"),
            _("Days late are those to the day of the unit's own figures."),
            list_overdue_findings(records),
        ),
    )


def _make_common_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    categories = source.records.list_categories()
    columns = [
        make_column("checklist", _("Checklist")),
        make_column("item_id", _("Id")),
        make_column("item", _("Item")),
        make_column("failed", _("Units that fail"), "number"),
        make_column("judged", _("Units that answered"), "number"),
        make_column("failed_share", _("Share that fails"), "percent"),
        make_column("open", _("Units with open answers"), "number"),
        make_column("applicable", _("Units to which it applies"), "number"),
        make_column("age", _("New or lasting")),
        make_column("failed_before", _("Units that failed before"), "number"),
        make_column("judged_before", _("Units that answered before"), "number"),
        make_column("failed_share_before", _("Share that failed before"), "percent"),
        make_column("lasting_units", _("Units that fail as before"), "number"),
        *(
            make_column(
                f"failed_share.{category or '-'}", source.category_name(category), "percent"
            )
            for category in categories
        ),
    ]
    rows = (
        _list_common_cells(source, row, categories) for row in list_common_problems(source.records)
    )
    note = _(
        "A unit fails an item that one of its sheets does not meet in full. Open answers are in no "
        "share; the last columns are the shares by category. Lasting is what some unit failed "
        "before; only items that ask the same are compared."
    )
    note = join_sentences((note, source.describe_campaign_before()), source.lang)
    return make_table("common_problems", _("Common problems"), note, columns, rows)


def _list_common_cells(
    source: RollUpSource, row: CommonProblem, categories: list[str | None]
) -> tuple[RollUpCell, ...]:
    _ = source.translate
    counts, earlier = row.all_units, row.earlier
    before = earlier.counts if earlier is not None else None
    age = earlier.age if earlier is not None else None
    by_category = [row.by_category.get(key, FailureCounts()) for key in categories]
    return (
        source.checklist_title(row.checklist),
        row.item,
        source.item_title(row.checklist, row.item),
        counts.failed,
        counts.judged,
        compute_share(counts.failed, counts.judged),
        counts.open,
        counts.applicable,
        _(AGE_NAMES[age]) if source.records.before is not None else None,
        before.failed if before is not None else None,
        before.judged if before is not None else None,
        compute_share(before.failed, before.judged) if before is not None else None,
        row.lasting_units,
        *(compute_share(part.failed, part.judged) for part in by_category),
    )


def _make_finding_table(
    source: RollUpSource, key: str, title: str, note: str, rows: list[LocatedFinding]
) -> RollUpTable:
    columns = [*make_unit_columns(source), *list_finding_columns(source)]
    cells = (
        (*list_unit_cells(source, row.entry), *list_finding_cells(source, row)) for row in rows
    )
    return make_table(key, title, note, columns, cells)


def list_finding_columns(source: RollUpSource) -> list[RollUpColumn]:
    """Return the columns of a problem, without those of its unit."""
    _ = source.translate
    return [
        make_column("system", _("System")),
        make_column("checklist", _("Checklist")),
        make_column("item_id", _("Id")),
        make_column("item", _("Item")),
        make_column("result", _("Result")),
        make_column("risk", _("Risk")),
        make_column("case", _("High-risk case")),
        make_column("since", _("Answered or told on"), "date"),
        make_column("measure", _("Measure")),
        make_column("due", _("Due"), "date"),
        make_column("first_due", _("First due"), "date"),
        make_column("state", _("State")),
        make_column("days_late", _("Days late"), "number"),
        make_column("remark", _("Remark")),
        make_column("source", _("Found by")),
    ]


def list_finding_cells(source: RollUpSource, row: LocatedFinding) -> tuple[RollUpCell, ...]:
    """Return the cells of a problem below the columns of `list_finding_columns`."""
    _, finding, sheet = source.translate, row.finding, row.sheet
    measure = finding.measure
    checklist = sheet.checklist.id if sheet is not None else ""
    systems = {system.id: system for system in row.entry.systems}
    system = sheet.system if sheet is not None else systems.get(finding.system or "")
    return (
        source.system_name(system) or finding.system,
        source.checklist_title(checklist) or None,
        finding.item or None,
        finding.text or source.item_title(checklist, finding.item) or None,
        translate_code(finding.result, source.lang) or _("problem found"),
        translate_code(finding.risk, source.lang),
        finding.high_risk_case,
        finding.since,
        measure.action if measure is not None else None,
        measure.due if measure is not None else None,
        measure.first_due if measure is not None and finding.is_extended else None,
        translate_code(measure.state, source.lang) if measure is not None else _("no measure"),
        finding.days_late or None,
        describe_due_day(source, finding),
        _(SOURCE_NAMES[finding.source]) if finding.source is not None else _("the self-check"),
    )


def describe_due_day(source: RollUpSource, finding: FindingEntry) -> str | None:
    """Return that a due day is over which was not when the unit handed in; None otherwise."""
    _ = source.translate
    if not finding.is_due_before(source.records.today):
        return None
    return _("due day is over; the next hand-in tells")


def _list_remediation_columns(source: RollUpSource) -> list[RollUpColumn]:
    _ = source.translate
    return [
        make_column("problems", _("Problems"), "number"),
        make_column("mended", _("Mended"), "number"),
        make_column("mended_share", _("Share mended"), "percent"),
        make_column("closed", _("Closed off"), "number"),
        make_column("on_time", _("Mended in time"), "number"),
        make_column("without_day", _("Mended, day not known"), "number"),
        make_column("without_measure", _("Without a measure"), "number"),
        make_column("extended", _("Due day moved"), "number"),
        make_column("overdue", _("Overdue"), "number"),
        make_column("overdue_30", _("Overdue up to 30 days"), "number"),
        make_column("overdue_90", _("Overdue 31 to 90 days"), "number"),
        make_column("overdue_more", _("Overdue more than 90 days"), "number"),
    ]


def _list_remediation_cells(counts: RemediationCounts) -> tuple[RollUpCell, ...]:
    return (
        counts.problems,
        counts.mended,
        compute_share(counts.mended, counts.problems),
        counts.closed,
        counts.on_time,
        counts.without_day,
        counts.without_measure,
        counts.extended,
        counts.overdue,
        counts.overdue_short,
        counts.overdue_long,
        counts.overdue_longest,
    )


def _make_remediation_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [make_column("category", _("Category")), *_list_remediation_columns(source)]
    rows = (
        (
            _("all") if is_total else source.category_name(category),
            *_list_remediation_cells(counts),
        )
        for category, is_total, counts in sum_remediation_by_category(source.records)
    )
    note = _("Problems of the sheets and findings of others, at the day of each unit's figures.")
    return make_table("remediation", _("Remediation by category"), note, columns, rows)


def _make_unit_remediation_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        *make_unit_columns(source),
        *_list_remediation_columns(source),
    ]
    rows = (
        (
            *list_unit_cells(source, entry),
            *_list_remediation_cells(count_unit_remediation(entry)),
        )
        for entry in source.records.units
        if entry.is_readable
    )
    note = _("The units whose files could be read.")
    return make_table("unit_remediation", _("Remediation by unit"), note, columns, rows)
