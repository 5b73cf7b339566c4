from __future__ import annotations

from typing import Any, get_args

import pytest

from assess.engine.kinds.values import answer_text
from assess.engine.kinds.wording import DISPLAY_NAMES, format_fact_value, translate_code
from assess.i18n import Lang
from assess.model.answer import STATUSES, Answer, RemediationState
from assess.model.base import Bilingual, Number
from assess.model.checklist import FactDef, FactOption
from assess.model.item import Item, RiskLevel
from assess.model.item_parts import Other
from assess.model.results import Result, WorkState
from factories import (
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

ROW = {"carrier": "示例电信", "mbps": Number("2E+2"), "used": True, "kind": "fibre"}


@pytest.mark.parametrize(
    ("item", "value", "lang", "expected"),
    [
        (conformity(), None, "en", ""),
        (ladder(), "yearly", "zh", "每年"),
        (ladder(), "yearly", "en", "Yearly"),
        (ladder(), "weekly", "en", "weekly"),
        (ratio(), {"part": 23, "whole": 25}, "en", "23/25 (92.0%)"),
        (ratio(), {"part": 1, "whole": 0}, "en", "{'part': 1, 'whole': 0}"),
        (number(), Number("12.50"), "zh", "12.5 天"),
        (number(), 7, "en", "7 days"),
        (number(unit=""), 7, "en", "7"),
        (choice(), "a", "zh", "选a"),
        (choice(), "z", "zh", "z"),
        (choice(other=Other()), {"other": "共建"}, "en", "共建"),
        (choices(), ["a", "b"], "zh", "选a；选b"),
        (choices(other=Other()), ["a", {"other": "x"}], "en", "Option a; x"),
        (date_item(), "2026-03-18", "en", "2026-03-18"),
        (text_item(), "0000", "en", "0000"),
        (
            table(),
            [ROW, {"carrier": "x", "used": False}],
            "en",
            "Carrier 示例电信; Rate 200 M; In use yes; Kind Fibre\nCarrier x; In use no",
        ),
        (table(), [{"kind": "copper"}], "en", "Kind copper"),
        (table(), ["odd"], "en", "odd"),
        (table(), "odd", "en", "odd"),
    ],
)
def test_what_a_value_says(item: Item, value: Any, lang: Lang, expected: str) -> None:
    """Every kind says its value in the language asked for; odd ones as they stand."""
    assert answer_text(item, Answer(value=value), lang) == expected


@pytest.mark.parametrize("item", [conformity(), ladder()])
def test_what_a_status_says(item: Item) -> None:
    """A status is said by its name, for every kind."""
    assert answer_text(item, Answer(status="not_applicable"), "en") == "not applicable"


@pytest.mark.parametrize("kind", [Result, WorkState, RiskLevel, RemediationState])
def test_everything_has_a_name(kind: Any) -> None:
    """No result, work state, risk or remediation state goes unnamed."""
    assert all(translate_code(one, "en") for one in get_args(kind))
    assert set(STATUSES) <= set(DISPLAY_NAMES)
    assert translate_code(None, "zh") == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "not given"), (True, "yes"), (False, "no"), ("leased", "Leased"), ("x", "x")],
)
def test_facts_in_words(value: Any, expected: str) -> None:
    """A missing value is said to be missing; an option has its text; the rest is as written."""
    option = FactOption(id="leased", text=Bilingual(zh="租用", en="Leased"))
    fact = FactDef(type="choice", question=Bilingual(zh="线路", en="Line"), options=(option,))
    assert format_fact_value(fact, value, "en") == expected
    assert format_fact_value(fact, Number("2E+2"), "zh") == "200"
