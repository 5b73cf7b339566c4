"""Conflicts that stand in a workspace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assess.workspace import Workspace


def test_conflicts_are_found_in_all_four_files(tmp_path: Path) -> None:
    """With the file they stand in; a workspace without any has none, the word alone is none."""
    root = tmp_path / "w"
    made = Workspace.make(root, organization="甲", language="zh", today=date(2026, 5, 1), lang="en")
    assert made.conflicts() == []
    assert made.git_setup().complete
    assert made.set_up_git() == []
    row = "conflict:\n  - {field: x, theirs: 1}\n"
    for path in ("assess.yaml", "checklists/egov-network.yaml"):
        text = (root / path).read_text("utf-8")
        (root / path).write_text(text + row, "utf-8")
    (root / "evidence/register.yaml").write_text(
        "format: assess/evidence/1\nevidence:\n  ev-1:\n    title: conflict\n    paper: x\n",
        "utf-8",
    )
    sheet = root / "answers/2026/egov-network.yaml"
    sheet.parent.mkdir(parents=True)
    sheet.write_text(
        "format: assess/answers/1\nchecklist: {id: egov-network, version: '1'}\n"
        "scope: {organization: w}\nround: '2026'\nanswers:\n  A:\n    note: n\n"
        "    conflict:\n      - {field: note, theirs: m}\n      - {field: recheck}\n",
        "utf-8",
    )

    found = [(file, *one.path, one.row.field) for file, one in made.conflicts()]

    assert found == [
        ("assess.yaml", "x"),
        ("checklists/egov-network.yaml", "x"),
        ("answers/2026/egov-network.yaml", "answers", "A", "note"),
        ("answers/2026/egov-network.yaml", "answers", "A", "recheck"),
    ]
