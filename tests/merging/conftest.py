"""Two clones of a workspace, with `assess` on the PATH as git finds it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from assess.store.file_types import ATTRIBUTE_LINES
from assess.store.git.setup.attribute_lines import make_text_of_lines
from assess.store.git.setup.local_settings import write_merge_attributes_and_settings

SOURCE = Path(__file__).parents[2] / "src"
SHEET = "answers/2026/c.yaml"


class Done(NamedTuple):
    """What git gave back."""

    code: int
    text: str


def git(folder: Path, *words: str) -> Done:
    """Run plain git, as a person would."""
    run = subprocess.run(["git", *words], cwd=folder, check=False, capture_output=True)
    return Done(run.returncode, (run.stdout + run.stderr).decode("utf-8", "replace"))


def must(folder: Path, *words: str) -> str:
    """Run git; it must not fail."""
    done = git(folder, *words)
    assert done.code == 0, done.text
    return done.text


class Clone(NamedTuple):
    """A clone, and the sheet in it."""

    root: Path

    @property
    def sheet(self) -> str:
        """The text of the sheet."""
        return (self.root / SHEET).read_text("utf-8")

    def write(self, text: str, message: str = "change", path: str = SHEET) -> None:
        """Write and commit a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        must(self.root, "add", "-A")
        must(self.root, "commit", "-q", "-m", message)


class Clones(NamedTuple):
    """Two people's clones of one bare repository."""

    ours: Clone
    theirs: Clone

    def meet(self) -> None:
        """Fetch what they have into ours, as the branch `theirs`."""
        must(self.ours.root, "fetch", "-q", "-f", str(self.theirs.root), "HEAD:theirs")


def answer(item: str, status: str, note: str = "") -> str:
    """Return the rows of an answer."""
    rows = f"  {item}:\n    status: {status}\n"
    return rows + (f"    note: {note}\n" if note else "")


def sheet(*answers: str) -> str:
    """Return the text of a sheet."""
    head = "format: assess/answers/1\nchecklist: {id: c, version: v1}\n"
    return f"{head}scope: {{organization: x}}\nround: '2026'\nanswers:\n{''.join(answers)}"


BASE = sheet(*(answer(f"IT-{number}", "met") for number in range(6)))


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an `assess` on the PATH that runs this source."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "assess"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH="{SOURCE}" exec "{sys.executable}" -m assess "$@"\n', "utf-8"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return script


@pytest.fixture
def bare_clones(tmp_path: Path) -> Clones:
    """Two clones in which nobody has set git up; they share the first commit."""
    root = tmp_path / "我们 的"
    root.mkdir()
    must(root, "init", "-q", "-b", "main")
    ours = Clone(root)
    (root / ".gitattributes").write_text(make_text_of_lines(ATTRIBUTE_LINES), "utf-8")
    ours.write(BASE, "first")
    theirs = tmp_path / "theirs"
    must(tmp_path, "clone", "-q", str(root), str(theirs))
    return Clones(ours, Clone(theirs))


@pytest.fixture
def clones(bare_clones: Clones, program: Path) -> Clones:
    """Two clones set up to merge by meaning."""
    for clone in bare_clones:
        write_merge_attributes_and_settings(clone.root, "en")
    return bare_clones
