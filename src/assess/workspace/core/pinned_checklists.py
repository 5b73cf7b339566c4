"""The checklists that a workspace pins, and the sheets that they add to its rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assess import locations
from assess.errors import UsageError
from assess.i18n import translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.store import scaffold
from assess.store.files import write_atomic
from assess.store.yaml.writing.edit import FieldEdit
from assess.workspace.core import library
from assess.workspace.core.names import SheetName
from assess.workspace.core.reader import WorkspaceReader
from assess.workspace.core.source_templates import read_templates_beside


class PinnedChecklists:
    """Pins checklists of a workspace; `edit_config` changes its assess.yaml."""

    def __init__(
        self, workspace: WorkspaceReader, edit_config: Callable[[Sequence[FieldEdit]], object]
    ) -> None:
        self._workspace = workspace
        self._edit_config = edit_config

    def add_and_pin_checklist(self, source: str) -> str:
        """Pin a checklist of the library (by id) or a file, add its sheets, and return its id.

        Raises:
            UsageError: the checklist is pinned already.
            UnknownIdError: the library has no such checklist.
            FilesError: the file is not a valid checklist.
        """
        path = library.find_checklist_file(source, self._workspace.lang)
        checklist = library.read_checklist_file(path, self._workspace.lang)
        if path != Path(source):
            return self.pin_checklist_and_add_sheets(checklist, path.read_bytes(), "library")
        written_here = path.resolve().is_relative_to(self._workspace.root.resolve())
        templates = {} if written_here else read_templates_beside(path, self._workspace.lang)
        return self.pin_checklist_and_add_sheets(
            checklist, path.read_bytes(), "local", templates, with_digest=not written_here
        )

    def pin_checklist_and_add_sheets(
        self,
        checklist: Checklist,
        data: bytes,
        source: Any,
        templates: Mapping[str, bytes] = MappingProxyType({}),
        *,
        with_digest: bool = True,
    ) -> str:
        """Pin a checklist with the bytes `data`, as `add_and_pin_checklist`; `source` is plain.

        `templates` are the report templates that come with it, by path below `templates/`. A
        checklist that is written in the workspace itself has no digest to be held against.

        Raises:
            UsageError: the checklist is pinned already, or another file has its name.
        """
        config, _ = self._workspace.read_config(), translator(self._workspace.lang)
        if checklist.id in config.checklists:
            message = _("{name} is pinned already").format(name=checklist.id)
            raise UsageError(message, f"assess upgrade {checklist.id}")
        files = {locations.checklist_path(checklist.id): data}
        files |= {f"{locations.TEMPLATES}/{path}": content for path, content in templates.items()}
        for path, content in files.items():
            self._refuse_other_file(path, content)
        for path, content in files.items():
            self._write_file(path, content)
        systems = config.systems if checklist.scope == "system" else (None,)
        sheets = [SheetName(checklist.id, system) for system in systems]
        edits = [FieldEdit(("checklists", checklist.id, "source"), source)]
        if with_digest:
            edits += edits_of_pinned_digests(checklist.id, data, templates)
        self._edit_config([*edits, *edits_adding_sheets_to_open_round(config, sheets)])
        return checklist.id

    def _refuse_other_file(self, path: str, data: bytes) -> None:
        target = self._workspace.root / path
        if target.exists() and target.read_bytes() != data:
            _ = translator(self._workspace.lang)
            message = _("{path} exists already").format(path=path)
            raise UsageError(message, f"assess checklist add {path}")

    def _write_file(self, path: str, data: bytes) -> None:
        target = self._workspace.root / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target, data, self._workspace.lang)

    def write_skeleton_file(self, checklist_id: str, today: date) -> str:
        """Write a commented skeleton into checklists/ and return its path.

        Raises:
            UsageError: the file exists, or the id is not valid.
        """
        lang = self._workspace.lang
        text = scaffold.checklist_skeleton_text(checklist_id, today.year, lang)
        path = locations.checklist_path(checklist_id)
        target = self._workspace.root / path
        if target.exists():
            raise UsageError(translator(lang)("{path} exists already").format(path=path))
        write_atomic(target, text.encode(), lang)
        return path


def edits_of_pinned_digests(
    checklist_id: str, data: bytes, templates: Mapping[str, bytes]
) -> list[FieldEdit]:
    """Return the edits that note what a checklist and its templates were when taken in."""
    path = ("checklists", checklist_id)
    digests = {name: scaffold.digest_with_prefix(content) for name, content in templates.items()}
    edits = [FieldEdit((*path, "digest"), scaffold.digest_with_prefix(data))]
    if digests:
        edits.append(FieldEdit((*path, "templates"), digests))
    return edits


def edits_adding_sheets_to_open_round(
    config: Config, names: Sequence[SheetName]
) -> list[FieldEdit]:
    """Return the edit that adds sheets to the newest open round, if a round is open."""
    opened = sorted(key for key, round_ in config.rounds.items() if round_.state == "open")
    if not (names and opened):
        return []
    listed = config.rounds[opened[-1]].sheets
    added = [str(name) for name in names if str(name) not in listed]
    return [FieldEdit(("rounds", opened[-1], "sheets"), [*listed, *added])]
