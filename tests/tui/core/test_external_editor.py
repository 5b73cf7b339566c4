"""Which words start the user's editor: no shell, the line where the editor knows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import EnvironmentLacksError
from assess.tui.core.external_editor import editor_command

FILE = Path("/w/assess.yaml")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is on the PATH, with two editors."""
    for name in ("nano", "odd"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"EDITOR": "nano"}, ["nano", "+7", "/w/assess.yaml"]),
        ({"EDITOR": "nano -w", "VISUAL": " "}, ["nano", "-w", "+7", "/w/assess.yaml"]),
        ({"EDITOR": "nano", "VISUAL": "odd '; rm -rf x'"}, ["odd", "; rm -rf x", "/w/assess.yaml"]),
        ({"EDITOR": "'open quote"}, ["nano", "+7", "/w/assess.yaml"]),
        ({}, ["nano", "+7", "/w/assess.yaml"]),
    ],
)
def test_the_words(programs: Path, environ: dict[str, str], words: list[str]) -> None:
    """VISUAL, EDITOR, the usual ones; signs of a shell are words like any other."""
    command = editor_command(environ, FILE, 7, "en")
    assert command == [str(programs / words[0]), *words[1:]]


@pytest.mark.parametrize("environ", [{"EDITOR": "nowhere"}, {}])
def test_none_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]
) -> None:
    """Without an editor it is said how to name one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentLacksError, match="no editor here"):
        editor_command(environ, FILE, 7, "en")
