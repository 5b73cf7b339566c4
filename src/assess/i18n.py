"""Interface texts in Chinese and English, through gettext catalogues.

Message ids are English; `locale/zh` holds the Chinese. The language is an argument everywhere; only
`language_from_environment` reads the locale, for the command line's start.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Lang = Literal["zh", "en"]
"""A language of the interface, the checklists and the reports."""

LANGS: tuple[Lang, ...] = ("zh", "en")

Translator = Callable[[str], str]


@cache
def translator(lang: Lang) -> Translator:
    """Return the function that puts an English message id into `lang`."""
    if lang == "en":
        return str
    folder = Path(__file__).parent / "locale"
    known = gettext.translation("assess", folder, [lang], fallback=True).gettext
    # To gettext the empty text names the head of the catalogue.
    return lambda message: known(message) if message else ""


def N_(message: str) -> str:  # noqa: N802  # the name gettext tools look for
    """Mark a message for translation later."""
    return message


def language_from_environment(environ: Mapping[str, str]) -> Lang:
    """Return the language of the locale: Chinese for zh_*, also where none is set; else English."""
    for name in ("ASSESS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh"
