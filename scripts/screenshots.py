"""Make the pictures of the terminal interface in docs/images/ from the real app on the demo.

Run it by `./run screenshots`; the same demo gives the same pictures.
"""

from __future__ import annotations

import asyncio
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from rich.cells import cell_len

from assess.i18n import LANGS, Lang
from assess.tui.app import AssessApp
from assess.tui.first import FirstApp
from assess.tui.settings import Settings
from assess.workspace import SheetName, Workspace

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 9, 31, tzinfo=timezone(timedelta(hours=8)))
SIZE = (80, 24)

FINDING = ("g", *"acc-05", "enter")
"""Goes to an item that is partly met."""

PICTURES: tuple[tuple[str, bool, Sequence[str]], ...] = (
    ("overview", False, ()),
    ("walk", True, FINDING),
    ("note", True, (*FINDING, "a")),
    ("remediation", True, (*FINDING, "m")),
    ("help", True, ("f1",)),
    ("evidence", False, ("v",)),
    ("board", False, ("z",)),
    ("profile", False, ("i", "down")),
    ("facts", False, ("i", "down", "enter", "3", "ctrl+s")),
    ("finish", False, ("p",)),
    ("settings", False, ("s",)),
)
"""Name, whether it opens on the first sheet, and the keys pressed before the picture is taken."""

_WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_TEXT = re.compile(r'textLength="[\d.]+"([^>]*)>([^<]*)<')
_CELL = 12.2
"""Width of a cell in Rich's SVG, in its units."""


def tidy(svg: str) -> str:
    """Return a picture that names no web font and gives Han characters their two cells.

    Rich stretches a text to as many cells as it has characters, which squeezes Chinese.
    """

    def stretched(match: re.Match[str]) -> str:
        length = round(cell_len(html.unescape(match[2])) * _CELL, 1)
        return f'textLength="{length}"{match[1]}>{match[2]}<'

    svg = _TEXT.sub(stretched, _WEB_FONT.sub("", svg))
    return svg.replace("Fira Code", "Noto Sans Mono CJK SC")


async def picture(here: Workspace, lang: Lang, name: str, sheet: bool, keys: Sequence[str]) -> None:
    """Write one picture."""
    round_id = here.newest_open_round()
    start: SheetName | None = here.sheets(round_id)[0] if sheet else None
    person = next(iter(here.config().people), None)
    app = AssessApp(here, round_id, person, TODAY, lambda: NOW, lang, start)
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
        await pilot.pause()
        svg = app.export_screenshot(title="assess")
    (FOLDER / f"tui-{name}-{lang}.svg").write_text(tidy(svg), encoding="utf-8")


async def first_picture(lang: Lang) -> None:
    """Write the picture of the first start, which has no workspace."""

    def make(folder: Path, unit: str, person: str) -> Workspace:
        raise NotImplementedError

    app = FirstApp(Path("/home/wang/self-check"), make, lang, Settings(), fine=False)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        svg = app.export_screenshot(title="assess")
    (FOLDER / f"tui-first-{lang}.svg").write_text(tidy(svg), encoding="utf-8")


def main() -> int:
    """Make the demo, then all pictures in both languages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "demo"
        subprocess.run([sys.executable, "-m", "assess", "demo", str(root)], check=True)
        for lang in LANGS:
            asyncio.run(first_picture(lang))
            for name, sheet, keys in PICTURES:
                asyncio.run(picture(Workspace(root, lang), lang, name, sheet, keys))
    return 0


if __name__ == "__main__":
    sys.exit(main())
