"""Files that units handed in, for the tests of those who check them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hand_ins import closed_demo, forge, hand_in_of
from samples import Samples


@pytest.fixture
def folder(tmp_path: Path, samples: Samples) -> Path:
    """Six files: of a unit that is not listed, forged, a second time, and damaged."""
    honest = hand_in_of(samples.copy(closed_demo, tmp_path / "qingxi-data"))
    made = tmp_path / "in"
    made.mkdir()
    files = (honest, forge(honest, claims={"closing": 3}), honest, b"PK\3\4a", b"PK\3\4b", b"x")
    for number, data in enumerate(files):
        (made / f"{number}.zip").write_bytes(data)
    return made
