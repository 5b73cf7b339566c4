"""A roll-up is the same bytes without a store, with a new one, a warm one and a forged one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assess import locations
from assess.engine.rollup.stored_entries import encode_unit_entry
from assess.errors import LockedError
from assess.file_bytes import read_start_of_regular_file
from assess.store import lock
from assess.store.lock import workspace_lock
from assess.workspace import Workspace
from assess.workspace.hand_in.outcome import HandIn
from assess.workspace.office import inbox, record_store, unit_reading
from assess.workspace.office.office import Office
from assess.workspace.office.rollup_records import read_rollup_records
from cli.conftest import Assess
from rollup_units import CHECKLIST, SHEET, TODAY, MadeOffice, issue_campaign, run_command

FORMS = ("--format", "xlsx", "--format", "json", "--format", "csv", "--format", "html")


@pytest.fixture
def office(office_with_hand_ins: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office which took in five hand-ins; their files count as settled."""
    monkeypatch.setattr(inbox, "_SETTLED", 0)
    return office_with_hand_ins.root


def store_of(office: Path) -> Path:
    """Return the file of the store."""
    return office / locations.RECORD_STORE


def make_rollup(assess: Assess, office: Path, *words: str) -> tuple[dict[str, bytes], str]:
    """Make the roll-up, and return its files by name with what was said on stderr."""
    ran = assess("rollup", "make", "2026", *FORMS, "--json", *words)
    assert ran.code == 0, ran.err
    made = json.loads(ran.out)
    paths = [office / name for name in (*made["files"], made["figures"])]
    return {path.name: path.read_bytes() for path in paths}, ran.err


def forbid_reading_hand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every reading of a file of the inbox fail the test."""

    def refuse(*_: object) -> Any:
        raise AssertionError("a hand-in was read")

    monkeypatch.setattr(unit_reading, "read_start_of_regular_file", refuse)
    monkeypatch.setattr(unit_reading, "unpack_hand_in", refuse)


def record_reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list that gets each file of the inbox that is read from now on."""
    paths: list[Path] = []

    def read(path: Path, limit: int, flags: int) -> bytes:
        paths.append(path)
        return read_start_of_regular_file(path, limit, flags)

    monkeypatch.setattr(unit_reading, "read_start_of_regular_file", read)
    return paths


def check_nothing(_data: bytes) -> HandIn:
    """Stand for the reading in a child, which these files do not need."""
    raise AssertionError("a hand-in was checked")


def run_sql(office: Path, statement: str) -> None:
    """Change the store behind the program's back."""
    with closing(sqlite3.connect(store_of(office))) as connection, connection:
        connection.execute(statement)


def without_store(
    assess: Assess, office: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, bytes]:
    """Return the files of a roll-up that neither finds nor writes a store."""
    with monkeypatch.context() as patch:
        patch.setattr(record_store, "make_row_seal", lambda: None)
        files, notice = make_rollup(assess, office)
    assert "store-secret can't be read or written" in notice
    return files


def test_bytes_are_equal_without_a_store_with_a_new_and_with_a_warm_one(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second reading opens no hand-in; neither says anything of the store."""
    plain = without_store(assess, office, monkeypatch)
    store_of(office).unlink(missing_ok=True)
    cold, cold_notice = make_rollup(assess, office)
    assert store_of(office).stat().st_mode & 0o777 == 0o600
    forbid_reading_hand_ins(monkeypatch)
    warm, warm_notice = make_rollup(assess, office)
    assert plain == cold == warm
    assert "records.sqlite3" not in cold_notice + warm_notice


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE rows SET content = replace(content, 'met', 'mut')",
        "UPDATE rows SET seal = zeroblob(32)",
        "UPDATE rows SET content = CAST('[]' AS BLOB)",
        "DELETE FROM rows WHERE kind = 'checklist'",
        "DELETE FROM rows WHERE kind = 'hand-in'",
        "UPDATE rows SET content = (SELECT content FROM rows WHERE kind = 'checklist')",
    ],
)
def test_forged_rows_are_read_again_from_the_hand_ins(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, forgery: str
) -> None:
    """The figures are those of the hand-ins, and the rows are mended by that."""
    plain, _notice = make_rollup(assess, office)
    run_sql(office, forgery)
    assert make_rollup(assess, office)[0] == plain
    forbid_reading_hand_ins(monkeypatch)
    assert make_rollup(assess, office)[0] == plain


def test_rows_of_another_version_are_read_again(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two versions that take turns read all hand-ins, and make the same of them."""
    plain, _notice = make_rollup(assess, office)
    paths = record_reads(monkeypatch)
    assert (make_rollup(assess, office)[0], len(paths)) == (plain, 0)
    monkeypatch.setattr(record_store, "_PROGRAM", "0.0.9/1")
    assert (make_rollup(assess, office)[0], len(paths)) == (plain, 5)


def test_sealed_rows_of_another_form_are_read_again(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program of the same number may have been changed."""
    plain = without_store(assess, office, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(
            unit_reading,
            "encode_unit_entry",
            lambda entry: encode_unit_entry(entry)._replace(content=b"[]"),
        )
        assert make_rollup(assess, office)[0] == plain
    assert make_rollup(assess, office)[0] == plain


def test_a_file_that_was_written_again_is_hashed_again(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes under a new time are not decoded again; other bytes are a fault."""
    plain, _notice = make_rollup(assess, office)
    file = min((office / "inbox").iterdir())
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data)
    with monkeypatch.context() as patch:
        patch.setattr(unit_reading, "unpack_hand_in", lambda _: pytest.fail("decoded"))
        assert make_rollup(assess, office)[0] == plain
        forbid_reading_hand_ins(patch)
        assert make_rollup(assess, office)[0] == plain
    file.write_bytes(bytes(reversed(data)))
    ran = assess("rollup", "make", "2026", "--json")
    assert [*json.loads(ran.out)["unreadable"].values()] == ["file-changed"]
    file.unlink()
    ran = assess("rollup", "make", "2026", "--json")
    assert [*json.loads(ran.out)["unreadable"].values()] == ["file-missing"]


def test_a_file_that_was_just_written_is_hashed_again(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two changes in one tick of the clock bear one time: such a time says nothing."""
    monkeypatch.setattr(inbox, "_SETTLED", 10**18)
    plain, _notice = make_rollup(assess, office)
    paths = record_reads(monkeypatch)
    assert (make_rollup(assess, office)[0], len(paths)) == (plain, 5)
    monkeypatch.setattr(inbox, "_SETTLED", 0)
    assert (make_rollup(assess, office)[0], len(paths)) == (plain, 10)
    assert (make_rollup(assess, office)[0], len(paths)) == (plain, 10)


def test_only_what_is_new_is_read(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A hand-in that came later is decoded, and no other; taking it in stored the receipts."""
    make_rollup(assess, office)
    unit, later = office.parent / "education", tmp_path / "later.zip"
    sheet = Workspace(unit, "en").open_sheet(SHEET, "2026")
    sheet.write_answers({"R1": {"status": "unmet"}}, by=None, now=TODAY, lang="zh")
    run_command(unit, "commit", "-m", "later")
    run_command(unit, "submit", "--open", "-o", str(later))
    ran = assess("rollup", "take", str(later))
    assert ran.code == 0, ran.out
    paths = record_reads(monkeypatch)
    monkeypatch.setattr(
        "assess.workspace.office.office.read_valid_yaml_file",
        lambda path, *_: pytest.fail(f"{path} was read as YAML"),
    )
    records = read_rollup_records(
        Office(office, "en"), "2026", TODAY.date(), check_nothing, print, print
    )
    assert len(paths) == 1
    (entry,) = (unit for unit in records.units if unit.id == "education")
    assert [finding.item for finding in entry.sheets[0].findings] == ["R1"]


@pytest.mark.parametrize("data", [b"PK\x03\x04" * 9, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_store_that_cannot_be_used_is_set_aside(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """It is named once, kept beside the new one, and taken away by a purge."""
    plain = without_store(assess, office, monkeypatch)
    store_of(office).write_bytes(data)
    files, notice = make_rollup(assess, office)
    assert files == plain
    assert "records.sqlite3 is damaged; it was set aside as records.sqlite3.old" in notice
    old = store_of(office).with_name("records.sqlite3.old")
    assert old.read_bytes() == data
    forbid_reading_hand_ins(monkeypatch)
    files, notice = make_rollup(assess, office)
    assert (files, "records.sqlite3" in notice) == (plain, False)
    assert assess("rollup", "purge", "2026", "--yes").code == 0
    assert list(store_of(office).parent.iterdir()) == []


def test_damage_that_only_a_row_meets_is_set_aside(office: Path, assess: Assess) -> None:
    """The head and the schema are whole, the pages of rows are not."""
    plain, _notice = make_rollup(assess, office)
    data = store_of(office).read_bytes()
    store_of(office).write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    files, notice = make_rollup(assess, office)
    assert files == plain
    assert "is damaged" in notice


def test_a_store_of_a_later_layout_is_set_aside(office: Path, assess: Assess) -> None:
    """The later program makes its own again, too."""
    plain, _notice = make_rollup(assess, office)
    run_sql(office, "PRAGMA user_version = 99")
    files, notice = make_rollup(assess, office)
    assert files == plain
    assert "records.sqlite3 is no store of this version" in notice


def test_a_store_in_use_is_not_waited_for_long(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All hand-ins are read then; the file stays, and nothing is set aside."""
    plain, _notice = make_rollup(assess, office)
    monkeypatch.setattr("assess.store.sealed_rows._WAIT", 0.01)
    with closing(sqlite3.connect(store_of(office), isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        files, notice = make_rollup(assess, office)
    assert files == plain
    assert "the file is in use, or the disk refuses it" in notice
    assert [path.name for path in store_of(office).parent.iterdir()] == ["records.sqlite3"]


def test_a_locked_folder_only_costs_the_store(
    office: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writer has the lock: the limits are checked all the same, and the notice says so."""
    monkeypatch.setattr(lock, "WAIT", 0.01)
    store_of(office).unlink(missing_ok=True)
    (office / "thresholds.yaml").write_text(
        "format: assess/thresholds/1\nlimits:\n  - {figure: missing, at_most: 9}\n", "utf-8"
    )

    def refuse(*_: object) -> Any:
        raise LockedError("another process is writing here")

    monkeypatch.setattr(record_store, "workspace_lock", refuse)
    ran = assess("rollup", "check", "2026")
    assert ran.code == 0
    assert "another process is writing here" in ran.err
    assert not store_of(office).exists()
    with workspace_lock(office):
        pass


def test_another_campaign_with_other_checklists_has_rows_of_its_own(
    office: Path, assess: Assess, tmp_path: Path
) -> None:
    """What is issued is part of what a row was made with."""
    make_rollup(assess, office)
    other = tmp_path / "other" / CHECKLIST.name
    other.parent.mkdir()
    other.write_text(CHECKLIST.read_text("utf-8").replace("version: ", "version: 9", 1), "utf-8")
    issue_campaign(office, "2027", "2027-01-01", other)
    (row,) = (
        row
        for row in Office(office, "en").open_receipts("2026").value.receipts.values()
        if row.unit == "data-bureau"
    )
    assert row.file is not None
    digest = row.file.digest
    arriving = tmp_path / "a.zip"
    arriving.write_bytes((office / inbox.inbox_path(digest)).read_bytes())
    assess("rollup", "take", "--campaign", "2027", str(arriving))
    confirm = ("--confirm", "data-bureau", "--reason", "asked")
    assert assess("rollup", "take", "--campaign", "2027", *confirm).code == 0
    assert assess("rollup", "make", "2027").code == 0
    with closing(sqlite3.connect(store_of(office))) as connection:
        query = "SELECT name FROM rows WHERE kind = 'hand-in' ORDER BY name"
        names = [name for (name,) in connection.execute(query)]
    assert [name.startswith(f"{digest} ") for name in names].count(True) == 2


def test_figures_stay_after_a_purge(office: Path, assess: Assess) -> None:
    """The sheets of a unit are those written before, unless another file counts since then."""
    before, _notice = make_rollup(assess, office)
    assert assess("rollup", "purge", "2026", "--yes").code == 0
    after, _notice = make_rollup(assess, office)
    assert after["figures.json"] == before["figures.json"]
    assert b'"sheets"' in after["figures.json"]
    path = office / "rollups/2026/figures.json"
    figures = json.loads(path.read_bytes())
    figures["units"]["data-bureau"]["receipt"] = "20260101-another"
    path.write_text(json.dumps(figures), "utf-8")
    make_rollup(assess, office)
    units = json.loads(path.read_bytes())["units"]
    assert "sheets" not in units["data-bureau"]
    assert [key for key, row in units.items() if "sheets" in row]


def test_figures_that_can_not_be_read_stay_after_a_purge(office: Path, assess: Assess) -> None:
    """Nothing is written over them, for they can't be made again."""
    make_rollup(assess, office)
    assert assess("rollup", "purge", "2026", "--yes").code == 0
    path = office / "rollups/2026/figures.json"
    path.write_text("{}", "utf-8")
    ran = assess("rollup", "make", "2026")
    assert ran.code != 0
    assert "git checkout" in ran.err
    assert path.read_text("utf-8") == "{}"
