"""Lint of one answer against its item and what was computed of it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from assess.engine.kinds.statuses import allowed_statuses, refused_status_texts
from assess.engine.kinds.values import check_value, has_status_only, value_form_text
from assess.engine.kinds.wording import display_name
from assess.engine.lint.common import lint_person
from assess.engine.rulebook import Collector
from assess.engine.scoring.states import is_review_current
from assess.model.answer import Answer, Remediation
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.results import ItemState
from assess.problem import Path, Severity

_ALWAYS = ("remediation", "other")
"""Proofs that evidence may serve beside those that the item asks for."""


class AnswerContext(NamedTuple):
    """The files and the day that an answer is checked with, and the collector of its problems."""

    out: Collector
    config: Config
    register: Register
    today: date


def lint_answer(context: AnswerContext, state: ItemState, answer: Answer) -> None:
    """Note all that is wrong with an answer to an item the checklist has."""
    path: Path = ("answers", state.item.id)
    if answer.is_given and state.applies == "no":
        context.out.add_broken_rule("item-left-out", path)
    _lint_content(context, state, answer, path)
    _lint_evidence(context, state, answer, path)
    _lint_risk(context, state, answer, path)
    _lint_review(context, answer, path)
    if answer.remediation is not None:
        _lint_remediation(context, answer.remediation, (*path, "remediation"))
    lint_person(context.out, context.config, answer.by, (*path, "by"))
    if state.recheck_due:
        context.out.add_broken_rule("recheck-due", (*path, "recheck"), given=answer.recheck)


def _lint_content(context: AnswerContext, state: ItemState, answer: Answer, path: Path) -> None:
    out, item = context.out, state.item
    if answer.status is not None and answer.value is not None:
        out.add_broken_rule("status-and-value", (*path, "value"))
    elif answer.value is not None:
        for code, message, hint, inner in check_value(item, answer.value, context.today, out.lang):
            out.add_problem(code, message, hint, (*path, "value", *inner))
    elif answer.status not in (None, "not_applicable") and not has_status_only(item):
        out.add_broken_rule("status-kind", (*path, "status"), form=value_form_text(item, out.lang))
    elif answer.status is not None and answer.status not in allowed_statuses(item):
        message, hint = refused_status_texts(item, answer.status, out.lang)
        out.add_problem("status-refused", message, hint, (*path, "status"), "warning")
    if answer.lacks_reason:
        out.add_broken_rule("reason-missing", (*path, "status"))
    if not answer.is_given:
        return
    if answer.fingerprint is None:
        out.add_broken_rule("fingerprint-missing", path)
    elif state.stale:
        out.add_broken_rule("answer-stale", (*path, "fingerprint"))


def _lint_evidence(context: AnswerContext, state: ItemState, answer: Answer, path: Path) -> None:
    known = [*(proof.id for proof in state.item.evidence), *_ALWAYS]
    out = context.out
    for row_id, proofs in answer.evidence.items():
        where = (*path, "evidence", row_id)
        row = context.register.evidence.get(row_id)
        if row is None:
            near = out.find_near(row_id, context.register.evidence)
            out.add_broken_rule("evidence-unknown", where, near=near, given=row_id)
        elif row.expires is not None and row.expires < context.today:
            out.add_broken_rule("evidence-expired", where, given=row_id, limit=row.expires)
        for proof in (proofs,) if isinstance(proofs, str) else proofs:
            if proof not in known:
                near = out.find_near(proof, known)
                words: dict[str, Any] = {"given": proof, "known": ", ".join(known)}
                out.add_broken_rule("proof-unknown", where, near=near, **words)


def _lint_risk(context: AnswerContext, state: ItemState, answer: Answer, path: Path) -> None:
    out, case = context.out, state.item.high_risk
    known = [mitigation.id for mitigation in case.mitigations] if case is not None else []
    cited = answer.mitigation.id if answer.mitigation is not None else None
    if cited is not None and cited not in known:
        words: dict[str, Any] = {"given": cited, "known": ", ".join(known)}
        where = (*path, "mitigation", "id")
        out.add_broken_rule("mitigation-unknown", where, near=out.find_near(cited, known), **words)
    override = answer.risk
    if (
        override is not None
        and override.level != "high"
        and state.high_risk_case is not None
        and cited not in known
    ):
        out.add_broken_rule(
            "risk-by-hand", (*path, "risk", "level"), given=display_name(override.level, out.lang)
        )
    if state.risk != "high":
        return
    if state.missing_evidence:
        out.add_broken_rule("high-risk-evidence", path, proofs=", ".join(state.missing_evidence))
    if answer.remediation is None:
        out.add_broken_rule("high-risk-remediation", path)


def _lint_review(context: AnswerContext, answer: Answer, path: Path) -> None:
    review = answer.review
    if review is None:
        return
    out, where = context.out, (*path, "review")
    lint_person(out, context.config, review.by, (*where, "by"))
    if review.by is not None and review.by == answer.by:
        alone = len(context.config.people) <= 1
        severity: Severity | None = "warning" if alone else None
        out.add_broken_rule("review-own", (*where, "by"), severity=severity, given=review.by)
    if review.of is None:
        out.add_broken_rule("review-unbound", where)
    elif answer.is_given and not is_review_current(answer):
        out.add_broken_rule("review-outdated", (*where, "of"))


def _lint_remediation(context: AnswerContext, plan: Remediation, path: Path) -> None:
    out, where = context.out, (*path, "state")
    if plan.state == "risk_accepted":
        missing = [name for name in ("accepted_by", "reason") if not getattr(plan, name)]
        if missing:
            out.add_broken_rule("risk-accepted-by", where, missing=", ".join(missing))
    elif plan.state == "done" and plan.done_on is None:
        out.add_broken_rule("done-on-missing", where)
    elif plan.state == "verified":
        missing = [name for name in ("verified_by", "verified_on") if not getattr(plan, name)]
        if missing:
            out.add_broken_rule("verified-missing", where, missing=", ".join(missing))
