"""The power goes at any moment of an answer, a commit, a sync or the closing of a round.

The commands run once under strace. Then the disk is rebuilt as it may be after a cut at a moment of
chance: what was not flushed is lost, or is there by luck. What was told to be done must be there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from assess.workspace.setup.make_workspace import make_and_commit_workspace
from flushes import need_strace
from power_cut import CALLS, OPTIONS, Call, Disk, Journal, calls_of

TODAY = date(2026, 3, 1)
SHEET = "answers/2026/egov-network.yaml"
SHORT = (
    "answer EGN-ACC-01 met --note first",
    "commit",
    "sync ../stick",
    "answer EGN-ACC-02 met --note second",
    "commit",
    "sync",
    "round close 2026 --yes",
)
LONG = (*SHORT[:-1], "answer EGN-ACC-04 met --note third", "commit", "sync", SHORT[-1], "sync")
CURE = re.compile(r"\(.*?((?:find|mv|rm) .*)\)$", re.MULTILINE)


class Step(NamedTuple):
    """A command: its calls, and what is so once it is done."""

    words: str
    calls: tuple[Call, ...]
    head: str
    stick: str
    tags: str


class Recording(NamedTuple):
    """Commands that were run in `base`, which held what `source` holds."""

    base: Path
    source: Path
    packs: dict[int, bytes]
    steps: tuple[Step, ...]

    def cuts(self, count: int, seed: int, journal: Journal, to: Path) -> Iterator[tuple[int, Path]]:
        """Lay out the disk after cuts; give the command that was running, and the folder."""
        chance = Random(seed)  # noqa: S311  # a seed repeats the test
        moments = [
            (at, moment) for at, step in enumerate(self.steps) for moment in range(len(step.calls))
        ]
        to.mkdir(exist_ok=True)
        chosen = set(chance.sample(moments, count))
        disk = Disk(self.base, self.source, self.packs)
        for at, step in enumerate(self.steps):
            for moment, call in enumerate(step.calls):
                disk.do(call)
                if (at, moment) in chosen:
                    folder = to / f"{at}-{moment}"
                    disk.cut(chance, journal, folder)
                    yield at, folder


def git(folder: Path, *words: str, data: str = "") -> subprocess.CompletedProcess[str]:
    """Run plain git."""
    return subprocess.run(
        ["git", *words],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        input=data,
        errors="replace",
    )


def assess(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a workspace."""
    program = [sys.executable, "-P", "-m", "assess"]
    return subprocess.run(
        [*program, *words],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
        env=make_environ(),
    )


def make_environ() -> dict[str, str]:
    """Return the environment of a command: home and author are those of the test."""
    return {**os.environ, "ASSESS_LANG": "en", "COVERAGE_PROCESS_START": ""}


def record(base: Path, commands: tuple[str, ...]) -> Recording:
    """Run the commands under strace, in a workspace below `base`."""
    make_and_commit_workspace(base / "ws", organization="x", language="en", today=TODAY, lang="en")
    source = base.with_name("source")
    shutil.copytree(base, source, symlinks=True)
    disk, log, root = Disk(base, source), base.with_name("log"), base / "ws"
    steps = []
    for command in commands:
        words = ["strace", "-f", "-qq", "-e", f"trace={CALLS}", *OPTIONS, "-o", str(log)]
        words += [sys.executable, "-P", "-m", "assess", *command.split()]
        subprocess.run(words, cwd=root, check=True, capture_output=True, env=make_environ())
        calls = tuple(
            call
            for call in calls_of(log.read_text("ascii"), root)
            if call.name == "syncfs" or any(path.startswith(str(base)) for path in call.paths)
        )
        for call in calls:
            disk.do(call)
        disk.agree(base)
        there = git(base / "stick", "rev-parse", "main") if (base / "stick").exists() else None
        stick = there.stdout.strip() if there is not None else ""
        head, tags = git(root, "rev-parse", "HEAD").stdout.strip(), git(root, "tag").stdout
        steps.append(Step(command, calls, head, stick, tags))
    return Recording(base, source, disk.packs, tuple(steps))


def is_whole(root: Path, name: str) -> bool:
    """Return whether all objects that a name leads to can be read."""
    done = git(root, "pack-objects", "--revs", "--stdout", "-q", data=f"{name}\n")
    return done.returncode == 0


def check(recording: Recording, at: int, folder: Path, journal: Journal) -> None:
    """Hold what a cut left against what was told before it."""
    root, step = folder / "ws", recording.steps[at]
    begin = Step("", (), git(recording.source / "ws", "rev-parse", "HEAD").stdout.strip(), "", "")
    done = recording.steps[at - 1] if at else begin
    assert is_whole(root, done.head)
    head = git(root, "rev-parse", "HEAD").stdout.strip()
    if journal == "journal":
        assert head in (done.head, step.head)
        assert is_whole(root, "HEAD")
        assert set(done.tags.split()) <= set(git(root, "tag").stdout.split())
    if done.stick:
        stick = folder / "stick"
        assert is_whole(stick, done.stick)
        if journal == "journal":
            assert git(stick, "rev-parse", "main").stdout.strip() in (done.stick, step.stick)
            assert is_whole(stick, "main")
    for earlier in recording.steps[:at]:
        if earlier.words.startswith("answer"):
            note = f"note: {earlier.words.split()[-1]}"
            stored = git(root, "show", f"{done.head}:{SHEET}").stdout
            path = root / SHEET
            assert note in stored or note in (path.read_text("utf-8") if path.exists() else "")


def go_on(recording: Recording, at: int, folder: Path) -> None:
    """Go on after a cut: each command works, or names what is to be typed first."""
    root = folder / "ws"
    for words in (("status",), ("commit",), ("log",), ("sync", "../stick")):
        ran = assess(root, *words)
        for _turn in range(4):
            assert ran.returncode != 70, (words, ran.stderr)  # no bug
            cure = CURE.search(ran.stderr + ran.stdout)
            if cure is None:
                break
            way_out = cure[1].removesuffix("; assess commit")
            subprocess.run(["sh", "-c", way_out], cwd=root, check=False)
            ran = assess(root, *words)
        assert ran.returncode == 0 or words[0] == "sync", (words, ran.stderr)
        assert "no commit yet" not in ran.stderr
    assert is_whole(root, "HEAD")
    stored = git(root, "show", f"HEAD:{SHEET}").stdout
    for earlier in recording.steps[:at]:
        if earlier.words.startswith("answer"):
            assert f"note: {earlier.words.split()[-1]}" in stored


JOURNALS: tuple[Journal, ...] = ("journal", "none")


def test_some_cuts(tmp_path: Path) -> None:
    """Twenty cuts, with a journal and without; after some of them the commands go on."""
    need_strace()
    (tmp_path / "base").mkdir()
    recording = record(tmp_path / "base", SHORT)
    for journal in JOURNALS:
        cuts = recording.cuts(10, 1, journal, tmp_path / journal)
        for number, (at, folder) in enumerate(cuts):
            check(recording, at, folder, journal)
            if number % 5 == 0:
                go_on(recording, at, folder)


@pytest.mark.cuts
@pytest.mark.parametrize("seed", [2, 3, 4])
@pytest.mark.parametrize("journal", JOURNALS)
def test_many_cuts(tmp_path: Path, journal: Journal, seed: int) -> None:
    """Three hundred cuts in six tests, which run side by side; after each the commands go on."""
    need_strace()
    (tmp_path / "base").mkdir()
    recording = record(tmp_path / "base", LONG)
    for at, folder in recording.cuts(50, seed, journal, tmp_path):
        check(recording, at, folder, journal)
        go_on(recording, at, folder)
        shutil.rmtree(folder)
