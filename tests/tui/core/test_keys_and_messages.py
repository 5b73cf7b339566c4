"""No key takes anybody unawares, and no message covers the keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.display.text.styled import join_lines_without_styles
from assess.i18n import Lang
from assess.tui.dialogs.help import help_lines
from tui.driver import driving
from tui.full_workspace import driving_full_workspace, full_workspace


async def test_no_key_of_the_overview_changes_the_language(tmp_path: Path) -> None:
    """Ctrl+L draws again, as in every terminal."""
    async with driving(tmp_path / "w", "zh", start=None) as driver:
        before = driver.screen
        await driver.press("ctrl+l")
        assert driver.screen == before


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize(("lang", "keys"), [("zh", "? 帮助  q 退出"), ("en", "? help  q quit")])
async def test_a_message_stands_above_the_keys(
    tmp_path: Path, lang: Lang, keys: str, size: tuple[int, int]
) -> None:
    """Also one of two lines: the last line of the screen is that of the keys."""
    async with driving(tmp_path / "w", lang, size=size) as driver:
        await driver.press("8")
        assert driver.app.screen.query_one("#foot").size.height == 2
        await driver.press("ctrl+c")
        message = driver.foot
        assert "Ctrl+C" in message
        assert driver.screen.splitlines()[-1].endswith(keys)
        await driver.press("down")
        assert driver.foot.endswith(keys)


async def test_a_message_in_a_form_leaves_its_keys(tmp_path: Path) -> None:
    """`Ctrl+S save` stays in sight; the next message takes the place of the last."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("a")
        driver.app.screen.show_message("first")  # type: ignore[attr-defined]  # a dialog
        await driver.settle()
        assert "first" in driver.screen
        assert "Ctrl+S save" in driver.screen
        driver.app.screen.show_message("")  # type: ignore[attr-defined]  # a dialog
        await driver.settle()
        assert "first" not in driver.screen
        assert "Ctrl+S save" in driver.screen


async def test_a_digit_leads_on_where_all_fields_are_choices(tmp_path: Path) -> None:
    """In the settings `1 1 2 2` fills four fields; Up goes back; Ctrl+S stays what saves."""
    async with driving(tmp_path / "w", start=None) as driver:
        await driver.press("s", "2", "2", "1", "2")
        assert driver.app.focused is not None
        assert driver.app.focused.id == "field-ascii_marks"
        await driver.press("up", "up", "1", "ctrl+s")
        assert driver.app.theme == "assess-dark-high"


async def test_roles_are_one_field_of_ticks(tmp_path: Path) -> None:
    """Digits tick, Space at the cursor too; nothing says yes with one digit and no with another."""
    async with driving_full_workspace(tmp_path / "w", "i", "zh") as driver:
        await driver.press("down")
        for _step in range(60):
            if re.search("^> +王敏", driver.screen, re.MULTILINE):
                break
            await driver.press("down")
        await driver.press("enter", "tab")
        assert "1 [x] 填报" in driver.screen
        await driver.press("1", "2", "right", "space", "ctrl+s")
        person = driver.workspace.read_config().people["wang-min"]
        assert person.roles == ("reviewer", "leader")


def test_the_legend_has_the_marks_of_the_screen() -> None:
    """Where the terminal draws finer marks, the help explains these, in their colours."""
    lines = help_lines("walk", "en", 80)
    signs = {part.fine: part.style for line in lines for part in line if part.fine}
    assert {sign.strip() for sign in signs} == {"✓", "◐", "✗", "–", "·", "◌", "!"}
    assert signs[next(sign for sign in signs if "✗" in sign)] == "bad"
    assert "v         met or answered" in join_lines_without_styles(lines)


async def test_a_dialog_is_as_large_as_its_content(tmp_path: Path) -> None:
    """At 160×50 a list of five rows and a confirmation leave the screen behind in sight."""
    async with driving(tmp_path / "w", size=(160, 50)) as driver:
        await driver.press("f")
        boxed = [line for line in driver.screen.splitlines() if line.lstrip().startswith("|")]
        assert len(boxed) < 48
        await driver.press("escape", "escape", "w")
        assert driver.app.screen.query_one(".box").size.height < 12


async def test_a_short_date_is_written_whole(tmp_path: Path) -> None:
    """In a remediation `+30` is thirty days from today; in a date of the past `3-1` is the last."""
    workspace = full_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("g", *"KND-01", "enter", "m", "tab", "tab", "tab")
        await driver.press(*["backspace"] * 10, *"+30", "ctrl+s")
        plan = driver.on_disk("KND-01").remediation
        assert plan is not None
        assert str(plan.due) == "2026-07-01"
        await driver.press("g", *"KND-05", "enter", *"12-31", "ctrl+s")
        assert driver.on_disk("KND-05").value == "2025-12-31"


@pytest.mark.parametrize("typed", ["02", "2", "knd02", "ｋｎｄ－０２"])
async def test_go_to_ignores_signs_case_and_width(tmp_path: Path, typed: str) -> None:
    """`2`, `knd02` and full-width letters lead to KND-02."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("g", *typed, "enter")
        assert driver.item == "KND-02"


async def test_the_palette_takes_initials_of_pinyin(tmp_path: Path) -> None:
    """`cx` finds 撤销 in the list of commands, as it finds items in the search."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("ctrl+p", *"cx")
        assert "撤销" in driver.screen
