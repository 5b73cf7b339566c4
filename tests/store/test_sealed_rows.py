"""Rows in a SQLite file that strangers may have written: only sealed ones count."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assess.store import sealed_rows
from assess.store.sealed_rows import (
    RowSeal,
    SealedRow,
    UnusableRowsError,
    open_rows_to_read,
    remove_rows,
    set_rows_aside,
    write_sealed_rows,
)

SEAL = RowSeal(b"s" * 32, "1/1")
ROW = SealedRow("hand-in", "sha256:ab", "12 34", b'["x"]')
OTHER = SealedRow("file", "office.yaml", "", b"{}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two rows."""
    path = tmp_path / "records.sqlite3"
    write_sealed_rows(path, SEAL, [ROW, OTHER])
    return path


def find_row(path: Path, row: SealedRow, seal: RowSeal = SEAL) -> SealedRow | None:
    """Return a row of a file as it is found by the name of `row`."""
    with open_rows_to_read(path, seal) as reader:
        assert reader is not None
        return reader.find_row(row.kind, row.name)


def list_names(folder: Path) -> list[str]:
    """Return what is in a folder, sorted."""
    return sorted(entry.name for entry in folder.iterdir())


def run_sql(path: Path, *statements: str) -> None:
    """Change the file behind the program's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_rows_are_found_as_they_were_written(path: Path) -> None:
    """A later row of the same name takes the place of the earlier one; others may not read it."""
    assert (find_row(path, ROW), find_row(path, OTHER)) == (ROW, OTHER)
    write_sealed_rows(path, SEAL, [ROW._replace(state="later")])
    assert find_row(path, ROW) == ROW._replace(state="later")
    assert find_row(path, ROW._replace(kind="file")) is None
    assert path.stat().st_mode & 0o777 == 0o600
    assert list_names(path.parent) == [path.name]


@pytest.mark.parametrize("is_empty", [False, True])
def test_absent_and_empty_files_have_no_rows(tmp_path: Path, *, is_empty: bool) -> None:
    """A power cut may leave an empty file; it is written like a new one."""
    path = tmp_path / "records.sqlite3"
    if is_empty:
        path.touch()
    with open_rows_to_read(path, SEAL) as reader:
        assert reader is None
    write_sealed_rows(path, SEAL, [ROW])
    assert find_row(path, ROW) == ROW


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rows SET content = CAST('[\"y\"]' AS BLOB)",
        "UPDATE rows SET content = '[\"x\"]'",
        "UPDATE rows SET state = '12 35'",
        "UPDATE rows SET state = CAST('12 34' AS BLOB)",
        "UPDATE rows SET seal = 'x'",
        "UPDATE rows SET seal = (SELECT seal FROM rows WHERE kind = 'file')",
        "UPDATE rows SET name = 'sha256:ab', kind = 'hand-in2' WHERE kind = 'hand-in'",
        "DELETE FROM rows",
    ],
)
def test_changed_rows_are_absent(path: Path, change: str) -> None:
    """No part of a row can be changed, nor can the seal of another row be put under it."""
    run_sql(path, change)
    assert find_row(path, ROW) is None
    assert find_row(path, ROW._replace(kind="hand-in2")) is None


def test_rows_of_another_secret_or_program_are_absent(path: Path) -> None:
    """What another user sealed, or another version made, is read again."""
    assert find_row(path, ROW, RowSeal(b"t" * 32, "1/1")) is None
    assert find_row(path, ROW, RowSeal(b"s" * 32, "1/2")) is None


def test_large_rows_are_neither_written_nor_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row has a limit; a sealed one above it does not come into memory."""
    large = ROW._replace(content=b" " * 400)
    write_sealed_rows(path, SEAL, [large])
    monkeypatch.setattr(sealed_rows, "MOST_OF_A_ROW", 399)
    assert find_row(path, ROW) is None
    write_sealed_rows(path, SEAL, [large._replace(name="new"), OTHER])
    monkeypatch.undo()
    assert find_row(path, ROW._replace(name="new")) is None
    assert find_row(path, ROW) == large


def make_garbage(path: Path) -> None:
    """Write something that is no SQLite file."""
    path.write_bytes(b"PK\x03\x04" * 500)


def make_later_pages_garbage(path: Path) -> None:
    """Damage all but the head and the schema."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def make_text_broken(path: Path) -> None:
    """Let a text be no UTF-8."""
    run_sql(path, "UPDATE rows SET state = CAST(x'ff' AS TEXT)")


def make_journal(path: Path) -> None:
    """Put a journal beside it, which SQLite would play back."""
    path.with_name(path.name + "-journal").write_bytes(
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 600
    )


def make_link(path: Path) -> None:
    """Let it be a link to a file with valid rows."""
    path.rename(path.with_name("target"))
    path.symlink_to("target")


def make_folder(path: Path) -> None:
    """Let it be a folder."""
    path.unlink()
    path.mkdir()


def make_pipe(path: Path) -> None:
    """Let it be a pipe, which would be waited for."""
    path.unlink()
    os.mkfifo(path)


def make_trigger(path: Path) -> None:
    """Add a trigger, which would run at each write."""
    run_sql(path, "CREATE TRIGGER t AFTER INSERT ON rows BEGIN DELETE FROM rows; END")


def make_view(path: Path) -> None:
    """Put a view in the place of the table."""
    run_sql(path, "ALTER TABLE rows RENAME TO r", "CREATE VIEW rows AS SELECT * FROM r")


def make_newer_layout(path: Path) -> None:
    """Let a later program have written it."""
    run_sql(path, "PRAGMA user_version = 99")


FAULTS: list[tuple[Callable[[Path], None], str]] = [
    (make_garbage, "damaged"),
    (make_later_pages_garbage, "damaged"),
    (make_text_broken, "damaged"),
    (make_journal, "damaged"),
    (make_link, "foreign"),
    (make_folder, "foreign"),
    (make_trigger, "foreign"),
    (make_view, "foreign"),
    (make_newer_layout, "foreign"),
]


@pytest.mark.parametrize(
    ("make_fault", "fault"), FAULTS, ids=lambda row: getattr(row, "__name__", "")
)
def test_files_that_cannot_be_used_are_told_apart_and_set_aside(
    path: Path, make_fault: Callable[[Path], None], fault: str
) -> None:
    """Nothing of such a file is read; once it is set aside, a new one takes its place."""
    make_fault(path)
    with pytest.raises(UnusableRowsError) as raised:
        find_row(path, ROW)
    assert raised.value.fault == fault
    old = set_rows_aside(path)
    assert os.path.lexists(old)
    write_sealed_rows(path, SEAL, [OTHER])
    assert (find_row(path, OTHER), find_row(path, ROW)) == (OTHER, None)


def test_a_pipe_is_not_waited_for(path: Path) -> None:
    """A pipe has no bytes yet; it is not opened to write."""
    make_pipe(path)
    with open_rows_to_read(path, SEAL) as reader:
        assert reader is None
    with pytest.raises(UnusableRowsError):
        write_sealed_rows(path, SEAL, [ROW])


def test_a_forged_journal_is_never_played_back(path: Path) -> None:
    """It stays as it is until it is set aside with the file."""
    make_journal(path)
    before = path.read_bytes()
    with pytest.raises(UnusableRowsError):
        write_sealed_rows(path, SEAL, [ROW])
    assert path.read_bytes() == before
    set_rows_aside(path)
    assert list_names(path.parent) == [f"{path.name}-journal.old", f"{path.name}.old"]


def test_a_locked_file_is_unavailable_and_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process that writes is waited for, then the file counts as unavailable."""
    monkeypatch.setattr(sealed_rows, "_WAIT", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UnusableRowsError) as raised:
            find_row(path, ROW)
        assert raised.value.fault == "unavailable"
        with pytest.raises(UnusableRowsError):
            write_sealed_rows(path, SEAL, [ROW])
    assert find_row(path, ROW) == ROW


def test_a_reader_lets_others_write_once_it_is_released(path: Path) -> None:
    """Rows that were written meanwhile are found."""
    with open_rows_to_read(path, SEAL) as reader:
        assert reader is not None
        assert reader.find_row(ROW.kind, ROW.name) == ROW
        assert reader.find_row(OTHER.kind, OTHER.name) == OTHER
        reader.release_file()
        write_sealed_rows(path, SEAL, [ROW._replace(state="later")])
        assert reader.find_row(ROW.kind, ROW.name) == ROW._replace(state="later")


def test_a_file_that_vanishes_is_damaged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process may remove it between two steps."""
    descriptor = os.open(path, os.O_RDONLY)
    monkeypatch.setattr("os.open", lambda *_: descriptor)
    path.unlink()
    with pytest.raises(UnusableRowsError) as raised:
        write_sealed_rows(path, SEAL, [ROW])
    assert raised.value.fault == "damaged"


def test_removing_takes_what_was_set_aside_too(path: Path) -> None:
    """Nothing of the rows stays in the folder; other files do."""
    set_rows_aside(path)
    write_sealed_rows(path, SEAL, [ROW])
    (path.parent / "notes.txt").touch()
    remove_rows(path)
    assert list_names(path.parent) == ["notes.txt"]
    remove_rows(path)
