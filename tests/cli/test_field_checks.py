"""Field checks on the command line: `answer`, `answer --from` and `status` tell what is broken."""

from __future__ import annotations

import json
from pathlib import Path

from assess.workspace import Workspace
from cli.conftest import Assess, EnterCopy
from tui.walk.test_field_checks import workspace_with_checks

WARNING = (
    "warning: answers do not fit together: "
    "3 + 5 = 8, must equal KND-03 Inner units in all (9): both make the whole\n"
)
CHECK = {
    "items": ["KND-03", "KND-04"],
    "text": "both make the whole",
    "numbers": "3 + 5 = 8, must equal KND-03 Inner units in all (9)",
}


def sample(root: Path) -> Workspace:
    """Make a workspace with a check."""
    return workspace_with_checks(root, "en")


def test_answers_that_do_not_fit_are_told(enter_copy: EnterCopy, assess: Assess) -> None:
    """Each answer tells its own checks; status counts, and its JSON lists them."""
    enter_copy(sample)
    assert assess("answer", "KND-03", "3/9", "--note", "x").err == ""
    assert assess("answer", "KND-04", "5").err == WARNING
    assert assess("answer", "KND-02", "quarterly").err == ""
    assert json.loads(assess("answer", "KND-04", "5", "--json").out)["field_checks"] == [CHECK]
    status = assess("status")
    assert "answers that do not fit together: 1" in status.out
    sheets = json.loads(assess("status", "--json").out)["sheets"]
    assert [row["field_checks"] for row in sheets] == [[CHECK], []]
    assert "field-check: warning: answers do not fit together" in assess("lint").out
    assert assess("answer", "KND-04", "6").err == ""
    assert "fit together" not in assess("status").out


def test_a_file_of_answers_tells_the_checks_of_its_items(
    enter_copy: EnterCopy, assess: Assess
) -> None:
    """As the sheet will be, also in a dry run."""
    root = enter_copy(sample)
    (root / "x.csv").write_text("item,answer,note\nKND-03,3/9,x\nKND-04,5,\n")
    assert assess("answer", "--from", "x.csv", "--dry-run").err == WARNING
    done = assess("answer", "--from", "x.csv", "--json")
    assert json.loads(done.out)["field_checks"] == [CHECK]
    (root / "x.csv").write_text("item,answer\nKND-02,quarterly\n")
    assert assess("answer", "--from", "x.csv").err == ""
