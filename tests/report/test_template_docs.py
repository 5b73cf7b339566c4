"""docs/templates.md tells of every field of the view and of every template."""

from __future__ import annotations

import re

import msgspec
import pytest

from assess.report.content.view import model as view
from assess.template_folders import list_template_names
from report import factory

DOCS = factory.ROOT / "docs"
PAGES = ["templates.md", "templates.en.md"]
LIBRARY = str(factory.ROOT / "templates")


@pytest.mark.parametrize("name", PAGES)
def test_every_field_is_told_of(name: str) -> None:
    """Fields are what a template rests on: a new one is documented."""
    told = set(re.findall(r"`([a-z_]+)`", (DOCS / name).read_text("utf-8")))
    kinds = [one for one in vars(view).values() if isinstance(one, type)]
    fields = {
        field.name
        for kind in kinds
        if issubclass(kind, msgspec.Struct)
        and kind.__module__.startswith("assess.report.content.view.model")
        for field in msgspec.structs.fields(kind)
    }
    assert fields
    assert fields - told == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_template_is_told_of(name: str) -> None:
    """What comes with the program stands in the table."""
    text = (DOCS / name).read_text("utf-8")
    assert all(f"| `{one}` |" in text for one in list_template_names([LIBRARY]))


@pytest.mark.parametrize("name", PAGES)
def test_the_classes_that_are_taken_are_told_of(name: str) -> None:
    """An author who calls an element as shared/ does gets its styles.

    `document.css` is for documents of an office, which no template of a workspace takes.
    """
    taken = set()
    styles = set((factory.ROOT / "templates" / "shared").glob("*.css"))
    office = {path for path in styles if path.name == "document.css"}
    assert office
    for path in styles - office:
        text = re.sub(
            r"/\*.*?\*/|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL
        )
        for selectors in re.findall(r"([^{};]+)\{", text):
            taken |= set(re.findall(r"\.([a-z][a-z-]*)", selectors))
    (line,) = re.findall(
        r"^(?:类名：|Classes: ).*$", (DOCS / name).read_text("utf-8"), re.MULTILINE
    )
    assert set(re.findall(r"`([a-z-]+)`", line)) == taken
