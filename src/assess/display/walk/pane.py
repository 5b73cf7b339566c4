"""The lines of an item: the question above, the answer below; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.marks import item_mark, make_mark_part, meaning_of_mark
from assess.display.text.styled import LinePart, StyledLine, labelled_lines, number_texts_if_several
from assess.display.text.wrap import fit_width, place_at_both_ends, wrap_text
from assess.display.walk.choice_lines import ChoiceBlock, choice_lines, long_choice_texts
from assess.display.walk.choices import list_offered_choices
from assess.display.walk.kinds.kind import OfferedChoice, Ticks
from assess.display.walk.proposals import ProposalView, proposal_line, taken_over_line
from assess.display.walk.sides import person_name
from assess.engine.citing import list_citations
from assess.engine.kinds.residual_rule import has_stated_results, residual_rule_reminder
from assess.engine.kinds.statuses import may_be_inapplicable
from assess.engine.kinds.values import answer_text
from assess.engine.kinds.wording import display_name
from assess.engine.proposals.proposal import Proposal
from assess.engine.punctuation import (
    colon_sign,
    comma_sign,
    format_bracketed_remark,
    semicolon_sign,
)
from assess.harmless import make_visible, one_line
from assess.i18n import Lang, translator
from assess.model.answer import Answer, Remediation
from assess.model.base import Text, pick_text
from assess.model.checklist import Checklist
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.model.item import Item
from assess.model.results import ItemState, Result

_NOTE_LINES = 2


class ShownItem(NamedTuple):
    """An item for display: its state on disk, and the answers that are not written yet."""

    state: ItemState
    answer: Answer
    result: Result | None
    checklist: Checklist
    evidence: Mapping[str, EvidenceRow]
    lang: Lang
    ticks: Ticks | None = None
    """Unsaved ticks. None: the ticks of the answer."""
    drafts: tuple[str, ...] = ()
    """Names of the inputs that have a draft."""
    past: tuple[str, ...] = ()
    """The answer of the last round."""
    people: Mapping[str, Person] = {}
    assigned: str = ""
    """The id of the person who fills in the item."""
    proposal: Proposal | None = None
    """The proposal that one key takes."""
    source_changed: bool = False
    """Whether the answer was taken over and its source was changed since."""


def item_head_line(view: ShownItem, width: int) -> StyledLine:
    """Return id, title, weight and high-risk case of an item."""
    _, item = translator(view.lang), view.state.item
    sign = item_mark(view.state, view.result)
    right = _("weight {weight}").format(weight=item.weight)
    if item.high_risk is not None:
        right += "  " + _("high-risk case")
    text = one_line(f"{item.id} {pick_text(item.title, view.lang)}")
    return (
        make_mark_part(sign, after=" "),
        LinePart(place_at_both_ends(text, "  " + right, width - 2), "title"),
    )


def question_lines(view: ShownItem, width: int) -> list[StyledLine]:
    """Return requirement, steps, long choices, evidence, remedy and references."""
    _, lang, item = translator(view.lang), view.lang, view.state.item
    remedy = item.remedy
    remedies = [remedy.now, remedy.lasting] if remedy else []
    basis, examples = list_citations(item, view.checklist, lang)
    lines = [*labelled_lines("", [pick_text(item.requirement, lang)], width)]
    blocks: list[tuple[str, Sequence[str]]] = [
        (_("Returned"), _returned_review_texts(view)),
        (_("Filled in by"), [person_name(view.assigned, view.people)] if view.assigned else []),
        (_("Check"), number_texts_if_several(_pick_texts(item.check, lang))),
        (_("Choices"), long_choice_texts(_choice_block(view), width)),
        (_("Proof"), [_proof_text(view, index) for index in range(len(item.evidence))]),
        (
            _("Remedy"),
            number_texts_if_several(_pick_texts([text for text in remedies if text], lang)),
        ),
        (_("Last time"), view.past),
        (_("Basis"), [semicolon_sign(lang).join(basis)] if basis else []),
        (_("For reference"), [semicolon_sign(lang).join(examples)] if examples else []),
        (_("High risk"), _high_risk_texts(item, lang)),
        (_("Risk by hand"), _stated_risk_texts(view)),
        (_("Facts"), _missing_fact_texts(view)),
    ]
    for label, texts in blocks:
        if texts:
            lines.append(())
            lines.extend(labelled_lines(label, texts, width))
    return lines


def _choice_block(view: ShownItem) -> ChoiceBlock:
    """Return the choices of the item, with `not applicable` where it may be called so."""
    item, _ = view.state.item, translator(view.lang)
    choices = list_offered_choices(item, view.answer, view.lang, view.ticks)
    if may_be_inapplicable(item):
        chosen = view.answer.status == "not_applicable"
        fields = {"status": "not_applicable"}
        choices.append(OfferedChoice("0", _("not applicable"), "answer", fields, chosen=chosen))
    return ChoiceBlock(choices, item.verdict, view.lang, unsaved=view.ticks is not None)


def _pick_texts(texts: Iterable[Text], lang: Lang) -> list[str]:
    return [pick_text(text, lang) for text in texts]


def _proof_text(view: ShownItem, index: int) -> str:
    _ = translator(view.lang)
    proof = view.state.item.evidence[index]
    need = _("required") if proof.is_required else _("if there is any")
    if proof.demand is not None:
        need = _("no final report without it")
    return (
        f"{index + 1}. {pick_text(proof.text, view.lang)}{format_bracketed_remark(need, view.lang)}"
    )


def _high_risk_texts(item: Item, lang: Lang) -> list[str]:
    if item.high_risk is None:
        return []
    _ = translator(lang)
    lowers = [
        _("lowered to {level} by: {mitigation}").format(
            level=display_name(mitigation.lowers_to, lang),
            mitigation=pick_text(mitigation.text, lang),
        )
        for mitigation in item.high_risk.mitigations
    ]
    return [_("case {case}").format(case=item.high_risk.case), *lowers]


def _stated_risk_texts(view: ShownItem) -> list[str]:
    stated = view.answer.risk
    return (
        [f"{display_name(stated.level, view.lang)}  {stated.reason}"] if stated is not None else []
    )


def _missing_fact_texts(view: ShownItem) -> list[str]:
    if not view.state.missing_facts:
        return []
    _ = translator(view.lang)
    facts = comma_sign(view.lang).join(view.state.missing_facts)
    return [_("whether this item applies depends on: {facts}").format(facts=facts)]


def _returned_review_texts(view: ShownItem) -> list[str]:
    review = view.answer.review
    if review is None or review.state != "returned":
        return []
    reviewer = person_name(review.by, view.people)
    return [" ".join(str(part) for part in (review.comment, review.due, reviewer) if part)]


def divider_line(lang: Lang, width: int, hidden_line_count: int) -> StyledLine:
    """Return the line between question and answer; it counts the hidden lines."""
    _ = translator(lang)
    text = (
        _("PgDn PgUp: {count} more lines").format(count=hidden_line_count)
        if hidden_line_count > 0
        else ""
    )
    dashes = max(0, width - width_of(text) - 1) if text else width
    text_width = width - dashes
    return (
        LinePart("-" * dashes, "dim", "─" * dashes),
        LinePart(place_at_both_ends("", text, text_width), "dim"),
    )


def answer_lines(view: ShownItem, width: int) -> list[StyledLine]:
    """Return the answer: result and choices, note, evidence, remediation."""
    return [
        _result_line(view, width),
        *choice_lines(_choice_block(view), width),
        *_note_lines(view, width),
        _evidence_line(view, width),
        _remediation_line(view, width),
        *_source_lines(view, width),
    ]


def _source_lines(view: ShownItem, width: int) -> Iterator[StyledLine]:
    """Yield where the answer was taken over from, if it was."""
    if view.answer.taken_from is not None:
        yield taken_over_line(
            view.answer, _label_width(view), width, view.lang, source_changed=view.source_changed
        )


def proposal_lines(view: ShownItem, width: int) -> list[StyledLine]:
    """Return the line of the proposal that one key takes; none without one."""
    if view.proposal is None:
        return []
    return [proposal_line(view.proposal, make_proposal_view(view), width)]


def make_proposal_view(view: ShownItem) -> ProposalView:
    """Return what words the proposals of an item."""
    return ProposalView(
        item=view.state.item,
        answer=view.answer,
        scoring=view.checklist.scoring,
        people=view.people,
        evidence=view.evidence,
        lang=view.lang,
    )


def _result_line(view: ShownItem, width: int) -> StyledLine:
    """Return the result, and on the right, where it fits, the rule for what nothing names."""
    _ = translator(view.lang)
    sign = item_mark(view.state, view.result)
    words = meaning_of_mark(view.state, view.result, view.lang)
    typed_value = _typed_value_text(view)
    result = (
        LinePart(_("Result") + "  ", "label"),
        make_mark_part(sign, after=f" {words}"),
        LinePart(f"  {typed_value}" if typed_value else ""),
        *([LinePart("  "), _draft_hint(view, "Enter")] if "value" in view.drafts else []),
    )
    reminder = residual_rule_reminder(view.lang) if has_stated_results(view.state.item) else ""
    room = width - sum(width_of(part.text) for part in result)
    if not reminder or width_of(reminder) + 2 > room:
        return result
    return (*result, LinePart(place_at_both_ends("", reminder, room), "dim"))


def _typed_value_text(view: ShownItem) -> str:
    """Return the value of kinds that a digit alone can't answer."""
    if view.answer.status is not None or view.answer.value is None:
        return ""
    if any(
        choice.effect != "input"
        for choice in list_offered_choices(view.state.item, view.answer, view.lang)
    ):
        return ""
    return one_line(answer_text(view.state.item, view.answer, view.lang))


def _note_lines(view: ShownItem, width: int) -> Iterator[StyledLine]:
    _ = translator(view.lang)
    label = fit_width(_("Note"), _label_width(view))
    if "note" in view.drafts:
        yield (LinePart(label, "label"), _draft_hint(view, "a"))
        return
    if not view.answer.note:
        reason = view.result in ("partial", "unmet", "not_applicable")
        hint = _("! the reason is missing: a writes it") if reason else _("(a writes a note)")
        yield (LinePart(label, "label"), LinePart(hint, "warn" if reason else "dim"))
        return
    note_width = width - width_of(label)
    pieces = wrap_text(make_visible(view.answer.note), note_width)
    shown = pieces[:_NOTE_LINES]
    if len(pieces) > _NOTE_LINES:
        shown[-1] = fit_width(shown[-1].rstrip() + " " * 2 + "..", note_width)
    for index, piece in enumerate(shown):
        yield (LinePart(label if not index else " " * width_of(label), "label"), LinePart(piece))


def _draft_hint(view: ShownItem, key: str) -> LinePart:
    _ = translator(view.lang)
    return LinePart(
        _("! an unfinished draft is kept: {key} goes on with it").format(key=key), "warn"
    )


def _label_width(view: ShownItem) -> int:
    _ = translator(view.lang)
    return 2 + max(map(width_of, (_("Note"), _("Evidence"), _("Remediation"))))


def _evidence_line(view: ShownItem, width: int) -> StyledLine:
    _ = translator(view.lang)
    label = fit_width(_("Evidence"), _label_width(view))
    if "evidence" in view.drafts:
        return (LinePart(label, "label"), _draft_hint(view, "e"))
    cited = [_evidence_title(row_id, view) for row_id in view.answer.evidence]
    text = semicolon_sign(view.lang).join(cited)
    missing = len(view.state.missing_evidence)
    if not text:
        is_missing = missing and view.result == "met"
        hint = _("(e attaches evidence)")
        if is_missing:
            hint = _("! {count} required missing: e attaches it").format(count=missing)
        return (LinePart(label, "label"), LinePart(hint, "warn" if is_missing else "dim"))
    return (
        LinePart(label, "label"),
        LinePart(
            fit_width(
                one_line(f"{len(cited)}{colon_sign(view.lang)}{text}"), width - width_of(label)
            )
        ),
    )


def _evidence_title(row_id: str, view: ShownItem) -> str:
    row = view.evidence.get(row_id)
    return pick_text(row.title, view.lang) if row else row_id


def _remediation_line(view: ShownItem, width: int) -> StyledLine:
    _ = translator(view.lang)
    label = fit_width(_("Remediation"), _label_width(view))
    if "remediation" in view.drafts:
        return (LinePart(label, "label"), _draft_hint(view, "m"))
    plan = view.answer.remediation
    if plan is None:
        is_missing = view.result in ("partial", "unmet")
        hint = _("! nothing planned: m plans it") if is_missing else _("(m plans remediation)")
        return (LinePart(label, "label"), LinePart(hint, "warn" if is_missing else "dim"))
    text = one_line(remediation_text(plan, view.lang))
    return (LinePart(label, "label"), LinePart(fit_width(text, width - width_of(label))))


def remediation_text(plan: Remediation, lang: Lang) -> str:
    """Return due date, owner, state and action of a remediation on one line."""
    parts = (
        plan.due and plan.due.isoformat(),
        plan.owner,
        display_name(plan.state, lang),
        plan.action,
    )
    return " ".join(part for part in parts if part)
