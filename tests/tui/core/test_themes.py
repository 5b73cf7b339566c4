"""Themes: every text is readable on its background, in full colour and in sixteen."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from rich.terminal_theme import MONOKAI, TerminalTheme
from textual.theme import Theme
from textual.widget import Widget

from assess.tui.app.settings import InterfaceSettings, SettingsFile
from assess.tui.core.themes import THEMES
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
    """Return the styles of all texts on a screen, by widget and part."""
    by_name = {}
    for widget in screen.walk_children(Widget):
        name = f"{type(widget).__name__}#{widget.id}.{' '.join(widget.classes)}"
        by_name[name] = widget.rich_style
        if isinstance(widget, LinesView):
            for part in widget.COMPONENT_CLASSES:
                by_name[f"{name} {part}"] = widget.rich_style + widget.get_component_rich_style(
                    part, partial=True
                )
    return by_name


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: settings.theme_name)
async def test_every_text_has_enough_contrast(tmp_path: Path, settings: InterfaceSettings) -> None:
    """Walk, overview, forms, lists: 4.5:1; in sixteen colours 3, with high contrast 4.5."""
    in_sixteen = ENOUGH if settings.high_contrast else 3
    async with driving(tmp_path / "w", start=None) as driver:
        driver.app.preferences.settings = SettingsFile(None, settings)
        driver.app.preferences.apply_theme()
        for keys in ((), ("enter",), ("3",), ("ctrl+s", "m"), ("ctrl+s", "f9")):
            await driver.press(*keys)
            for name, style in styles(driver.app.screen).items():
                assert contrast(style) >= ENOUGH, name
                assert contrast(style, VGA, sixteen=True) >= in_sixteen, name


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
