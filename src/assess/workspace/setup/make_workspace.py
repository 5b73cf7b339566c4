"""A workspace is made from nothing, and its files are committed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from assess import locations
from assess.errors import UsageError
from assess.harmless import escape_non_utf8_path_bytes
from assess.i18n import Lang, translator
from assess.store import layout
from assess.store.git.commit.commit_files import NoIdentityError, commit_paths_if_changed
from assess.store.new_workspace_files import write_new_workspace_and_make_repository
from assess.workspace.core import library
from assess.workspace.core.ignored_files import select_new_files_committed_though_ignored
from assess.workspace.core.names import refuse_invalid_id
from assess.workspace.core.unfinished_init import (
    is_workspace_incomplete,
    refuse_if_init_cannot_complete,
)
from assess.workspace.core.workspace import Workspace


def make_and_commit_workspace(
    root: Path,
    *,
    organization: str | None,
    organization_id: str | None = None,
    language: Lang,
    checklists: Sequence[str] = (),
    systems: Sequence[str] = (),
    today: date,
    lang: Lang,
    environ: Mapping[str, str] | None = None,
) -> Workspace:
    """Make a workspace and commit it; without `checklists` it gets the basic checklist.

    A half-made workspace is completed: what it holds already stays. `environ` is added to git's
    environment variables (committer and time).

    Raises:
        UsageError: the folder holds a workspace already; the id of a system is not valid.
        UnknownIdError: the library has no such checklist.
    """
    for name in checklists:
        library.find_checklist_file(name, lang)
    for system in systems:
        refuse_invalid_id(system, lang, "--system portal")
    workspace = Workspace(root, lang)
    _refuse_other_workspace(workspace, organization, checklists, systems)
    write_new_workspace_and_make_repository(
        root,
        organization=organization or escape_non_utf8_path_bytes(root.resolve().name),
        organization_id=organization_id,
        language=language,
        year=today.year,
        lang=lang,
    )
    _add_missing_systems_and_checklists(workspace, systems, checklists)
    _commit_if_identity_known(workspace, language, environ)
    return workspace


def _refuse_other_workspace(
    workspace: Workspace,
    organization: str | None,
    checklists: Sequence[str],
    systems: Sequence[str],
) -> None:
    """Refuse a folder with a workspace, unless it is half made and was begun with these words.

    Raises:
        UsageError: the folder holds such a workspace.
    """
    root, lang = workspace.root, workspace.lang
    if is_workspace_incomplete(root):
        config = workspace.read_config()
        refuse_if_init_cannot_complete(root, config, organization, checklists, systems, lang)
    elif (root / locations.CONFIG).exists():
        _ = translator(lang)
        message = _("{path} is a workspace already").format(path=root)
        raise UsageError(message, "assess fill")


def _add_missing_systems_and_checklists(
    workspace: Workspace, systems: Sequence[str], checklists: Sequence[str]
) -> None:
    """Add what assess.yaml does not have; the basic checklist where there would be none."""
    config = workspace.read_config()
    for system in systems:
        if system not in config.systems:
            workspace.add_system_and_its_sheets(system, system, None)
    for name in checklists or (() if config.checklists else ("egov-network",)):
        if name not in config.checklists:
            workspace.checklists.pin_source_and_add_sheets(name)


def _commit_if_identity_known(
    workspace: Workspace, language: Lang, environ: Mapping[str, str] | None
) -> None:
    """Commit the new workspace, unless git does not know its user yet."""
    _ = translator(language)
    with contextlib.suppress(NoIdentityError):
        commit_all_files(workspace, _("Make the workspace"), environ)


def commit_all_files(
    workspace: Workspace, message: str, environ: Mapping[str, str] | None = None
) -> str:
    """Commit the workspace's files and no others; return the commit id.

    What the program reads or wrote itself is committed even where git is told to ignore it.

    Raises:
        NoIdentityError: git does not know who commits.
        GitError: git or a hook refused.
    """
    root, lang = workspace.root, workspace.lang
    parts = [part for part in locations.OWN if (root / part).exists()]
    paths = list(layout.list_workspace_files(root, lang, locations.OWN))
    forced = select_new_files_committed_though_ignored(root, paths, lang)
    return commit_paths_if_changed(
        root,
        parts,
        message,
        lang=lang,
        environ=environ,
        required_files=forced,
        files_even_if_ignored=forced,
    )
