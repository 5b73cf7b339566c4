"""Identity, tags, and what trust is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.commit.commit_files import (
    commit_paths_if_changed,
    make_and_trust_missing_repository,
)
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup.local_settings import write_merge_attributes_and_settings
from assess.store.git.setup.own_repository import (
    is_author_identity_known,
    list_hooks_and_program_settings,
    make_annotated_tag,
    write_committer_identity,
)
from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    record_trust_in_git_programs,
)
from store.git.run.test_commits import sh
from store.git.trust.test_trusted_programs import hook


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A trusted repository with one commit."""
    root = tmp_path / "w"
    root.mkdir()
    make_and_trust_missing_repository(root)
    (root / "assess.yaml").write_text("a: 1\n", "utf-8")
    commit_paths_if_changed(root, ["assess.yaml"], "first", lang="en")
    return root


def test_nothing_to_trust(root: Path) -> None:
    """Samples, our own merge driver and an ordinary remote start nothing new."""
    write_merge_attributes_and_settings(root, "en")
    sh(root, "remote", "add", "origin", "file:///usb/x.git")

    assert list_hooks_and_program_settings(root) == []


def test_what_would_run_is_named(root: Path) -> None:
    """Hooks that may run, wherever they are, and settings that name programs."""
    hook(root / ".git" / "hooks", "pre-commit")
    sh(root, "config", "filter.evil.clean", "x")
    sh(root, "config", "remote.origin.uploadpack", "x")
    assert list_hooks_and_program_settings(root) == [
        "hooks/pre-commit",
        "filter.evil.clean",
        "remote.origin.uploadpack",
    ]

    hook(root / ".husky", "commit-msg")
    hook(root / ".husky" / "sub", "helper")
    sh(root, "config", "core.hooksPath", ".husky")
    (root / ".git" / "hooks" / "pre-commit").unlink()
    assert {"core.hookspath", "hooks/commit-msg", "hooks/sub/helper"} <= set(
        list_hooks_and_program_settings(root)
    )


@pytest.mark.parametrize(
    "name",
    [
        "merge.assess.driver",
        "core.alternateRefsCommand",
        "core.gitProxy",
        "gc.recentObjectsHook",
        "diff.assess.textconv",
        "diff.x.command",
        "diff.external",
        "push.gpgSign",
        "http.proxy",
        "credential.helper",
        "core.newProgram",
    ],
)
def test_any_setting_that_names_a_program_is_asked_about(root: Path, name: str) -> None:
    """Also our own merge driver under a strange command, and what git starts in passing."""
    sh(root, "config", name, "touch pwned")
    assert list_hooks_and_program_settings(root) == [name.lower()]


def test_settings_that_lead_nowhere_are_not_asked_about(root: Path) -> None:
    """How a merge shows conflicts, what a tool of others remembers: no question."""
    for name in ("merge.conflictStyle", "http.postBuffer", "remote.origin.gh-resolved", "x.y"):
        sh(root, "config", name, "diff3")
    assert list_hooks_and_program_settings(root) == []


def test_settings_of_a_linked_tree_and_of_included_files(root: Path) -> None:
    """What does not stand in .git/config itself is found too."""
    (root / "more").write_text('[filter "x"]\n\tclean = touch pwned\n', "utf-8")
    sh(root, "config", "include.path", "../more")
    sh(root, "config", "extensions.worktreeConfig", "true")
    sh(root, "config", "--worktree", "core.fsmonitor", "touch pwned")
    assert list_hooks_and_program_settings(root) == ["filter.x.clean", "core.fsmonitor"]


def test_own_changes_keep_trust(root: Path) -> None:
    """What this program sets itself does not take trust away, nor give it."""
    write_committer_identity(root, "王敏", "wang@x.example")
    assert is_repository_trusted(root)
    assert sh(root, "config", "user.name") == "王敏"

    sh(root, "config", "core.fsmonitor", "evil")
    write_committer_identity(root, "李强", "li@x.example")
    assert not is_repository_trusted(root)


def test_identity(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known from the environment or the settings, or not at all."""
    assert is_author_identity_known(root)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    sh(root, "config", "user.useConfigOnly", "true")
    assert not is_author_identity_known(root)


def test_tags(root: Path) -> None:
    """A tag has a message and is never moved."""
    head = sh(root, "rev-parse", "HEAD")
    make_annotated_tag(root, "round/2026", head, "as closed")

    assert sh(root, "cat-file", "-t", "round/2026") == "tag"
    with pytest.raises(GitError, match="already exists"):
        make_annotated_tag(root, "round/2026", head, "again")


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    """There is nothing in it that would run, so trusting it is harmless."""
    assert not is_repository_trusted(tmp_path)
    assert list_hooks_and_program_settings(tmp_path) == []
    record_trust_in_git_programs(tmp_path)
    assert is_repository_trusted(tmp_path)


def test_nothing_changed_is_no_commit(root: Path) -> None:
    """The last commit's id is returned."""
    assert commit_paths_if_changed(root, ["assess.yaml"], "again", lang="en") == sh(
        root, "rev-parse", "HEAD"
    )
    assert sh(root, "rev-list", "--count", "HEAD") == "1"


def test_an_untrusted_repository_signs_nothing(root: Path) -> None:
    """The signing program of strange settings does not run for a tag."""
    sh(root, "config", "tag.gpgSign", "true")
    sh(root, "config", "gpg.program", "/nowhere")
    make_annotated_tag(root, "round/2026", "HEAD", "x")
    assert sh(root, "tag") == "round/2026"

    record_trust_in_git_programs(root)
    with pytest.raises(GitError):
        make_annotated_tag(root, "round/2027", "HEAD", "x")
