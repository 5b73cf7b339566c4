"""The tour of the screens is what the program shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import screenshots

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.exhaustive
def test_the_tour_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """The committed pictures are what the program shows now; else `./run screenshots`."""
    assert screenshots.main(["--check"]) == 0, capsys.readouterr().out


def test_the_picture_of_the_readmes_is_up_to_date() -> None:
    """The pages of the tour, its first picture and that of the READMEs are of today."""
    files = screenshots.make_tour(["overview"])
    committed = {name: (screenshots.FOLDER / name).read_text("utf-8") for name in files}
    assert "overview-zh.svg" in committed
    assert [name for name, text in files.items() if committed[name] != text] == []


def test_a_changed_picture_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A picture that is not what the program shows is named; without `--check` it is written."""
    monkeypatch.setattr(screenshots, "make_tour", lambda: {"walk-zh.svg": "<svg/>"})
    assert screenshots.main(["--check"]) == 1
    assert "docs/tour/walk-zh.svg" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_readmes_show_pictures_of_the_tour(name: str) -> None:
    """The pictures of screens in the READMEs are there."""
    shown = re.findall(r"docs/tour/[\w./-]+", (ROOT / name).read_text("utf-8"))
    assert shown
    assert [picture for picture in shown if not (ROOT / picture).exists()] == []
