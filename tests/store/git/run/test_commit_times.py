"""Times of commits that ordinary git never makes."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assess.store.git.history.checked_history import read_checked_commit
from assess.store.git.run.commit_times import EPOCH, parse_seconds_or_zero, parse_time_or_epoch
from assess.store.git.run.commits import (
    list_times_of_last_commit_and_parents,
    walk_commits_changing_paths,
)
from assess.store.git.run.plumbing import Repository

STRANGE = (
    "A\x02B <a@b> 1796000000 +0000",
    "A <a@b> 99999999999999999 +0000",
    "A <a@b> 1796000000 +9999",
    "A <a@b> -5 +0000",
    "A <a@b>",
    "A",
    "A <a@b> 253402300800 +0000",
    "A <a@b> 253402300799 -1200",
    "A <a@b> 1796000000 +0000\nencoding UTF-16",
)
"""What stands in a commit in the place of a name, an address and a time."""


def sh(folder: Path, *words: str, data: str = "") -> str:
    """Run plain git, as a person would."""
    done = subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, input=data.encode()
    )
    return done.stdout.decode().strip()


@pytest.mark.parametrize("who", STRANGE)
def test_each_commit_can_be_read(tmp_path: Path, who: str) -> None:
    """The history, the marks and the times are read, whatever a commit says of itself."""
    sh(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "assess.yaml").write_text("a: 1\n", "utf-8")
    sh(tmp_path, "add", "-A")
    tree = sh(tmp_path, "write-tree")
    person, _newline, encoding = who.partition("\n")
    lines = [f"tree {tree}", f"author {person}", f"committer {person}", encoding]
    raw = "\n".join((*filter(None, lines), "", "x\x01y\x02z\n\nmark: 1\n"))
    commit = sh(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=raw)
    sh(tmp_path, "update-ref", "refs/heads/main", commit)
    repository = Repository.find_repository(tmp_path)
    assert repository is not None

    (told,) = walk_commits_changing_paths(repository, commit)
    assert told.oid == commit
    assert told.authored_at.astimezone() == told.authored_at
    read = read_checked_commit(repository, commit)
    assert read.authored_at == told.authored_at
    assert read.message_line_value("mark") == "1"
    seconds = read.committed
    assert seconds is not None
    assert [one.timestamp() for one in list_times_of_last_commit_and_parents(tmp_path)] == [seconds]
    assert datetime.fromtimestamp(seconds, UTC).year in (EPOCH.year, 2026)


def test_times_that_no_calendar_has() -> None:
    """They count as the epoch; others are what they say."""
    assert [parse_seconds_or_zero(text) for text in (b"5", b"-5", b"", b"9" * 5000)] == [5, 0, 0, 0]
    assert parse_seconds_or_zero(b"253370764799") == 253370764799
    assert parse_seconds_or_zero(b"253370764800") == 0
    assert (
        parse_time_or_epoch("2026-11-30T00:53:20+08:00").isoformat() == "2026-11-30T00:53:20+08:00"
    )
    assert parse_time_or_epoch("%aI") == parse_time_or_epoch("9999-12-31T11:59:59-12:00") == EPOCH
    assert parse_time_or_epoch("1900-01-01T00:00:00Z") == EPOCH
