"""The charts of a roll-up, drawn from its tables: spread of scores, trend, remediation, heat map.

Circular and page have the same drawings. Each has a text alternative with its main figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assess.display.rollup.cell_text import NOTHING, format_percent
from assess.engine.number_text import decimal_text
from assess.engine.punctuation import colon_sign, join_sentences, semicolon_sign
from assess.harmless import escape_as_single_line
from assess.model.rollup import RollUpTable
from assess.report.content.charts.bars import BarShare, LegendEntry, SectionBar, draw_stacked_bars
from assess.report.content.charts.score import TrendPoint, draw_score_trend
from assess.report.content.charts.share_map import (
    MOST_COLUMNS,
    MOST_ROWS,
    ShareRow,
    draw_share_map,
)
from assess.report.content.charts.spread import MOST_SPREADS, SpreadRow, draw_spreads
from assess.report.content.charts.svg import SvgElement
from assess.report.rollup.table_reader import (
    TableReader,
    TableRow,
    group_rows,
    list_table_rows,
)

_POINTS = ("lowest", "first_quartile", "median", "third_quartile", "highest")


class RollUpChart(NamedTuple):
    """A chart: its title, how it is read, and the drawing, whose alternative tells its figures."""

    title: str
    note: str
    drawing: SvgElement
    alternative: str


def make_charts(reader: TableReader) -> list[RollUpChart]:
    """Return the charts for which the tables have figures."""
    return [
        *_make_spread_charts(reader),
        *_make_trend_charts(reader),
        *_make_remediation_charts(reader),
        *_make_heat_map_charts(reader),
    ]


def _make_spread_charts(reader: TableReader) -> Iterator[RollUpChart]:
    """Yield for each checklist how its scores are spread over the categories."""
    _ = reader.translate
    for checklist, rows in group_rows(reader.list_rows("scores"), "checklist").items():
        if all(row["median"] is None for row in rows):
            continue
        shown = [_make_spread_row(reader, row) for row in rows[:MOST_SPREADS]]
        title = _("Scores by category: {checklist}").format(checklist=checklist)
        note = _(
            "Line: from the lowest score to the highest; box: the middle half of the sheets; thick "
            "stroke: median; in brackets: sheets compared."
        )
        notes = [note, *_write_left_out(reader, len(rows), MOST_SPREADS)]
        alternative = _join_figures(
            reader,
            title,
            (_write_points(reader, row, end.end) for row, end in zip(rows, shown, strict=False)),
        )
        drawing = draw_spreads(shown, alternative)
        yield RollUpChart(title, join_sentences(notes, reader.lang), drawing, alternative)


def _make_spread_row(reader: TableReader, row: TableRow) -> SpreadRow:
    _ = reader.translate
    name = escape_as_single_line(row["category"])
    if row["median"] is None:
        text = _("too few ({sheets})") if row["sheets"] else _("none compared")
        return SpreadRow(name, None, text.format(sheets=row["sheets"]))
    lowest, first, median, third, highest = (float(row[key]) for key in _POINTS)
    end = _("median {median} ({sheets})").format(
        median=decimal_text(row["median"]), sheets=row["sheets"]
    )
    return SpreadRow(name, (lowest, first, median, third, highest), end)


def _write_points(reader: TableReader, row: TableRow, end: str) -> str:
    _ = reader.translate
    name = escape_as_single_line(row["category"])
    if row["median"] is None:
        return f"{name} {end}"
    text = _("{name} {end}, lowest {lowest}, highest {highest}")
    return text.format(
        name=name,
        end=end,
        lowest=decimal_text(row["lowest"]),
        highest=decimal_text(row["highest"]),
    )


def _make_trend_charts(reader: TableReader) -> Iterator[RollUpChart]:
    """Yield for each checklist its median over the campaigns, where two have one."""
    _ = reader.translate
    for checklist, rows in group_rows(reader.list_rows("trend"), "checklist").items():
        if sum(row["median"] is not None for row in rows) < 2:  # noqa: PLR2004  # a line has two ends
            continue
        points = [
            TrendPoint(row["campaign"], float(row["median"]), _write_median(reader, row))
            if row["median"] is not None
            else TrendPoint(row["campaign"], None, NOTHING)
            for row in rows
        ]
        title = _("Median over the campaigns: {checklist}").format(checklist=checklist)
        notes = [_("In brackets: the sheets compared.")]
        changed = [row for row in rows if row["alike"] < row["items"]]
        if changed:
            text = _("In {campaigns} not all items of now asked the same.")
            sign = semicolon_sign(reader.lang)
            notes.append(text.format(campaigns=sign.join(row["campaign"] for row in changed)))
        alternative = _join_figures(reader, title, (f"{row.name} {row.text}" for row in points))
        drawing = draw_score_trend(points, alternative)
        yield RollUpChart(title, join_sentences(notes, reader.lang), drawing, alternative)


def _write_median(reader: TableReader, row: TableRow) -> str:
    _ = reader.translate
    text = _("{median} ({sheets})")
    return text.format(median=decimal_text(row["median"]), sheets=row["sheets"])


def _make_remediation_charts(reader: TableReader) -> Iterator[RollUpChart]:
    """Yield how far the problems of each category are remedied; nothing where there are none."""
    _ = reader.translate
    rows = [row for row in reader.list_rows("remediation") if row["problems"]]
    if not rows:
        return
    title = _("Progress of remediation")
    legend = {
        "met": _("mended"),
        "partial": _("under way"),
        "unanswered": _("without a measure"),
        "unmet": _("overdue"),
    }
    bars = [_make_remediation_bar(row) for row in rows[:MOST_SPREADS]]
    notes = [
        _("At the end the share that is mended, and the problems of each shade in their order."),
        *_write_left_out(reader, len(rows), MOST_SPREADS),
    ]
    alternative = _join_figures(
        reader,
        title,
        (
            f"{bar.name} " + " ".join(f"{legend[part.shade]} {part.size}" for part in bar.parts)
            for bar in bars
        ),
    )
    entries = [LegendEntry(name, shade) for shade, name in legend.items()]
    drawing = draw_stacked_bars(bars, entries, alternative)
    yield RollUpChart(title, join_sentences(notes, reader.lang), drawing, alternative)


def _make_remediation_bar(row: TableRow) -> SectionBar:
    mended, overdue, bare = row["mended"], row["overdue"], row["without_measure"]
    under_way = max(row["problems"] - mended - overdue - bare, 0)
    parts = (
        BarShare(mended, "met"),
        BarShare(under_way, "partial"),
        BarShare(bare, "unanswered"),
        BarShare(overdue, "unmet"),
    )
    name = escape_as_single_line(row["category"])
    numbers = "/".join(f"{part.size}" for part in parts)
    return SectionBar(name, parts, f"{format_percent(row['mended_share'])} {numbers}")


def _make_heat_map_charts(reader: TableReader) -> Iterator[RollUpChart]:
    """Yield the units by the sections of each checklist; many sections take several maps."""
    for table in reader.list_tables("heat_map."):
        sections = [column.id for column in table.columns if column.id.startswith("section.")]
        for start in range(0, len(sections) if table.rows else 0, MOST_COLUMNS - 1):
            yield _make_heat_map_chart(reader, table, sections[start : start + MOST_COLUMNS - 1])


def _make_heat_map_chart(
    reader: TableReader, table: RollUpTable, sections: list[str]
) -> RollUpChart:
    _ = reader.translate
    titles = {column.id: escape_as_single_line(column.title) for column in table.columns}
    columns = [_("all"), *(titles[key] for key in sections)]
    worst = list_table_rows(table)[:MOST_ROWS]  # the table begins with the lowest share
    rows = [
        ShareRow(
            escape_as_single_line(row["unit"]),
            tuple(float(row[key]) if row[key] is not None else None for key in ("rate", *sections)),
        )
        for row in worst
    ]
    notes = [
        _(
            "In percent: of the answers that are judged, those that conform in full. The darker, "
            "the fewer; –: no answer is judged."
        )
    ]
    if len(table.rows) > MOST_ROWS:
        text = _("Of {count} units the {most} with the lowest share; the workbook has all.")
        notes.append(text.format(count=len(table.rows), most=MOST_ROWS))
    figures = (
        f"{row.name} {format_percent(unit['rate']) if unit['rate'] is not None else NOTHING}"
        for row, unit in zip(rows, worst, strict=True)
    )
    alternative = _join_figures(reader, table.title, figures)
    drawing = draw_share_map(columns, rows, alternative)
    return RollUpChart(table.title, join_sentences(notes, reader.lang), drawing, alternative)


def _write_left_out(reader: TableReader, count: int, most: int) -> Iterator[str]:
    _ = reader.translate
    if count > most:
        text = _("The first {most} of {count} categories; the workbook has all.")
        yield text.format(most=most, count=count)


def _join_figures(reader: TableReader, title: str, figures: Iterable[str]) -> str:
    """Return a text alternative: the title, then the figures."""
    listed = semicolon_sign(reader.lang).join(figures)
    return f"{title}{colon_sign(reader.lang)}{listed}"
