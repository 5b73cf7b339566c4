"""The stage of each screen."""

from __future__ import annotations

import subprocess
from pathlib import Path

from assess.display.text.forms import FormField, InputForm, find_no_errors
from assess.display.walk.sides import TextPair
from assess.errors import WriteError
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Table
from assess.tui.commands.registry import Scope
from assess.tui.core.drafts import DraftKey
from assess.tui.core.shell import ListRow
from assess.tui.dialogs.save_error import SaveErrorScreen
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import commit_all_files
from tui.full_workspace import full_workspace
from tui.keys.stage import QuickDriver, Stage
from tui.rounds import busy
from tui.sample import NOW, SHEET, make_workspace
from tui.sides.test_history import conflicting

PROPOSED_NOTE = "as last year"
ROW = {"carrier": "示例电信"}
LONG = "一行一行又一行。" * 60
DRAFT = DraftKey("2026", "kinds", "KND-04", "note")


def full(root: Path, lang: Lang) -> Workspace:
    """Return a workspace with something for each key of walk and review; long requirements."""
    workspace = busy(root, lang)
    path = root / "checklists" / "kinds.yaml"
    text = path.read_text("utf-8")
    first = text.index("requirement: {zh: ")
    path.write_text(text[: first + 18] + LONG + text[first + 18 :], "utf-8")
    desk = workspace.open_sheet(SHEET, "2026")
    desk.write_answer("KND-07", {"value": "own"}, by="wang-min", now=NOW, lang="zh")
    return workspace


def proposed(root: Path, lang: Lang) -> Workspace:
    """Return it with what was answered in 2025 to three items that are open, the first one long."""
    workspace = full(root, lang)
    path = root / "checklists" / "kinds.yaml"
    before, item, after = path.read_text("utf-8").partition("- id: KND-03\n")
    long_text = after.replace("{zh: 各", "{zh: " + LONG, 1).replace("en: Every", f"en: {LONG}", 1)
    path.write_text(before + item + long_text, "utf-8")
    workspace.open_sheet(SHEET, "2025").write_answers(
        {
            "KND-03": {"value": {"part": 3, "whole": 4}, "note": "差一个"},
            "KND-04": {"value": 5},
            "KND-05": {"value": "2025-05-06"},
        },
        by="wang-min",
        now=NOW,
        lang="zh",
    )
    return workspace


def versioned(root: Path, lang: Lang) -> Workspace:
    """Return it in git, with commits and something not committed."""
    workspace = full(root, lang)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    commit_all_files(workspace, "One")
    for number in range(20):
        workspace.open_sheet(SHEET, "2026").write_answer(
            "KND-01", {"note": f"{number}"}, by="li-jian", now=NOW, lang="zh"
        )
        subprocess.run(["git", "-C", str(root), "commit", "-qam", f"{number}"], check=True)
    workspace.open_sheet(SHEET, "2026").write_answer(
        "KND-01", {"note": "x"}, by="li-jian", now=NOW, lang="zh"
    )
    return workspace


def wrong(root: Path, lang: Lang) -> Workspace:
    """Return a workspace with a sheet full of errors."""
    workspace = make_workspace(root, lang)
    path = root / "answers" / "2026" / "kinds.yaml"
    path.parent.mkdir(parents=True)
    rows = "".join(f"  KND-{number:02d}: {{status: mett}}\n" for number in range(1, 40))
    head = 'format: assess/answers/1\nchecklist: {id: kinds, version: "2026.1"}\n'
    path.write_text(
        head + 'scope: {organization: qingxi-data}\nround: "2026"\nanswers:\n' + rows, "utf-8"
    )
    return workspace


def full_workspace_in_git(root: Path, lang: Lang) -> Workspace:
    """Return a workspace with findings, evidence and a repository."""
    return full_workspace(root, lang, repository=True)


# What dialogs are asked of the app, with what they gave in `driver.results`.


def a_form(driver: QuickDriver) -> None:
    """Ask for three lines, one of them a file, and a text for which there is a proposal."""
    lines = (FormField("a", "A"), FormField("b", "B", "file"), FormField("c", "C"))
    form = InputForm(
        "T",
        (*lines, FormField("d", "D", "text")),
        find_no_errors,
        {"d": PROPOSED_NOTE},
        "P",
        ("x",),
    )
    driver.app.dialogs.ask_form(form, None, driver.results.append)


def a_table(driver: QuickDriver) -> None:
    """Show a table of three rows; the profile knows another one."""
    item = driver.workspace.read_checklist("kinds").items()["KND-09"]
    assert isinstance(item, Table)
    draft = DraftKey("2026", "kinds", "KND-09", "value")
    answer = Answer(value=[ROW, ROW, ROW])
    known = [{"carrier": "示例移动"}]
    driver.app.dialogs.ask_table_rows(item, answer, draft, driver.results.append, known)


def a_list(driver: QuickDriver) -> None:
    """Show three rows to take one of."""
    rows = [ListRow(letter, letter) for letter in "abc"]
    driver.app.dialogs.pick_row("T", lambda _words: rows, driver.results.append)


def a_tick_list(driver: QuickDriver) -> None:
    """Show three rows to tick."""
    rows = [ListRow(letter, letter) for letter in "abc"]
    driver.app.dialogs.tick_rows("T", lambda _words: rows, driver.results.append)


def a_question(driver: QuickDriver) -> None:
    """Ask to confirm a long text."""
    text = "\n".join(map(str, range(99)))
    driver.app.dialogs.ask_confirmation("T", text, lambda: driver.results.append("yes"))


def two_sides(driver: QuickDriver) -> None:
    """Show two long sides."""
    sides = [TextPair("P", LONG, LONG)]
    driver.app.dialogs.choose_side("T", ("A", "B"), sides, driver.results.append, both=True)


def a_failed_save(driver: QuickDriver) -> None:
    """Show that an answer is not on disk."""
    driver.app.push_screen(
        SaveErrorScreen("KND-01", WriteError("full", "room")), driver.results.append
    )


STAGES: dict[Scope, Stage] = {
    "overview": Stage(proposed),
    "walk": Stage(proposed, ("enter", "g", *"01", "enter")),
    "proposals": Stage(proposed, ("l",)),
    "review": Stage(full, ("r",)),
    "problems": Stage(wrong),
    "form": Stage(make_workspace, ask=a_form, person="wang-min"),
    "table": Stage(make_workspace, ask=a_table, person="wang-min"),
    "help": Stage(make_workspace, ("enter", "f1"), person="wang-min"),
    "picker": Stage(make_workspace, ask=a_list, person="wang-min"),
    "ticks": Stage(make_workspace, ask=a_tick_list, person="wang-min"),
    "save_error": Stage(make_workspace, ask=a_failed_save, person="wang-min"),
    "confirm": Stage(make_workspace, ask=a_question, person="wang-min"),
    "sides": Stage(make_workspace, ask=two_sides, person="wang-min"),
    "evidence": Stage(full_workspace_in_git, ("v",)),
    "board": Stage(full_workspace_in_git, ("z",)),
    "finish": Stage(full_workspace_in_git, ("p",)),
    "profile": Stage(full_workspace_in_git, ("i",)),
    "history": Stage(versioned, ("enter", "g", *"01", "enter", "h")),
    "conflicts": Stage(conflicting, ("x",), person="wang-min"),
}
