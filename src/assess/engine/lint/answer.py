"""Lint of one answer against its item and what was computed of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.kinds.statuses import (
    STATUS_REFUSED,
    allowed_statuses,
    refused_status_message_and_hint,
)
from assess.engine.kinds.values import (
    check_value_naming_cells,
    expected_value_format_text,
    is_answered_by_status_only,
)
from assess.engine.kinds.wording import translate_code
from assess.engine.lint.common import lint_unknown_person
from assess.engine.lint.remediation import REMEDIATION_RULES, lint_remediation
from assess.engine.lint.symbols import uncommon_symbols_text
from assess.engine.pseudonyms import is_pseudonym_of_source
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.states import is_review_current
from assess.i18n import N_
from assess.model.answer import Answer, TakenFrom
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.item import PROOFS_OF_EVERY_ITEM
from assess.model.results import ItemState
from assess.problem import Severity, TreePath

ANSWER_RULES: Final[Mapping[str, LintRule]] = {
    "item-left-out": LintRule(
        N_("the item does not apply under the facts given; its answer is not counted"),
        N_("correct the facts in assess.yaml, or leave it"),
        "warning",
    ),
    "question-closed": LintRule(
        N_("kept, not counted: no answer opens the question"),
        N_("leave it: it counts again once the question opens"),
        "warning",
    ),
    "status-kind": LintRule(
        N_("an item of this kind takes a value, and of statuses only not_applicable"),
        N_("write it under `value`: {form}"),
    ),
    "status-refused": STATUS_REFUSED,
    "status-and-value": LintRule(
        N_("an answer has a status or a value, not both"), N_("delete one of the two")
    ),
    "reason-missing": LintRule(N_("not_applicable needs a reason"), N_("say why in `note`")),
    "high-risk-evidence": LintRule(
        N_("a high risk stands and the required evidence is missing: {proofs}"), "", "warning"
    ),
    "high-risk-remediation": LintRule(
        N_("a high risk stands and nothing is planned to mend it"),
        N_("fill in `remediation`: action, owner, due"),
        "warning",
    ),
    "evidence-unknown": LintRule(
        N_("the evidence register has no row “{given}”"), N_("add the evidence first")
    ),
    "evidence-expired": LintRule(
        N_("the evidence “{given}” expired on {limit}"), N_("attach a newer one"), "warning"
    ),
    "source-unknown": LintRule(
        N_("the answer was carried over from “{given}”, which the workspace does not have"),
        N_("look at the item again, or delete `taken_from`"),
        "warning",
    ),
    "note-long": LintRule(
        N_("the note has {count} characters; reports print all of them"),
        N_("attach a long text as evidence, and write in the note what it shows"),
        "warning",
    ),
    "proof-unknown": LintRule(N_("the item asks for no proof “{given}”"), N_("it may be: {known}")),
    "mitigation-unknown": LintRule(
        N_("the item's high-risk case names no mitigation “{given}”"), N_("it has: {known}")
    ),
    "risk-by-hand": LintRule(
        N_("a high-risk case is set to {given} without a mitigation of the case"),
        N_("cite a mitigation, or let the reviewer judge the reason"),
        "warning",
    ),
    "fingerprint-missing": LintRule(
        N_("the answer has no fingerprint; it counts as given to the pinned text"),
        N_("the next save of it in the program adds one"),
        "warning",
    ),
    "answer-stale": LintRule(
        N_("the item's wording has changed since it was answered"),
        N_("read it again and confirm the answer"),
        "warning",
    ),
    "review-own": LintRule(
        N_("the answer was reviewed by who gave it, {given}"), N_("another person must review it")
    ),
    "review-outdated": LintRule(
        N_("the answer was changed after its review"), N_("it needs a new review"), "warning"
    ),
    "review-before-answer": LintRule(
        N_("the review is dated before the answer that it is about, so it does not count"),
        N_("review the answer in the program"),
        "warning",
    ),
    "review-without-answer": LintRule(
        N_("the item was accepted, and nothing is answered"),
        N_("delete `review`, or see in the history who wrote it"),
        "warning",
    ),
    "review-unbound": LintRule(
        N_("the review does not say what it was about (`of`), so it does not count"),
        N_("review the answer in the program"),
        "warning",
    ),
    "symbol-uncommon": LintRule(
        N_("where no font has them, reports print codes for: {given}"),
        N_("write it in words, or leave it"),
        "warning",
    ),
    "recheck-due": LintRule(
        N_("the item was to be looked at again on {given}"), N_("check it again"), "warning"
    ),
    **REMEDIATION_RULES,
}

_LONGEST_NOTE = 5_000
"""Characters of a note that a page and a half of a report hold."""


class AnswerContext(NamedTuple):
    """The files and the day that an answer is checked with, and the collector of its problems."""

    out: ProblemCollector
    config: Config
    register: Register
    today: date


def lint_answer(context: AnswerContext, state: ItemState, answer: Answer) -> None:
    """Note all that is wrong with an answer to an item the checklist has."""
    path: TreePath = ("answers", state.item.id)
    if answer.is_given and state.applies == "no":
        rule = "question-closed" if state.closed else "item-left-out"
        context.out.add_broken_rule(rule, path)
    _lint_status_value_and_fingerprint(context, state, answer, path)
    _lint_evidence_rows_and_proofs(context, state, answer, path)
    _lint_mitigation_and_high_risk(context, state, answer, path)
    _lint_review(context, answer, path)
    _lint_uncommon_symbols(context, answer, path)
    if answer.note is not None and len(answer.note) > _LONGEST_NOTE:
        context.out.add_broken_rule("note-long", (*path, "note"), count=len(answer.note))
    if answer.taken_from is not None:
        _lint_unknown_taken_over_source(context, answer.taken_from, (*path, "taken_from"))
    if answer.remediation is not None:
        lint_remediation(context.out, answer.remediation, (*path, "remediation"))
    lint_unknown_person(context.out, context.config, answer.by, (*path, "by"))
    if state.recheck_due:
        context.out.add_broken_rule("recheck-due", (*path, "recheck"), given=answer.recheck)


def _lint_status_value_and_fingerprint(
    context: AnswerContext, state: ItemState, answer: Answer, path: TreePath
) -> None:
    out, item = context.out, state.item
    if answer.status is not None and answer.value is not None:
        out.add_broken_rule("status-and-value", (*path, "value"))
    elif answer.value is not None:
        for code, message, hint, inner in check_value_naming_cells(
            item, answer.value, context.today, out.lang
        ):
            out.add_problem(code, message, hint, (*path, "value", *inner))
    elif answer.status not in (None, "not_applicable") and not is_answered_by_status_only(item):
        out.add_broken_rule(
            "status-kind", (*path, "status"), form=expected_value_format_text(item, out.lang)
        )
    elif answer.status is not None and answer.status not in allowed_statuses(item):
        message, hint = refused_status_message_and_hint(item, answer.status, out.lang)
        out.add_problem("status-refused", message, hint, (*path, "status"), "warning")
    if answer.is_inapplicable_without_reason:
        out.add_broken_rule("reason-missing", (*path, "status"))
    if not answer.is_given:
        return
    if answer.fingerprint is None:
        out.add_broken_rule("fingerprint-missing", path)
    elif state.stale:
        out.add_broken_rule("answer-stale", (*path, "fingerprint"))


def _lint_uncommon_symbols(context: AnswerContext, answer: Answer, path: TreePath) -> None:
    action = answer.remediation.action if answer.remediation is not None else None
    for where, text in (
        (("note",), answer.note),
        (("value",), answer.value),
        (("remediation", "action"), action),
    ):
        symbols = uncommon_symbols_text(text) if isinstance(text, str) else ""
        if symbols:
            context.out.add_broken_rule("symbol-uncommon", (*path, *where), given=symbols)


def _lint_evidence_rows_and_proofs(
    context: AnswerContext, state: ItemState, answer: Answer, path: TreePath
) -> None:
    known = [*(proof.id for proof in state.item.evidence), *PROOFS_OF_EVERY_ITEM]
    out = context.out
    for row_id, proofs in answer.evidence.items():
        where = (*path, "evidence", row_id)
        row = context.register.evidence.get(row_id)
        if row is None:
            near = out.find_similar_names(row_id, context.register.evidence)
            out.add_broken_rule("evidence-unknown", where, near=near, given=row_id)
        elif row.expires is not None and row.expires < context.today:
            out.add_broken_rule("evidence-expired", where, given=row_id, limit=row.expires)
        for proof in (proofs,) if isinstance(proofs, str) else proofs:
            if proof not in known:
                near = out.find_similar_names(proof, known)
                words: dict[str, Any] = {"given": proof, "known": ", ".join(known)}
                out.add_broken_rule("proof-unknown", where, near=near, **words)


def _lint_unknown_taken_over_source(
    context: AnswerContext, source: TakenFrom, path: TreePath
) -> None:
    """Note a round, a checklist or evidence that the workspace does not have.

    A fact that it does not have is told at the item: the source has changed. What a sanitised copy
    replaced can be in no workspace, and is not told.
    """
    out, config = context.out, context.config
    round_id = None if is_pseudonym_of_source(source.round) else source.round
    value = None if is_pseudonym_of_source(source.value) else source.value
    checklist, is_item, _item = (value or "").partition("/")
    if round_id is not None and round_id not in config.rounds:
        near = out.find_similar_names(round_id, config.rounds)
        out.add_broken_rule("source-unknown", (*path, "round"), near=near, given=round_id)
    elif is_item and checklist not in config.checklists:
        near = out.find_similar_names(checklist, config.checklists)
        out.add_broken_rule("source-unknown", (*path, "value"), near=near, given=value)
    unknown = [row_id for row_id in source.evidence if row_id not in context.register.evidence]
    if unknown:
        named = unknown[0] if len(unknown) == 1 else f"{unknown[0]} (+{len(unknown) - 1})"
        out.add_broken_rule("source-unknown", (*path, "evidence"), given=named)


def _lint_mitigation_and_high_risk(
    context: AnswerContext, state: ItemState, answer: Answer, path: TreePath
) -> None:
    out, case = context.out, state.item.high_risk
    known = [mitigation.id for mitigation in case.mitigations] if case is not None else []
    cited = answer.mitigation.id if answer.mitigation is not None else None
    if cited is not None and cited not in known:
        words: dict[str, Any] = {"given": cited, "known": ", ".join(known)}
        where = (*path, "mitigation", "id")
        out.add_broken_rule(
            "mitigation-unknown", where, near=out.find_similar_names(cited, known), **words
        )
    override = answer.risk
    if (
        override is not None
        and override.level != "high"
        and state.high_risk_case is not None
        and cited not in known
    ):
        out.add_broken_rule(
            "risk-by-hand", (*path, "risk", "level"), given=translate_code(override.level, out.lang)
        )
    if state.risk != "high":
        return
    if state.missing_evidence:
        out.add_broken_rule("high-risk-evidence", path, proofs=", ".join(state.missing_evidence))
    if answer.remediation is None:
        out.add_broken_rule("high-risk-remediation", path)


def _lint_review(context: AnswerContext, answer: Answer, path: TreePath) -> None:
    review = answer.review
    if review is None:
        return
    out, where = context.out, (*path, "review")
    lint_unknown_person(out, context.config, review.by, (*where, "by"))
    if review.by is not None and review.by == answer.by:
        alone = len(context.config.people) <= 1
        severity: Severity | None = "warning" if alone else None
        out.add_broken_rule("review-own", (*where, "by"), severity=severity, given=review.by)
    if review.of is None:
        out.add_broken_rule("review-unbound", where)
    elif not answer.is_given:
        if review.state == "accepted":
            out.add_broken_rule("review-without-answer", where)
    elif review.of != reviewed_answer_digest(answer):
        out.add_broken_rule("review-outdated", (*where, "of"))
    elif not is_review_current(answer):
        out.add_broken_rule("review-before-answer", (*where, "at"))
