"""What the screens know of a campaign: the units as far as they are read, and the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assess.display.rollup.document import make_rollup_document
from assess.display.rollup.table_building import RollUpSource
from assess.engine.rollup.records import RollUpRecords, UnitEntry
from assess.i18n import Lang
from assess.model.rollup import RollUpTable
from assess.workspace.office.rollup_records import CampaignReader


class CampaignData:
    """The records of a campaign: at first without what the units handed in, which is read later.

    `open_reader` reads the files of the office again. It blocks.
    """

    def __init__(self, open_reader: Callable[[], CampaignReader], lang: Lang) -> None:
        """Read the files of the office.

        Raises:
            UnknownIdError, UsageError, FilesError: as `CampaignReader`.
        """
        self.lang = lang
        self._open_reader = open_reader
        self.read_office_again()

    def read_office_again(self) -> None:
        """Read the files of the office; what the units handed in is unread after it. It blocks.

        Raises:
            UnknownIdError, UsageError, FilesError: as `CampaignReader`; what was known stays.
        """
        reader = self._open_reader()
        entries = [reader.make_unread_entry(unit_id) for unit_id in reader.status.progress]
        records = reader.make_records(entries)
        self.reader = reader
        self.records: RollUpRecords = records
        self.unread = {entry.id for entry in entries if entry.receipt is not None}
        """The ids of the units whose files are still to be read."""
        self._tables: tuple[RollUpTable, ...] | None = None

    @property
    def source(self) -> RollUpSource:
        """What tables are made from."""
        return RollUpSource(self.records, self.lang)

    def find_entry(self, unit_id: str) -> UnitEntry | None:
        """Return what is known of a unit; None for one that the campaign does not have."""
        return next((entry for entry in self.records.units if entry.id == unit_id), None)

    def set_read_entries(self, read: Iterable[UnitEntry]) -> None:
        """Take in what was read of units."""
        entries = {entry.id: entry for entry in read}
        units = tuple(entries.get(entry.id, entry) for entry in self.records.units)
        self.records = self.records._replace(units=units)
        self.unread -= entries.keys()

    def make_tables(self) -> tuple[RollUpTable, ...]:
        """Return the tables of all units, once all are read; made once. It blocks.

        Raises:
            FilesError: the figures of the preceding campaign can't be read.
        """
        if self._tables is None:
            records = self.reader.add_earlier_figures(self.records)
            self._tables = make_rollup_document(records, self.lang).tables
        return self._tables
