"""A newest commit that a power cut left empty: every command says so, and the way out works."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from cli.conftest import Assess
from examples import some_always

COMMANDS = (
    "log",
    "diff",
    "commit",
    "sync",
    "report --format json",
    "round close 2026 --yes",
    f"verify {'0' * 64}",
)


def git(folder: Path, *words: str) -> str:
    """Run plain git and return what it prints; it must not fail."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def empty_object(root: Path, name: str) -> None:
    """Leave the file of an object empty."""
    oid = git(root, "rev-parse", name)
    path = root / ".git" / "objects" / oid[:2] / oid[2:]
    path.chmod(0o600)
    os.truncate(path, 0)


def damage(root: Path, kind: str) -> None:
    """Empty what a power cut may leave empty."""
    if kind == "branch":
        os.truncate(root / ".git" / "refs" / "heads" / "main", 0)
    elif kind == "folder":
        empty_object(root, "HEAD:answers")
    else:
        empty_object(root, "HEAD" if kind == "commit" else "HEAD^{tree}")


@pytest.mark.parametrize(
    "kind",
    some_always((("commit",), ("tree",), ("folder",), ("branch",)), ("commit",), ("branch",)),
)
def test_a_newest_commit_that_is_empty(here: Path, assess: Assess, kind: str) -> None:
    """No command calls it a repository without a commit; what is named to be typed mends it."""
    assert assess("answer", "EGN-ACC-01", "met").code == 0
    assert assess("commit").code == 0
    whole = git(here, "rev-parse", "HEAD~1" if kind != "branch" else "HEAD")
    damage(here, kind)

    for command in COMMANDS:
        ran = assess(*command.split())
        assert ran.code in (2, 4), (command, ran)
        assert "no commit yet" not in ran.err
        assert "the newest commit can't be read" in ran.err, command
    status = json.loads(assess("status", "--json").out)
    assert status["git_refusal_code"] == "head-broken"
    assert whole[:10] in status["git_refusal"]
    assert "can't be read" in assess("status").out

    way_out = status["git_refusal"].split(" (")[-1].removesuffix("; assess commit)")
    subprocess.run(["sh", "-c", way_out], cwd=here, check=True)
    assert assess("commit").code == 0
    git(here, "rev-list", "--objects", "HEAD")
    assert "EGN-ACC-01" in assess("log").out
    assert json.loads(assess("status", "--json").out)["git_refusal"] is None


def test_without_a_log_of_the_branch(here: Path, assess: Assess) -> None:
    """Where git keeps no log of the branch, a clone is the way out."""
    (here / ".git" / "logs" / "HEAD").unlink()
    damage(here, "commit")
    assert "git fsck; else clone anew" in assess("log").err
