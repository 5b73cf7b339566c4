"""The app as a whole: failed saves, leaving, signals, crashes."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from assess.errors import ChangedOnDiskError, FilesError, UsageError, WriteError
from assess.problem import Problem
from assess.tui.core.session import InterfaceSession
from assess.workspace import OpenSheet
from tui.driver import driving
from tui.sample import app, make_workspace


class Disk:
    """A disk that refuses the first writes."""

    def __init__(self, refusals: int, error: Exception) -> None:
        self.left = refusals
        self.error = error
        self.put = OpenSheet.write_answer

    def __call__(self, desk: OpenSheet, *args: Any, **kwargs: Any) -> OpenSheet:
        """Write, or refuse."""
        if self.left:
            self.left -= 1
            raise self.error
        return self.put(desk, *args, **kwargs)


def refusing(
    monkeypatch: pytest.MonkeyPatch, refusals: int, error: Exception | None = None
) -> None:
    """Make the next writes fail."""
    disk = Disk(refusals, error or WriteError("disk full", "make room"))

    def put(desk: OpenSheet, *args: Any, **fields: Any) -> OpenSheet:
        return disk(desk, *args, **fields)

    monkeypatch.setattr(OpenSheet, "write_answer", put)


async def test_a_failed_save_keeps_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk shows a dialog; trying again writes the answer and those after it."""
    async with driving(tmp_path / "w") as driver:
        refusing(monkeypatch, 2)
        await driver.press("1")
        assert "disk full" in driver.screen
        await driver.press("1")
        assert "disk full" in driver.screen
        await driver.press("escape")
        assert "! 1 not saved" in driver.head
        await driver.press("1")
        assert "! 2 not saved" in driver.head
        await driver.press("q")
        assert driver.app.saver.unwritten_job_count == 0
        assert driver.on_disk("KND-01").status == "met"
        assert driver.on_disk("KND-02").value == "quarterly"


async def test_a_refusal_is_said_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can't be written at all is said once: back on the overview it stands there no more."""
    workspace = make_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("enter")
        refusing(monkeypatch, 1, UsageError("not to be written"))
        await driver.press("1")
        assert "not to be written" in driver.foot
        await driver.press("q")
        assert "Enter fill in" in driver.foot


async def test_another_program_answered_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the same answer changed on disk, one can take what is there."""
    async with driving(tmp_path / "w") as driver:
        refusing(monkeypatch, 1, ChangedOnDiskError("KND-01 was changed"))
        await driver.press("1")
        assert "KND-01 was changed" in driver.screen
        await driver.press("2")
        assert driver.app.saver.unwritten_job_count == 0
        assert driver.on_disk("KND-01").status is None


async def test_a_sheet_that_went_bad_shows_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file on disk can't be read any more, the dialog gives the positions."""
    bad = Problem("answers/2026/kinds.yaml", "yaml", "no mapping here", line=3, column=1)
    async with driving(tmp_path / "w") as driver:
        refusing(monkeypatch, 1, FilesError("files can't be used", [bad]))
        await driver.press("1")
        assert "answers/2026/kinds.yaml:3:1: yaml: no mapping here" in driver.screen
        await driver.press("enter")
        assert driver.on_disk("KND-01").status == "met"


async def test_quitting_unsaved_raises_for_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever quits without saving is told so after the interface is gone."""
    async with driving(tmp_path / "w") as driver:
        refusing(monkeypatch, 9)
        await driver.press("1")
        await driver.press("q")
        assert not driver.app.is_running
        assert driver.app.saver.error is not None
        assert driver.app.saver.unwritten_job_count == 1


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
async def test_a_signal_keeps_what_is_being_typed(tmp_path: Path, number: signal.Signals) -> None:
    """A dropped connection ends the app with the half-written note on disk as a draft."""
    workspace = make_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("1", "a", *"半句")
        os.kill(os.getpid(), number)
        await driver.app.workers.wait_for_complete()
        await driver.pilot.pause()
        assert not driver.app.is_running
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        assert driver.on_disk("KND-01").status == "met"
        assert "unfinished draft" in driver.screen


async def test_ctrl_c_ends_at_the_second_time_and_loses_nothing(tmp_path: Path) -> None:
    """Ctrl+C says how to copy; once more at once it ends, and what was typed is a draft."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("a", "x", "ctrl+c")
        assert "to quit press Ctrl+C once more" in driver.screen
        assert "Ctrl+S save" in driver.screen
        await driver.press("ctrl+c")
        assert not driver.app.is_running
        assert list((tmp_path / "w" / ".assess" / "drafts").glob("*.json"))


async def test_a_draft_is_on_disk_within_a_second(tmp_path: Path) -> None:
    """What is typed is on disk shortly after the last key, without any save."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("a", "x")
        await driver.pilot.pause(0.8)
        await driver.settle()
        [path] = (tmp_path / "w" / ".assess" / "drafts").glob("*.json")
        assert '"note": "x"' in path.read_text(encoding="utf-8")
        await driver.press("backspace", "escape")
        assert not path.exists()


def test_a_crash_prints_nothing_and_reaches_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error inside ends the app; the caller gets it, the terminal no traceback."""

    def broken(_session: InterfaceSession, _name: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr(InterfaceSession, "read_sheet_unless_cached", broken)
    running = app(make_workspace(tmp_path / "w", "en"), "en")
    with pytest.raises(RuntimeError, match="broken inside"):
        running.run_to_end(headless=True, size=(80, 24))
    assert "broken" not in "".join(capsys.readouterr())


def test_a_crash_while_saving_reaches_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So does one in the thread that writes."""
    refusing(monkeypatch, 1, RuntimeError("broken disk code"))
    running = app(make_workspace(tmp_path / "w", "en"), "en")
    run = running.run

    async def press(pilot: Any) -> None:
        await pilot.press("1")
        await pilot.pause(0.5)

    monkeypatch.setattr(running, "run", lambda **options: run(**options, auto_pilot=press))
    with pytest.raises(RuntimeError, match="broken disk code"):
        running.run_to_end(headless=True, size=(80, 24))


def test_unsaved_answers_are_raised_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ending with an answer that can't be written raises why, after the interface is gone."""
    refusing(monkeypatch, 9)
    running = app(make_workspace(tmp_path / "w", "en"), "en")
    run = running.run

    async def press(pilot: Any) -> None:
        await pilot.press("1", "ctrl+q")

    monkeypatch.setattr(running, "run", lambda **options: run(**options, auto_pilot=press))
    with pytest.raises(WriteError, match="disk full"):
        running.run_to_end(headless=True, size=(80, 24))
