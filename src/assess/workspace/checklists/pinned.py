"""Pinned checklists: read, and what to do about edited and newer ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from assess import locations
from assess.errors import FilesError, UnknownIdError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config, GitSource, Pin
from assess.store import open_file, shipped_files
from assess.store.files import read_utf8_file
from assess.store.pinned_digest import digest_with_prefix
from assess.workspace.core.library import decode_valid_checklist
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace

ChecklistSource = Literal["library", "local"] | GitSource


class FoundChecklist(NamedTuple):
    """A checklist read from its source, valid for pinning."""

    text: str
    checklist: Checklist
    source: ChecklistSource
    templates: Mapping[str, bytes] = MappingProxyType({})
    """The report templates that lie beside it, by path below `templates/`."""

    @property
    def digest(self) -> str:
        """The digest of the checklist, as sheets store it."""
        return digest_with_prefix(self.text.encode())


class PinHint(NamedTuple):
    """What to do about a pinned checklist, with the command."""

    kind: Literal["newer", "edited"]
    checklist_id: str
    version: str
    command: str


def find_library_checklist(checklist_id: str, lang: Lang) -> FoundChecklist:
    """Return a checklist of the library.

    Raises:
        UnknownIdError: the library has no such checklist.
    """
    files = shipped_files.list_library_files_by_id()
    if checklist_id not in files:
        _ = translator(lang)
        message = _("the library has no checklist {name}").format(name=checklist_id)
        raise UnknownIdError(message, checklist_id, files)
    path = files[checklist_id]
    return read_valid_checklist(path, str(path), "library", lang)


def read_pinned_checklist(workspace: Workspace, checklist_id: str) -> FoundChecklist:
    """Return the pinned checklist.

    Raises:
        FilesError: the file can't be read.
    """
    name = locations.checklist_path(checklist_id)
    return read_valid_checklist(workspace.root / name, name, "local", workspace.lang)


def read_valid_checklist(
    path: Path, name: str, source: ChecklistSource, lang: Lang
) -> FoundChecklist:
    """Return a checklist of a file that is called `name` in problems.

    Raises:
        FilesError: the file can't be read, or is not a valid checklist; holds the problems.
    """
    text = read_utf8_file(path, lang, name)
    return FoundChecklist(text, decode_valid_checklist(text, name, lang), source)


def find_pin(config: Config, checklist_id: str, lang: Lang) -> Pin:
    """Return the entry of a pinned checklist in assess.yaml.

    Raises:
        UnknownIdError: the checklist is not pinned.
    """
    if checklist_id in config.checklists:
        return config.checklists[checklist_id]
    _ = translator(lang)
    message = _("no checklist {name} is pinned here").format(name=checklist_id)
    raise UnknownIdError(message, checklist_id, config.checklists)


def list_open_sheets_answering_checklist(
    workspace: Workspace, checklist_id: str
) -> Iterator[tuple[str, SheetName]]:
    """Yield round id and name of each sheet on disk of open rounds that answers a checklist."""
    for round_id, round_ in workspace.read_config().rounds.items():
        folder = workspace.root / locations.round_folder_path(round_id)
        if round_.state != "open" or not folder.is_dir():
            continue
        for path in sorted(folder.glob("*.yaml")):
            name = SheetName.parse_name(path.stem)
            if name.checklist == checklist_id:
                yield round_id, name


def is_pinned_file_edited_and_unaccepted(
    workspace: Workspace, checklist_id: str, pin: Pin, current: FoundChecklist
) -> bool:
    """Return whether a pinned file was edited by hand and is not accepted as a variant.

    Its digest is noted where it was taken in. Without one an edit shows where a sheet answers the
    same version with another digest; a `local` checklist is then written in this workspace, so it
    never counts as edited.
    """
    if pin.variant is not None and pin.variant.digest == current.digest:
        return False
    if pin.digest is not None:
        return pin.digest != current.digest
    if pin.source == "local":
        return False
    refs = [
        open_file.read_valid_yaml_file(
            workspace.root / locations.sheet_path(round_id, str(name)),
            "sheet",
            workspace.root,
            workspace.lang,
        ).value.checklist
        for round_id, name in list_open_sheets_answering_checklist(workspace, checklist_id)
    ]
    return any(
        ref.version == current.checklist.version and ref.digest not in (None, current.digest)
        for ref in refs
    )


def list_pin_hints(workspace: Workspace) -> list[PinHint]:
    """Return what to do about pinned checklists; other repositories are not read.

    An unreadable checklist gives no hint: lint reports it.
    """
    pin_hints: list[PinHint] = []
    for checklist_id, pin in workspace.read_config().checklists.items():
        try:
            pin_hints += _find_pin_hints(workspace, checklist_id, pin)
        except FilesError:
            continue
    return pin_hints


def _find_pin_hints(workspace: Workspace, checklist_id: str, pin: Pin) -> Iterator[PinHint]:
    if pin.source == "local" and pin.digest is None:
        return
    path = workspace.root / locations.checklist_path(checklist_id)
    library = shipped_files.list_library_files_by_id().get(checklist_id)
    same = library is not None and library.read_bytes() == path.read_bytes()
    if pin.source == "library" and same:
        return
    if pin.source != "library":
        digest = digest_with_prefix(path.read_bytes())
        if digest in (pin.digest, pin.variant.digest if pin.variant is not None else None):
            return
    current = read_pinned_checklist(workspace, checklist_id)
    if is_pinned_file_edited_and_unaccepted(workspace, checklist_id, pin, current):
        command = f"assess checklist accept {checklist_id} --reason …"
        yield PinHint("edited", checklist_id, current.checklist.version, command)
    elif pin.source == "library" and library is not None:
        version = find_library_checklist(checklist_id, workspace.lang).checklist.version
        if version != current.checklist.version:
            yield PinHint("newer", checklist_id, version, f"assess upgrade {checklist_id}")
