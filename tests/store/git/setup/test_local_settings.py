"""Setting git up to merge by meaning."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.store.file_types import MERGE_LINES, is_merged_by_meaning
from assess.store.files import MAX_FILE
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup import local_settings
from assess.store.git.setup.local_settings import (
    DRIVER,
    MergeSetup,
    read_merge_setup,
    remove_merge_settings,
    write_merge_attributes_and_settings,
)
from assess.store.git.snapshot import open_repository_snapshot
from assess.store.git.trust.trusted_programs import is_repository_trusted


def git(folder: Path, *words: str) -> str:
    """Run plain git."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.rstrip("\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of ours with nothing in it."""
    make_and_trust_missing_repository(tmp_path)
    return tmp_path


def test_what_is_written_is_what_is_looked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First nothing, then all of it; a second time there is nothing to write."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert read_merge_setup(root) == MergeSetup(
        repository=True, driver=False, attributes=False, program=False
    )
    assert not read_merge_setup(root).is_complete_or_not_needed

    assert write_merge_attributes_and_settings(root, "en") == [
        ".gitattributes",
        "merge.assess.name",
        "merge.assess.driver",
        "diff.assess.xfuncname",
        "merge.assess.python",
    ]

    assert read_merge_setup(root) == MergeSetup(
        repository=True, driver=True, attributes=True, program=True
    )
    assert read_merge_setup(root).is_complete_or_not_needed
    assert write_merge_attributes_and_settings(root, "en") == []


def test_which_files_are_merged_by_meaning() -> None:
    """The four formats where they stand, and nothing else of such a name."""
    for path in (
        "assess.yaml",
        "answers/2026/a.yaml",
        "checklists/x.yaml",
        "evidence/register.yaml",
    ):
        assert is_merged_by_meaning(path)
    for path in ("../assess.yaml", "x/answers/2026/a.yaml", "evidence/2026/x.yaml", ".gitignore"):
        assert not is_merged_by_meaning(path)


def test_git_finds_the_driver_for_the_four_formats_only(root: Path) -> None:
    """By the attributes; templates and evidence are merged as ever."""
    write_merge_attributes_and_settings(root, "en")
    merged = ("assess.yaml", "answers/2026/a.yaml", "checklists/c.yaml", "evidence/register.yaml")
    others = ("templates/x.yaml", "evidence/2026/x.yaml", "sub/assess.yaml", "reports/r.pdf")

    for path in merged:
        assert git(root, "check-attr", "merge", "--", path).endswith("merge: assess")
    for path in others:
        assert not git(root, "check-attr", "merge", "--", path).endswith("assess")


def test_lines_of_others_in_the_attributes_stay(root: Path) -> None:
    """Only what is missing is added."""
    mine = f"# mine\n*.png binary\n{MERGE_LINES[1]}"
    (root / ".gitattributes").write_text(mine, "utf-8")

    write_merge_attributes_and_settings(root, "en")

    text = (root / ".gitattributes").read_text("utf-8")
    assert text == "\n".join([mine, MERGE_LINES[0], *MERGE_LINES[2:], ""])


def test_an_unguarded_driver_is_replaced(root: Path) -> None:
    """It would drop theirs silently where `assess` is not found."""
    git(root, "config", "merge.assess.driver", "assess merge-driver %O %A %B %P")
    assert not read_merge_setup(root).driver

    assert "merge.assess.driver" in write_merge_attributes_and_settings(root, "en")
    assert git(root, "config", "merge.assess.driver") == DRIVER


def test_trust_is_kept_and_not_given(root: Path, own_home: Path) -> None:
    """Our own change of the settings asks nobody again; a strange repository stays strange."""
    write_merge_attributes_and_settings(root, "en")
    assert is_repository_trusted(root)

    strange = root / "strange"
    strange.mkdir()
    git(strange, "init", "-q")
    write_merge_attributes_and_settings(strange, "en")
    assert not is_repository_trusted(strange)


def test_without_a_repository_nothing_is_needed(tmp_path: Path) -> None:
    """A folder on a stick is no clone."""
    assert read_merge_setup(tmp_path).is_complete_or_not_needed


def test_settings_that_cannot_be_written(root: Path) -> None:
    """A lock that a dead git left: said with what to look at."""
    (root / ".git" / "config.lock").touch()

    with pytest.raises(WriteError, match=r"config\.lock"):
        write_merge_attributes_and_settings(root, "en")


def test_the_settings_are_removed(root: Path) -> None:
    """The file of settings is as before, the repository stays trusted, attributes stay."""
    before = (root / ".git" / "config").read_bytes()
    written = write_merge_attributes_and_settings(root, "en")[1:]

    assert remove_merge_settings(root, "en") == written

    assert (root / ".git" / "config").read_bytes() == before
    assert (root / ".gitattributes").exists()
    assert is_repository_trusted(root)
    assert remove_merge_settings(root, "en") == []


def test_settings_of_the_user_are_not_removed(root: Path) -> None:
    """A driver of that name in ~/.gitconfig is the user's."""
    (Path.home() / ".gitconfig").write_text('[merge "assess"]\n\tname = mine\n', "utf-8")

    assert remove_merge_settings(root, "en") == []


def test_a_lock_stops_the_removal(root: Path) -> None:
    """A lock that a dead git left: said with what to look at."""
    write_merge_attributes_and_settings(root, "en")
    (root / ".git" / "config.lock").touch()

    with pytest.raises(WriteError, match=r"config\.lock"):
        remove_merge_settings(root, "en")


def test_a_folder_of_another_user(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git opens none; the setting that lets it is named."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    with pytest.raises(WriteError, match="belongs to another user") as caught:
        write_merge_attributes_and_settings(root, "en")
    assert "safe.directory" in str(caught.value.hint)


def test_a_worktree_shares_the_settings(root: Path) -> None:
    """They stand in the repository, so each of its working trees has them."""
    git(root, "commit", "-q", "--allow-empty", "-m", "x")
    write_merge_attributes_and_settings(root, "en")
    other = root.parent / f"{root.name}-other"
    git(root, "worktree", "add", "-q", str(other))

    assert read_merge_setup(other).driver
    assert write_merge_attributes_and_settings(other, "en") == [".gitattributes"]


def test_the_guard_stops_where_assess_is_missing(root: Path) -> None:
    """The command exits above 128 and says why."""
    script = DRIVER.replace("%O %A %B %P", "a b c d")
    environ = {**os.environ, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["sh", "-c", script], env=environ, check=False, capture_output=True)

    assert done.returncode == 130
    assert b"assess git setup" in done.stderr


def test_what_is_lacking_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Merging by lines, or no program to start: the interpreter that set git up has moved."""
    assert "merges by lines" in read_merge_setup(root).explain_what_is_missing("en")
    write_merge_attributes_and_settings(root, "en")
    assert read_merge_setup(root).explain_what_is_missing("en") == ""

    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert read_merge_setup(root).is_complete_or_not_needed
    git(root, "config", "merge.assess.python", "/nowhere/python")
    assert "stops at each merge" in read_merge_setup(root).explain_what_is_missing("en")
    assert write_merge_attributes_and_settings(root, "en") == ["merge.assess.python"]
    assert read_merge_setup(root).is_complete_or_not_needed


@pytest.mark.parametrize("kind", ["link", "pipe", "large"])
def test_attributes_that_are_no_ordinary_file(root: Path, tmp_path: Path, kind: str) -> None:
    """Neither followed, nor waited for, nor read without end; and not replaced either."""
    path = root / ".gitattributes"
    if kind == "link":
        (tmp_path / "secret").write_text("".join(f"{line}\n" for line in MERGE_LINES), "utf-8")
        path.symlink_to(tmp_path / "secret")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"#\n" * MAX_FILE)

    assert not read_merge_setup(root).attributes
    with pytest.raises(WriteError, match=r"\.gitattributes"):
        write_merge_attributes_and_settings(root, "en")
    assert path.is_symlink() == (kind == "link")


@pytest.mark.parametrize("line", ["*.yaml merge=union", "*.yaml -merge", "answers/** binary"])
def test_our_lines_come_last(root: Path, line: str) -> None:
    """A later line that says how to merge takes the files from us; set up again, ours follow it."""
    write_merge_attributes_and_settings(root, "en")
    (root / "assess.yaml").write_text("format: assess/1\n", "utf-8")
    path = root / ".gitattributes"
    path.write_text(f"{path.read_text('utf-8')}{line}\n# merge=ours\n*.yaml text\n", "utf-8")
    assert not read_merge_setup(root).attributes

    assert write_merge_attributes_and_settings(root, "en") == [".gitattributes"]
    assert read_merge_setup(root).attributes
    assert git(root, "check-attr", "merge", "--", "assess.yaml").endswith("merge: assess")
    assert line in path.read_text("utf-8")


def test_attributes_that_this_user_may_not_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are left as they are, and the right to write is named."""

    def refused(path: Path, *_rest: int) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(
        "assess.store.git.setup.attribute_lines.read_start_of_regular_file", refused
    )
    assert not read_merge_setup(root).attributes
    with pytest.raises(WriteError, match=r"\.gitattributes"):
        write_merge_attributes_and_settings(root, "en")


@pytest.mark.parametrize("place", ["answers/2026/.gitattributes", ".git/info/attributes"])
def test_a_nearer_line_is_noticed(root: Path, place: str) -> None:
    """What a folder of sheets or this clone says itself goes before .gitattributes."""
    write_merge_attributes_and_settings(root, "en")
    sheet = root / "answers" / "2026" / "a.yaml"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("format: assess/answers/1\n", "utf-8")
    assert read_merge_setup(root).attributes

    (root / place).parent.mkdir(exist_ok=True)
    (root / place).write_text("a.yaml merge=union\n", "utf-8")
    assert not read_merge_setup(root).attributes


def test_no_pipe_in_place_of_attributes_is_waited_for(root: Path) -> None:
    """Git would read it without an end."""
    write_merge_attributes_and_settings(root, "en")
    sheet = root / "answers" / "2026" / "a.yaml"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("format: assess/answers/1\n", "utf-8")
    os.mkfifo(sheet.parent / ".gitattributes")
    assert not read_merge_setup(root).attributes


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".gitattributes", ""),
        (".gitattributes", "*.yaml merge=union\n"),
        (".gitattributes", "[attr]merged merge=union\nanswers/** merged\n"),
        (".gitattributes", "*.png binary\n"),
        ("answers/.gitattributes", "* -merge\n"),
        ("answers/2026/.gitattributes", "*.png binary\n"),
        (".git/info/attributes", "* merge=union\n"),
        (".git/info/attributes", "# nothing\n"),
        ("home/git/attributes", "* merge=union\n"),
        ("home/git/attributes", "[attr]binary merge=union\n"),
        ("named", "[attr]binary merge=union\n"),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_read_once_it_is_what_git_says(
    root: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str, before: bool
) -> None:
    """Whatever files of attributes there are, a snapshot tells the same as git itself."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(root / "home"))
    write_merge_attributes_and_settings(root, "en")
    for name in (file, "answers/2026/x.yaml", "assess.yaml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    lines = (root / file).read_text("utf-8")
    (root / file).write_text(text + lines if before else lines + text, "utf-8")
    if file == "named":
        git(root, "config", "core.attributesFile", str(root / file))
    alone = read_merge_setup(root)
    with open_repository_snapshot(root):
        assert read_merge_setup(root) == alone


def test_a_refusal_of_git_without_a_known_cause(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git says is shown, with what to look at."""
    write_merge_attributes_and_settings(root, "en")

    def refuse(*_arguments: object) -> None:
        raise GitError("something new")

    monkeypatch.setattr(local_settings, "remove_repository_settings", refuse)
    with pytest.raises(WriteError) as caught:
        remove_merge_settings(root, "en")
    assert "config.lock" in (caught.value.hint or "")
