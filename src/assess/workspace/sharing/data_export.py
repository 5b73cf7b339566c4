"""`assess export --data`: a round as data for a higher body, whole or sanitised."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess import __version__
from assess.engine.personal_marks import accepts_unmarked_free_text
from assess.engine.pseudonyms import Pseudonyms
from assess.engine.round_data import DataOrigin
from assess.engine.round_data_json import DATA_START
from assess.errors import UsageError
from assess.file_bytes import read_start_of_regular_file
from assess.i18n import Lang, translator
from assess.model.round_data import RoundData
from assess.store.files import make_and_flush_missing_folders, make_write_error, write_atomic
from assess.workspace.core.provenance import day_of_commit
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import refuse_undecided_conflicts
from assess.workspace.sharing.round_inputs import encode_round_inputs, read_round_inputs
from assess.workspace.sharing.sanitised_export import read_make_or_replace_pseudonym_key


class DataExport(NamedTuple):
    """The data of a round as JSON, and what a person is told of it."""

    data: bytes
    head: RoundData
    """The data without its sheets."""
    unmarked: tuple[str, ...] = ()
    """Checklists of a sanitised export that don't say what is personal: their words are gone."""
    has_new_key: bool = False
    """Whether the key of the pseudonyms could not be used, so that the pseudonyms are new ones."""


def make_round_data_export(
    workspace: Workspace, round_id: str, today: date, *, sanitised: bool
) -> DataExport:
    """Return the data of a round; a closed round is read at its tag.

    One sheet at a time is read, so only the JSON grows with their number. The language of the
    messages makes no difference to the bytes.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: the round is closed, and the repository does not have its tag.
        FilesError: files can't be read, are too large, or hold conflicts.
    """
    names = workspace.list_sheets(round_id)
    refuse_undecided_conflicts(workspace.root, workspace.lang)
    source = workspace.find_round_files(round_id)
    source.refuse_large_files()
    provenance = workspace.make_provenance(round_id, names, ())
    inputs = read_round_inputs(source, round_id, names, day_of_commit(provenance) or today)
    files = [(file.path, file.sha256) for file in provenance.inputs]
    origin = DataOrigin(
        __version__,
        inputs.day,
        provenance.commit,
        inputs.list_input_records(files, sanitised=sanitised),
        sanitised,
    )
    row = workspace.read_config().rounds[round_id]
    if not sanitised:
        return DataExport(*encode_round_inputs(inputs, row, origin))
    key, has_new_key = read_make_or_replace_pseudonym_key(workspace)
    pseudonyms = Pseudonyms(key, inputs.config.value.language)
    data, head = encode_round_inputs(inputs, row, origin, pseudonyms)
    unmarked = tuple(
        name for name, file in inputs.checklists.items() if accepts_unmarked_free_text(file.value)
    )
    return DataExport(data, head, unmarked, has_new_key)


def write_round_data_unless_other_file(path: Path, data: bytes, lang: Lang) -> None:
    """Write the data of a round to a file, never over one that is something else.

    Raises:
        UsageError: the file is there and holds no such data.
        WriteError: the file can't be written.
    """
    try:
        start = read_start_of_regular_file(path, len(DATA_START), 0)
    except FileNotFoundError:
        start = DATA_START
    except OSError as error:
        raise make_write_error(error, path, lang) from error
    if start != DATA_START:
        _ = translator(lang)
        message = _("{path} is something else than the data of a round; it stays")
        raise UsageError(
            message.format(path=path), _("move it elsewhere, or write under another name: -o FILE")
        )
    make_and_flush_missing_folders(path.parent, lang)
    write_atomic(path, data, lang)
