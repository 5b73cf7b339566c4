"""What `assess status` says after a power cut: which files it took, and the command that helps."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Assess
from .test_git_starts import Counts
from .test_git_starts import counts as counts  # noqa: PLC0414  # pytest finds the fixture by this name

PROOF = "evidence/2026/proof.txt"


def commit_proof(assess: Assess, here: Path) -> None:
    """Commit a proof."""
    (here / PROOF).parent.mkdir(parents=True)
    (here / PROOF).write_bytes(b"proof of something\n" * 9)
    assert assess("commit").code == 0


def test_cut_evidence(assess: Assess, here: Path, counts: Counts) -> None:
    """It is named with the command, at no further start of git; an empty file too."""
    commit_proof(assess, here)
    (here / PROOF).write_bytes(b"proof of so")
    counts.clear()
    out = assess("status").out
    assert f"{PROOF}: the file ends early, as a power cut leaves it" in out
    assert f"git checkout -- {PROOF}" in out
    assert len(counts.starts()) <= 3
    assert json.loads(assess("status", "--json").out)["cut_short"] == [PROOF]
    (here / PROOF).write_bytes(b"")
    assert "put back what git has: assess commit" in assess("status").out
    (here / PROOF).write_bytes(b"another proof")
    assert PROOF not in assess("status").out


def test_a_shortened_text_is_no_cut_one(assess: Assess, here: Path) -> None:
    """Somebody took its last lines out; where the last line is torn, nobody did."""
    config = here / "assess.yaml"
    text = config.read_text("utf-8") + "# a\n# b\n"
    config.write_text(text, "utf-8")
    assert assess("commit").code == 0
    config.write_text(text.removesuffix("# b\n"), "utf-8")
    assert "ends early" not in assess("status").out
    config.write_text(text.removesuffix(" b\n"), "utf-8")
    assert "ends early" in assess("status").out


def test_a_cut_file_that_cannot_be_read(assess: Assess, here: Path) -> None:
    """The error names the command, and no longer what to write in the place of what is gone."""
    config = here / "assess.yaml"
    config.write_text(config.read_text("utf-8")[:40], "utf-8")
    ran = assess("status")
    assert ran.code == 4
    assert "assess.yaml:1:1: cut-short: the file ends early" in ran.err
    assert "git checkout -- assess.yaml" in ran.err


def test_an_empty_file(assess: Assess, here: Path) -> None:
    """A commit puts it back; in a merge, the sync that ends it does."""
    config = here / "assess.yaml"
    config.write_bytes(b"")
    ran = assess("status")
    assert "assess commit puts back what git has" in ran.err
    assert ran.err.count("assess.yaml:") == 1
    (here / ".git/MERGE_HEAD").write_text("0" * 40 + "\n", "utf-8")
    assert "assess sync puts back what git has" in assess("status").err


def test_without_a_repository(assess: Assess, here: Path) -> None:
    """The error stays as it is."""
    (here / ".git").rename(here / "gone")
    (here / "assess.yaml").write_bytes(b"")
    assert "assess commit puts back what git has" in assess("status").err
