"""Pipes, devices and vast files inside `.git` are seen before git opens them."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from assess.store.git.run import process, time_limits
from assess.store.git.run import strange_files as strange
from assess.store.git.run.commits import ObjectReader
from assess.store.git.run.plumbing import GitError, Repository, run_git
from assess.store.git.run.process import StoppedError
from assess.store.git.run.strange_files import (
    LIMITS,
    RepositorySize,
    find_git_data_folders,
    find_pipe_or_device_in_git_folder,
    find_reason_not_to_start_git,
    forget_file_check_results,
    measure_repository_and_worktree,
)
from assess.store.git.run.strange_files import _find_reasons_not_to_start_git as look_through
from assess.store.git.run.time_limits import (
    LocalTimeLimit,
    reason_of_recent_stall,
    transport_stop_reason,
)
from assess.store.git.state.refusals import explain_git_error


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look anew in each test, and forget what did not end in another."""
    forget_file_check_results()
    monkeypatch.setattr(time_limits, "_STALLED", {})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository without a commit."""
    subprocess.run(["git", "init", "-q", tmp_path / "r"], check=True)
    return tmp_path / "r"


def pipe(path: Path) -> None:
    """Put a pipe in the place of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def vast(path: Path, size: int) -> None:
    """Put a file of holes in the place of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.truncate(path, size)


def test_an_ordinary_repository_has_nothing_strange(root: Path) -> None:
    """Nothing is found in what git makes, in a sub-folder, and where there is no repository."""
    (root / "inner").mkdir()
    (root / ".git" / "refs" / "heads" / "main").write_text("ab" * 20 + "\n")
    assert find_reason_not_to_start_git(root) == find_reason_not_to_start_git(root / "inner") == ""
    assert find_git_data_folders(root / "inner") == [root / ".git"]
    assert find_reason_not_to_start_git(Path("/")) == ""
    assert run_git(root, ["rev-parse", "--git-dir"]).stdout == b".git\n"


@pytest.mark.parametrize("name", [*LIMITS, "refs/heads/main", "refs/tags/a/b"])
def test_pipes_and_vast_files_are_seen(root: Path, name: str) -> None:
    """A pipe at each name, and a file of holes larger than the limit; git is not started."""
    pipe(root / ".git" / name)
    assert find_reason_not_to_start_git(root) == f"{root / '.git' / name} is no ordinary file"
    done = run_git(root, ["rev-parse", "HEAD"], check=False)
    assert done.returncode == 128
    with pytest.raises(GitError, match="is no ordinary file"):
        run_git(root, ["rev-parse", "HEAD"])
    (root / ".git" / name).unlink()
    vast(root / ".git" / name, LIMITS.get(name, 4096) + 1)
    forget_file_check_results()
    assert find_reason_not_to_start_git(root) == f"{root / '.git' / name} is no ordinary file"


@pytest.mark.parametrize(
    "data", [b"garbage\n", b"\xff\n", b"ab" * 20 + b"\n\n", b"ab" * 21 + b"\n"]
)
def test_a_list_of_shallow_commits_with_other_lines_is_named(root: Path, data: bytes) -> None:
    """Git would read no commit at all, which looks like the damage of a power cut."""
    file = root / ".git" / "shallow"
    file.write_bytes(data)
    assert find_reason_not_to_start_git(root) == f"{file} has lines that are no ids of commits"
    with pytest.raises(GitError) as caught:
        run_git(root, ["rev-parse", "HEAD"])
    told = explain_git_error(caught.value, root, "en")
    assert str(file) in told.message
    assert f"mv {file} ~" in told.hint


@pytest.mark.parametrize("data", [b"", b"ab" * 20 + b"\n", b"ab" * 32 + b"\n" + b"01" * 32 + b"\n"])
def test_a_list_of_shallow_commits_may_be_empty_or_hold_ids(root: Path, data: bytes) -> None:
    """This is what git writes, by SHA-1 or SHA-256."""
    (root / ".git" / "shallow").write_bytes(data)
    assert find_reason_not_to_start_git(root) == ""


def test_a_look_stands_for_a_moment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command asks git some ten times; the names are looked at once in two seconds."""
    assert find_reason_not_to_start_git(root) == ""
    pipe(root / ".git" / "config")
    assert find_reason_not_to_start_git(root) == ""
    forget_file_check_results()
    monkeypatch.setattr(strange, "_FRESH", -1e9)
    assert find_reason_not_to_start_git(root) == f"{root / '.git' / 'config'} is no ordinary file"
    (root / ".git" / "config").unlink()
    assert find_reason_not_to_start_git(root) == ""


def test_git_itself_may_be_a_pipe_or_lead_elsewhere(root: Path, tmp_path: Path) -> None:
    """`.git` as a pipe is named; as the file of a linked working tree it is followed."""
    pipe(tmp_path / "a" / ".git")
    assert (
        find_reason_not_to_start_git(tmp_path / "a")
        == f"{tmp_path / 'a' / '.git'} is no ordinary file"
    )
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / ".git").write_text("gitdir: ../gone\n")
    assert find_git_data_folders(tmp_path / "b") == []
    words = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "x",
    ]
    subprocess.run(["git", *words], cwd=root, check=True)
    subprocess.run(["git", "worktree", "add", "-q", tmp_path / "w"], cwd=root, check=True)
    own, common = find_git_data_folders(tmp_path / "w")
    assert (own.parent.name, common.resolve()) == ("worktrees", root / ".git")
    pipe(root / ".git" / "packed-refs")
    assert "packed-refs is no" in find_reason_not_to_start_git(tmp_path / "w")
    pipe(own / "commondir")
    assert find_git_data_folders(tmp_path / "w") == [own]
    (own / "commondir").unlink()
    (own / "commondir").write_text("../gone\n")
    assert find_git_data_folders(tmp_path / "w") == [own]
    pipe(tmp_path / "w" / ".git")
    assert find_git_data_folders(tmp_path / "w") == [tmp_path / "w" / ".git"]


def test_git_passes_over_a_folder_that_is_no_repository(root: Path) -> None:
    """It goes on upwards, and so does the look."""
    (root / "inner" / ".git").mkdir(parents=True)
    assert find_git_data_folders(root / "inner") == [root / "inner" / ".git", root / ".git"]


def test_a_bare_repository_is_its_own_folder(tmp_path: Path) -> None:
    """A shared folder or a stick holds one."""
    subprocess.run(["git", "init", "-q", "--bare", tmp_path], check=True)
    assert find_git_data_folders(tmp_path) == [tmp_path]
    pipe(tmp_path / "config")
    assert find_reason_not_to_start_git(tmp_path) == f"{tmp_path / 'config'} is no ordinary file"


@pytest.mark.parametrize(
    "text",
    [
        "[include]\n\tpath = ../many\n",
        "[include]\n" + "".join(f"\tpath = none{n}\n" for n in range(1001)),
    ],
)
def test_settings_that_include_too_many_files_are_told_as_that(root: Path, text: str) -> None:
    """They are neither a pipe nor too large, and not to be moved away with all settings."""
    (root / "many").write_text("[include]\n" + "".join(f"\tpath = m{n}\n" for n in range(101)))
    for number in range(101):
        (root / f"m{number}").touch()
    with (root / ".git" / "config").open("a") as stream:
        stream.write(text)
    assert find_reason_not_to_start_git(root) == f"{root / '.git/config'} includes too many files"
    with pytest.raises(GitError) as caught:
        run_git(root, ["status"])
    told = explain_git_error(caught.value, root, "en")
    assert "pipe" not in told.message
    assert f"git -C / config --file {root / '.git/config'} --unset-all include.path" in told.hint


def test_settings_that_include_each_other_are_told_with_a_way_out(root: Path) -> None:
    """Git names two of the files; the command takes the includes out of one of them."""
    (root / ".git/b").write_text("[include]\n\tpath = a\n")
    (root / ".git/a").write_text("[include]\n\tpath = b\n")
    with (root / ".git" / "config").open("a") as stream:
        stream.write("[include]\n\tpath = a\n")
    with pytest.raises(GitError) as caught:
        run_git(root, ["status"])
    told = explain_git_error(caught.value, root, "en")
    assert "include each other without end" in told.message
    command = told.hint.partition(": ")[2].partition(";")[0]
    subprocess.run(shlex.split(command), cwd=root, check=True)
    run_git(root, ["status"])


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("[include]\n\tpath = ../pipe\n", True),
        ('[includeIf "gitdir:/"]\n\tpath = "../pipe"\n', True),
        ("[include]\n\tpath = ../vast\n", True),
        ("[include]\n\tpath = ../second\n", True),
        ("[core]\n\texcludesFile = pipe\n", True),
        ("[core]\n\tattributesFile = /dev/zero\n", True),
        ("[core]\n\thooksPath = /dev/null\n", False),
        ("[gpg]\n\tprogram = ../vast\n", False),
        ("[include]\n\tpath = ../itself\n", False),
        ('[include]\n\tpath = ../p"ip"e # a comment\n', True),
        ("[include]\n\tpath = ../pi\\\npe\n", True),
        ('[include] path = "../p\\\\ipe"\n', False),
        ("[include] path = ../pipe\n", True),
        ("; [include]\n\t# path = ../pipe\n", False),
        ("[x]\n\ta = pipe\0b\n", True),
        ("[x]\n\ta = b\0c\n", False),
        (f"[x]\n\ta = {'b' * 5000}\n", False),
        ("[include]\n\tpath = ../many\n", True),
        ("[include]\n" + "".join(f"\tpath = none{n}\n" for n in range(1001)), True),
        ("[include]\n" + "".join(f"\tpath = none{n}\n" for n in range(100)), False),
        ('[x]\n\ta = \n\tb = ""\n', False),
        ("[include]\n\tpath = ~nobody-of-this-name/x\n", False),
        ('[remote "origin"]\n\turl = https://example.invalid/x.git\n\tpushurl = .\n', False),
    ],
)
def test_settings_may_name_strange_files(root: Path, text: str, strange: bool) -> None:
    """Pipes and devices in settings are seen, also in included ones; vast files if included."""
    pipe(root / "pipe")
    vast(root / "vast", 1 << 21)
    (root / "second").write_text("[include]\n\tpath = pipe\n")
    (root / "itself").write_text("[include]\n" + "\tpath = itself\n\tpath = ./itself\n" * 30)
    (root / "many").write_text("[include]\n" + "".join(f"\tpath = m{n}\n" for n in range(101)))
    for number in range(101):
        (root / f"m{number}").touch()
    with (root / ".git" / "config").open("a") as stream:
        stream.write(text)
    assert bool(find_reason_not_to_start_git(root)) == strange
    assert bool(list(look_through(root))) == strange


def test_a_pipe_deeper_inside_is_found_when_git_waits(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An object's file may be a pipe: git is ended after two seconds, and the next not started."""
    monkeypatch.setattr(time_limits, "_LONG", 0.0)
    assert find_pipe_or_device_in_git_folder(root) == ""
    object_id = "ab" * 20
    pipe(root / ".git" / "objects" / "ab" / object_id[2:])
    with pytest.raises(GitError, match="/objects/ab/"):
        run_git(root, ["cat-file", "blob", object_id])
    with pytest.raises(GitError, match="waits for"):
        run_git(root, ["rev-parse", "--git-dir"])
    monkeypatch.setattr(time_limits, "_FORGET", 0.0)
    monkeypatch.setattr(time_limits, "_LONG", 2.0)
    assert reason_of_recent_stall(root) == ""
    assert run_git(root, ["rev-parse", "--git-dir"]).stdout == b".git\n"
    monkeypatch.setattr(time_limits, "_LONG", 0.0)
    with (
        ObjectReader(Repository(root, "")) as objects,
        pytest.raises(GitError, match="/objects/ab/"),
    ):
        objects.find_blob_within_limit(object_id)


def test_local_patience(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty seconds, one more for each 10 MB on the disk, and one for each 1,000 files."""
    monkeypatch.setattr(
        time_limits,
        "measure_repository_and_worktree",
        lambda _folder: RepositorySize(40_000_000, 1000),
    )
    waiting = LocalTimeLimit(root, 20)
    assert waiting.find_stop_reason(19.0, 0) == waiting.find_stop_reason(24.0, 0) == ""
    assert waiting.find_stop_reason(25.1, 0) == "took too long"
    assert transport_stop_reason(10_000, 59) == ""
    assert transport_stop_reason(61, 61) == "made no progress"


def test_size_of_a_repository(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of the working tree and of `.git` count with what the disk holds, holes do not."""
    before = measure_repository_and_worktree(root).disk_bytes
    (root / "file").write_bytes(os.urandom(100_000))
    vast(root / "sparse", 1 << 40)
    assert 100_000 <= measure_repository_and_worktree(root).disk_bytes - before < 200_000
    for number in range(5):
        (root / f"link{number}").hardlink_to(root / "file")
    assert measure_repository_and_worktree(root).disk_bytes - before < 200_000
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "file").write_bytes(b"abc")
    assert measure_repository_and_worktree(tmp_path / "plain").disk_bytes % 512 == 0
    monkeypatch.setattr(strange, "_MOST_ENTRIES", 0)
    assert measure_repository_and_worktree(root).disk_bytes == 0


def test_what_vanishes_while_it_is_looked_at_counts_nothing(tmp_path: Path) -> None:
    """Another git may run at the same time."""
    (tmp_path / "file").write_bytes(b"abc")
    entry = next(strange._walk_files_below_within_limit([tmp_path]))
    (tmp_path / "file").unlink()
    assert strange._file_id_and_disk_bytes(entry) == ((0, 0), 0)
    assert list(strange._walk_files_below_within_limit([tmp_path / "gone"])) == []


def test_a_link_is_no_pipe(root: Path) -> None:
    """Links to nowhere are not waited for."""
    (root / ".git" / "link").symlink_to("nowhere")
    (root / ".git" / "null").symlink_to("/dev/null")
    assert find_pipe_or_device_in_git_folder(root) == ""
    pipe(root / "pipe")
    (root / ".git" / "objects" / "pack" / "pack-1.idx").symlink_to("../../../pipe")
    assert find_pipe_or_device_in_git_folder(root) == str(
        root / ".git" / "objects" / "pack" / "pack-1.idx"
    )


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b"])
def test_names_that_no_folder_can_have(root: Path, tmp_path: Path, name: str) -> None:
    """`.git` as a file and `commondir` may say anything."""
    (root / ".git" / "commondir").write_text(name)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / ".git").write_text(f"gitdir: {name}\n")
    assert find_git_data_folders(root) == [root / ".git"]
    assert find_git_data_folders(tmp_path / "inner") == []


def test_a_pipe_that_only_the_system_sees_is_not_waited_for(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Borrowed objects may lie anywhere: the system says that git waits to open a pipe."""
    monkeypatch.setattr(process, "_LONG", 0.0)
    object_id = "ab" * 20
    pipe(tmp_path / "objects" / "ab" / object_id[2:])
    (root / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (root / ".git" / "objects" / "info" / "alternates").write_text(f"{tmp_path}/objects\n")
    with pytest.raises(GitError, match="waits for a pipe"):
        run_git(root, ["cat-file", "blob", object_id])
    monkeypatch.setattr(time_limits, "_FORGET", 0.0)
    with (
        ObjectReader(Repository(root, "")) as objects,
        pytest.raises(GitError, match="waits for a pipe"),
    ):
        objects.find_blob_within_limit(object_id)


def test_programs_of_a_trusted_repository_may_take_longer(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the inert settings hooks may run, which test what they like for some minutes."""
    seconds: list[float] = []

    def patient(_folder: Path, least: float) -> LocalTimeLimit:
        seconds.append(least)
        return LocalTimeLimit(root, least)

    monkeypatch.setattr("assess.store.git.run.plumbing.LocalTimeLimit", patient)
    run_git(root, ["rev-parse", "--git-dir"], options=())
    run_git(root, ["rev-parse", "--git-dir"])
    assert seconds == [600, 20]


def test_stopped_error_says_why() -> None:
    """The reason is its text."""
    assert str(StoppedError("took too long", 3)) == "took too long"
