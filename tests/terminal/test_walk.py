"""The walk in a real terminal: answers are on disk at once, and nothing that was given is lost."""

from __future__ import annotations

import os
import signal
from datetime import date
from pathlib import Path

import pytest

from assess.workspace import SheetName, Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace

from .conftest import Open, Terminal

pytestmark = pytest.mark.terminal


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace as `assess init` makes it."""
    return make_and_commit_workspace(
        tmp_path / "w",
        organization="示例市青溪区数据局",
        language="zh",
        today=date(2026, 11, 24),
        lang="zh",
    )


def answers(here: Workspace) -> dict[str, str | None]:
    """Return the statuses on disk by item."""
    sheet = here.open_sheet(SheetName("egov-network"), "2026").sheet
    return {key: answer.status for key, answer in sheet.answers.items()}


def saved(here: Workspace, terminal: Terminal, item: str, status: str) -> None:
    """Wait until an answer is on disk."""
    terminal.wait_until(lambda _screen: answers(here).get(item) == status, f"{item} {status}")


def test_one_key_an_item_quit_and_go_on(here: Workspace, terminal: Open) -> None:
    """The first item stands there at once; 1 answers and moves on; quitting loses nothing."""
    screen = terminal(here.root)
    screen.start("fill")
    first = screen.wait_for("EGN-ACC-01", "怎么查", "1", "符合")
    assert "\ufffd" not in first

    for number in (1, 2):
        screen.press("1")
        saved(here, screen, f"EGN-ACC-0{number}", "met")
    screen.wait_for("EGN-ACC-03", "2/66", "已存")
    screen.press("q")
    screen.wait_for_end()

    again = terminal(here.root)
    again.start("fill")
    again.wait_for("EGN-ACC-03", "2/66")


def test_a_reason_is_written_where_one_is_due(here: Workspace, terminal: Open) -> None:
    """After 3 (unmet) the note opens; Chinese typed by an input method arrives and is saved."""
    screen = terminal(here.root)
    screen.start("fill")
    screen.wait_for("EGN-ACC-01")
    screen.press("3")
    saved(here, screen, "EGN-ACC-01", "unmet")
    screen.wait_for("情况")
    screen.type("两条线路没有批复，𠀀“均已”补办。")
    screen.press("C-s")

    def noted(_screen: str) -> bool:
        answer = here.open_sheet(SheetName("egov-network"), "2026").sheet.answers["EGN-ACC-01"]
        return answer.note == "两条线路没有批复，𠀀“均已”补办。"

    screen.wait_until(noted, "the note on disk")


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_nothing_given_is_lost(here: Workspace, terminal: Open, sent: signal.Signals) -> None:
    """Killed, hung up or terminated: the answers are there, and the walk goes on behind them."""
    screen = terminal(here.root)
    screen.start("fill")
    screen.wait_for("EGN-ACC-01")
    screen.press("1")
    saved(here, screen, "EGN-ACC-01", "met")
    os.kill(screen.pid(), sent)
    screen.wait_for_end()

    assert answers(here) == {"EGN-ACC-01": "met"}
    again = terminal(here.root)
    again.start("fill")
    again.wait_for("EGN-ACC-02", "1/66")


def test_a_draft_survives_a_kill(here: Workspace, terminal: Open) -> None:
    """A text that was being written when the process was killed is told of, and a key away."""
    screen = terminal(here.root)
    screen.start("fill")
    screen.wait_for("EGN-ACC-01")
    screen.press("a")
    screen.wait_for("情况")
    screen.type("写到一半")
    drafts = here.root / ".assess"
    screen.wait_until(
        lambda _screen: any(
            "写到一半" in path.read_text("utf-8", "ignore")
            for path in drafts.rglob("*")
            if path.is_file()
        ),
        "a draft on disk",
    )
    os.kill(screen.pid(), signal.SIGKILL)
    screen.wait_for_end()

    again = terminal(here.root)
    again.start("fill")
    again.wait_for("有未写完的草稿 1 份", "EGN-ACC-01 情况", "Ctrl+D")
    again.press("C-d")
    again.wait_for("写到一半")


def test_a_file_with_errors_is_shown_not_a_crash(here: Workspace, terminal: Open) -> None:
    """A sheet that can't be read is a screen with positions; after mending, F5 goes on."""
    folder = here.root / "answers" / "2026"
    folder.mkdir(parents=True)
    sheet = folder / "egov-network.yaml"
    sheet.write_text("format: assess/answers/1\nround: [\n", "utf-8")
    screen = terminal(here.root)
    screen.start("fill")
    shown = screen.wait_for("answers/2026/egov-network.yaml")
    assert "Traceback" not in shown

    sheet.unlink()
    screen.press("F5")
    screen.wait_for("EGN-ACC-01")


def test_o_opens_the_editor_at_the_place_and_comes_back(
    here: Workspace, terminal: Open, tmp_path: Path
) -> None:
    """The editor gets the terminal, the line and the file; when it is left, the file is read."""
    folder = here.root / "answers" / "2026"
    folder.mkdir(parents=True)
    sheet = folder / "egov-network.yaml"
    sheet.write_text("format: assess/answers/1\nround: [\n", "utf-8")
    editor = tmp_path / "nano"
    editor.write_text('#!/bin/sh\necho "editing $1 $2"\nread mended\nrm "$2"\n', "utf-8")
    editor.chmod(0o755)
    screen = terminal(here.root, EDITOR=str(editor))
    screen.start("fill")
    screen.wait_for("answers/2026/egov-network.yaml", "o 编辑")
    screen.press("o")
    screen.wait_for("editing +3")
    screen.press("Enter")
    screen.wait_for("EGN-ACC-01", "怎么查")


def test_a_broken_assess_yaml_is_mended_before_the_start(
    here: Workspace, terminal: Open, tmp_path: Path
) -> None:
    """The problem stands there; o opens the file at its line; once it can be read, all begins.

    A help that is opened while the files are read again stays.
    """
    config = here.root / "assess.yaml"
    good = tmp_path / "good.yaml"
    good.write_text(config.read_text("utf-8"), "utf-8")
    config.write_text(good.read_text("utf-8") + "nonsense: [\n", "utf-8")
    editor = tmp_path / "nano"
    editor.write_text(f'#!/bin/sh\ncp {good} "$2"\n', "utf-8")
    editor.chmod(0o755)
    screen = terminal(here.root, EDITOR=str(editor))
    screen.start("fill")
    screen.wait_for("assess.yaml:", "o 编辑", "文件有误")
    screen.press("F5", "F1")
    screen.wait_for("Esc 关闭")
    screen.press("q")
    screen.wait_until(lambda shown: "Esc 关闭" not in shown)
    screen.press("o")
    screen.wait_for("EGN-ACC-01", "怎么查")


def test_a_broken_assess_yaml_that_is_left_is_said(here: Workspace, terminal: Open) -> None:
    """Left as it is, the program ends with the problem and its place."""
    (here.root / "assess.yaml").write_text("format: assess/1\n", "utf-8")
    screen = terminal(here.root)
    screen.start()
    screen.wait_for("文件有误")
    screen.press("q")
    screen.wait_for_end()
    assert "assess.yaml:1:" in screen.screen()


def test_small_and_resized_terminal(here: Workspace, terminal: Open) -> None:
    """At 60×20 the item, its choices and the keys are there."""
    screen = terminal(here.root, width=60, height=20)
    screen.start("fill")
    screen.wait_for("EGN-ACC-01", "符合")


@pytest.mark.parametrize("term", ["vt100", "screen", "xterm", "xterm-16color"])
def test_terminals_of_few_colours(here: Workspace, terminal: Open, term: str) -> None:
    """No colour, 8, 16: the item, its marks and keys are there, and a key answers."""
    screen = terminal(here.root, TERM=term)
    screen.start("fill")
    screen.wait_for("EGN-ACC-01", "怎么查", "符合")
    screen.press("1")
    saved(here, screen, "EGN-ACC-01", "met")


def test_english_and_plain_terminals(here: Workspace, terminal: Open) -> None:
    """English at 80×24, without colour, on a terminal of 8 colours."""
    screen = terminal(here.root, ASSESS_LANG="en", NO_COLOR="1", TERM="screen")
    screen.start("fill")
    screen.wait_for("EGN-ACC-01", "1  met", "3  not met")


def test_locale_without_utf8_is_refused_in_plain_words(here: Workspace, terminal: Open) -> None:
    """Where the terminal takes no UTF-8 the program says so in ASCII and touches nothing."""
    screen = terminal(
        here.root, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", ASSESS_LANG="en"
    )
    screen.start("fill")
    screen.wait_for("not UTF-8", "export LC_ALL=C.UTF-8")
