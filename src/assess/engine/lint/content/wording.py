"""Language, punctuation and terms of every text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from assess.engine.lint.content.tables import GlossaryTerm
from assess.engine.lint.texts import SENTENCES, LocatedText
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.han import HAN
from assess.i18n import LANGS, N_, Lang
from assess.problem import TreePath

WORDING_RULES: Final[Mapping[str, LintRule]] = {
    "untranslated": LintRule(
        N_("this text is not in its language: “{given}”"), N_("translate it"), "warning"
    ),
    "punctuation-zh": LintRule(
        N_("punctuation in the Chinese text: {given}"), N_("write {instead}"), "warning"
    ),
    "punctuation-en": LintRule(
        N_("punctuation in the English text: {given}"), N_("write {instead}"), "warning"
    ),
    "term-avoid": LintRule(
        N_("the library does not say “{given}”"), N_("write “{instead}”"), "warning"
    ),
}

_HAN = re.compile(f"[{HAN}]+")
_QUOTED = re.compile("“[^”]{0,300}”|（[^）]{0,300}）|\\([^)]{0,300}\\)")
_WORD = re.compile(r"[A-Za-z]{3,}")
_ENGLISH_RUN = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{2,}[ ,]+){3,}[A-Za-z]{2,}")
_ENGLISH_GLUE = re.compile(r"\b(?:the|of|is|are|must|with|to|by|be|has)\b")
_FEW_WORDS = 2

_CHINESE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(f"[{HAN}][,;:?!]|[,;:?!][{HAN}]"), "，；：？！"),
    (re.compile(f"[{HAN}][()]|[()][{HAN}]"), "（）"),
    (re.compile(f"[{HAN}，。][\"']|[\"'][{HAN}]"), "“”"),
    (re.compile(f"[{HAN}]\\.(?=[{HAN}]|$)"), "。"),
    (re.compile("，，|。。|、、|；；|，。|。，"), "，"),
    (re.compile(r"\.{3}|。{3}"), "……"),
)
_ENGLISH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("[，。；：？！（）、【】《》]"), ", . ; : ? ! ( )"),
    (re.compile(r"[A-Za-z]'[A-Za-z]|[a-z]s' "), "’"),
    (re.compile(r"\w [,;:?!](?= |$)"), ", ; : ? !"),
    (re.compile(r"\S  +\S"), "␣"),
    (re.compile(r"\w - \w"), ", ;"),
)
_NAME = re.compile(r"[\w,] [A-Z]$")
"""A capital within a sentence: a name, such as that of a menu, keeps its spelling."""

_ENDS = {"zh": ("。", "？", "！", "：", "”", "）"), "en": (".", "?", "!", ":", "”", ")")}
_LAST = {"zh": "。", "en": "."}


def lint_wording(
    out: ProblemCollector, located_texts: Iterable[LocatedText], glossary: tuple[GlossaryTerm, ...]
) -> None:
    """Note texts in the wrong language, punctuation and terms, language by language."""
    for place in located_texts:
        for lang in LANGS:
            words = getattr(place.text, lang)
            if words:
                path = (*place.path, lang)
                _lint_text_in_wrong_language(out, lang, words, path)
                _lint_punctuation(out, lang, words, path)
                _lint_ending_punctuation(out, lang, words, place.part, path)
                _lint_terms_to_avoid(out, lang, words, path, glossary)


def _lint_text_in_wrong_language(
    out: ProblemCollector, lang: Lang, words: str, path: TreePath
) -> None:
    """Note texts in the wrong language, except quotations, and commands in a Chinese text."""
    foreign = None
    if lang == "en":
        foreign = _HAN.search(_QUOTED.sub("", words))
    elif not _HAN.search(words) and len(_WORD.findall(words)) >= _FEW_WORDS:
        foreign = re.match(".*", words)
    else:
        runs = _ENGLISH_RUN.finditer(words)
        foreign = next((run for run in runs if _ENGLISH_GLUE.search(run.group())), None)
    if foreign is not None:
        out.add_broken_rule("untranslated", path, given=foreign.group())


def _lint_punctuation(out: ProblemCollector, lang: Lang, words: str, path: TreePath) -> None:
    for pattern, instead in _CHINESE if lang == "zh" else _ENGLISH:
        match = pattern.search(words)
        if match is not None:
            out.add_broken_rule(
                f"punctuation-{lang}", path, given=f"“{match.group()}”", instead=instead
            )


def _lint_ending_punctuation(
    out: ProblemCollector, lang: Lang, words: str, part: str, path: TreePath
) -> None:
    if part in SENTENCES and not words.endswith(_ENDS[lang]):
        out.add_broken_rule(
            f"punctuation-{lang}", path, given=f"“{words[-6:]}”", instead=_LAST[lang]
        )
    elif part == "title" and words.endswith(_LAST[lang]):
        out.add_broken_rule(
            f"punctuation-{lang}", path, given=f"“{words[-6:]}”", instead=words[-6:-1]
        )


def _lint_terms_to_avoid(
    out: ProblemCollector,
    lang: Lang,
    words: str,
    path: TreePath,
    glossary: tuple[GlossaryTerm, ...],
) -> None:
    pattern, instead = _compile_terms_to_avoid(glossary, lang)
    for match in pattern.finditer(words) if pattern else ():
        term = match.group()
        if not _NAME.match(words[max(0, match.start() - 2) : match.start() + 1]):
            out.add_broken_rule("term-avoid", path, given=term, instead=instead[term.lower()])


@lru_cache(maxsize=8)
def _compile_terms_to_avoid(
    glossary: tuple[GlossaryTerm, ...], lang: Lang
) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Return what finds the terms to avoid in a language, and the term to use for each."""
    instead = {
        bad.lower(): term.use for term in glossary if term.lang == lang for bad in term.avoid
    }
    edge = r"\b" if lang == "en" else ""
    either = "|".join(re.escape(bad) for bad in sorted(instead, key=len, reverse=True))
    return (re.compile(f"{edge}(?:{either}){edge}", re.IGNORECASE) if instead else None), instead
