"""What git says while it talks to another repository is shown, and is no part of its refusal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.store.git.run import time_limits
from assess.store.git.run.plumbing import GitError
from assess.store.git.run.transport import (
    _ProgressLines,
    remove_progress_lines,
    run_git_with_progress,
)

SAID = (
    b"remote: Counting objects:  50% (1/2)        \r"
    b"remote: Counting objects: 100% (2/2), done.        \n"
    b"remote: Total 2 (delta 0), reused 0 (delta 0), pack-reused 0        \n"
    b"Enumerating objects: 3, done.\n"
    b"Writing objects: 100% (3/3), 210 bytes | 210.00 KiB/s, done.\n"
    b"remote: the round is closed        \n"
    b"To /media/stick\n"
    b" ! [remote rejected] HEAD -> main (pre-receive hook declined)\n"
)


def test_progress_is_taken_out_of_what_is_told() -> None:
    """Only what somebody said stays: the hook there, and git's own reason."""
    lines = remove_progress_lines(SAID).decode().split("\n")
    assert [line.split(" ")[0] for line in lines] == ["remote:", "To", ""]
    assert lines[0].rstrip() == "remote: the round is closed"


def test_lines_are_shown_as_they_end() -> None:
    """Parts end anywhere; a line is shown when it has come to its end, once."""
    shown: list[str] = []
    lines = _ProgressLines(shown.append)
    for at in range(0, len(SAID), 7):
        lines.show_complete_progress_lines(SAID[at : at + 7])
    assert shown == [
        "remote: Counting objects:  50% (1/2)",
        "remote: Counting objects: 100% (2/2), done.",
        "remote: Total 2 (delta 0), reused 0 (delta 0), pack-reused 0",
        "Enumerating objects: 3, done.",
        "Writing objects: 100% (3/3), 210 bytes | 210.00 KiB/s, done.",
    ]


def test_a_fetch_shows_its_progress(tmp_path: Path) -> None:
    """Git's own lines arrive while it fetches; a refusal holds none of them."""
    there, root = tmp_path / "there", tmp_path / "here"
    environ = {"GIT_ALLOW_PROTOCOL": "file"}
    for folder in (there, root):
        subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    words = ["git", *who, "commit", "-q", "--allow-empty", "-m", "x"]
    subprocess.run(words, cwd=there, check=True)
    shown: list[str] = []
    fetch = ["fetch", "-q", "--progress", str(there), "main"]
    assert (
        run_git_with_progress(root, fetch, options=(), environ=environ, show_line=shown.append)
        == b""
    )
    assert any("objects" in line for line in shown)
    with pytest.raises(GitError, match="couldn't find remote ref"):
        run_git_with_progress(root, [*fetch[:-1], "gone"], options=(), environ=environ)


def test_a_silent_side_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever says nothing for a minute is given up; git and what it started are ended."""
    monkeypatch.setattr(time_limits, "SILENCE", 0.1)
    monkeypatch.setattr(time_limits, "_STALLED", {})
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    words = ["ls-remote", "--upload-pack=sleep 600 #", str(tmp_path)]
    with pytest.raises(GitError, match="made no progress"):
        run_git_with_progress(tmp_path, words, options=(), environ={"GIT_ALLOW_PROTOCOL": "file"})
