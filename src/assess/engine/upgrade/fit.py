"""Whether an item takes an answer, and what of an answer another item can take over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

import msgspec

from assess.calendar_ends import seconds_since_epoch
from assess.engine.kinds.values import (
    check_value_naming_cells,
    expected_value_format_text,
    is_answered_by_status_only,
)
from assess.engine.lint.answer import ANSWER_RULES
from assess.engine.rulebook import rule_message_and_hint
from assess.engine.taken_over import combine_sources
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import PROOFS_OF_EVERY_ITEM, Item
from assess.problem import TreePath

_MITIGATION = "mitigation-unknown"


class AnswerFault(NamedTuple):
    """One reason why an item does not take an answer; the message is ready to show."""

    code: str
    path: TreePath
    message: str


def find_answer_faults(item: Item, answer: Answer, today: date, lang: Lang) -> list[AnswerFault]:
    """Return the reasons why an item does not take an answer; empty if it does."""
    faults = []
    if answer.value is not None:
        faults += [
            AnswerFault(problem.code, problem.path, problem.message)
            for problem in check_value_naming_cells(item, answer.value, today, lang)
        ]
    elif answer.status not in (None, "not_applicable") and not is_answered_by_status_only(item):
        form = expected_value_format_text(item, lang)
        message, hint = rule_message_and_hint(ANSWER_RULES["status-kind"], lang, {"form": form})
        faults.append(AnswerFault("status-kind", (), f"{message} ({hint})"))
    case = item.high_risk
    known = [mitigation.id for mitigation in case.mitigations] if case is not None else []
    if answer.mitigation is not None and answer.mitigation.id not in known:
        words = {"given": answer.mitigation.id, "known": ", ".join(known) or "–"}
        message, hint = rule_message_and_hint(ANSWER_RULES[_MITIGATION], lang, words)
        faults.append(AnswerFault(_MITIGATION, (), f"{message} ({hint})"))
    return faults


def find_new_faults(
    old: Item | None, new: Item, answer: Answer, today: date, lang: Lang
) -> tuple[AnswerFault, ...]:
    """Return the faults that an answer has as one to `new` and had not as one to `old`.

    What was wrong before is not the upgrade's doing; an answer to no known item (`old` is None) was
    wrong altogether.
    """
    if old is None:
        return ()
    before = {(fault.code, fault.path) for fault in find_answer_faults(old, answer, today, lang)}
    after = find_answer_faults(new, answer, today, lang)
    return tuple(fault for fault in after if (fault.code, fault.path) not in before)


def drop_faulty_fields(answer: Answer, new: Item, faults: Sequence[AnswerFault]) -> Answer:
    """Return what of an answer stays with an item that does not take it whole.

    Where only the mitigation is at fault, all but that; else note, evidence, plan and re-check: the
    item is unanswered.
    """
    answer = replace_unasked_proofs(answer, new)
    if {fault.code for fault in faults} == {_MITIGATION}:
        return msgspec.structs.replace(answer, mitigation=None)
    return Answer(
        note=answer.note,
        evidence=answer.evidence,
        remediation=answer.remediation,
        recheck=answer.recheck,
    )


def replace_unasked_proofs(answer: Answer, new: Item) -> Answer:
    """Return an answer whose evidence serves only proofs that the item asks for, else `other`."""
    return msgspec.structs.replace(answer, evidence=_join_evidence([("", answer)], new))


def replacement_proofs_by_evidence(
    old: Item | None, new: Item, answer: Answer
) -> dict[str, str | tuple[str, ...]]:
    """Return the evidence rows whose proof `new` no longer asks for, with their new proofs.

    The new proof of such a row is `other`.
    """
    known = {*(proof.id for proof in new.evidence), *PROOFS_OF_EVERY_ITEM}
    asked = known if old is None else {proof.id for proof in old.evidence}
    changed: dict[str, str | tuple[str, ...]] = {}
    for row, proofs in answer.evidence.items():
        served = (proofs,) if isinstance(proofs, str) else proofs
        still_served = tuple(
            dict.fromkeys("other" if proof in asked - known else proof for proof in served)
        )
        if still_served != served:
            changed[row] = still_served[0] if isinstance(proofs, str) else still_served
    return changed


def combine_answers(answers: Sequence[tuple[str, Answer]], new: Item) -> Answer:
    """Return the answer that `new` takes from several answers.

    Status or value, mitigation and risk are taken if all answers agree. Notes follow each other
    with the old ids. Evidence is joined, and so is what was taken over from one source. The plan is
    taken if only one answer has a plan. There is no review, because this answer was not reviewed.
    """
    first = answers[0][1]
    agree = all(
        _make_result_comparison_key(answer) == _make_result_comparison_key(first)
        for _, answer in answers
    )
    latest = max(answers, key=lambda pair: seconds_since_epoch(pair[1].at) if pair[1].at else 0)[1]
    plans = [answer.remediation for _, answer in answers if answer.remediation is not None]
    checks = [answer.recheck for _, answer in answers if answer.recheck is not None]
    alike = agree and first.is_given
    note = _join_notes(answers)
    return Answer(
        status=first.status if alike else None,
        value=first.value if alike else None,
        note=note,
        evidence=_join_evidence(answers, new),
        mitigation=_common_value([answer.mitigation for _, answer in answers]) if alike else None,
        risk=_common_value([answer.risk for _, answer in answers]) if alike else None,
        remediation=plans[0] if len(plans) == 1 else None,
        recheck=min(checks, default=None),
        taken_from=combine_sources([answer for _, answer in answers], note) if alike else None,
        fingerprint=first.fingerprint if alike else None,
        by=latest.by if alike else None,
        at=latest.at if alike else None,
    )


def _make_result_comparison_key(answer: Answer) -> tuple[object, ...]:
    # True is 1 in Python, not in a file.
    return answer.status, type(answer.value), answer.value


T = TypeVar("T")


def _common_value(values: Sequence[T | None]) -> T | None:
    return values[0] if all(value == values[0] for value in values) else None


def _join_notes(answers: Sequence[tuple[str, Answer]]) -> str | None:
    if len(answers) == 1:
        return answers[0][1].note
    return "\n".join(f"{item}: {answer.note}" for item, answer in answers if answer.note) or None


def _join_evidence(
    answers: Sequence[tuple[str, Answer]], new: Item
) -> dict[str, str | tuple[str, ...]]:
    known = {*(proof.id for proof in new.evidence), *PROOFS_OF_EVERY_ITEM}
    served: dict[str, dict[str, None]] = {}
    for _, answer in answers:
        for row, proofs in answer.evidence.items():
            named = (proofs,) if isinstance(proofs, str) else proofs
            served.setdefault(row, {}).update(
                dict.fromkeys(proof if proof in known else "other" for proof in named)
            )
    return {
        row: next(iter(some)) if len(some) == 1 else tuple(some) for row, some in served.items()
    }
