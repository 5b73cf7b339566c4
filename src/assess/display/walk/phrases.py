"""Texts for a note: the last notes of the section, and phrases made from the item; pure.

A phrase is a clause of what counts as the result, the head of what a check step tells to write
down, or the sentence about a sample that a step takes. `__` stands where a figure is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from assess.china_time import count_seconds_since_1970
from assess.engine.kinds.statuses import allowed_statuses, status_criterion_text
from assess.engine.punctuation import colon_sign
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import Item
from assess.model.results import Result

_LAST_NOTES = 3
"""Maximum number of earlier notes."""

_CLAUSES: Final[dict[Lang, re.Pattern[str]]] = {
    "zh": re.compile(r"[；。]"),
    "en": re.compile(r"[;.](?:\s|$)"),
}
_LEADING: Final = re.compile(r"^(?:或者?|以及|or|and)\s*")
"""The word before the second of several cases."""
_REST: Final = re.compile(r"其余情形|other case")
"""A case that names nothing that could be written down."""
_WRITTEN_DOWN: Final[dict[Lang, re.Pattern[str]]] = {
    "zh": re.compile(r"记下(?![的来])([^，；。、：（）]{3,24}(?:、[^，；。、：（）]{1,24}){0,3})"),
    "en": re.compile(r"\b(?:note|noting) ([^.,;:()]{3,60})"),
}
_SAMPLE: Final[dict[Lang, re.Pattern[str]]] = {
    "zh": re.compile(r"[抽看挑选]\D{0,3}\d+ ?([台个人名份条项笔处次])"),
    "en": re.compile(r"\b(?:sample|pick|choose|take|look at|any) \d+ ([a-z]+)", re.IGNORECASE),
}


def list_recent_notes(answers: Iterable[Answer]) -> list[str]:
    """Return the notes that were written last, the newest first, each text once."""
    noted = [answer for answer in answers if answer.has_note]
    noted.sort(
        key=lambda answer: count_seconds_since_1970(answer.at) if answer.at else 0, reverse=True
    )
    texts = dict.fromkeys((answer.note or "").strip() for answer in noted)
    return list(texts)[:_LAST_NOTES]


def list_phrases_of_item(item: Item, result: Result | None, lang: Lang) -> list[str]:
    """Return the phrases of an item for a result, each once; without one those of all results."""
    texts = [*_clauses_of_verdict(item, result, lang)]
    for step in item.check:
        texts += _phrases_of_check_step(pick_text(step, lang), lang)
    return list(dict.fromkeys(texts))


def _clauses_of_verdict(item: Item, result: Result | None, lang: Lang) -> Iterator[str]:
    for status in allowed_statuses(item):
        if result in (None, status):
            for clause in _CLAUSES[lang].split(status_criterion_text(item.verdict, status, lang)):
                text = _LEADING.sub("", clause.strip())
                if text and not _REST.search(text):
                    yield text


def _phrases_of_check_step(step: str, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    for sample in _SAMPLE[lang].finditer(step):
        yield _("{unit}: __ sampled, __ of them fail").format(unit=sample[1])
    for written in _WRITTEN_DOWN[lang].finditer(step):
        yield written[1].strip() + colon_sign(lang)
