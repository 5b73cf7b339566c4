from __future__ import annotations

from pathlib import Path

import make_catalogue_pages
import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_pages_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """The committed pages are what the script makes of the library; else run the script."""
    assert make_catalogue_pages.main(["--check"]) == 0, capsys.readouterr().out
