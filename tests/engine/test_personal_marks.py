"""Answers that a checklist marks as personal, and those that it does not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from assess.engine.fingerprint import item_fingerprint
from assess.engine.kinds.values import check_value
from assess.engine.personal_marks import (
    accepts_unmarked_free_text,
    has_explicit_personal_marks,
    items_with_effective_personal_marks,
    list_columns,
)
from assess.engine.pseudonyms import Pseudonyms, replace_unknown_texts_except_dates
from assess.engine.sanitise import sanitised_sheet
from assess.engine.upgrade.checklist_diff import diff_checklists
from assess.model.answer import Answer
from assess.model.base import Number
from assess.model.checklist import Checklist
from assess.model.item import Item
from assess.model.item_parts import Other
from factories import (
    TODAY,
    assessed,
    checklist,
    choice,
    choices,
    conformity,
    sheet,
    table,
    text_item,
)

NAMES = Pseudonyms(b"secret", "en")
ROW = {
    "carrier": "电信",
    "mbps": Number(100),
    "ports": 2,
    "since": "2026-03-01",
    "used": True,
    "kind": "fibre",
}
ANSWERS = {
    "A-6": Answer(value="甲"),
    "A-7": Answer(value={"other": "乙"}),
    "A-8": Answer(value=["a", {"other": "丙"}]),
    "A-9": Answer(value=[ROW, {"carrier": "联通"}]),
}


def marked_columns(**marks: bool) -> Item:
    """Return the table, its columns of these ids marked."""
    made = table("A-9")
    columns = tuple(replace(one, personal=marks.get(one.id)) for one in made.columns)
    return replace(made, columns=columns)


def of(*items: Item) -> Checklist:
    """Return a checklist of these items and, in any case, of one without own words."""
    return checklist(*items, conformity("A-1"))


def copied(*items: Item) -> dict[str, Any]:
    """Return the values that a sanitised copy of the answers has, by item."""
    answers = {item.id: ANSWERS[item.id] for item in items}
    copy = sanitised_sheet(sheet(answers), of(*items), NAMES, {})
    return {key: answer.value for key, answer in copy.answers.items()}


def test_without_marks_all_words_go() -> None:
    """A checklist that says nothing is treated as if all its words were personal."""
    items = (text_item("A-6"), choice("A-7", other=Other()), table("A-9"))
    values = copied(*items)
    assert not set("甲乙电信联通") & set(str(values))
    assert values["A-9"][0] | {"carrier": ""} == ROW | {"carrier": ""}
    assert accepts_unmarked_free_text(of(*items))
    assert not accepts_unmarked_free_text(of())


def test_with_a_mark_the_rest_stays() -> None:
    """What the author did not mark is kept, in every kind that takes words."""
    items = (
        text_item("A-6", personal=True),
        choice("A-7", other=Other()),
        choices("A-8", other=Other()),
        table("A-9"),
    )
    values = copied(*items)
    assert "甲" not in str(values["A-6"])
    assert {key: values[key] for key in ("A-7", "A-8", "A-9")} == {
        key: ANSWERS[key].value for key in ("A-7", "A-8", "A-9")
    }
    assert not accepts_unmarked_free_text(of(*items))


def test_words_beside_options_can_be_personal() -> None:
    """The ticks stay, own words go."""
    values = copied(
        replace(choice("A-7", other=Other()), personal=True),
        replace(choices("A-8", other=Other()), personal=True),
    )
    assert not set("乙丙") & set(str(values))
    assert values["A-8"][0] == "a"


def test_personal_cells_go_whatever_their_type() -> None:
    """Also numbers, dates and ticks; a required text becomes a pseudonym, so the copy is valid."""
    item = marked_columns(carrier=True, ports=True, since=True, used=True, kind=True)
    rows = copied(item)["A-9"]
    assert [set(row) for row in rows] == [{"carrier", "mbps"}, {"carrier"}]
    assert not set("电信联通") & set(str(rows))
    assert check_value(item, rows, TODAY, "en") == ()


def test_a_column_is_marked_before_its_table() -> None:
    """A table that is personal may have columns that are not."""
    item = replace(marked_columns(mbps=False), personal=True)
    effective = items_with_effective_personal_marks(of(item))["A-9"]
    marks = {one.id: one.personal for one in list_columns(effective)}
    assert marks == dict.fromkeys(ROW, True) | {"mbps": False}
    assert [set(row) for row in copied(item)["A-9"]] == [{"carrier", "mbps"}, {"carrier"}]


def test_what_has_not_the_form_of_its_item_goes_in_any_case() -> None:
    """A name in the place of a number, in an unknown column or in words that nobody asked for."""
    item = table("A-9")
    odd: dict[str, Any] = {"mbps": "王敏", "王敏": "李健", "carrier": {"王敏": "李健"}}
    answers = {
        "A-6": Answer(value=["王敏"]),
        "A-7": Answer(value={"other": "王敏"}),
        "A-9": Answer(value=[odd, "王敏"]),
    }
    items = (text_item("A-6", personal=False), choice("A-7"), item)
    copy = sanitised_sheet(sheet(answers), of(*items), NAMES, {})
    assert not set("王敏李健") & set(msgspec.json.encode(copy, enc_hook=str).decode())


PHONE, BIRTHDAY = 13812345678, "1990-01-02"


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (choice("A-7", other=Other()), {"other": BIRTHDAY}),
        (choice("A-7", other=Other()), {"other": PHONE}),
        (choice("A-7", other=Other()), {"more": {"other": PHONE}}),
        (choice("A-7", other=Other()), PHONE),
        (choice("A-7"), BIRTHDAY),
        (choices("A-8", other=Other()), ["a", {"other": BIRTHDAY}]),
        (choices("A-8", other=Other()), ["a", [PHONE], PHONE, BIRTHDAY]),
        (table("A-9"), [{"formerly": PHONE}, {"formerly": [BIRTHDAY]}]),
        (table("A-9"), [PHONE, BIRTHDAY]),
        (table("A-9"), {"ports": PHONE}),
        (table("A-9"), BIRTHDAY),
    ],
)
@pytest.mark.parametrize("personal", [True, None])
def test_numbers_and_dates_are_words_where_words_are_asked_for(
    item: Item, value: Any, personal: bool | None
) -> None:
    """A birthday in other words, a telephone in a column that is gone; the result stays."""
    marked = replace(item, personal=personal)
    old = sheet({item.id: Answer(value=value)})
    copy = sanitised_sheet(old, of(marked), NAMES, {})
    text = msgspec.json.encode(copy, enc_hook=str).decode()
    assert str(PHONE) not in text
    assert BIRTHDAY not in text
    was, is_now = (assessed(of(marked), each).items[0].result for each in (old, copy))
    assert was == is_now


@pytest.mark.parametrize("personal", [True, False])
def test_a_mark_changes_no_fingerprint_and_no_figure(personal: bool) -> None:
    """The question is the same, so no answer becomes stale; an upgrade names the change."""
    old: tuple[Item, ...] = (text_item("A-6"), table("A-9"))
    new: tuple[Item, ...] = (
        text_item("A-6", personal=personal),
        marked_columns(carrier=personal),
    )
    for before, after in zip(old, new, strict=True):
        assert item_fingerprint(before, "zh") == item_fingerprint(after, "zh")
    changes = diff_checklists(of(*old), of(*new)).items
    assert [(one.item.id, one.changed[0].field, one.stale) for one in changes] == [
        ("A-6", "personal", ()),
        ("A-9", "columns", ()),
    ]
    answers = sheet({key: ANSWERS[key] for key in ("A-6", "A-9")})
    copy = sanitised_sheet(answers, of(*new), NAMES, {})
    assert assessed(of(*new), copy).counts == assessed(of(*new), answers).counts
    assert has_explicit_personal_marks(of(*new))


def test_unknown_texts_are_replaced_wherever_they_stand() -> None:
    """In lists and mappings, keys too; known texts, dates and numbers stay."""
    value = {"A": ["王敏", "A", "2026-11-24", 3]}
    (words,) = replace_unknown_texts_except_dates(value, {"A"}, NAMES).values()
    assert words[1:] == ["A", "2026-11-24", 3]
    assert words[0] != "王敏"
