"""Conflicts that stand in a workspace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.problem import Problem
from assess.store.yaml.reading.positions import locate_problems
from assess.workspace import Workspace
from assess.workspace.core import conflicts
from assess.workspace.core.conflicts import settle_conflict_with_side
from assess.workspace.setup.make_workspace import make_and_commit_workspace

SHEET = "answers/2026/egov-network.yaml"
HEAD = """\
format: assess/answers/1
checklist: {id: egov-network, version: '1'}
scope: {organization: w}
round: '2026'
"""


CONFLICT = "    status: met\n    conflict: [{field: status, theirs: unmet}]\n"


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """A workspace of `init`."""
    day = date(2026, 5, 1)
    return make_and_commit_workspace(
        tmp_path / "w", organization="甲", language="zh", today=day, lang="en"
    )


def put(made: Workspace, rows: str) -> Path:
    """Write the sheet and return its path."""
    path = made.root / SHEET
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + rows, "utf-8")
    return path


def test_settling_rewrites_only_the_answer(made: Workspace) -> None:
    """Theirs for the status, ours for the note: then nothing stands; comments stay."""
    path = put(
        made,
        "answers:\n  # one\n  A:\n    status: met  # beside\n    note: n\n    conflict:\n"
        "      - {field: status, theirs: unmet, by: li}\n      - {field: note, theirs: m}\n"
        "    by: wang\n# end\n",
    )

    settle_conflict_with_side(made.root, made.list_conflicts()[0], "en", theirs=True)
    (note,) = made.list_conflicts()
    settle_conflict_with_side(made.root, note, "en", theirs=False)

    assert made.list_conflicts() == []
    assert path.read_text("utf-8") == HEAD + (
        "answers:\n  # one\n  A:\n    status: unmet  # beside\n    note: n\n    by: li\n# end\n"
    )
    with pytest.raises(UsageError, match="already"):
        settle_conflict_with_side(made.root, note, "en", theirs=False)


def test_positions_of_all_conflicts_are_looked_up_at_once(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync with a hundred conflicts in a checklist reads it once for their lines."""
    put(made, "answers:\n" + "".join(f"  A{row}:\n{CONFLICT}" for row in range(3)))
    looked_up = []

    def note(text: str, problems: Iterable[Problem]) -> list[Problem]:
        looked_up.append(text)
        return locate_problems(text, problems)

    monkeypatch.setattr(conflicts, "locate_problems", note)
    problems = conflicts.list_conflict_problems(made.root, "en")
    assert [problem.line for problem in problems] == [8, 11, 14]
    assert len(looked_up) == 1


def test_settling_an_answer_that_one_side_removed(made: Workspace) -> None:
    """Theirs brings it back whole, or takes it away."""
    path = put(
        made,
        "answers:\n  A: {status: met}\n  conflict:\n    - {field: A}\n"
        "    - {field: B, theirs: {status: unmet}}\n",
    )

    settle_conflict_with_side(made.root, made.list_conflicts()[1], "en", theirs=True)
    settle_conflict_with_side(made.root, made.list_conflicts()[0], "en", theirs=True)

    assert path.read_text("utf-8") == HEAD + "answers:\n  B:\n    status: unmet\n"


def test_what_a_key_press_cannot_settle(made: Workspace) -> None:
    """Rows about lists, and rows inside lists of a checklist."""
    path = made.root / "checklists/egov-network.yaml"
    text = path.read_text("utf-8")
    path.write_text(text + "conflict: [{field: 'sections[]'}]\n", "utf-8")

    with pytest.raises(UsageError, match="editor"):
        settle_conflict_with_side(made.root, made.list_conflicts()[0], "en", theirs=True)


def test_conflicts_are_found_in_all_four_files(tmp_path: Path) -> None:
    """With the file they stand in; a workspace without any has none, the word alone is none."""
    root = tmp_path / "w"
    made = make_and_commit_workspace(
        root, organization="甲", language="zh", today=date(2026, 5, 1), lang="en"
    )
    assert made.list_conflicts() == []
    assert made.git.read_merge_setup().is_complete_or_not_needed
    assert made.git.set_up_merges() == []
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

    found = [(file, *one.path, one.row.field) for file, _kind, one in made.list_conflicts()]

    assert found == [
        ("assess.yaml", "x"),
        ("checklists/egov-network.yaml", "x"),
        ("answers/2026/egov-network.yaml", "answers", "A", "note"),
        ("answers/2026/egov-network.yaml", "answers", "A", "recheck"),
    ]
