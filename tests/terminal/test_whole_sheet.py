"""A whole small sheet, every kind of item, filled in Chinese by keys alone; YAML and PDF read."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from assess.model.answer import Answer
from assess.workspace import SheetName, Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace

from .conftest import Open, Terminal

pytestmark = pytest.mark.terminal

SHEET = SheetName("kinds")
TITLES = {
    "KND-03": "网络安全员覆盖率",
    "KND-04": "高危漏洞平均整改天数",
    "KND-05": "最近一次应急演练",
    "KND-06": "值班电话",
}
SOURCE = Path(__file__).parent.parent / "tui" / "data" / "kinds.yaml"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace with the sheet of every kind alone."""
    source = tmp_path / "kinds.yaml"
    shutil.copy(SOURCE, source)
    return make_and_commit_workspace(
        tmp_path / "w",
        organization="示例市青溪区数据局",
        language="zh",
        checklists=(str(source),),
        today=date(2026, 11, 24),
        lang="zh",
    )


def answers(here: Workspace) -> dict[str, Answer]:
    """Return the answers on disk."""
    return dict(here.open_sheet(SHEET, "2026").sheet.answers)


def wait_for_answer(here: Workspace, screen: Terminal, item: str) -> None:
    """Wait until an item is answered on disk."""

    def answered(_screen: str) -> bool:
        answer = answers(here).get(item)
        return answer is not None and answer.is_given

    screen.wait_until(answered, item)


def fill_finding(here: Workspace, screen: Terminal) -> None:
    """Answer the first item: unmet, with reason and remediation."""
    screen.wait_for("KND-01", "边界默认拒绝")
    screen.press("3")
    screen.wait_for("KND-01 的情况", "保存")
    screen.type("末条为“允许所有”，涉及两条线路。")
    screen.press("F8")
    wait_for_answer(here, screen, "KND-01")
    screen.press("F4")
    screen.wait_for("KND-01 的整改")
    screen.type("补一条默认拒绝策略")
    screen.press("Tab", "Tab")
    screen.type("周平")
    screen.press("Enter")
    screen.type("２０２６１２３１")
    screen.press("C-s")
    screen.wait_for("周平", "2026-12-31")


def fill_inputs(here: Workspace, screen: Terminal) -> None:
    """Answer a rung, two numbers, a number, a date and a text."""
    screen.press("F6")
    screen.wait_for("每季度清理并有记录")
    screen.press("1")
    wait_for_answer(here, screen, "KND-02")

    for item, typed in (
        ("KND-03", ("12", "12")),
        ("KND-04", ("３．５",)),
        ("KND-05", ("2026年3月8日",)),
        ("KND-06", ("0571-88888888",)),
    ):
        screen.wait_for(item, TITLES[item])
        screen.press("Enter")
        screen.wait_for("Esc")
        for text in typed:
            screen.type(text)
            screen.press("Enter")
        wait_for_answer(here, screen, item)


def fill_lists(here: Workspace, screen: Terminal) -> None:
    """Answer an option, ticks and the rows of a table."""
    screen.wait_for("技术支撑队伍")
    screen.press("1")
    wait_for_answer(here, screen, "KND-07")
    screen.wait_for("终端防护措施")
    screen.press("1", "2", "Enter")
    wait_for_answer(here, screen, "KND-08")
    screen.wait_for("互联网出口")
    screen.press("Enter")
    screen.wait_for("还没有")
    screen.press("2")
    screen.wait_for("运营商 *")
    screen.type("中国电信")
    screen.press("C-s")
    screen.wait_for(">1 中国电信")
    screen.press("C-s")
    wait_for_answer(here, screen, "KND-09")


def make_the_report(screen: Terminal) -> None:
    """Make the report from Finish, as proposed there."""
    screen.type("》")
    screen.wait_for("完成前检查")
    screen.press("2")
    screen.wait_for("生成报告")
    screen.press("C-s")
    screen.wait_for("草稿（原因见上）")


def words_of(path: Path) -> str:
    """Return the words of a PDF, without the spaces and breaks of its layout."""
    done = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True)
    return "".join(done.stdout.split())


def test_a_whole_sheet_in_chinese(here: Workspace, terminal: Open) -> None:
    """Status with reason and plan, rung, two numbers, number, date, text, option, ticks, rows.

    All of it is in the YAML, and in the report that is made by keys from there.
    """
    screen = terminal(here.root)
    screen.start("fill")
    fill_finding(here, screen)
    fill_inputs(here, screen)
    fill_lists(here, screen)
    screen.wait_for("9/9")
    make_the_report(screen)
    screen.press("F10")
    screen.wait_for("9/9")
    screen.press("F10")
    screen.wait_for_end()

    found = answers(here)
    assert found["KND-01"].status == "unmet"
    assert found["KND-01"].note == "末条为“允许所有”，涉及两条线路。"
    plan = found["KND-01"].remediation
    assert plan is not None
    assert (plan.action, plan.owner, plan.due) == ("补一条默认拒绝策略", "周平", date(2026, 12, 31))
    values = {key: answer.value for key, answer in found.items() if key != "KND-01"}
    assert str(values.pop("KND-04")) == "3.5"
    assert values == {
        "KND-02": "quarterly",
        "KND-03": {"part": 12, "whole": 12},
        "KND-05": "2026-03-08",
        "KND-06": "0571-88888888",
        "KND-07": "own",
        "KND-08": ["antivirus", "admission"],
        "KND-09": [{"carrier": "中国电信"}],
    }
    report = words_of(here.root / "reports" / "2026" / "kinds-full-zh.pdf")
    for words in (
        "示例市青溪区数据局",
        "末条为“允许所有”，涉及两条线路。",
        "补一条默认拒绝策略",
        "周平",
        "每季度清理并有记录",
        "0571-88888888",
        "中国电信",
    ):
        assert words in report, words
