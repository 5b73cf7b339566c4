"""Files that arrive over files that are in no commit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assess.errors import UsageError
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run.process import run_program_within_limits
from assess.store.git.sync.merge_commits import merge_commit_into_branch
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository that is told to ignore `*.log`, on another branch."""
    root = tmp_path / "单位 一"
    (root / "evidence/sub").mkdir(parents=True)
    make_and_trust_missing_repository(root)
    save(root, ".gitignore", "*.log\n", "start")
    save(root, "evidence/sub/a.txt", "1\n", "start")
    sh(root, "switch", "-q", "-c", "theirs")
    return root


def commit_on_theirs(root: Path, path: str, data: str = "THEIRS\n") -> str:
    """Commit a file on the other branch by force, and return to the own branch."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(data, "utf-8")
    sh(root, "add", "-f", path)
    sh(root, "commit", "-q", "-m", "theirs")
    tip = sh(root, "rev-parse", "HEAD")
    sh(root, "switch", "-q", "main")
    return tip


@pytest.mark.parametrize("moved_on", [True, False])
@pytest.mark.parametrize(
    ("arriving", "present"),
    [
        ("evidence/x.log", "evidence/x.log"),
        ("evidence/x.log/inner.txt", "evidence/x.log"),
        ("evidence/x.log", "evidence/x.log/inner.log"),
        ("notes.txt", "notes.txt"),
    ],
)
def test_a_file_in_no_commit_is_not_overwritten(
    root: Path, arriving: str, present: str, moved_on: bool
) -> None:
    """Git overwrites ignored files without a word: the merge is refused, with what to type."""
    tip = commit_on_theirs(root, arriving)
    if moved_on:
        save(root, "ours", "1\n", "ours")
    own = root / present
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("MY ONLY COPY", "utf-8")
    with pytest.raises(UsageError, match="in no commit") as caught:
        merge_commit_into_branch(root, tip, "m", None, "en")

    assert own.read_text("utf-8") == "MY ONLY COPY"
    assert tip[:10] in caught.value.message
    command = caught.value.hint.partition("again: ")[2].removesuffix(" && assess sync")
    _mv, _dashes, old, new = command.split()
    (root / old).rename(root / new)
    merge_commit_into_branch(root, tip, "m", None, "en")
    assert (root / arriving).read_text("utf-8") == "THEIRS\n"
    copies = [path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts]
    assert "MY ONLY COPY" in [path.read_text("utf-8") for path in copies]


def test_a_link_is_a_file_too(root: Path) -> None:
    """A link in no commit, also one that leads nowhere, is not overwritten."""
    tip = commit_on_theirs(root, "evidence/x.log")
    (root / "evidence/x.log").symlink_to("nowhere")
    with pytest.raises(UsageError, match=r"evidence/x\.log"):
        merge_commit_into_branch(root, tip, "m", None, "en")


def test_the_same_bytes_are_in_no_ones_way(root: Path) -> None:
    """A file that arrives with the bytes that are here is merged."""
    tip = commit_on_theirs(root, "evidence/x.log")
    (root / "evidence/x.log").write_text("THEIRS\n", "utf-8")
    assert merge_commit_into_branch(root, tip, "m", None, "en").merged == "forward"


def test_files_of_a_commit_may_give_way(root: Path) -> None:
    """A folder becomes a file, a file a folder: git keeps what the commit has."""
    sh(root, "rm", "-q", "-r", "evidence/sub")
    tip = commit_on_theirs(root, "evidence/sub")
    assert merge_commit_into_branch(root, tip, "m", None, "en").merged == "forward"
    sh(root, "switch", "-q", "theirs")
    sh(root, "rm", "-q", "evidence/sub")
    tip = commit_on_theirs(root, "evidence/sub/b.txt")
    assert merge_commit_into_branch(root, tip, "m", None, "en").merged == "forward"


def test_a_submodule_leaves_a_folder_alone(root: Path) -> None:
    """Git writes nothing into the folder of a submodule."""
    tip = sh(root, "rev-parse", "HEAD")
    sh(root, "update-index", "--add", "--cacheinfo", f"160000,{tip},inner")
    sh(root, "commit", "-q", "-m", "theirs")
    tip = sh(root, "rev-parse", "HEAD")
    sh(root, "switch", "-q", "main")
    (root / "inner").mkdir(exist_ok=True)
    (root / "inner/x.log").write_text("mine", "utf-8")
    assert merge_commit_into_branch(root, tip, "m", None, "en").merged == "forward"
    assert (root / "inner/x.log").read_text("utf-8") == "mine"


def test_files_that_are_here_already_stand_on_no_command_line(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Very many names would not fit there, and no sync could bring them."""
    tip = commit_on_theirs(root, "evidence/x.log")
    (root / "evidence/x.log").write_text("THEIRS\n", "utf-8")
    lines: list[Sequence[str]] = []

    def record(line: Sequence[str], *rest: Any) -> Any:
        lines.append(line)
        return run_program_within_limits(line, *rest)

    monkeypatch.setattr("assess.store.git.run.plumbing.run_program_within_limits", record)
    merge_commit_into_branch(root, tip, "m", None, "en")
    assert lines
    assert not any("x.log" in word for line in lines for word in line)


def test_many_names(root: Path) -> None:
    """A few names are enough, and no name that exists is proposed."""
    for number in range(7):
        path = root / f"evidence/{number}.log"
        path.write_text("THEIRS\n", "utf-8")
    sh(root, "add", "-f", "evidence")
    sh(root, "commit", "-q", "-m", "theirs")
    tip = sh(root, "rev-parse", "HEAD")
    sh(root, "switch", "-q", "main")
    for number in range(7):
        (root / f"evidence/{number}.log").write_text("mine", "utf-8")
    (root / "evidence/0.log.1.old").write_text("older", "utf-8")
    with pytest.raises(UsageError, match="…") as caught:
        merge_commit_into_branch(root, tip, "m", None, "en")
    assert "evidence/0.log.2.old" in caught.value.hint
