"""Receipts of ten thousand units: limits of their own, for reading, appending and merging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.merging.texts import Versions, merge_bytes_by_meaning_or_lines
from assess.model.receipt import Receipt, ReceivedChecklist, ReceivedContents, ReceivedFile
from assess.store import file_limits
from assess.store.file_limits import USUAL_LIMITS, FileLimits, limits_of_kind, limits_of_path
from assess.store.length_limits import TooLongError
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.writing import emit
from assess.workspace.office.checking import lint_office_files
from assess.workspace.office.office import Office
from assess.workspace.office.parsed_files import read_stored_receipts
from assess.workspace.office.record_store import open_record_store
from office_folder import make_office

HEAD = "format: assess/receipts/1\nreceipts:\n"
COMMENT = f"# {'x' * 1021}\n"
"""A KiB that says nothing."""

DIGEST = f"sha256:{'a' * 64}"
SHEETS = ("mlps-iot@portal", "mlps-mobile@portal", "mlps-ics@portal", "workforce", "duties")
RECEIPT = Receipt(
    state="taken",
    unit="data-bureau",
    received=date(2026, 4, 2),
    at=datetime(2026, 4, 2, 9, tzinfo=UTC),
    by="陈科",
    file=ReceivedFile(name="区数据局.zip", digest=DIGEST, size=661861),
    contents=ReceivedContents(
        round="2026",
        tag="round/2026",
        closing=1,
        commit="6" * 40,
        dated=date(2026, 4, 1),
        program="0.1.0",
        sheets=SHEETS,
        checklists=tuple(
            ReceivedChecklist(id=name, version="2026.2", digest=DIGEST, issued=True)
            for name in ("mlps-iot", "mlps-mobile", "mlps-ics", "workforce", "duties")
        ),
    ),
)


def make_rows(numbers: range) -> str:
    """Return rows of receipts, as the program writes them."""
    value = FieldEdit(("receipts", "20260402-NUMBER"), RECEIPT).with_plain_value().value
    row = "".join(f"{line}\n" for line in emit.field_lines("20260402-NUMBER", value, 2))
    return "".join(row.replace("NUMBER", f"{number:08x}") for number in numbers)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return an office without receipts."""
    made = make_office(tmp_path / "office")
    (made.root / "receipts").mkdir(exist_ok=True)
    return made


@pytest.fixture
def write_receipts(office: Office) -> Callable[[str], Path]:
    """Return what writes the receipts of the campaign."""

    def write(text: str) -> Path:
        path = office.root / "receipts" / "2026.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def append_receipt(office: Office) -> int:
    """Add a receipt as taking in does; return how many there are then."""
    edit = FieldEdit(("receipts", "20260403-ffffffff"), RECEIPT)
    return len(office.open_receipts("2026").save([edit]).value.receipts)


def read_through_store(office: Office) -> int:
    """Return the number of receipts that a roll-up reads."""
    with open_record_store(office, lambda _notice: None) as store:
        return len(read_stored_receipts(office, store, "2026").receipts)


def test_only_receipts_of_an_office_have_higher_limits() -> None:
    """By kind, and by a path that git names; a slip beside them has the usual ones."""
    assert limits_of_kind("receipts") == FileLimits(48 << 20, 4_000_000)
    assert limits_of_kind("sheet") == limits_of_kind("office") == FileLimits(16 << 20, 1_000_000)
    assert limits_of_path("receipts/2026.yaml") == limits_of_kind("receipts")
    assert limits_of_path("office/receipts/2026.yaml") == limits_of_kind("receipts")
    for path in ("receipts.yaml", "receipts/2026/a.txt", "answers/2026/a.yaml", "office.yaml"):
        assert limits_of_path(path) == USUAL_LIMITS


def test_receipts_larger_than_other_files_are_read_and_added_to(
    office: Office, write_receipts: Callable[[str], Path]
) -> None:
    """17 MiB, most of it comments: all that opens receipts reads them, and another is added."""
    path = write_receipts(f"{COMMENT * (17 << 10)}{HEAD}{make_rows(range(2))}")
    assert path.stat().st_size > USUAL_LIMITS.size
    assert append_receipt(office) == 3
    assert read_through_store(office) == 3
    assert read_through_store(office) == 3
    assert "too-large" not in {problem.code for problem in lint_office_files(office)}


def test_receipts_beyond_their_own_size_are_refused_by_it(
    office: Office, write_receipts: Callable[[str], Path]
) -> None:
    """Reading and lint name 48 MiB; so does a save that would pass it, which changes nothing."""
    rows = f"{HEAD}{make_rows(range(1))}"
    filler = COMMENT * ((limits_of_kind("receipts").size - len(rows.encode())) // 1024)
    path = write_receipts(filler + rows)
    with pytest.raises(TooLongError, match="larger than 48 MiB") as caught:
        append_receipt(office)
    assert "another campaign" in str(caught.value.hint)
    assert path.read_text("utf-8") == filler + rows
    write_receipts(f"{filler}{COMMENT}{rows}")
    with pytest.raises(FilesError) as refused:
        office.open_receipts("2026")
    assert "larger than 48 MiB" in str(refused.value.problems[0])
    assert "larger than 48 MiB" in str(lint_office_files(office)[0])


def test_a_sheet_of_that_size_is_refused_as_ever(office: Office) -> None:
    """So are office.yaml and thresholds: a stranger's file gets no more than before."""
    for name in ("office.yaml", "thresholds.yaml"):
        path = office.root / name
        before = path.read_bytes() if path.exists() else b"format: assess/thresholds/1\n"
        path.write_bytes(COMMENT.encode() * (16 << 10) + before)
        assert "larger than 16 MiB" in str(lint_office_files(office)[-1])
        path.write_bytes(before)


def test_reading_and_merging_stop_at_the_parts_of_the_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same text is read as receipts, and refused with a lower limit, which the message has."""
    ours, theirs = (f"{HEAD}{make_rows(range(first, first + 2))}" for first in (0, 2))
    versions = Versions(b"", ours.encode(), theirs.encode())
    merged = merge_bytes_by_meaning_or_lines(versions, "receipts/2026.yaml", "en")
    assert (merged.by_lines, merged.data.count(b"state: taken")) == ("", 4)
    monkeypatch.setattr(file_limits, "LIMITS_BY_KIND", {"receipts": FileLimits(1 << 20, 100)})
    (problem,) = decode_yaml(ours, "receipts", "receipts/2026.yaml", "en").problems
    assert problem.message == "the file holds more than 100 parts"
    stopped = merge_bytes_by_meaning_or_lines(versions, "receipts/2026.yaml", "en")
    assert "more than 100 parts" in stopped.by_lines
    assert stopped.unsettled


def test_a_merge_does_not_write_receipts_that_nobody_could_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both sides are within the limit, and what they make together is not: a person must look."""
    ours, theirs = (f"{HEAD}{make_rows(range(first, first + 2))}" for first in (0, 2))
    monkeypatch.setattr(file_limits, "LIMITS_BY_KIND", {"receipts": FileLimits(1 << 20, 300)})
    versions = Versions(b"", ours.encode(), theirs.encode())
    merged = merge_bytes_by_meaning_or_lines(versions, "receipts/2026.yaml", "en")
    assert merged.unsettled
    assert merged.by_lines


@pytest.mark.scale
def test_receipts_of_ten_thousand_units_are_read_added_to_and_merged(
    office: Office, write_receipts: Callable[[str], Path]
) -> None:
    """With five sheets each, and the limits as they are; a sheet with as many parts is refused."""
    text = f"{HEAD}{make_rows(range(10_000))}"
    sheet = text.replace("assess/receipts/1", "assess/answers/1")
    (problem,) = decode_yaml(sheet, "sheet", "answers/2026/a.yaml", "en").problems
    assert problem.message == "the file holds more than 1,000,000 parts"
    write_receipts(text)
    assert append_receipt(office) == 10_001
    assert read_through_store(office) == 10_001
    ours, theirs = (text + make_rows(range(first, first + 2)) for first in (20_000, 30_000))
    versions = Versions(text.encode(), ours.encode(), theirs.encode())
    merged = merge_bytes_by_meaning_or_lines(versions, "receipts/2026.yaml", "en")
    assert not merged.unsettled
    assert merged.data.count(b"state: taken") == 10_004
