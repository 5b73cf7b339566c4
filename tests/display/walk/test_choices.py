from __future__ import annotations

from assess.display.walk.choices import list_offered_choices
from assess.model.answer import Answer
from assess.model.item import Item
from assess.model.item_parts import Option
from factories import (
    choice,
    conformity,
    date_item,
    ladder,
    number,
    ratio,
    table,
    text_item,
)


def keys(item: Item, answer: Answer = Answer()) -> list[tuple[str, str, bool]]:  # noqa: B008  # the value is frozen
    """Return key, effect and whether chosen of each choice."""
    return [
        (choice.key, choice.effect, choice.chosen)
        for choice in list_offered_choices(item, answer, "en")
    ]


def test_conformity_is_met_partial_unmet() -> None:
    """`1` `2` `3` write the statuses; the given one is marked."""
    assert keys(conformity(), Answer(status="partial")) == [
        ("1", "answer", False),
        ("2", "answer", True),
        ("3", "answer", False),
    ]


def test_ladder_rungs_in_their_order() -> None:
    """Digits are the rungs, best first."""
    item = ladder()
    choices = list_offered_choices(item, Answer(value=item.rungs[1].id), "en")
    assert [choice.fields["value"] for choice in choices] == [rung.id for rung in item.rungs]
    assert [choice.chosen for choice in choices][:2] == [False, True]


def test_kinds_with_an_input_have_one_choice() -> None:
    """`1` opens the input of numbers, ratios, dates, texts and tables."""
    for item in (ratio(), number(), date_item(), text_item(), table()):
        assert keys(item) == [("1", "input", False)]


def test_options_past_nine_have_no_digit() -> None:
    """The tenth option is reached through the list only."""
    base = choice()
    many = tuple(Option(id=f"o{index}", text="x") for index in range(11))
    item = type(base)(id="X-1", title="t", requirement="r", options=many, other=None)
    assert [choice.key for choice in list_offered_choices(item, Answer(), "en")][8:] == [
        "9",
        "",
        "",
    ]
