"""Where files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess import locations


def test_paths_of_a_workspace() -> None:
    """The names of files follow the design."""
    assert locations.checklist_path("egov-network") == "checklists/egov-network.yaml"
    assert locations.round_folder_path("2026") == "answers/2026"
    assert locations.sheet_path("2026", "a@portal") == "answers/2026/a@portal.yaml"
    assert locations.evidence_path("2026/a.png") == "evidence/2026/a.png"
    assert locations.report_path("2026", "a", "full", "zh") == "reports/2026/a-full-zh.pdf"


@pytest.mark.parametrize(
    "name", ["con", "NUL", "Aux.pdf", "prn.tar.gz", "com1", "LPT9 .txt", "com²"]
)
def test_names_that_are_devices_on_windows(name: str) -> None:
    """In any case, with any suffix; a longer name is no device."""
    assert locations.is_windows_device_name(name)
    assert not locations.is_windows_device_name(f"x{name}")


def test_the_register_is_no_evidence_file() -> None:
    """Nor is a file of another folder, or of one whose name begins alike."""
    paths = ("evidence/2026/a.png", "evidence/register.yaml", "evidence2/a", "answers/a")
    assert list(map(locations.is_evidence_file, paths)) == [True, False, False, False]


def test_folders_of_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are below the home folder, or where the environment says; relative paths are ignored."""
    monkeypatch.setenv("HOME", "/home/li")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert locations.user_git_settings_folder() == Path("/home/li/.config/git")
    assert locations.user_state_folder() == Path("/home/li/.local/state/assess")
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/settings")
    assert locations.user_git_settings_folder() == Path("/settings/git")
    assert locations.user_state_folder() == Path("/state/assess")
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    assert locations.user_state_folder() == Path("/home/li/.local/state/assess")
    assert locations.user_settings_path().name == "settings.json"
