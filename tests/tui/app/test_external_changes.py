"""Other people's writing: noticed, shown, never overwritten unasked, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.i18n import Lang
from assess.workspace import REMOVE
from tui.driver import Driver, driving
from tui.sample import NOW, SHEET, make_workspace


def other_writes(driver: Driver, item_id: str, **fields: object) -> None:
    """Let another officer write an answer."""
    desk = driver.workspace.open_sheet(SHEET, "2026")
    desk.write_answer(item_id, fields, by="wang-min", now=NOW, lang="zh")


async def noticed(driver: Driver) -> None:
    """Let the watch look, as it does every second."""
    while (
        not await driver.app.external_changes.show_file_changes_unless_checking()
    ):  # one look at a time: its own may be under way
        await driver.pilot.pause(0.01)
    await driver.settle()


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "王敏（另一终端）改了 KND-02"), ("en", "王敏 (elsewhere) changed KND-02")],
)
async def test_a_change_underneath_is_shown(tmp_path: Path, lang: Lang, words: str) -> None:
    """An answer that another program writes appears without a key, and is named."""
    async with driving(tmp_path / "w", lang) as driver:
        await noticed(driver)
        assert words not in driver.foot
        other_writes(driver, "KND-02", value="never")
        await noticed(driver)
        assert words in driver.foot
        assert "1/9" in driver.head


async def test_what_was_said_on_top_does_not_stay_below(tmp_path: Path) -> None:
    """Back on the overview nothing stands there that was seen, and mended, on the walk."""
    workspace = make_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("enter")
        await noticed(driver)
        other_writes(driver, "KND-02", value="never")
        await noticed(driver)
        assert "(elsewhere) changed KND-02" in driver.foot
        await driver.press("q")
        assert "Enter fill in" in driver.foot
        await driver.press("enter", "a")
        other_writes(driver, "KND-02", value="yearly")
        await noticed(driver)
        assert "(elsewhere) changed KND-02" in driver.screen
        await driver.press("escape")
        assert "(elsewhere) changed KND-02" in driver.foot


async def test_own_writing_is_not_noticed(tmp_path: Path) -> None:
    """What the interface writes itself is no news."""
    async with driving(tmp_path / "w") as driver:
        await noticed(driver)
        await driver.press("1")
        await noticed(driver)
        assert "another program" not in driver.foot


async def test_the_watch_runs_by_itself(tmp_path: Path) -> None:
    """Within two seconds a change is there, with nobody asking."""
    async with driving(tmp_path / "w") as driver:
        await driver.pilot.pause(1.1)
        other_writes(driver, "KND-02", value="never")
        for _tenth in range(20):
            await driver.pilot.pause(0.1)
            if "KND-02" in driver.foot:
                break
        assert "(elsewhere) changed KND-02" in driver.foot


async def test_settings_and_many_items(tmp_path: Path) -> None:
    """A changed register or configuration is told as such; of many items the first three."""
    async with driving(tmp_path / "w") as driver:
        await noticed(driver)
        driver.workspace.register_paper_evidence("room 3", title="plan", by=None, now=NOW)
        await noticed(driver)
        assert "settings, checklist or evidence" in driver.foot
        for number in (1, 2, 6, 7):
            fields = {1: {"status": "met"}, 2: {"value": "never"}, 6: {"value": "110"}}
            other_writes(driver, f"KND-0{number}", **fields.get(number, {"value": "own"}))
        await noticed(driver)
        assert "KND-01, KND-02, KND-06 .." in driver.foot


async def test_a_file_that_breaks_underneath(tmp_path: Path) -> None:
    """A sheet that can't be read any more is said; what is shown stays; F5 shows where."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("1")
        await noticed(driver)
        path = driver.workspace.root / "answers" / "2026" / "kinds.yaml"
        text = path.read_text("utf-8")
        path.write_text(text + "  bad: [\n", "utf-8")
        await noticed(driver)
        assert "can't be read now" in driver.foot
        assert driver.item == "KND-02"
        await driver.press("f5")
        assert "kinds.yaml" in driver.screen
        path.write_text(text, "utf-8")
        await driver.press("f5")
        assert "KND-02" in driver.screen


@pytest.mark.parametrize(
    ("key", "note"), [("1", "mine"), ("2", "theirs"), ("3", "theirs\nmine!"), ("escape", "theirs")]
)
async def test_the_same_note_written_by_two(tmp_path: Path, key: str, note: str) -> None:
    """Both stand beside each other: keep mine, theirs, both to write on, or later; none is lost."""
    async with driving(tmp_path / "w") as driver:
        await noticed(driver)
        await driver.press("a")
        await driver.type("mine")
        other_writes(driver, "KND-01", note="theirs")
        await noticed(driver)
        assert "王敏 (elsewhere) changed KND-01" in driver.screen
        await driver.press("ctrl+s")
        assert "while you were writing" in driver.screen
        assert "On disk now" in driver.screen
        await driver.press("down", "up", key)
        if key == "3":
            assert "theirs" in driver.screen
            await driver.press("!", "ctrl+s")
        assert driver.on_disk("KND-01").note == note
        if key == "escape":
            await driver.press("a")
            assert "mine" in driver.screen


async def test_another_field_is_no_conflict(tmp_path: Path) -> None:
    """A plan that is written while another officer writes the note goes through."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("m", *"fix")
        other_writes(driver, "KND-01", note="theirs")
        await noticed(driver)
        await driver.press("ctrl+s")
        answer = driver.on_disk("KND-01")
        assert answer.note == "theirs"
        assert answer.remediation is not None


@pytest.mark.parametrize(("key", "status"), [("1", "met"), ("2", "unmet"), ("escape", "unmet")])
async def test_the_same_answer_between_two_looks(tmp_path: Path, key: str, status: str) -> None:
    """An answer written over one that nobody has seen yet asks first, both side by side."""
    async with driving(tmp_path / "w") as driver:
        driver.app.external_changes._looking = (
            True  # its own look, once a second, must not come in between
        )
        other_writes(driver, "KND-01", status="unmet", note=REMOVE)
        await driver.press("1")
        assert "Mine, not written yet" in driver.screen
        assert "not met" in driver.screen
        await driver.press(key)
        assert driver.on_disk("KND-01").status == status
        if key == "escape":
            assert "not saved" in driver.head
            driver.app.saver.drop_failed_job()


async def test_a_broken_file_under_an_answer(tmp_path: Path) -> None:
    """Where what is on disk can't even be read, the dialog of failed saves says so."""
    workspace = make_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("1")
        path = workspace.root / "answers" / "2026" / "kinds.yaml"
        text = path.read_text("utf-8")
        path.write_text("answers: [\n", "utf-8")
        await driver.press("1")
        assert "is not on disk yet" in driver.screen
        path.write_text(text, "utf-8")
        await driver.press("1")
        assert driver.on_disk("KND-02").value == "quarterly"


async def test_own_evidence_is_no_change_of_others(tmp_path: Path) -> None:
    """The other sheets stand on the register too; a row of somebody else is still told."""
    (tmp_path / "photo.txt").write_text("x", "utf-8")
    async with driving(tmp_path / "w", start=None) as driver:
        await driver.press("enter")
        await noticed(driver)
        assert len(driver.app.session.opened) == 2
        await driver.press("e", *str(tmp_path / "photo.txt"), "ctrl+s")
        for _look in range(2):
            await noticed(driver)
            assert "another program" not in driver.screen
        registers = [sheet.open_sheet.register for sheet in driver.app.session.opened.values()]
        assert len(registers[0].evidence) == 1
        assert registers[0] == registers[1]
        driver.workspace.register_paper_evidence("cabinet 3", title="Paper", by=None, now=NOW)
        await noticed(driver)
        assert "changed by another program: settings, checklist or evidence" in driver.foot
