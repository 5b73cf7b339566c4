"""The value of an answer: its faults, degree, result and text.

Each kind of answer has a module with these functions. The functions here call those of the item's
kind.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from assess.engine.kinds.kind import FORM_FAULT, CheckContext
from assess.engine.kinds.registry import answer_kind
from assess.engine.kinds.value_rules import VALUE_RULES
from assess.engine.kinds.wording import translate_code
from assess.engine.rulebook import rule_message_and_hint
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.checklist import Scoring
from assess.model.item import Item
from assess.model.results import Result
from assess.problem import TreePath

_ZERO, _ONE = Fraction(0), Fraction(1)


class ValueProblem(NamedTuple):
    """One thing wrong with a value; `path` leads into the value, the texts are ready to show."""

    code: str
    message: str
    hint: str = ""
    path: TreePath = ()


def check_value(item: Item, raw: Any, today: date, lang: Lang) -> tuple[ValueProblem, ...]:
    """Return all that is wrong with a value as the answer to an item; empty where it is fine."""
    problems = []
    for code, words, path, near in answer_kind(item).check(item, raw, CheckContext(today, lang)):
        texts = {"form": expected_value_format_text(item, lang)} if code == FORM_FAULT else words
        message, hint = rule_message_and_hint(VALUE_RULES[code], lang, texts, near)
        problems.append(ValueProblem(code, message, hint, path))
    return tuple(problems)


def check_value_naming_cells(
    item: Item, raw: Any, today: date, lang: Lang
) -> tuple[ValueProblem, ...]:
    """Return the same, where a problem of a table begins with its row, from 1, and its column."""
    return tuple(
        problem._replace(
            message=answer_kind(item).place_words(item, problem.path, lang) + problem.message
        )
        for problem in check_value(item, raw, today, lang)
    )


def expected_value_format_text(item: Item, lang: Lang) -> str:
    """Return what a value of the item has to look like."""
    return translator(lang)(answer_kind(item).form).format()


def is_answered_by_status_only(item: Item) -> bool:
    """Return whether the item is answered by a status and never by a value."""
    return answer_kind(item).by_status


def can_answers_have_degree(item: Item) -> bool:
    """Return whether answers to the item have a degree at all."""
    return answer_kind(item).scores(item)


def answer_degree(item: Item, answer: Answer, scoring: Scoring) -> Fraction | None:
    """Return how far the answer meets the requirement, exactly, from 0 to 1.

    None where nothing readable was answered, for `not_applicable`, and for items without degree.
    """
    if answer.status == "not_applicable" or not can_answers_have_degree(item):
        return None
    exact = answer_kind(item).degree(item, answer, scoring)
    if exact is None or 0 <= exact.numerator <= exact.denominator:  # cheaper than comparing
        return exact
    return _ZERO if exact.numerator < 0 else _ONE


def answer_result(item: Item, answer: Answer, scoring: Scoring) -> Result | None:
    """Return the result of an answer; None where nothing readable was answered.

    An item that is answered by a status has it as its result; else degree 1 is met, 0 unmet,
    between partial. Readable values of items without degree are `answered`.
    """
    if answer.status == "not_applicable":
        return "not_applicable"
    if is_answered_by_status_only(item):
        return answer.status
    if not can_answers_have_degree(item):
        return "answered" if answer_kind(item).is_readable(item, answer.value) else None
    share = answer_degree(item, answer, scoring)
    if share is None:
        return None
    if share in (0, 1):
        return "met" if share else "unmet"
    return "partial"


def answer_text(item: Item, answer: Answer, lang: Lang) -> str:
    """Return the answer as text in `lang`; '' if nothing was answered.

    An unreadable value is returned as it is written in the file. Each row of a table is a line.
    """
    if answer.status is not None:
        return translate_code(answer.status, lang)
    if answer.value is None:
        return ""
    return answer_kind(item).value_text(item, answer.value, lang)


def parse_value_or_return_text(item: Item, text: str) -> Any:
    """Return the value that a file holds for a typed text.

    Full-width digits and signs count as their narrow forms. A text of another form is
    returned unchanged; `check_value` then returns its fault.
    """
    return answer_kind(item).parse(item, text)
