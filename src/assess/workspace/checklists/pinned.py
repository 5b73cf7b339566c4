"""Pinned checklists: their sources, manual edits, and newer versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import msgspec

from assess import locations
from assess.errors import FilesError, UnknownIdError, UsageError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config, GitSource, Pin
from assess.store import open_file, scaffold, shipped_files
from assess.store.files import decode_utf8, read_utf8_file
from assess.store.git.history.remote_checklist import (
    MARK,
    GitPlace,
    fetch_checklist_and_templates,
    find_place_of_newest_similar_tag,
    parse_git_source,
    require_valid_place,
)
from assess.store.yaml.writing.edit import FieldEdit
from assess.workspace.core.library import decode_valid_checklist
from assess.workspace.core.names import SheetName
from assess.workspace.core.published_files import find_published_files, seems_published_but_is_not
from assess.workspace.core.source_templates import (
    find_template_folder_beside,
    leave_out_shipped_templates,
    read_templates_beside,
    refuse_unusable_template_names,
)
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
        return scaffold.digest_with_prefix(self.text.encode())


class PinHint(NamedTuple):
    """What to do about a pinned checklist, with the command."""

    kind: Literal["newer", "edited"]
    checklist_id: str
    version: str
    command: str


def find_checklist(source: str, lang: Lang) -> FoundChecklist:
    """Return the checklist that `source` names: an id of the library, FILE.yaml or git+URL//PATH.

    Raises:
        UnknownIdError: the library has no such checklist.
        FilesError: the file is not a valid checklist; holds the problems.
        UsageError: there is no such tag or file in the git repository.
        GitError: the git repository can't be read.
    """
    if source.startswith(MARK):
        return _fetch_from_git(parse_git_source(source, lang), lang)
    if source.endswith(".yaml"):
        local = _read_valid_checklist(Path(source), source, "local", lang)
        return local._replace(templates=read_templates_beside(Path(source), lang))
    return find_library_checklist(source, lang)


def pin_git_checklist_and_add_sheets(workspace: Workspace, source: str) -> str:
    """Pin a checklist of another git repository, add its sheets, and return its id.

    Raises:
        UsageError: the checklist is pinned already, or its facts collide with those of another;
            the repository has no such tag or file.
        FilesError: the file is not a valid checklist; holds the problems.
        GitError: the repository can't be read.
    """
    found_checklist = find_checklist(source, workspace.lang)
    return workspace.checklists.pin_checklist_and_add_sheets(
        found_checklist.checklist,
        found_checklist.text.encode(),
        convert_source_to_plain(found_checklist.source),
        found_checklist.templates,
        upgrade_to=source,
    )


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
    return _read_valid_checklist(path, str(path), "library", lang)


def read_checklist_at_pin_source(
    pin: Pin, checklist_id: str, workspace: Workspace
) -> FoundChecklist:
    """Return the present checklist at the source of a pinned checklist.

    The source of a local checklist is the pinned file itself. In a git repository the newest tag
    of the same form is read.
    """
    if isinstance(pin.source, GitSource):
        place = GitPlace(pin.source.git, pin.source.path, pin.source.tag)
        place = find_place_of_newest_similar_tag(
            require_valid_place(place, workspace.lang), workspace.lang
        )
        return _fetch_from_git(place, workspace.lang)
    if pin.source == "library":
        return find_library_checklist(checklist_id, workspace.lang)
    return read_pinned_checklist(workspace, checklist_id)


def read_pinned_checklist(workspace: Workspace, checklist_id: str) -> FoundChecklist:
    """Return the pinned checklist.

    Raises:
        FilesError: the file can't be read.
    """
    name = locations.checklist_path(checklist_id)
    return _read_valid_checklist(workspace.root / name, name, "local", workspace.lang)


def _fetch_from_git(place: GitPlace, lang: Lang) -> FoundChecklist:
    folder = str(find_template_folder_beside(PurePosixPath(place.path)))
    fetched = fetch_checklist_and_templates(place, folder, lang)
    text = decode_utf8(fetched.data, lang, str(place))
    source = GitSource(git=place.git, path=place.path, tag=place.tag)
    checklist = decode_valid_checklist(text, str(place), lang)
    refuse_unusable_template_names(fetched.templates, lang)
    return FoundChecklist(text, checklist, source, leave_out_shipped_templates(fetched.templates))


def _read_valid_checklist(
    path: Path, name: str, source: ChecklistSource, lang: Lang
) -> FoundChecklist:
    text = read_utf8_file(path, lang, name)
    return FoundChecklist(text, decode_valid_checklist(text, name, lang), source)


def convert_source_to_plain(source: ChecklistSource) -> Any:
    """Return a source as a plain value for assess.yaml."""
    if isinstance(source, str):
        return source
    return {key: value for key, value in msgspec.structs.asdict(source).items() if value}


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


def write_accepted_variant_digest(
    workspace: Workspace, checklist_id: str, reason: str, *, by: str | None, accepted_at: datetime
) -> str:
    """Accept a hand-edited pinned checklist as a local variant; return its digest.

    Raises:
        UnknownIdError: no such checklist is pinned.
        UsageError: there is nothing to accept, or the reason is missing.
        FilesError: the edited file is not a valid checklist.
    """
    _ = translator(workspace.lang)
    pin = find_pin(workspace.read_config(), checklist_id, workspace.lang)
    current = read_pinned_checklist(workspace, checklist_id)
    if not reason.strip():
        raise UsageError(_("a local variant needs a reason"), "--reason")
    published = find_published_files([(current.checklist, current.digest)])
    if not (
        is_pinned_file_edited_and_unaccepted(workspace, checklist_id, pin, current)
        or seems_published_but_is_not(pin, current.checklist.id, current.digest, published)
    ):
        message = _("{name} is as it was pinned: there is nothing to accept")
        raise UsageError(message.format(name=checklist_id), "assess status")
    variant = {
        "digest": current.digest,
        "reason": reason.strip(),
        "by": by,
        "at": accepted_at.isoformat(),
    }
    value = {key: field for key, field in variant.items() if field is not None}
    workspace.edit_config([FieldEdit(("checklists", checklist_id, "variant"), value)])
    return current.digest


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
        digest = scaffold.digest_with_prefix(path.read_bytes())
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
