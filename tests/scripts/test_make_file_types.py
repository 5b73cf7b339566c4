"""Tests of docs/workspace-files.md: it is what the table in the code says."""

from __future__ import annotations

from pathlib import Path

import make_file_types
import pytest

from assess.i18n import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lang", LANGS)
def test_pages_are_up_to_date(lang: Lang) -> None:
    """Run scripts/make_file_types.py after a change of the table or of a format number."""
    made = make_file_types
    assert made.FILES[lang].read_text("utf-8") == made.page(lang)
    assert made.main(["--check"]) == 0
