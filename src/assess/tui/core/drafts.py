"""What is being typed and not yet saved: kept in `.assess/drafts/`, so that no letter is lost.

Each draft is one small JSON file, replaced in one step; nothing of it is part of the sheet.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import threading
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from assess.errors import FilesError
from assess.store.files import read_text
from assess.workspace import SheetName

_LARGEST = 4 * 1024 * 1024
"""Bytes of a draft that is read."""
_TEMPORARY = re.compile(r"[0-9a-f]{24}\.([0-9]{1,10})\.tmp")
"""A draft that is being written, with the process that does so."""


class DraftKey(NamedTuple):
    """Which input a draft belongs to: `form` is `note`, `evidence`, `remediation` or `value`.

    Of a screen that belongs to no sheet, `sheet` is empty, and `item_id` the screen's scope.
    """

    round_id: str
    sheet: str
    item_id: str
    form: str


class Drafts:
    """The drafts of a workspace. Looking one up never blocks; `load` and `write` do."""

    def __init__(self, root: Path) -> None:
        self._folder = root / ".assess" / "drafts"
        self._known: dict[DraftKey, dict[str, str]] = {}
        self._turn = threading.Lock()
        self.troubles: dict[DraftKey, OSError] = {}
        """The drafts that are in memory only, each with why it could not be written."""

    def load(self) -> None:
        """Read what earlier sessions left; a file that can't be read is passed over."""
        self._sweep()
        for path in sorted(self._folder.glob("*.json")):
            try:
                text = read_text(path, "en", limit=_LARGEST, links=False)
                held = json.loads(text)
                key = DraftKey(*map(str, held["key"]))
                values = {str(name): str(value) for name, value in held["values"].items()}
                # What can't be written is none of ours: JSON may hold half a character.
                json.dumps([key, values], ensure_ascii=False).encode()
            except (FilesError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue
            self._known.setdefault(key, values)

    def get(self, key: DraftKey) -> dict[str, str] | None:
        """Return what was typed, None where there is no draft."""
        return self._known.get(key)

    def forms(self, round_id: str, sheet: SheetName, item_id: str) -> tuple[str, ...]:
        """Return the forms of an item that hold a draft."""
        wanted = (round_id, str(sheet), item_id)
        return tuple(key.form for key in self._known if key[:3] == wanted)

    def waiting(self, round_id: str, sheets: Collection[SheetName]) -> list[DraftKey]:
        """Return what waits in a round: of its sheets, and of the screens that belong to none."""
        known = {"", *map(str, sheets)}
        return sorted(one for one in self._known if one.round_id == round_id and one.sheet in known)

    def keep(self, key: DraftKey, values: Mapping[str, str]) -> None:
        """Hold a draft in memory; `write` puts it on disk."""
        self._known[key] = dict(values)

    def drop(self, key: DraftKey) -> None:
        """Forget a draft; its file stays until the next `write`, so until the answer is on disk."""
        self._known.pop(key, None)

    def write(self, key: DraftKey) -> None:
        """Make the file of a draft say what memory says; `troubles` has it where that failed."""
        with self._turn:
            self._write(key)

    def _write(self, key: DraftKey) -> None:
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
            if self._leads_elsewhere():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))  # noqa: TRY301  # as the rest
            self._folder.mkdir(parents=True, exist_ok=True)
            _put(path, text)
        except OSError as error:
            self.troubles[key] = error
        else:
            self.troubles.pop(key, None)

    def write_again(self) -> None:
        """Try once more what could not be written."""
        for key in list(self.troubles):
            self.write(key)

    def _sweep(self) -> None:
        """Remove what writers that were killed, or that a full disk stopped, have left."""
        if self._leads_elsewhere():
            return
        for path in self._folder.glob("*.tmp"):
            if (name := _TEMPORARY.fullmatch(path.name)) and not _is_writing(name[1]):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _leads_elsewhere(self) -> bool:
        """Whether the folder is a link: what is behind it is none of this workspace."""
        return self._folder.is_symlink() or self._folder.parent.is_symlink()


def _put(path: Path, text: str) -> None:
    """Write a file in one step; nothing is left beside it where that fails."""
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    fresh.unlink(missing_ok=True)  # what is there may be a link that leads anywhere
    try:
        with fresh.open("x", encoding="utf-8") as stream:
            stream.write(text)
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def _is_writing(process: str) -> bool:
    """Whether the program of a temporary file still runs, and is another one than this."""
    if int(process) == os.getpid():
        return False
    return Path("/proc", process).exists() or not Path("/proc/self").exists()
