"""The office that the tests of these screens are about; it is made once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from rollup_units import make_office_with_hand_ins
from samples import Samples


@pytest.fixture
def root(tmp_path: Path, samples: Samples) -> Path:
    """The folder of an office that took in the files of five units."""
    samples.copy_place(make_office_with_hand_ins, tmp_path / "place")
    return tmp_path / "place" / "office"
