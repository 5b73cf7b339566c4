"""The table of git's messages: what each means, the next command, and whom it is believed of."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from assess.i18n import N_
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.plumbing import run_git

DAMAGE: Final = (
    r"shallow file has changed|object .* (is corr|miss)|(bad|loose|tree) object|unable to read"
    r"|mmap failed|Could not read [0-9a-f]{40}|could not parse HEAD|object file .* is empty"
)
"""Git's messages about objects that are missing, empty or damaged."""

_PARTS: Final = (".git", "HEAD")
"""One of these is in the folder of a repository."""

_TAKE_INCLUDES_OUT: Final = N_(
    "take the includes out: git -C / config --file {file} --unset-all include.path"
)


def _is_always_true(_root: Path, _path: str) -> bool:
    return True


def _is_never_true(_root: Path, _path: str) -> bool:
    return False


def _is_file_in_git_folders(root: Path, path: str) -> bool:
    """Return whether a file is in a folder of git's data for this workspace, or of a remote."""
    if not os.path.isfile(root / path):  # noqa: PTH113  # false for any words that are no path
        return False
    folders = [find_path_in_git_folder(root, name).parent for name in ("HEAD", "objects")]
    words = ["config", "--get-regexp", "--null", r"^remote\..*url$"]
    rows = run_git(root, words, check=False).stdout.decode("utf-8", "surrogateescape").split("\0")
    addresses = [row.partition("\n")[2] for row in rows]
    folders += [root / address for address in addresses if address and (root / address).is_dir()]
    return any((root / path).resolve().is_relative_to(folder.resolve()) for folder in folders)


def _is_lock_of_file_in_git_folders(root: Path, path: str) -> bool:
    return _is_file_in_git_folders(root, f"{path}.lock")


def _belongs_to_another_user(_root: Path, path: str) -> bool:
    """Return whether a folder is a repository of another user on this machine."""
    parts = [os.path.join(path, name) for name in _PARTS]  # noqa: PTH118  # as below
    is_repository = os.path.isabs(path) and any(map(os.path.exists, parts))  # noqa: PTH117  # false for any words that are no path
    return is_repository and Path(path).stat().st_uid != os.geteuid()


class Meaning(NamedTuple):
    """A pattern of git's message, its meaning, and the hint."""

    pattern: str
    message: str
    hint: str
    is_true: Callable[[Path, str], bool] = _is_always_true
    """Where a server or a hook of it may have printed the words: whether they are taken for true
    about this workspace's folder and the path that they name."""


MEANINGS: Final = (
    Meaning(
        r"git was not started: (?P<path>.+) is no ordinary file",
        N_("{path} is a pipe, a device or far too large; git would wait for it or read it whole"),
        N_("look at it, and move it away: ls -ld {path}; your files are as they were saved"),
        _is_never_true,
    ),
    Meaning(
        r"git was not started: (?P<path>.+) has lines that are no ids of commits",
        N_("{path} has lines that are no ids of commits, so git can't read any commit"),
        N_("mv {path} ~; git fsck; if it names missing commits, clone anew and take its .git"),
        _is_never_true,
    ),
    Meaning(
        r"git was not started: (?P<path>.+) includes too many files",
        N_("{path} includes more files of settings than git may read, or names of missing ones"),
        _TAKE_INCLUDES_OUT,
        _is_never_true,
    ),
    Meaning(
        r"exceeded maximum include depth \(\d+\) while including\n\t.+\nfrom\n\t(?P<path>.+)",
        N_("{path} and other files of settings include each other without end"),
        _TAKE_INCLUDES_OUT,
        _is_never_true,
    ),
    Meaning(
        r"git was ended after (?P<path>\d+ s): git \S+ waits for a pipe",
        N_("git waited for a pipe to which its settings, links or borrowed objects lead"),
        N_("look for it: git config --list --show-origin; cat .git/objects/info/alternates"),
        _is_never_true,
    ),
    Meaning(
        r"git was ended after \d+ s: git \S+ waits for (?P<path>.+)",
        N_("git waited for {path}, a pipe or a device, and was ended"),
        N_("look at it, and move it away: ls -ld {path}; your files are as they were saved"),
        _is_never_true,
    ),
    Meaning(
        r"git was ended after (?P<path>\d+) s: git \S+ made no progress",
        N_("the other repository said nothing for a minute; git was ended after {path} s"),
        N_("look at the network or the disk, then again: assess sync; your commits are safe here"),
        _is_never_true,
    ),
    Meaning(
        r"git (ls-tree|diff-tree) printed too much",
        N_("a commit has more files than a workspace can have"),
        N_("see whose it is: git log -3 --format=fuller; your files are as they were saved"),
        _is_never_true,
    ),
    Meaning(
        r"git was ended after (?P<path>\d+ s: git \S+) ",
        N_("git did not come to an end and was ended after {path}"),
        N_("is the disk slow, or does a hook wait? look with: git fsck; ls .git/hooks"),
        _is_never_true,
    ),
    Meaning(
        r"Unable to create '(?P<path>.*\.lock)': File exists",
        N_("another git is running here, or one died: {path} is there"),
        N_("when no git is running: rm {path}"),
        _is_file_in_git_folders,
    ),
    Meaning(
        r"could not lock config file (?P<path>.+): File exists",
        N_("another git is running here, or one died: {path}.lock is there"),
        N_("when no git is running: rm {path}.lock"),
        _is_lock_of_file_in_git_folders,
    ),
    Meaning(
        r"error: (?P<path>.+): can only add regular files",
        N_("{path} is neither a file nor a folder; git can't take it"),
        N_("move it elsewhere: mv {path} ~; nothing was committed"),
        _is_never_true,
    ),
    Meaning(
        r"dubious ownership in repository at '(?P<path>[^']+)'",
        N_("git does not open {path}: it belongs to another user"),
        "git config --global --add safe.directory {path}",
        _belongs_to_another_user,
    ),
    Meaning(
        r"bad config (?P<path>line \d+ in file .+)",
        N_("git can't read its settings: {path}"),
        N_("mend that line in an editor; nothing was changed"),
        _is_never_true,
    ),
    Meaning(
        r"index file (smaller than expected|corrupt)|bad index file",
        N_("git's list of files is damaged; the files themselves are not"),
        "mv .git/index .git/index.old && git reset -q",
        _is_never_true,
    ),
    Meaning(
        r"not a git repository: (?P<path>.+)",
        N_("{path} is not there, where git keeps what belongs to this working tree"),
        N_("where the main repository is now: git worktree repair FOLDER_OF_THIS_ONE"),
        _is_never_true,
    ),
    Meaning(
        r"not a git repository",
        N_("git does not take {path} for a repository: what it keeps there is damaged"),
        N_("your files are there; take .git from a copy: git clone, then move its .git here"),
        _is_never_true,
    ),
    Meaning(
        r"No such ref: HEAD|reference broken",
        N_("the file of the branch is damaged"),
        N_(
            "remove it in .git/refs/heads, then:"
            " git branch NAME $(tail -1 .git/logs/HEAD | cut -d' ' -f2)"
        ),
        _is_never_true,
    ),
    Meaning(
        r"transport 'file' not allowed",
        N_("this clone holds only a part, and in passing nothing is fetched from a folder"),
        "git fetch --refetch --no-filter && assess sync",
    ),
    Meaning(
        r"transport '(?P<path>\w+)' not allowed",
        N_("no other repository is reached by addresses that begin with {path}"),
        "git remote -v; git remote set-url origin ADDRESS",
    ),
    Meaning(
        r"paths are ignored by one of your \.gitignore files:\n(?P<path>.+)",
        N_("git is told to pass over {path}, so it takes nothing from there"),
        "git check-ignore -v --no-index {path}",
        _is_never_true,
    ),
    Meaning(
        r"--mirror can't be combined with refspecs",
        N_("a setting lets git hand on all branches and tags in place of this branch"),
        "git config --get-regexp mirror; git config --unset remote.origin.mirror",
    ),
    Meaning(
        r"bad zlib compression level (?P<path>-?\d+)",
        N_("git knows no compression of level {path}"),
        N_("take the setting out: git config --show-origin --get-regexp compression"),
    ),
    Meaning(
        r"SSL certificate|certificate verification failed",
        N_("the other side's certificate is not trusted here"),
        N_("ask who runs it for the root certificate, not over this line (http.sslCAInfo)"),
    ),
    Meaning(
        r"Host key verification failed",
        N_("the other machine's key is not known here"),
        N_("connect once and compare the key: git remote -v; ssh HOST"),
    ),
    Meaning(
        r"Authentication failed|terminal prompts disabled|Permission denied \(publickey",
        N_("the other repository does not let you in"),
        N_("try your access with: git fetch"),
    ),
    Meaning(
        r"No space left on device|Out of diskspace",
        N_("the disk is full"),
        N_("make room: df -h ."),
    ),
    Meaning(
        r"remote unpack failed: unable to create",
        N_("the other repository can't be written to"),
        N_(
            "is the stick write-protected? git remote -v; ls -ld FOLDER; your commits are safe here"
        ),
    ),
    Meaning(
        r"refusing to update checked out branch",
        N_("the other side is somebody's own workspace; git hands nothing on into one"),
        N_("share a repository of its own: git remote remove origin && assess sync NEW_FOLDER"),
    ),
    Meaning(
        r"Read-only file system",
        N_("the folder is read-only"),
        N_("work in a copy of the workspace elsewhere; nothing was changed"),
    ),
    Meaning(
        r"insufficient permission|Permission denied|unable to write",
        N_("git can't write into its folder"),
        N_("ask the folder's owner for the right to write: ls -ld .git; nothing was changed"),
    ),
    Meaning(
        r"'(?P<path>[^']+)' (does not appear to be a git repository|does not exist|not found)",
        N_("there is no git repository at {path}"),
        N_("is the disk plugged in? git remote -v; a new one: assess sync FOLDER"),
    ),
    Meaning(
        r"the address '(?P<path>[^']*)' is not used",
        N_("git may read the address {path} otherwise than this program does, so it is not used"),
        N_("a folder is named by its whole path: git remote set-url origin FOLDER"),
    ),
    Meaning(
        r"Could not resolve|unable to access|No route to|Network is unr|Connection (re|ti|cl)",
        N_("the other repository can't be reached"),
        N_("look at the network, then again: assess sync; the commits are safe here"),
    ),
    Meaning(
        r"refusing to merge unrelated histories",
        N_("the other repository is of another workspace: it has no commit in common"),
        "git remote -v",
    ),
    Meaning(
        r"failed to execute internal merge|merge program|exec.*merge-driver",
        N_("git can't start the merge of answers"),
        "assess git setup",
        _is_never_true,
    ),
    Meaning(
        r"shallow update not allowed",
        N_("this clone is shallow: the other side can't take its commits"),
        "git fetch --unshallow",
    ),
    Meaning(
        r"gpg failed to sign|failed to sign the data|Couldn't (load|get) .*key",
        N_("the commit can't be signed with the key that git is told to use"),
        N_(
            "look at: git config --show-origin --get-regexp 'signingkey|gpgsign'; without: "
            "git config commit.gpgSign false; git config tag.gpgSign false; assess commit --trust"
        ),
        _is_never_true,
    ),
    Meaning(
        r"remote: error: cannot lock ref .*: 'refs/tags/(?P<path>[^']+)' exists",
        N_("the other side has a tag in the way of one that is handed on: {path}"),
        N_("commits were handed on; then again: git push origin --delete {path} && assess sync"),
    ),
    Meaning(
        r"outside of your sparse-checkout definition",
        N_("git is told to leave files of the workspace out of the folder"),
        N_("nothing was committed; have git lay them out: git sparse-checkout disable"),
        _is_never_true,
    ),
    Meaning(
        r"local changes to the following files would be overwritten by merge:\n\s*(?P<path>.+)",
        N_("changes that are not committed stand in the way of the merge: {path}"),
        N_("commit or put them away (git status; git stash), then again: assess sync"),
        _is_never_true,
    ),
    Meaning(
        r"untracked working tree files would be overwritten|local changes .* would be overwritten",
        N_("files here that git does not know stand in the way"),
        N_("move them elsewhere (git status names them), then again: assess sync"),
        _is_never_true,
    ),
    Meaning(
        DAMAGE,
        N_("the repository is damaged"),
        N_("your files are there; look with: git fsck; what lacks comes from a clone: git fetch"),
    ),
    Meaning(
        r"Could not read from remote repository",
        N_("the other repository can't be reached or read"),
        N_("see why with: git fetch; your commits are safe here"),
    ),
)
