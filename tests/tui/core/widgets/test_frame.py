"""What frames the screens: dialogs over what is below them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.driver import driving


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("key", ["m", "f1", "/"])
async def test_a_dialog_leaves_no_strip_beside_it(
    tmp_path: Path, key: str, size: tuple[int, int]
) -> None:
    """What is left of a row that is chosen below would look like a cursor at the screen's edge."""
    async with driving(tmp_path / "w", size=size) as driver:
        await driver.press(key)
        rows = driver.screen.splitlines()
        top = next(number for number, row in enumerate(rows) if row.startswith("+-"))
        assert len(rows[top]) == size[0]
        assert rows[top].endswith("-+")
        assert {row[0] + row[-1] for row in rows[top + 1 : -1]} == {"||"}
