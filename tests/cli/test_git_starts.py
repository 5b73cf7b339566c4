"""How often a command starts git, and how often it decodes assess.yaml."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from assess.cli.common.exit_codes import ExitCode
from assess.i18n import Lang
from assess.model.formats import FileKind
from assess.store import open_file
from assess.store.yaml.reading.decode import DecodedYaml, decode_yaml

from .conftest import Assess


class Counts:
    """What was started and decoded since the last look."""

    def __init__(self, log: Path, decoded: list[str]) -> None:
        self._log = log
        self.decoded = decoded

    def starts(self) -> list[str]:
        """Return the words of each git that was started."""
        return self._log.read_text("utf-8").splitlines() if self._log.exists() else []

    def clear(self) -> None:
        """Begin to count anew."""
        self._log.unlink(missing_ok=True)
        self.decoded.clear()


@pytest.fixture
def counts(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counts:
    """The real git stands behind a script that writes down each start."""
    log, folder = tmp_path / "starts", tmp_path / "bin"
    folder.mkdir()
    script = folder / "git"
    script.write_text(f'#!/bin/sh\necho "$*" >> {log}\nexec {shutil.which("git")} "$@"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    decoded: list[str] = []

    def noted(text: str, kind: FileKind, file: str, lang: Lang) -> DecodedYaml[Any]:
        decoded.append(file)
        return decode_yaml(text, kind, file, lang)

    monkeypatch.setattr(open_file, "decode_yaml", noted)
    return Counts(log, decoded)


def test_status_after_a_closed_round(assess: Assess, counts: Counts) -> None:
    """The tag of a closed round is read by the same git."""
    assert assess("round", "close", "2026", "--yes").code == 0
    assert assess("round", "new", "2027").code == 0
    counts.clear()
    assert assess("status").code == 0
    assert len(counts.starts()) <= 3
    assert counts.decoded.count("assess.yaml") == 1


def test_lint(assess: Assess, counts: Counts) -> None:
    """It asks git once what is unfinished; the tag of a closed round costs one start more."""
    counts.clear()
    assert assess("lint").code == 0
    assert len(counts.starts()) <= 1
    assert assess("round", "close", "2026", "--yes").code == 0
    assert assess("round", "new", "2027").code == 0
    assert assess("commit").code == 0
    counts.clear()
    assert assess("lint").code == 0
    assert len(counts.starts()) <= 2


def test_commit(assess: Assess, counts: Counts) -> None:
    """It starts git at most nine times, also where nothing is to be committed."""
    assert assess("person", "add", "wang", "--name", "王敏", "--role", "filler").code == 0
    for most in (9, 9):
        counts.clear()
        assert assess("commit").code == 0
        assert len(counts.starts()) <= most
        assert counts.decoded.count("assess.yaml") <= 1


def test_a_commit_with_a_hook(assess: Assess, counts: Counts, here: Path) -> None:
    """After it git is asked for its folders and settings again."""
    hook = here / ".git/hooks/post-commit"
    hook.write_text("#!/bin/sh\n", "utf-8")
    hook.chmod(0o755)
    assert assess("person", "add", "wang", "--name", "王敏", "--role", "filler").code == 0
    counts.clear()
    assert assess("commit", "--trust").code == 0
    asked = [words for words in counts.starts() if "config --list" in words]
    assert len(asked) > 1


def test_a_sync_with_nothing_to_do(assess: Assess, counts: Counts, tmp_path: Path) -> None:
    """It starts git at most 16 times, with all that the other side starts, and decodes once."""
    assert assess("sync", str(tmp_path / "stick")).code == 0
    counts.clear()
    ran = assess("sync")
    assert (ran.code, ran.out) == (
        0,
        "nothing new came in\nnothing was to be handed on to origin\n",
    )
    assert len(counts.starts()) <= 16
    assert counts.decoded.count("assess.yaml") <= 1


def test_report(assess: Assess, counts: Counts, tmp_path: Path) -> None:
    """It starts git at most four times, and decodes assess.yaml once."""
    counts.clear()
    words = ("--format", "json", "-o", str(tmp_path / "report.json"))
    assert assess("report", *words).code == 0
    assert len(counts.starts()) <= 4
    assert counts.decoded.count("assess.yaml") == 1


def test_status(assess: Assess, counts: Counts) -> None:
    """It starts git at most three times, and decodes no file twice."""
    counts.clear()
    assert assess("status").code == 0
    assert len(counts.starts()) <= 3
    assert counts.decoded.count("assess.yaml") == 1
    assert len(counts.decoded) == len(set(counts.decoded))
    assert assess("status", "--json").code == 0
    assert len(counts.starts()) <= 6


def test_verify(assess: Assess, counts: Counts, tmp_path: Path) -> None:
    """It starts git at most 15 times, however long the history is; for an unknown digest 4 times.

    Nine are for the report, the others for what came after it and on other branches.
    """
    report = str(tmp_path / "report.pdf")
    assert assess("report", "--format", "pdf", "-o", report).code == 0
    counts.clear()
    assert assess("verify", report).code == ExitCode.RESERVATIONS
    assert len(counts.starts()) <= 15
    counts.clear()
    assert assess("verify", "0" * 12).code == 1
    assert len(counts.starts()) <= 4
