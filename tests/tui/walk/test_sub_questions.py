"""Sub-questions in the walk: they open and close with the answer of their parent."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.tui.core.save_queue import AnswerSaver
from assess.workspace import Workspace
from tui.driver import driving
from tui.sample import OTHER, make_workspace

FORM = Path(__file__).parents[2] / "data" / "forms" / "yearly-form.yaml"


def form_workspace(root: Path) -> Workspace:
    """Make a workspace whose second sheet is the yearly form."""
    workspace = make_workspace(root, "zh")
    text = FORM.read_text("utf-8").replace("id: yearly-form", "id: plain", 1)
    (root / "checklists" / "plain.yaml").write_text(text, "utf-8")
    return workspace


async def test_yes_opens_no_parks_and_yes_brings_back(tmp_path: Path) -> None:
    """The list shows them dim, then open; `n` leads there; the answer stays in the sheet."""
    workspace = form_workspace(tmp_path / "w")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=OTHER) as driver:
        assert "ZC-EV-01 选“是”才填：" in driver.screen
        assert "0/2" in driver.head
        await driver.press("1")
        assert driver.item == "ZC-EV-02"
        assert "打开了 2 个下级问题" in driver.foot
        assert "1/4" in driver.head
        await driver.press("5", "ctrl+s")
        assert driver.item == "ZC-EV-03", "in the order of the form: the list comes first"
        assert "打开了 1 个下级问题" in driver.foot
        await driver.press("b", "b", "2")
        assert "关闭了 3 个下级问题；其中 1 个已填的答案保留、不计入" in driver.foot
        assert driver.item == "ZC-OS-01"
        assert "1/2" in driver.head
        assert driver.on_disk("ZC-EV-02", OTHER).value == 5
        await driver.press("b", "1")
        assert "打开了 3 个下级问题" in driver.foot
        assert "2/5" in driver.head
        assert driver.item == "ZC-EV-03"


async def test_undo_closes_again(tmp_path: Path) -> None:
    """Undo and redo of a parent close and open what it decides over, and say so."""
    workspace = form_workspace(tmp_path / "w")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=OTHER) as driver:
        await driver.press("1", "u")
        assert "关闭了 2 个下级问题" in driver.foot
        assert driver.item == "ZC-EV-01"
        await driver.press("U")
        assert "打开了 2 个下级问题" in driver.foot
        await driver.press("n")
        assert driver.item == "ZC-EV-02"


async def test_they_open_before_the_answer_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two answers wait to be written: the second is given to what the first opened."""
    workspace = form_workspace(tmp_path / "w")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=OTHER) as driver:
        monkeypatch.setattr(AnswerSaver, "_start_writing", lambda *_args, **_fields: None)
        await driver.press("1")
        assert driver.item == "ZC-EV-02"
        await driver.press("5", "ctrl+s")
        assert driver.item == "ZC-EV-03"
        assert not (tmp_path / "w" / "answers" / "2026" / "plain.yaml").exists()


async def test_a_result_opens_what_explains_it(tmp_path: Path) -> None:
    """The reason of a finding comes first; `n` then leads to the sub-question."""
    workspace = form_workspace(tmp_path / "w")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=OTHER) as driver:
        await driver.press("2", "3", *"没有写", "ctrl+s")
        assert driver.item == "ZC-OS-01"
        assert "打开了 1 个下级问题" in driver.foot
        await driver.press("n")
        assert driver.item == "ZC-OS-02"


async def test_a_filter_does_not_show_closed_ones(tmp_path: Path) -> None:
    """Closed items are in no filter; the list of all shows them below the words that open them."""
    workspace = form_workspace(tmp_path / "w")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=OTHER) as driver:
        assert "才填" in driver.screen
        await driver.press("f", "2", "enter")
        assert "只看未填" in driver.head
        assert "才填" not in driver.screen


async def test_closing_the_last_open_ones_is_said_with_the_end(tmp_path: Path) -> None:
    """Nothing is left to go to: the message about the end does not hide what closed."""
    workspace = form_workspace(tmp_path / "w")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=OTHER) as driver:
        await driver.press("2", "1", "b", "1")
        assert "打开了 2 个下级问题" in driver.foot
        await driver.press("b", "2")
        assert "关闭了 2 个下级问题" in driver.foot
        assert driver.item == "ZC-EV-01"
        await driver.press("n")
        assert "关闭了" not in driver.foot
