"""docs/writing-checklists.md shows an example of each kind, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from page_blocks import read_blocks

from assess.model.item import Kind
from pages.example_kinds import Tree, complete_checklist

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("writing-checklists.md", "writing-checklists.en.md")


def list_examples(page: str) -> list[Tree]:
    """Return the examples of a page as parts of a checklist, checks between fields apart."""
    blocks = read_blocks((DOCS / page).read_text("utf-8"), page)
    texts = [block.text for block in blocks if "\nchecks:" not in block.text]
    return [complete_checklist(text) for text in texts]


def list_kinds(example: Tree) -> set[str]:
    """Return the kinds of items that an example shows."""
    return {item["kind"] for shown in example["sections"] for item in shown["items"] or ()}


@pytest.mark.parametrize("page", PAGES)
def test_each_kind_has_an_example(page: str) -> None:
    """A reader who needs a kind sees one."""
    assert set().union(*map(list_kinds, list_examples(page))) == set(get_args(Kind))


def test_both_languages_show_the_same_kinds_and_scoring() -> None:
    """The two pages differ in words only; lists of one language are written in its own."""
    shown = [
        [(list_kinds(example), example.get("scoring")) for example in list_examples(page)]
        for page in PAGES
    ]
    assert shown[0] == shown[1]
