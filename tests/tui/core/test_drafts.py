from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from assess.tui.core.drafts import DraftKey, Drafts
from assess.workspace import SheetName

KEY = DraftKey("2026", "egov@portal", "EGN-01", "note")
SHEET = SheetName("egov", "portal")


def folder(root: Path) -> list[str]:
    """Return the names of the draft files."""
    return sorted(path.name for path in (root / ".assess" / "drafts").glob("*"))


def test_a_draft_comes_back(tmp_path: Path) -> None:
    """What one session writes the next one finds, by item and form."""
    drafts = Drafts(tmp_path)
    drafts.set_values_in_memory(KEY, {"note": "半句"})
    drafts.write_or_remove_draft_file(KEY)
    later = Drafts(tmp_path)
    later.load_draft_files()
    assert later.get_values(KEY) == {"note": "半句"}
    assert later.list_forms_with_draft("2026", SHEET, "EGN-01") == ("note",)
    assert later.list_forms_with_draft("2026", SHEET, "EGN-02") == ()
    assert len(folder(tmp_path)) == 1


def test_a_dropped_draft_stays_on_disk_until_the_answer_is(tmp_path: Path) -> None:
    """Dropping forgets it in memory; the next write removes the file."""
    drafts = Drafts(tmp_path)
    drafts.set_values_in_memory(KEY, {"note": "x"})
    drafts.write_or_remove_draft_file(KEY)
    drafts.drop_values_from_memory(KEY)
    assert drafts.get_values(KEY) is None
    assert len(folder(tmp_path)) == 1
    drafts.write_or_remove_draft_file(KEY)
    assert folder(tmp_path) == []


def test_what_is_typed_now_wins_over_the_file(tmp_path: Path) -> None:
    """Loading late does not overwrite what was typed meanwhile."""
    first = Drafts(tmp_path)
    first.set_values_in_memory(KEY, {"note": "old"})
    first.write_or_remove_draft_file(KEY)
    drafts = Drafts(tmp_path)
    drafts.set_values_in_memory(KEY, {"note": "new"})
    drafts.load_draft_files()
    assert drafts.get_values(KEY) == {"note": "new"}


def test_broken_files_are_passed_over(tmp_path: Path) -> None:
    """A draft that can't be read never stops the program."""
    place = tmp_path / ".assess" / "drafts"
    place.mkdir(parents=True)
    for number, text in enumerate(["", "[]", '{"key": 1}', '{"key": ["a"], "values": {}}', "\xff"]):
        (place / f"{number}.json").write_text(text, encoding="latin-1")
    drafts = Drafts(tmp_path)
    drafts.load_draft_files()
    assert drafts.get_values(KEY) is None


def test_a_disk_that_refuses_is_passed_over(tmp_path: Path) -> None:
    """Where drafts can't be written, typing goes on."""
    (tmp_path / ".assess").write_text("a file where the folder should be")
    drafts = Drafts(tmp_path)
    drafts.set_values_in_memory(KEY, {"note": "x"})
    drafts.write_or_remove_draft_file(KEY)
    assert drafts.get_values(KEY) == {"note": "x"}
    assert list(drafts.troubles) == [KEY]


def test_a_full_disk_is_known_until_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draft is in memory, with why; no temporary file stays; later it is written."""
    drafts = Drafts(tmp_path)
    drafts.set_values_in_memory(KEY, {"note": "x"})

    def refuse(_path: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as full:
        full.setattr(os, "replace", refuse)
        drafts.write_or_remove_draft_file(KEY)
        assert drafts.troubles[KEY].errno == errno.ENOSPC
        assert folder(tmp_path) == []
        drafts.retry_failed_writes()
        assert list(drafts.troubles) == [KEY]
    drafts.retry_failed_writes()
    assert drafts.troubles == {}
    assert len(folder(tmp_path)) == 1
    drafts.retry_failed_writes()


def test_a_dropped_draft_troubles_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What became an answer need not be stored as a draft any more."""
    drafts = Drafts(tmp_path)
    drafts.troubles[KEY] = OSError(errno.ENOSPC, "full")
    drafts.retry_failed_writes()
    assert drafts.troubles == {}

    def refuse(_path: Path, *, missing_ok: bool) -> None:
        raise OSError(errno.EROFS, f"read-only {missing_ok}")

    monkeypatch.setattr(Path, "unlink", refuse)
    drafts.write_or_remove_draft_file(KEY)
    assert drafts.troubles == {}


def test_what_stopped_writers_left_is_swept(tmp_path: Path) -> None:
    """Temporary files of processes that are gone, and of this one; nothing else."""
    place = tmp_path / ".assess" / "drafts"
    place.mkdir(parents=True)
    mine, gone, alive = (
        f".{'a' * 24}.json.{os.getpid()}-0a0a0a0a.tmp",
        f".{'b' * 24}.json.4194399-0a0a0a0a.tmp",
        f".{'c' * 24}.json.1-0a0a0a0a.tmp",
    )
    for name in (mine, gone, alive, "notes.tmp"):
        (place / name).touch()
    Drafts(tmp_path).load_draft_files()
    assert folder(tmp_path) == [alive, "notes.tmp"]


@pytest.mark.parametrize("linked", [".assess", ".assess/drafts"])
def test_behind_a_link_nothing_is_written_or_removed(tmp_path: Path, linked: str) -> None:
    """The folder of somebody else's workspace may lead anywhere."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "drafts").mkdir(parents=True)
    left = f".{'b' * 24}.json.4194399-0a0a0a0a.tmp"
    (elsewhere / left).touch()
    (elsewhere / "drafts" / left).touch()
    link = tmp_path / "w" / linked
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    drafts = Drafts(tmp_path / "w")
    drafts.load_draft_files()
    drafts.set_values_in_memory(KEY, {"note": "x"})
    drafts.write_or_remove_draft_file(KEY)
    assert drafts.troubles[KEY].errno == errno.ELOOP
    files = sorted(path.name for path in elsewhere.rglob("*") if path.is_file())
    assert files == [left, left]


def test_strange_files_are_passed_over(tmp_path: Path) -> None:
    """A workspace of somebody else may hold anything there: nothing hangs, crashes or fills up."""
    folder = tmp_path / ".assess" / "drafts"
    folder.mkdir(parents=True)
    (folder / "a.json").symlink_to("/dev/zero")
    os.mkfifo(folder / "b.json")
    (folder / "c.json").write_text("[" * 100_000, "utf-8")
    half = '{"key": ["2026", "egov-network", "A-1", "note"], "values": {"note": "\\ud800"}}'
    (folder / "d.json").write_text(half, "utf-8")
    with (folder / "e.json").open("wb") as stream:
        stream.truncate(3 * 1024**3)
    drafts = Drafts(tmp_path)
    drafts.load_draft_files()
    assert drafts.list_forms_with_draft("2026", SheetName("egov-network"), "A-1") == ()


def stored_draft(number: int, size: int) -> str:
    """Return the text of a draft file of `size` characters."""
    start = f'{{"key": ["2026", "egov", "A-{number}", "note"], "values": {{"note": "'
    return start + "x" * (size - len(start) - 3) + '"}}'


@pytest.mark.parametrize(
    ("number", "size", "most"), [(1003, 100, 1000), (6, 4 * 1024**2, 4), (2, 4 * 1024**2 + 1, 0)]
)
def test_too_many_or_too_large_drafts_are_not_read(
    tmp_path: Path, number: int, size: int, most: int
) -> None:
    """1,000 files and 16 MB in all are read, the newest first; the others are known."""
    folder = tmp_path / ".assess" / "drafts"
    folder.mkdir(parents=True)
    for index in range(number):
        path = folder / f"{index:024}.json"
        path.write_text(stored_draft(index, size), "utf-8")
        os.utime(path, (index, index))
    drafts = Drafts(tmp_path)
    drafts.load_draft_files()
    expected = {f"A-{index}" for index in range(number - most, number)}
    assert {
        key.item_id for key in drafts.list_drafts_of_round("2026", [SheetName("egov")])
    } == expected
    assert len(drafts.unread) == number - most
