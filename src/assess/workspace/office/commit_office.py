"""Committing what a command wrote into the folder of an office, and who commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from assess import locations
from assess.errors import UsageError
from assess.harmless import escape_control_characters
from assess.i18n import Lang, translator
from assess.model.office import LONGEST_NAME
from assess.store import layout
from assess.store.git.commit.commit_files import NoIdentityError, commit_paths_if_changed
from assess.store.git.run.plumbing import GitError, run_git
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.state.repository_state import find_operation_in_progress, open_repository
from assess.workspace.office.office import Office


def commit_office_files(
    office: Office,
    message: str,
    parts: Collection[str] = locations.OFFICE_OWN,
    **words: object,
) -> bool:
    """Commit the files of the office, as `commit_office_files_as` does, by git's own user."""
    return commit_office_files_as(office, message, None, words, parts)


def commit_office_files_as(
    office: Office,
    message: str,
    environ: Mapping[str, str] | None,
    words: Mapping[str, object],
    parts: Collection[str] = locations.OFFICE_OWN,
) -> bool:
    """Commit the files of the office; return False where git does not know who commits.

    Only those of `parts`, files and folders of `locations.OFFICE_OWN`, are committed.
    `message` is one of the catalogue, and is written in the language of the office with `words`.
    `environ` is added to git's environment variables (committer and time).

    Raises:
        UsageError: there is no repository; a merge or rebase is in progress.
        GitError: git or a hook refused; the files stay as they are.
        WriteError: git would write outside of the folder.
    """
    root, lang = office.root, office.lang
    open_repository(root, lang)
    _refuse_operation_in_progress(root, lang)
    files = list(layout.list_workspace_files(root, lang, tuple(parts)))
    tops = [part for part in parts if any(_is_part_of(part, file) for file in files)]
    _ = translator(office.read_office_file().language)
    try:
        commit_paths_if_changed(root, tops, _(message).format(**words), lang=lang, environ=environ)
    except NoIdentityError:
        return False
    except GitError as error:
        raise explain_git_error(error, root, lang) from error
    return True


def _refuse_operation_in_progress(root: Path, lang: Lang) -> None:
    """Refuse to commit into a merge that an officer has not ended.

    Raises:
        UsageError: an operation is in progress; the hint says how to end it.
    """
    kind = find_operation_in_progress(root)
    if kind is not None:
        _ = translator(lang)
        message = _("a {operation} is in progress").format(operation=kind)
        hint = _("settle what `assess lint` names, then: {on}; or give up: {off}")
        words = {"on": f"git add -u && git {kind} --continue", "off": f"git {kind} --abort"}
        raise UsageError(message, hint.format(**words))


def _is_part_of(part: str, file: str) -> bool:
    return file == part or locations.is_below_folder(file, part)


def read_git_user_name(root: Path) -> str | None:
    """Return the name of git's user; None where git does not know it."""
    answer = run_git(root, ["var", "GIT_AUTHOR_IDENT"], check=False)
    if answer.returncode:
        return None
    name = escape_control_characters(answer.stdout.decode("utf-8", "replace").rpartition(" <")[0])
    return name.strip()[:LONGEST_NAME] or None
