"""Bringing the program to a machine without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    *("LICENSE", "README.md", "README.en.md", "CHANGELOG.md", "CONTRIBUTING.md"),
    *("pyproject.toml", "requirements.txt", "requirements-cluster.txt"),
)
FOLDERS = ("checklists", "docs", "src/assess", "templates")
CONFIDENTIAL = "a finding that nobody has mended"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with the names of the program, and a blank in its own name."""
    folder = tmp_path / "my programs" / "assess"
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
        (folder / name / "file").write_text("the program's\n", "utf-8")
    for name in NAMES:
        (folder / name).write_text("the program's\n", "utf-8")
    (folder / "scripts").mkdir()
    for name in ("run", "scripts/offline.sh"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def write_workspace(folder: Path) -> None:
    """Write a workspace of somebody, with a repository of its own."""
    (folder / "answers").mkdir(parents=True)
    (folder / "assess.yaml").write_text("format: assess/config/2\n", "utf-8")
    (folder / "answers" / "sheet.yaml").write_text(CONFIDENTIAL, "utf-8")
    git(folder, "init", "-q")
    commit_all(folder)


def git(folder: Path, *words: str) -> str:
    """Return what git prints in a folder."""
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, check=True
    )
    return done.stdout


def commit_all(folder: Path) -> None:
    """Commit all files of a folder."""
    git(folder, "add", "-A")
    git(
        *(folder, "-c", "user.name=Li", "-c", "user.email=li@example.org", "-c", "gc.auto=0"),
        *("commit", "-q", "-m", "files"),
    )


def run_function(program: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a function of `scripts/offline.sh` as `run` does."""
    script = (
        'set -eu; root=$1; shift; . "$root/scripts/offline.sh"; say() { echo "$*" >&2; }\n'
        'has_command() { command -v "$1" >/dev/null; }; "$@"'
    )
    return subprocess.run(
        ["sh", "-c", script, "sh", str(program), *words],
        capture_output=True,
        text=True,
        check=False,
    )


def names_in(folder: Path) -> set[str]:
    """Return the names in a folder."""
    return {path.name for path in folder.iterdir()}


def is_confidential(folder: Path) -> bool:
    """Return whether a file of the workspace is somewhere in a folder."""
    return any(
        path.name == "sheet.yaml" or CONFIDENTIAL.encode() in path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    )


def test_the_pack_of_a_repository_is_what_was_committed(program: Path, tmp_path: Path) -> None:
    """It has the newest commit alone: no other file, no earlier commit, no address, no reflog."""
    git(program, "init", "-q")
    (program / "early").write_text(CONFIDENTIAL, "utf-8")
    commit_all(program)
    git(program, "rm", "-q", "early")
    commit_all(program)
    git(program, "remote", "add", "origin", "https://li@example.org/assess")
    for place in ("zicha", "docs/zicha", "build/zicha"):
        write_workspace(program / place)
    pack = tmp_path / "pack"

    done = run_function(program, "copy_program", str(pack))

    assert done.returncode == 0, done.stderr
    assert not is_confidential(pack)
    assert {"run", ".git", *NAMES} <= names_in(pack)
    assert "zicha" not in names_in(pack) | names_in(pack / "docs")
    assert git(pack, "rev-parse", "HEAD") == git(program, "rev-parse", "HEAD")
    assert git(pack, "remote") == ""
    assert git(pack, "rev-list", "--all", "--count").strip() == "1"
    assert git(pack, "status", "--porcelain") == ""
    kept = b"".join(path.read_bytes() for path in (pack / ".git").rglob("*") if path.is_file())
    assert os.fsencode(tmp_path) not in kept


def test_changes_that_are_not_committed_are_named(program: Path, tmp_path: Path) -> None:
    """Who packs is told that the pack has the committed files."""
    git(program, "init", "-q")
    commit_all(program)
    assert "not committed" not in run_function(program, "copy_program", str(tmp_path / "a")).stderr
    (program / "README.md").write_text("changed", "utf-8")

    done = run_function(program, "copy_program", str(tmp_path / "b"))

    assert "not committed" in done.stderr
    assert (tmp_path / "b" / "README.md").read_text("utf-8") == "the program's\n"


@pytest.mark.parametrize("surrounded", [False, True])
def test_the_pack_without_a_repository_has_the_names_of_the_program(
    surrounded: bool, program: Path, tmp_path: Path
) -> None:
    """The repository in which the folder lies may be that of something else."""
    for place in ("zicha", "docs/zicha", "reports", "checklists/a/b"):
        write_workspace(program / place)
    (program / "notes.txt").write_text(CONFIDENTIAL, "utf-8")
    (program / "src" / "__pycache__").mkdir()
    if surrounded:
        git(program.parent, "init", "-q")
        commit_all(program.parent)
    pack = tmp_path / "pack"

    done = run_function(program, "copy_program", str(pack))

    assert done.returncode == 0, done.stderr
    assert names_in(pack) == {"run", "scripts", *NAMES, *(name.split("/")[0] for name in FOLDERS)}
    assert not is_confidential(pack)
    assert names_in(pack / "src") == {"assess"}


def test_the_names_of_the_program_are_in_the_repository() -> None:
    """Each name that is packed without a repository is there, and no workspace below it."""
    listed = run_function(ROOT, "eval", "printf '%s\\n' $program_names").stdout.split()
    files = git(ROOT, "ls-files", "--", *listed).splitlines()

    assert {file.split("/")[0] for file in files} == set(listed)
    assert [file for file in files if file.endswith("/assess.yaml")] == []


def test_a_program_that_lacks_a_file_is_not_packed(program: Path, tmp_path: Path) -> None:
    """What tar can't read ends the packing."""
    shutil.rmtree(program / "templates")
    done = run_function(program, "copy_program", str(tmp_path / "pack"))
    assert done.returncode != 0
    assert "templates" in done.stderr


def test_a_pack_that_is_not_whole_leaves_no_file(program: Path, tmp_path: Path) -> None:
    """Where the disk is full, what was there before stays."""
    file = tmp_path / "pack.tar"
    file.write_text("the earlier one", "utf-8")
    (program / "large").write_bytes(os.urandom(200_000))

    done = run_function(
        program, "eval", f"ulimit -f 16; trap '' XFSZ; write_pack '{program.parent}' '{file}'"
    )

    assert done.returncode != 0
    assert file.read_text("utf-8") == "the earlier one"
    assert names_in(tmp_path) == {"my programs", "pack.tar"}
    assert run_function(program, "write_pack", str(program.parent), str(file)).returncode == 0
    with tarfile.open(file) as archive:
        assert "assess/large" in archive.getnames()


def test_options_are_refused(program: Path) -> None:
    """A word that begins with a hyphen is no name of a file."""
    done = subprocess.run(
        [str(program / "run"), "fetch-offline", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "fetch-offline" in done.stdout


@pytest.mark.offline
def test_a_machine_without_network_runs_what_was_packed() -> None:
    """Packed in one clean Debian 13, unpacked and run in another, and removed without a trace."""
    for program in ("debootstrap", "unshare"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program}")
    if os.geteuid() != 0:
        pytest.skip("no root")
    done = subprocess.run(
        [str(ROOT / "scripts" / "check_offline.sh")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
