"""Reading a hand-in, a stranger's file: a function of its bytes, run in the limited child."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from assess import __version__, locations
from assess.china_time import find_day_in_china
from assess.engine.pseudonyms import is_pseudonym
from assess.model.answer import Answer
from assess.model.evidence import Register
from assess.model.hand_in import DATA, INPUTS_FOLDER, REPORT, SIGNED_FOLDER, Manifest, MemberRecord
from assess.workspace.hand_in.archive import unpack_hand_in
from assess.workspace.hand_in.inputs import (
    ComputedRound,
    check_and_compute_inputs,
    lay_out_inputs,
)
from assess.workspace.hand_in.manifest import decode_manifest, refuse_files_other_than_named
from assess.workspace.hand_in.outcome import (
    AcceptedHandIn,
    HandIn,
    HandInNote,
    HandInRefusedError,
    RefusedHandIn,
    SignedScan,
    make_note,
)
from assess.workspace.hand_in.unfinished import count_unfinished_items, list_unfinished_remarks

_SCAN_STARTS: Final = (
    b"%PDF-",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
)
"""The first bytes of PDF, PNG, JPEG, GIF, TIFF and BMP."""


class UnpackedHandIn(NamedTuple):
    """The files of a hand-in by path."""

    files: Mapping[str, bytes]
    is_report_alone: bool = False
    """Whether it came as a PDF: the manifest is made from what that says, and no data came."""


def unpack_zip(data: bytes) -> UnpackedHandIn:
    """Return the files of the ZIP that `assess submit` writes.

    Raises:
        HandInRefusedError: as `unpack_hand_in`.
    """
    return UnpackedHandIn(unpack_hand_in(data))


def read_hand_in(
    data: bytes,
    folder: Path,
    today: date,
    unpack: Callable[[bytes], UnpackedHandIn] = unpack_zip,
) -> HandIn:
    """Return what a hand-in holds, or why it is refused.

    The inputs are laid out in `folder`, which must be empty; nothing else is written. The report
    inside is not opened: `assess.report.proof.hand_in` does that, and runs this in a limited child.
    """
    digest, manifest = hashlib.sha256(data).hexdigest(), None
    try:
        unpacked = unpack(data)
        files = unpacked.files
        manifest = decode_manifest(files)
        refuse_files_other_than_named(manifest, files)
        inputs = _select_inputs(files)
        lay_out_inputs(folder, inputs)
        computed, warnings = check_and_compute_inputs(folder, manifest, inputs)
        data_remarks = _compare_data_or_remark(unpacked, computed.data, manifest)
        scan = _check_scan(files, manifest, computed)
        evidence = _check_evidence(manifest, computed.register)
    except HandInRefusedError as refused:
        return RefusedHandIn(
            digest=digest,
            size=len(data),
            reason=refused.reason,
            others=refused.others,
            manifest=manifest,
        )
    return AcceptedHandIn(
        digest=digest,
        size=len(data),
        manifest=manifest,
        data=computed.data,
        inputs=inputs,
        checklists=computed.checklists,
        counts=count_unfinished_items(computed, warnings),
        report=files.get(REPORT),
        signed_scan=scan,
        evidence=evidence,
        newest_answer=_find_day_of_newest_answer(computed),
        remarks=(
            *data_remarks,
            *list_unfinished_remarks(manifest, computed),
            *_list_checklist_remarks(computed),
            *_list_date_remarks(manifest, computed, today),
            *_list_sanitising_remarks(manifest, computed),
        ),
    )


def _select_inputs(files: Mapping[str, bytes]) -> dict[str, bytes]:
    start = f"{INPUTS_FOLDER}/"
    return {
        path.removeprefix(start): data for path, data in files.items() if path.startswith(start)
    }


def _compare_data_or_remark(
    unpacked: UnpackedHandIn, computed: bytes, manifest: Manifest
) -> tuple[HandInNote, ...]:
    """Return a remark where no data came, or another version of the program made other data.

    Raises:
        HandInRefusedError: the data is missing, or other than this version makes it, which it
            names.
    """
    if unpacked.is_report_alone:
        return (make_note("report-alone"),)
    if DATA not in unpacked.files:
        raise HandInRefusedError(make_note("data-missing", DATA))
    handed_in = unpacked.files[DATA]
    if handed_in == computed:
        return ()
    place = _find_first_difference(handed_in, computed)
    if manifest.program == __version__:
        raise HandInRefusedError(make_note("data-other", DATA, place))
    words = {"theirs": manifest.program, "ours": __version__}
    return (make_note("data-other-program", DATA, place, **words),)


def _find_first_difference(handed_in: bytes, computed: bytes) -> str:
    """Return the path of the first value that differs; '' where one is no JSON."""
    try:
        left, right = json.loads(handed_in), json.loads(computed)
    except (ValueError, RecursionError):
        return ""
    try:
        return _find_differing_place(left, right)
    except RecursionError:
        return ""


def _find_differing_place(left: Any, right: Any) -> str:
    place = "$"
    while type(left) is type(right) and isinstance(left, dict | list) and left != right:
        key = next(_list_differing_keys(left, right))
        place += f".{key}" if isinstance(left, dict) else f"[{key}]"
        if not (_has_key(left, key) and _has_key(right, key)):
            break
        left, right = left[key], right[key]
    return "" if place == "$" else place


def _list_differing_keys(left: Any, right: Any) -> Iterator[Any]:
    keys = (
        [*left, *(key for key in right if key not in left)]
        if isinstance(left, dict)
        else range(max(len(left), len(right)))
    )
    for key in keys:
        if not (_has_key(left, key) and _has_key(right, key)) or left[key] != right[key]:
            yield key


def _has_key(value: Any, key: Any) -> bool:
    return key in value if isinstance(value, dict) else key < len(value)


def _check_scan(
    files: Mapping[str, bytes], manifest: Manifest, computed: ComputedRound
) -> SignedScan | None:
    """Return the scan of the stamped page, if there is one.

    Raises:
        HandInRefusedError: it is no PDF or picture, or not the file that the round names.
    """
    paths = sorted(path for path in files if path.startswith(f"{SIGNED_FOLDER}/"))
    if not paths:
        return None
    path = paths[0]
    signed = computed.config.rounds[manifest.round].signed
    row = computed.register.evidence.get(signed or "")
    digest = hashlib.sha256(files[path]).hexdigest()
    if len(paths) > 1 or row is None or row.file is None or row.file.sha256 != digest:
        raise HandInRefusedError(make_note("scan-other", paths[-1]))
    if not is_scan_of_known_kind(files[path]):
        raise HandInRefusedError(make_note("scan-kind", path))
    return SignedScan(path=path, data=files[path])


def is_scan_of_known_kind(data: bytes) -> bool:
    """Return whether a file begins as a PDF or a picture does."""
    return data.startswith(_SCAN_STARTS)


def _check_evidence(manifest: Manifest, register: Register) -> tuple[MemberRecord, ...]:
    """Return the files of evidence.

    Raises:
        HandInRefusedError: the register names no such file, or another digest of it.
    """
    registered = {
        (locations.evidence_path(row.file.path), row.file.sha256)
        for row in register.evidence.values()
        if row.file is not None
    }
    records = tuple(
        record for record in manifest.members if locations.is_evidence_file(record.path)
    )
    for record in records:
        if (record.path, record.sha256) not in registered:
            raise HandInRefusedError(make_note("evidence-other", record.path))
    return records


def _list_checklist_remarks(computed: ComputedRound) -> Iterator[HandInNote]:
    for row in computed.checklists:
        if row.origin == "changed":
            path = f"{INPUTS_FOLDER}/{locations.checklist_path(row.pinned_as)}"
            yield make_note("checklist-changed", path, id=row.id)


def _list_date_remarks(
    manifest: Manifest, computed: ComputedRound, today: date
) -> Iterator[HandInNote]:
    """Yield doubts about the day for which overdue measures are reckoned."""
    if manifest.date > today:
        yield make_note("date-later", date=manifest.date.isoformat())
    newest = _find_day_of_newest_answer(computed)
    if newest is not None and newest > manifest.date:
        yield make_note("date-before-answers", date=manifest.date.isoformat())
    without_time = sum(answer.at is None for answer in _list_answers(computed))
    if without_time:
        yield make_note("times-lacking", count=without_time)


def _find_day_of_newest_answer(computed: ComputedRound) -> date | None:
    times = [answer.at for answer in _list_answers(computed) if answer.at is not None]
    return max(map(find_day_in_china, times), default=None)


def _list_answers(computed: ComputedRound) -> Iterator[Answer]:
    """Yield the answers of all sheets that say anything."""
    for sheet, _assessment in computed.sheets.values():
        yield from (answer for answer in sheet.answers.values() if answer.is_given)


def _list_sanitising_remarks(manifest: Manifest, computed: ComputedRound) -> Iterator[HandInNote]:
    """Yield that a file calls itself sanitised and holds notes or names of people.

    A sanitised copy has pseudonyms in their place, and notes only where one is demanded.
    """
    if not manifest.sanitised:
        return
    notes = [answer.note or "" for answer in _list_answers(computed) if answer.has_note]
    people = [person.name for person in computed.config.people.values()]
    if not all(map(is_pseudonym, notes)) or not all(map(is_pseudonym, people)):
        yield make_note("not-sanitised")
