"""Merge a fetched commit into the branch, and commit a merge in progress.

Git starts merge drivers and hooks that the repository's settings name. So this is for trusted
repositories only; the caller checks that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from assess.i18n import Lang
from assess.store.git.commit.commit_files import read_head_commit_id
from assess.store.git.commit.draft_index import (
    open_draft_index,
    restore_index_if_commit_failed,
    stage_repair_and_flush_objects,
)
from assess.store.git.commit.staged_list import (
    FROM_INPUT,
    encode_paths_with_nul_between,
    select_existing_or_staged_paths,
)
from assess.store.git.commit.unchanged_marks import remove_unchanged_marks_of_existing_files
from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.flushed_writes import (
    NO_CLEANING,
    REMADE_REFS,
    run_writing_git,
    write_new_objects_flushed,
)
from assess.store.git.setup import local_settings as git_setup
from assess.store.git.state.repository_state import find_operation_in_progress
from assess.store.git.sync import arriving_changes
from assess.store.git.sync.arriving_attributes import refuse_merge_that_converts_files
from assess.store.git.sync.arriving_commits import refuse_merging_ambiguous_commits
from assess.store.git.sync.arriving_files import (
    list_files_new_to_head,
    refuse_overwriting_uncommitted_files,
)
from assess.store.git.sync.hidden_history import refuse_merge_on_hidden_history
from assess.store.git.sync.lost_refs import (
    remove_unreadable_merge_refs,
)
from assess.store.git.sync.private_folder import refuse_arriving_private_files
from assess.store.git.sync.undecided_files import list_undecided_files
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.git.trust.trusted_programs import list_options_emptying_settings

Merged = Literal["nothing", "forward", "merged", "open"]
"""`open`: the merge is not committed, because decisions are missing."""


class MergeResult(NamedTuple):
    """The result of a merge."""

    merged: Merged
    commit_options: Sequence[str] = ()
    """Settings for the commit of an open merge: no hook runs if it brings hooks or settings."""


_MERGING = {"GIT_NO_LAZY_FETCH": "0", "GIT_ALLOW_PROTOCOL": "git:http:https:ssh"}
"""A partial clone may fetch missing objects for a merge, but not from a folder: its git would start
programs that the repository in it names."""

WITHOUT_SUBMODULES = (
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "push.recurseSubmodules=no",
    "transfer.bundleURI=false",
    "push.pushOption=",
    "core.protectHFS=true",
    "core.protectNTFS=true",
)
"""Settings against submodules and further places to fetch from, which the user did not trust with
this repository, and against names that some systems read as `.git`."""


_CONTENT = ("core.fileMode=false",)
"""An executable bit that a copy on a USB stick gained is no change that stops a merge."""


def merge_commit_into_branch(
    root: Path,
    commit: str,
    message: str,
    environ: Mapping[str, str] | None,
    lang: Lang = "zh",
    *,
    no_commit: bool = False,
) -> MergeResult:
    """Merge a fetched commit and return the result; `open` means that decisions are missing.

    The merge driver is passed with the command, so `assess git setup` is not needed. If the merge
    brings other hooks or settings, no hook runs. With `no_commit` the merge is not committed, and
    the caller flushes the disk (`commit_merge_in_progress` does).

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: the merge would change files outside of the folder, convert files, bring files
            of `.assess` or unreadable commits, or overwrite files that are in no commit.
        GitError: git refused, and changed nothing; history on which the merge depends is hidden.
        UnconfirmedError: the disk did not confirm what was fetched; nothing was merged.
    """
    refuse_git_writing_outside(root, lang)
    refuse_merge_on_hidden_history(root, commit, lang)
    refuse_merging_ambiguous_commits(root, commit, lang)
    remove_unchanged_marks_of_existing_files(root, options=())
    remove_unreadable_merge_refs(root)
    before = read_head_commit_id(root)
    options = _list_merge_options(root)
    with write_new_objects_flushed(root, lang, flush_names=not no_commit) as apart:
        tree = arriving_changes.write_merged_tree_if_supported(root, commit, options, apart, lang)
    options += arriving_changes.refuse_outside_changes_and_list_options(root, commit, tree, lang)
    if tree is not None:
        refuse_merge_that_converts_files(root, commit, tree, lang)
    arriving = list_files_new_to_head(root, tree or commit)
    refuse_arriving_private_files(root, commit, arriving, lang)
    refuse_overwriting_uncommitted_files(root, commit, arriving, lang)
    quiet = (
        arriving_changes.QUIET if arriving_changes.may_merge_change_git_programs(root, tree) else ()
    )
    words = ["merge", *_merge_strategy_options(tree), "-q", "--no-edit", "--no-stat"]
    words += [*(["--no-commit"] if no_commit else []), "-m", message, commit]
    last_options = REMADE_REFS if no_commit else ()
    if _merge_and_check_if_open(root, words, [*options, *quiet], environ, last_options):
        return MergeResult("open", quiet)
    after = read_head_commit_id(root)
    if after == before:
        return MergeResult("nothing")
    return MergeResult("forward" if after == commit else "merged")


def _list_merge_options(root: Path) -> list[str]:
    """Return the settings for a merge: the program's merge driver, nothing that starts another."""
    driver = (f"{name}={value}" for name, value in git_setup.git_settings_to_write().items())
    emptied = list_options_emptying_settings(root, "branch.")
    return [*WITHOUT_SUBMODULES, *_CONTENT, *driver, *emptied, *NO_CLEANING]


def _merge_and_check_if_open(
    root: Path,
    words: Sequence[str],
    options: Sequence[str],
    environ: Mapping[str, str] | None,
    last_options: Sequence[str],
) -> bool:
    """Run `git merge`; return whether the merge is left open.

    Raises:
        GitError: git refused, and changed nothing.
    """
    done = run_writing_git(
        root,
        words,
        check=False,
        options=options,
        environ={**(environ or {}), **_MERGING},
        last_options=last_options,
    )
    if done.returncode == 1 and list_undecided_files(root):
        return True
    if done.returncode:
        raise git.make_failed_git_error(words, done)
    return "--no-commit" in words and find_operation_in_progress(root) == "merge"


def _merge_strategy_options(tree: str | None) -> list[str]:
    """Return the options for the merge strategy by which git computed `tree`.

    Settings may name another strategy (`pull.twohead`), which may drop changes of the other side.
    """
    return ["-s", "ort" if tree is not None else "recursive"]


def commit_merge_in_progress(
    root: Path,
    paths: Sequence[str],
    environ: Mapping[str, str] | None,
    lang: Lang = "zh",
    options: Sequence[str] = (),
    *,
    add_options: Sequence[str] = (),
) -> None:
    """Commit the merge in progress with `paths` as they are on disk.

    `options` are settings for the commit, `add_options` those for staging the paths.

    If that fails, git's list of unmerged files stays unchanged.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        GitError: git or a hook refused.
        UnconfirmedError: the disk did not confirm what was written.
    """
    refuse_git_writing_outside(root, lang)
    remove_unchanged_marks_of_existing_files(root, options=options)
    literal = {"GIT_LITERAL_PATHSPECS": "1", **(environ or {})}
    with open_draft_index(root, lang) as draft:
        environ_of_draft = literal | draft.index_environ()
        stage_repair_and_flush_objects(
            root, paths, options=add_options, environ=environ_of_draft, lang=lang
        )
    with restore_index_if_commit_failed(root, lang):
        if known := select_existing_or_staged_paths(root, paths):
            words = ["add", "-A", *FROM_INPUT]
            data = encode_paths_with_nul_between(known)
            run_writing_git(root, words, options=add_options, environ=literal, data=data)
        words = ["commit", "-q", *_merge_message_options(root)]
        whole = (*options, *NO_CLEANING)
        run_writing_git(root, words, options=whole, environ=environ, data=b"Merge")


def _merge_message_options(root: Path) -> list[str]:
    """Return the options for the message: that of the merge, or the input if that is lost."""
    return (
        ["-F", "-"]
        if _is_blank_message(find_path_in_git_folder(root, "MERGE_MSG"))
        else ["--no-edit"]
    )


def _is_blank_message(message: Path) -> bool:
    """Return whether a commit message is empty, as after a power cut; `#` lines don't count."""
    lines = message.read_bytes().split(b"\n") if message.is_file() else []
    return not any(line.strip() and not line.startswith(b"#") for line in lines)
