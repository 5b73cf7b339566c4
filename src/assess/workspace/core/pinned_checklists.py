"""The checklists that a workspace pins, and the sheets that they add to its rounds."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assess import locations
from assess.engine.lint.config import find_differently_defined_facts
from assess.engine.rounds import find_newest_open_round
from assess.errors import FilesError, UsageError
from assess.harmless import quote_for_shell
from assess.i18n import translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.store import scaffold
from assess.store.files import read_utf8_file, write_atomic
from assess.store.inner_paths import resolve_path_inside
from assess.store.pinned_digest import digest_with_prefix
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core import library
from assess.workspace.core.names import SheetName, refuse_windows_device_name
from assess.workspace.core.reader import WorkspaceReader
from assess.workspace.core.source_templates import read_templates_beside


class PinnedChecklists:
    """Pins checklists of a workspace; `edit_config` changes its assess.yaml."""

    def __init__(
        self, workspace: WorkspaceReader, edit_config: Callable[[Sequence[FieldEdit]], object]
    ) -> None:
        self._workspace = workspace
        self._edit_config = edit_config

    def pin_source_and_add_sheets(self, source: str) -> str:
        """Pin a checklist of the library (by id) or a file, add its sheets, and return its id.

        Raises:
            UsageError: the checklist is pinned already, or its facts collide with those of another.
            UnknownIdError: the library has no such checklist.
            FilesError: the file is not a valid checklist: lint finds errors.
        """
        lang = self._workspace.lang
        path = library.find_checklist_file(source, lang)
        if path != Path(source):
            checklist = library.read_checklist_file(path, lang)
            return self.pin_checklist_and_add_sheets(checklist, path.read_bytes(), "library")
        text = read_utf8_file(path, lang, source)
        written_here = path.resolve().is_relative_to(self._workspace.root.resolve())
        return self.pin_checklist_and_add_sheets(
            library.decode_valid_checklist(text, source, lang),
            path.read_bytes(),
            "local",
            {} if written_here else read_templates_beside(path, lang),
            with_digest=not written_here,
            upgrade_to=source,
        )

    def pin_checklist_and_add_sheets(
        self,
        checklist: Checklist,
        data: bytes,
        source: Any,
        templates: Mapping[str, bytes] = MappingProxyType({}),
        *,
        with_digest: bool = True,
        upgrade_to: str = "",
    ) -> str:
        """Pin a checklist with the bytes `data`, as `pin_source_and_add_sheets`; `source` is plain.

        `templates` are the report templates that come with it, by path below `templates/`. A
        checklist that is written in the workspace itself has no digest to be held against.
        `upgrade_to` is the source by which a checklist that is pinned already is upgraded to this.

        Raises:
            UsageError: the checklist is pinned already, its facts collide with those of another, or
                another file has its name.
        """
        config = self._workspace.read_config()
        refuse_windows_device_name(checklist.id, self._workspace.lang)
        self._refuse_pinned_checklist(config, checklist.id, upgrade_to)
        self._refuse_colliding_facts(config, checklist)
        files = {locations.checklist_path(checklist.id): data}
        files |= {f"{locations.TEMPLATES}/{path}": content for path, content in templates.items()}
        for path, content in files.items():
            self._refuse_file_with_other_bytes(path, content)
        for path, content in files.items():
            self._write_file_unless_exists(path, content)
        systems = config.systems if checklist.scope == "system" else (None,)
        sheets = [SheetName(checklist.id, system) for system in systems]
        edits = [FieldEdit(("checklists", checklist.id, "source"), source)]
        if with_digest:
            edits += edits_of_pinned_digests(checklist.id, data, templates)
        self._edit_config([*edits, *edits_adding_sheets_to_open_round(config, sheets)])
        return checklist.id

    def _refuse_pinned_checklist(self, config: Config, checklist_id: str, upgrade_to: str) -> None:
        if checklist_id in config.checklists:
            _ = translator(self._workspace.lang)
            message = _("{name} is pinned already").format(name=checklist_id)
            pinned = self._workspace.root / locations.checklist_path(checklist_id)
            is_other = upgrade_to and Path(upgrade_to).resolve() != pinned.resolve()
            to = f" --to {quote_for_shell(upgrade_to)}" if is_other else ""
            raise UsageError(message, f"assess upgrade {checklist_id}{to}")

    def _refuse_colliding_facts(self, config: Config, checklist: Checklist) -> None:
        """Refuse facts that a pinned checklist defines otherwise: each fact is asked once.

        A pinned checklist that can't be read is passed over: lint reports it.
        """
        pinned = {}
        for checklist_id in config.checklists:
            with contextlib.suppress(FilesError):
                pinned[checklist_id] = self._workspace.read_checklist(checklist_id)
        collisions = [*find_differently_defined_facts(checklist, pinned)]
        if collisions:
            _ = translator(self._workspace.lang)
            text = _("the fact “{fact}” is defined otherwise in {checklist}")
            messages = [text.format(fact=fact, checklist=other) for fact, other in collisions]
            hint = _("let both define it alike, or rename it in one of the two")
            raise UsageError("\n".join(messages), hint)

    def _refuse_file_with_other_bytes(self, path: str, data: bytes) -> None:
        target = resolve_path_inside(self._workspace.root, path)
        if target is None or (target.exists() and target.read_bytes() != data):
            _ = translator(self._workspace.lang)
            message = _("{path} exists already").format(path=path)
            raise UsageError(message, f"assess checklist add {path}")

    def _write_file_unless_exists(self, path: str, data: bytes) -> None:
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
        refuse_windows_device_name(checklist_id, lang, "assess checklist new my-checklist")
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
    digests = digests_of_templates(templates)
    edits = [FieldEdit((*path, "digest"), digest_with_prefix(data))]
    if digests:
        edits.append(FieldEdit((*path, "templates"), digests))
    return edits


def digests_of_templates(templates: Mapping[str, bytes]) -> dict[str, str]:
    """Return the digest of each template, as assess.yaml has it."""
    return {name: digest_with_prefix(content) for name, content in templates.items()}


def edits_adding_sheets_to_open_round(
    config: Config, names: Sequence[SheetName]
) -> list[FieldEdit]:
    """Return the edit that adds sheets to the newest open round, if a round is open."""
    newest = find_newest_open_round(config.rounds)
    if not names or newest is None:
        return []
    listed = config.rounds[newest].sheets
    added = [str(name) for name in names if str(name) not in listed]
    return [FieldEdit(("rounds", newest, "sheets"), [*listed, *added])]
