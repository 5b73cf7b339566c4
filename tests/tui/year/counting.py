"""Counts the keys of the second year, at the real app, and checks the sheet that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from assess.tui.dialogs.form import FormScreen
from tui.driver import driving
from tui.sample import NOW
from tui.year.seat import Seat
from tui.year.strategy import Strategy
from tui.year.work import FEW, SHEET, THIS, WHOLE, Amount, differences, make_second_year

FIGURES = Path(__file__).parent / "figures.yaml"
"""The counts of the program that the work began with, and of this one."""


GAPS = Amount(same=2, changed=0, unmet=3, noted=0, proved=0)
"""Three findings, and what is as last year."""

Year = Mapping[str, tuple[int, int]]
"""For each kind of work the number of items and of keys."""


class Figures(NamedTuple):
    """What was counted at one version of the program."""

    year: Year
    first_answer: int
    next_gap: int

    @property
    def items(self) -> int:
        """The number of all items."""
        return sum(items for items, _keys in self.year.values())

    @property
    def keys(self) -> int:
        """The number of all keys."""
        return sum(keys for _items, keys in self.year.values())


def read_figures(version: Literal["start", "now"]) -> Figures:
    """Return the counts in the file: of the program at the start of the work, or of this one."""
    row = yaml.safe_load(FIGURES.read_text("utf-8"))[version]
    year = {kind: (items, keys) for kind, (items, keys) in row["year"].items()}
    return Figures(year, row["first_answer"], row["next_gap"])


def write_figures(start: Figures, now: Figures) -> None:
    """Write the file; the counts of the start stay."""
    rows = {"start": _row_of_file(start), "now": _row_of_file(now)}
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, default_flow_style=None)
    FIGURES.write_text(text, "utf-8")


def _row_of_file(figures: Figures) -> dict[str, Any]:
    return {
        "keys": figures.keys,
        "first_answer": figures.first_answer,
        "next_gap": figures.next_gap,
        "year": {kind: list(counted) for kind, counted in figures.year.items()},
    }


def share_of_start(counted: Figures, start: Figures) -> float:
    """Return the keys of the year as a part of those at the start."""
    return counted.keys / start.keys


async def count_everything(folder: Path) -> Figures:
    """Count the year, the first answer and the way to the next gap."""
    return Figures(
        await count_year(folder / "year" / "w", WHOLE),
        await count_first_answer(folder / "first" / "w"),
        await count_next_gap(folder / "gap" / "w"),
    )


async def count_year(root: Path, amount: Amount) -> Year:
    """Fill this year's sheet; return items and keys of each kind of work.

    Raises:
        AssertionError: the sheet does not hold what it must.
    """
    workspace, work = make_second_year(root, amount)
    async with driving(root, "zh", start=SHEET, workspace=workspace) as driver:
        seat = Seat(driver)
        strategy = Strategy(seat)
        for task in work:
            assert driver.item == task.item.id, f"the walk is at {driver.item}, not {task.item.id}"
            await strategy.do_item(task)
    faults = differences(workspace, work)
    assert not faults, "\n".join(faults)
    items = strategy.items
    return {kind: (items[kind], seat.counts[kind]) for kind in sorted(items)}


async def count_first_answer(root: Path) -> int:
    """Return the keys from the overview of a new round to the first answer on disk."""
    workspace, work = make_second_year(root, FEW)
    async with driving(root, "zh", start=None, workspace=workspace) as driver:
        seat = Seat(driver)
        await seat.press("n", "1")
    answers = workspace.open_sheet(SHEET, THIS).sheet.answers
    assert answers[work[0].item.id].status == "met"
    return seat.total


async def count_next_gap(root: Path) -> int:
    """Return the keys from a remediation that Finish missed to the form of the next one."""
    workspace, work = make_second_year(root, GAPS)
    findings = [task for task in work if task.case == "unmet"]
    fields = {task.item.id: {"status": "unmet", "note": task.note} for task in findings}
    workspace.open_sheet(SHEET, THIS).write_answers(fields, by=None, now=NOW, lang="zh")
    async with driving(root, "zh", start=None, workspace=workspace) as driver:
        seat = Seat(driver)
        strategy = Strategy(seat)
        await strategy.open_first_gap()
        await strategy.fill_in_plan(findings[0])
        before = seat.total
        await strategy.go_to_next_gap()
        assert isinstance(driver.app.screen, FormScreen)
        assert driver.item == findings[1].item.id
        return seat.total - before
