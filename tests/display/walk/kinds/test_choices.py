from __future__ import annotations

from assess.display.walk.kinds.choices import set_other_option_text, sort_ticks, toggle_option
from assess.model.item import Choices
from assess.model.item_parts import Option


def own(*ids: str) -> Choices:
    """Return a `choices` item; `none` is exclusive."""
    options = tuple(
        Option(id=option_id, text=option_id, exclusive=option_id == "none") for option_id in ids
    )
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
    assert set_other_option_text(item, ("a", {"other": "x"}), "y") == ("a", {"other": "y"})
    assert set_other_option_text(item, ("none",), "y") == ({"other": "y"},)
    assert set_other_option_text(item, ("a", {"other": "x"}), "") == ("a",)
    assert sort_ticks(item, ({"other": "x"}, "b", "a")) == ("a", "b", {"other": "x"})
