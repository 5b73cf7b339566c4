"""The folder of an office by its root: read and written."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from assess import locations
from assess.errors import UnknownIdError, UsageError
from assess.i18n import Lang, translator
from assess.model.formats import Format
from assess.model.office import Campaign, OfficeFile, Unit
from assess.model.receipt import ReceiptsFile
from assess.store.git.setup.local_settings import remove_merge_settings, write_merge_settings
from assess.store.inner_paths import resolve_path_inside
from assess.store.open_file import OpenFile, open_unwritten_file, read_valid_yaml_file
from assess.store.yaml.field_edit import FieldEdit

OWNER_ONLY: Final = 0o700
"""Nobody else of the machine reads what the units handed in."""


class Office:
    """An office's folder: office.yaml, receipts, issued checklists and the inbox."""

    def __init__(self, root: Path, lang: Lang) -> None:
        self.root = root
        self.lang = lang
        """The language of messages; `language` of office.yaml is that of what the office writes."""

    @classmethod
    def find_office(cls, start: Path, lang: Lang) -> Self:
        """Return the office whose folder contains `start`.

        Raises:
            UsageError: neither `start` nor a folder above it has an office.yaml, or a folder of the
                office is a link that leads out of it.
        """
        root = find_office_root(start)
        _ = translator(lang)
        if root is None:
            message = _("no office here: {path} has no office.yaml, nor has a folder above it")
            raise UsageError(message.format(path=start), "assess office init DIR, cd DIR")
        for name in _list_paths_to_write(root):
            if (root / name).is_symlink() and resolve_path_inside(root, name) is None:
                message = _("{path} is a link that leads out of the folder").format(path=name)
                raise UsageError(message, _("put the file or folder itself in its place"))
        return cls(root, lang)

    def open_office_file(self) -> OpenFile[OfficeFile]:
        """Return office.yaml.

        Raises:
            FilesError: it can't be read; holds the problems.
        """
        return read_valid_yaml_file(self.root / locations.OFFICE, "office", self.root, self.lang)

    def read_office_file(self) -> OfficeFile:
        """Return the content of office.yaml."""
        return self.open_office_file().value

    def edit_office_file(self, edits: Sequence[FieldEdit]) -> OfficeFile:
        """Change office.yaml and return its content.

        Raises:
            ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
        """
        return self.open_office_file().save(edits).value

    def find_unit(self, unit_id: str) -> Unit:
        """Return a unit.

        Raises:
            UnknownIdError: office.yaml has no such unit.
        """
        units = self.read_office_file().units
        if unit_id not in units:
            _ = translator(self.lang)
            message = _("office.yaml has no unit {name}").format(name=unit_id)
            raise UnknownIdError(message, unit_id, units)
        return units[unit_id]

    def choose_campaign(self, campaign_id: str | None) -> tuple[str, Campaign]:
        """Return a campaign with its id; without an id the one that was announced last.

        Raises:
            UnknownIdError: office.yaml has no such campaign.
            UsageError: it has none at all.
        """
        return choose_campaign_of_office(self.read_office_file(), campaign_id, self.lang)

    def open_receipts(self, campaign_id: str) -> OpenFile[ReceiptsFile]:
        """Return the receipts of a campaign; an empty file where nothing has come in yet.

        Raises:
            FilesError: the file can't be read; holds the problems.
        """
        path = self.root / locations.receipts_path(campaign_id)
        if path.exists():
            return read_valid_yaml_file(path, "receipts", self.root, self.lang)
        head = f"format: {Format('receipts', 1)}\n"
        return open_unwritten_file(path, "receipts", self.root, self.lang, head)

    def set_up_merges(self) -> list[str]:
        """Write the settings that git needs in a clone, and return their names.

        A clone is made with the usual permissions: the folder is closed to others here.

        Raises:
            WriteError: the settings can't be written; git would write outside of the folder.
        """
        with contextlib.suppress(OSError):  # somebody else's folder, or a disk without permissions
            self.root.chmod(OWNER_ONLY)
        return write_merge_settings(self.root, self.lang)

    def remove_merge_settings(self) -> list[str]:
        """Remove these settings, and return their names.

        Raises:
            WriteError: the settings can't be written; git would write outside of the folder.
        """
        return remove_merge_settings(self.root, self.lang)


def choose_campaign_of_office(
    value: OfficeFile, campaign_id: str | None, lang: Lang
) -> tuple[str, Campaign]:
    """Return a campaign of office.yaml with its id; without an id the one announced last.

    Raises:
        UnknownIdError, UsageError: as `Office.choose_campaign`.
    """
    campaigns = value.campaigns
    if not campaigns:
        _ = translator(lang)
        hint = "assess office campaign add ID --title … --issued D --due D --checklist FILE"
        raise UsageError(_("office.yaml has no campaign yet"), hint)
    wanted = campaign_id or max(campaigns, key=lambda key: (campaigns[key].issued, key))
    if wanted not in campaigns:
        _ = translator(lang)
        message = _("office.yaml has no campaign {name}").format(name=wanted)
        raise UnknownIdError(message, wanted, campaigns)
    return wanted, campaigns[wanted]


def _list_paths_to_write(root: Path) -> list[str]:
    """Return the files and folders in which commands write; receipts and letters have folders."""
    names = [*locations.OFFICE_OWN, locations.INBOX, locations.STORE, locations.PRIVATE]
    receipts = _list_children(root / locations.RECEIPTS)
    rollups = _list_children(root / locations.ROLLUPS)
    letters = [child for folder in rollups for child in _list_children(folder)]
    return [
        *names,
        *(path.relative_to(root).as_posix() for path in (*receipts, *rollups, *letters)),
    ]


def _list_children(folder: Path) -> list[Path]:
    """Return what is in a folder; links are looked at themselves, not what they lead to."""
    return sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []


def find_office_root(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards that has an office.yaml, None without one."""
    begin = start.resolve()
    for folder in (begin, *begin.parents):
        if (folder / locations.OFFICE).is_file():
            return folder
    return None
