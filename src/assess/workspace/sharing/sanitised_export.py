"""`assess export --sanitised`: a copy of a round for a higher body, in a folder of its own."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import NamedTuple

from assess.engine.pseudonyms import Pseudonyms
from assess.engine.sanitise import sanitised_config, sanitised_register, sanitised_sheet
from assess.errors import UsageError
from assess.i18n import translator
from assess.model.answer import Sheet
from assess.model.base import Node
from assess.model.checklist import Checklist
from assess.model.formats import FileKind
from assess.store import layout, shipped_files
from assess.store.files import write_atomic, write_error
from assess.store.open_file import OpenFile
from assess.store.scaffold import digest_of
from assess.store.yaml.writing.emit import document
from assess.store.yaml.writing.format_numbers import with_number
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import refuse_conflicts

_KEY = f"{layout.PRIVATE}/export-key"
_SIZE = 32


class Exported(NamedTuple):
    """What an export wrote, by path from its folder."""

    folder: Path
    files: tuple[str, ...]


def export(here: Workspace, round_id: str, folder: Path) -> Exported:
    """Write a round, sanitised, into `folder`: a workspace without git, evidence files and history.

    A closed round is read at its tag. The pseudonyms are the same in each export of this folder:
    their secret is kept in .assess, which git ignores.

    Raises:
        UsageError: the folder is not empty, or inside the workspace's own parts.
        UnknownIdError: there is no such round.
        FilesError: files can't be read, or conflicts stand in them.
        WriteError: the folder can't be written.
    """
    names = here.sheets(round_id)
    _check(here, folder)
    refuse_conflicts(here.root, here.lang)
    source = here.source(round_id)
    config = source.config().value
    pseudonyms = Pseudonyms(_key(here), config.language)
    sheets: dict[str, Sheet] = {}
    checklists: dict[str, Checklist] = {}
    files: dict[str, bytes] = {}
    digests: dict[str, str] = {}
    for name in names:
        desk = here.desk(name, round_id)
        pinned = source.checklist(name.checklist)
        copied = _without_comments(pinned)
        checklists[name.checklist] = desk.checklist
        files[layout.checklist_path(name.checklist)] = copied
        digests[digest_of(pinned.text.encode())] = digest_of(copied)
        sheets[layout.sheet_path(round_id, str(name))] = desk.sheet
        sheet = sanitised_sheet(desk.sheet, desk.checklist, pseudonyms, digests)
        files[layout.sheet_path(round_id, str(name))] = _new_file(sheet, "sheet")
    cited = {
        row for one in sheets.values() for answer in one.answers.values() for row in answer.evidence
    }
    register = sanitised_register(source.register().value, cited, pseudonyms)
    settings = sanitised_config(config, round_id, checklists, pseudonyms, digests)
    files[layout.CONFIG] = _new_file(settings, "config")
    files[layout.REGISTER] = _new_file(register, "register")
    _write(here, folder, files)
    return Exported(folder, tuple(sorted(files)))


def _new_file(value: Node, kind: FileKind) -> bytes:
    """Return a file of its own; what needed a high format number may have been left out."""
    return with_number(document(value), kind).encode()


def _without_comments(pinned: OpenFile[Checklist]) -> bytes:
    """Return a checklist without the comments that people wrote; the library's are public."""
    data = pinned.text.encode()
    ours = shipped_files.library().get(pinned.value.id)
    if ours is not None and ours.read_bytes() == data:
        return data
    return document(pinned.loaded.tree.value).encode()


def _check(here: Workspace, folder: Path) -> None:
    _ = translator(here.lang)
    target = folder.resolve()
    inside = any(target.is_relative_to(here.root.resolve() / part) for part in layout.INPUTS)
    if inside or target == here.root.resolve():
        message = _("{path} is a part of the workspace").format(path=folder)
        raise UsageError(message, "-o ../sanitised")
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise UsageError(_("{path} is not empty").format(path=folder), "-o NEW-DIR")


def _key(here: Workspace) -> bytes:
    """Return the secret of the pseudonyms, made at the first export; only its owner reads it."""
    path = here.root / _KEY
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        write_atomic(path, secrets.token_bytes(_SIZE), here.lang)
        path.chmod(0o600)
    return path.read_bytes()


def _write(here: Workspace, folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        whole = folder / path
        try:
            whole.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_error(error, whole, here.lang) from error
        write_atomic(whole, data, here.lang)
