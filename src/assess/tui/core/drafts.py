"""Drafts: unsaved input, stored in `.assess/drafts/`.

Each draft is one small JSON file that is replaced atomically. Drafts are no part of the sheet.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import stat
import threading
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from assess import locations
from assess.file_bytes import (
    read_start_of_regular_file,
    remove_leftover_temporary_files,
    write_file_atomically,
)
from assess.workspace import SheetName

_LARGEST = 4 * 1024 * 1024
"""Maximum size in bytes of a draft file."""

_LARGEST_SUM = 16 * 1024 * 1024
"""Maximum size in bytes of all draft files that are read."""

_MAX_FILES = 1000
"""Maximum number of draft files that are read: the folder may come from anybody."""


class DraftKey(NamedTuple):
    """The input that a draft belongs to.

    `form` is `note`, `evidence`, `remediation`, `value` and so on. For a screen without a sheet,
    `sheet` is empty and `item_id` is the screen's scope.
    """

    round_id: str
    sheet: str
    item_id: str
    form: str


class Drafts:
    """The drafts of a workspace.

    `load` and `write_draft` block. The other methods use memory only.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / locations.DRAFTS
        self._known: dict[DraftKey, dict[str, str]] = {}
        self._turn = threading.Lock()
        self.troubles: dict[DraftKey, OSError] = {}
        """The drafts that are in memory only, each with its write error."""
        self.unread: tuple[Path, ...] = ()
        """The files that `load` did not read: too large, or too many."""

    def load_draft_files(self) -> None:
        """Read the drafts of earlier sessions, the newest first; skip files that can't be read."""
        if not self._is_folder_symbolic_link():
            remove_leftover_temporary_files(self._folder)
        for path, size in self._select_files_within_limits():
            try:
                stored = json.loads(read_start_of_regular_file(path, size, os.O_NOFOLLOW).decode())
                key = DraftKey(*map(str, stored["key"]))
                values = {str(name): str(value) for name, value in stored["values"].items()}
                # A draft that can't be written is not ours: JSON may contain half a character.
                json.dumps([key, values], ensure_ascii=False).encode()
            except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue
            self._known.setdefault(key, values)

    def _select_files_within_limits(self) -> list[tuple[Path, int]]:
        """Return the files within the limits, with their sizes; put the others into `unread`."""
        selected: list[tuple[Path, int]] = []
        unread: list[Path] = []
        available = _LARGEST_SUM
        for _age, path, size in sorted(self._draft_files_with_age_and_size()):
            if size <= min(available, _LARGEST) and len(selected) < _MAX_FILES:
                selected.append((path, size))
                available -= size
            else:
                unread.append(path)
        self.unread = tuple(unread)
        return selected

    def _draft_files_with_age_and_size(self) -> Iterator[tuple[int, Path, int]]:
        """Yield the negative time of the last change, the path and the size of each file."""
        for path in self._folder.glob("*.json"):
            with contextlib.suppress(OSError):
                state = path.lstat()
                if stat.S_ISREG(state.st_mode):
                    yield -state.st_mtime_ns, path, state.st_size

    def get_values(self, key: DraftKey) -> dict[str, str] | None:
        """Return the values of a draft; None without a draft."""
        return self._known.get(key)

    def list_forms_with_draft(
        self, round_id: str, sheet: SheetName, item_id: str
    ) -> tuple[str, ...]:
        """Return the forms of an item that have a draft."""
        prefix = (round_id, str(sheet), item_id)
        return tuple(key.form for key in self._known if key[:3] == prefix)

    def list_drafts_of_round(self, round_id: str, sheets: Collection[SheetName]) -> list[DraftKey]:
        """Return the drafts of a round: those of its sheets and of screens without one."""
        known = {"", *map(str, sheets)}
        return sorted(key for key in self._known if key.round_id == round_id and key.sheet in known)

    def set_values_in_memory(self, key: DraftKey, values: Mapping[str, str]) -> None:
        """Set the values of a draft in memory; `write_or_remove_draft_file` writes them to disk."""
        self._known[key] = dict(values)

    def drop_values_from_memory(self, key: DraftKey) -> None:
        """Remove a draft from memory; `write_or_remove_draft_file` removes its file."""
        self._known.pop(key, None)

    def write_or_remove_draft_file(self, key: DraftKey) -> None:
        """Make the file of a draft equal to memory; on failure `troubles` holds the error."""
        with self._turn:
            self._write_or_remove_while_locked(key)

    def _write_or_remove_while_locked(self, key: DraftKey) -> None:
        name = hashlib.sha256("\n".join(key).encode()).hexdigest()[:24]
        path = self._folder / f"{name}.json"
        values = self._known.get(key)
        if values is None:
            self.troubles.pop(key, None)
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            return
        text = json.dumps({"key": key, "values": values}, ensure_ascii=False)
        try:
            if self._is_folder_symbolic_link():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))  # noqa: TRY301  # as the rest
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file_atomically(path, text.encode(), flush=False)
        except OSError as error:
            self.troubles[key] = error
        else:
            self.troubles.pop(key, None)

    def retry_failed_writes(self) -> None:
        """Try again to write the drafts that failed."""
        for key in list(self.troubles):
            self.write_or_remove_draft_file(key)

    def _is_folder_symbolic_link(self) -> bool:
        """Return whether the folder is a link, so that its files belong to nobody here."""
        return self._folder.is_symlink() or self._folder.parent.is_symlink()
