"""The files of a new workspace are written, and its folder becomes a repository."""

from __future__ import annotations

import re
from pathlib import Path

from assess import locations
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.formats import Format
from assess.store.files import make_write_error, write_atomic
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run.flushed_writes import flush_file_systems_of_repository
from assess.store.git.run.plumbing import Repository
from assess.store.git.setup.attribute_lines import list_updates_of_git_files
from assess.store.git.setup.local_settings import write_merge_attributes_and_settings
from assess.store.git.state.lock_leftovers import remove_stale_locks_before_first_commit
from assess.store.git.trust.attribute_files import NAME
from assess.store.git.trust.boundary import (
    refuse_git_writing_outside,
    refuse_links_out_of_git_folders,
)
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.writing.edit import apply_edits
from assess.store.yaml.writing.format_numbers import text_with_lowest_format_number


def write_new_workspace_and_make_repository(
    root: Path,
    *,
    organization: str,
    organization_id: str | None,
    language: Lang,
    year: int,
    lang: Lang,
) -> None:
    """Write the files of an empty workspace with the round of `year`, and make it a repository.

    Without `organization_id` the id comes from the folder's name. No existing file is overwritten;
    .gitattributes and .gitignore get the lines that they lack.

    Raises:
        UsageError: the path, or a parent of it, is no folder.
        WriteError: a file can't be written, or .gitattributes or .gitignore can't be read; git
            would write outside of the folder.
        EnvironmentLacksError: git is not installed; only the folder was created.
    """
    _make_folder(root, lang)
    _remove_locks_before_first_commit(root, lang)
    make_and_trust_missing_repository(root, lang)  # first: without git nothing is left incomplete
    refuse_git_writing_outside(root, lang)
    words = {"zh": f"{year} 年网络安全自查", "en": f"Network-security self-assessment {year}"}
    slug = re.sub(r"[^a-z0-9]+", "-", root.resolve().name.lower()).strip("-") or "unit"
    edits = [
        FieldEdit(("organization", "id"), organization_id or slug),
        FieldEdit(("organization", "name"), organization),
        FieldEdit(("rounds", str(year), "title"), words),
        FieldEdit(("rounds", str(year), "state"), "open"),
    ]
    head = f"format: {Format('config', 1)}\nlanguage: {language}\n"
    text = text_with_lowest_format_number(apply_edits(head, edits), "config")
    for name in (locations.CHECKLISTS, locations.ANSWERS, locations.EVIDENCE, locations.REPORTS):
        (root / name).mkdir(exist_ok=True)
    for change in list_updates_of_git_files(root, lang):
        text_with_ours = change.new.encode("utf-8", "surrogateescape")
        write_atomic(root / change.path, text_with_ours, lang)
    if not (root / locations.CONFIG).exists():
        write_atomic(root / locations.CONFIG, text.encode(), lang)
    write_merge_attributes_and_settings(root, lang)
    flush_file_systems_of_repository(root, lang)


def _remove_locks_before_first_commit(root: Path, lang: Lang) -> None:
    """Remove the locks that a killed git of this program left in a repository without a commit."""
    repository = Repository.find_repository(root) if (root / ".git").is_dir() else None
    if repository is not None and repository.resolve_head_commit() is not None:
        return
    if (root / ".git").is_dir():
        refuse_links_out_of_git_folders({(root / ".git").resolve()}, lang)
    ours = all(change.path != NAME for change in list_updates_of_git_files(root, lang))
    remove_stale_locks_before_first_commit(root, committing=ours)


def _make_folder(root: Path, lang: Lang) -> None:
    """Create the folder of a workspace and its missing parents.

    Raises:
        UsageError: the path, or a parent of it, is no folder.
        WriteError: it can't be made.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        _ = translator(lang)
        text = _("{path} can't be a folder: a file or device stands there").format(path=root)
        raise UsageError(text) from None
    except OSError as error:
        raise make_write_error(error, root, lang) from error
