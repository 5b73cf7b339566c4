"""The signs between words, which differ by language: Chinese ones are full-width."""

from __future__ import annotations

from assess.i18n import Lang


def comma_sign(lang: Lang) -> str:
    """Return what stands between names in a row."""
    return "、" if lang == "zh" else ", "


def semicolon_sign(lang: Lang) -> str:
    """Return what stands between things that are named one after the other."""
    return "；" if lang == "zh" else "; "


def colon_sign(lang: Lang) -> str:
    """Return what stands between a name and what is said of it."""
    return "：" if lang == "zh" else ": "


def append_in_brackets(text: str, lang: Lang) -> str:
    """Return a remark as it follows what it is about; '' where there is none."""
    if not text:
        return ""
    return f"（{text}）" if lang == "zh" else f" ({text})"
