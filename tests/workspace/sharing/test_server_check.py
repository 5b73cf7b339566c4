"""What a server checks of a push: each commit once, and no more than so many."""

from __future__ import annotations

from typing import Any

import pytest

from assess.errors import UsageError
from assess.workspace import Workspace
from assess.workspace.sharing import server_check
from assess.workspace.sharing.server_check import lint_pushed_branches
from workspace.history.test_changes import TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name


def test_a_commit_of_several_branches_is_checked_once(
    here: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each branch has its problems; of more commits than are checked the push is refused."""
    checked: list[str] = []
    lint = server_check._lint_commit

    def count(server: Any, commit: str, *words: Any) -> Any:
        checked.append(commit)
        return lint(server, commit, *words)

    monkeypatch.setattr(server_check, "_lint_commit", count)
    commit, zeros = sh(here.root, "rev-parse", "HEAD"), "0" * 40
    lines = [f"{zeros} {commit} refs/heads/{name}" for name in ("a", "b")]
    branches = lint_pushed_branches(here.root, lines, {}, today=TODAY, lang="en")
    assert [(branch.ref, branch.commit) for branch in branches] == [
        ("refs/heads/a", commit),
        ("refs/heads/b", commit),
    ]
    assert checked == [commit]
    lines = [f"{zeros} {number:040x} refs/heads/{number}" for number in range(1, 22)]
    with pytest.raises(UsageError, match="more than 20 commits"):
        lint_pushed_branches(here.root, lines, {}, today=TODAY, lang="en")
    assert checked == [commit]
