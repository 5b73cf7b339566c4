"""Field checks: what breaks them, what is not judged, and that nothing else is looked at."""

from __future__ import annotations

from typing import Any

import pytest

from assess.engine.field_checks.judge import (
    ItemAnswer,
    find_broken_checks,
    index_checks_by_item,
    list_broken_checks,
)
from assess.engine.field_checks.words import check_mismatch_and_meaning_text, check_mismatch_text
from assess.model.answer import Answer, Status
from assess.model.base import Number
from assess.model.condition import Condition
from assess.model.field_check import FieldCheck
from assess.model.item import Item
from assess.model.item_parts import Column
from factories import (
    assessed,
    checklist,
    conformity,
    date_item,
    fact_is,
    number,
    ratio,
    table,
    text,
)

NOT_APPLICABLE = Answer(status="not_applicable", note="没有这类系统")


def check(**form: Any) -> FieldCheck:
    """Return a check of a form."""
    return FieldCheck(text=text("分项之和等于合计", "parts make the whole"), **form)


def broken_texts(field_check: FieldCheck, items: tuple[Item, ...], **values: Any) -> list[str]:
    """Return the numbers that break a check; `values` are values or answers, `_` for `-`."""
    answers = {
        name.replace("_", "-"): value if isinstance(value, Answer) else Answer(value=value)
        for name, value in values.items()
    }
    sheet = assessed(checklist(*items, checks=(field_check,)), answers)
    return [check_mismatch_text(broken, "en") for broken in list_broken_checks(sheet)]


BIG = 10**29
NUMBERS = (number("A"), number("B"), number("D"))
SUM = check(sum=("A", "B"), equals="D")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"A": 5, "B": 8, "D": 13}, []),
        ({"A": 5, "B": 8, "D": 25}, ["5 + 8 = 13, must equal D (25)"]),
        ({"A": Number("0.1"), "B": Number("0.2"), "D": Number("0.30")}, []),
        (
            {"A": BIG, "B": Number("0.5"), "D": BIG},
            [f"{BIG} + 0.5 = {BIG}.5, must equal D ({BIG})"],
        ),
        ({"A": 5, "B": NOT_APPLICABLE, "D": 5}, []),
        ({"A": 5, "B": NOT_APPLICABLE, "D": 6}, ["5 + 0 = 5, must equal D (6)"]),
        ({"A": 5, "D": 25}, []),
        ({"A": 5, "B": "eight", "D": 25}, []),
        ({"A": 5, "B": Answer(status="not_applicable"), "D": 25}, []),
    ],
)
def test_sum(values: dict[str, Any], expected: list[str]) -> None:
    """A sum is exact; nothing is judged while an answer or a reason is missing; left out is 0."""
    assert broken_texts(SUM, NUMBERS, **values) == expected


def test_an_item_that_facts_leave_out_counts_as_zero() -> None:
    """Its old answer says nothing any more."""
    left_out = number("B").__class__(
        **{**_fields(number("B")), "applies_when": fact_is("organization.egov", True)}
    )
    items = checklist(NUMBERS[0], left_out, NUMBERS[2], checks=(SUM,))
    answers = {"A": Answer(value=5), "B": Answer(value=8), "D": Answer(value=13)}
    sheet = assessed(items, answers, profile={"egov": False})
    assert [check_mismatch_text(broken, "en") for broken in list_broken_checks(sheet)] == [
        "5 + 0 = 5, must equal D (13)"
    ]


def test_an_item_that_an_answer_closes_counts_as_zero() -> None:
    """The answer to a question that is closed is kept, and says nothing."""
    closed = number("B").__class__(
        **{**_fields(number("B")), "applies_when": Condition(item="Q", is_="met")}
    )
    items = checklist(conformity("Q"), NUMBERS[0], closed, NUMBERS[2], checks=(SUM,))
    answers = {name: Answer(value=value) for name, value in (("A", 5), ("B", 8), ("D", 13))}
    expectations: dict[Status, list[str]] = {"met": [], "unmet": ["5 + 0 = 5, must equal D (13)"]}
    for status, expected in expectations.items():
        sheet = assessed(items, {**answers, "Q": Answer(status=status)})
        assert [
            check_mismatch_text(broken, "en") for broken in list_broken_checks(sheet)
        ] == expected


def _fields(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__struct_fields__}


def test_one_addend_is_compared_alone() -> None:
    """A sum of one is two fields that must be equal."""
    one = check(sum=("A",), equals="B")
    assert broken_texts(one, NUMBERS, A=5, B=5) == []
    assert broken_texts(one, NUMBERS, A=5, B=6) == ["A (5) must equal B (6)"]


def test_at_most_with_parts_of_ratios() -> None:
    """Part and whole of a ratio are numbers; equal is at most."""
    items = (ratio("R.1"), number("B"))
    part, whole = check(value="R.1.part", at_most="B"), check(value="B", at_most="R.1.whole")
    answer = {"part": 3, "whole": 4}
    assert broken_texts(part, items, **{"R.1": answer, "B": 3}) == []
    assert broken_texts(part, items, **{"R.1": answer, "B": 2}) == [
        "R.1 Part (3) must be at most B (2)"
    ]
    assert broken_texts(whole, items, **{"R.1": answer, "B": 5}) == [
        "B (5) must be at most R.1 Whole (4)"
    ]


def test_an_item_goes_before_the_part_of_another() -> None:
    """`R.part` is the item of this id where there is one."""
    items = (ratio("R"), number("R.part"), number("B"))
    values = {"R": {"part": 1, "whole": 4}, "R.part": 9, "B": 9}
    assert broken_texts(check(sum=("R.part",), equals="B"), items, **values) == []


ROWS = [{"carrier": "a", "mbps": Number("1.5"), "ports": 2}, {"carrier": "b", "ports": 3}]


def test_rows_and_columns_of_tables() -> None:
    """Rows are counted, a column is added up; an empty cell adds nothing."""
    items = (table("T"), number("A"))
    assert broken_texts(check(rows="T", equals="A"), items, T=ROWS, A=2) == []
    assert broken_texts(check(rows="T", equals="A"), items, T=ROWS, A=5) == [
        "rows of T: 2, must equal A (5)"
    ]
    assert broken_texts(check(value="T.rows", at_most="A"), items, T=ROWS, A=1) == [
        "T rows (2) must be at most A (1)"
    ]
    ports, rate = (check(column=f"T.{column}", sum_equals="A") for column in ("ports", "mbps"))
    assert broken_texts(ports, items, T=ROWS, A=5) == []
    assert broken_texts(ports, items, T=ROWS, A=6) == ["sum of T Ports: 5, must equal A (6)"]
    assert broken_texts(rate, items, T=ROWS, A=2) == ["sum of T Rate: 1.5, must equal A (2)"]
    assert broken_texts(ports, items, T=[{"ports": "two"}], A=6) == []
    assert broken_texts(ports, items, T=["no row"], A=6) == []
    assert broken_texts(ports, items, T=NOT_APPLICABLE, A=6) == [
        "sum of T Ports: 0, must equal A (6)"
    ]


def test_a_column_may_be_called_rows() -> None:
    """`T.rows` counts rows where a number is wanted, and adds up the column where a column is."""
    column = Column(id="rows", title=text("机柜排", "Racks"), type="integer")
    items = (table("T", columns=(column,)), number("A"))
    answers = {"T": [{"rows": 7}, {"rows": 8}], "A": 1}
    assert broken_texts(check(value="T.rows", at_most="A"), items, **answers) == [
        "T rows (2) must be at most A (1)"
    ]
    assert broken_texts(check(column="T.rows", sum_equals="A"), items, **answers) == [
        "sum of T Racks: 15, must equal A (1)"
    ]


DATES = (date_item("S"), date_item("M"), date_item("E"))
ORDER = check(dates=("S", "M", "E"), in_order=True)


@pytest.mark.parametrize(
    ("middle", "last", "expected"),
    [
        ("2026-03-01", "2026-03-01", []),
        ("2026-03-02", "2026-03-01", ["M (2026-03-02) must not be later than E (2026-03-01)"]),
        (NOT_APPLICABLE, "2026-02-01", ["S (2026-03-01) must not be later than E (2026-02-01)"]),
        (NOT_APPLICABLE, "2026-04-01", []),
        ("soon", "2026-02-01", []),
    ],
)
def test_dates_in_order(middle: Any, last: str, expected: list[str]) -> None:
    """Equal dates are in order, and a date that does not apply is passed over."""
    assert broken_texts(ORDER, DATES, S="2026-03-01", M=middle, E=last) == expected


def test_a_check_of_unknown_items_is_not_judged() -> None:
    """Lint of the checklist says what is wrong there."""
    for wrong in (
        check(sum=("A", "X"), equals="D"),
        check(value="A.part", at_most="D"),
        check(column="A.c", sum_equals="D"),
        check(dates=("A", "D"), in_order=True),
    ):
        assert broken_texts(wrong, NUMBERS, A=5, B=8, D=25) == []


def test_words() -> None:
    """The numbers stand first, what must be so behind them; of many addends the first are named."""
    items = tuple(number(f"A{index}") for index in range(20))
    many = check(sum=tuple(item.id for item in items[1:]), equals="A0")
    sheet = assessed(
        checklist(*items, checks=(many,)), {item.id: Answer(value=1) for item in items}
    )
    (broken,) = list_broken_checks(sheet)
    assert check_mismatch_and_meaning_text(broken, "en") == (
        f"{' + '.join('1' * 12)} + … = 19, must equal A0 (1): parts make the whole"
    )
    assert check_mismatch_and_meaning_text(broken, "zh") == (
        f"{' + '.join('1' * 12)} + … = 19，应等于 A0（1）：分项之和等于合计"
    )


@pytest.mark.parametrize("count", [200, 5_000])
def test_an_answer_judges_only_the_checks_that_name_it(count: int) -> None:
    """However many items and checks there are, an answer looks up only what its checks name."""
    items = {f"A{index}": number(f"A{index}") for index in range(count)}
    checks = tuple(
        check(sum=(f"A{index}", f"A{index + 1}"), equals=f"A{index + 2}")
        for index in range(0, count - 2, 3)
    )
    looked_up: list[str] = []

    def lookup(item_id: str) -> ItemAnswer | None:
        looked_up.append(item_id)
        item = items.get(item_id)
        return None if item is None else ItemAnswer(item, Answer(value=1), applies=True)

    by_item = index_checks_by_item(checks, items)
    assert len(find_broken_checks(by_item["A1"], lookup)) == 1
    assert set(looked_up) == {"A0", "A1", "A2"}
    assert len(looked_up) < 20
