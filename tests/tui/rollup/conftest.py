"""The office that the tests of these screens are about; it is made once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from rollup_units import copy_office_at_fixed_time
from samples import Samples


@pytest.fixture
def root(tmp_path: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office that took in the files of five units, on a fixed day."""
    return copy_office_at_fixed_time(tmp_path / "place", samples, monkeypatch)
