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
from assess.engine.field_checks.words import (
    check_mismatch_and_meaning_text,
    check_mismatch_text,
    relation_text,
)
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


def test_a_sub_question_that_waits_for_its_parent_is_not_judged() -> None:
    """Whether there is such a number is not said yet, whatever its kept answer is."""
    waiting = number("D").__class__(
        **{**_fields(number("D")), "applies_when": Condition(item="Q", is_="met")}
    )
    items = checklist(conformity("Q"), NUMBERS[0], NUMBERS[1], waiting, checks=(SUM,))
    answers = {name: Answer(value=value) for name, value in (("A", 5), ("B", 8), ("D", 25))}
    assert list_broken_checks(assessed(items, answers)) == []
    answers["Q"] = Answer(status="met")
    assert len(list_broken_checks(assessed(items, answers))) == 1


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


CASES = table(
    "T",
    columns=tuple(
        Column(id=name, title=text(title, name), type="date")
        for name, title in (("found", "发现"), ("told_on", "报告"), ("closed", "办结"))
    ),
)
CASE_ORDER = check(dates=("T.found", "T.told_on", "T.closed"), in_order=True)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"found": "2026-03-01", "told_on": "2026-03-01", "closed": "2026-03-04"}, []),
        (
            {"found": "2026-03-02", "told_on": "2026-03-01"},
            ["T row 2: found (2026-03-02) must not be later than told_on (2026-03-01)"],
        ),
        (
            {"found": "2026-03-02", "closed": "2026-03-01"},
            ["T row 2: found (2026-03-02) must not be later than closed (2026-03-01)"],
        ),
        ({"told_on": "2026-03-02"}, []),
        ({"found": "soon", "closed": "2026-03-01"}, []),
        ("no row", []),
    ],
)
def test_dates_in_order_in_each_row(row: Any, expected: list[str]) -> None:
    """The first wrong row is named; an empty cell is passed over."""
    rows = [{"found": "2026-01-01", "closed": "2026-01-01"}, row, row]
    assert broken_texts(CASE_ORDER, (CASES,), T=rows) == expected


def test_dates_of_rows_are_judged_where_there_are_rows() -> None:
    """A table that is not answered, does not apply or is none has no dates in a wrong order."""
    answers: tuple[Any, ...] = (NOT_APPLICABLE, "no rows", [])
    for answer in answers:
        assert broken_texts(CASE_ORDER, (CASES,), T=answer) == []
    mixed = check(dates=("T.found", "S"), in_order=True)
    rows = [{"found": "2026-03-01"}]
    assert broken_texts(mixed, (CASES, DATES[0]), T=rows, S="2026-02-01") == []


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


CONTRACTS = table(
    "L",
    label="2.1",
    columns=(
        Column(id="from", type="date", title=text("合同起", "From")),
        Column(id="until", type="date", title=text("合同止", "Until")),
    ),
)


def test_items_with_a_label_are_named_by_it_too() -> None:
    """The reader of a form knows the number that is printed on it, not the id."""
    order = check(dates=("L.from", "L.until"), in_order=True)
    rows = [{"from": "2026-02-01", "until": "2026-01-01"}]
    assert broken_texts(order, (CONTRACTS,), L=rows) == [
        "2.1 L row 1: From (2026-02-01) must not be later than Until (2026-01-01)"
    ]
    count = check(rows="L", equals="D")
    assert broken_texts(count, (CONTRACTS, number("D")), L=rows, D=2) == [
        "rows of 2.1 L: 1, must equal D (2)"
    ]


@pytest.mark.parametrize(
    ("form", "relation"),
    [
        ({"sum": ("A", "R.part"), "equals": "D"}, "D = A + R 部分"),
        ({"value": "A", "at_most": "D"}, "A ≤ D"),
        ({"rows": "T", "equals": "D"}, "T 的行数 = D"),
        ({"column": "T.ports", "sum_equals": "D"}, "T 端口 之和 = D"),
        ({"dates": ("E", "F"), "in_order": True}, "E 不晚于 F"),
        ({"sum": tuple("A" * 13), "equals": "D"}, f"D = {' + '.join('A' * 12)} + …"),
        ({"dates": ("L.from", "L.until"), "in_order": True}, "2.1 L 合同起 不晚于 2.1 L 合同止"),
        ({"value": "GONE.part", "at_most": "D"}, "GONE.part ≤ D"),
        ({"value": "E", "at_most": "D"}, "E ≤ D"),
    ],
)
def test_a_relation_is_told_before_anything_is_answered(
    form: dict[str, Any], relation: str
) -> None:
    """By ids, labels and the words of the form for parts; of many addends the first ones."""
    items: tuple[Item, ...] = (
        number("A"),
        number("D"),
        ratio("R"),
        table("T"),
        date_item("E"),
        date_item("F"),
        CONTRACTS,
    )
    known = {item.id: item for item in items}
    assert relation_text(check(**form), known, "zh") == relation
