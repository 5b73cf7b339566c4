"""Pasting in a real terminal: what tmux sends between the marks is text."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.workspace import Workspace
from tui.sample import SHEET, make_workspace

from .conftest import Open

pytestmark = pytest.mark.terminal

LOG = "log\x1b[0m33 end\n"
COLOURED = "第一行ABC \x1b[31m红色\x1b[0m结束\n第二行DEF"


def note(here: Workspace) -> str | None:
    """Return the note of the first item as a fresh reader finds it."""
    answer = here.open_sheet(SHEET, "2026").sheet.answers.get("KND-01")
    return answer.note if answer else None


@pytest.mark.parametrize("settings", [(), ("-r",)])
def test_a_log_pasted_in_the_walk_answers_nothing(
    tmp_path: Path, terminal: Open, settings: tuple[str, ...]
) -> None:
    """Line ends as CR or as LF: no answer is on disk, and what to press is said."""
    make_workspace(tmp_path / "w", "zh")
    tmux = terminal(tmp_path / "w")
    tmux.start("fill")
    tmux.wait_for("KND-01")
    tmux.paste(LOG, *settings)
    tmux.wait_for("这里不能粘贴；要写情况请先按 a")
    tmux.press("q")
    tmux.wait_for_end()
    assert not (tmp_path / "w" / "answers").exists()


@pytest.mark.parametrize("settings", [(), ("-r",)])
def test_a_coloured_text_in_a_note_is_stored_in_its_order(
    tmp_path: Path, terminal: Open, settings: tuple[str, ...]
) -> None:
    """Escapes are seen in the form, and stand in the file as they are seen."""
    here = make_workspace(tmp_path / "w", "zh")
    tmux = terminal(tmp_path / "w")
    tmux.start("fill")
    tmux.wait_for("KND-01")
    tmux.press("a")
    tmux.wait_for("Ctrl+S")
    tmux.paste(COLOURED, *settings)
    tmux.wait_for("第一行ABC \\u001b[31m红色\\u001b[0m结束", "第二行DEF")
    tmux.press("C-s")
    tmux.wait_for("已存 KND-01")
    assert note(here) == COLOURED.replace("\x1b", "\\u001b")


def test_a_long_log_in_a_note_is_complete(tmp_path: Path, terminal: Open) -> None:
    """Five thousand signs with 82 escapes, more than one read of the terminal."""
    here = make_workspace(tmp_path / "w", "zh")
    lines = [f"\x1b[3{number % 8}m第{number}行\x1b[0m " + "x" * 105 for number in range(41)]
    tmux = terminal(tmp_path / "w")
    tmux.start("fill")
    tmux.wait_for("KND-01")
    tmux.press("a")
    tmux.wait_for("Ctrl+S")
    tmux.paste("\n".join(lines))
    tmux.wait_for("第40行")
    tmux.press("C-s")
    tmux.wait_for("已存 KND-01")
    assert note(here) == "\n".join(lines).replace("\x1b", "\\u001b")
