"""How the patterns of the table of files are read."""

from __future__ import annotations

import pytest

from assess.store.file_types import find_file_type


@pytest.mark.parametrize(
    ("path", "type_id"),
    [
        ("evidence/2026/oa/a.png", "evidence"),
        ("answers/2026/a.yaml", "sheet"),
        ("answers/2026/oa/a.yaml", None),
        ("answers/2026/a.txt", None),
        ("answers/2026/.a.yaml.4711-0a1b2c3d.tmp", "temporary"),
        ("answers/2026/.a.yaml.x711-0a1b2c3d.tmp", None),
        ("answers/2026/.a.yaml.4711-0a1b2c3.tmp", None),
    ],
)
def test_patterns(path: str, type_id: str | None) -> None:
    """Two stars pass folders, one stays in its own; `?` is any sign, brackets list signs."""
    row = find_file_type(path)
    assert (row.id if row is not None else None) == type_id
