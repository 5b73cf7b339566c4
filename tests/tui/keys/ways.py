"""What each command must be seen to do; said without words of either language where possible."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import NamedTuple

from assess.i18n import plural_translator, translator
from assess.model.answer import Answer
from tui.keys.stage import QuickDriver, Seen, own_files, seen

Check = Callable[[QuickDriver, Seen, str], bool]
"""Whether what a key was to do is there: the driver, what stood there before, the key."""


class Way(NamedTuple):
    """How a command is tried: the keys before it, and what must be true after it."""

    check: Check
    before: tuple[str, ...] = ()
    arrange: Callable[[QuickDriver], None] | None = None


def opens(*screens: str) -> Check:
    """Another screen is on top, of one of these classes."""
    return lambda driver, was, _key: (
        driver.top is not was.top and type(driver.top).__name__ in screens
    )


def stays(driver: QuickDriver, was: Seen, _key: str) -> bool:
    """The same screen is on top: nothing else is to be seen of a screen that is drawn again."""
    return driver.top is was.top


def toggles(name: str) -> Check:
    """The screen has a class that it did not have."""
    return lambda driver, _was, _key: driver.top.has_class(name)


def steps(name: str, by: int) -> Check:
    """A number that says where one is has grown, or become less."""

    def check(driver: QuickDriver, was: Seen, _key: str) -> bool:
        return bool((seen(driver).state[name] - was.state[name]) * by > 0)

    return check


def scrolls(view: str, by: int) -> Check:
    """A view has been scrolled down, or up."""

    def check(driver: QuickDriver, was: Seen, _key: str) -> bool:
        before, now = was.state["scroll"][view], seen(driver).state["scroll"][view]
        return bool((now - before) * by > 0)

    return check


def differs(*names: str) -> Check:
    """Something that the screen holds is another, or was read anew."""

    def check(driver: QuickDriver, was: Seen, _key: str) -> bool:
        now = seen(driver).state
        return driver.top is was.top and all(
            now[name] != was.state[name]
            if isinstance(now[name], dict)
            else now[name] is not was.state[name]
            for name in names
        )

    return check


def changed(name: str) -> Check:
    """Something that the screen holds has another value."""
    return lambda driver, was, _key: seen(driver).state[name] != was.state[name]


def says(message: str) -> Check:
    """The footer says this message in the language of the screen; of one thing, if it counts."""

    def check(driver: QuickDriver, _was: Seen, _key: str) -> bool:
        words = translator(driver.lang)(message)
        if words == message:
            words = plural_translator(driver.lang)(message, message, 1)
        fixed_parts = re.split(r"\{\w+\}", words)
        return all(part in driver.foot for part in fixed_parts)

    return check


def gives(*values: object) -> Check:
    """A dialog is gone and gave one of these."""

    def check(driver: QuickDriver, was: Seen, _key: str) -> bool:
        results = driver.results
        return driver.top is not was.top and len(results) == 1 and results[0] in values

    return check


def ends(driver: QuickDriver, _was: Seen, _key: str) -> bool:
    """Whether the program has ended."""
    return not driver.app.is_running


def written(item: str, holds: Callable[[Answer], bool]) -> Check:
    """Something was written, and an answer on disk is so now."""

    def check(driver: QuickDriver, was: Seen, _key: str) -> bool:
        return own_files(driver.workspace.root) != was.files and holds(driver.on_disk(item))

    return check


def each(checks: dict[str, Check], rest: Check) -> Check:
    """Each key has its own effect, all others the same."""
    return lambda driver, was, key: checks.get(key, rest)(driver, was, key)


def by_width(usual: Check, narrow: Check) -> Check:
    """A narrow terminal has another effect than a usual one."""
    return lambda driver, was, key: (
        narrow(driver, was, key) if driver.top.has_class("-narrow") else usual(driver, was, key)
    )


def every(*checks: Check) -> Check:
    """All of several effects."""
    return lambda driver, was, key: all(check(driver, was, key) for check in checks)


async def arranged(driver: QuickDriver, way: Way) -> None:
    """Bring about what a command needs to do something."""
    if way.arrange is not None:
        await asyncio.to_thread(way.arrange, driver)
    await driver.press(*way.before)
