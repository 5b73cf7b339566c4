from __future__ import annotations

from assess.display.walk.choices import list_offered_choices
from assess.display.walk.kinds.options import answer_ticks, other_option_text
from assess.model.answer import Answer
from factories import choices


def test_other_words_among_ticks() -> None:
    """The words beside the options are found; without any they are empty."""
    assert other_option_text(("a", {"other": "x"})) == "x"
    assert other_option_text(("a",)) == ""


def test_own_ticks_of_any_value() -> None:
    """One tick, many, none."""
    assert answer_ticks(Answer(value="a")) == ("a",)
    assert answer_ticks(Answer(value=["a", "b"])) == ("a", "b")
    assert answer_ticks(Answer()) == ()
    assert list_offered_choices(choices(), Answer(), "en")[0].effect == "tick"
