"""The annexes of a circular: the tables of the roll-up with the columns that a page holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assess.display.rollup.cell_text import format_cell
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import N_
from assess.model.rollup import RollUpColumn, RollUpTable
from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    PageStart,
    ParagraphBlock,
    PictureBlock,
    TableBlock,
    TableCell,
    TextRun,
)
from assess.report.export.column_widths import TABLE_SIZE, break_head, compute_room, fit_widths
from assess.report.rollup.charts import RollUpChart, make_charts
from assess.report.rollup.table_reader import TableReader

_WIDE: Final = 7
"""Columns from which a table stands on pages that lie on their side."""

_SMALL: Final = 8.5
"""Points of type of such a table."""


class _AnnexTable(NamedTuple):
    key: str
    """The key of a table."""
    columns: tuple[str, ...]
    """The ids of columns; with a star: those that begin so."""


class _Annex(NamedTuple):
    title: str
    tables: tuple[_AnnexTable, ...]


_CHART_WIDTH: Final = 156
"""Millimetres: the type area of an upright page."""

_CHARTS: Final = _Annex(N_("Charts"), ())
"""The annex before those of tables."""

_FINDING: Final = (
    *("unit", "system", "item", "result", "case"),
    *("measure", "due", "state", "days_late", "remark"),
)

_COUNTS: Final = (
    *("category", "expected", "arrived", "in_time", "late", "unreadable"),
    *("state.missing", "state.held", "state.returned"),
    *("state.replaced", "state.reviewed", "state.exempt"),
)
"""Without the states “handed in” and “handed in late”: how many came in time or late says it."""

ANNEXES: Final[tuple[_Annex, ...]] = (
    _Annex(
        N_("Handing in"),
        (
            _AnnexTable("hand_ins", _COUNTS),
            _AnnexTable(
                "units",
                (
                    *("unit", "category", "state", "received", "received_last"),
                    *("days_late", "unanswered", "remark"),
                ),
            ),
        ),
    ),
    _Annex(
        N_("Scores and places"),
        (
            _AnnexTable(
                "scores",
                (
                    "checklist",
                    "category",
                    "sheets",
                    "lowest",
                    "first_quartile",
                    "median",
                    "third_quartile",
                    "highest",
                    "apart.*",
                ),
            ),
            _AnnexTable("verdicts", ("checklist", "category", "verdict", "sheets", "share")),
            _AnnexTable(
                "ranking",
                ("checklist", "category", "place", "unit", "system", "score", "verdict", "apart"),
            ),
        ),
    ),
    _Annex(
        N_("Common problems"),
        (
            _AnnexTable(
                "common_problems",
                ("item_id", "item", "failed", "judged", "failed_share", "open", "failed_share.*"),
            ),
        ),
    ),
    _Annex(N_("High risks"), (_AnnexTable("high_risks", _FINDING),)),
    _Annex(
        N_("Remediation"),
        (
            _AnnexTable(
                "remediation",
                (
                    "category",
                    "problems",
                    "mended",
                    "mended_share",
                    "closed",
                    "on_time",
                    "without_measure",
                    "overdue",
                    "overdue_30",
                    "overdue_90",
                    "overdue_more",
                ),
            ),
            _AnnexTable("overdue", _FINDING),
        ),
    ),
    _Annex(
        N_("Compared with the preceding campaign"),
        (
            _AnnexTable(
                "comparison", ("unit", "change", "items", "rate_before", "rate_now", "difference")
            ),
        ),
    ),
    _Annex(
        N_("How it was reckoned"),
        (
            _AnnexTable("rules", ("subject", "rule")),
            _AnnexTable("left_out", ("unit", "checklist", "reason")),
            _AnnexTable("checklists", ("checklist", "checklist_id", "version", "digest")),
            _AnnexTable("inputs", ("unit", "receipt", "digest")),
        ),
    ),
)
"""The annexes in their order; one whose tables have no rows is left out."""


def list_annexes(reader: TableReader) -> list[_Annex]:
    """Return the annexes that have a chart or a row."""
    filled = [
        annex for annex in ANNEXES if any(reader.list_rows(table.key) for table in annex.tables)
    ]
    return [_CHARTS, *filled] if make_charts(reader) else filled


def make_annex_blocks(reader: TableReader) -> Iterator[Block]:
    """Yield the blocks of all annexes, each on a page of its own."""
    _ = reader.translate
    for number, annex in enumerate(list_annexes(reader), 1):
        mark = _("Annex {number}").format(number=number)
        heading = HeadingBlock(2, (TextRun(f"{mark}\n{_(annex.title)}"),), annex=True)
        if annex is _CHARTS:
            yield from (PageStart(), heading)
            for chart in make_charts(reader):
                yield from _make_chart_blocks(chart)
            continue
        parts = [
            (table, columns)
            for part in annex.tables
            if (table := reader.find_table(part.key)) is not None and table.rows
            for columns in [_choose_columns(table, part.columns)]
        ]
        landscape = any(len(columns) >= _WIDE for _table, columns in parts)
        yield PageStart(landscape=landscape)
        yield heading
        for table, columns in parts:
            if len(parts) > 1:
                yield HeadingBlock(3, (TextRun(table.title),))
            yield from _make_table_blocks(table, columns, landscape=landscape)


def _make_chart_blocks(chart: RollUpChart) -> Iterator[Block]:
    yield HeadingBlock(3, (TextRun(chart.title),))
    yield ParagraphBlock((TextRun(chart.note, small=True),))
    yield PictureBlock(b"", chart.alternative, _CHART_WIDTH, drawing=chart.drawing)


def _choose_columns(table: RollUpTable, wanted: Sequence[str]) -> list[int]:
    """Return the places of the wanted columns; those in which no row says anything are left out."""
    places = [
        at
        for name in wanted
        for at, column in enumerate(table.columns)
        if column.id == name or (name.endswith("*") and column.id.startswith(name[:-1]))
    ]
    return [at for at in places if any(row[at] is not None for row in table.rows)]


def _make_table_blocks(
    table: RollUpTable, places: Sequence[int], *, landscape: bool
) -> Iterator[Block]:
    if table.note:
        yield ParagraphBlock((TextRun(table.note, small=True),))
    columns = [table.columns[at] for at in places]
    cells = [
        [
            escape_and_replace_tabs(format_cell(row[at], column.kind))
            for at, column in zip(places, columns, strict=True)
        ]
        for row in table.rows
    ]
    is_small = len(columns) >= _WIDE
    size = _SMALL if is_small else TABLE_SIZE
    room = compute_room(size, landscape=landscape)
    heads = [escape_as_single_line(column.title) for column in columns]
    widths = fit_widths(heads, cells, room)
    head = tuple(
        _make_cell(break_head(text, width), is_head=True)
        for text, width in zip(heads, widths, strict=True)
    )
    body = tuple(
        tuple(_make_cell(text, column) for text, column in zip(row, columns, strict=True))
        for row in cells
    )
    yield TableBlock((head, *body), 1, tuple(widths), size=_SMALL if is_small else 0)


def _make_cell(
    text: str, column: RollUpColumn | None = None, *, is_head: bool = False
) -> TableCell:
    is_figure = column is not None and column.kind != "text"
    paragraph = ParagraphBlock((TextRun(text),), align="center" if is_figure else "")
    return TableCell((paragraph,), head=is_head)
