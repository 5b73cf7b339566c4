"""A colleague's line of attributes stops everybody's sync: what is printed gets all out of it."""

from __future__ import annotations

import re
import subprocess
from itertools import product
from pathlib import Path

import pytest

from examples import some_always

from .conftest import Assess

pytestmark = pytest.mark.untraced


def git(root: Path, *words: str) -> str:
    """Run git; it must not fail."""
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)
    return done.stdout.decode("utf-8")


@pytest.fixture
def remote(assess: Assess, here: Path) -> Path:
    """A bare repository to which the workspace was handed on."""
    assert assess("person", "add", "wang", "--name", "王敏", "--role", "filler").code == 0
    assert assess("commit").code == 0
    folder = here.parent / "stick.git"
    assert assess("sync", str(folder)).code == 0
    return folder


def clone(remote: Path, name: str) -> Path:
    """Clone it under another name."""
    root = remote.parent / name
    git(remote.parent, "clone", "-q", str(remote), str(root))
    return root


def push_line(root: Path, file: str, line: str) -> str:
    """Commit a line of attributes by git alone, after another commit, and push it."""
    git(root, "commit", "-q", "--allow-empty", "-m", "before")
    path = root / file
    path.write_text((path.read_text("utf-8") if path.exists() else "") + f"{line}\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "attributes", "--author", "李 华 <li@example.com>")
    commit = git(root, "rev-parse", "HEAD").strip()
    git(root, "commit", "-q", "--allow-empty", "-m", "after")
    git(root, "push", "-q", "origin", "HEAD")
    return commit


@pytest.mark.parametrize(
    ("line", "by"),
    some_always(
        product(
            ("*.yaml -merge", "* ident", "* conflict-marker-size=3"), ("fresh clone", "author")
        ),
        *(("*.yaml -merge", "fresh clone"), ("* ident", "author")),
    ),
)
def test_a_line_in_the_file_of_the_workspace(
    assess: Assess, here: Path, remote: Path, monkeypatch: pytest.MonkeyPatch, line: str, by: str
) -> None:
    """Commit and author are named; two commands there, and everybody's sync goes on."""
    theirs = clone(remote, "theirs")
    commit = push_line(theirs, ".gitattributes", line)
    assert assess("person", "add", "zhou", "--name", "周平", "--role", "filler").code == 0
    assert assess("commit").code == 0

    refused = assess("sync")

    assert refused.code == 2
    assert f"(.gitattributes: {commit[:10]}, 李 华)" in refused.err
    match = re.search(
        r"types: (assess .*) && (assess .*); then here once more: (.*)\)", refused.err
    )
    assert match is not None, refused.err
    monkeypatch.chdir(theirs if by == "author" else clone(remote, "fresh"))
    for command in (match[1], match[2]):
        done = assess(*command.split()[1:])
        assert done.code == 0, done.err
    monkeypatch.chdir(here)
    assert assess(*match[3].split()[1:]).code == 0
    text = (here / "assess.yaml").read_text("utf-8")
    assert "王敏" in text
    assert "周平" in text
    monkeypatch.chdir(theirs)
    assert assess("sync").code == 0
    assert "周平" in (theirs / "assess.yaml").read_text("utf-8")


def test_a_line_in_the_file_of_a_folder(
    assess: Assess, here: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That file comes after the workspace's own: the line has to go, and the file is named."""
    theirs = clone(remote, "theirs")
    commit = push_line(theirs, "checklists/.gitattributes", "* -merge")

    refused = assess("sync")

    assert f"(checklists/.gitattributes: {commit[:10]}, 李 华)" in refused.err
    assert "takes that line out of checklists/.gitattributes" in refused.err
    monkeypatch.chdir(clone(remote, "fresh"))
    Path("checklists/.gitattributes").unlink()
    assert assess("commit").code == 0
    assert assess("sync").code == 0
    monkeypatch.chdir(here)
    assert assess("sync").code == 0


def test_a_line_of_this_clone(assess: Assess, here: Path, remote: Path) -> None:
    """It stood here first; file and line are named."""
    theirs = clone(remote, "theirs")
    (theirs / "evidence").mkdir(exist_ok=True)
    (theirs / "evidence/新.csv").write_bytes(b"a\r\n")
    git(theirs, "add", "-A")
    git(theirs, "commit", "-q", "-m", "evidence")
    git(theirs, "push", "-q", "origin", "HEAD")
    (here / ".git/info").mkdir(exist_ok=True)
    (here / ".git/info/attributes").write_text("# mine\n*.csv text eol=crlf\n", "utf-8")
    refused = assess("sync")
    assert refused.code == 2
    assert ".git/info/attributes:2: *.csv text eol=crlf" in refused.err
    (here / ".git/info/attributes").write_text("# mine\n", "utf-8")
    assert assess("sync").code == 0
