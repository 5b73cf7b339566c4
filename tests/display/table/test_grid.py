from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from assess.display.table.grid import (
    GridPlace,
    GridTexts,
    draw_grid_head,
    draw_grid_rows,
    draw_grid_totals,
    focused_cell_text,
    make_grid_texts,
)
from assess.display.text.cells import width_of
from assess.display.text.styled import StyledLine
from assess.model.base import Number
from display.table.tables import SYSTEMS, TODAY

ROWS: list[dict[str, object]] = [
    {"name": "青溪区政务服务门户", "level": "three", "users": 1200, "filed": True},
    {"name": "a" * 60, "level": "叁级", "since": "2026-03-18"},
]


def words(line: StyledLine) -> str:
    """Return the text of a line."""
    return "".join(part.text for part in line)


@pytest.fixture
def texts() -> GridTexts:
    """The texts of two rows."""
    return make_grid_texts(SYSTEMS, ROWS, TODAY, "zh")


def test_columns_stand_below_their_titles(texts: GridTexts) -> None:
    """Each cell starts where its title does, counted in cells of the terminal."""
    place = GridPlace()
    head = words(draw_grid_head(texts, place, 74))
    first, second = (words(line) for line in draw_grid_rows(texts, place, 74).lines)
    start = width_of(head[: head.index("等保等级")])
    assert width_of(first[: first.index("三级")]) == start
    assert width_of(second[: second.index("! 叁级")]) == start
    assert first.startswith(">1 青溪区政务服务门户")
    assert "1200  " in first
    assert second.startswith(" 2 aaaa")


@pytest.mark.parametrize("width", [74, 54, 30])
@pytest.mark.parametrize("column", range(6))
def test_the_focused_cell_is_in_sight(texts: GridTexts, width: int, column: int) -> None:
    """With its title, beside the first column, in no more than the width; `<` and `>` tell more."""
    place = GridPlace(1, column)
    head = draw_grid_head(texts, place, width)
    lines = [head, *draw_grid_rows(texts, place, width).lines]
    assert all(width_of(words(line)) <= width for line in lines)
    focused = [part for part in lines[2] if part.ground == "focus"]
    assert len(focused) == 1
    assert texts.titles[column][:1] in words(head)
    assert words(head)[3:4] == "系"
    shown = [title for title in texts.titles[1:] if title[:2] in words(head)]
    assert ("<" in words(head)) == (texts.titles[1] not in shown)
    assert (">" in words(head)) == (texts.titles[-1][:2] not in words(head))


def test_the_focused_cell_stands_whole_below(texts: GridTexts) -> None:
    """With its place, and what is wrong with it."""
    assert focused_cell_text(texts, GridPlace(0, 0), "zh") == (
        "系统名称*：青溪区政务服务门户（第 1/2 行，第 1/6 栏）"
    )
    wrong = focused_cell_text(texts, GridPlace(1, 1), "zh")
    assert wrong.startswith("等保等级*：! “叁级”不合要求；应填：二级、三级")


def test_missing_cells_are_marked() -> None:
    """A row from the profile shows what is still to be filled in."""
    texts = make_grid_texts(SYSTEMS, [{"name": "门户"}], TODAY, "en")
    assert texts.cells[0][:3] == ("门户", "!", "")


SUMMED = replace(
    SYSTEMS,
    columns=tuple(
        replace(column, total=column.id in ("users", "mbps") or None) for column in SYSTEMS.columns
    ),
)


def test_sums_stand_below_their_columns() -> None:
    """In the places of the cells; exact, over the cells that fit; the first column names them."""
    rows: list[dict[str, Any]] = [
        {"name": "甲", "users": 1200, "mbps": Number("0.1")},
        {"name": "乙", "mbps": "?"},
    ]
    texts = make_grid_texts(SUMMED, [*rows, {"mbps": Number("0.2")}], TODAY, "zh")
    assert texts.totals == ("合计", "", "1200", "0.3", "", "")
    for column in range(6):
        place = GridPlace(0, column)
        line, head = draw_grid_totals(texts, place, 60).lines[0], draw_grid_head(texts, place, 60)
        assert words(line).startswith("   合计")
        for title, total in zip(texts.titles, texts.totals, strict=True):
            if total and title in words(head):
                end = width_of(words(head).partition(title)[0] + title)
                assert words(line)[: end - 2].rstrip().endswith(total)
    without = make_grid_texts(SYSTEMS, rows, TODAY, "zh")
    assert not draw_grid_totals(without, GridPlace(0, 5), 60).lines


class CountedRows(tuple[tuple[str, ...], ...]):
    """Rows of texts that count how often one is asked for."""

    __slots__ = ()
    asked = 0

    def __getitem__(self, index: Any) -> Any:
        CountedRows.asked += 1
        return super().__getitem__(index)


def test_a_key_costs_the_same_with_500_rows_as_with_20() -> None:
    """Only the lines in sight are drawn, wherever the focus is."""
    counts = []
    for count in (20, 500):
        rows = [{"name": f"系统{number}", "users": number} for number in range(count)]
        texts = make_grid_texts(SYSTEMS, rows, TODAY, "zh")
        texts = texts._replace(cells=CountedRows(texts.cells))
        CountedRows.asked = 0
        lines = draw_grid_rows(texts, GridPlace(7, 3), 80).lines
        draw_grid_head(texts, GridPlace(7, 3), 80)
        focused_cell_text(texts, GridPlace(7, 3), "zh")
        assert (len(lines), len(lines[2:12])) == (count, 10)
        counts.append(CountedRows.asked)
    assert counts[0] == counts[1] > 0
