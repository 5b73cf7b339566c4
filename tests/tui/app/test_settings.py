"""Settings: kept per user, taken at once; and who acts."""

from __future__ import annotations

import json
from pathlib import Path

from assess.tui.app.settings import (
    InterfaceSettings,
    SettingsFile,
    list_existing_recent_workspaces,
    settings_with_acting_person,
    settings_with_opened_workspace,
)
from tui.driver import driving
from tui.full_workspace import full_workspace


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    """What was written is read again, its folder made."""
    path = tmp_path / "config" / "settings.json"
    values = InterfaceSettings(
        "zh",
        "light",
        high_contrast=True,
        ascii_marks=True,
        outline_hidden=True,
        people={"/w": "li"},
        opened=("/w",),
    )
    SettingsFile(path, values).write_file()
    assert SettingsFile.load(path).values == values


def test_a_workspace_in_a_folder_whose_name_is_no_text_is_remembered(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 come back as they were."""
    path = tmp_path / "settings.json"
    settings = settings_with_opened_workspace(InterfaceSettings(), tmp_path / "\udcd6\udcd0")
    SettingsFile(path, settings).write_file()
    assert SettingsFile.load(path).values == settings


def test_bad_settings_are_as_if_not_there(tmp_path: Path) -> None:
    """A file that is missing, no JSON, or holds other things, never stops the program."""
    path = tmp_path / "settings.json"
    assert SettingsFile.load(path).values == InterfaceSettings()
    for text in (
        "{",
        "[]",
        '{"lang": "fr", "theme": 3, "people": [], "opened": 3, "ascii_marks": "yes"}',
    ):
        path.write_text(text)
        assert SettingsFile.load(path).values == InterfaceSettings()


def test_a_disk_that_refuses_is_passed_over(tmp_path: Path) -> None:
    """Settings that can't be written are no reason to fail."""
    (tmp_path / "file").write_text("x")
    SettingsFile(tmp_path / "file" / "settings.json").write_file()
    SettingsFile(None).write_file()


def test_a_person_is_remembered_by_workspace(tmp_path: Path) -> None:
    """One workspace's person does not touch another's; None forgets."""
    settings = settings_with_acting_person(
        settings_with_acting_person(InterfaceSettings(), tmp_path / "a", "li"),
        tmp_path / "b",
        "wang",
    )
    assert settings_with_acting_person(settings, tmp_path / "a", None).people == {
        str(tmp_path / "b"): "wang"
    }


def test_workspaces_are_remembered_the_last_one_first(tmp_path: Path) -> None:
    """One that is opened again comes first, once; one that is gone is not offered."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "assess.yaml").write_text("")
    settings = InterfaceSettings()
    for name in ("a", "gone", "b", "a"):
        settings = settings_with_opened_workspace(settings, tmp_path / name)
    assert settings.opened == tuple(str(tmp_path / name) for name in ("a", "b", "gone"))
    assert list_existing_recent_workspaces(settings) == [tmp_path / "a", tmp_path / "b"]


async def test_language_and_theme_change_at_once(tmp_path: Path) -> None:
    """`s` asks; the screen speaks the other language, in the other theme, and it is kept."""
    async with driving(tmp_path / "w", start=None) as driver:
        driver.app.preferences.settings = SettingsFile(tmp_path / "settings.json")
        await driver.press("s", "1", "2", "1", "1", "ctrl+s")
        assert "检查表" in driver.screen
        assert driver.app.theme == "assess-light-high"
        assert not driver.app.preferences.draws_fine_marks
        stored = json.loads((tmp_path / "settings.json").read_text("utf-8"))
        assert (stored["lang"], stored["theme"], stored["ascii_marks"]) == ("zh", "light", True)
        await driver.press("，", "escape")
        assert "检查表" in driver.screen


async def test_finer_marks_only_where_the_terminal_draws_them(tmp_path: Path) -> None:
    """Marks and borders change together, and their widths stay."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("down", "up")
        plain = driver.screen
        driver.app.preferences._can_be_fine = True
        driver.app.preferences.apply_theme()
        await driver.press("down", "up")
        fine = driver.screen
        assert "│" in fine
        assert "│" not in plain
        assert "·" in fine
        for plain_line, other in zip(plain.splitlines(), fine.splitlines(), strict=True):
            assert len(plain_line) == len(other)
        await driver.press("s", "tab", "tab", "tab", "1", "ctrl+s")
        assert "│" not in driver.screen


async def test_who_acts_is_chosen_and_remembered(tmp_path: Path) -> None:
    """`w` lists the people, whom git means first; the head shows who it is, answers bear it."""
    workspace = full_workspace(tmp_path / "w", "en", repository=True)
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        driver.app.preferences.settings = SettingsFile(tmp_path / "settings.json")
        await driver.press("w")
        assert "王敏  fills in  (as git has it)" in driver.screen
        await driver.press(*"李健", "enter")
        assert "李健" in driver.head
        stored = json.loads((tmp_path / "settings.json").read_text("utf-8"))
        assert stored["people"] == {str((tmp_path / "w").resolve()): "li-jian"}
        await driver.press("enter")
        assert "李健" in driver.head
        await driver.press("a", "x", "ctrl+s")
        assert driver.on_disk(driver.item).by == "li-jian"
        await driver.press("=", *"nobody", "enter")
        assert driver.app.session.person is None
