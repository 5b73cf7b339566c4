"""A paste on every screen and in every form: text where text is expected, else nothing but a word.

Bytes are sent as a terminal sends them. A new screen without a stage fails here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from textual import events
from textual.screen import Screen
from textual.widgets import Input, TextArea

from assess.i18n import Lang
from assess.tui.commands.paste_hint import paste_refused_text
from assess.tui.commands.registry import OFFICE_SCOPES, Scope, list_commands
from assess.tui.core.pasting import MOST, ParsedPaste
from assess.tui.core.terminal_input import TextPaste
from assess.tui.core.widgets.frame import AppModal, AppScreen
from assess.tui.core.widgets.pick import ChoiceWidget
from assess.tui.core.widgets.shell_screen import ShellScreen
from assess.tui.dialogs.form import FormScreen
from assess.tui.dialogs.picker import PickerScreen
from tui.driver import driving
from tui.keys.stage import QuickDriver, on_stage, own_files, seen
from tui.keys.stages import STAGES
from tui.keys.table import WAYS
from tui.keys.ways import arranged

SCOPES: tuple[Scope, ...] = tuple(scope for scope in get_args(Scope) if scope not in OFFICE_SCOPES)
"""The screens of a workspace; those of an office are in tests/tui/rollup/."""
LOG = "log\x1b[0m33 end\r\x1b[A1\t2\x03\x1bq"
LINES = "log\\u001b[0m33 end\n\\u001b[A1\t2\\u0003\\u001bq"
LINE = "log\\u001b[0m33 end \\u001b[A1 2\\u0003\\u001bq"


def screens(base: type[Screen[Any]]) -> set[type[Screen[Any]]]:
    """Return all screens that are made from one."""
    direct = set(base.__subclasses__())
    return direct.union(*map(screens, direct))


async def test_every_screen_is_of_a_scope(tmp_path: Path) -> None:
    """Each screen says which it is, and each scope has a stage: so all are tried below."""
    async with driving(tmp_path / "w"):
        shown = screens(ShellScreen) - {AppScreen, AppModal}
        without = {
            screen.__name__
            for screen in shown
            if getattr(screen, "SCOPE", None) not in get_args(Scope)
        }
    assert without <= {"RowsScreen"}, "made from only"
    assert set(STAGES) == set(SCOPES)


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.exhaustive)])
@pytest.mark.parametrize("scope", SCOPES)
async def test_every_screen_takes_a_paste_as_text(tmp_path: Path, scope: Scope, lang: Lang) -> None:
    """In a field it is text; else it does nothing, says so, and the next key works again."""
    async with on_stage(tmp_path / "w", STAGES[scope], lang, (80, 24)) as driver:
        files = own_files(driver.workspace.root)
        await driver.open(files)
        before, top = seen(driver), driver.top
        await driver.paste(LOG)
        assert own_files(driver.workspace.root) == files
        if scope == "table":
            assert type(driver.top).__name__ == "ConfirmScreen"  # a row has a fault
            await driver.press("escape")
            assert seen(driver).state == before.state
            return
        assert driver.top is top
        if scope in ("form", "picker", "ticks"):
            assert pasted_into(driver) == LINE
            return
        assert seen(driver).state == before.state
        assert paste_refused_text(scope, lang) in driver.screen
        await driver.press("down")
        assert paste_refused_text(scope, lang) not in driver.screen


def pasted_into(driver: QuickDriver) -> str:
    """Return what stands in the field in focus, and empty it."""
    field = driver.app.focused
    assert isinstance(field, Input | TextArea)
    text = field.text if isinstance(field, TextArea) else field.value
    if isinstance(field, TextArea):
        field.clear()
    else:
        field.value = ""
    return text


async def tried_in_all_fields(driver: QuickDriver, form: FormScreen) -> list[str]:
    """Paste into each field of a form; return what went wrong."""
    wrong = []
    for field in form.query("#fields Input, #fields TextArea, #fields Pick"):
        form.set_focus(field)
        await driver.settle()
        if isinstance(field, ChoiceWidget):
            was = field.value
            await driver.paste(LOG)
            same = field.value == was and driver.top is form
            wrong += [] if same else [f"{field.id}: a choice"]
            continue
        pasted_into(driver)
        await driver.paste(LOG)
        text = pasted_into(driver)
        wanted = LINES if isinstance(field, TextArea) else LINE
        wanted = "" if form._form.no_tabs else wanted
        wrong += [] if text == wanted and driver.top is form else [f"{field.id}: {text}"]
    return wrong


def answered(root: Path) -> dict[Path, bytes]:
    """Return the files of a workspace, drafts apart."""
    return {path: data for path, data in own_files(root).items() if ".assess" not in path.parts}


@pytest.mark.parametrize(
    "scope",
    [
        scope if scope == "board" else pytest.param(scope, marks=pytest.mark.exhaustive)
        for scope in SCOPES
    ],
)
async def test_every_form_takes_a_paste_as_text(tmp_path: Path, scope: Scope) -> None:
    """Whatever form or list a key of a screen opens: each of its fields, and no file changes.

    The form of a row of a table takes no cells of a spreadsheet.
    """
    wrong: list[str] = []
    async with on_stage(tmp_path / "w", STAGES[scope], "zh", (80, 24)) as driver:
        files = own_files(driver.workspace.root)
        for command in list_commands(scope):
            await driver.open(files)
            await arranged(driver, WAYS[scope][command.id])
            was = driver.top
            await driver.press(command.keys[0])
            if not driver.app.is_running:
                break
            top, now = driver.top, answered(driver.workspace.root)
            if top is was:
                continue
            if isinstance(top, FormScreen):
                failures = await tried_in_all_fields(driver, top)
            elif isinstance(top, PickerScreen):
                await driver.paste(LOG)
                failures = [] if pasted_into(driver) == LINE else ["words"]
            else:
                continue
            changed = answered(driver.workspace.root) != now
            wrong += [f"{command.id}: {failure}" for failure in [*failures, *["files"] * changed]]
    assert not wrong


async def test_a_paste_in_the_walk_answers_nothing(tmp_path: Path) -> None:
    """A log line with an escape in it: no answer, no form, and what to press is said."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.paste("log\x1b[0m33 end\n")
        assert driver.on_disk("KND-01").status is None
        assert driver.foot.strip() == "这里不能粘贴；要写情况请先按 a"
        await driver.press("1")
        assert driver.on_disk("KND-01").status == "met"
        assert "粘贴" not in driver.screen


async def test_a_note_is_stored_as_it_was_pasted(tmp_path: Path) -> None:
    """Five thousand signs with 82 escapes: complete, in their order, the escapes to be read."""
    log = "\n".join(f"\x1b[3{number % 8}m第{number}行\x1b[0m " + "x" * 105 for number in range(41))
    async with driving(tmp_path / "w") as driver:
        await driver.press("a")
        await driver.paste(log)
        await driver.press("ctrl+s")
        assert driver.on_disk("KND-01").note == log.replace("\x1b", "\\u001b")


async def test_paste_and_keys_in_one_burst(tmp_path: Path) -> None:
    """What is typed round a paste comes before and after it; Ctrl+S saves all of it."""
    async with driving(tmp_path / "w") as driver:
        await driver.send(b"a" + b"x" + b"\x1b[200~1\x1b[0m\x1b[201~" + b"y" + b"\x13")
        assert driver.on_disk("KND-01").note == "x1\\u001b[0my"


async def test_in_a_form_the_keys_come_back(tmp_path: Path) -> None:
    """What is said of a paste stands in place of the keys until the next key."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("m", "tab", "tab", "tab", "tab")
        assert isinstance(driver.app.focused, ChoiceWidget)
        keys = driver.screen.splitlines()[-2]
        await driver.paste("1")
        await driver.paste("2")
        assert "这里不能粘贴；按 Tab 到下一栏" in driver.screen
        await driver.press("left")
        assert driver.screen.splitlines()[-2] == keys


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        (ParsedPaste("第一行", "cut"), f"只收了前 {MOST} 个字"),
        (ParsedPaste("第一行", "broken"), "粘贴中断，现在按键都当作文字：请按 Esc 继续"),
        (ParsedPaste("第一行", "part"), "这是粘贴内容的末尾：请看开头是否齐全"),
    ],
)
async def test_what_did_not_come_is_said(tmp_path: Path, fate: ParsedPaste, words: str) -> None:
    """Too long a paste, or one without its end: what came is taken, and it is said."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("a")
        driver.app.post_message(TextPaste(fate))
        await driver.settle()
        assert words in driver.screen
        assert "第一行" in driver.screen


async def test_a_paste_that_broke_off_is_said_where_none_is_taken(tmp_path: Path) -> None:
    """The key that leads on is named on every screen; after it the message is gone."""
    async with driving(tmp_path / "w", "zh") as driver:
        driver.app.post_message(TextPaste(ParsedPaste("1", "broken")))
        await driver.settle()
        assert "请按 Esc 继续" in driver.screen
        driver.app.post_message(TextPaste(ParsedPaste("", "left")))
        await driver.settle()
        assert "请按 Esc 继续" not in driver.screen
        assert driver.on_disk("KND-01").status is None


async def test_where_the_driver_is_textuals_a_paste_with_controls_is_refused(
    tmp_path: Path,
) -> None:
    """Its parser has pressed a part of it already; what has none is taken as ever."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("a")
        driver.app.post_message(events.Paste("m33\x1b"))
        await driver.settle()
        assert "没有粘贴：其中有控制字符" in driver.screen
        driver.app.post_message(events.Paste("第一行"))
        await driver.settle()
        assert "第一行" in driver.screen
        assert "控制字符" not in driver.screen
        driver.app.post_message(events.Paste(""))
        await driver.settle()
        assert "第一行" in driver.screen
