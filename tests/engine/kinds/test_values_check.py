from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from assess.engine.kinds.registry import KINDS
from assess.engine.kinds.value_rules import VALUE_RULES
from assess.engine.kinds.values import ValueProblem, check_value, check_value_naming_cells
from assess.model.base import Number
from assess.model.item import Item
from assess.model.item_parts import DateSpec, Other, Pattern, Rows, TextSpec
from assess.problem import TreePath
from factories import (
    TODAY,
    choice,
    choices,
    conformity,
    date_item,
    ladder,
    number,
    ratio,
    table,
    text_item,
)

ROW = {"carrier": "示例电信", "mbps": Number("0.5"), "ports": 3, "used": True, "kind": "fibre"}
EARLY = DateSpec(earliest=date(2000, 1, 1), future=False)


def codes(item: Item, value: Any) -> list[tuple[str, TreePath]]:
    """Return codes and paths of what is wrong."""
    return [(one.code, one.path) for one in check_value(item, value, TODAY, "en")]


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (ladder(), "yearly"),
        (ratio(), {"part": 0, "whole": 1}),
        (ratio(), {"part": 25, "whole": 25}),
        (number(min=Number(0), max=Number(10), decimals=1), Number("9.50")),
        (number(), 3),
        (choice(), "a"),
        (choice(other=Other()), {"other": "共建"}),
        (choices(), ["a", "b"]),
        (choices(), ["none"]),
        (choices(other=Other()), ["a", {"other": "别的"}]),
        (date_item(), "2027-01-01"),
        (date_item(date=EARLY), "2026-06-01"),
        (text_item(text=TextSpec(max_length=4)), "四个汉字"),
        (table(), [ROW, {"carrier": "x", "since": "2023-05-01"}]),
    ],
)
def test_right_values(item: Item, value: Any) -> None:
    """What the kind allows passes without a word."""
    assert codes(item, value) == []


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        (conformity(), "met", [("value-for-status", ())]),
        (ladder(), "yearl", [("rung-unknown", ())]),
        (ladder(), 1, [("rung-unknown", ())]),
        (ratio(), 0.5, [("value-form", ())]),
        (ratio(), {"part": 1, "whole": 2, "x": 3}, [("value-form", ())]),
        (ratio(), {"part": -1, "whole": 0}, [("ratio-negative", ())]),
        (ratio(), {"part": 0, "whole": 0}, [("ratio-whole-zero", ("whole",))]),
        (ratio(), {"part": 26, "whole": 25}, [("ratio-part-over-whole", ("part",))]),
        (number(), "12", [("value-form", ())]),
        (number(min=Number(1)), 0, [("number-below", ())]),
        (
            number(max=Number(1)),
            Number("1.5"),
            [("number-above", ()), ("number-whole", ())],
        ),
        (number(decimals=1), Number("1.55"), [("number-decimals", ())]),
        (choice(), "z", [("option-unknown", ())]),
        (choice(), ["a"], [("value-form", ())]),
        (choice(), {"other": "x"}, [("other-not-allowed", ())]),
        (choice(other=Other()), {"other": ""}, [("value-form", ())]),
        (choices(), "a", [("value-form", ())]),
        (choices(), [], [("value-form", ())]),
        (choices(), ["a", "z", "a"], [("option-unknown", (1,)), ("option-twice", (2,))]),
        (choices(), ["a", "none"], [("option-exclusive", (1,))]),
        (choices(), [3], [("value-form", (0,))]),
        (date_item(), "2026-02-30", [("value-form", ())]),
        (date_item(date=EARLY), "1999-12-31", [("date-early", ())]),
        (date_item(date=EARLY), "2026-06-02", [("date-future", ())]),
        (text_item(), " ", [("value-form", ())]),
        (text_item(), 5, [("value-form", ())]),
        (
            text_item(text=TextSpec(max_length=3, pattern="phone")),
            "没有电话",
            [("text-long", ()), ("text-pattern", ())],
        ),
        (table(), "x", [("value-form", ())]),
        (table(), [], [("rows-few", ())]),
        (table(), [ROW] * 4, [("rows-many", ())]),
        (table(), ["x"], [("value-form", (0,))]),
        (table(), [{"mbps": 1}], [("cell-missing", (0,))]),
        (table(), [ROW | {"speed": 1}], [("column-unknown", (0, "speed"))]),
        (
            table(),
            [ROW | {"mbps": "1", "used": 1, "kind": "copper", "since": "soon", "carrier": ""}],
            [
                ("cell-type", (0, "carrier")),
                ("cell-type", (0, "mbps")),
                ("cell-type", (0, "since")),
                ("cell-type", (0, "used")),
                ("cell-type", (0, "kind")),
            ],
        ),
        (table(), [ROW | {"ports": Number("1.5")}], [("cell-type", (0, "ports"))]),
        (
            table(),
            [ROW | {"mbps": -1, "ports": 10}],
            [("number-below", (0, "mbps")), ("number-above", (0, "ports"))],
        ),
    ],
)
def test_wrong_values(item: Item, value: Any, expected: list[tuple[str, TreePath]]) -> None:
    """Everything wrong with a value is reported at once, each at its place."""
    assert codes(item, value) == expected


_GOOD: dict[Pattern, tuple[str, ...]] = {
    "phone": ("0000-0000000", "+86 10 12345678", "(010) 12345678", "13800000000", "12345"),
    "email": ("wang.min@qingxi.example",),
    "url": ("https://qingxi.example/a?b", "http://10.0.0.1"),
    "ipv4": ("10.0.0.1", "255.255.255.255"),
    "uscc": ("91350100M000100Y43",),
    "postcode": ("350000",),
}
_BAD: dict[Pattern, tuple[str, ...]] = {
    "phone": ("无", "12a45", "1", "１２３４５"),
    "email": ("wang", "a@b", "a b@c.d", "a@b@c.d"),
    "url": ("qingxi.example", "ftp://a.b", "http:///x", "https://a b"),
    "ipv4": ("256.1.1.1", "1.1.1", "1.1.1.1.1"),
    "uscc": ("91350100M000100Y4", "91350100M000100I43"),
    "postcode": ("3500", "35000a"),
}


@pytest.mark.parametrize("pattern", list(_GOOD))
def test_patterns(pattern: Pattern) -> None:
    """Named patterns let through what people write, and stop what they mistype."""
    item = text_item(text=TextSpec(pattern=pattern))
    assert [one for one in _GOOD[pattern] if codes(item, one)] == []
    assert [one for one in _BAD[pattern] if codes(item, one) != [("text-pattern", ())]] == []


def test_words_are_ready_to_show() -> None:
    """Messages hold what was given, hints what is possible; a near name makes it a question."""
    assert check_value(ladder(), "yearl", TODAY, "en") == (
        ValueProblem(
            "rung-unknown", "there is no rung “yearl” on this ladder", "did you mean yearly?"
        ),
    )
    (far,) = check_value(ladder(), "zzz", TODAY, "en")
    assert far.hint == "it has: quarterly, yearly, never"
    (zero,) = check_value(ratio(), {"part": 0, "whole": 0}, TODAY, "en")
    assert "not_applicable" in zero.hint
    (form,) = check_value(ratio(), 1, TODAY, "en")
    assert form.hint == "part and whole, two whole numbers, as 23/25; in YAML {part: 23, whole: 25}"


def test_braces_in_values_are_only_text() -> None:
    """A value is never taken as a template."""
    (wrong,) = check_value(ladder(), "{known}", TODAY, "en")
    assert "{known}" in wrong.message


def test_every_rule_has_a_message() -> None:
    """No rule is silent, and no form is empty."""
    assert all(rule.message for rule in VALUE_RULES.values())
    assert all(kind.form for kind in KINDS.values() if not kind.by_status)


def test_cells_of_a_unique_column_differ() -> None:
    """The later of two equal cells is the fault; empty cells and cells of a wrong type are none."""
    columns = tuple(
        replace(column, unique=True) if column.id in ("carrier", "mbps") else column
        for column in table().columns
    )
    item = table(columns=columns, rows=Rows())
    rows = [{"carrier": "a"}, {"carrier": "b", "mbps": 1}, {"carrier": "a", "mbps": Number("1.0")}]
    problems = check_value_naming_cells(item, [*rows, {"carrier": ["b"]}], TODAY, "en")
    assert [problem.code for problem in problems] == ["cell-type", "cell-repeated", "cell-repeated"]
    assert [problem.path for problem in problems[1:]] == [(2, "carrier"), (2, "mbps")]
    assert problems[1].message == "row 3 Carrier: “a” stands in row 1 already"
    assert not check_value(item, rows[:2], TODAY, "en")
