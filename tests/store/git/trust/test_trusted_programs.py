"""Whom the user trusts, and what takes that back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from assess.store.git.commit.commit_files import (
    commit_paths_if_changed,
    make_and_trust_missing_repository,
)
from assess.store.git.run.given_settings import INERT
from assess.store.git.trust import trusted_programs as trust_module
from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    keep_trust_while_setting,
    list_git_options_by_trust,
    record_trust_in_git_programs,
)
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A trusted repository."""
    root = tmp_path / "w"
    root.mkdir()
    make_and_trust_missing_repository(root)
    return root


def hook(folder: Path, name: str) -> None:
    """Write a hook that may run."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("#!/bin/sh\n", "utf-8")
    (folder / name).chmod(0o755)


def test_trust_is_kept_outside_the_workspace(root: Path, own_home: Path) -> None:
    """Trust stands in the user's own folder, or where XDG says."""
    kept = list((own_home / ".local" / "state" / "assess" / "trusted").iterdir())

    assert len(kept) == 1
    assert not any(root.rglob("trusted"))


def test_trust_follows_xdg(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG_STATE_HOME moves it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    assert not is_repository_trusted(root)
    record_trust_in_git_programs(root)

    assert (tmp_path / "state" / "assess" / "trusted").is_dir()
    assert is_repository_trusted(root)


def test_state_without_hooks_folder(root: Path) -> None:
    """A repository without a hooks folder can be trusted as well."""
    for path in (root / ".git" / "hooks").iterdir():
        path.unlink()
    (root / ".git" / "hooks").rmdir()
    record_trust_in_git_programs(root)

    assert is_repository_trusted(root)


def test_a_changed_included_file_asks_again(root: Path) -> None:
    """A file of the workspace that git's settings include comes with every pull."""
    (root / "more").write_text("[core]\n\tabbrev = 10\n", "utf-8")
    sh(root, "config", "include.path", "../more")
    record_trust_in_git_programs(root)
    assert is_repository_trusted(root)
    (root / "more").write_text("[core]\n\tfsmonitor = touch pwned\n", "utf-8")
    assert not is_repository_trusted(root)


def test_hooks_in_the_workspace_are_part_of_what_is_trusted(root: Path) -> None:
    """Hooks that come with a pull ask for trust again."""
    hook(root / ".husky", "pre-commit")
    sh(root, "config", "core.hooksPath", ".husky")
    record_trust_in_git_programs(root)
    assert is_repository_trusted(root)

    (root / ".husky" / "pre-commit").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    assert not is_repository_trusted(root)


def test_what_stands_below_the_hooks_is_part_of_it(root: Path) -> None:
    """Hooks call helpers beside them; the same text under another name is another thing."""
    hook(root / ".husky", "pre-commit")
    hook(root / ".husky" / "sub", "helper")
    sh(root, "config", "core.hooksPath", ".husky")
    record_trust_in_git_programs(root)
    assert is_repository_trusted(root)
    (root / ".husky" / "sub" / "helper").rename(root / ".husky" / "helper")
    assert not is_repository_trusted(root)
    record_trust_in_git_programs(root)
    hook(root / ".husky" / "sub", "new")
    assert not is_repository_trusted(root)


def test_a_hook_that_cannot_be_read_is_never_trusted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows what it does, nor whether it is still the same; it stops nothing either."""
    hook(root / ".git" / "hooks", "pre-push")
    record_trust_in_git_programs(root)
    assert is_repository_trusted(root)
    read = Path.open

    def refused(path: Path, *words: Any) -> Any:
        if path.name == "pre-push":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, *words)

    monkeypatch.setattr(Path, "open", refused)
    record_trust_in_git_programs(root)
    assert not is_repository_trusted(root)


def test_a_hook_that_may_run_from_now_on_asks(root: Path) -> None:
    """Without the right to run it was not named; a merge may give it that and nothing else."""
    path = root / ".git" / "hooks" / "pre-push"
    hook(path.parent, path.name)
    path.chmod(0o644)
    record_trust_in_git_programs(root)
    assert is_repository_trusted(root)
    path.chmod(0o755)
    assert not is_repository_trusted(root)


def test_a_linked_working_tree_has_the_same_settings(root: Path, tmp_path: Path) -> None:
    """Trust of a linked working tree goes when the settings change."""
    linked = tmp_path / "linked"
    sh(root, "worktree", "add", "-q", str(linked), "-b", "linked")
    record_trust_in_git_programs(linked)
    assert is_repository_trusted(linked)
    sh(root, "config", "core.fsmonitor", "evil")
    assert not is_repository_trusted(linked)


def test_a_change_of_ours_keeps_trust_and_gives_none(root: Path) -> None:
    """What was set is ours, whatever stood there before."""
    sh(root, "config", "user.name", "before")
    record_trust_in_git_programs(root)
    with keep_trust_while_setting(root, {"user.name": "王敏"}):
        sh(root, "config", "user.name", "王敏")
    assert is_repository_trusted(root)

    sh(root, "config", "core.fsmonitor", "evil")
    with keep_trust_while_setting(root, {"user.name": "x"}):
        sh(root, "config", "user.name", "x")
    assert not is_repository_trusted(root)


def test_what_comes_alive_with_our_change_asks(root: Path) -> None:
    """A file that is included once a remote has some address, even where it sets the same name."""
    waiting = root / ".git" / "waiting"
    sh(root, "config", "includeIf.hasconfig:remote.*.url:/usb/**.path", "waiting")
    for setting in ("core.fsmonitor", "remote.origin.proxy"):
        waiting.unlink(missing_ok=True)
        sh(root, "config", "-f", str(waiting), setting, "evil")
        record_trust_in_git_programs(root)
        ours = {"remote.origin.url": "/usb/x.git", "remote.origin.proxy": "ours"}
        with keep_trust_while_setting(root, ours):
            sh(root, "config", "remote.origin.url", "/usb/x.git")
        assert not is_repository_trusted(root)
        sh(root, "config", "--unset", "remote.origin.url")


def test_a_hook_that_came_meanwhile_asks(root: Path) -> None:
    """Hooks are compared too: git may have run something."""
    with keep_trust_while_setting(root, {"user.name": "x"}):
        hook(root / ".git" / "hooks", "pre-push")
    assert not is_repository_trusted(root)


def test_vast_hooks_are_never_trusted(root: Path) -> None:
    """A hook of some gigabytes is not read: nobody knows what it does."""
    hook(root / ".git" / "hooks", "pre-push")
    path = root / ".git" / "hooks" / "pre-push"
    record_trust_in_git_programs(root)
    assert is_repository_trusted(root)
    os.truncate(path, 3 << 30)
    record_trust_in_git_programs(root)
    assert not is_repository_trusted(root)


def test_a_folder_that_is_none_of_hooks_is_not_walked_to_its_end(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings may name `/`: what was not looked at is never the same."""
    sh(root, "config", "core.hooksPath", str(tmp_path / "many"))
    record_trust_in_git_programs(root)
    assert is_repository_trusted(root)
    (tmp_path / "many" / "inner").mkdir(parents=True)
    (tmp_path / "many" / "file").touch()
    record_trust_in_git_programs(root)
    assert is_repository_trusted(root)
    monkeypatch.setattr(trust_module, "_MOST_HOOKS", 3)
    assert not is_repository_trusted(root)
    record_trust_in_git_programs(root)
    assert not is_repository_trusted(root)


def test_a_folder_that_cannot_be_walked_is_never_trusted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in it is not known; a process that ends while /proc is walked stops nothing."""

    def refused(path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refused)
    record_trust_in_git_programs(root)
    assert not is_repository_trusted(root)


def test_what_is_no_memory_of_trust_trusts_nothing(root: Path) -> None:
    """A folder in the place of the file."""
    path = trust_module._path_of_trust_file(root)
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)
    assert not is_repository_trusted(root)


SIGNER = """#!/bin/sh
cat >/dev/null
touch '{mark}'
printf '\\n[GNUPG:] SIG_CREATED D\\n' >&2
printf -- '-----BEGIN PGP SIGNATURE-----\\nx\\n-----END PGP SIGNATURE-----\\n'
"""


def signer(path: Path) -> Path:
    """Write a program that signs, and leaves a mark beside itself."""
    path.write_text(SIGNER.format(mark=path.with_suffix(".ran")), "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["gpg.program", "gpg.openpgp.program"])
def test_the_users_own_settings_sign_where_the_repository_is_not_trusted(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A server that demands signatures refuses others; only the user's program runs."""
    mine, theirs = signer(tmp_path / "mine"), signer(tmp_path / "theirs")
    save(root, "assess.yaml", "a: 1\n", "first")
    for setting, value in (("commit.gpgSign", "false"), (name, str(theirs))):
        sh(root, "config", setting, value)
    settings = f"[user]\n\tname = x\n\temail = x@y\n[commit]\n\tgpgSign\n[{name[:-8]}]\n"
    if name == "gpg.openpgp.program":
        settings = settings.replace("[gpg.openpgp]", '[gpg "openpgp"]')
    (tmp_path / "settings").write_text(f"{settings}\tprogram = {mine}\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    assert not is_repository_trusted(root)
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")
    commit_paths_if_changed(root, ["assess.yaml"], "second", lang="en")
    assert "gpgsig -----BEGIN PGP SIGNATURE" in sh(root, "cat-file", "commit", "HEAD")
    assert (tmp_path / "mine.ran").exists()
    assert not (tmp_path / "theirs.ran").exists()
    assert not set(INERT) <= set(list_git_options_by_trust(root)), "no time for a passphrase"


def test_the_repositorys_settings_sign_nothing_where_it_is_not_trusted(
    root: Path, tmp_path: Path
) -> None:
    """Its programs do not run."""
    save(root, "assess.yaml", "a: 1\n", "first")
    sh(root, "config", "commit.gpgSign", "true")
    sh(root, "config", "gpg.program", str(signer(tmp_path / "theirs")))
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")
    commit_paths_if_changed(root, ["assess.yaml"], "second", lang="en")
    assert "gpgsig" not in sh(root, "cat-file", "commit", "HEAD")
    assert not (tmp_path / "theirs.ran").exists()
