"""A disk that is full while something is typed: told at once, tried again, and never in silence."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.i18n import Lang
from assess.tui.core import drafts as drafts_module
from assess.tui.core.drafts import DraftKey
from tui.driver import Driver, driving

KEY = DraftKey("2026", "kinds", "KND-01", "note")


class Disk:
    """A disk that has room for drafts or none."""

    full = True

    def put(self, path: Path, data: bytes, *, flush: bool) -> None:
        """Write a draft, or fail as a full disk does."""
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        assert not flush, "a draft is written often"
        path.write_bytes(data)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """A disk that is full."""
    full = Disk()
    monkeypatch.setattr(drafts_module, "write_file_atomically", full.put)
    yield full
    full.full = False


async def written(driver: Driver) -> None:
    """Let the time pass after which a draft is written, and the second until it is tried again."""
    top = driver.app.screen
    if hasattr(top, "_write_draft"):
        await top._write_draft()
    await driver.app.draft_writer.retry_failed_drafts()
    await driver.settle()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "! 草稿没能存下：磁盘已满"),
        ("en", "! the draft could not be stored: the disk is full"),
    ],
)
async def test_the_form_says_it_until_there_is_room(
    tmp_path: Path, disk: Disk, lang: Lang, words: str
) -> None:
    """At the first write that fails; the line goes once the draft is stored."""
    async with driving(tmp_path / "w", lang) as driver:
        await driver.press("a", *"abc")
        assert words not in driver.screen
        await written(driver)
        assert words in driver.screen
        assert "Ctrl+S" in driver.screen
        disk.full = False
        await driver.app.draft_writer.retry_failed_drafts()
        await driver.settle()
        assert words not in driver.screen
        assert driver.app.drafts.troubles == {}


async def test_after_the_form_the_walk_says_it(tmp_path: Path, disk: Disk) -> None:
    """It is in memory only: the head says so as long as it is; quitting asks once."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("a", *"abc", "escape")
        assert "! 草稿未存" in driver.head
        await driver.press("q")
        assert "! 草稿没能存下：磁盘已满；再按一次就不存而退出" in driver.foot
        assert driver.app.is_running
        disk.full = False
        await driver.app.draft_writer.retry_failed_drafts()
        await driver.settle()
        assert "草稿未存" not in driver.head
        await driver.press("q")
    assert driver.app.drafts.troubles == {}


async def test_quitting_without_it_is_told_at_the_end(tmp_path: Path, disk: Disk) -> None:
    """The second time the program ends; what was lost is named."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("a", *"abc", "escape", "q", "q")
        assert not driver.app.is_running
    assert disk.full
    lost = driver.app.app_exit.error_of_unwritten_input()
    assert isinstance(lost, WriteError)
    assert lost.message == "KND-01 情况的草稿没能存下：磁盘已满"


async def test_the_rows_of_a_table_are_told_too(tmp_path: Path, disk: Disk) -> None:
    """They are a draft until they are saved."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("g", *"09", "enter", "1", "+", *"示例", "ctrl+s")
        await written(driver)
        assert "! 草稿没能存下：磁盘已满" in driver.screen
        disk.full = False
        await written(driver)
        assert "草稿没能存下" not in driver.screen


async def test_an_answer_that_is_not_saved_is_not_being_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where saving was put off the line names the item and why; once it is saved it says that."""
    async with driving(tmp_path / "w", "zh") as driver:
        write = driver.app.session.write_change

        def refuse(_change: object) -> None:
            raise WriteError("x", "y") from OSError(errno.ENOSPC, "full")

        monkeypatch.setattr(driver.app.session, "write_change", refuse)
        await driver.press("1")
        await driver.press("escape")
        assert "未存 KND-01：磁盘已满" in driver.screen
        monkeypatch.setattr(driver.app.session, "write_change", write)
        driver.app.saver.retry_failed_job()
        await driver.settle()
        assert "已存 KND-01" in driver.screen
