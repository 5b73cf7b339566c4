"""What state a repository is in, and what git's refusals mean, each with the next command."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, Literal

from assess.errors import UsageError
from assess.harmless import typed
from assess.i18n import N_, Lang, translator
from assess.store.git import GitError, Repository, refused, run
from assess.store.history import git_path

Operation = Literal["merge", "rebase", "cherry-pick", "revert", "bisect"]

_MARKS: Final[tuple[tuple[str, Operation], ...]] = (
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)
"""Files that git keeps while something is in progress; a rebase picks, so it comes first."""


def open_repository(root: Path, lang: Lang) -> Repository:
    """Return the repository around the workspace.

    Raises:
        UsageError: there is none.
        GitError: git does not open it, for instance because another user owns it.
    """
    found = Repository.find(root)
    if found is not None:
        return found
    done = run(root, ["rev-parse", "--show-prefix"], check=False)
    said = done.stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in said and not (root / ".git").exists():
        _ = translator(lang)
        if elsewhere := os.environ.get("GIT_DIR"):
            message = _(
                "GIT_DIR is not followed: a workspace stands in its repository's own folder"
            )
            raise UsageError(message, f"git --git-dir={typed(elsewhere)} worktree add FOLDER")
        raise UsageError(_("the workspace is in no git repository"), "git init && assess commit")
    error = GitError(said.splitlines()[-1] if said else "git rev-parse failed")
    error.said = said
    raise explained(error, root, lang)


def commit_of(repository: Repository, revision: str, lang: Lang) -> str:
    """Return the id of the commit that a person's word names: an id, branch, tag or HEAD~2.

    Raises:
        UsageError: there is no such commit.
    """
    found = repository.resolve(revision)
    if found is not None:
        return found
    _ = translator(lang)
    if repository.head() is None:
        raise UsageError(_("the repository has no commit yet"), "assess commit")
    message = _("there is no commit {revision} here").format(revision=revision)
    if git_path(repository.root, "shallow").is_file():
        raise UsageError(message, "git fetch --unshallow --tags")
    raise UsageError(message, "assess log; git fetch --tags")


def operation(root: Path) -> Operation | None:
    """Return what is in progress in the working tree, None where nothing is."""
    words = [word for name, _kind in _MARKS for word in ("--git-path", name)]
    paths = run(root, ["rev-parse", *words]).stdout.decode("utf-8", "surrogateescape").split("\n")
    found = [
        kind for path, (_name, kind) in zip(paths, _MARKS, strict=False) if (root / path).exists()
    ]
    return found[0] if found else None


def branch(root: Path) -> str | None:
    """Return the branch that is checked out, None where the head is detached.

    Raises:
        GitError: its file is damaged.
    """
    words = ["symbolic-ref", "--quiet", "--short", "HEAD"]
    done = run(root, words, check=False)
    if done.returncode > 1:
        raise refused(words, done)
    return done.stdout.decode("utf-8", "surrogateescape").strip() or None


def refuse_in_progress(root: Path, lang: Lang) -> None:
    """Refuse to write a commit into the middle of a merge, a rebase or the like.

    Raises:
        UsageError: one is in progress; says how to end it.
    """
    kind = operation(root)
    if kind is None:
        return
    _ = translator(lang)
    message = _("a {operation} is in progress").format(operation=kind)
    if kind == "merge":
        hint = _("settle what `assess lint` names, then: assess sync; or give up: {command}")
        raise UsageError(message, hint.format(command="git merge --abort"))
    if kind == "bisect":
        raise UsageError(message, "git bisect reset")
    hint = _("settle what `assess lint` names, then: {on}; or give up: {off}")
    words = {"on": f"git add -u && git {kind} --continue", "off": f"git {kind} --abort"}
    raise UsageError(message, hint.format(**words))


def refuse_detached(root: Path, lang: Lang) -> str:
    """Return the branch; a commit on no branch would be lost.

    Raises:
        UsageError: the head is detached; names the branch to go to.
        GitError: the branch's file is damaged.
    """
    found = branch(root)
    if found is not None:
        return found
    _ = translator(lang)
    message = _("no branch is checked out (detached HEAD); a commit here would be lost")
    names = run(root, ["for-each-ref", "--count=1", "--format=%(refname:short)", "refs/heads"])
    known = names.stdout.decode("utf-8", "surrogateescape").strip() or "main"
    raise UsageError(message, f"git switch {typed(known)}; git switch -c {typed(f'{known}-2')}")


def shown(path: str) -> str:
    """Return a file's name so that it can be printed, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


_MEANINGS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        r"Unable to create '(?P<path>.*\.lock)': File exists",
        N_("another git is running here, or one died: {path} is there"),
        N_("when no git is running: rm {path}"),
    ),
    (
        r"could not lock config file (?P<path>.+): File exists",
        N_("another git is running here, or one died: {path}.lock is there"),
        N_("when no git is running: rm {path}.lock"),
    ),
    (
        r"error: (?P<path>.+): can only add regular files",
        N_("{path} is neither a file nor a folder; git can't take it"),
        N_("move it elsewhere: mv {path} ~; nothing was committed"),
    ),
    (
        r"dubious ownership in repository at '(?P<path>[^']+)'",
        N_("git does not open {path}: it belongs to another user"),
        "git config --global --add safe.directory {path}",
    ),
    (
        r"bad config (?P<path>line \d+ in file .+)",
        N_("git can't read its settings: {path}"),
        N_("mend that line in an editor; nothing was changed"),
    ),
    (
        r"index file (smaller than expected|corrupt)|bad index file",
        N_("git's list of files is damaged; the files themselves are not"),
        "mv .git/index .git/index.old && git reset -q",
    ),
    (
        r"not a git repository: (?P<path>.+)",
        N_("{path} is not there, where git keeps what belongs to this working tree"),
        N_("where the main repository is now: git worktree repair FOLDER_OF_THIS_ONE"),
    ),
    (
        r"not a git repository",
        N_("git does not take {path} for a repository: what it keeps there is damaged"),
        N_("your files are there; take .git from a copy: git clone, then move its .git here"),
    ),
    (
        r"No such ref: HEAD|reference broken",
        N_("the file of the branch is damaged"),
        N_(
            "remove it in .git/refs/heads, then:"
            " git branch NAME $(tail -1 .git/logs/HEAD | cut -d' ' -f2)"
        ),
    ),
    (
        r"transport 'file' not allowed",
        N_("this clone holds only a part, and in passing nothing is fetched from a folder"),
        "git fetch --refetch --no-filter && assess sync",
    ),
    (
        r"transport '(?P<path>\w+)' not allowed",
        N_("no other repository is reached by addresses that begin with {path}"),
        "git remote -v; git remote set-url origin ADDRESS",
    ),
    (
        r"SSL certificate|certificate verification failed",
        N_("the other side's certificate is not trusted here"),
        N_("ask who runs it for the root certificate: git config http.sslCAInfo FILE"),
    ),
    (
        r"Host key verification failed",
        N_("the other machine's key is not known here"),
        N_("connect once and compare the key: git remote -v; ssh HOST"),
    ),
    (
        r"Authentication failed|terminal prompts disabled|Permission denied \(publickey",
        N_("the other repository does not let you in"),
        N_("try your access with: git fetch"),
    ),
    (r"No space left on device", N_("the disk is full"), N_("make room: df -h .")),
    (
        r"remote unpack failed: unable to create",
        N_("the other repository can't be written to"),
        N_(
            "is the stick write-protected? git remote -v; ls -ld FOLDER; your commits are safe here"
        ),
    ),
    (
        r"refusing to update checked out branch",
        N_("the other side is somebody's own workspace; git hands nothing on into one"),
        N_("share a repository of its own: git remote remove origin && assess sync NEW_FOLDER"),
    ),
    (
        r"insufficient permission|Permission denied|Read-only file system|unable to write",
        N_("git can't write into its folder"),
        N_("ask the folder's owner for the right to write: ls -ld .git; nothing was changed"),
    ),
    (
        r"'(?P<path>[^']+)' (does not appear to be a git repository|does not exist|not found)",
        N_("there is no git repository at {path}"),
        N_("is the disk plugged in? git remote -v; a new one: assess sync FOLDER"),
    ),
    (
        r"Could not resolve|unable to access|No route to|Network is unr|Connection (re|ti|cl)",
        N_("the other repository can't be reached"),
        N_("look at the network, then again: assess sync; the commits are safe here"),
    ),
    (
        r"refusing to merge unrelated histories",
        N_("the other repository is of another workspace: it has no commit in common"),
        "git remote -v",
    ),
    (
        r"failed to execute internal merge|merge program|exec.*merge-driver",
        N_("git can't start the merge of answers"),
        "assess git setup",
    ),
    (
        r"shallow update not allowed",
        N_("this clone is shallow: the other side can't take its commits"),
        "git fetch --unshallow",
    ),
    (
        r"gpg failed to sign|failed to sign the data|Couldn't (load|get) .*key",
        N_("the commit can't be signed with the key that git is told to use"),
        N_("look at: git config user.signingKey; without: git config commit.gpgSign false"),
    ),
    (
        r"untracked working tree files would be overwritten|local changes .* would be overwritten",
        N_("files here that git does not know stand in the way"),
        N_("move them elsewhere (git status names them), then again: assess sync"),
    ),
    (
        r"shallow file has changed|object .* (is corr|miss)|(bad|loose|tree) object|unable to read",
        N_("the repository is damaged"),
        N_("your files are there; look with: git fsck; what lacks comes from a clone: git fetch"),
    ),
    (
        r"Could not read from remote repository",
        N_("the other repository can't be reached or read"),
        N_("see why with: git fetch; your commits are safe here"),
    ),
)
"""What git writes, what it means, and what to type."""


_REMOTE: Final = re.compile(r"^remote: (.*\S)", re.MULTILINE)
_MOST: Final = 4
"""Lines of another side's check that are told."""


def remote_said(error: GitError) -> str:
    """Return on one line what the other side's check said when it refused; '' without one."""
    lines = _REMOTE.findall(error.said) if "hook declined" in error.said else []
    return "; ".join([*lines[: _MOST - 1], *lines[_MOST - 1 :][-1:]])


def explained(error: GitError, root: Path, lang: Lang) -> GitError:
    """Return the same refusal in words that say what to do; itself where it is not known."""
    _ = translator(lang)
    said = error.said
    if "Unable to write index" in said and (lock := git_path(root, "index.lock")).exists():
        said = f"Unable to create '{lock}': File exists"  # what git says of it elsewhere
    for pattern, message, hint in _MEANINGS:
        found = re.search(pattern, said)
        if found is None:
            continue
        groups = {key: value for key, value in found.groupdict().items() if value}
        path = groups.get("path") or str(root)
        better = GitError(_(message).format(path=path), _(hint).format(path=typed(path)))
        better.said = error.said
        return better
    return error
