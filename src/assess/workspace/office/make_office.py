"""The folder of an office is made from nothing, and committed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assess import locations
from assess.errors import UsageError
from assess.harmless import escape_control_characters, escape_non_utf8_path_bytes
from assess.i18n import N_, Lang, translator
from assess.model.formats import Format
from assess.model.office import LONGEST_NAME
from assess.store.file_types import OFFICE_ATTRIBUTE_LINES, OFFICE_IGNORE_LINES
from assess.store.files import create_file_unless_exists, make_write_error
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run.plumbing import Repository
from assess.store.git.setup.attribute_lines import make_text_of_lines
from assess.store.git.setup.local_settings import write_merge_settings
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.writing.edit import apply_edits
from assess.workspace.office.commit_office import commit_office_files_as
from assess.workspace.office.office import OWNER_ONLY, Office

_FOLDERS: Final = (
    *(locations.RECEIPTS, locations.ROLLUPS, locations.CHECKLISTS, locations.TEMPLATES),
    *(locations.INBOX, locations.STORE),
)


def make_and_commit_office(
    root: Path,
    *,
    name: str | None,
    language: Lang,
    lang: Lang,
    environ: Mapping[str, str] | None = None,
) -> tuple[Office, bool]:
    """Make the folder of an office and commit it; return it, and whether git knew its user.

    Files that are there already stay as they are: an interrupted call is completed by another.
    `environ` is added to git's environment variables (committer and time).

    Raises:
        UsageError: the folder holds an office or a workspace already; a file stands in its place;
            the name is empty or too long.
        EnvironmentLacksError: git is not installed.
        WriteError: the folder can't be written.
    """
    text_of_name = _check_office_name(name, root, lang)
    _refuse_folder_in_use(root, lang)
    _make_private_folders(root, lang)
    make_and_trust_missing_repository(root, lang)
    refuse_git_writing_outside(root, lang)
    edits = [FieldEdit(("language",), language), FieldEdit(("name",), text_of_name)]
    texts = {
        ".gitattributes": make_text_of_lines(OFFICE_ATTRIBUTE_LINES),
        ".gitignore": make_text_of_lines(OFFICE_IGNORE_LINES),
        locations.OFFICE: apply_edits(f"format: {Format('office', 1)}\n", edits),
    }
    for path, text in texts.items():
        create_file_unless_exists(root / path, text.encode(), lang)
    write_merge_settings(root, lang)
    office = Office(root, lang)
    return office, commit_office_files_as(office, N_("Make the folder of the office"), environ, {})


def _check_office_name(name: str | None, root: Path, lang: Lang) -> str:
    """Return the name to write; without one it is that of the folder."""
    checked = escape_control_characters(name or escape_non_utf8_path_bytes(root.resolve().name))
    if not checked.strip() or len(checked) > LONGEST_NAME:
        _ = translator(lang)
        message = _("a name has 1 to {count} characters").format(count=LONGEST_NAME)
        raise UsageError(message, "--name NAME")
    return checked.strip()


def _refuse_folder_in_use(root: Path, lang: Lang) -> None:
    _ = translator(lang)
    if (root / locations.CONFIG).exists():
        message = _("{path} is the workspace of a unit").format(path=root)
        raise UsageError(message, _("an office has a folder of its own"))
    if (root / locations.OFFICE).exists():
        if _has_commit(root):
            message = _("{path} is the folder of an office already").format(path=root)
            raise UsageError(message, "assess office unit import FILE")
    elif root.is_dir() and {path.name for path in root.iterdir()} - {".git", *_FOLDERS}:
        message = _("{path} is not empty; name a new folder").format(path=root)
        raise UsageError(message)


def _has_commit(root: Path) -> bool:
    repository = Repository.find_repository(root) if (root / ".git").exists() else None
    return repository is not None and repository.resolve_head_commit() is not None


def _make_private_folders(root: Path, lang: Lang) -> None:
    """Make the folder with its subfolders; only its owner may enter it."""
    try:
        root.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        root.chmod(OWNER_ONLY)
        for name in _FOLDERS:
            (root / name).mkdir(mode=OWNER_ONLY, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        _ = translator(lang)
        text = _("{path} can't be a folder: a file or device stands there").format(path=root)
        raise UsageError(text) from None
    except OSError as error:
        raise make_write_error(error, root, lang) from error
