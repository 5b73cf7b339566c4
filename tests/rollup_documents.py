"""Roll-ups as values, for tests of what is made from them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from assess.i18n import Lang
from assess.model.rollup import (
    ROLLUP_FORMAT,
    ColumnKind,
    RollUpColumn,
    RollUpDocument,
    RollUpTable,
)

HOSTILE_NAME = "</script><img src=x onerror=alert(1)>\u2028&"
"""The name of a unit that would be a script in a page that does not escape it."""

CATEGORIES = ("部门", "乡镇街道", "企事业")


def make_column(column_id: str, title: str, kind: ColumnKind = "text") -> RollUpColumn:
    """Return a column."""
    return RollUpColumn(id=column_id, title=title, kind=kind)


def make_document(units: int, lang: Lang = "zh", items: int = 30) -> RollUpDocument:
    """Return a roll-up of units with three tables; every third unit has not handed in."""
    names = [
        HOSTILE_NAME if number == 3 else f"示例市青溪区第 {number} 局" for number in range(units)
    ]
    states = RollUpTable(
        key="hand_ins",
        title="报送情况",
        note="截至 2026-12-02。",
        columns=(
            make_column("unit", "单位"),
            make_column("category", "类别"),
            make_column("received", "收件日期", "date"),
            make_column("late", "逾期天数", "number"),
        ),
        rows=tuple(_make_state_row(number, name) for number, name in enumerate(names)),
    )
    sections = [
        make_column(f"section.s{number}", f"第 {number} 节", "percent") for number in range(12)
    ]
    heat_map = RollUpTable(
        key="heat_map.egov-network",
        title="热力图",
        note="",
        columns=(
            make_column("unit", "单位"),
            *sections,
            make_column("rate", "符合率", "percent"),
        ),
        rows=tuple(
            (
                name,
                *((at * 13 + number * 7) % 101 / 100 if at else None for at in range(12)),
                number / units,
            )
            for number, name in enumerate(names)
        ),
    )
    statistics = RollUpTable(
        key="statistics",
        title="统计",
        note="",
        columns=(
            make_column("item", "检查项"),
            make_column("unit", "单位"),
            make_column("value", "数值", "number"),
        ),
        rows=tuple(
            (f"NET-{item:02}", name, number * item if number % 5 else None)
            for item in range(items)
            for number, name in enumerate(names)
        ),
    )
    return gather_tables(lang, states, heat_map, statistics)


def make_table(key: str, rows: list[dict[str, Any]]) -> RollUpTable:
    """Return a table with a column for each key of its rows."""
    columns = tuple(make_column(name, name) for name in rows[0])
    cells = tuple(tuple(row.values()) for row in rows)
    return RollUpTable(key=key, title=key, note="", columns=columns, rows=cells)


def gather_tables(lang: Lang, *tables: RollUpTable) -> RollUpDocument:
    """Return tables as a roll-up of the made-up office."""
    return RollUpDocument(
        format=ROLLUP_FORMAT,
        program="1.0",
        lang=lang,
        office="示例市青溪区网信办",
        campaign="2026",
        title="2026 年网络安全自查",
        category=None,
        reckoned=date(2026, 12, 2),
        marking="内部",
        warning="汇总的问题密级可能更高。",
        tables=tables,
    )


def _make_state_row(number: int, name: str) -> tuple[str, str, date | None, int | None]:
    is_missing = number % 3 == 2  # every third
    category = CATEGORIES[number % len(CATEGORIES)]
    if is_missing:
        return name, category, None, None
    return name, category, date(2026, 11, 1) + timedelta(days=number % 28), number % 7
