"""Language marks on words of the other language, on the page and in the structure tree.

A screen reader changes its voice at such words (ISO 14289-1, 7.2), and an English page sets Chinese
punctuation as Chinese. WeasyPrint 70 writes only the language of the document into the tree.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from assess.han import HAN

_CHINESE = "zh-CN"
_OPENS = "\u2018\u201c\u3008\u300a\u300c\u300e\u3010\u3014\uff08"
_CLOSES = "\u2019\u201d\u2026\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01-\uff1f"
_RUNS = {
    # Figures and foreign words between Chinese ones belong to them.
    "en": re.compile(f"[{_OPENS}]*[{HAN}](?:[^{HAN}]{{0,30}}[{HAN}])*[{_CLOSES}]*"),
    # Names of products and abbreviations stand in Chinese sentences; three words are English.
    "zh": re.compile(r"[A-Za-z][A-Za-z’'-]+(?:[ ,.;:]+[A-Za-z][A-Za-z’'-]*){2,}[.;:!?]*"),
}
_AS_THEY_ARE = frozenset({"head", "option", "script", "style", "textarea", "title"})
"""Elements without text of the page, or with text in which no element is allowed."""
ROOTS = frozenset({"html", "body"})
"""Elements whose language is that of the page."""


def mark_words_of_other_language(element: Any, outer_lang: str | None = None) -> None:
    """Give words of the other language an element with its `lang`, where they have none.

    Args:
        element: an HTML element of an ElementTree.
        outer_lang: the language around it.
    """
    tag = str(element.tag)
    if tag in _AS_THEY_ARE or tag.startswith("{"):
        return
    lang = element.get("lang") or outer_lang
    children = list(element)
    for child in children:
        mark_words_of_other_language(child, lang)
    base = str(lang).partition("-")[0]
    if base not in _RUNS:
        return
    other = "en" if base == "zh" else _CHINESE
    runs = _RUNS[base]
    if not children and tag not in ROOTS and runs.fullmatch((element.text or "").strip()):
        element.set("lang", other)
        return
    # From the end, so that the places before it stay.
    for at in range(len(children), 0, -1):
        child = children[at - 1]
        child.tail, spans = _split_at_foreign_words(child.tail, runs, other)
        element[at:at] = spans
    element.text, spans = _split_at_foreign_words(element.text, runs, other)
    element[0:0] = spans


def _split_at_foreign_words(
    text: str | None, runs: re.Pattern[str], lang: str
) -> tuple[str | None, list[Element]]:
    """Return the text before the first run, and an element for each run and what follows it."""
    matches = list(runs.finditer(text or ""))
    if not text or not matches:
        return text, []
    ends = [*(run.start() for run in matches[1:]), len(text)]
    spans = []
    for run, end in zip(matches, ends, strict=True):
        span = Element("span", lang=lang)
        span.text, span.tail = run[0], text[run.end() : end]
        spans.append(span)
    return text[: matches[0].start()], spans
