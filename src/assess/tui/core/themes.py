"""The themes: each text has a contrast of at least 4.5:1 (a test computes it).

The colours are close to the sixteen colours of a plain terminal, so that they stay distinct there.
"""

from __future__ import annotations

from textual.theme import Theme


def _make_theme(
    name: str, *, dark: bool, paper: str, chosen: str, ink: str, quiet: str, signs: str
) -> Theme:
    """Return a theme; `signs` are the colours of label, good, warning and bad.

    `chosen` is the ground of the result that stands.
    """
    label, good, warn, bad = signs.split()
    return Theme(
        name=name,
        dark=dark,
        primary=label,
        secondary=label,
        accent=label,
        foreground=ink,
        background=paper,
        surface=paper,
        panel=paper,
        success=good,
        warning=warn,
        error=bad,
        variables={
            "chosen": chosen,
            "text": ink,
            "text-muted": quiet,
            "text-disabled": quiet,
            "text-accent": label,
            "text-primary": label,
            "text-success": good,
            "text-warning": warn,
            "text-error": bad,
            "input-selection-background": label,
            "input-selection-foreground": paper,
            "input-cursor-background": ink,
            "input-cursor-foreground": paper,
            "scrollbar": quiet,
            "scrollbar-background": paper,
            "scrollbar-corner-color": paper,
            "border": ink,
        },
    )


THEMES: tuple[Theme, ...] = (
    _make_theme(
        "assess-dark",
        dark=True,
        paper="#101418",
        chosen="#2b3036",
        ink="#e4e4e4",
        quiet="#a8a8a8",
        signs="#7fc8ff #87e787 #ffd75f #ff8f8f",
    ),
    _make_theme(
        "assess-light",
        dark=False,
        paper="#fbfbf8",
        chosen="#e0e0da",
        ink="#1c1c1c",
        quiet="#585858",
        signs="#003c8f #00480f #6e2a00 #a00018",
    ),
    _make_theme(
        "assess-dark-high",
        dark=True,
        paper="#000000",
        chosen="#202020",
        ink="#ffffff",
        quiet="#d0d0d0",
        signs="#5fffff #5fff5f #ffff5f #ff8f8f",
    ),
    _make_theme(
        "assess-light-high",
        dark=False,
        paper="#ffffff",
        chosen="#dedede",
        ink="#000000",
        quiet="#1c1c1c",
        signs="#00007f #004000 #5a2000 #7f0000",
    ),
)
