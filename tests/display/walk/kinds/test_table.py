from __future__ import annotations

from datetime import date

from assess.display.walk.kinds.table import parse_row, row_form
from assess.model.base import Number
from assess.model.item import Table
from assess.model.item_parts import Column, ColumnOption

TODAY = date(2026, 6, 1)

TABLE = Table(
    id="T-1",
    title="t",
    requirement="r",
    columns=(
        Column(id="who", title="Who", type="text", required=True),
        Column(id="count", title="Count", type="integer", min=Number(0)),
        Column(id="on", title="On", type="boolean"),
        Column(id="how", title="How", type="choice", options=(ColumnOption(id="x", text="X"),)),
    ),
)


def test_rows() -> None:
    """Cells become typed values, empty ones are left out, and back into what is typed."""
    typed = {"who": "a", "count": "3", "on": "false", "how": ""}
    row = {"who": "a", "count": 3, "on": False}
    assert parse_row(TABLE, typed) == row
    fields = row_form(TABLE, row, TODAY, "en").fields
    assert {field.name: field.value for field in fields} == typed


def test_row_errors_stand_at_their_cells() -> None:
    """Each column has its own error."""
    form = row_form(TABLE, {}, TODAY, "en")
    errors = form.check({"who": "", "count": "-1", "on": "", "how": ""})
    assert set(errors) == {"who", "count"}
    assert errors["who"] == "this is needed"
    many = form.check({"who": "a", "count": "many", "on": "", "how": ""})
    assert many == {"count": "“many” does not fit; it takes: a whole number, such as 12"}
