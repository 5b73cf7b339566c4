"""The files of a roll-up in the folder of an office: figures that stay, and made files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from assess import locations
from assess.engine.rollup.figures_file import (
    list_units_without_files,
    make_figures,
    restore_sheets_of_units,
)
from assess.engine.rollup.records import RollUpRecords
from assess.engine.round_data_json import NUMBER_ENCODER
from assess.errors import FilesError, UsageError
from assess.file_bytes import read_start_of_regular_file
from assess.i18n import translator
from assess.model.office import Campaign
from assess.model.rollup_figures import ROLLUP_FIGURES_FORMAT, RollUpFigures
from assess.problem import Problem
from assess.store.files import make_and_flush_missing_folders, make_write_error, write_atomic
from assess.workspace.office.office import Office
from assess.workspace.office.rollup_inputs import list_campaigns_before

_MOST_OF_FIGURES: Final = 256 << 20
"""Bytes of figures.json; ten thousand units with five sheets have some 40 MB."""

_NO_UNITS: Final = b'"units":{}}'


def encode_figures(figures: RollUpFigures) -> bytes:
    """Return figures.json: a line for each unit, so that git shows which of them changed."""
    head = NUMBER_ENCODER.encode(msgspec.structs.replace(figures, units={}))
    units = b",\n".join(
        NUMBER_ENCODER.encode(key) + b":" + NUMBER_ENCODER.encode(row)
        for key, row in figures.units.items()
    )
    return head.removesuffix(_NO_UNITS) + b'"units":{\n' + units + b"\n}}\n"


def write_figures(office: Office, figures: RollUpFigures) -> Path:
    """Write figures.json of a campaign, and return its path.

    Raises:
        WriteError: it can't be written.
    """
    path = find_rollup_folder(office, figures.campaign) / locations.FIGURES
    make_and_flush_missing_folders(path.parent, office.lang)
    write_atomic(path, encode_figures(figures), office.lang)
    return path


def read_figures_before(
    office: Office, campaigns: Mapping[str, Campaign], campaign_id: str
) -> Iterator[RollUpFigures]:
    """Yield the figures of the campaigns that were announced before, the last one first.

    Campaigns without figures are left out.

    Raises:
        FilesError: the file can't be read.
    """
    for earlier in list_campaigns_before(campaigns, campaign_id):
        figures = read_figures(office, earlier)
        if figures is not None:
            yield figures


def read_figures(office: Office, campaign_id: str) -> RollUpFigures | None:
    """Return figures.json of a campaign; None where there is none.

    Raises:
        FilesError: the file can't be read.
    """
    name = f"{locations.ROLLUPS}/{campaign_id}/{locations.FIGURES}"
    try:
        data = read_start_of_regular_file(office.root / name, _MOST_OF_FIGURES + 1, 0)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _make_unreadable_error(office, name, f"{error.strerror}") from error
    return _decode_figures(office, name, data)


def make_figures_and_restore_purged(office: Office, records: RollUpRecords) -> RollUpFigures:
    """Return the figures; units whose files were purged have those that figures.json has of them.

    Raises:
        FilesError: files were purged, and figures.json can't be read.
    """
    figures = make_figures(records)
    purged = list_units_without_files(records)
    before = read_figures(office, records.campaign_id) if purged else None
    return restore_sheets_of_units(figures, before, purged) if before is not None else figures


def _decode_figures(office: Office, name: str, data: bytes) -> RollUpFigures:
    try:
        figures = msgspec.json.decode(data, type=RollUpFigures)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _make_unreadable_error(office, name, str(error)) from error
    if figures.format != ROLLUP_FIGURES_FORMAT:
        raise _make_unreadable_error(office, name, figures.format)
    return figures


def _make_unreadable_error(office: Office, name: str, detail: str) -> FilesError:
    _ = translator(office.lang)
    message = _("the figures can't be read: {detail}").format(detail=detail)
    hint = _("take it back from git (git checkout), or make it again: assess rollup make CAMPAIGN")
    problem = Problem(name, "rollup-figures", message, hint)
    return FilesError(_("{file} can't be used").format(file=name), [problem])


def find_rollup_folder(office: Office, campaign_id: str) -> Path:
    """Return the folder for what is made of a campaign."""
    return office.root / locations.ROLLUPS / campaign_id


def write_made_files(
    office: Office, folder: Path, files: Mapping[str, bytes], *, may_replace: bool
) -> list[Path]:
    """Write what was made into a folder, and return the paths.

    Raises:
        UsageError: a file of that name has other bytes and must not be replaced; nothing is
            written then.
        WriteError: a file can't be written.
    """
    paths = {folder / name: data for name, data in files.items()}
    if not may_replace:
        for path, data in paths.items():
            _refuse_other_file(office, path, data)
    for path, data in paths.items():
        make_and_flush_missing_folders(path.parent, office.lang)
        write_atomic(path, data, office.lang)
    return list(paths)


def _refuse_other_file(office: Office, path: Path, data: bytes) -> None:
    try:
        present = read_start_of_regular_file(path, len(data) + 1, 0)
    except FileNotFoundError:
        return
    except OSError as error:
        raise make_write_error(error, path, office.lang) from error
    if present != data:
        _ = translator(office.lang)
        message = _("{path} is there already and holds something else; it stays")
        raise UsageError(message.format(path=path), _("move it elsewhere, or name another folder"))
