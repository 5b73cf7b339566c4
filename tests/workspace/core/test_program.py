"""The program that makes a report: what its provenance says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.workspace.core import program
from store.git.run.test_commits import save, sh


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program is in a checkout with one commit, whose folder has a blank."""
    root = tmp_path / "my programs"
    root.mkdir()
    sh(root, "init", "-q", "-b", "main")
    save(root, "src/assess/a.py", "a = 1\n", "first")
    monkeypatch.setattr(program, "PACKAGE", root / "src" / "assess")
    return root


def test_a_checkout_of_another_user(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root installed the program for everybody: its commit is named all the same."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    named = program.describe_running_program.__wrapped__()

    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    assert named.commit == sh(checkout, "rev-parse", "HEAD")


def test_a_checkout_that_git_can_not_read(checkout: Path) -> None:
    """The report is made: the digest of the files says which program it was."""
    (checkout / ".git" / "HEAD").write_text("nothing\n", "utf-8")

    named = program.describe_running_program.__wrapped__()

    assert (named.commit, len(named.files)) == (None, 64)
