"""Commits are parsed from their bytes as git parses them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.store.git.run.commit_objects import parse_commit
from assess.store.git.run.plumbing import AmbiguousCommitError, UnreadableObjectError
from store.git.run.test_commits import sh

TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
OTHER = "1" * 40


def write_commit(root: Path, data: bytes) -> str:
    """Write a commit as it is, and return its id."""
    words = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    done = subprocess.run(words, cwd=root, check=True, capture_output=True, input=data)
    return done.stdout.decode().strip()


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("", "utf-8"),
        ("GB18030", "gb18030"),
        ("gbk", "gbk"),
        ("ISO-8859-1", "iso-8859-1"),
        ("Big5", "big5"),
        ("Shift_JIS", "shift_jis"),
        ("no-such-thing", "utf-8"),
        ("ISO-8859-99", "utf-8"),
    ],
)
def test_texts_in_other_character_sets(tmp_path: Path, encoding: str, codec: str) -> None:
    """Author and message are what git prints in UTF-8."""
    sh(tmp_path, "init", "-q")
    name, text = ("Wéi", "Où") if codec.startswith("iso") else ("王", "一")
    rows = [f"tree {TREE}", f"author {name} <w@x> 5 +0800", "committer W <w@x> 6 +0000"]
    rows += [f"encoding {encoding}"] if encoding else []
    data = "\n".join([*rows, "", f"{text}\n\nMark: {text}\n"]).encode(codec)
    commit = parse_commit(write_commit(tmp_path, data), data)
    printed = sh(tmp_path, "log", "-1", "--format=%an%n%aI%n%ct%n%B", commit.oid).split("\n")
    told = [commit.author, commit.authored_at.isoformat(), str(commit.committed)]
    assert told == printed[:3]
    assert commit.message.rstrip("\n").split("\n") == printed[3:]
    assert commit.message_line_value("Mark") == text


@pytest.mark.parametrize("encoding", ["idna", "unicode_escape", "punycode", "rot13", "undefined"])
def test_codecs_that_are_no_character_sets(encoding: str) -> None:
    """The text is read as UTF-8, whatever codecs Python has."""
    data = f"tree {TREE}\nauthor A <a> 5 +0000\nencoding {encoding}\n\n一 \\u0041".encode()
    assert parse_commit(OTHER, data).message == "一 \\u0041"


def test_parents_are_the_lines_after_the_tree(tmp_path: Path) -> None:
    """A line elsewhere, in a signature or the message, makes no parent: git sees none either."""
    sh(tmp_path, "init", "-q")
    first = write_commit(tmp_path, f"tree {TREE}\nauthor A <a> 5 +0000\n\nx\n".encode())
    rows = [f"tree {TREE}", f"parent {first}", "author A <a@b> 5 +0000"]
    rows += ["committer A <a@b> 5 +0000", f"parent {OTHER}", "gpgsig x", f" parent {OTHER}"]
    data = "\n".join([*rows, "", f"parent {OTHER}"]).encode()
    commit = parse_commit(write_commit(tmp_path, data), data)
    assert commit.parents == (first,)
    assert sh(tmp_path, "rev-list", "--parents", "-1", commit.oid).split()[1:] == [first]


def test_what_is_no_commit() -> None:
    """It names no tree."""
    with pytest.raises(UnreadableObjectError, match=OTHER):
        parse_commit(OTHER, b"object 1\n\nx")


PERSON = "W <w@x> 1790000000 +0800"
PEOPLE = f"author {PERSON}\ncommitter {PERSON}"


@pytest.mark.parametrize(
    "head",
    [
        f"author {PERSON}\n{PEOPLE}",
        f"author {PERSON}\ncommitter W <a@b> 1500000000 +0000\ncommitter {PERSON}",
        f"{PEOPLE}\nencoding gbk\nencoding big5",
        f"author {PERSON}\nx y\ncommitter {PERSON}",
        f"committer {PERSON}\nauthor {PERSON}",
        f"author {PERSON}\ncommitter W <a@b> 1790000000> 1500000000 +0000",
        f"author W <<a@b> 5 +0000\ncommitter {PERSON}",
        f"{PEOPLE}\nx \0y",
    ],
)
def test_commits_that_are_read_in_two_ways(head: str) -> None:
    """They are refused: `git log` would tell another person or day than the program."""
    data = f"tree {TREE}\n{head}\n\nx\n".encode()
    with pytest.raises(AmbiguousCommitError, match=OTHER):
        parse_commit(OTHER, data)


def test_a_message_with_a_nul_is_refused() -> None:
    """Git shows a message up to it; what follows might reopen a round."""
    data = f"tree {TREE}\n{PEOPLE}\n\nx\n\0\nMark: y\n".encode()
    with pytest.raises(AmbiguousCommitError):
        parse_commit(OTHER, data)


def test_lines_of_a_message_end_as_those_of_git() -> None:
    """A line separator or a form feed begins no line: `git log` shows none."""
    data = f"tree {TREE}\n{PEOPLE}\n\nx\u2028Mark: y\fMark: z\nMark: w\r\n".encode()
    assert parse_commit(OTHER, data).message_line_value("Mark") == "w"


@pytest.mark.parametrize(
    "committer",
    [
        "W <a@b>1790000000 +0000",
        "W <a@b> 1790000000 +0800 1500000000 +0000",
        "W <a@b>  1790000000  -0330",
        "W <a@b> 1790000000",
        "W 1790000000 +0000",
        "W <a@b> x +0000",
    ],
)
def test_odd_times_of_committers(tmp_path: Path, committer: str) -> None:
    """What git reads of them; no time is the beginning of 1970."""
    sh(tmp_path, "init", "-q")
    data = f"tree {TREE}\nauthor {PERSON}\ncommitter {committer}\n\nx\n".encode()
    commit = parse_commit(write_commit(tmp_path, data), data)
    printed = sh(tmp_path, "log", "-1", "--format=%ct", commit.oid).strip()
    assert str(commit.committed) == (printed or "0")


def test_signatures_may_hold_such_lines() -> None:
    """Lines that go on another line are no lines of the head."""
    rows = f"{PEOPLE}\ngpgsig x\n author Evil <e> 1 +0000\n committer x\nmergetag y\n encoding z"
    commit = parse_commit(OTHER, f"tree {TREE}\n{rows}\n\nx\n".encode())
    assert (commit.author, commit.committed) == ("W", 1790000000)
