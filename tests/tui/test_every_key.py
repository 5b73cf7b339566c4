"""Every key of every screen, in both languages, at 80×24 and 60×20: each is seen to do its work.

`./run test` presses one key of each command in one language and size, the first, second … key and
the Chinese and full-width forms in turn; `./run test --all` presses all of them.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from assess.display.text.input_method import equivalent_keys
from assess.i18n import LANGS, Lang
from assess.tui.commands.registry import OFFICE_SCOPES, Scope, ScreenCommand, list_commands
from examples import is_thorough, some_always
from tui.keys.stage import QuickDriver, on_stage, own_files, seen
from tui.keys.stages import STAGES
from tui.keys.table import WAYS
from tui.keys.ways import Way, arranged

SCOPES: tuple[Scope, ...] = tuple(scope for scope in get_args(Scope) if scope not in OFFICE_SCOPES)
"""The screens of a workspace; those of an office are in tests/tui/rollup/."""
SIZES = ((80, 24), (60, 20))
CHINESE, ENGLISH = ("zh", (80, 24)), ("en", (60, 20))
QUICK = [(scope, *(ENGLISH if index % 2 else CHINESE)) for index, scope in enumerate(SCOPES)]
"""The language and size in which the keys of a screen are pressed in every run."""


@pytest.mark.parametrize("scope", SCOPES)
def test_each_command_says_what_it_does(scope: Scope) -> None:
    """A command without an effect here is one that no test presses."""
    assert set(WAYS[scope]) == {command.id for command in list_commands(scope)}


def pressed(scope: Scope, lang: Lang, size: tuple[int, int]) -> list[tuple[str, str]]:
    """Return the keys with their commands; their Chinese and full-width forms once."""
    wide = (lang, size) == CHINESE
    keys = [
        (command.id, key)
        for index, command in enumerate(list_commands(scope))
        for key in keys_of(command, index)
    ]
    return [
        (command, form)
        for index, (command, key) in enumerate(keys)
        for form in (forms_of(key, index) if wide else (key,))
    ]


def keys_of(command: ScreenCommand, index: int) -> tuple[str, ...]:
    """Return all keys of a command; of the command with this index one, where only some count."""
    keys = tuple(command.keys)
    return keys if is_thorough() or not keys else (keys[index % len(keys)],)


def forms_of(key: str, index: int) -> tuple[str, ...]:
    """Return all forms of a key; of the key with this index one, where only some are pressed."""
    forms = tuple(equivalent_keys(key))
    return forms if is_thorough() else (forms[index % len(forms)],)


async def tried(driver: QuickDriver, way: Way, key: str) -> str:
    """Press a key where it can do its work; return '' or what stands there instead."""
    await arranged(driver, way)
    was = seen(driver)
    await driver.press(key)
    ascii_key = next((ascii_form for ascii_form in was_keys(key)), key)
    return "" if way.check(driver, was, ascii_key) else driver.screen


def was_keys(key: str) -> list[str]:
    """Return the ASCII key that a full-width digit stands for."""
    return [chr(ord(key) - 0xFEE0)] if len(key) == 1 and "！" <= key <= "～" else []


@pytest.mark.parametrize(
    ("scope", "lang", "size"), some_always(product(SCOPES, LANGS, SIZES), *QUICK)
)
async def test_every_key_does_its_work(
    tmp_path: Path, scope: Scope, lang: Lang, size: tuple[int, int]
) -> None:
    """Each key of a screen brings about what its command is for."""
    failed: list[str] = []
    left = pressed(scope, lang, size)
    round_ = 0
    while left:
        round_ += 1
        root = tmp_path / str(round_)
        async with on_stage(root, STAGES[scope], lang, size) as driver:
            files = own_files(driver.workspace.root)
            while left and driver.app.is_running:
                command, key = left.pop(0)
                await driver.open(files)
                screen = await tried(driver, WAYS[scope][command], key)
                failed += [f"{command} by {key}:\n{screen}"] if screen else []
    assert not failed, f"{len(failed)} failed\n" + "\n".join(failed)
