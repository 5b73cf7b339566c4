"""How many keys the work takes: counted at a real screen, from start to saved on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assess.workspace import SheetName
from tui.driver import driving
from tui.sample import SHEET, make_workspace

ITEMS = 40


async def test_forty_met_take_forty_keys(tmp_path: Path) -> None:
    """A sheet of 40 conformity items that are all met: at most 42 keys, leaving included."""
    workspace = make_workspace(tmp_path / "w", "zh")
    path = workspace.root / "checklists" / "plain.yaml"
    line = path.read_text("utf-8").splitlines()[-1]
    rows = [line.replace("PLN-01", f"PLN-{number:02d}") for number in range(1, ITEMS + 1)]
    path.write_text(path.read_text("utf-8").replace(line, "\n".join(rows)), "utf-8")
    keys = [*"1" * ITEMS, "q"]
    assert len(keys) <= 42
    async with driving(
        tmp_path / "w", "zh", workspace=workspace, start=SheetName("plain")
    ) as driver:
        await driver.press(*keys)
        answers = driver.workspace.open_sheet(SheetName("plain"), "2026").sheet.answers
        assert [answer.status for answer in answers.values()] == ["met"] * ITEMS


async def test_one_unmet_with_note_and_remediation(tmp_path: Path) -> None:
    """Unmet, the reason, owner and date of its remediation: at most 8 keys beside the texts."""
    keys = 0
    async with driving(tmp_path / "w", "zh") as driver:
        for pressed, text in (
            (["3"], "末条为允许所有"),
            (["ctrl+s", "m", "tab", "tab"], "周平"),
            (["enter"], "20260630"),
            (["ctrl+s"], ""),
        ):
            keys += len(pressed)
            await driver.press(*pressed)
            await driver.type(text)
        answer = driver.on_disk("KND-01")
        assert (answer.status, answer.note) == ("unmet", "末条为允许所有")
        assert answer.remediation is not None
        assert (answer.remediation.owner, answer.remediation.due) == ("周平", date(2026, 6, 30))
    assert keys <= 8


async def test_the_first_answer_takes_one_key(tmp_path: Path) -> None:
    """From the overview of a new workspace: `n`, `1`, and the first answer is on disk."""
    async with driving(tmp_path / "w", "zh", start=None) as driver:
        await driver.press("n", "1")
        assert driver.on_disk("KND-01", SHEET).status == "met"
