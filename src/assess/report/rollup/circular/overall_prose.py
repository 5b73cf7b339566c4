"""总体情况 of a circular: who handed in, who did not, scores, the change since the last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from assess.display.rollup.cell_text import format_percent
from assess.engine.number_text import decimal_text
from assess.engine.punctuation import (
    enumeration_comma_sign,
    format_bracketed_remark,
    semicolon_sign,
)
from assess.engine.unit_states import STATE_NAMES, UnitState
from assess.report.rollup.table_reader import TableReader, TableRow

_MOST_NAMED: Final = 5
"""Units that are named as those that rose most, and as those that fell most."""


def write_overall_prose(reader: TableReader) -> Iterator[str]:
    """Yield the paragraphs; names of units that are missing, late or held stand in them."""
    yield from _write_hand_ins(reader)
    yield from _write_names_by_state(reader)
    for checklist in reader.list_checklists():
        yield from _write_scores(reader, checklist)
    yield from write_comparison(reader)


def list_units_in_state(reader: TableReader, state: UnitState) -> list[TableRow]:
    """Return the units that are in a state."""
    name = reader.translate(STATE_NAMES[state])
    return [row for row in reader.list_rows("units") if row["state"] == name]


def _write_hand_ins(reader: TableReader) -> Iterator[str]:
    _ = reader.translate
    total, *parts = reader.list_rows("hand_ins")
    categories = [row for row in parts if row["expected"]]
    text = _(
        "Units to hand in: {expected}. Handed in: {arrived}{share}, of these in time: {in_time}, "
        "late: {late}."
    )
    yield text.format(
        expected=total["expected"],
        arrived=total["arrived"],
        share=_write_share(reader, total["arrived_share"]),
        in_time=total["in_time"],
        late=total["late"],
    )
    if len(categories) > 1:
        part = _("{category} {arrived} of {expected}")
        counts = (part.format_map(row) for row in categories)
        listed = semicolon_sign(reader.lang).join(counts)
        yield _("Handed in by category: {listed}.").format(listed=listed)
    if total["unreadable"]:
        text = _("Of these, files that can't be read here, and are in no figure below: {count}.")
        yield text.format(count=total["unreadable"])


def _write_share(reader: TableReader, share: object) -> str:
    text = format_percent(share) if share is not None else ""  # type: ignore[arg-type]  # cells of a column of shares are shares
    return format_bracketed_remark(text, reader.lang)


def _write_names_by_state(reader: TableReader) -> Iterator[str]:
    _ = reader.translate
    texts: tuple[tuple[UnitState, str], ...] = (
        ("missing", _("Not handed in ({count}): {names}.")),
        ("held", _("Handed in, but still to be looked at and in no figure ({count}): {names}.")),
        ("returned", _("Sent back, to be handed in again ({count}): {names}.")),
        ("exempt", _("Need not hand in ({count}): {names}.")),
    )
    for state, text in texts:
        units = list_units_in_state(reader, state)
        if units:
            names = (row["unit"] for row in units)
            listed = enumeration_comma_sign(reader.lang).join(names)
            yield text.format(count=len(units), names=listed)
    yield from _write_late_units(reader)


def _write_late_units(reader: TableReader) -> Iterator[str]:
    _ = reader.translate
    rows = [row for row in reader.list_rows("units") if row["received"] and row["days_late"]]
    if rows:
        part = _("{unit} ({days_late} days)")
        listed = enumeration_comma_sign(reader.lang).join(part.format_map(row) for row in rows)
        yield _("Handed in late: {names}.").format(names=listed)


def _write_scores(reader: TableReader, checklist: str) -> Iterator[str]:
    _ = reader.translate
    rows = [row for row in reader.list_rows("scores") if row["checklist"] == checklist]
    if not rows:
        return
    total = rows[0]
    if not total["sheets"]:
        text = _("“{checklist}”: no sheet can be compared, so no score is given.")
        yield text.format(checklist=checklist)
        return
    text = _(
        "“{checklist}”: sheets compared: {sheets}; median of the scores: {median}, lowest: "
        "{lowest}, highest: {highest}{verdicts}."
    )
    scores = {name: total[name] for name in ("median", "lowest", "highest")}
    if None in scores.values():
        text = _(
            "“{checklist}”: sheets compared: {sheets}, of too few units for a median{verdicts}."
        )
    yield text.format(
        checklist=checklist,
        sheets=total["sheets"],
        verdicts=_write_verdicts(reader, checklist, total["category"]),
        **{name: decimal_text(score) for name, score in scores.items() if score is not None},
    ) + _write_apart(reader, total)


def _write_verdicts(reader: TableReader, checklist: str, category: str) -> str:
    _ = reader.translate
    rows = [
        f"{row['verdict']} {row['sheets']}"
        for row in reader.list_rows("verdicts")
        if row["checklist"] == checklist and row["category"] == category
    ]
    listed = enumeration_comma_sign(reader.lang).join(rows)
    return _("; verdicts: {listed}").format(listed=listed) if rows else ""


def _write_apart(reader: TableReader, total: TableRow) -> str:
    """Return why other sheets are in no comparison; '' where all are."""
    _ = reader.translate
    table = reader.find_table("scores")
    columns = table.columns if table is not None else ()
    apart = [
        f"{column.title} {total[column.id]}"
        for column in columns
        if column.id.startswith("apart.") and total[column.id]
    ]
    listed = enumeration_comma_sign(reader.lang).join(apart)
    return (
        _(" Not compared, and not counted as 0: {listed}.").format(listed=listed) if apart else ""
    )


def write_comparison(reader: TableReader) -> Iterator[str]:
    """Yield how many units rose and fell since the preceding campaign, and which of them most."""
    _ = reader.translate
    rows = [row for row in reader.list_rows("comparison") if row["difference"] is not None]
    if not rows:
        return
    text = _(
        "Compared with the preceding campaign in the same items, units: {units}; better: {better}, "
        "as before: {same}, worse: {worse}."
    )
    differences = [row["difference"] for row in rows]
    yield text.format(
        units=len(rows),
        better=sum(value > 0 for value in differences),
        same=sum(value == 0 for value in differences),
        worse=sum(value < 0 for value in differences),
    )
    rose = [row for row in rows if row["difference"] > 0]
    fell = sorted((row for row in rows if row["difference"] < 0), key=itemgetter("difference"))
    if rose:
        names = _name_changed_units(reader, rose, _("{unit} (up {points} percentage points)"))
        yield _("The share that conforms rose most at: {names}.").format(names=names)
    if fell:
        names = _name_changed_units(reader, fell, _("{unit} (down {points} percentage points)"))
        yield _("The share that conforms fell most at: {names}.").format(names=names)


def _name_changed_units(reader: TableReader, rows: Sequence[TableRow], text: str) -> str:
    """Return the first units, and how many more have the same change as the last of them."""
    _ = reader.translate
    named = rows[:_MOST_NAMED]
    parts = [
        text.format(
            unit=row["unit"], points=format_percent(abs(row["difference"])).removesuffix("%")
        )
        for row in named
    ]
    alike = sum(row["difference"] == named[-1]["difference"] for row in rows[_MOST_NAMED:])
    listed = enumeration_comma_sign(reader.lang).join(parts)
    if not alike:
        return listed
    more = _("by as much as the last one: {count} more").format(count=alike)
    return f"{listed}{semicolon_sign(reader.lang)}{more}"
