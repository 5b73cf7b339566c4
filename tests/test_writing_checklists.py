"""The pages for authors show an example of each kind, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml
from page_blocks import read_blocks

from assess.model.item import Kind
from assess.workspace.checklists.content_check import lint_checklists
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


GUIDES = ("author.md", "author.en.md")


def read_guide_checklist(page: str) -> str:
    """Return the checklist that the author's guide shows whole."""
    blocks = read_blocks((DOCS / page).read_text("utf-8"), page)
    (text,) = (block.text for block in blocks if block.language == "yaml")
    return text


@pytest.mark.parametrize("page", GUIDES)
def test_the_checklist_of_the_guide_has_all_and_no_warning(page: str, tmp_path: Path) -> None:
    """Every kind, a sub-question, a check between fields, a demanded proof; lint finds nothing."""
    text = read_guide_checklist(page)
    tree = yaml.safe_load(text)
    items = [item for section in tree["sections"] for item in section["items"]]
    assert {item["kind"] for item in items} == set(get_args(Kind))
    assert any("item" in item.get("applies_when", {}) for item in items)
    assert any("demand" in proof for item in items for proof in item.get("evidence", ()))
    assert tree["checks"]
    assert tree["scoring"]["bands"]
    file = tmp_path / f"{tree['id']}.yaml"
    file.write_text(text, "utf-8")
    assert [str(problem) for problem in lint_checklists([file], "en")] == []


@pytest.mark.parametrize("page", GUIDES)
def test_the_guide_explains_every_field_of_the_head(page: str) -> None:
    """The table below the checklist has a row for each field that its head has."""
    head = yaml.safe_load(read_guide_checklist(page)).keys()
    rows = [line for line in (DOCS / page).read_text("utf-8").splitlines() if line.startswith("|")]
    assert [name for name in head if not any(f"`{name}`" in row for row in rows)] == []
