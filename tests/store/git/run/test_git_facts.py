"""What git says is read once, and again as soon as it can be otherwise."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from assess.store.git.run import git_facts, plumbing
from assess.store.git.run.flushed_writes import run_writing_git
from assess.store.git.run.git_facts import (
    GIT_PATHS,
    ask_git_or_reuse_answer,
    find_reusable_git_folders,
    find_setting_value,
    find_workspace_prefix,
    list_settings,
    reuse_git_answers,
)
from assess.store.git.run.plumbing import GitError
from assess.store.git.run.starts import count_recorded_git_starts, record_git_start_unless_harmless
from store.git.run.test_commits import sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository."""
    sh(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands of git that are started."""
    commands: list[str] = []
    run = plumbing._run_watched_and_remember_stall

    def noted(folder: Path, words: Sequence[str], *rest: Any) -> CompletedProcess[bytes]:
        commands.append(words[0])
        return run(folder, words, *rest)

    monkeypatch.setattr(plumbing, "_run_watched_and_remember_stall", noted)
    return commands


@pytest.fixture
def kept(root: Path) -> Iterator[None]:
    """Answers are taken again."""
    with reuse_git_answers(root, {}):
        yield


def test_each_is_asked_once(root: Path, starts: list[str], kept: None) -> None:
    """Folders and settings cost one start each, however often they are asked for."""
    for _turn in range(3):
        folders = find_reusable_git_folders(root)
        assert folders is not None
        assert find_setting_value(root, "core.bare") == "false"
        assert find_setting_value(root, "no.such") == ""
    assert sorted(starts) == ["config", "rev-parse"]


def test_folders_are_those_of_git(root: Path, kept: None) -> None:
    """Folder, top, prefix and each file are where git says."""
    folders = find_reusable_git_folders(root)
    assert folders is not None
    assert (folders.folder, folders.common, folders.top) == (root / ".git", root / ".git", root)
    assert folders.prefix == ""
    for name in GIT_PATHS:
        assert folders.paths[name] == root / sh(root, "rev-parse", "--git-path", name).strip()


def test_a_changed_setting_is_read_again(root: Path, kept: None) -> None:
    """Also where another program changes it, in the file itself or in one that it includes."""
    included = root / "more"
    included.write_text("[a]\nb = 1\n", "utf-8")
    sh(root, "config", "include.path", "../more")
    assert find_setting_value(root, "a.b") == "1"
    included.write_text("[a]\nb = 22\n", "utf-8")
    assert find_setting_value(root, "a.b") == "22"
    sh(root, "config", "a.b", "3")
    assert find_setting_value(root, "a.b") == "3"


@pytest.mark.parametrize("present", [False, True])
@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("[include]", "../more"),
        ("[include]", "~/more"),
        ('[includeIf "gitdir:/**"]', "inner/more"),
        ("", ".gitconfig"),
        ("", "config/git/config"),
        ("", "named"),
    ],
)
def test_a_file_that_had_no_settings(
    root: Path, monkeypatch: pytest.MonkeyPatch, section: str, path: str, *, present: bool
) -> None:
    """It was missing or empty when git was asked first; what it says later counts at once."""
    home = root / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    if path == "named":
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / path))
    config = root / ".git/config"
    folder = config.parent if section else home
    if section:
        config.write_text(f"{config.read_text('utf-8')}{section}\npath = {path}\n", "utf-8")
    file = home / "more" if path.startswith("~") else folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if present:
        file.touch()
    with reuse_git_answers(root, {}):
        assert find_setting_value(root, "filter.q.clean") == ""
        file.write_text('[filter "q"]\nclean = x\n', "utf-8")
        assert find_setting_value(root, "filter.q.clean") == "x"


def test_a_changed_file_of_a_workspace_below_the_top(root: Path) -> None:
    """Git names files from the top of the working tree."""
    (root / "sub").mkdir()
    (root / "more").write_text("[a]\nb = 1\n", "utf-8")
    sh(root, "config", "include.path", "../more")
    with reuse_git_answers(root / "sub", {}):
        assert find_setting_value(root / "sub", "a.b") == "1"
        (root / "more").write_text("[a]\nb = 22\n", "utf-8")
        assert find_setting_value(root / "sub", "a.b") == "22"


def test_another_repository_in_its_place_is_seen(root: Path, kept: None) -> None:
    """A `.git` that leads elsewhere gives other folders."""
    before = find_reusable_git_folders(root)
    (root / ".git").rename(root / "moved")
    (root / ".git").write_text(f"gitdir: {root / 'moved'}\n", "utf-8")
    after = find_reusable_git_folders(root)
    assert before is not None
    assert after is not None
    assert (before.folder, after.folder) == (root / ".git", root / "moved")


@pytest.mark.parametrize(
    ("change", "times"),
    [
        ("", 1),
        ("hook", 2),
        ("filter", 2),
        ("driver", 1),
        ("other driver", 2),
        ("sample", 1),
        ("no folder", 1),
        ("file", 1),
    ],
)
def test_after_a_git_that_may_run_a_program_all_is_asked_again(
    root: Path, starts: list[str], change: str, times: int
) -> None:
    """A hook, a filter or a driver may have changed anything; without one nothing has."""
    hooks = root / ".git/hooks"
    shutil.rmtree(hooks, ignore_errors=True)
    if change not in ("no folder", "file"):
        hooks.mkdir()
    if change == "file":
        hooks.touch()
    if change in ("hook", "sample"):
        (hooks / ("pre-commit" + ".sample" * (change == "sample"))).touch()
    if change == "filter":
        sh(root, "config", "filter.x.clean", "cat")
    if "driver" in change:
        sh(root, "config", "merge.assess.driver", change)
    with reuse_git_answers(root, {"merge.assess.driver": "driver"}):
        for _turn in range(2):
            assert find_reusable_git_folders(root) is not None
            list_settings(root)
            run_writing_git(root, ["update-index", "--refresh"], options=())
        list_settings(root)
        assert starts.count("config") == times + (times == 2)


def test_a_hook_that_takes_itself_away_counts(root: Path, starts: list[str], kept: None) -> None:
    """It was there when git was started."""
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.touch()
    find_reusable_git_folders(root)
    list_settings(root)
    run_writing_git(root, ["update-index", "--refresh"], options=())
    hook.unlink()
    list_settings(root)
    assert starts.count("config") == 2


def test_hooks_that_cannot_be_looked_at_count(
    root: Path, starts: list[str], monkeypatch: pytest.MonkeyPatch, kept: None
) -> None:
    """What stands there may be anything."""
    find_reusable_git_folders(root)
    monkeypatch.setattr(git_facts, "_has_hooks", lambda _folder: True)
    list_settings(root)
    run_writing_git(root, ["update-index", "--refresh"], options=())
    list_settings(root)
    assert starts.count("config") == 2


def test_a_git_with_inert_settings_runs_nothing(root: Path, starts: list[str], kept: None) -> None:
    """What was read stands, whatever hooks there are."""
    (root / ".git/hooks/pre-commit").touch()
    list_settings(root)
    run_writing_git(root, ["update-index", "--refresh"])
    list_settings(root)
    assert starts.count("config") == 1


def test_questions_that_settings_decide(root: Path, starts: list[str], kept: None) -> None:
    """Each is put once for the same variables, and again once a setting changed."""
    words = ["var", "GIT_AUTHOR_IDENT"]
    for _turn in range(2):
        assert not ask_git_or_reuse_answer(root, words).returncode
        assert (
            b"other"
            in ask_git_or_reuse_answer(root, words, environ={"GIT_AUTHOR_NAME": "other"}).stdout
        )
    assert starts.count("var") == 2
    sh(root, "config", "a.b", "c")
    assert not ask_git_or_reuse_answer(root, words).returncode
    assert starts.count("var") == 3


def test_without_a_plain_answer_there_are_no_folders(tmp_path: Path) -> None:
    """No repository, a bare one, and paths with line breaks are asked about by themselves."""
    odd = tmp_path / "a\nb"
    for folder in (tmp_path / "none", odd, tmp_path / "bare"):
        folder.mkdir()
    sh(odd, "init", "-q")
    sh(tmp_path / "bare", "init", "-q", "--bare")
    for folder in (tmp_path / "none", odd, tmp_path / "bare"):
        with reuse_git_answers(folder, {}):
            assert find_reusable_git_folders(folder) is None


def test_other_folders_are_asked_about_by_themselves(
    root: Path, tmp_path: Path, starts: list[str], kept: None
) -> None:
    """What is known of one workspace says nothing of another one."""
    other = tmp_path / "other"
    other.mkdir()
    sh(other, "init", "-q")
    sh(other, "config", "a.b", "there")
    assert find_reusable_git_folders(other) is None
    assert find_setting_value(other, "a.b") == "there"
    assert find_setting_value(root, "a.b") == ""


def test_outside_nothing_is_kept(root: Path, starts: list[str]) -> None:
    """Each question starts a git."""
    assert find_reusable_git_folders(root) is None
    list_settings(root)
    list_settings(root)
    assert not ask_git_or_reuse_answer(root, ["var", "GIT_AUTHOR_IDENT"]).returncode
    assert starts == ["config", "config", "var"]


def test_settings_that_git_cannot_read(root: Path, kept: None) -> None:
    """They are none, or an error where the caller relies on them."""
    (root / ".git/config").write_text("[broken", "utf-8")
    assert list_settings(root) == []
    with pytest.raises(GitError, match="bad config"):
        list_settings(root, check=True)


def test_names_that_no_file_has(root: Path, kept: None) -> None:
    """A setting of the command line has no file; nothing breaks."""
    assert "command" in {row.scope for row in list_settings(root)}
    assert os.path.lexists(root / ".git")


@pytest.mark.parametrize(
    ("words", "writes"),
    [
        (["rev-parse", "HEAD"], False),
        (["--git-dir=x", "--work-tree=y", "rev-parse", "HEAD"], False),
        (["config", "--list", "-z"], False),
        (["config", "a.b", "c"], True),
        (["config", "--file", "x", "a.b", "c"], True),
        (["remote", "get-url", "x"], False),
        (["remote", "add", "x", "y"], True),
        (["remote"], False),
        (["symbolic-ref", "--quiet", "HEAD"], False),
        (["symbolic-ref", "HEAD", "refs/heads/x"], True),
        (["diff", "--cached"], False),
        (["diff"], True),
        (["commit"], True),
        (["fetch"], True),
        (["ls-remote"], True),
        ([], True),
    ],
)
def test_starts_that_may_run_programs_are_counted(words: list[str], writes: bool) -> None:
    """What is not known to read alone counts, unless its settings are inert."""
    before = count_recorded_git_starts()
    record_git_start_unless_harmless(words, inert=True)
    assert count_recorded_git_starts() == before
    record_git_start_unless_harmless(words, inert=False)
    assert count_recorded_git_starts() == before + writes


def test_answers_without_settings_are_asked_for_again(
    root: Path, starts: list[str], kept: None
) -> None:
    """Whether a program may have run is not known without the settings."""
    words = ["var", "GIT_AUTHOR_IDENT"]
    for _turn in range(2):
        ask_git_or_reuse_answer(root, words)
        run_writing_git(root, ["update-index", "--refresh"], options=())
    assert starts.count("var") == 2


def test_without_settings_any_program_may_run(root: Path) -> None:
    """Nothing is known of a repository before its settings were read."""
    facts = git_facts.GitFacts(root, {})
    assert facts._may_git_start_programs()
    facts.list_or_reuse_settings()
    assert not facts._may_git_start_programs()


def test_hooks_in_a_folder_that_cannot_be_read_count(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands there may be anything."""

    def fail(_folder: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", fail)
    assert git_facts._has_hooks(root)


def test_a_refused_question_is_an_error_where_it_matters(root: Path, kept: None) -> None:
    """In git's words."""
    words = ["remote", "get-url", "--", "none"]
    assert ask_git_or_reuse_answer(root, words).returncode
    with pytest.raises(GitError, match="No such remote"):
        ask_git_or_reuse_answer(root, words, check=True)


def test_the_place_below_the_top(root: Path, tmp_path: Path) -> None:
    """The prefix is the same, read once or not; without a repository it is an error."""
    (root / "sub/deep").mkdir(parents=True)
    place = root / "sub/deep"
    assert find_workspace_prefix(place) == "sub/deep/"
    with reuse_git_answers(place, {}):
        assert find_workspace_prefix(place) == "sub/deep/"
    shutil.rmtree(root / ".git")
    with pytest.raises(GitError, match="not a git repository"):
        find_workspace_prefix(place)
