"""Ratio: answered by a part and a whole.

The degree is part ÷ whole, or that of the first step that fits; below all steps it is 0.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from assess.engine.kinds.kind import (
    AnswerKind,
    CheckContext,
    ValueFault,
    ValueFaults,
    always_has_degree,
    malformed_value_fault,
)
from assess.engine.kinds.lint_parts import lint_step_bounds_and_degrees
from assess.engine.kinds.operand import Operand
from assess.engine.kinds.reading import (
    degree_of_matching_step,
    read_counts,
    read_share,
)
from assess.engine.kinds.typed_text import (
    COUNTING_UNITS,
    convert_full_width_to_ascii,
    parse_number_or_keep_text,
)
from assess.engine.kinds.wording import format_value_without_exponent
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_, Lang
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.checklist import Scoring
from assess.model.item import Ratio
from assess.model.results import format_score
from assess.problem import TreePath


def _check_part_and_whole(_item: Ratio, raw: Any, _context: CheckContext) -> ValueFaults:
    counts = read_counts(raw)
    if counts is None:
        yield malformed_value_fault()
        return
    words = counts._asdict()
    if min(counts) < 0:
        yield ValueFault("ratio-negative", words)
    elif counts.whole == 0:
        yield ValueFault("ratio-whole-zero", words, ("whole",))
    elif counts.part > counts.whole:
        yield ValueFault("ratio-part-over-whole", words, ("part",))


def _step_degree_or_share(item: Ratio, answer: Answer, _scoring: Scoring) -> Fraction | None:
    share, steps = read_share(answer.value), item.ratio.steps
    return degree_of_matching_step(steps, share) if steps and share is not None else share


def _ratio_and_percent_text(_item: Ratio, raw: Any, _lang: Lang) -> str:
    share = read_share(raw)
    return (
        format_value_without_exponent(raw)
        if share is None
        else f"{raw['part']}/{raw['whole']} ({format_score(share * 100)}%)"
    )


def _parse_ratio_or_return_text(_item: Ratio, text: str) -> Any:
    """Return both counts; words for what was counted may follow each."""
    part, _slash, whole = convert_full_width_to_ascii(text).partition("/")
    counts = [parse_number_or_keep_text(count, COUNTING_UNITS) for count in (part, whole)]
    if not all(isinstance(count, int) for count in counts):
        return text
    return dict(zip(("part", "whole"), counts, strict=True))


def _lint_ratio_steps(out: ProblemCollector, item: Ratio, path: TreePath) -> None:
    lint_step_bounds_and_degrees(out, item.ratio.steps, (*path, "ratio", "steps"))


def _read_part(raw: Any) -> Decimal | None:
    counts = read_counts(raw)
    return None if counts is None else Decimal(counts.part)


def _read_whole(raw: Any) -> Decimal | None:
    counts = read_counts(raw)
    return None if counts is None else Decimal(counts.whole)


def _list_part_and_whole_operands(item: Ratio) -> tuple[Operand, ...]:
    return (
        Operand("number", _read_part, "part", partial(pick_text, item.ratio.part)),
        Operand("number", _read_whole, "whole", partial(pick_text, item.ratio.whole)),
    )


KIND = AnswerKind[Ratio](
    form=N_("part and whole, two whole numbers, as 23/25; in YAML {{part: 23, whole: 25}}"),
    rule_fields=("ratio",),
    check=_check_part_and_whole,
    scores=always_has_degree,
    degree=_step_degree_or_share,
    value_text=_ratio_and_percent_text,
    public_text=_ratio_and_percent_text,
    parse=_parse_ratio_or_return_text,
    lint=_lint_ratio_steps,
    list_operands=_list_part_and_whole_operands,
    value_rules={
        "ratio-negative": LintRule(N_("{part} of {whole}: counts are never below 0")),
        "ratio-whole-zero": LintRule(
            N_("the whole is 0, so there is no ratio"),
            N_("answer not_applicable and say why, or correct the whole"),
        ),
        "ratio-part-over-whole": LintRule(
            N_("the part ({part}) is more than the whole ({whole})"), N_("correct one of the two")
        ),
    },
)
