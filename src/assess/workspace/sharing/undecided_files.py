"""Files that a person must decide as a whole after a merge: the list, and the decision."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

from assess.errors import (
    EnvironmentLacksError,
    FilesError,
    UndecidedError,
    UnknownIdError,
    UsageError,
)
from assess.harmless import escape_non_utf8_path_bytes, quote_for_shell
from assess.i18n import N_, Lang, translator
from assess.problem import Problem
from assess.store.file_types import find_file_type
from assess.store.git.sync.undecided_files import (
    UndecidedFile,
    list_undecided_files,
    settle_file_with_blob,
    settle_file_with_folder_content,
)
from assess.store.git.trust.attribute_files import refuse_irregular_attribute_files
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.lock import workspace_lock_over_several_saves
from assess.workspace.core import conflicts
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.merge_markers import find_merge_marker_problems

WholeFileChoice = Literal["ours", "theirs", "edited"]
"""Which version of a file is taken: that of a side, or the edited file in the folder."""

_KEEP_OR_DROP: Final = N_("keep it: assess settle {path} --{keep}; drop it: --{drop}")
_ONE_OF_BOTH: Final = N_(
    "assess settle {path} --ours, or --theirs; after mending it yourself: --edited"
)
_FIELDS: Final = "assess settle; assess fill"
_WAITING_TEXTS: Final = {
    "changed": ("both-changed", N_("both sides changed the same thing"), _FIELDS),
    "by-hand": (
        "both-changed",
        N_("both sides changed the file, and it is not merged by meaning"),
        _ONE_OF_BOTH,
    ),
    "deleted": (
        "deleted-here-or-there",
        N_("one side removed the file, the other changed it"),
        _KEEP_OR_DROP,
    ),
    "renamed": (
        "renamed-here-and-there",
        N_("both sides renamed a file; this is one of its new names"),
        _KEEP_OR_DROP,
    ),
}
"""Code, message and hint of each kind of problem."""


def list_undecided_file_problems(workspace: Workspace) -> list[Problem]:
    """Return a problem for each file to decide as a whole; none where git is not installed."""
    try:
        files = list_undecided_files(workspace.root)
    except EnvironmentLacksError:
        return []
    return describe_undecided_files(
        (file for file in files if file.is_decided_as_whole), workspace.lang
    )


def describe_undecided_files(files: Iterable[UndecidedFile], lang: Lang) -> list[Problem]:
    """Return a problem for each file that a merge left, with the command that settles it."""
    _ = translator(lang)
    problems = []
    for file in files:
        by_hand = file.kind == "changed" and file.is_decided_as_whole
        code, message, hint = _WAITING_TEXTS["by-hand" if by_hand else file.kind]
        keep, drop = ("ours", "theirs") if file.ours is not None else ("theirs", "ours")
        hint = _(hint).format(path=quote_for_shell(file.path), keep=keep, drop=drop)
        problems.append(
            Problem(escape_non_utf8_path_bytes(file.path), code, _(message), hint, line=1, column=1)
        )
    return problems


def make_conflict_error(workspace: Workspace, warnings: Iterable[Problem]) -> UndecidedError:
    """Return the error of a merge that names the files which a person must decide.

    `warnings` about other files of the merge are shown with them.
    """
    _ = translator(workspace.lang)
    message = _(
        "what others committed is here, but some of it is to be decided: settle it, then again:"
        " assess sync (give up: git merge --abort)"
    )
    waiting = list_undecided_files(workspace.root)
    by_fields = [file.path for file in waiting if not file.is_decided_as_whole]
    by_field: list[Problem] = []
    with contextlib.suppress(FilesError):  # a file that is no text has no fields
        by_field = conflicts.list_conflict_problems(workspace.root, workspace.lang, by_fields)
    named = {problem.file for problem in by_field}
    whole = describe_undecided_files(
        (file for file in waiting if file.path not in named), workspace.lang
    )
    return UndecidedError(message, [*by_field, *whole, *warnings])


def settle_whole_file(workspace: Workspace, path: str, side: WholeFileChoice) -> None:
    """Decide a file as a whole after a merge; `path` is relative to the root or the current folder.

    A pinned checklist may be taken as a whole. Other files that are merged by meaning may not,
    because the other side's changes would be lost.

    Raises:
        UnknownIdError: no such file is undecided.
        UsageError: the file is settled field by field, or is outside of the workspace.
        FilesError: the file holds merge markers.
        WriteError: git would write outside of the workspace's folder, or the path of an attributes
            file is not a regular file.
        GitError: git can't write the file.
    """
    refuse_git_writing_outside(workspace.root, workspace.lang)
    refuse_irregular_attribute_files(workspace.root, workspace.lang)
    with workspace_lock_over_several_saves(workspace.root, workspace.acting, workspace.lang):
        _settle_undecided_file(workspace, path, side)


def _settle_undecided_file(workspace: Workspace, path: str, side: WholeFileChoice) -> None:
    _ = translator(workspace.lang)
    file = _find_undecided_file(workspace, path)
    if file.path.startswith("../"):
        message = _("{path} stands outside of the workspace").format(
            path=quote_for_shell(file.path)
        )
        raise UsageError(
            message, f"cd .. && git add {quote_for_shell(file.path.removeprefix('../'))}"
        )
    if not file.is_decided_as_whole and (side == "edited" or not _is_checklist(file.path)):
        message = _("{path} is merged by meaning: each conflict in it is settled by itself")
        raise UsageError(message.format(path=quote_for_shell(file.path)), "assess settle")
    if side == "edited":
        _refuse_merge_markers(workspace, file.path)
        settle_file_with_folder_content(workspace.root, file.path)
    else:
        blob = file.ours if side == "ours" else file.theirs
        settle_file_with_blob(workspace.root, file.path, blob)


def _refuse_merge_markers(workspace: Workspace, path: str) -> None:
    is_plain_file = (workspace.root / path).is_file() and not (workspace.root / path).is_symlink()
    problems = (
        find_merge_marker_problems(workspace.root, [path], workspace.lang) if is_plain_file else []
    )
    if problems:
        _ = translator(workspace.lang)
        raise FilesError(_("the file is not mended yet"), problems)


def _is_checklist(path: str) -> bool:
    kind = find_file_type(path)
    return kind is not None and kind.id == "checklist"


def _find_undecided_file(workspace: Workspace, path: str) -> UndecidedFile:
    real, root = Path(path).resolve(), workspace.root.resolve()
    names = {path, real.relative_to(root).as_posix() if real.is_relative_to(root) else path}
    files: Sequence[UndecidedFile] = list_undecided_files(workspace.root)
    for file in files:
        if file.path in names:
            return file
    _ = translator(workspace.lang)
    message = _("no merge waits for a decision about {path}").format(path=quote_for_shell(path))
    raise UnknownIdError(message, path, [file.path for file in files])
