"""First start, the first answer, and the report, in a real terminal by keys alone."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from assess.workspace import SheetName, Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace

from .conftest import Open

pytestmark = pytest.mark.terminal

BASIC = SheetName("egov-network")


def first_status(here: Workspace) -> str | None:
    """Return what is answered to the first item on disk."""
    answer = here.open_sheet(BASIC, "2026").sheet.answers.get("EGN-ACC-01")
    return answer.status if answer else None


def made(root: Path) -> Workspace:
    """Return a workspace as `assess init` makes it."""
    return make_and_commit_workspace(
        root, organization="青溪区数据局", language="zh", today=date(2026, 11, 24), lang="zh"
    )


def test_the_first_answer_takes_three_keys_at_most(tmp_path: Path, terminal: Open) -> None:
    """After `assess` in a workspace made by `init`: the next unanswered item, and its answer."""
    here = made(tmp_path / "w")
    screen = terminal(here.root)
    screen.start("")
    screen.wait_for("青溪区数据局", "0/66")
    screen.press("n", "1")
    screen.wait_until(lambda _screen: first_status(here) == "met", "the answer on disk")


def test_keys_typed_before_it_is_there_are_not_lost(tmp_path: Path, terminal: Open) -> None:
    """Who types ahead is not asked to type again."""
    here = made(tmp_path / "w")
    screen = terminal(here.root)
    screen.start("")
    screen.type("n1")
    screen.wait_until(lambda _screen: first_status(here) == "met", "the answer on disk")


def test_three_questions_make_a_workspace(tmp_path: Path, terminal: Open) -> None:
    """Where there is none: unit, person, Enter; then the first answer bears that person."""
    (tmp_path / "empty").mkdir()
    screen = terminal(tmp_path / "empty")
    screen.start("")
    screen.wait_for("不涉密", "1. 单位名称", "3. 文件夹")
    screen.type("青溪区数据局")
    screen.press("Enter")
    screen.type("王敏")
    screen.press("Enter")
    screen.wait_for("王敏", "青溪区数据局")
    screen.press("Enter")
    screen.wait_for("0/66", "王敏", "▌")
    screen.press("n", "1")
    here = Workspace(tmp_path / "empty", "zh")
    screen.wait_until(
        lambda _screen: "2026" in here.read_config().rounds and first_status(here) == "met",
        "the answer on disk",
    )
    assert here.open_sheet(BASIC, "2026").sheet.answers["EGN-ACC-01"].by == "wm"


def test_the_workspace_is_found_from_elsewhere_the_next_day(tmp_path: Path, terminal: Open) -> None:
    """Started where there is none, it offers the one that was open last; Enter opens it."""
    here = made(tmp_path / "zicha 2026")
    for folder in (here.root, tmp_path):
        screen = terminal(folder)
        screen.start("")
        if folder == tmp_path:
            screen.wait_for("zicha 2026", "新建一个工作区")
            screen.press("Enter")
        screen.wait_for("检查表", "0/66")
        screen.press("q")
        screen.wait_for_end()


def test_finish_makes_the_pdf(tmp_path: Path, terminal: Open) -> None:
    """From the overview: what is missing, then the report, its progress, and the file."""
    here = made(tmp_path / "w")
    screen = terminal(here.root)
    screen.start("")
    screen.wait_for("0/66")
    screen.press("p")
    screen.wait_for("完成前检查", "项未填")
    screen.press("2")
    screen.wait_for("生成报告", "中文")
    screen.press("C-s")
    screen.wait_for("Esc 取消")
    screen.wait_for("草稿（原因见上）", "草稿原因")
    path = here.root / "reports" / "2026" / "egov-network-full-zh.pdf"
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 5
    screen.press("q")
    screen.wait_for("0/66")


def test_the_bare_console_speaks_english_and_says_why(tmp_path: Path, terminal: Open) -> None:
    """The Linux console draws no Chinese characters: English, plain marks, and the reason."""
    here = made(tmp_path / "w")
    screen = terminal(here.root, ASSESS_LANG="", LANG="zh_CN.UTF-8", LC_ALL="")
    # tmux sets TERM itself, so it is said on the command line.
    screen.type(f"TERM=linux exec {sys.executable} -m assess")
    screen.press("Enter")
    shown = screen.wait_for("English: no Chinese on this console", "Checklist")
    assert "│" not in shown


@pytest.mark.parametrize(("locale", "fine"), [("C", False), ("POSIX", False), ("C.UTF-8", True)])
def test_a_bare_locale_speaks_english_and_says_why(
    tmp_path: Path, terminal: Open, locale: str, fine: bool
) -> None:
    """LANG=C: English, ASCII marks, and the way to Chinese; C.UTF-8 promises finer marks."""
    here = made(tmp_path / "w")
    screen = terminal(here.root, ASSESS_LANG="", LC_ALL="", LANG=locale)
    screen.start("")
    shown = screen.wait_for(f"English: locale {locale}; s ", "Checklist")
    assert ("▌" in shown) == fine
    screen.press("s")
    screen.wait_for("Language")
    screen.press("1")
    screen.press("C-s")
    screen.wait_for("检查表", "不涉密")


def test_the_language_that_was_switched_to_is_kept(tmp_path: Path, terminal: Open) -> None:
    """Who switches to Chinese once gets Chinese the next time, without being told why not."""
    here = made(tmp_path / "w")
    for words in ("Checklist", "检查表"):
        screen = terminal(here.root, ASSESS_LANG="", LC_ALL="", LANG="C.UTF-8")
        screen.start("")
        screen.wait_for(words, "0/66")
        if words == "Checklist":
            screen.press("s")
            screen.wait_for("Language")
            screen.press("1")
            screen.press("C-s")
            screen.wait_for("检查表")
        screen.press("q")
        screen.wait_for_end()
