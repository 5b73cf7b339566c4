"""共性问题, 高风险 and 整改 of a circular: what fails widely, what is dangerous, what is late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.display.rollup.cell_text import NOTHING, format_percent
from assess.engine.punctuation import enumeration_comma_sign, format_bracketed_remark
from assess.report.rollup.table_reader import (
    TableReader,
    TableRow,
    group_rows,
)

MOST_LISTED: Final = 10
"""Problems that the text lists; the annex has all of them."""


def write_common_problems(reader: TableReader) -> Iterator[str]:
    """Yield the paragraphs about items that fail in at least two units, those of most first."""
    _ = reader.translate
    rows = list_common_rows(reader)
    if not rows:
        yield _("No item is not fully met in more than one unit.")
        return
    yield _("Items not fully met in at least two units: {count}.").format(count=len(rows))
    rows.sort(key=lambda row: (-row["failed_share"], -row["failed"]))
    for number, row in enumerate(rows[:MOST_LISTED], 1):
        yield f"{number}. {_write_common_problem(reader, row)}"
    yield from _write_rest(reader, len(rows))


def list_common_rows(reader: TableReader) -> list[TableRow]:
    """Return the items that fail in at least two units."""
    return [row for row in reader.list_rows("common_problems") if row["failed"] > 1]


def _write_common_problem(reader: TableReader, row: TableRow) -> str:
    _ = reader.translate
    text = _(
        "“{item}” ({id}): of {judged} units that answered, {failed} do not fully meet it "
        "({share}){open}."
    )
    left = _("; answers still open in units: {count}").format(count=row["open"])
    return text.format(
        item=row["item"],
        id=row["item_id"],
        judged=row["judged"],
        failed=row["failed"],
        share=format_percent(row["failed_share"]),
        open=left if row["open"] else "",
    )


def write_high_risks(reader: TableReader) -> Iterator[str]:
    """Yield the paragraphs about problems of high risk that are not mended."""
    _ = reader.translate
    rows = reader.list_rows("high_risks")
    if not rows:
        yield _("No problem of high risk is open in what was handed in.")
        return
    text = _(
        "Problems of high risk that are not mended: {count}, in units: {units}; of these high-risk "
        "cases: {cases}, without a measure: {bare}, overdue on the day of the unit's figures: "
        "{late}."
    )
    yield text.format(
        count=len(rows),
        units=len({row["unit_id"] for row in rows}),
        cases=sum(row["case"] is not None for row in rows),
        late=sum(row["days_late"] is not None for row in rows),
        bare=sum(row["state"] == _("no measure") for row in rows),
    )
    for number, row in enumerate(rows[:MOST_LISTED], 1):
        yield f"{number}. {_write_high_risk(reader, row)}"
    yield from _write_rest(reader, len(rows))


def _write_high_risk(reader: TableReader, row: TableRow) -> str:
    _ = reader.translate
    text = _("{where}: {problem}{case}; due: {due}, {state}{late}{remark}.")
    where = " ".join(filter(None, (row["unit"], row["system"])))
    case = _(" (high-risk case {case})").format(case=row["case"]) if row["case"] else ""
    late = _(", {days} days late").format(days=row["days_late"]) if row["days_late"] else ""
    return text.format(
        where=where,
        problem=_write_problem(reader, row),
        case=case,
        due=reader.format_day(row["due"]),
        state=row["state"] or NOTHING,
        late=late,
        remark=format_bracketed_remark(row["remark"] or "", reader.lang),
    )


def _write_problem(reader: TableReader, row: TableRow) -> str:
    """Return how far an item is met, as its title states what is wanted; or the words of others."""
    _ = reader.translate
    title = row["item"] or row["item_id"]
    if row["result"] == _("problem found"):
        return str(title)
    return _("item “{item}”: {result}").format(item=title, result=row["result"])


def write_remediation(reader: TableReader) -> Iterator[str]:
    """Yield the paragraphs about what is mended, and what is late."""
    _ = reader.translate
    total = reader.read_total("remediation")
    if not total["problems"]:
        yield _("No problem was found in what was handed in.")
        return
    text = _(
        "Problems found: {problems}; mended: {mended} ({share}), of these in time: {on_time}, "
        "closed off: {closed}; not mended and without a measure: {without_measure}."
    )
    yield text.format_map({**total, "share": format_percent(total["mended_share"])})
    if not total["overdue"]:
        yield _("No measure was overdue on the day of the unit's figures.")
        return
    text = _(
        "Overdue measures, each on the day of the unit's figures: {overdue}; up to 30 days: "
        "{overdue_30}, 31 to 90 days: {overdue_90}, more than 90 days: {overdue_more}."
    )
    yield text.format_map(total)
    part = _("{unit} ({count})")
    groups = group_rows(reader.list_rows("overdue"), "unit_id")
    units = sorted(groups.values(), key=lambda rows: (-len(rows), rows[0]["unit"]))
    parts = [part.format(unit=rows[0]["unit"], count=len(rows)) for rows in units]
    listed = enumeration_comma_sign(reader.lang).join(parts)
    yield _("Units with overdue measures: {listed}.").format(listed=listed)


def _write_rest(reader: TableReader, count: int) -> Iterator[str]:
    _ = reader.translate
    if count > MOST_LISTED:
        yield _("The other {count} are in the annex.").format(count=count - MOST_LISTED)
