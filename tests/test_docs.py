"""The developers' documentation names what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
MADE_UP = {"scale.py"}
"""Files of the example in docs/adding-a-kind.md."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_a_page_names_exist(page: Path) -> None:
    """Each Python file in code marks is a file of the project, by the end of its path."""
    named = set(re.findall(r"`([a-z_0-9/]+\.py)`", page.read_text("utf-8")))
    files = [
        f"/{path.relative_to(ROOT).as_posix()}"
        for folder in ("src", "scripts", "tests")
        for path in (ROOT / folder).rglob("*.py")
    ]
    gone = {name for name in named if not any(file.endswith(f"/{name}") for file in files)}
    assert {name for name in gone if Path(name).name not in MADE_UP} == set()
