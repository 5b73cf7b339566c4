"""What docs/writing-checklists.md shows can be copied: every example passes `checklist lint`.

The example of `checks` needs items of its own: tests/engine/lint/test_field_checks.py.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from assess.model.item import Kind
from assess.problem import select_errors
from assess.workspace.checklists.content_check import lint_checklists

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("writing-checklists.md", "writing-checklists.en.md")

Tree = dict[str, Any]


def list_examples(page: str) -> list[Tree]:
    """Return the examples of a page, each as part of a checklist.

    Items alone stand in a section; below a line `# …` stand items of one, too. A bare
    `applies_when` stands at an item.
    """
    text = (DOCS / page).read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    parts = [yaml.safe_load(textwrap.dedent(block.rpartition("# …\n")[2])) for block in blocks]
    return [complete_example(part) for part in parts if "checks" not in part]


def complete_example(part: Any) -> Tree:
    """Return a part of a checklist that has an item."""
    if isinstance(part, list):
        return {"sections": [section(*part)]}
    if "applies_when" in part:
        facts = set(re.findall(r"'fact': '(\w+)'", str(part)))
        profile = {name: {"type": "boolean", "question": "是否？"} for name in facts}
        return {"profile": profile, "sections": [section(ITEM | part)]}
    if any(shown["items"] for shown in part.get("sections", ())):
        return dict(part)
    return {**part, "sections": [section(ITEM)]}


ITEM: Tree = {"id": "EX-01", "kind": "conformity", "requirement": "做到。"}


def section(*items: Tree) -> Tree:
    """Return a section with items."""
    return {"id": "example", "title": "示例", "items": list(items)}


def list_kinds(example: Tree) -> set[str]:
    """Return the kinds of items that an example shows."""
    return {item["kind"] for shown in example["sections"] for item in shown["items"]}


@pytest.mark.parametrize("page", PAGES)
def test_every_example_lints(page: str, tmp_path: Path) -> None:
    """Put into a checklist that has what it cites, an example has no error."""
    examples = list_examples(page)
    cited = {"sp": {"title": "目录"}}
    for example in examples:
        cited |= example.get("basis", {})
    file = tmp_path / "our-form.yaml"
    errors = []
    for example in examples:
        head = {"version": "1", "title": "表", "scope": "organization", "basis": cited}
        scoring = {"scoring": {"method": "percent"}}
        fields = {**head, **scoring, **example, "id": "our-form", "format": "assess/checklist/3"}
        file.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), "utf-8")
        errors += [str(problem) for problem in select_errors(lint_checklists([file], "en"))]
    assert errors == []


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
