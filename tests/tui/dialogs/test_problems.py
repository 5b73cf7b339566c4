"""Files that can't be read are shown with positions, and read again when they are mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.workspace import SheetName
from tui.driver import driving
from tui.sample import SHEET, make_workspace

BAD = """\
format: assess/answers/1
checklist: {id: kinds, version: "2026.1"}
scope: {organization: qingxi-data}
round: "2026"
answers:
  KND-01: {status: mett}
  KND-02: {valu: yearly}
"""


@pytest.mark.parametrize("start", [SHEET, None])
async def test_bad_yaml(tmp_path: Path, start: SheetName | None) -> None:
    """All problems stand there with line and column; F5 goes on once they are mended."""
    workspace = make_workspace(tmp_path / "w", "zh")
    path = workspace.root / "answers" / "2026" / "kinds.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(BAD, encoding="utf-8")
    async with driving(tmp_path / "w", "zh", start=start, workspace=workspace) as driver:
        assert "文件有误，未作任何改动" in driver.head
        assert "answers/2026/kinds.yaml:6:" in driver.screen
        assert "answers/2026/kinds.yaml:7:" in driver.screen
        await driver.press("down", "j", "up", "k", "pagedown", "pageup", "f1", "escape", "f5")
        assert "文件有误" in driver.head
        await driver.press("o")
        assert "打不开编辑器" in driver.foot  # a test has no terminal to hand over
        path.write_text(BAD.replace("mett", "met").replace("valu:", "value:"), encoding="utf-8")
        await driver.press("f5")
        assert "2/9" in driver.screen
        await driver.press("q")
        assert not driver.app.is_running
