"""Every command in every kind of repository that git knows: it works, or says in one line why."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.store.git.run.strange_files import forget_file_check_results
from assess.workspace import Workspace
from cli.conftest import Assess, EnterCopy, initialized, run_in

COMMANDS = ("status", "lint", "log", "diff", "blame EGN-ACC-01", "commit")


def git(folder: Path, *words: str) -> None:
    """Run plain git; it must not fail."""
    local = ("-c", "protocol.file.allow=always")
    subprocess.run(["git", *local, *words], cwd=folder, check=True, capture_output=True)


def shallow(here: Path, to: Path) -> None:
    """A clone of the last commit."""
    git(here, "clone", "-q", "--depth", "1", f"file://{here}", str(to))


def worktree(here: Path, to: Path) -> None:
    """A linked working tree."""
    git(here, "worktree", "add", "-q", str(to), "-b", "linked")


def submodule(here: Path, to: Path) -> None:
    """A submodule of another repository."""
    outer = to.parent / "outer"
    git(here, "init", "-q", str(outer))
    git(outer, "submodule", "--quiet", "add", f"file://{here}", "单位")
    to.symlink_to(outer / "单位")


def below(here: Path, to: Path) -> None:
    """A folder of a larger repository."""
    outer = to.parent / "outer"
    shutil.copytree(here, outer / "单位", ignore=shutil.ignore_patterns(".git"))
    git(here, "init", "-q", "-b", "main", str(outer))
    git(outer, "add", "-A")
    git(outer, "commit", "-q", "-m", "all")
    to.symlink_to(outer / "单位")


def packed(here: Path, to: Path) -> None:
    """Everything in packs, refs too."""
    shutil.copytree(here, to)
    git(to, "gc", "-q")
    git(to, "pack-refs", "--all")


@pytest.fixture
def answered(enter_copy: EnterCopy) -> Path:
    """The current folder is a workspace with two commits."""
    return enter_copy(with_answers_of_sheet)


def with_answers_of_sheet(root: Path) -> Workspace:
    """Make that workspace."""
    made = initialized(root)
    run_in(root, "answer EGN-ACC-01 met", "commit")
    return made


@pytest.mark.parametrize("kind", [shallow, worktree, submodule, below, packed])
def test_commands_work_in(
    answered: Path,
    tmp_path: Path,
    assess: Assess,
    monkeypatch: pytest.MonkeyPatch,
    kind: Callable[[Path, Path], None],
) -> None:
    """All of them, also with a change that is not committed, in Chinese and spaced paths."""
    place = tmp_path / "另一 处"
    kind(answered, place)
    monkeypatch.chdir(place.resolve())
    for changed in (False, True):
        if changed:
            assert assess("answer", "EGN-ACC-02", "unmet").code == 0
        for command in COMMANDS:
            ran = assess(*command.split())
            assert ran.code == 0, (kind.__name__, command, ran)
    assert "EGN-ACC-02" in assess("log").out
    assert "nothing to commit" in assess("commit").err


def alone(here: Path, to: Path) -> None:
    """The files alone."""
    shutil.copytree(here, to, ignore=shutil.ignore_patterns(".git"))


def test_an_empty_repository_and_none(
    answered: Path, tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a repository, and before the first commit, the next command is named."""
    place = tmp_path / "files"
    alone(answered, place)
    monkeypatch.chdir(place)
    for command in ("log", "diff", "blame EGN-ACC-01", "commit", "sync"):
        ran = assess(*command.split())
        assert (ran.code, "git init && assess commit" in ran.err) == (2, True), command
    assert assess("status").code == 0
    git(place, "init", "-q", "-b", "main")
    for command in ("log", "blame EGN-ACC-01", "sync"):
        ran = assess(*command.split())
        assert (ran.code, "no commit yet (assess commit)" in ran.err) == (2, True), command
    for command in ("status", "diff", "commit", "log"):
        assert assess(*command.split()).code == 0, command


def test_a_git_dir_elsewhere(
    answered: Path, tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that points elsewhere (as in a hook) does not lead astray; without, it is said."""
    bare = tmp_path / "x.git"
    git(answered, "clone", "-q", "--bare", str(answered), str(bare))
    monkeypatch.setenv("GIT_DIR", str(bare))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert "EGN-ACC-01" in assess("log").out
    assert assess("commit").code == 0

    place = tmp_path / "files"
    alone(answered, place)
    monkeypatch.chdir(place)
    ran = assess("log")
    assert ran.code == 2
    assert f"git --git-dir={bare} worktree add FOLDER" in ran.err


def test_a_merge_in_progress(answered: Path, assess: Assess) -> None:
    """Status says so, and how it is ended; without a repository it says nothing of it."""
    git(answered, "switch", "-q", "-c", "theirs", "HEAD~1")
    git(answered, "commit", "-q", "--allow-empty", "-m", "theirs")
    git(answered, "switch", "-q", "main")
    git(answered, "merge", "-q", "--no-ff", "--no-commit", "theirs")
    said = assess("status").out
    assert "a merge is in progress" in said
    assert "git merge --abort" in said
    assert "merge is in progress" in json.loads(assess("status", "--json").out)["git_unfinished"]
    git(answered, "merge", "--abort")
    assert "progress" not in assess("status").out
    shutil.rmtree(answered / ".git")
    assert json.loads(assess("status", "--json").out)["git_unfinished"] is None


def test_whoever_acts_where_nobody_is_named(here: Path, assess: Assess) -> None:
    """How to name somebody is said."""
    ran = assess("commit", "--as", "wang")
    assert ran.code == 2
    assert "assess person add ID" in ran.err


def test_a_detached_head(answered: Path, assess: Assess) -> None:
    """Reading works; a commit there would be lost, so the branch to go to is named."""
    git(answered, "switch", "-q", "--detach")
    assert assess("answer", "EGN-ACC-02", "met").code == 0
    for command in ("status", "lint", "log", "diff", "blame EGN-ACC-01"):
        assert assess(*command.split()).code == 0, command
    for command in ("commit", "sync"):
        ran = assess(command)
        assert (ran.code, "git switch main" in ran.err) == (2, True)


def test_a_repository_of_another_user(
    answered: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git does not open it: the setting is named; status and doctor show what they can."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for command in ("log", "diff", "blame EGN-ACC-01", "commit", "sync"):
        ran = assess(*command.split())
        assert ran.code == 1, command
        assert f"safe.directory {answered}" in ran.err
    ran = assess("status")
    assert ran.code == 0
    assert "1/66" in ran.out
    assert f"safe.directory {answered}" in ran.out
    assert "not committed" not in ran.out
    assert "safe.directory" in assess("doctor").out
    assert assess("lint").code == 0


def test_a_read_only_repository(answered: Path, tmp_path: Path) -> None:
    """What may not be written is said with what to look at; answers are saved all the same."""
    source = Path(__file__).parents[2] / "src"
    program = [*as_anybody(), "env", f"PYTHONPATH={source}", sys.executable, "-m", "assess"]

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, *words], cwd=answered, check=False, capture_output=True, text=True
        )

    for folder in (answered / ".git").rglob(""):
        folder.chmod(0o555)
    try:
        assert run("answer", "EGN-ACC-02", "met").returncode == 0
        said = run("commit").stderr
        assert "git can't write into its folder" in said
        assert "ls -ld .git" in said
        assert "files not committed: 1" in run("status").stdout
        assert "EGN-ACC-02" in run("diff").stdout
    finally:
        for folder in (answered / ".git").rglob(""):
            folder.chmod(0o755)
    assert run("commit").returncode == 0


def blob(here: Path, revision: str) -> Path:
    """Return the file that holds an object."""
    words = ["git", "rev-parse", revision]
    oid = subprocess.run(words, cwd=here, check=True, capture_output=True, text=True).stdout.strip()
    path = here / ".git" / "objects" / oid[:2] / oid[2:]
    path.chmod(0o644)
    return path


DAMAGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "settings": (
        lambda here: (here / ".git" / "config").write_text("[core\n", "utf-8"),
        "mend that line in an editor",
    ),
    "index": (lambda here: (here / ".git" / "index").write_bytes(b""), "git reset -q"),
    "head": (lambda here: (here / ".git" / "HEAD").unlink(), "git clone"),
    "branch": (
        lambda here: (here / ".git" / "refs" / "heads" / "main").write_bytes(b""),
        "git reset -q; assess commit",
    ),
    "shallow": (
        lambda here: (here / ".git" / "shallow").write_bytes(b"\xff\n"),
        "/.git/shallow ~; git fsck",
    ),
    "tree": (lambda here: blob(here, "HEAD^{tree}").unlink(), "git reset -q; assess commit"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_repository(answered: Path, assess: Assess, what: str) -> None:
    """A stick that was pulled out: what is damaged is told with the next command; answers stay."""
    assert assess("answer", "EGN-ACC-02", "met").code == 0
    harm, cure = DAMAGED[what]
    harm(answered)
    forget_file_check_results()
    ran = assess("commit")
    code = 4 if what in ("branch", "tree") else 1
    assert (ran.code, cure in ran.err) == (code, True), ran.err
    assert assess("answer", "EGN-ACC-03", "1/2").code == 0
    assert assess("lint").code == 0


@pytest.mark.parametrize("command", ["log", "report"])
def test_a_newest_commit_with_two_committers_is_no_power_cut(
    answered: Path, assess: Assess, command: str
) -> None:
    """It is told as what it is, with the way back to the commit before it."""
    words = ["git", "cat-file", "commit", "HEAD"]
    data = subprocess.run(words, cwd=answered, check=True, capture_output=True).stdout
    line = next(line for line in data.splitlines(keepends=True) if line.startswith(b"committer "))
    words = ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"]
    odd = data.replace(line, line.replace(b" ", b" X", 1) + line)
    oid = subprocess.run(words, cwd=answered, check=True, capture_output=True, input=odd).stdout
    git(answered, "update-ref", "refs/heads/main", oid.decode().strip())
    ran = assess(*command.split())
    said = ran.err + ran.out
    assert "power cut" not in said
    assert f"commit {oid.decode()[:10]} names its author or committer twice" in said
    assert (ran.code, "git reset --soft HEAD^ && assess commit" in said) == (4, True), said
    git(answered, "reset", "--soft", "HEAD^")
    assert assess("commit").code == 0


def as_anybody() -> list[str]:
    """Take away what lets root write everywhere."""
    if os.geteuid():
        return []
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]


def test_files_of_the_private_folder_in_git(assess: Assess, here: Path, tmp_path: Path) -> None:
    """Status and sync name the command that takes them out; after it sync goes on."""
    assert assess("sync", str(tmp_path / "stick.git")).code == 0
    (here / ".assess").mkdir(exist_ok=True)
    (here / ".assess/export-key").write_text("THEIRS", "utf-8")
    git(here, "add", "-f", ".assess/export-key")
    git(here, "commit", "-q", "-m", "private")
    command = "git rm -r -q --cached --ignore-unmatch -- .assess"
    assert command in assess("status").out
    assert command in json.loads(assess("status", "--json").out)["git_private_files"]
    ran = assess("sync")
    assert ran.code == 2
    assert command in ran.err

    git(here, *command.split()[1:])
    git(here, "commit", "-q", "-m", "out")
    assert "--cached" not in assess("status").out
    assert assess("sync").code == 0
