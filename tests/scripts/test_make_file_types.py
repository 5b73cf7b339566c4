"""Tests of docs/workspace-files.md: it is what the table in the code says."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from assess.i18n import LANGS

ROOT = Path(__file__).resolve().parents[2]


@cache
def script() -> ModuleType:
    """Return the script as a module."""
    path = ROOT / "scripts" / "make_file_types.py"
    spec = importlib.util.spec_from_file_location("make_file_types", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", LANGS)
def test_pages_are_up_to_date(lang: str) -> None:
    """Run scripts/make_file_types.py after a change of the table or of a format number."""
    made = script()
    assert made.FILES[lang].read_text("utf-8") == made.page(lang)
    assert made.main(["--check"]) == 0
