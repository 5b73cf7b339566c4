"""The tour of the screens is what the program shows."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("made", ROOT / "scripts" / "screenshots.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tour_is_up_to_date(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """The committed pictures are what the program shows now; else `./run screenshots`."""
    assert script.main(["--check"]) == 0, capsys.readouterr().out


def test_a_changed_picture_is_named(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A picture that is not what the program shows is named; without `--check` it is written."""
    monkeypatch.setattr(script, "made", lambda: {"walk-zh.svg": "<svg/>"})
    assert script.main(["--check"]) == 1
    assert "docs/tour/walk-zh.svg" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_readmes_show_pictures_of_the_tour(name: str) -> None:
    """The pictures of screens in the READMEs are there."""
    shown = re.findall(r"docs/tour/[\w./-]+", (ROOT / name).read_text("utf-8"))
    assert shown
    assert [one for one in shown if not (ROOT / one).exists()] == []
