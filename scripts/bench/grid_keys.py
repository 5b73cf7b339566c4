"""A key's way to the screen in a table of 500 rows and 20 columns, against a bare Textual app.

As `tui_keys` measures it, in the grid of a table item.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median, quantiles

from tui_keys import BAR, BARE, Seat

from assess.workspace import SheetName
from assess.workspace.setup.make_workspace import make_and_commit_workspace

ROWS, COLUMNS, ROUNDS = 500, 20, 40
KEYS = {"down": b"\x1b[B", "right": b"\x1b[C", "page": b"\x1b[6~", "left": b"\x1b[D"}

_HEAD = """\
format: assess/checklist/3
id: big
version: "2026.1"
title: {zh: 年度表, en: Yearly form}
scope: organization
basis:
  csl: {title: {zh: 中华人民共和国网络安全法, en: Cybersecurity Law}}
scoring: {method: percent, bands: [{at_least: 0, id: all, title: {zh: 全部, en: All}}]}
sections:
  - id: s
    title: {zh: 清单, en: Lists}
    items:
      - id: BIG-1
        kind: table
        title: {zh: 信息系统清单, en: Systems}
        requirement: {zh: 列出全部信息系统。, en: List all systems.}
        rows: {max: 500}
        columns:
          - {id: name, title: {zh: 系统名称, en: System}, type: text, required: true, unique: true}
"""
_COLUMN = """\
          - {{id: c{at}, title: {{zh: 第{at}栏, en: Column {at}}}, type: integer, total: true}}
"""


def make_workspace(root: Path) -> None:
    """Make a workspace with one table, all of its rows filled in."""
    source = root.parent / "big.yaml"
    source.write_text(_HEAD + "".join(_COLUMN.format(at=at) for at in range(1, COLUMNS)), "utf-8")
    made = make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        language="zh",
        checklists=(str(source),),
        today=date(2026, 11, 24),
        lang="zh",
    )
    rows = [
        {"name": f"业务系统{row}", **{f"c{at}": row * at for at in range(1, COLUMNS)}}
        for row in range(ROWS)
    ]
    sheet = made.open_sheet(SheetName("big"), "2026")
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    sheet.write_answers({"BIG-1": {"value": rows}}, by=None, now=now, lang="zh")


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio, bar: median and p99 of all keys, and the median of each."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        make_workspace(root)
        ours, bare = (
            Seat(["-m", "assess", "fill", "big"], root),
            Seat(["-c", BARE], root),
        )
        try:
            for seat in (ours, bare):
                seat.drain(3.0)
            ours.key(b"1")
            ours.drain(3.0)
            return _judge_times(ours, bare)
        finally:
            ours.end()
            bare.end()


def _judge_times(ours: Seat, bare: Seat) -> list[tuple[str, float, float]]:
    times: dict[str, list[float]] = {name: [] for name in KEYS}
    reference: list[float] = []
    for _round in range(ROUNDS):
        for name, sent in KEYS.items():
            reference.append(bare.key(b"\x1b[B"))
            times[name].append(ours.key(sent))
    everything = [each for some in times.values() for each in some]
    middle, late = median(reference), quantiles(reference, n=100)[98]
    size = f"{ROWS} x {COLUMNS}"
    return [
        (f"keys in a table of {size} ÷ bare Textual app, median", median(everything) / middle, BAR),
        ("the same, p99 ÷ p99", quantiles(everything, n=100)[98] / late, BAR),
        *((f"  key `{name}`, median", median(some) / middle, BAR) for name, some in times.items()),
    ]
