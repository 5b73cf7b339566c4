"""Every key of the screens of a roll-up does what its command is for; and how they look."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from assess.display.text.input_method import equivalent_keys
from assess.i18n import Lang
from assess.tui.commands.paste_hint import paste_refused_text
from assess.tui.commands.registry import OFFICE_SCOPES, Scope, list_commands
from assess.tui.rollup.screen import RollUpScreen
from tui import snapshots
from tui.rollup.office import OfficeDriver, showing

Sight = tuple[str, int, int, str]
"""The name of the screen on top, the row and column in focus, and the first line."""


class Way(NamedTuple):
    """What a key must bring about, and the keys that come before it."""

    check: Callable[[Sight, Sight], bool]
    before: tuple[str, ...] = ()


def sight(driver: OfficeDriver) -> Sight:
    """Return where one is."""
    top = driver.app.screen
    if not isinstance(top, RollUpScreen):
        return type(top).__name__, 0, 0, driver.head
    return type(top).__name__, top.grid.place.row, top.grid.place.column, driver.head


def opens(name: str) -> Callable[[Sight, Sight], bool]:
    """Return whether another screen is on top."""
    return lambda _was, now: now[0] == name


def moves(rows: int, columns: int) -> Callable[[Sight, Sight], bool]:
    """Return whether the focus went into a direction."""

    def is_moved(was: Sight, now: Sight) -> bool:
        down, right = now[1] - was[1], now[2] - was[2]
        return now[0] == was[0] and down * rows >= rows * rows and right == columns

    return is_moved


def stays(was: Sight, now: Sight) -> bool:
    """Return whether all is as before."""
    return was == now


def shows_another_table(was: Sight, now: Sight) -> bool:
    """Return whether a table is on top, with another title."""
    return now[0] == "RollUpTableScreen" and now[3] != was[3]


LIST = opens("PickerScreen")
COMMON: Mapping[str, Way] = {
    "previous_row": Way(moves(-1, 0), ("down",)),
    "next_row": Way(moves(1, 0)),
    "page_up": Way(moves(-1, 0), ("end",)),
    "page_down": Way(moves(1, 0)),
    "first_row": Way(moves(-1, 0), ("down",)),
    "last_row": Way(moves(1, 0)),
    "column_left": Way(moves(0, -1), ("right",)),
    "column_right": Way(moves(0, 1)),
    "show_sheet": Way(shows_another_table),
    "search": Way(LIST),
    "palette": Way(LIST),
    "redraw": Way(stays),
    "help": Way(opens("HelpScreen")),
}
BACK: Mapping[str, Way] = {
    "show_units": Way(opens("UnitsScreen")),
    "leave": Way(opens("UnitsScreen")),
    "step_back": Way(opens("UnitsScreen")),
}
WAYS: Mapping[Scope, Mapping[str, Way]] = {
    "rollup": {
        **COMMON,
        "open_unit": Way(opens("FindingsScreen")),
        "pick_table": Way(LIST),
        "reread": Way(stays),
        "leave": Way(lambda _was, now: now[0] == "Screen"),
    },
    "rollup_unit": {**COMMON, **BACK, "read_row": Way(opens("ReadingScreen"))},
    "rollup_table": {
        **COMMON,
        **BACK,
        "open_row": Way(opens("FindingsScreen")),
        "next_table": Way(shows_another_table),
        "previous_table": Way(shows_another_table),
        "pick_table": Way(LIST),
    },
}
STAGES: Mapping[Scope, tuple[str, ...]] = {
    "rollup": (),
    "rollup_unit": ("enter",),
    "rollup_table": ("1", "]"),
}
"""The keys that lead to each screen: the units; the problems of the first; the table of units."""


def test_each_command_is_pressed() -> None:
    """A command that is missing here is one that no test presses."""
    assert tuple(WAYS) == OFFICE_SCOPES
    for scope, ways in WAYS.items():
        assert set(ways) == {command.id for command in list_commands(scope)}


@pytest.mark.parametrize("scope", OFFICE_SCOPES)
async def test_every_key_does_its_work(root: Path, scope: Scope) -> None:
    """All keys of each command, in their Chinese and full-width forms too."""
    pressed = [
        (command.id, form)
        for command in list_commands(scope)
        if (command.id, scope) != ("leave", "rollup")  # ends the app: see below
        for key in command.keys
        for form in equivalent_keys(key)
    ]
    async with showing(root) as driver:
        for command_id, form in pressed:
            way = WAYS[scope][command_id]
            await driver.press("0", "home", *STAGES[scope], *way.before)
            was = sight(driver)
            await driver.press(form)
            assert way.check(was, sight(driver)), (command_id, form, driver.screen)
            while not isinstance(driver.app.screen, RollUpScreen):
                await driver.press("escape")


@pytest.mark.parametrize("scope", OFFICE_SCOPES)
async def test_a_paste_is_no_keys(root: Path, scope: Scope) -> None:
    """It does nothing and says so, and the next key works."""
    async with showing(root) as driver:
        await driver.press(*STAGES[scope])
        was = sight(driver)
        await driver.paste("q0\r\x1b[B")
        assert sight(driver) == was
        assert paste_refused_text(scope, "zh") in driver.screen
        await driver.press("?")
        assert sight(driver)[0] == "HelpScreen"


@pytest.mark.parametrize("key", ["q", "f10", "ctrl+q", "ctrl+c"])
async def test_the_app_ends_on_the_units(root: Path, key: str) -> None:
    """Nothing is asked: there is nothing to save."""
    async with showing(root) as driver:
        await driver.press(key)
        assert not driver.app.is_running


def mask_receipt(svg: str) -> str:
    """Return a picture without the digest in the number of a receipt, which differs by run."""
    return re.sub(r"\b(\d{8})-[0-9a-f]{8}\b", r"\1-00000000", svg)


@pytest.mark.parametrize(("lang", "size"), [("zh", (80, 24)), ("en", (60, 20))])
@pytest.mark.parametrize("scope", OFFICE_SCOPES)
async def test_each_screen_looks_as_before(
    root: Path, scope: Scope, lang: Lang, size: tuple[int, int]
) -> None:
    """A screen that looks otherwise than its kept picture was changed on purpose, or by mistake."""
    async with showing(root, lang, size) as driver:
        await driver.press(*STAGES[scope])
        svg = mask_receipt(await snapshots.taken(driver.app, driver.pilot))
        snapshots.compare(f"{scope}-{lang}-{size[0]}x{size[1]}", svg)
