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
PluralTranslator = Callable[[str, str, int], str]
"""Takes a message for one and a message for many, and how many there are."""


@cache
def translator(lang: Lang) -> Translator:
    """Return the function that puts an English message id into `lang`."""
    if lang == "en":
        return str
    known = _load_catalogue(lang).gettext
    # To gettext the empty text names the head of the catalogue.
    return lambda message: known(message) if message else ""


@cache
def plural_translator(lang: Lang) -> PluralTranslator:
    """Return the function that chooses the message for a number and puts it into `lang`."""
    if lang == "en":
        return lambda singular, plural, count: singular if count == 1 else plural
    return _load_catalogue(lang).ngettext


@cache
def _load_catalogue(lang: Lang) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("assess", folder, [lang], fallback=True)


def N_(message: str) -> str:  # noqa: N802  # the name gettext tools look for
    """Mark a message for translation later."""
    return message


def Nn_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802  # as N_
    """Mark a message for one and a message for many, for translation later."""
    return singular, plural


def language_from_environment(environ: Mapping[str, str]) -> Lang:
    """Return the language of the locale: Chinese for zh_*, also where none is set; else English."""
    for name in ("ASSESS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh"
