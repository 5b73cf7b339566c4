"""The list of items beside the question: what is asked, and what waits for an answer."""

from __future__ import annotations

from assess.display.text.condition_words import ConditionWords
from assess.display.walk.outline import outline_lines
from assess.model.answer import Answer
from assess.model.item import Item
from assess.model.results import ItemState
from factories import answer_is, assessed, checklist, choice, conformity, fact_is, met


def listed(items: tuple[Item, ...], answer: str | None, width: int = 40) -> list[tuple[str, str]]:
    """Return text and first style of each line below the head of the section."""
    whole = checklist(*items)
    seen = assessed(whole, {} if answer is None else {"P": Answer(value=answer)})
    words = ConditionWords(whole, "en")

    def mark_of(_state: ItemState) -> str:
        return "."

    drawn = outline_lines(
        seen.sections,
        "P",
        seen.sections[0].section.id,
        mark_of,
        "en",
        width,
        None,
        words.format_opening_condition,
    )
    return [
        ("".join(part.text for part in line).rstrip(), line[0].style) for line in drawn.lines[1:]
    ]


ITEMS = (
    choice("P"),
    conformity("A", applies_when=answer_is("P", "a")),
    conformity("B", applies_when=answer_is("P", "a")),
    conformity("C", applies_when=answer_is("P", "b")),
)


def test_closed_ones_stand_dim_below_the_words_that_open_them() -> None:
    """Neighbours with the same condition share the line with its words."""
    lines = listed(ITEMS, None)
    assert lines[1:] == [
        ("  if P is “Option a”:", "dim"),
        ("    Title", "dim"),
        ("    Title", "dim"),
        ("  if P is “Option b”:", "dim"),
        ("    Title", "dim"),
    ]


def test_open_ones_are_items_like_others() -> None:
    """What the answer opens has its mark; what it does not open stays dim."""
    texts = [text for text, _style in listed(ITEMS, "a")]
    assert "if P is “Option a”" not in " ".join(texts)
    assert texts[-2:] == ["  if P is “Option b”:", "    Title"]


def test_long_words_take_several_lines() -> None:
    """Nothing of a condition is cut off, in the narrowest list either."""
    both = conformity("A", applies_when=answer_is("P", "a"))
    lines = listed((choice("P"), both), None, 16)
    assert [text for text, _style in lines[1:]] == ["  if P is", "  “Option a”:", "    Title"]


def test_what_facts_leave_out_is_not_there() -> None:
    """Only what an answer can open is shown."""
    gone = conformity("A", applies_when=fact_is("egov", True))
    whole = checklist(choice("P"), gone)
    seen = assessed(whole, {"A": met()}, profile={"egov": False})
    drawn = outline_lines(
        seen.sections, "P", seen.sections[0].section.id, lambda _state: ".", "en", 40
    )
    assert len(drawn.lines) == 2
