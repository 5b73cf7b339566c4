"""Measured in a process of its own: reading an office's hand-ins, and making figures of records.

`rollup_records.py OFFICE reading` or `rollup_records.py FOLDER figures COUNT`.
"""

from __future__ import annotations

import json
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import made_hand_ins as made

from assess.display.rollup.document import make_rollup_document
from assess.engine.rollup.figures_file import make_figures
from assess.engine.rollup.records import RollUpRecords, UnitEntry
from assess.engine.rollup.unit_entries import SharedChecklists, add_round_data
from assess.engine.round_data_json import decode_round_data
from assess.engine.unit_states import UnitProgress
from assess.model.checklist import Checklist
from assess.model.office import Campaign, IssuedChecklist, Unit
from assess.model.receipt import Receipt, ReceivedFile
from assess.report.proof.hand_in.check import check_hand_in
from assess.report.rollup.circular.circular import CircularDetails
from assess.report.rollup.make_files import make_rollup_files
from assess.store.pinned_digest import digest_with_prefix
from assess.workspace.core.library import decode_valid_checklist, find_checklist_file
from assess.workspace.hand_in.archive import unpack_hand_in
from assess.workspace.office.office import Office
from assess.workspace.office.rollup_files import encode_figures
from assess.workspace.office.rollup_records import read_rollup_records

DIGEST = "sha256:" + "a" * 64


def measure_figures(folder: Path, count: int) -> dict[str, float]:
    """Return the time of decoding the data of so many units, of the whole, and the peak memory."""
    variants = [
        unpack_hand_in((folder / f"{number}.zip").read_bytes())["data.json"]
        for number in range(made.VARIANTS)
    ]
    checklists = _read_checklists()
    issued = {digest: checklist for digest, (checklist, _row) in checklists.items()}
    decoding = whole = 0.0
    entries = []
    shared: SharedChecklists = {}
    for number in range(count):
        data, entry = made.rename_data(variants, number), _make_entry(number)
        start = time.process_time()
        record = decode_round_data(data)
        decoding += time.process_time() - start
        entries.append(add_round_data(entry, record, issued, shared))
        whole += time.process_time() - start
    start = time.process_time()
    records = RollUpRecords(
        office="示例市青溪区网信办",
        campaign_id=made.ROUND,
        campaign=Campaign(
            title="2026 年自查",
            issued=made.DAY,
            due=made.DAY,
            checklists=tuple(row for _checklist, row in checklists.values()),
        ),
        today=made.DAY,
        units=tuple(entries),
        checklists={row.id: checklist for checklist, row in checklists.values()},
    )
    encode_figures(make_figures(records))
    document = make_rollup_document(records, "zh", None)
    make_rollup_files(document, ("json", "xlsx"), "zh", CircularDetails())
    whole += time.process_time() - start
    return {"decoding": decoding, "whole": whole, "peak": _read_peak_megabytes()}


def measure_reading(root: Path) -> dict[str, float]:
    """Return the time of reading all that the office at `root` has taken in."""
    start = time.process_time()
    _records = read_rollup_records(
        Office(root, "zh"),
        made.ROUND,
        made.DAY,
        lambda data: check_hand_in(data, made.DAY, "zh"),
        lambda _done, _count, _name: None,
        lambda _notice: None,
    )
    return {"reading": time.process_time() - start}


def _read_checklists() -> dict[str, tuple[Checklist, IssuedChecklist]]:
    """Return the checklists of the units by digest, as an office issues them."""
    rows = {}
    for name in made.CHECKLISTS:
        data = find_checklist_file(name, "zh").read_bytes()
        checklist = decode_valid_checklist(data.decode(), name, "zh")
        digest = digest_with_prefix(data)
        row = IssuedChecklist(id=checklist.id, version=checklist.version, digest=digest)
        rows[digest] = (checklist, row)
    return rows


def _make_entry(number: int) -> UnitEntry:
    file = ReceivedFile(name="x.zip", digest=DIGEST, size=1)
    receipt = Receipt(
        state="taken",
        unit=made.make_unit_id(number),
        received=made.DAY,
        at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        file=file,
    )
    unit = Unit(name=made.name_unit(number), category=made.choose_category(number))
    progress = UnitProgress("in", current="r", first_received=made.DAY)
    return UnitEntry(made.make_unit_id(number), unit, progress, "r", receipt)


def _read_peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text("utf-8")
    match = re.search(r"VmHWM:\s+(\d+)", status)
    return int(match[1]) / 1024 if match else 0.0


def main(words: list[str]) -> None:
    """Print the figures as JSON."""
    folder, measure, *rest = words
    is_reading = measure == "reading"
    row = measure_reading(Path(folder)) if is_reading else measure_figures(Path(folder), int(*rest))
    print(json.dumps(row))


if __name__ == "__main__":
    main(sys.argv[1:])
