"""`n` after an answer does not pass the open item to which the answer led."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.i18n import Lang
from tui.driver import driving
from tui.walk.test_gaps import findings, go_to_row


@pytest.mark.parametrize("key", ["n", "enter"])
@pytest.mark.parametrize(("lang", "words"), [("zh", "本项未填，再按 n 跳过"), ("en", "n skips it")])
async def test_next_after_an_answer_stays_at_the_open_item(
    tmp_path: Path, lang: Lang, words: str, key: str
) -> None:
    """`1` has gone on already: `n` stays and says so, the second `n` goes on; so does Enter."""
    async with driving(tmp_path / "w", lang) as driver:
        await driver.press("1", key)
        assert driver.item == "KND-02"
        assert words in driver.foot
        await driver.press("n")
        assert driver.item == "KND-03"
        await driver.press("n")
        assert driver.item == "KND-04"


async def test_next_after_an_answered_item_goes_on_at_once(tmp_path: Path) -> None:
    """The item to which the answer led was answered, and `b` and `n` were pressed by choice."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("1", "1", "b", "b", "n")
        assert driver.item == "KND-03"


async def test_next_after_a_plan_stays_at_the_next_gap(tmp_path: Path) -> None:
    """The saved plan has gone to the next finding already: one `n` too many does not pass it."""
    workspace = findings(tmp_path / "w", "zh")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=None) as driver:
        await driver.press("p")
        await go_to_row(driver, "未填整改")
        await driver.press("m", *"加策略", "ctrl+s", "n")
        assert driver.item == "KND-02"
        assert "再按 n 跳过" in driver.foot


@pytest.mark.parametrize("way", [("n",), ("p", "n")])
async def test_next_from_another_screen_is_not_pressed_twice(
    tmp_path: Path, way: tuple[str, ...]
) -> None:
    """`n` on the overview or in Finish led to the item: one more `n` stays and says so."""
    async with driving(tmp_path / "w", "zh", start=None) as driver:
        await driver.press(*way, "n")
        assert driver.item == "KND-01"
        assert "再按 n 跳过" in driver.foot
        await driver.press("n")
        assert driver.item == "KND-02"
