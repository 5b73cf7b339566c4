"""The inputs of a round, from its files to the JSON of its data; git is not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess import locations
from assess.engine.outside_findings import OutsideRow, list_outside_rows_of_round
from assess.engine.personal_marks import list_hidden_text_item_ids
from assess.engine.pseudonyms import Pseudonyms
from assess.engine.round_data import (
    DataOrigin,
    make_checklist_record,
    make_round_data,
    make_round_record,
    make_sheet_record,
)
from assess.engine.round_data_json import encode_round_data
from assess.engine.sanitise import (
    sanitised_config_with_single_round,
    sanitised_register_of_cited_rows,
    sanitised_sheet,
)
from assess.engine.sanitised_findings import sanitised_finding
from assess.engine.scoring.assessment import assess_sheet
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config, Round
from assess.model.evidence import Register
from assess.model.results import Assessment
from assess.model.round_data import ChecklistRecord, InputRecord, RoundData, SheetRecord
from assess.store.open_file import OpenFile
from assess.workspace.core.names import SheetName
from assess.workspace.core.provenance import paths_of_yaml_inputs
from assess.workspace.core.sources import RoundFiles


class RoundInputs(NamedTuple):
    """What the sheets of a round are read and assessed with."""

    source: RoundFiles
    round_id: str
    names: Sequence[SheetName]
    config: OpenFile[Config]
    register: Register
    checklists: Mapping[str, OpenFile[Checklist]]
    day: date

    def list_input_records(
        self, files: Iterable[tuple[str, str]], *, sanitised: bool
    ) -> tuple[InputRecord, ...]:
        """Return those of the files, given by path and SHA-256, that the data is made from."""
        wanted = paths_of_yaml_inputs(self.round_id, self.names)
        return tuple(
            InputRecord(path=path, sha256=sha256)
            for path, sha256 in files
            if path in wanted and not (sanitised and _can_digest_confirm_guess(path))
        )


def _can_digest_confirm_guess(path: str) -> bool:
    """Return whether the digest of a file would show that somebody guessed its words rightly."""
    return not locations.is_below_folder(path, locations.CHECKLISTS)


def read_round_inputs(
    source: RoundFiles, round_id: str, names: Sequence[SheetName], day: date
) -> RoundInputs:
    """Return the inputs of these sheets; the sheets themselves are read when they are assessed.

    Raises:
        FilesError: a file can't be read.
    """
    return RoundInputs(
        source=source,
        round_id=round_id,
        names=names,
        config=source.read_config(),
        register=source.read_register_or_empty().value,
        checklists={
            pinned: source.read_checklist(pinned)
            for pinned in dict.fromkeys(name.checklist for name in names)
        },
        day=day,
    )


def encode_round_inputs(
    inputs: RoundInputs,
    row: Round,
    origin: DataOrigin,
    pseudonyms: Pseudonyms | None = None,
    note_sheet: Callable[[SheetName, Sheet, Assessment], None] | None = None,
) -> tuple[bytes, RoundData]:
    """Return the JSON of the data of a round, and its head, which has no sheets.

    One sheet at a time is read and assessed; `note_sheet` is called with each. `pseudonyms`
    sanitise inputs that are not sanitised yet.

    Raises:
        FilesError: a sheet can't be read.
    """
    config = inputs.config.value
    if pseudonyms is not None:
        checklists = {name: file.value for name, file in inputs.checklists.items()}
        config = sanitised_config_with_single_round(
            config, inputs.round_id, checklists, pseudonyms, {}
        )
    head = make_round_data(
        config,
        make_round_record(inputs.round_id, row, sanitised=origin.sanitised),
        origin,
        _list_checklist_records(inputs),
        outside=_list_outside_rows(inputs, pseudonyms),
    )
    sheets = _assess_sheets(inputs, config, pseudonyms)
    records = _make_sheet_records(inputs, origin, sheets, note_sheet)
    return b"".join(encode_round_data(head, records)), head


def _list_outside_rows(
    inputs: RoundInputs, pseudonyms: Pseudonyms | None
) -> tuple[OutsideRow, ...]:
    """Return the findings of others that stand in the round."""
    findings = inputs.source.read_findings_or_empty().value.findings
    rows = list_outside_rows_of_round(findings, inputs.round_id, inputs.day)
    if pseudonyms is None:
        return rows
    copies = {row.id: sanitised_finding(row.finding, pseudonyms) for row in rows}
    return list_outside_rows_of_round(copies, inputs.round_id, inputs.day)


def _list_checklist_records(inputs: RoundInputs) -> Iterator[ChecklistRecord]:
    for name, file in inputs.checklists.items():
        digest = (
            f"sha256:{inputs.source.sha256_unless_missing_or_large(locations.checklist_path(name))}"
        )
        yield make_checklist_record(name, file.value, digest)


def _assess_sheets(
    inputs: RoundInputs, config: Config, pseudonyms: Pseudonyms | None
) -> Iterator[tuple[SheetName, Sheet, Assessment]]:
    register = inputs.register
    if pseudonyms is not None:
        register = sanitised_register_of_cited_rows(register, set(register.evidence), pseudonyms)
    for name in inputs.names:
        checklist = inputs.checklists[name.checklist]
        sheet = inputs.source.read_sheet_or_empty(
            name, inputs.round_id, inputs.config, checklist
        ).value
        if pseudonyms is not None:
            sheet = sanitised_sheet(sheet, checklist.value, pseudonyms, {})
        yield name, sheet, assess_sheet(checklist.value, sheet, config, register, inputs.day)


def _make_sheet_records(
    inputs: RoundInputs,
    origin: DataOrigin,
    sheets: Iterable[tuple[SheetName, Sheet, Assessment]],
    note_sheet: Callable[[SheetName, Sheet, Assessment], None] | None,
) -> Iterator[SheetRecord]:
    for name, sheet, assessment in sheets:
        if note_sheet is not None:
            note_sheet(name, sheet, assessment)
        checklist = inputs.checklists[name.checklist].value
        hidden = list_hidden_text_item_ids(checklist) if origin.sanitised else frozenset()
        yield make_sheet_record(str(name), sheet, assessment, hidden)
