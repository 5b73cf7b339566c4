"""Files of the evidence register."""

from __future__ import annotations

import pytest

from assess.model.evidence import EvidenceFile


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("2026/shot-abababab.png", "2026/shot.png"),
        ("2026/old.png", "2026/old.png"),
        ("2026/a-abababab-abababab.png", "2026/a-abababab.png"),
        ("2026/shot-12345678.png", "2026/shot-12345678.png"),
    ],
)
def test_a_plain_path_has_no_hash(path: str, plain: str) -> None:
    """Only the digits of its own hash go, and only once; old names stay."""
    assert EvidenceFile(path=path, sha256="ab" * 32, size=1).path_without_hash == plain
