"""Examples that are a part of a file: each is completed to a whole file and linted."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import yaml

from assess.model.formats import newest_format_number
from assess.problem import select_errors
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace.checklists.content_check import lint_checklists

Tree = dict[str, Any]

ITEM: Tree = {"id": "EX-01", "kind": "conformity", "requirement": "做到。"}


def section(*items: Tree) -> Tree:
    """Return a section with items."""
    return {"id": "example", "title": "示例", "items": list(items)}


def complete_checklist(text: str) -> Tree:
    """Return a part of a checklist with what else a checklist needs.

    Items alone stand in a section; below a line `# …` stand items of one, too. Fields of an item,
    as `applies_when`, stand at one.
    """
    part = yaml.safe_load(textwrap.dedent(text.rpartition("# …\n")[2]))
    if isinstance(part, list):
        return {"sections": [section(*part)]}
    if "applies_when" in part:
        facts = set(_list_facts(part["applies_when"]))
        profile = {name: {"type": "boolean", "question": "是否？"} for name in facts}
        return {"profile": profile, "sections": [section(ITEM | part)]}
    if any(shown["items"] for shown in part.get("sections", ())):
        return dict(part)
    return {**part, "sections": [section(ITEM)]}


def _list_facts(condition: Any) -> list[str]:
    """Return the facts that a condition reads."""
    if isinstance(condition, list):
        return [fact for part in condition for fact in _list_facts(part)]
    if not isinstance(condition, dict):
        return []
    own = [condition["fact"]] if "fact" in condition else []
    return own + [fact for part in condition.values() for fact in _list_facts(part)]


def find_checklist_errors(text: str, folder: Path) -> list[str]:
    """Return the errors of the checklist that a part is completed to."""
    example = complete_checklist(text)
    cited = {
        reference["basis"]: {"title": "目录"}
        for shown in example["sections"]
        for item in shown["items"]
        for reference in item.get("refs", ())
    }
    head = {"version": "1", "title": "表", "scope": "organization", "basis": cited}
    scoring = {"scoring": {"method": "percent"}}
    form = {"id": "our-form", "format": f"assess/checklist/{newest_format_number('checklist')}"}
    file = folder / "our-form.yaml"
    fields = {**head, **scoring, **example, **form}
    file.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), "utf-8")
    return [str(problem) for problem in select_errors(lint_checklists([file], "en"))]


def find_config_errors(text: str, folder: Path) -> list[str]:
    """Return the errors of the `assess.yaml` that a part is completed to."""
    head = f"format: assess/config/{newest_format_number('config')}\nlanguage: zh\n"
    whole = f"{head}organization: {{id: a, name: 甲}}\n{text}"
    return [str(problem) for problem in decode_yaml(whole, "config", "assess.yaml", "en").problems]


FIND_ERRORS = {"checklist": find_checklist_errors, "assess.yaml": find_config_errors}
"""By what a block says that it is a part of."""
