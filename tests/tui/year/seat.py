"""A seat at the real app that counts the keys: a text counts one, every other key one each."""

from __future__ import annotations

from collections import Counter

from tui.driver import Driver


class Seat:
    """Presses the keys of an officer and counts them."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.counts: Counter[str] = Counter()
        """The keys of each kind of work."""
        self.work = ""
        """The kind of work that is being done."""

    @property
    def total(self) -> int:
        """The number of keys."""
        return self.counts.total()

    async def press(self, *keys: str) -> None:
        """Press keys; each counts one."""
        self.counts[self.work] += len(keys)
        await self.driver.press(*keys)

    async def write(self, text: str) -> None:
        """Write a text into the field that has the focus; it counts one, however long it is."""
        self.counts[self.work] += 1
        await self.driver.paste(text)
