"""`assess rollup take --from DIR`: workspaces and bare repositories of units on a share."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from assess.cli.boundary import run_and_explain_errors
from assess.report.proof.hand_in import read_folder
from assess.workspace import Workspace
from assess.workspace.hand_in.make import HandInRequest, make_hand_in
from assess.workspace.office import shared_folders
from assess.workspace.office.office import Office
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.reopen import reopen_round
from cli.conftest import Assess
from hand_ins import SCAN
from rollup_units import TODAY
from samples import Samples

ROUND = "2026"


def git(folder: Path, *words: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def closed_education(root: Path) -> Workspace:
    """Make the workspace of the education bureau, its round closed with a stamped page."""
    words = ["init", str(root), "--org", "示例市青溪区教育局", "--lang", "zh"]
    assert run_and_explain_errors(words) == 0
    made = Workspace(root, "en")
    scan = root.with_name("scan.pdf")
    scan.write_bytes(SCAN)
    close_round(made, ROUND, today=TODAY.date(), now=TODAY, signed=scan)
    scan.unlink()
    return made


@pytest.fixture
def unit(tmp_path: Path, samples: Samples) -> Workspace:
    """The workspace of the education bureau on a share."""
    return samples.copy(closed_education, tmp_path / "share" / "education")


@pytest.fixture
def share(unit: Workspace) -> Path:
    """The share."""
    return unit.root.parent


def rows(office: Office) -> list[dict[str, Any]]:
    """Return the receipts on disk."""
    path = office.root / "receipts" / "2026.yaml"
    if not path.exists():
        return []
    return list(yaml.safe_load(path.read_text("utf-8"))["receipts"].values())


def details(ran: Any) -> dict[str, tuple[str, str]]:
    """Return what became of each folder, by its name."""
    return {row["file"]: (row["outcome"], row["detail"]) for row in json.loads(ran.out)}


def test_it_is_the_file_that_the_unit_would_hand_in(
    office: Office, unit: Workspace, share: Path, assess: Assess
) -> None:
    """Byte for byte, from the tag: what was written after the closing does not matter."""
    expected = make_hand_in(unit, HandInRequest(ROUND), TODAY.date()).data
    (unit.root / "assess.yaml").write_text("changed", "utf-8")
    before = sorted(unit.root.rglob("*"))
    ran = assess("rollup", "take", "--from", str(share))
    assert (ran.code, ran.err.strip()) == (0, "1 file: taken in 1")
    (row,) = rows(office)
    assert (row["state"], row["unit"], row["file"]["name"]) == ("taken", "education", "education")
    assert row["contents"]["signed_scan"] is True
    stored = office.root / "inbox" / row["file"]["digest"].removeprefix("sha256:")
    assert stored.read_bytes() == expected
    assert sorted(unit.root.rglob("*")) == before
    again = assess("rollup", "take", "--from", str(share))
    assert (again.code, again.err.strip()) == (0, "1 file: the same file as before 1")


def test_a_bare_repository_gives_the_same_file(
    office: Office, unit: Workspace, share: Path, assess: Assess
) -> None:
    """It may be named itself, too."""
    git(share, "clone", "-q", "--bare", "--no-local", "education", "education.git")
    ran = assess("rollup", "take", "--from", str(share), "--json")
    assert {name: row[0] for name, row in details(ran).items()} == {
        "education": "taken", "education.git": "same-file"
    }  # fmt: skip
    named = assess("rollup", "take", "--from", str(share / "education.git"), "--json")
    assert details(named) == {"education.git": ("same-file", "")}
    assert len(rows(office)) == 1


def test_what_gives_nothing_is_named_and_the_rest_goes_on(
    office: Office, unit: Workspace, share: Path, assess: Assess
) -> None:
    """An open round, a link, a folder of something else, one that lets git read elsewhere."""
    for name in ("open", "alternates"):
        shutil.copytree(unit.root, share / name)
    reopen_round(Workspace(share / "open", "en"), ROUND, "x")
    (share / "alternates" / ".git" / "objects" / "info" / "alternates").write_text("/x\n", "utf-8")
    (share / "empty").mkdir()
    (share / "file.txt").touch()
    (share / ".hidden").mkdir()
    (share / "link").symlink_to(unit.root)
    ran = assess("rollup", "take", "--from", str(share), "--json")
    assert {name: row[0] for name, row in details(ran).items()} == {
        "education": "taken",
        "alternates": "folder-refused",
        "empty": "no-workspace",
        "link": "link",
        "open": "not-closed",
    }
    assert ran.code == 1
    lines = assess("rollup", "take", "--from", str(share)).err.splitlines()
    assert lines[0].startswith(
        f"refused: a repository\talternates\t{share}/alternates/.git/objects"
    )
    assert "not closed\topen\tround 2026 is not closed" in lines
    assert "no workspace\tempty\tit is neither a workspace with .git nor a bare repository" in lines
    assert len(rows(office)) == 1


def test_a_folder_that_can_not_be_read(
    office: Office, share: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be a workspace: it counts."""
    real = os.access
    folder = share / "education"
    monkeypatch.setattr(
        os, "access", lambda path, mode, **named: path != folder and real(path, mode, **named)
    )
    ran = assess("rollup", "take", "--from", str(share), "--json")
    assert (ran.code, details(ran)) == (1, {"education": ("folder", "")})


def test_names_with_controls_are_shown_harmless(
    office: Office, unit: Workspace, share: Path, assess: Assess
) -> None:
    """In the list, in the cause, and in the receipt."""
    name = "\x1b[2J\u202e\n"
    shutil.copytree(unit.root, share / f"a{name}")
    shutil.copytree(unit.root, share / f"b{name}")
    (share / f"b{name}" / ".git" / "commondir").write_text("/x\n", "utf-8")
    ran = assess("rollup", "take", "--from", str(share))
    assert "refused: a repository" in ran.err
    assert not {"\x1b", "\u202e"} & set(ran.out + ran.err)
    assert not any("\x1b" in row["file"]["name"] for row in rows(office))


def test_folders_beside_workspaces_do_not_count(
    office: Office, unit: Workspace, share: Path, assess: Assess
) -> None:
    """As files beside hand-ins: they are named, and the command ends with 0."""
    (share / "empty").mkdir()
    assert assess("rollup", "take", "--from", str(share)).code == 0


def test_programs_of_a_repository_are_not_run(
    office: Office, unit: Workspace, share: Path, assess: Assess, tmp_path: Path
) -> None:
    """Hooks, and settings that name programs."""
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n", "utf-8")
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "gpg.program", "diff.external"):
        git(unit.root, "config", name, str(trap))
    git(unit.root, "config", "alias.cat-file", f"!{trap}")
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        shutil.copy(trap, unit.root / ".git" / "hooks" / name)
    assert assess("rollup", "take", "--from", str(share)).code == 0
    assert not (tmp_path / "sprung").exists()


def test_a_share_that_can_not_be_read_or_is_too_large(
    office: Office, share: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Said before anything is read."""
    ran = assess("rollup", "take", "--from", str(tmp_path / "none"))
    assert (ran.code, "can't be read: No such file or directory" in ran.err) == (2, True)
    (share / "second").mkdir()
    monkeypatch.setattr(shared_folders, "MOST_FOLDERS", 1)
    ran = assess("rollup", "take", "--from", str(share))
    assert (ran.code, "has more than 1 entries" in ran.err) == (2, True)
    assert rows(office) == []


@pytest.mark.parametrize("limits", [{"memory": 40}, {"wall": 0.01}])
def test_limits_of_the_child_are_a_refusal(
    office: Office,
    share: Path,
    assess: Assess,
    monkeypatch: pytest.MonkeyPatch,
    limits: dict[str, Any],
) -> None:
    """A repository that takes more memory or time than is allowed is no crash."""
    monkeypatch.setattr(read_folder, "_LIMITS", read_folder._LIMITS._replace(**limits))
    ran = assess("rollup", "take", "--from", str(share), "--json")
    outcome, detail = details(ran)["education"]
    assert (ran.code, outcome) == (1, "folder-refused")
    assert detail.startswith("it can't be read within the limits of memory and time")


def test_a_later_closing_replaces(
    office: Office, unit: Workspace, share: Path, assess: Assess
) -> None:
    """The last closing counts."""
    assert assess("rollup", "take", "--from", str(share)).code == 0
    reopen_round(unit, ROUND, "x")
    close_round(unit, ROUND, today=TODAY.date(), now=TODAY + timedelta(hours=1))
    assert assess("rollup", "take", "--from", str(share)).code == 0
    assert [row["contents"]["tag"] for row in rows(office)] == ["round/2026", "round/2026.2"]
