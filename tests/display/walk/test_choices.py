from __future__ import annotations

from assess.display.walk.choices import (
    answer_ticks,
    list_choosables,
    other_words,
    set_other_words,
    sort_ticks,
    toggle_option,
)
from assess.model.answer import Answer
from assess.model.item import Choices, Item, Option
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


def keys(item: Item, answer: Answer = Answer()) -> list[tuple[str, str, bool]]:  # noqa: B008  # frozen
    """Return key, effect and whether chosen of each choice."""
    return [(one.key, one.effect, one.chosen) for one in list_choosables(item, answer, "en")]


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
    found = list_choosables(item, Answer(value=item.rungs[1].id), "en")
    assert [one.fields["value"] for one in found] == [rung.id for rung in item.rungs]
    assert [one.chosen for one in found][:2] == [False, True]


def test_kinds_with_an_input_have_one_choice() -> None:
    """`1` opens the input of numbers, ratios, dates, texts and tables."""
    for item in (ratio(), number(), date_item(), text_item(), table()):
        assert keys(item) == [("1", "input", False)]


def test_options_past_nine_have_no_digit() -> None:
    """The tenth option is reached through the list only."""
    base = choice()
    many = tuple(Option(id=f"o{index}", text="x") for index in range(11))
    item = type(base)(id="X-1", title="t", requirement="r", options=many, other=None)
    assert [one.key for one in list_choosables(item, Answer(), "en")][8:] == ["9", "", ""]


def own(*ids: str) -> Choices:
    """Return a `choices` item; `none` is exclusive."""
    options = tuple(Option(id=one, text=one, exclusive=one == "none") for one in ids)
    return Choices(id="X-1", title="t", requirement="r", options=options)


def test_ticks_toggle_in_item_order() -> None:
    """A tick goes on and off; the order is the item's."""
    item = own("a", "b", "none")
    assert toggle_option(item, (), "b") == ("b",)
    assert toggle_option(item, ("b",), "a") == ("a", "b")
    assert toggle_option(item, ("a", "b"), "a") == ("b",)


def test_an_exclusive_tick_goes_alone() -> None:
    """It drives out the rest, and any other drives it out."""
    item = own("a", "b", "none")
    assert toggle_option(item, ("a", "b"), "none") == ("none",)
    assert toggle_option(item, ("none",), "a") == ("a",)


def test_own_words() -> None:
    """Own words stand last, replace earlier ones, drive out an exclusive tick, go when emptied."""
    item = own("a", "b", "none")
    assert set_other_words(item, ("a", {"other": "x"}), "y") == ("a", {"other": "y"})
    assert set_other_words(item, ("none",), "y") == ({"other": "y"},)
    assert set_other_words(item, ("a", {"other": "x"}), "") == ("a",)
    assert other_words(("a", {"other": "x"})) == "x"
    assert other_words(("a",)) == ""
    assert sort_ticks(item, ({"other": "x"}, "b", "a")) == ("a", "b", {"other": "x"})


def test_own_ticks_of_any_value() -> None:
    """One tick, many, none."""
    assert answer_ticks(Answer(value="a")) == ("a",)
    assert answer_ticks(Answer(value=["a", "b"])) == ("a", "b")
    assert answer_ticks(Answer()) == ()
    assert keys(choices(), Answer())[0][1] == "tick"
