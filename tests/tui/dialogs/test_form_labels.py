"""Labels and errors of a form break their lines as all other texts do."""

from __future__ import annotations

from pathlib import Path

from assess.display.text.forms import FormField, InputForm
from tui.driver import driving

LABEL = "一人一号、使用人在岗，并且 90 天内登录过（新建不满 90 天的不看）或写明留用理由的账户数"
HINT = "管理来源已限定（或只能接控制口管理）、从名单外电脑试连被拒，没有试连的看配置"
ERROR = "部分数（21111211）大于总数（13111131），而一部分不会多于全部，请更正其中一个"


async def test_lines_break_between_signs_and_not_before_a_bracket(tmp_path: Path) -> None:
    """A space breaks no line early, and no line begins with a closing sign."""
    form = InputForm("数", (FormField("part", LABEL, hint=HINT),), lambda _values: {"part": ERROR})
    async with driving(tmp_path / "w", "zh", start=None, size=(60, 20)) as driver:
        driver.app.dialogs.ask_form(form, None, lambda _values: None)
        await driver.press("ctrl+s")
        lines = [line.strip("│| ") for line in driver.screen.splitlines()]
        begin = next(index for index, line in enumerate(lines) if line.startswith("一人一号"))
        label, field = lines[begin : begin + 4], lines[begin + 4 :]
        assert label == [
            "一人一号、使用人在岗，并且 90 天内登录过（新建不满 90 天",
            "的不看）或写明留用理由的账户数（管理来源已限定（或只能接",
            "控制口管理）、从名单外电脑试连被拒，没有试连的看配置）",
            "",
        ]
        assert field[:2] == [
            "! 部分数（21111211）大于总数（13111131），而一部分不会多",
            "于全部，请更正其中一个",
        ]
