"""A checklist full of markup, escapes, bidi and zero-width signs: shown, never obeyed."""

from __future__ import annotations

import shutil
import unicodedata
from itertools import product
from pathlib import Path

import pytest

from assess.i18n import LANGS, Lang
from assess.workspace import SheetName, Workspace
from examples import some_always
from tui.driver import Driver, driving
from tui.sample import NOW, make_workspace

HOSTILE = Path(__file__).parent / "data" / "hostile" / "hostile.yaml"
SHEET = SheetName("plain")
SIZES = ((80, 24), (60, 20), (200, 60))
NOTE = "[@click=app.exit]末条[/]\x1b]52;c;ZXZpbA==\x07\u202e"


def hostile(root: Path, lang: Lang) -> Workspace:
    """Return a workspace in which every text is hostile."""
    workspace = make_workspace(root, lang)
    shutil.copy(HOSTILE, root / "checklists" / "plain.yaml")
    row, _row = workspace.register_paper_evidence("\x1b[31m3 柜", title=NOTE, by=None, now=NOW)
    plan = {"action": NOTE, "owner": NOTE, "due": "2026-05-01", "state": "planned"}
    answer = {"status": "unmet", "note": NOTE, "evidence": {row: "order"}, "remediation": plan}
    workspace.open_sheet(SHEET, "2026").write_answer(
        "PLN-01", answer, by="wang-min", now=NOW, lang="zh"
    )
    return workspace


def harmless(driver: Driver) -> None:
    """Hold that nothing on the screen is obeyed: no control, no hidden sign, no link, no action."""
    strips = driver.app.screen._compositor.render_strips()
    for strip in strips:
        for text, style, control in strip:
            assert not control
            hidden = [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Zl")]
            assert hidden == []
            assert style is None or (style.link is None and "@click" not in style.meta)


@pytest.mark.parametrize(
    ("lang", "size"),
    some_always(product(LANGS, SIZES), ("zh", (80, 24)), ("en", (60, 20))),
)
async def test_every_screen_shows_and_obeys_nothing(
    tmp_path: Path, lang: Lang, size: tuple[int, int]
) -> None:
    """Overview, walk, clauses, forms, lists, history, review: harmless, the markup to be read."""
    workspace = hostile(tmp_path / "w", lang)
    async with driving(tmp_path / "w", lang, start=None, workspace=workspace, size=size) as driver:
        harmless(driver)
        await driver.press("down", "enter")
        harmless(driver)
        assert "[@click" in driver.screen
        for keys in (
            ["pagedown"],
            ["y"],
            ["escape", "a"],
            ["escape", "e"],
            ["escape", "m"],
            ["escape", "c"],
            ["escape", "/", "l", "i"],
            ["escape", "f"],
            ["escape", "d"],
            ["escape", "tab"],
            ["escape", "h"],
            ["escape", "escape", "r"],
        ):
            await driver.press(*keys)
            harmless(driver)
        assert driver.app.is_running


async def test_escapes_are_seen(tmp_path: Path) -> None:
    """What would be obeyed stands there to be read."""
    workspace = hostile(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, start=SHEET, size=(200, 60)) as driver:
        for shown in (r"\u001b]8;;http://evil.example", r"\u2067", r"\u009b31m", r"\ufeff"):
            assert shown in driver.screen
