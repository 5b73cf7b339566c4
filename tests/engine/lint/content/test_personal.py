"""Items and columns that ask for data of persons and have no mark."""

from __future__ import annotations

import pytest

from assess.model.item import Item
from assess.model.item_parts import Column
from engine.content.sample import found
from factories import conformity, table, text, text_item

PERSON = text("联系人姓名", "Name of the contact")
SYSTEM = text("系统名称", "Name of the system")


def _people(item: Item) -> list[str]:
    return [line for line in found(item) if line.startswith("personal-unmarked")]


@pytest.mark.parametrize(
    ("item", "count"),
    [
        (text_item(title=PERSON), 1),
        (text_item(title=SYSTEM), 0),
        (text_item(title=PERSON, personal=False), 0),
        (conformity(title=PERSON), 0),
        (table(columns=(Column(id="who", title=PERSON, type="text"),)), 1),
        (table(columns=(Column(id="who", title=PERSON, type="text", personal=True),)), 0),
        (table(columns=(Column(id="what", title=SYSTEM, type="text"),)), 0),
    ],
)
def test_what_asks_for_persons_has_a_mark(item: Item, count: int) -> None:
    """Words about persons in the title of a text or a column; a mark, even `false`, answers it."""
    assert len(_people(item)) == count
