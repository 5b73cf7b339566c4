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


async def test_a_dialog_is_as_large_as_its_content(tmp_path: Path) -> None:
    """On a wide screen a short list leaves the screen behind it in sight on both sides."""
    async with driving(tmp_path / "w", start=None, size=(120, 40)) as driver:
        await driver.press("w")
        rows = driver.screen.splitlines()
        top = next(number for number, row in enumerate(rows) if "+- Who sits here?" in row)
        frame = rows[top][rows[top].index("+-") : rows[top].rindex("-+") + 2]
        assert len(frame) < 60
        assert len([row for row in rows if row.count("|") >= 2]) < 16


async def test_commands_stand_in_three_columns(tmp_path: Path) -> None:
    """Label, keys and explanation begin at the same cell in each row, also while one types."""
    async with driving(tmp_path / "w", start=None) as driver:
        await driver.press("ctrl+p")
        rows = driver.screen.splitlines()
        finish, review = (next(row for row in rows if words in row) for words in ("p >", "r Ctrl"))
        assert finish.index("p >") == review.index("r Ctrl")
        await driver.press(*"help")
        assert driver.screen.splitlines()[2].index("? F1") == finish.index("p >")


async def test_messages_stand_above_the_keys(tmp_path: Path) -> None:
    """A message has an edge, and the keys stay where they are."""
    async with driving(tmp_path / "w", start=None) as driver:
        keys = driver.screen.splitlines()[-1]
        await driver.press("ctrl+d")
        *_above, message, below = driver.screen.splitlines()
        assert message.startswith("| no draft")
        assert below == keys
