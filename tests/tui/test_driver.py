"""The driver of these tests: it waits for all that a key set going."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from tui.driver import driving

CHAIN = 5


async def test_settling_waits_for_workers_that_workers_start(tmp_path: Path) -> None:
    """Carrying answers over starts reading, which starts asking git: all of it is waited for."""
    async with driving(tmp_path / "w", start=None) as driver:
        finished: list[int] = []

        async def work(number: int) -> None:
            await asyncio.to_thread(threading.Event().wait, 0.05)
            finished.append(number)
            if number < CHAIN:
                driver.app.run_worker(work(number + 1))

        driver.app.run_worker(work(1))
        await driver.settle()
        assert finished == list(range(1, CHAIN + 1))
