"""`assess merge`, `assess merge-driver`, `assess git setup`, and where they are spoken of."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assess.workspace.core import write_access
from cli.conftest import Assess

HEAD = "format: assess/answers/1\nanswers:\n"
SHEET = "answers/2026/egov-network.yaml"


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """Three versions of a sheet: base, a, b; `c` is in conflict with `a`."""
    for name, rows in {
        "base": "  A: {status: met}\n",
        "a": "  A: {status: unmet}\n",
        "b": "  A: {status: met}\n  B: {status: met}\n",
        "c": "  A: {status: partial}\n",
    }.items():
        (tmp_path / name).write_text(HEAD + rows, "utf-8")
    return tmp_path


def test_merge_by_hand_prints_the_merged_file(versions: Path, assess: Assess) -> None:
    """0 and the file on stdout."""
    ran = assess("merge", f"{versions}/a", f"{versions}/b", "--base", f"{versions}/base")

    assert ran.code == 0
    assert ran.out == f"{HEAD}  A: {{status: unmet}}\n  B: {{status: met}}\n"
    assert ran.err == ""


def test_merge_by_hand_into_a_file(versions: Path, assess: Assess) -> None:
    """1 where something is to be decided; A may be written over; no base is /dev/null."""
    a = str(versions / "a")

    ran = assess("merge", a, f"{versions}/c", "--base", "/dev/null", "-o", a)

    assert ran.code == 1
    assert ran.out == ""
    assert "answers/A/status" in ran.err
    assert "theirs: partial" in (versions / "a").read_text("utf-8")


def test_merge_driver_is_a_command_too(versions: Path, assess: Assess) -> None:
    """It merges into OURS; too few words are explained."""
    a, b, base = (str(versions / name) for name in ("a", "b", "base"))

    assert assess("merge-driver", base, a, b, "x.yaml").code == 0
    assert "B:" in (versions / "a").read_text("utf-8")
    assert assess("merge-driver", base, a, b).code == 0
    assert assess("merge-driver", base).code == 2


def test_the_driver_says_a_conflict_by_the_code_it_is_told(versions: Path) -> None:
    """1 unless told otherwise, which the shell in git's settings does."""
    a, c, base = (str(versions / name) for name in ("a", "c", "base"))
    for chosen, code in ((["--conflict", "65"], 65), ([], 1)):
        words = [sys.executable, "-m", "assess", "merge-driver", *chosen, base, a, c]
        assert subprocess.run(words, check=False, capture_output=True).returncode == code


def test_a_clone_that_is_not_set_up_is_noticed(
    here: Path, tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By status and doctor, with the command that mends it; a workspace of `init` is set up."""
    assert "assess git setup" not in assess("status").out
    assert json.loads(assess("status", "--json").out)["merges_by_meaning"] is True
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(here), str(clone)], check=True)
    monkeypatch.chdir(clone)

    assert "assess git setup" in assess("status").out
    assert "assess git setup" in assess("doctor").out
    assert "written: merge.assess.driver" in assess("git", "setup").out
    assert "git setup" not in assess("status").out
    assert assess("git", "setup").out == "git is set up here already\n"


@pytest.mark.parametrize("there", [True, False])
def test_doctor_looks_for_the_program_that_git_calls(
    here: Path, tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    """Not on the PATH, and the interpreter that set git up has gone: each merge would stop."""
    subprocess.run(["git", "config", "merge.assess.python", "/nowhere"], cwd=here, check=True)
    program = tmp_path / "bin" / "assess"
    program.parent.mkdir()
    program.touch(0o755)
    monkeypatch.setenv("PATH", f"/usr/bin:/bin{f':{program.parent}' if there else ''}")

    out = assess("doctor").out

    assert ("merging: by meaning" in out) is there
    assert ("here finds no `assess`" in out) is not there


def test_doctor_without_a_repository_says_nothing_of_merging(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor where there is no workspace at all."""
    monkeypatch.chdir(tmp_path)
    assert "merging" not in assess("doctor").out

    (tmp_path / "assess.yaml").write_text("x: 1\n", "utf-8")
    assert "merging" not in assess("doctor").out


def test_the_settings_of_git_are_removed(here: Path, assess: Assess) -> None:
    """Git then merges by lines, which is said; a second time nothing is there."""
    assess("git", "setup")

    assert "removed: merge.assess.driver" in assess("git", "setup", "--remove").out
    assert "assess git setup" in assess("status").out
    assert assess("git", "setup", "--remove").out == "git has no settings of assess here\n"


def test_doctor_names_a_folder_that_cannot_be_written(
    here: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two people with one folder, one may not write what the other made."""
    assert "g+rwX" not in assess("doctor").out
    closed = here / "answers"
    monkeypatch.setattr(write_access, "is_allowed", lambda path, _mode: path != closed)

    doctor = assess("doctor")

    assert f"{closed} can't be written by you" in doctor.out
    assert "chmod -R g+rwX" in doctor.out
    assert doctor.code == 3


def test_status_counts_the_conflicts(here: Path, assess: Assess) -> None:
    """And lint shows each with its line."""
    assert assess("answer", "EGN-ACC-01", "unmet").code in {0, 1, 2}
    config = here / "assess.yaml"
    config.write_text(config.read_text("utf-8") + "conflict: [{field: report}]\n", "utf-8")

    out = assess("status").out
    assert "conflicts to decide: 1 (assess settle FILE ITEM FIELD --ours|" in out
    assert "  assess.yaml . report: here –, there –" in out
    whole = json.loads(assess("status", "--json").out)
    place = {"file": "assess.yaml", "item": ".", "field": "report"}
    assert whole["conflicts"] == [{**place, "path": ["report"], "ours": None, "theirs": None}]
    ran = assess("lint")
    assert ran.code == 1
    assert "assess.yaml:" in ran.out
    assert ": conflict: " in ran.out
