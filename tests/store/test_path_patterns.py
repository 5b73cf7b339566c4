"""How the patterns of the table of files are read."""

from __future__ import annotations

import pytest

from assess.store import file_types


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("answers/**/*.yaml", "answers/2026/oa/a.yaml", True),
        ("answers/**/*.yaml", "answers/2026/oa/a.txt", False),
        ("a?.[xy]", "ab.x", True),
        ("a?.[xy]", "ab.z", False),
    ],
)
def test_patterns(pattern: str, path: str, *, fits: bool) -> None:
    """Two stars pass folders, one star stays in its folder, brackets list signs."""
    file_types._compile_path_pattern.cache_clear()  # read again under coverage
    assert (file_types._compile_path_pattern(pattern).fullmatch(path) is not None) is fits
