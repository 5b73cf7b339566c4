"""Taking in and handing on: fetch, merge, push, with a bare repository in a folder or elsewhere.

These start what the repository's settings name (transports, credential helpers, merge drivers), so
they are for trusted repositories only; workspace.syncing sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from assess.i18n import Lang
from assess.store.git.commit.draft_index import draft_index, restored_index, write_objects
from assess.store.git.commit.staged_list import FROM_INPUT, known_paths, listed
from assess.store.git.commit.unchanged_marks import remove_marks
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import git_path
from assess.store.git.run.flushed_writes import (
    NO_CLEANING,
    WRITING,
    flush_repository,
    new_objects,
    write,
    write_settings,
)
from assess.store.git.run.plumbing import GitError
from assess.store.git.run.read_once import setting_value
from assess.store.git.run.transport import Shown, show_nothing, talk
from assess.store.git.setup import local_settings as git_setup
from assess.store.git.state.repository_state import operation
from assess.store.git.sync import arriving_changes, remote_places
from assess.store.git.sync.arriving_attributes import refuse_converting
from assess.store.git.sync.other_side import (
    folders_of,
    receiving,
    refuse_other_side,
    refuse_waiting,
)
from assess.store.git.sync.undecided_files import waiting_files
from assess.store.git.sync.written_refs import NO_MAPPING, refuse_other_refs
from assess.store.git.trust.boundary import refuse_outside
from assess.store.git.trust.trusted_programs import emptied, keeping_trust

Merged = Literal["nothing", "forward", "merged", "open"]
"""`open`: the merge is not committed; something is to be decided first."""

_REACHING = {"GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
"""Not `ext`, which is a command line in an address.

Lazy fetching stays off: the git that a folder's repository starts inherits this, and there it would
start what that repository names.
"""

_MERGING = {"GIT_NO_LAZY_FETCH": "0", "GIT_ALLOW_PROTOCOL": "git:http:https:ssh"}
"""A partial clone may fetch what a merge lacks, but from no folder, for the same reason."""

TAGS = "refs/tags/"

FETCH = ("fetch", "-q", "--no-auto-gc", NO_MAPPING)
"""Words of a fetch that writes what it is given, and nothing else."""

_ALONE = (
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "push.recurseSubmodules=no",
    "transfer.bundleURI=false",
    "push.pushOption=",
    "core.protectHFS=true",
    "core.protectNTFS=true",
)
"""Repositories inside, with settings of their own, were not trusted with this one, nor were more
places to fetch from. No name that some system takes for `.git` is written."""


_CONTENT = ("core.fileMode=false",)
"""A right to execute that a copy on a stick gained is no change that stands in a merge's way."""


def remote_of(root: Path, branch: str) -> tuple[str, str] | None:
    """Return the remote of a branch and the branch's name there; None where there is no remote."""
    name = setting_value(root, f"branch.{branch}.remote")
    there = setting_value(root, f"branch.{branch}.merge").removeprefix("refs/heads/")
    known = remote_places.remotes(root)
    if name in known:
        return name, there or branch
    if len(known) == 1 or "origin" in known:
        return ("origin" if "origin" in known else known[0]), branch
    return None


def can_join(folder: Path) -> bool:
    """Return whether a folder is a bare repository, or can become one: missing or empty."""
    return _is_free(folder) or ((folder / "HEAD").is_file() and (folder / "objects").is_dir())


def _is_free(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def add_folder(root: Path, folder: Path, branch: str, lang: Lang = "zh") -> bool:
    """Make `folder` the remote `origin`; a missing or empty one becomes a bare repository.

    Returns whether it was made.

    Raises:
        GitError, WriteError: it can't be made, or git would read its path otherwise; there is an
            `origin` elsewhere already; git would write outside of the workspace's folder.
    """
    refuse_outside(root, lang)
    if "origin" in remote_places.remotes(root):
        raise GitError("remote origin already exists", "git remote -v")
    address = str(folder.resolve())
    remote_places.path_of(root, address)
    made = _is_free(folder)
    if made:
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, ["init", "-q", "--bare", "-b", branch, "."])
    ours = {
        "remote.origin.url": address,
        "remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*",
    }
    with keeping_trust(root, ours):
        write_settings(root, ours, lang)
    flush_repository(root, lang, [folder])
    return made


class There(NamedTuple):
    """What a remote has: the commit that the branch is at, None without it; those of tags."""

    tip: str | None
    tags: dict[str, str]


def look(root: Path, remote: str, branch: str) -> There:
    """Return what is there.

    Raises:
        GitError: the remote can't be reached.
    """
    refuse_waiting(root, remote)
    head = f"refs/heads/{branch}"
    words = ["ls-remote", "--heads", "--tags", "--", remote, head, f"{TAGS}*"]
    lines = reach(root, words).decode("utf-8", "surrogateescape").splitlines()
    # The commit of a tag stands after the tag itself, under its name with ^{}.
    rows = (line.partition("\t") for line in lines)
    refs = {name.removesuffix("^{}"): oid for oid, _tab, name in rows}
    return There(refs.get(head), _tags(refs))


def tags_here(root: Path) -> dict[str, str]:
    """Return the tags of this repository with their commits."""
    commit = "%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)"
    out = git.run(root, ["for-each-ref", f"--format={commit} %(refname)", TAGS]).stdout
    lines = out.decode("utf-8", "surrogateescape").splitlines()
    return _tags({name: oid for oid, _blank, name in (line.partition(" ") for line in lines)})


def _tags(refs: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(TAGS): oid for name, oid in refs.items() if name.startswith(TAGS)}


def fetch(root: Path, remote: str, branch: str, lang: Lang, shown: Shown = show_nothing) -> None:
    """Fetch a branch, and no tags (store.git.exchanged_tags); `shown` is given git's progress.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or objects can't be written.
    """
    refuse_outside(root, lang)
    kept = f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}"
    refuse_other_refs(root, remote, (f"refs/remotes/{remote}/{branch}",), lang)
    words = [*FETCH, "--no-tags", "--progress", "--", remote, kept]
    reach(root, words, WRITING, shown)


def merge(
    root: Path,
    commit: str,
    message: str,
    environ: Mapping[str, str] | None,
    lang: Lang = "zh",
    *,
    hold: bool = False,
) -> Merged:
    """Merge a commit that was fetched; what it did, or that something is to be decided now.

    By meaning also where `assess git setup` was not run here: the driver is given with the command.
    Where it brings other hooks or settings no hook runs, neither old nor new. `hold`: what is
    merged is not committed yet.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: the merge would.
        GitError: git refused, and changed nothing.
        UnconfirmedError: the disk did not confirm what was fetched; nothing was merged.
    """
    refuse_outside(root, lang)
    remove_marks(root, options=())
    before = git.run(root, ["rev-parse", "HEAD"]).stdout
    whole = {**(environ or {}), **_MERGING}
    options = [*_ALONE, *_CONTENT, *(f"{name}={value}" for name, value in git_setup.own().items())]
    options += [*emptied(root, "branch."), *NO_CLEANING]
    with new_objects(root, lang) as apart:
        tree = arriving_changes.merged_tree(root, commit, options, apart, lang)
    options += arriving_changes.refuse_paths_outside(root, commit, tree, lang)
    refuse_converting(root, commit, tree, lang)
    options += arriving_changes.QUIET if arriving_changes.brings_programs(root, tree) else ()
    words = ["merge", *_strategy(tree), "-q", "--no-edit", "--no-stat"]
    words += [*(["--no-commit"] if hold else []), "-m", message, commit]
    done = write(root, words, check=False, options=options, environ=whole)
    if done.returncode:
        if done.returncode == 1 and waiting_files(root):
            return "open"
        raise git.refused(words, done)
    if hold and operation(root) == "merge":
        return "open"
    after = git.run(root, ["rev-parse", "HEAD"]).stdout
    if after == before:
        return "nothing"
    return "forward" if after.strip().decode("ascii") == commit else "merged"


def _strategy(tree: str | None) -> list[str]:
    """Return how git is to merge: as it told before what `tree` a merge gives.

    Settings may name another way (`pull.twohead`), which drops what the other side did.
    """
    return ["-s", "ort" if tree is not None else "recursive"]


def quieting(root: Path, commit: str, lang: Lang) -> Sequence[str]:
    """Return the settings under which no hook runs, where a merge brings other hooks or settings.

    Raises:
        GitError: git can't say what it would bring.
        UnconfirmedError: the disk did not confirm the objects, or what was fetched.
    """
    with new_objects(root, lang) as apart:
        tree = arriving_changes.merged_tree(root, commit, (), apart, lang)
    return arriving_changes.QUIET if arriving_changes.brings_programs(root, tree) else ()


def conclude(
    root: Path,
    paths: list[str],
    environ: Mapping[str, str] | None,
    lang: Lang = "zh",
    options: Sequence[str] = (),
) -> None:
    """Commit the merge in progress, with `paths` as they are on disk.

    Where that fails, git's list of what is not merged yet stays as it was.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        GitError: git or a hook refused.
        UnconfirmedError: the disk did not confirm what was written.
    """
    refuse_outside(root, lang)
    remove_marks(root, options=options)
    literal = {"GIT_LITERAL_PATHSPECS": "1", **(environ or {})}
    with draft_index(root, lang) as draft:
        write_objects(root, paths, options=(), environ=literal | draft.environ(), lang=lang)
    with restored_index(root, lang):
        if known := known_paths(root, paths):
            words = ["add", "-A", *FROM_INPUT]
            write(root, words, options=(), environ=literal, data=listed(known))
        whole = (*options, *NO_CLEANING)
        blank = _is_blank(git_path(root, "MERGE_MSG"))
        words = ["-F", "-"] if blank else ["--no-edit"]
        data = b"Merge" if blank else None
        write(root, ["commit", "-q", *words], options=whole, environ=environ, data=data)


def _is_blank(message: Path) -> bool:
    """Return whether a commit's message holds nothing, as after a power cut; `#` is no text."""
    lines = message.read_bytes().split(b"\n") if message.is_file() else []
    return not any(line.strip() and not line.startswith(b"#") for line in lines)


def push(
    root: Path, remote: str, branch: str, lang: Lang = "zh", shown: Shown = show_nothing
) -> bool:
    """Push the branch and its annotated tags; False where the remote has moved on meanwhile.

    `shown` is given git's progress.

    Raises:
        WriteError: git would write outside of the workspace's folder, or of the remote's.
        GitError: the remote can't be reached or a hook there refused.
    """
    refuse_outside(root, lang)
    refuse_other_side(root, remote, lang)
    words = ["push", "-q", "--progress", "--follow-tags", *receiving(root, remote)]
    try:
        reach(root, [*words, "--", remote, f"HEAD:refs/heads/{branch}"], WRITING, shown)
    except GitError as error:
        if "fetch first" in error.said or "non-fast-forward" in error.said:
            return False
        raise
    set_upstream(root, remote, branch, lang)
    return True


def flush_sides(root: Path, remote: str, lang: Lang) -> None:
    """Flush the file systems of the workspace and of the folders that a push reached.

    Raises:
        UnconfirmedError: all is handed on, but a disk did not confirm it.
    """
    flush_repository(root, lang, folders_of(root, remote))


def set_upstream(root: Path, remote: str, branch: str, lang: Lang) -> None:
    """Remember where the branch goes, as `git push --set-upstream` does, where it is not known.

    Raises:
        GitError, WriteError: it can't be written; git would write outside of the workspace's
            folder.
    """
    ours = {
        f"branch.{branch}.remote": remote,
        f"branch.{branch}.merge": f"refs/heads/{branch}",
    }
    if all(setting_value(root, name) == value for name, value in ours.items()):
        return
    refuse_outside(root, lang)
    if setting_value(root, "branch.autosetuprebase") in ("always", "remote"):
        ours[f"branch.{branch}.rebase"] = "true"
    with keeping_trust(root, ours):
        write_settings(root, ours, lang)


def ahead(root: Path, tip: str | None) -> int:
    """Return how many commits the branch has that `tip` does not reach."""
    words = ["rev-list", "--count", "HEAD", *([f"^{tip}"] if tip else [])]
    return int(git.run(root, words).stdout)


def reach(
    root: Path, words: list[str], more: Iterable[str] = (), shown: Shown = show_nothing
) -> bytes:
    """Run a git that talks to another repository, and return what it printed.

    Raises:
        GitError: the remote can't be reached or refused.
    """
    return talk(root, words, options=[*_ALONE, *more], environ=_REACHING, shown=shown)
