"""Pictures of screens kept beside the tests, with pinned fonts; a picture that differs fails.

`ASSESS_SNAPSHOTS=update` writes them instead. A picture that differs is written beside the kept
one as `NAME.new.svg`, to be looked at.
"""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot

FOLDER = Path(__file__).parent / "snapshots"

_WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_ID = re.compile(r"terminal-\d+")
_COMMIT = re.compile(r"\b[0-9a-f]{10}\b")
"""Commits differ from run to run."""
_TEXT = re.compile(r'<text[^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
_FONT = "Noto Sans Mono CJK SC"


async def taken(app: App[None], pilot: Pilot[None]) -> str:
    """Return what stands on the screen once it changes no more; cursors don't blink."""
    for widget in app.screen.query("Input, TextArea"):
        setattr(widget, "cursor_blink", False)  # noqa: B010  # both kinds have it, Widget does not
    seen, before = "", "-"
    while seen != before:
        await pilot.pause(0.02)
        seen, before = app.export_screenshot(title="assess"), seen
    svg = _ID.sub("terminal", _WEB_FONT.sub("", seen))
    return _COMMIT.sub("0" * 10, svg).replace("Fira Code", _FONT)


def compare(name: str, svg: str) -> None:
    """Fail where a picture is not the kept one; say in which lines."""
    path, fresh = FOLDER / f"{name}.svg", FOLDER / f"{name}.new.svg"
    if os.environ.get("ASSESS_SNAPSHOTS") == "update":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(svg, "utf-8")
        fresh.unlink(missing_ok=True)
        return
    stored = path.read_text("utf-8") if path.exists() else ""
    if stored == svg:
        return
    fresh.write_text(svg, "utf-8")
    message = f"{name} looks otherwise: compare {path.name} and {fresh.name}\n"
    raise AssertionError(message + "\n".join(differing(stored, svg)))


def differing(stored: str, svg: str) -> list[str]:
    """Return the lines of text that differ, as they were and as they are."""
    before, after = lines(stored), lines(svg)
    differences = []
    for row in sorted(before.keys() | after.keys()):
        was, now = before.get(row, ""), after.get(row, "")
        differences += [f"- {was}", f"+ {now}"] if was != now else []
    return differences or ["the words are the same: colours or styles differ"]


def lines(svg: str) -> dict[float, str]:
    """Return the lines of text of a picture, by their height."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for x, y, words in _TEXT.findall(svg):
        rows.setdefault(float(y), []).append((float(x), html.unescape(words)))
    return {y: "".join(words for _x, words in sorted(parts)) for y, parts in rows.items()}
