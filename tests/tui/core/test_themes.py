"""Themes: every text is readable on its background, in full colour and in sixteen."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from rich.terminal_theme import MONOKAI, TerminalTheme
from textual.theme import Theme
from textual.widget import Widget

from assess.display.text.styled import Ground, LinePart, StyleName
from assess.tui.app.settings import InterfaceSettings, SettingsFile
from assess.tui.core.themes import PALETTES, THEMES
from assess.tui.core.widgets.lines import LinesView
from tui.driver import driving

ENOUGH = 4.5
SETTINGS = [
    InterfaceSettings(theme=theme, high_contrast=high)
    for theme in ("dark", "light")
    for high in (False, True)
]
VGA = TerminalTheme(
    (0, 0, 0),
    (229, 229, 229),
    [(0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205),
     (0, 205, 205), (229, 229, 229)],
    [(127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255),
     (0, 255, 255), (255, 255, 255)],
)  # fmt: skip
"""The sixteen colours of xterm."""


def luminance(color: Color, theme: TerminalTheme = MONOKAI) -> float:
    """Return the relative luminance of a colour, after WCAG 2.1."""

    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(part, color.get_truecolor(theme))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style, theme: TerminalTheme = MONOKAI, *, sixteen: bool = False) -> float:
    """Return the contrast of a style's text with its background."""
    assert style.color is not None
    assert style.bgcolor is not None
    pair = [style.color, style.bgcolor]
    if sixteen:
        pair = [color.downgrade(ColorSystem.STANDARD) for color in pair]
    high, low = sorted((luminance(color, theme) for color in pair), reverse=True)
    return (high + 0.05) / (low + 0.05)


def styles(screen: Widget) -> dict[str, Style]:
    """Return the styles of all texts on a screen, by widget, ground and part."""
    by_name = {}
    for widget in screen.walk_children(Widget):
        name = f"{type(widget).__name__}#{widget.id}.{' '.join(widget.classes)}"
        by_name[name] = widget.rich_style
        if isinstance(widget, LinesView):
            for style, ground in product(get_args(StyleName), get_args(Ground)):
                part = LinePart("x", style, ground=ground)
                if style != "line":  # lines between parts bear no meaning
                    by_name[f"{name} {style} on {ground}"] = widget.rich_style + widget.part_style(
                        part
                    )
    return by_name


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: settings.theme_name)
async def test_every_text_has_enough_contrast(tmp_path: Path, settings: InterfaceSettings) -> None:
    """Walk, overview, forms, lists: 4.5:1; in sixteen colours 3, with high contrast 4.5.

    In sixteen colours a ground is the paper or its reverse, so only the other styles are compared.
    """
    in_sixteen = ENOUGH if settings.high_contrast else 3
    async with driving(tmp_path / "w", start=None) as driver:
        driver.app.preferences.settings = SettingsFile(None, settings)
        driver.app.preferences.apply_theme()
        for keys in ((), ("enter",), ("3",), ("ctrl+s", "m"), ("ctrl+s", "f9")):
            await driver.press(*keys)
            for name, style in styles(driver.app.screen).items():
                assert contrast(style) >= ENOUGH, name
            driver.app.add_class("-few-colours")
            await driver.settle()
            for name, style in styles(driver.app.screen).items():
                assert contrast(style, VGA, sixteen=True) >= in_sixteen, name
            driver.app.remove_class("-few-colours")
            await driver.settle()


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_is_bad_is_not_faint_in_sixteen_colours(theme: Theme) -> None:
    """What is overdue has a colour of its own there, not that of what matters least."""
    bad, quiet, ink = (
        Color.parse(str(theme.variables[name])).downgrade(ColorSystem.STANDARD).number
        for name in ("text-error", "text-muted", "text")
    )
    assert bad not in {quiet, ink}


def test_themes_differ() -> None:
    """There are a dark and a light one, each also with the highest contrast."""
    assert {theme.name for theme in THEMES} == {settings.theme_name for settings in SETTINGS}
    assert sum(theme.dark for theme in THEMES) == 2


@pytest.mark.parametrize("name", PALETTES)
def test_meters_stand_out_from_their_track(name: str) -> None:
    """What is done, and each kind of answer, is seen on the track and on the paper: 3:1."""
    palette = PALETTES[name]
    for filled, ground in product(
        (palette.accent, palette.good, palette.warn, palette.bad), (palette.paper, palette.chosen)
    ):
        assert contrast(Style(color=filled, bgcolor=ground)) >= 3


async def test_where_there_are_few_colours_signs_and_reverse_say_it(tmp_path: Path) -> None:
    """`NO_COLOR` and sixteen colours: the row one is in is reversed as a whole, the rest plain."""
    async with driving(tmp_path / "w", start=None) as driver:
        view = driver.app.screen.query_one("#sheets", LinesView)
        focus, bad = LinePart("x", "bad", ground="focus"), LinePart("x", "bad", ground="raised")
        assert not view.part_style(focus).reverse
        driver.app.add_class("-few-colours")
        await driver.settle()
        assert view.part_style(focus).reverse
        assert view.part_style(focus) == view.part_style(focus._replace(style="good"))
        assert view.part_style(LinePart("x", ground="chosen")).underline
        assert view.part_style(bad).bgcolor == view.rich_style.bgcolor


async def test_no_color_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable has the same effect as a terminal of few colours."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with driving(tmp_path / "w", start=None) as driver:
        assert driver.app.has_class("-few-colours")
