"""What goes before the terminal interface: whether it can be drawn, and in which language."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from assess.cli.common.context import LANG, _
from assess.errors import EnvironmentLacksError
from assess.i18n import Lang

if TYPE_CHECKING:
    from assess.tui.core.terminal_probe import TerminalAnswer


def refuse_unusable_terminal(without_terminal: str) -> None:
    """Refuse a terminal on which the interface can't be drawn.

    `without_terminal` are the commands that do without one. The message about the locale is ASCII.

    Raises:
        EnvironmentLacksError: there is no terminal; it is `dumb`; its locale is not UTF-8.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise EnvironmentLacksError(_("this command needs a terminal"), without_terminal)
    if os.environ.get("TERM", "dumb") == "dumb":
        raise EnvironmentLacksError(
            _("TERM=dumb can't draw the interface"), "export TERM=xterm-256color"
        )
    if sys.stdout.encoding.lower().replace("-", "") != "utf8":
        raise EnvironmentLacksError("the terminal's locale is not UTF-8", "export LC_ALL=C.UTF-8")


def probe_terminal_signs(ascii_only: bool) -> TerminalAnswer:
    """Return whether the terminal draws finer marks, and the keys that were typed meanwhile."""
    from assess.tui.core.terminal_probe import TerminalAnswer, probe_terminal  # noqa: PLC0415  # textual is imported only here

    if ascii_only or _locale_name_from_environment() in _BARE:
        return TerminalAnswer(fine=False)
    return probe_terminal(sys.stdin.fileno(), sys.stdout.fileno(), os.environ["TERM"])


def choose_interface_language(chosen: Lang | None) -> Lang:
    """Return the language of the interface: ASSESS_LANG, the user's choice, or the locale's.

    The bare Linux console can't draw Chinese characters, so its language is English.
    """
    if os.environ.get("ASSESS_LANG"):
        return LANG
    return "en" if os.environ.get("TERM") == "linux" else chosen or LANG


_BARE = ("C", "POSIX")
"""Locales that guarantee only ASCII."""


def _locale_name_from_environment() -> str:
    """Return the locale for texts; '' where none is set."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((value for name in names if (value := os.environ.get(name))), "")


def explain_english_interface(lang: Lang, chosen: Lang | None, way_to_chinese: str) -> str:
    """Return why the interface is in English without the user's choice; '' in other cases.

    `way_to_chinese` is what to press or type for Chinese; it is ASCII.
    """
    if lang != "en" or os.environ.get("ASSESS_LANG"):
        return ""
    if os.environ.get("TERM") == "linux" and "zh" in (LANG, chosen):
        return "English: no Chinese on this console (ASSESS_LANG=zh forces)"
    locale = _locale_name_from_environment()
    if chosen is None and locale.partition(".")[0] in _BARE:
        return f"English: locale {locale}; {way_to_chinese}: zhong wen"
    return ""
