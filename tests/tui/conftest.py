"""All tests of the terminal interface run with the loop guarded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.loop_guard import Guard, install


@pytest.fixture(autouse=True)
def _guarded_loop(tmp_path: Path) -> Iterator[None]:
    install()
    Guard.folder = str(tmp_path)
    yield
    Guard.folder = ""
