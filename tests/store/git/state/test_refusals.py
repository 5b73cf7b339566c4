"""Git's refusals in words that say what to type."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from assess.store.git.run.plumbing import (
    BrokenHeadError,
    GitError,
    make_failed_git_error,
    run_git,
)
from assess.store.git.state.refusals import explain_git_error, find_message_of_remote_check
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a commit."""
    root = tmp_path / "w"
    root.mkdir()
    sh(root, "init", "-q", "-b", "main")
    save(root, "a.txt", "1\n", "first")
    return root


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("fatal: Unable to create '/w/.git/index.lock': File exists.", "rm /w/.git/index.lock"),
        ("fatal: detected dubious ownership in repository at '/w'", "safe.directory /w"),
        ("error: insufficient permission for adding an object", "ls -ld .git"),
        ("error: cannot lock ref 'x': Unable to create: Read-only file system", "work in a copy"),
        ("fatal: write error: No space left on device", "df -h"),
        ("error: sha1 file '/w/.git/x.lock' write error. Out of diskspace", "df -h"),
        ("fatal: '/usb/x.git' does not appear to be a git repository", "at /usb/x.git"),
        ("fatal: repository '/usb/x.git' does not exist", "plugged in"),
        ("ssh: Could not resolve hostname x: Could not resolve host", "network"),
        ("fatal: Authentication failed for 'https://x'", "git fetch"),
        ("git@x: Permission denied (publickey).", "git fetch"),
        ("fatal: refusing to merge unrelated histories", "git remote -v"),
        ("error: failed to execute internal merge", "assess git setup"),
        ("! [remote rejected] main -> main (shallow update not allowed)", "--unshallow"),
        ("error: gpg failed to sign the data", "commit.gpgSign false"),
        ("error: Your local changes to the following files would be overwritten", "git status"),
        (
            "Your local changes to the following files would be overwritten by merge:\n\ta.txt",
            "way of the merge: a.txt (commit or put them away",
        ),
        (
            "remote: error: cannot lock ref 'refs/tags/a': 'refs/tags/a/x' exists; cannot create",
            "git push origin --delete a/x && assess sync",
        ),
        (
            "paths that exist\noutside of your sparse-checkout definition, so will not be\nx",
            "git sparse-checkout disable",
        ),
        ("error: object file .git/objects/ab is corrupt: loose object", "git fsck"),
        ("fatal: unable to access 'https://x/': SSL certificate problem: x", "http.sslCAInfo"),
        (
            "Host key verification failed.\nfatal: Could not read from remote repository.",
            "ssh HOST",
        ),
        ("fatal: transport 'ext' not allowed", "begin with ext"),
        (
            "The following paths are ignored by one of your .gitignore files:\nreports\nhint: x",
            "check-ignore -v --no-index reports",
        ),
        ("fatal: mmap failed: No such device", "git fsck"),
        ("fatal: --mirror can't be combined with refspecs", "--unset remote.origin.mirror"),
        ("fatal: bad zlib compression level 99", "--get-regexp compression"),
        ("fatal: Could not read from remote repository.", "git fetch"),
        ("remote: x\nfatal: repository 'https://x/y.git/' not found", "at https://x/y.git/"),
        ("ssh: connect to host x port 22: No route to host", "network"),
        (
            "remote: error: refusing to update checked out branch: refs/heads/main",
            "NEW_FOLDER",
        ),
    ],
)
def test_refusals_are_explained(tmp_path: Path, said: str, expected: str) -> None:
    """Each known refusal says what to type; git's words are kept."""
    error = GitError(said)
    error.output = said
    better = explain_git_error(error, tmp_path, "en")

    assert expected in str(better)
    assert better.output == said


def test_an_unknown_refusal_stays(tmp_path: Path) -> None:
    """What is not known is not guessed at."""
    error = GitError("not today")
    error.output = "not today"
    assert explain_git_error(error, tmp_path, "en") is error


def test_a_real_lock(root: Path) -> None:
    """A lock that a dead git left is named with the command that removes it."""
    (root / ".git" / "index.lock").touch()
    (root / "a.txt").write_text("9\n", "utf-8")
    with pytest.raises(GitError) as caught:
        run_git(root, ["add", "a.txt"])

    assert "index.lock" in str(explain_git_error(caught.value, root, "en"))
    assert (root / "a.txt").read_text("utf-8") == "9\n"


def test_what_the_other_sides_check_said() -> None:
    """Its first lines and its last; nothing where no hook refused."""
    error = GitError("error: failed to push")
    error.output = "remote: a  \nremote: b\nremote: c\nremote: d\nremote: e\nremote:\n"
    assert find_message_of_remote_check(error) == ""
    error.output += " ! [remote rejected] main -> main (pre-receive hook declined)"
    assert find_message_of_remote_check(error) == "a; b; c; e"


def test_damage_of_the_newest_commit_is_told_as_that(root: Path) -> None:
    """Git's words name some object; the newest commit lacks one, and the way out is named."""
    oid = sh(root, "rev-parse", "HEAD:a.txt")
    (root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    error = GitError("fatal: bad object")
    error.output = f"fatal: unable to read {oid}"
    explained = explain_git_error(error, root, "en")
    assert isinstance(explained, BrokenHeadError)
    assert explained.hint


def make_error_of_server(*words: str) -> GitError:
    """Return the error of a fetch in which a server printed these lines."""
    script = 'printf "%s\\n" "$@" >&2; exit 1'
    done = subprocess.run(["sh", "-c", script, "-", *words], check=False, capture_output=True)
    return make_failed_git_error(["fetch", "-q"], done)


@pytest.mark.parametrize(
    "said",
    [
        "fatal: Unable to create '/home/wang/.ssh/id_rsa.lock': File exists",
        "error: could not lock config file /home/wang/thesis.docx: File exists",
        "error: could not lock config file ../outside: File exists",
        "fatal: detected dubious ownership in repository at '*'",
        "fatal: detected dubious ownership in repository at '/'",
        "fatal: not a git repository: /x",
        "fatal: not a git repository",
        "fatal: index file corrupt",
        "fatal: No such ref: HEAD",
        "error: gpg failed to sign the data",
        "fatal: bad config line 1 in file /etc/passwd",
        "exceeded maximum include depth (10) while including\n\tx\nfrom\n\t/home/wang/.gitconfig",
        "fatal: git was not started: /home/wang/x is no ordinary file",
        "git was ended after 3 s: git fetch waits for /home/wang/x",
        "error: /home/wang/x: can only add regular files",
    ],
)
def test_words_of_a_server_are_no_diagnosis_of_this_machine(root: Path, said: str) -> None:
    """It can not have a user remove files, or change settings, in the name of this program."""
    (root.parent / "outside.lock").touch()
    error = make_error_of_server(*said.split("\n"))
    assert error.has_words_of_others
    assert explain_git_error(error, root, "en") is error
    error.has_words_of_others = False
    assert explain_git_error(error, root, "en") is not error


def test_what_a_transport_says_of_this_folder_is_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock of this repository, and a repository of another user on a stick, are explained."""
    (root / ".git" / "refs" / "heads" / "x.lock").touch()
    (root / ".git" / "config.lock").touch()
    words = "Unable to create '{}': File exists", "could not lock config file {}: File exists"
    lock = words[0].format(root / ".git/refs/heads/x.lock")
    for line, hint in ((lock, "x.lock"), (words[1].format(".git/config"), ".git/config.lock")):
        assert explain_git_error(make_error_of_server(line), root, "en").hint.endswith(hint)
    foreign = make_error_of_server(f"fatal: detected dubious ownership in repository at '{root}'")
    assert explain_git_error(foreign, root, "en") is foreign
    monkeypatch.setattr("os.geteuid", lambda: root.stat().st_uid + 1)
    assert "safe.directory" in explain_git_error(foreign, root, "en").hint


def test_a_full_disk_is_not_called_damage(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git can't read what it could not write whole: there is room to make, not a clone to fetch."""
    error = GitError("no")
    error.output = "fatal: unable to read tree 0123"
    assert "damaged" in explain_git_error(error, root, "en").message
    state = os.statvfs(root)
    full = os.statvfs_result((state.f_bsize, 4096, *tuple(state)[2:4], 4, *tuple(state)[5:]))
    monkeypatch.setattr(os, "statvfs", lambda _path: full)
    assert explain_git_error(error, root, "en").message == "the disk is full"
