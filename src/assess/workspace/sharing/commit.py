"""Committing a workspace's files: the checks before it, and the message made from the changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess import locations
from assess.engine.history.message import commit_message
from assess.errors import UndecidedError, UsageError
from assess.harmless import escape_as_single_line, escape_non_utf8_path_bytes, quote_for_shell
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.problem import Problem
from assess.store import layout
from assess.store.folder_walk import walk_readable_files_and_folders
from assess.store.git.commit.commit_files import NoIdentityError, commit_paths_if_changed
from assess.store.git.commit.staged_list import reset_staged_paths_to_head
from assess.store.git.run.plumbing import Blob, GitError
from assess.store.git.setup import own_repository
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.state.repository_state import open_repository, require_checked_out_branch
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    record_trust_in_git_programs,
)
from assess.store.sizes import refuse_large_files
from assess.workspace.core import conflicts
from assess.workspace.core.ignored_files import (
    filter_out_new_ignored_junk,
    select_new_files_committed_though_ignored,
)
from assess.workspace.core.unfinished_merge import refuse_operation_in_progress
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.changes import WorkspaceHistory
from assess.workspace.sharing.converted_evidence import restore_converted_evidence_with_warnings
from assess.workspace.sharing.emptied_files import restore_emptied_files_with_warnings
from assess.workspace.sharing.merge_markers import find_merge_marker_problems
from assess.workspace.sharing.removed_answers import warn_of_many_removed_answers
from assess.workspace.sharing.unusable_files import refuse_crlf_and_empty_files

_TEXTS = (
    locations.CONFIG,
    locations.CHECKLISTS,
    locations.ANSWERS,
    locations.REGISTER,
    locations.FINDINGS,
    locations.TEMPLATES,
    ".gitattributes",
    ".gitignore",
)
"""Paths in which merge markers count; a file of evidence may hold any text."""

_MOST_NAMES = 5
"""Maximum number of names in a message."""


class CommitResult(NamedTuple):
    """The result of committing; `oid` is None where nothing had changed."""

    oid: str | None
    message: str
    paths: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
    """Files that were empty and were restored from git; sheets from which answers vanished."""


def restore_files_and_commit_workspace(
    workspace: Workspace,
    *,
    today: date,
    custom_message: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> CommitResult:
    """Commit the workspace's files and no others; without `custom_message` the changes are named.

    Raises:
        UsageError: there is no repository; a merge or rebase is in progress; no branch is checked
            out; a folder of the workspace holds a repository of its own.
        FilesError: files hold conflicts; a file has Windows line ends, or is too large.
        NoIdentityError: git does not know who commits.
        GitError: git or a hook refused; nothing was committed.
    """
    with workspace.git.open_snapshot():
        return _restore_files_and_commit(workspace, today, custom_message, environ)


def _restore_files_and_commit(
    workspace: Workspace, today: date, custom_message: str | None, environ: Mapping[str, str] | None
) -> CommitResult:
    open_repository(workspace.root, workspace.lang)
    emptied = restore_emptied_files_with_warnings(workspace)
    refuse_operation_in_progress(workspace.root, workspace.lang)
    require_checked_out_branch(workspace.root, workspace.lang)
    _refuse_nested_repositories(workspace.root, workspace.lang)
    restored = (*emptied, *restore_converted_evidence_with_warnings(workspace))
    paths = list_uncommitted_files(workspace)
    refuse_large_files(workspace.root, paths, workspace.lang)
    refuse_crlf_and_empty_files(workspace, paths)
    refuse_undecided_conflicts(workspace.root, workspace.lang)
    with WorkspaceHistory(workspace, today) as history:
        changes = history.diff_states()
    config = workspace.read_config()
    text = custom_message or commit_message(changes, config.language, config.people)
    if not paths:
        _reset_index_to_head(workspace)
        return CommitResult(None, text, (), restored)
    oid = commit_changed_files(workspace, paths, text, environ)
    removed = warn_of_many_removed_answers(changes, workspace.lang)
    return CommitResult(oid, text, tuple(paths), (*restored, *removed))


def commit_changed_files(
    workspace: Workspace, paths: Sequence[str], message: str, environ: Mapping[str, str] | None
) -> str:
    """Commit the workspace's files, of which `paths` changed; return the commit id.

    What the program reads or wrote itself is committed even where git is told to ignore it.

    Raises:
        NoIdentityError: git does not know who commits.
        GitError: git or a hook refused, or would leave out files; nothing was committed.
    """
    before = _blobs_of_head_by_path(workspace)
    new_files = [path for path in paths if path not in before]
    try:
        oid = commit_paths_if_changed(
            workspace.root,
            _list_present_and_removed_parts(workspace.root, paths),
            message,
            lang=workspace.lang,
            environ=environ,
            required_files=paths,
            files_even_if_ignored=select_new_files_committed_though_ignored(
                workspace.root, new_files, workspace.lang
            ),
        )
    except GitError as error:
        raise explain_git_refusal(error, workspace) from error
    _refuse_left_out_changes(workspace, paths, before)
    return oid


def _reset_index_to_head(workspace: Workspace) -> None:
    """Update git's index to the newest commit, where an interrupted git left it outdated."""
    refuse_git_writing_outside(workspace.root, workspace.lang)
    try:
        reset_staged_paths_to_head(workspace.root, locations.OWN)
    except GitError as error:
        raise explain_git_refusal(error, workspace) from error


def _refuse_left_out_changes(
    workspace: Workspace, paths: Sequence[str], blobs_before_by_path: Mapping[str, Blob]
) -> None:
    """Refuse a commit that left out changed files.

    Raises:
        GitError: names these files, with the command that shows why.
    """
    after = _blobs_of_head_by_path(workspace)
    same = [path for path in paths if blobs_before_by_path.get(path) == after.get(path)]
    left = open_repository(workspace.root, workspace.lang).select_changed_paths(same, after)
    if left:
        _ = translator(workspace.lang)
        message = _("git did not take what changed in these files: {names}")
        names = [quote_for_shell(path) for path in left]
        text = ", ".join(names[:_MOST_NAMES]) + ("…" if names[_MOST_NAMES:] else "")
        raise GitError(message.format(names=text), f"git check-attr -a -- {names[0]}")


def list_uncommitted_files(workspace: Workspace) -> list[str]:
    """Return the workspace's files that differ from the last commit, as sorted paths.

    Files of the folder are compared by content; git's index is not used. What git is told to
    ignore beside the evidence, and the register lacks, does not count.
    """
    repository = open_repository(workspace.root, workspace.lang)
    blobs = _blobs_of_head_by_path(workspace)
    files = set(layout.list_workspace_files(workspace.root, workspace.lang, locations.OWN))
    changed = repository.select_changed_paths(sorted(files | set(blobs)), blobs)
    return filter_out_new_ignored_junk(workspace.root, changed, blobs, workspace.lang)


def _blobs_of_head_by_path(workspace: Workspace) -> dict[str, Blob]:
    """Return the workspace's files in the last commit; nothing before the first commit."""
    repository = open_repository(workspace.root, workspace.lang)
    head = repository.resolve_head_commit()
    tree = repository.list_files(head, locations.OWN) if head is not None else {}
    return {path: blob for path, blob in tree.items() if blob.mode.startswith("100")}


def explain_git_refusal(error: GitError, workspace: Workspace, hint: str = "") -> GitError:
    """Return an error that explains git's refusal, or repeats a hook's words."""
    better = explain_git_error(error, workspace.root, workspace.lang)
    if better is not error or error.hint:
        return better
    _ = translator(workspace.lang)
    text = _("git or a hook refused: {reason}")
    if error.has_words_of_others:
        text = _("git, a hook or the other side refused: {reason}")
    text = text.format(reason=escape_as_single_line(error.message))
    return GitError(text, hint or _("nothing was committed; the files are as they were saved"))


def refuse_undecided_conflicts(root: Path, lang: Lang, only: Collection[str] | None = None) -> None:
    """Refuse files in which a merge left conflicts: all files, or those in `only`.

    Raises:
        UndecidedError: files hold conflicts or merge markers; names the position of each.
    """
    _ = translator(lang)
    marked = find_merge_marker_problems(root, layout.list_workspace_files(root, lang, _TEXTS), lang)
    problems = [problem for problem in marked if only is None or problem.file in only]
    problems = problems or conflicts.list_conflict_problems(root, lang, only)
    if problems:
        raise UndecidedError(_("conflicts must be settled first (assess lint)"), problems)


def _refuse_nested_repositories(root: Path, lang: Lang) -> None:
    """Refuse nested repositories: git would commit a pointer to them and none of their files.

    Raises:
        UsageError: names the repository.
    """
    for part in locations.OWN:
        entries = (
            walk_readable_files_and_folders(root, part, lang) if (root / part).is_dir() else ()
        )
        for inner in (entry for entry in entries if entry.path.endswith("/.git")):
            _ = translator(lang)
            name = inner.path.removesuffix("/.git")
            raise UsageError(
                _("{path} is a git repository of its own; its files would be lost").format(
                    path=escape_non_utf8_path_bytes(name)
                ),
                f"mv {quote_for_shell(f'{name}/.git')} {quote_for_shell(f'{name}.git-backup')}",
            )


def _list_present_and_removed_parts(root: Path, paths: Sequence[str]) -> list[str]:
    """Return the parts of the workspace to commit: those that exist, or were removed."""
    present = [part for part in locations.OWN if (root / part).exists()]
    gone = {part for part in locations.OWN for path in paths if path.split("/")[0] == part}
    return [*present, *sorted(gone - set(present))]


def list_untrusted_hooks_and_settings(workspace: Workspace) -> list[str]:
    """Return the hooks and settings that are disabled until the user trusts them."""
    open_repository(workspace.root, workspace.lang)
    return (
        []
        if is_repository_trusted(workspace.root)
        else own_repository.list_hooks_and_program_settings(workspace.root)
    )


def trust_repository(workspace: Workspace) -> None:
    """Remember that this user trusts the repository's hooks and settings as they are now.

    Raises:
        WriteError: git would write outside of the workspace's folder.
    """
    refuse_git_writing_outside(workspace.root, workspace.lang)
    record_trust_in_git_programs(workspace.root, workspace.lang)


def choose_commit_email(config: Config, person_id: str | None) -> str:
    """Return the e-mail address for a person's commits: their own, else one made from their id.

    Git requires an address, and machines without a network have none. The domain `.invalid` belongs
    to nobody (RFC 2606).
    """
    person = config.people.get(person_id or "")
    if person is not None and person.emails:
        return person.emails[0]
    return f"{person_id or 'filler'}@{config.organization.id}.invalid"


def set_committer_identity(workspace: Workspace, name: str, email: str) -> None:
    """Write who commits into the repository's settings.

    Raises:
        UsageError: the name or the address is not valid.
        GitError, WriteError: the settings can't be written; git would write outside of the
            workspace's folder.
    """
    _ = translator(workspace.lang)
    if not name.strip() or "@" not in email or set(name + email) & set("<>\n"):
        message = _("a name and an e-mail address are needed")
        raise UsageError(message, 'git config user.name "…"; git config user.email "…"')
    try:
        own_repository.write_committer_identity(
            workspace.root, name.strip(), email.strip(), workspace.lang
        )
    except GitError as error:
        raise explain_git_error(error, workspace.root, workspace.lang) from error


def is_commit_identity_known(workspace: Workspace) -> bool:
    """Return whether git knows who commits here."""
    return own_repository.is_author_identity_known(workspace.root)


__all__ = ["CommitResult", "NoIdentityError", "restore_files_and_commit_workspace"]
