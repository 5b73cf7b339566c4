"""The signs between words, which differ by language: Chinese ones are full-width."""

from __future__ import annotations

from collections.abc import Iterable

from assess.i18n import Lang


def enumeration_comma_sign(lang: Lang) -> str:
    """Return the sign between the names of an enumeration."""
    return "、" if lang == "zh" else ", "


def clause_comma_sign(lang: Lang) -> str:
    """Return what stands between two statements of a sentence."""
    return "，" if lang == "zh" else ", "


def semicolon_sign(lang: Lang) -> str:
    """Return the sign between statements that follow each other."""
    return "；" if lang == "zh" else "; "


def colon_sign(lang: Lang) -> str:
    """Return the sign between a name and the statement about it."""
    return "：" if lang == "zh" else ": "


def format_bracketed_remark(text: str, lang: Lang) -> str:
    """Return a remark as it follows what it is about; '' where there is none."""
    if not text:
        return ""
    return f"（{text}）" if lang == "zh" else f" ({text})"


def join_sentences(sentences: Iterable[str], lang: Lang) -> str:
    """Return sentences as one paragraph; '' among them are left out."""
    return ("" if lang == "zh" else " ").join(filter(None, sentences))
