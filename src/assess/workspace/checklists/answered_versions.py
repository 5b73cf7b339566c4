"""The versions of a checklist that sheets answer."""

from __future__ import annotations

from assess import locations
from assess.model.answer import Sheet
from assess.model.config import Pin
from assess.store import shipped_files
from assess.store.git.history.pin_history import read_all_versions_of_file
from assess.store.git.state.repository_state import open_repository
from assess.store.pinned_digest import digest_with_prefix
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace.checklists.pinned import FoundChecklist
from assess.workspace.core.workspace import Workspace


class ChecklistVersions:
    """Finds the version of a checklist that a sheet answers; other versions are cached."""

    def __init__(
        self, workspace: Workspace, pin: Pin, old: FoundChecklist, checklist_id: str
    ) -> None:
        self._workspace, self._pin, self._old, self._id = workspace, pin, old, checklist_id
        self._known: dict[str, FoundChecklist | None] = {old.digest: old}

    def find_version(self, sheet: Sheet) -> FoundChecklist | None:
        """Return the version with the digest that the sheet stores; None where it is not found."""
        ref, variant = sheet.checklist, self._pin.variant
        accepted = variant is not None and variant.digest == self._old.digest
        if ref.version == self._old.checklist.version and (accepted or ref.digest is None):
            return self._old
        if ref.digest is None:
            return None
        if ref.digest not in self._known:
            self._known[ref.digest] = self._search_by_digest(ref.digest)
        return self._known[ref.digest]

    def _search_by_digest(self, digest: str) -> FoundChecklist | None:
        path = locations.checklist_path(self._id)
        library = shipped_files.list_library_files_by_id().get(self._id)
        candidates = [library.read_bytes()] if library is not None else []
        repository = open_repository(self._workspace.root, self._workspace.lang)
        for data in (*candidates, *read_all_versions_of_file(repository, path)):
            if digest_with_prefix(data) == digest:
                text = data.decode("utf-8")
                value = decode_yaml(text, "checklist", path, self._workspace.lang).value
                return FoundChecklist(text, value, self._pin.source) if value is not None else None
        return None
