"""The office's own YAML from the store: the content of exactly these bytes, or the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.store.sealed_rows import SealedRow
from assess.workspace.office import office as office_module
from assess.workspace.office.office import Office
from assess.workspace.office.parsed_files import (
    read_stored_office_file,
    read_stored_receipts,
    store_saved_files,
)
from assess.workspace.office.record_store import (
    RecordStore,
    open_record_store,
    record_store_path,
    write_rows_if_possible,
)
from office_folder import make_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with three units and a campaign."""
    return make_office(tmp_path / "office")


@pytest.fixture
def store(office: Office) -> Iterator[RecordStore]:
    """Its store, in which office.yaml was written."""
    with open_record_store(office, pytest.fail) as store:
        read_stored_office_file(office, store)
    with open_record_store(office, pytest.fail) as store:
        yield store


def forbid_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reading YAML fail the test."""
    monkeypatch.setattr(office_module, "read_valid_yaml_file", lambda *_: pytest.fail("YAML"))


def test_the_content_of_the_same_bytes_comes_from_the_store(
    office: Office, store: RecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It equals what the file says, and no YAML is read."""
    usual = office.read_office_file()
    forbid_yaml(monkeypatch)
    assert read_stored_office_file(office, store) == usual


def test_a_file_that_was_edited_is_read(office: Office, store: RecordStore) -> None:
    """By hand, too; a fault in it is told as ever."""
    path = office.root / "office.yaml"
    path.write_text(path.read_text("utf-8").replace("青溪镇", "清溪镇"), "utf-8")
    assert read_stored_office_file(office, store).units["qingxi-town"].name.endswith("清溪镇")
    path.write_text("format: assess/office/1\nname: [\n", "utf-8")
    with pytest.raises(FilesError):
        read_stored_office_file(office, store)
    path.unlink()
    with pytest.raises(FilesError):
        read_stored_office_file(office, store)


def test_receipts_that_are_not_there_yet_are_empty(office: Office, store: RecordStore) -> None:
    """Nothing has come in."""
    assert read_stored_receipts(office, store, "2026").receipts == {}


def test_content_of_another_form_is_read_from_the_file(office: Office) -> None:
    """A sealed row may be of a program that was changed under the same number."""
    with open_record_store(office, pytest.fail) as store:
        usual = read_stored_office_file(office, store)
    with open_record_store(office, pytest.fail) as store:
        row = store.find_row("file", "office.yaml")
    assert row is not None
    write_rows_if_possible(office, [row._replace(content=b"[]")])
    with open_record_store(office, pytest.fail) as store:
        assert read_stored_office_file(office, store) == usual


def test_saved_files_are_stored_where_that_is_possible(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next reading needs no YAML; a store that can't be written stops no save."""
    store_saved_files(office, [office.open_office_file()])
    with monkeypatch.context() as patch, open_record_store(office, pytest.fail) as store:
        forbid_yaml(patch)
        assert read_stored_office_file(office, store).name == "示例市青溪区网信办"
    record_store_path(office).unlink()
    record_store_path(office).mkdir()
    store_saved_files(office, [office.open_office_file()])
    assert list(record_store_path(office).iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_only_the_store(office: Office) -> None:
    """A file stands in the place of the folder; the notice says that nothing is stored."""
    folder = record_store_path(office).parent
    folder.rmdir()
    folder.touch()
    notices: list[str] = []
    with open_record_store(office, notices.append) as store:
        store.add_row(SealedRow("file", "x", "", b"{}"))
    (notice,) = notices
    assert "records.sqlite3 can't be written" in notice
    assert folder.is_file()


def add_rows_and_stop(office: Office) -> None:
    """Add rows, and be stopped by Ctrl+C."""
    with open_record_store(office, pytest.fail) as store:
        for number in range(501):
            store.add_row(SealedRow("file", f"{number}", "", b"{}"))
        raise KeyboardInterrupt


def test_rows_that_wait_are_written_when_the_reading_is_stopped(office: Office) -> None:
    """What was read before Ctrl+C stays."""
    with pytest.raises(KeyboardInterrupt):
        add_rows_and_stop(office)
    with open_record_store(office, pytest.fail) as store:
        assert store.find_row("file", "0") is not None
        assert store.find_row("file", "500") is not None
