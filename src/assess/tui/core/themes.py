"""The themes: one palette of tokens, each with one meaning on every screen.

Every text has a contrast of at least 4.5:1 on every ground that it stands on (a test computes it).
The colours are close to the sixteen colours of a plain terminal, so that they stay distinct there.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.app import App
from textual.theme import Theme


class Palette(NamedTuple):
    """The colours of a theme, by their meaning.

    Grounds: `paper` to read on, `raised` for head, foot and heads of tables, `focus` for the row or
    the field that one is in, `chosen` for ticks and the result that stands. Words: `ink` for text,
    `quiet` for hints, ids and zeros, `line` for lines between parts, `accent` for headings, keys
    and where one is, and `good`, `warn`, `bad` for results, dates and errors.
    """

    paper: str
    raised: str
    focus: str
    chosen: str
    ink: str
    quiet: str
    line: str
    accent: str
    good: str
    warn: str
    bad: str


PALETTES = {
    "assess-dark": Palette(
        *("#101418", "#1e2226", "#24435c", "#2b3036"),
        *("#e4e4e4", "#9aa4ad", "#5f6a73", "#7fc8ff", "#87e787", "#ffd75f", "#ff8f8f"),
    ),
    "assess-light": Palette(
        *("#fbfbf8", "#ebebe7", "#c9e0f5", "#e0e0da"),
        *("#1c1c1c", "#585858", "#8a8a84", "#003c8f", "#00480f", "#6e2a00", "#a00018"),
    ),
    "assess-dark-high": Palette(
        *("#000000", "#1c1c1c", "#003a66", "#303030"),
        *("#ffffff", "#d0d0d0", "#a8a8a8", "#5fffff", "#5fff5f", "#ffff5f", "#ff8f8f"),
    ),
    "assess-light-high": Palette(
        *("#ffffff", "#ececec", "#bfdcff", "#dedede"),
        *("#000000", "#1c1c1c", "#5f5f5f", "#00007f", "#004000", "#5a2000", "#7f0000"),
    ),
}
"""The palettes by the name of their theme."""

_FEW_COLOURS = ("standard", "windows")
"""The names that Rich has for sixteen colours."""


def _make_theme(name: str, palette: Palette) -> Theme:
    """Return the theme of a palette; the tokens are variables of its name."""
    return Theme(
        name=name,
        dark="dark" in name,
        primary=palette.accent,
        secondary=palette.accent,
        accent=palette.accent,
        foreground=palette.ink,
        background=palette.paper,
        surface=palette.paper,
        panel=palette.paper,
        success=palette.good,
        warning=palette.warn,
        error=palette.bad,
        variables={
            **palette._asdict(),
            "text": palette.ink,
            "text-muted": palette.quiet,
            "text-disabled": palette.quiet,
            "text-accent": palette.accent,
            "text-primary": palette.accent,
            "text-success": palette.good,
            "text-warning": palette.warn,
            "text-error": palette.bad,
            "input-selection-background": palette.accent,
            "input-selection-foreground": palette.paper,
            "input-cursor-background": palette.ink,
            "input-cursor-foreground": palette.paper,
            "scrollbar": palette.line,
            "scrollbar-background": palette.raised,
            "scrollbar-corner-color": palette.paper,
            "border": palette.line,
        },
    )


THEMES = tuple(_make_theme(name, palette) for name, palette in PALETTES.items())


def apply_theme(app: App[Any], name: str, *, fine: bool) -> None:
    """Set the theme of an app; its class `-fine` stands for finer marks and borders."""
    for theme in THEMES:
        app.register_theme(theme)
    if app.is_running:
        app.theme = name
    else:
        _set_theme_before_start(app, name)
    app.set_class(fine, "-fine")


def _set_theme_before_start(app: App[Any], name: str) -> None:
    """Set the theme without the watcher, because of which Textual would read all styles twice."""
    app.set_reactive(App.theme, name)
    app.set_class(app.current_theme.dark, "-dark-mode")
    app.set_class(not app.current_theme.dark, "-light-mode")
    app.stylesheet.set_variables(app.get_css_variables())


def set_few_colours_class(app: App[Any]) -> None:
    """Give an app the class `-few-colours` where its terminal has sixteen colours or none.

    Signs, reverse and underline stand in place of the grounds there.
    """
    few = not app.is_headless and app.console.color_system in _FEW_COLOURS
    app.set_class(app.no_color or few, "-few-colours")
