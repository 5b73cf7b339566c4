"""How the work is done with the keys of this version of the program.

A version that needs fewer keys changes a method here; the work itself (`work.py`) stays as it is.
Only keys that the footer or the help names are used, and only what an officer knows: titles of
evidence, not its ids.
"""

from __future__ import annotations

from collections import Counter

from assess.model.item import Conformity, Ratio
from tui.year.seat import Seat
from tui.year.work import DUE, OWNER, UNIT, ItemWork

RATIO = "40"
"""Part and whole of every ratio."""


class Strategy:
    """The shortest way through the screens for each kind of work."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.planned = 0
        """The number of remediations that were planned."""
        self.items: Counter[str] = Counter()
        """The items of each kind of work."""

    async def do_item(self, task: ItemWork) -> None:
        """Answer one item; the walk is at it, and afterwards at the next."""
        again = " again" if task.case == "unmet" and self.planned else ""
        self.seat.work = kind_of_work(task) + again
        self.items[self.seat.work] += 1
        await {"same": self.repeat, "changed": self.change, "unmet": self.report}[task.case](task)

    async def repeat(self, task: ItemWork) -> None:
        """Answer as last year: `l` takes what is proposed, `1` gives a result found anew."""
        if task.note or task.piece:
            await self.seat.press("l")
            if not task.item.each_round:
                return
        await self.answer_best(task)

    async def change(self, task: ItemWork) -> None:
        """Answer otherwise than last year, with a new note."""
        await self.write_note(task.note)
        await self.answer_best(task)

    async def report(self, task: ItemWork) -> None:
        """Answer that the item is not met, with reason, evidence and remediation."""
        await self.seat.press("3")
        await self.seat.write(task.note)
        await self.seat.press("ctrl+s", "e")
        await self.seat.write(task.file)
        await self.seat.press("ctrl+s")
        await self.plan(task)
        await self.seat.press("n")

    async def write_note(self, note: str) -> None:
        """Write the note of the item."""
        await self.seat.press("a")
        await self.seat.write(note)
        await self.seat.press("ctrl+s")

    async def answer_best(self, task: ItemWork) -> None:
        """Give the best answer of the item's kind; the walk goes on to the next item."""
        is_ratio = isinstance(task.item, Ratio)
        await self.seat.press("enter" if is_ratio else "1")
        if is_ratio:
            await self.seat.write(RATIO)
            await self.seat.press("enter")
            await self.seat.write(RATIO)
            await self.seat.press("ctrl+s")

    async def plan(self, task: ItemWork) -> None:
        """Plan the remediation of the item."""
        await self.seat.press("m")
        await self.fill_in_plan(task)

    async def fill_in_plan(self, task: ItemWork) -> None:
        """Fill in the open form of a remediation: F7 puts in the remedy, and who and when last."""
        await self.seat.press("f7")
        if not self.planned:
            for value in (UNIT, OWNER):
                await self.seat.press("tab")
                await self.seat.write(value)
            await self.seat.press("tab")
            await self.seat.write(DUE.strftime("%Y%m%d"))
        await self.seat.press("ctrl+s")
        self.planned += 1

    async def open_first_gap(self) -> None:
        """Go from the overview to the first finding without a remediation that Finish lists."""
        await self.seat.press("p")
        while not any(
            line.startswith("> ") and "未填整改" in line
            for line in self.seat.driver.screen.splitlines()
        ):
            await self.seat.press("down")
        await self.seat.press("enter", "m")

    async def go_to_next_gap(self) -> None:
        """Go from a gap of Finish that was just filled to the next of its kind, to its form.

        The plan that fills one leads to the next.
        """
        await self.seat.press("m")


def kind_of_work(task: ItemWork) -> str:
    """Return the name under which the keys of an item are counted; `anew`: its result is new."""
    if task.case != "same":
        return task.case
    kind = "" if isinstance(task.item, Conformity) else f" {type(task.item).__name__.lower()}"
    anew = " anew" if task.item.each_round and (task.note or task.piece) else ""
    return f"same{kind}{' note' if task.note else ''}{' evidence' if task.piece else ''}{anew}"
