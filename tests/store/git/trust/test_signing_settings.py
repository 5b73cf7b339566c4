"""Whose settings decide who signs, and which signatures hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.trust.signing_settings import (
    find_signing_settings_of_user,
    list_signature_checking_options,
)
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose settings revoke nothing, and name a key."""
    root = tmp_path / "w"
    root.mkdir()
    sh(root, "init", "-q")
    save(root, "assess.yaml", "a: 1\n", "first")
    sh(root, "config", "gpg.ssh.revocationFile", "/repository")
    sh(root, "config", "user.signingKey", "/repository")
    return root


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder in which git looks for the user's settings; the machine has none."""
    home = tmp_path / "home"
    (home / ".config" / "git").mkdir(parents=True)
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("GIT_CONFIG_NOSYSTEM", raising=False)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(tmp_path / "system"))
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.mark.parametrize(
    ("file", "user"),
    [
        (".gitconfig", ""),
        (".config/git/config", "[user]\n\tname = x\n"),
        ("included", "[include]\n\tpath = included\n"),
        ("included", '[includeIf "gitdir:/**"]\n\tpath = ~/included\n'),
        ("../system", "[user]\n\tname = x\n"),
    ],
)
def test_lists_of_revoked_keys_count_wherever_git_reads_them(
    root: Path, home: Path, file: str, user: str
) -> None:
    """Files of the user, those that they include, that of the machine; not the repository's."""
    (home / ".gitconfig").write_text(user, "utf-8")
    (home / file).write_text(
        '[gpg]\n\tminTrustLevel = full\n[gpg "ssh"]\n\trevocationFile = ~/revoked\n'
        "\tallowedSignersFile = ~/signers\n",
        "utf-8",
    )
    options = list_signature_checking_options(root)
    assert "gpg.ssh.revocationfile=~/revoked" in options
    assert "gpg.ssh.allowedsignersfile=~/signers" in options
    assert "gpg.mintrustlevel=full" in options


def test_what_the_user_does_not_set_is_what_git_takes(root: Path, home: Path) -> None:
    """The repository's list of revoked keys is not used even then."""
    (home / ".gitconfig").write_text("", "utf-8")
    options = list_signature_checking_options(root)
    assert "gpg.ssh.revocationfile=/dev/null" in options
    assert "gpg.mintrustlevel=undefined" in options


@pytest.mark.parametrize(
    ("user", "key"),
    [
        ("[user]\n\tsigningKey = ~/mine.pub\n\temail = a@b.example\n", "~/mine.pub"),
        ("[user]\n\temail = a@b.example\n", "<a@b.example>"),
        ("", ""),
    ],
)
def test_the_key_is_the_users_own(root: Path, home: Path, user: str, key: str) -> None:
    """The repository names none of the user's other keys."""
    (home / ".gitconfig").write_text(f"{user}[commit]\n\tgpgSign\n", "utf-8")
    assert find_signing_settings_of_user(root)["user.signingkey"] == key


def test_without_a_key_in_any_settings_git_finds_it_itself(root: Path, home: Path) -> None:
    """By the committer's address, or by the user's command."""
    sh(root, "config", "--unset", "user.signingKey")
    (home / ".gitconfig").write_text("[commit]\n\tgpgSign\n", "utf-8")
    assert "user.signingkey" not in find_signing_settings_of_user(root)


@pytest.mark.parametrize("line", ["gpgSign =", "gpgSign = no", "gpgSign = 0", "gpgSign = False"])
def test_no_values_switch_signing_off(root: Path, home: Path, line: str) -> None:
    """An empty value is false for git; a name without "=" is true."""
    (home / ".gitconfig").write_text(f"[commit]\n\t{line}\n", "utf-8")
    assert find_signing_settings_of_user(root) == {}
    (home / ".gitconfig").write_text("[commit]\n\tgpgSign\n", "utf-8")
    assert find_signing_settings_of_user(root)["commit.gpgsign"] == "true"
