"""A table of systems and one of persons, for the tests of grids and of pasted rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from assess.model.base import Bilingual, Number
from assess.model.item import Table
from assess.model.item_parts import Column, ColumnOption, Rows

TODAY = date(2026, 6, 1)


def text(zh: str, en: str) -> Bilingual:
    """Return a text in both languages."""
    return Bilingual(zh=zh, en=en)


def column(id_: str, zh: str, en: str, type_: Any, **fields: Any) -> Column:
    """Return a column."""
    return Column(id=id_, title=text(zh, en), type=type_, **fields)


LEVELS = tuple(
    ColumnOption(id=key, text=text(zh, en))
    for key, zh, en in (("two", "二级", "Level 2"), ("three", "三级", "Level 3"))
)

SYSTEMS = Table(
    id="T-1",
    title=text("系统清单", "Systems"),
    requirement="r",
    columns=(
        column("name", "系统名称", "System", "text", required=True),
        column("level", "等保等级", "MLPS level", "choice", required=True, options=LEVELS),
        column("users", "用户数", "Users", "integer", min=Number(0), unit=text("人", "people")),
        column("mbps", "带宽", "Rate", "number"),
        column("filed", "已备案", "Filed", "boolean"),
        column("since", "上线日期", "Since", "date"),
    ),
    rows=Rows(max=5),
)
