"""Commit the workspace's files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from assess.errors import AssessError
from assess.i18n import Lang, translator
from assess.store.git.commit.draft_index import (
    DraftIndex,
    IgnoredFileRule,
    open_draft_index,
    stage_repair_and_flush_objects,
)
from assess.store.git.commit.left_out_files import (
    list_converted_files,
    list_existing_files_missing_in_index,
    refuse_converted_files,
    refuse_if_conversion_failed,
    refuse_left_out_files,
)
from assess.store.git.commit.made_commits import reset_index_on_failure_after_commit
from assess.store.git.commit.staged_list import (
    list_staged_changes,
    reset_index_unless_locked,
    reset_staged_paths_to_head,
)
from assess.store.git.commit.unchanged_marks import remove_unchanged_marks_of_existing_files
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import (
    NO_CLEANING,
    flush_file_systems_of_repository,
    run_writing_git,
)
from assess.store.git.run.git_facts import find_workspace_prefix
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup.own_repository import is_author_identity_known
from assess.store.git.state.broken_head import refuse_broken_head
from assess.store.git.state.repository_state import find_operation_in_progress
from assess.store.git.trust.attribute_files import refuse_irregular_attribute_files
from assess.store.git.trust.boundary import (
    refuse_git_writing_outside,
    refuse_links_out_of_git_folders,
)
from assess.store.git.trust.trusted_programs import (
    list_git_options_by_trust,
    record_trust_in_git_programs,
)

_MANY: Final = 1000
"""Paths that git compares with all files in a short time."""


class NoIdentityError(AssessError):
    """Git has no name and e-mail of the author."""


def make_and_trust_missing_repository(root: Path, lang: Lang = "zh") -> None:
    """Make `root` a repository, if it is none yet, and trust it.

    A repository whose `git init` was interrupted is completed; whether it is trusted stays
    unchanged.

    Raises:
        WriteError: links in an incomplete repository lead out of it.
    """
    made = not os.path.lexists(root / ".git")
    if half_made := _is_incomplete_repository(root / ".git"):
        refuse_links_out_of_git_folders({(root / ".git").resolve()}, lang)
    if made or half_made:
        # Git copies hooks from a template, even through a link.
        run_writing_git(root, ["init", "-q", "-b", "main", *(["--template="] if half_made else [])])
    if made:
        record_trust_in_git_programs(root, lang)


def _is_incomplete_repository(folder: Path) -> bool:
    """Return whether a `git init` was interrupted before it wrote a whole repository."""
    parts = ("HEAD", "config", "objects", "refs")
    if folder.is_symlink() or os.path.lexists(folder / "commondir"):
        return False
    return folder.is_dir() and not all((folder / part).exists() for part in parts)


def refuse_missing_identity(
    root: Path, lang: Lang, environ: Mapping[str, str] | None = None
) -> None:
    """Refuse to commit without an identity.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
    """
    if not is_author_identity_known(root, environ):
        _ = translator(lang)
        raise NoIdentityError(_("git does not know who commits"), "assess commit --as PERSON")


def commit_paths_if_changed(
    root: Path,
    paths: Sequence[str],
    message: str,
    *,
    lang: Lang,
    environ: Mapping[str, str] | None = None,
    required_files: Sequence[str] = (),
    files_even_if_ignored: Sequence[str] = (),
) -> str:
    """Commit `paths` as they are on disk and return the commit id; other staged files stay staged.

    Nothing is committed if the commit would not have one of `required_files` as it is on disk.
    Files of `files_even_if_ignored` are committed even if a rule says to ignore them.

    Without changes there is no new commit, and the last commit's id is returned. If git refuses or
    is killed, git's list of staged files stays unchanged.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
        WriteError: git would write outside of the workspace's folder; .gitattributes or .gitignore
            is a link, folder or pipe; the disk is full.
        UnconfirmedError: the disk did not confirm what was written.
        CommitStaysError: git made the commit and failed afterwards.
        GitError: git or a hook refused.
    """
    refuse_git_writing_outside(root, lang)
    refuse_irregular_attribute_files(root, lang)
    options = list_git_options_by_trust(root)
    refuse_missing_identity(root, lang, environ)
    literal = {"GIT_LITERAL_PATHSPECS": "1", **(environ or {})}
    with open_draft_index(root, lang) as draft:
        staging = literal | draft.index_environ()
        remove_unchanged_marks_of_existing_files(root, options=options, environ=staging)
        _stage_paths_and_check_required_files(
            root, paths, required_files, files_even_if_ignored, options, staging, lang
        )
        changed = list_staged_changes(root, paths, staging)
        if changed:
            draft.write_pathspec_file(changed, lang)
            words = ["-q", "-F", "-", *_make_commit_path_options(root, draft, changed, staging)]
            with reset_index_on_failure_after_commit(root, paths, lang):
                _commit_from_draft_index(root, words, message, options, staging)
                _update_index_pack_and_flush(root, paths, options, lang)
    if not changed:
        reset_staged_paths_to_head(root, paths)
    return read_head_commit_id(root)


def _make_commit_path_options(
    root: Path, draft: DraftIndex, changed: Sequence[str], environ: Mapping[str, str]
) -> list[str]:
    """Return the options by which git commits the changed files of the draft index, no others.

    Git compares each path with each file. So it gets no paths if there are many, and if the draft
    index differs from the last commit in these files only and the commit completes no merge.
    """
    if (
        len(changed) > _MANY
        and not find_workspace_prefix(root)
        and find_operation_in_progress(root) is None
        and len(list_staged_changes(root, ["."], environ)) == len(changed)
    ):
        return []
    return ["--only", f"--pathspec-from-file={draft.paths}", "--pathspec-file-nul"]


def _commit_from_draft_index(
    root: Path,
    words: Sequence[str],
    message: str,
    options: Sequence[str],
    environ: Mapping[str, str],
) -> None:
    """Commit files of the draft index."""
    run_writing_git(
        root,
        ["commit", *words],
        options=(*options, *NO_CLEANING),
        environ=environ,
        data=os.fsencode(message),
    )


def _update_index_pack_and_flush(
    root: Path, paths: Sequence[str], options: Sequence[str], lang: Lang
) -> None:
    """Bring git's list of staged files up to date, pack objects if due, and flush the disk."""
    reset_index_unless_locked(root, paths)
    run_writing_git(root, ["gc", "--auto", "-q"], check=False, options=options)
    flush_file_systems_of_repository(root, lang)


def _stage_paths_and_check_required_files(
    root: Path,
    paths: Sequence[str],
    required_files: Sequence[str],
    files_even_if_ignored: Sequence[str],
    options: Sequence[str],
    environ: Mapping[str, str],
    lang: Lang,
) -> None:
    """Stage `paths` in the copy of the list that `environ` names; see `commit_paths_if_changed`."""
    ignored: IgnoredFileRule = "passed-over" if required_files else "refused"
    try:
        stage_repair_and_flush_objects(
            root, paths, options=options, environ=environ, lang=lang, ignored=ignored
        )
    except GitError as error:
        refuse_if_conversion_failed(root, error, lang)
        raise
    if lacking := list_existing_files_missing_in_index(root, files_even_if_ignored, environ):
        stage_repair_and_flush_objects(
            root, lacking, options=options, environ=environ, lang=lang, ignored="taken"
        )
    refuse_left_out_files(root, required_files, environ, lang)
    if converted := list_converted_files(root, required_files, environ):
        # Git has not looked at a file with the same time and size as under earlier attributes.
        stage_repair_and_flush_objects(
            root, converted, options=options, environ=environ, lang=lang, rereads_unchanged=True
        )
        refuse_converted_files(root, converted, environ, lang)


def make_empty_commit(
    root: Path, message: str, *, lang: Lang, environ: Mapping[str, str] | None = None
) -> str:
    """Make a commit that has a message and changes no file; return its id.

    Staged files stay staged.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
        WriteError: git would write outside of the workspace's folder; .gitattributes or .gitignore
            is a link, folder or pipe.
        UnconfirmedError: the disk did not confirm what was written.
        CommitStaysError: git made the commit and failed afterwards.
        GitError: git or a hook refused; the newest commit can't be read.
    """
    refuse_git_writing_outside(root, lang)
    refuse_broken_head(root, lang)
    refuse_irregular_attribute_files(root, lang)
    refuse_missing_identity(root, lang, environ)
    words = ["commit", "-q", "--only", "--allow-empty", "-F", "-"]
    data = os.fsencode(message)
    options = (*list_git_options_by_trust(root), *NO_CLEANING)
    with reset_index_on_failure_after_commit(root, [], lang):
        run_writing_git(root, words, options=options, environ=environ, data=data)
        flush_file_systems_of_repository(root, lang)
    return read_head_commit_id(root)


def read_head_commit_id(root: Path) -> str:
    """Return the id of the checked-out commit.

    Raises:
        GitError: there is no commit, or it can't be read.
    """
    repository = git.Repository.find_repository(root)
    oid = repository.resolve_commit("HEAD") if repository is not None else None
    return oid or git.run_git(root, ["rev-parse", "HEAD"]).stdout.decode("ascii").strip()
