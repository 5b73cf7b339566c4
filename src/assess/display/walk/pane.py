"""The lines of an item's question, and what an item needs for display; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.fact_questions import join_fact_questions
from assess.display.text.marks import item_mark, make_mark_part, mark_style, result_mark
from assess.display.text.styled import (
    HiddenLines,
    LinePart,
    StyledLine,
    StyleName,
    labelled_lines,
    number_texts_if_several,
)
from assess.display.text.wrap import fit_width, place_at_both_ends, wrap_text
from assess.display.walk.choice_lines import ChoiceBlock, full_choice_texts_if_any_cut
from assess.display.walk.choices import list_offered_choices
from assess.display.walk.kinds.kind import OfferedChoice, Ticks
from assess.display.walk.kinds.registry import walk_kind
from assess.display.walk.proposals import ProposalView, proposal_line
from assess.display.walk.sides import person_name
from assess.engine.citing import list_binding_and_example_citations
from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.statuses import may_be_inapplicable
from assess.engine.kinds.values import answer_result, can_answers_have_degree
from assess.engine.kinds.wording import translate_code
from assess.engine.outside_findings import OutsideRow, outside_source_and_number
from assess.engine.parameters import requirement_text_with_values
from assess.engine.proposals.proposal import Proposal
from assess.engine.punctuation import (
    colon_sign,
    format_bracketed_remark,
    semicolon_sign,
)
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, plural_translator, translator
from assess.model.answer import Answer, Remediation
from assess.model.base import Text, pick_text
from assess.model.checklist import Checklist
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.model.item import Item
from assess.model.results import ItemState, Result

_MARK: Final = 2
"""Cells of the mark before the title."""

_LEAST_TITLE: Final = 8
"""Minimum number of cells of a title beside its id from which the title is wrapped."""


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
    broken_checks: tuple[str, ...] = ()
    """The field checks that this answer and others break, in words."""
    outside: tuple[OutsideRow, ...] = ()
    """The findings of others that are about the item."""


def item_head_lines(view: ShownItem, width: int) -> list[StyledLine]:
    """Return title, id, weight and whether it is a key item; first the title is whole.

    A title that does not fit beside the id goes on in a second line.
    """
    _, item = translator(view.lang), view.state.item
    title = escape_as_single_line(item_label_and_title(item, view.lang))
    facts = [escape_as_single_line(item.id)]
    if can_answers_have_degree(item):
        facts.append(_("weight {weight}").format(weight=item.weight))
    facts += [_("key item")] if item.high_risk is not None else []
    right, room = "  ".join(["", *facts]), width - _MARK
    while len(facts) > 1 and width_of(title + right) > room:
        facts.pop(1)
        right = "  ".join(["", *facts])
    first, rest = title, ""
    if width_of(title) > (beside := max(_LEAST_TITLE, room - width_of(right))):
        first = wrap_text(title, beside)[0]
        rest = title.removeprefix(first).lstrip()
    head = (
        make_mark_part(item_mark(view.state, view.result), after=" "),
        LinePart(fit_width(first, max(0, room - width_of(right))), "title"),
        LinePart(fit_width(right, min(room, width_of(right))), "dim"),
    )
    more = (LinePart(" " * _MARK), LinePart(fit_width(rest, room), "title"))
    return [head, more] if rest else [head]


def question_lines(view: ShownItem, width: int, most_choices: int) -> list[StyledLine]:
    """Return requirement, steps, long choices, evidence, remedy and references.

    `most_choices` is the number of lines that the choices may take below.
    """
    _, lang, item = translator(view.lang), view.lang, view.state.item
    remedy = item.remedy
    remedies = [remedy.now, remedy.lasting] if remedy else []
    basis, examples = list_binding_and_example_citations(item, view.checklist, lang)
    lines = [*labelled_lines("", [requirement_text_with_values(view.state, lang)], width)]
    blocks: list[tuple[str, Sequence[str]]] = [
        (_("Of others"), _outside_finding_texts(view)),
        (_("Returned"), _returned_review_texts(view)),
        (_("Filled in by"), [person_name(view.assigned, view.people)] if view.assigned else []),
        (_("Guidance"), [_("y shows the issuer’s guidance")] if item.guidance is not None else []),
        (_("Check"), number_texts_if_several(_pick_texts(item.check, lang))),
        (_("Choices"), full_choice_texts_if_any_cut(make_choice_block(view), width, most_choices)),
        (_("Proof"), [_numbered_proof_text(view, index) for index in range(len(item.evidence))]),
        (
            _("Remedy"),
            number_texts_if_several(_pick_texts([text for text in remedies if text], lang)),
        ),
        (_("Last time"), view.past),
        (_("Basis"), [semicolon_sign(lang).join(basis)] if basis else []),
        (_("For reference"), [semicolon_sign(lang).join(examples)] if examples else []),
        (_("Key item"), _high_risk_texts(item, lang)),
        (_("Risk by hand"), _risk_set_by_hand_texts(view)),
        (_("Facts"), _missing_fact_texts(view)),
    ]
    for label, texts in blocks:
        if texts:
            lines.append(())
            lines.extend(labelled_lines(label, texts, width))
    return lines


def make_choice_block(view: ShownItem) -> ChoiceBlock:
    """Return the choices of the item, with `not applicable` where it may be called so."""
    item, _ = view.state.item, translator(view.lang)
    choices = list_offered_choices(item, view.answer, view.lang, view.ticks)
    if may_be_inapplicable(item):
        chosen = view.answer.status == "not_applicable"
        fields = {"status": "not_applicable"}
        shown_key = "Tab" if walk_kind(item).takes_digits(item) else ""
        words = _("not applicable")
        choices.append(OfferedChoice("0", words, "answer", fields, "", chosen, shown_key))
    edges = [_edge_style(choice, view) for choice in choices]
    choices = _align_shown_keys(choices)
    return ChoiceBlock(choices, item.verdict, view.lang, view.ticks is not None, edges)


def _align_shown_keys(choices: list[OfferedChoice]) -> list[OfferedChoice]:
    """Return the choices with keys of the same width, where one is longer than a digit."""
    widest = max((width_of(choice.shown_key) for choice in choices), default=0)
    if not widest:
        return choices
    return [
        choice._replace(shown_key=fit_width(choice.shown_key or choice.key, widest))
        for choice in choices
    ]


def _edge_style(choice: OfferedChoice, view: ShownItem) -> StyleName | None:
    """Return the style of the result that a choice gives; None for no result."""
    if choice.effect != "answer" or choice.key == "0":
        return None
    answer = Answer(status=choice.fields.get("status"), value=choice.fields.get("value"))
    result = answer_result(view.state.item, answer, view.checklist.scoring)
    return mark_style(result_mark(result))


def _pick_texts(texts: Iterable[Text], lang: Lang) -> list[str]:
    return [pick_text(text, lang) for text in texts]


def _numbered_proof_text(view: ShownItem, index: int) -> str:
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
            level=translate_code(mitigation.lowers_to, lang),
            mitigation=pick_text(mitigation.text, lang),
        )
        for mitigation in item.high_risk.mitigations
    ]
    return [_("case {case}").format(case=item.high_risk.case), *lowers]


def _risk_set_by_hand_texts(view: ShownItem) -> list[str]:
    stated = view.answer.risk
    return (
        [f"{translate_code(stated.level, view.lang)}  {stated.reason}"]
        if stated is not None
        else []
    )


def _missing_fact_texts(view: ShownItem) -> list[str]:
    if not view.state.missing_facts:
        return []
    _ = translator(view.lang)
    questions = join_fact_questions(view.state.missing_facts, view.checklist.profile, view.lang)
    facts = escape_as_single_line(questions)
    return [_("whether this item applies depends on: {facts}").format(facts=facts)]


def _outside_finding_texts(view: ShownItem) -> list[str]:
    """Return how many findings of others there are and the key that opens them; then each."""
    if not view.outside:
        return []
    _ = translator(view.lang)
    head = _("{count}   (T opens)").format(count=len(view.outside))
    return [head, *(_outside_finding_text(row, view.lang) for row in view.outside)]


def _outside_finding_text(row: OutsideRow, lang: Lang) -> str:
    _ = translator(lang)
    _n = plural_translator(lang)
    text = (
        outside_source_and_number(row.finding, lang)
        + colon_sign(lang)
        + escape_as_single_line(row.finding.text)
    )
    late = (
        _n("{days} day late", "{days} days late", row.days_late).format(days=row.days_late)
        if row.overdue
        else ""
    )
    state = _("closed off") if row.is_closed else late
    return text + (format_bracketed_remark(state, lang) if state else "")


def _returned_review_texts(view: ShownItem) -> list[str]:
    review = view.answer.review
    if review is None or review.state != "returned":
        return []
    reviewer = person_name(review.by, view.people)
    return [" ".join(str(part) for part in (review.comment, review.due, reviewer) if part)]


_BESIDE_SECTION = 4
"""Cells beside the name of a section in a line: a space and a dash on each side."""


def divider_line(
    lang: Lang,
    width: int,
    hidden: HiddenLines,
    *,
    is_outline_shown: bool | None = None,
    is_reading: bool = False,
    section: str = "",
) -> StyledLine:
    """Return the line between question and answer; it counts the hidden lines.

    `section` names the section where no list of them is shown; it gives way to the keys.
    `is_outline_shown`: whether the list of sections is shown, for the key that hides or shows it;
    None where that key does nothing. `is_reading`: the question has the room of the choices, which
    PgUp shows whole again.
    """
    _ = translator(lang)
    text = ""
    if any(hidden):
        pattern = _("PgDn PgUp: {above} lines above, {below} below")
        if not hidden.above:
            pattern = _("PgDn: {below} lines below")
        elif not hidden.below:
            pattern = _("PgUp: the end; {above} lines above")
        text = pattern.format(above=hidden.above, below=hidden.below)
    if is_reading and not hidden.above:
        back = _("PgUp whole choices")
        text = f"{back}  {text}".rstrip()
    if is_outline_shown is not None:
        key = _("Ctrl+B wider") if is_outline_shown else _("Ctrl+B list")
        wider = f"{key}  {text}".rstrip()
        text = wider if width_of(wider) < width - 2 else text
    dashes = max(0, width - width_of(text) - 1) if text else width
    text_width = width - dashes
    name = f" {section} " if section and width_of(section) + _BESIDE_SECTION < dashes else ""
    before, dashes = (1, dashes - width_of(name) - 1) if name else (0, dashes)
    return (
        LinePart("-" * before, "dim", "─" * before),
        LinePart(name, "dim"),
        LinePart("-" * dashes, "dim", "─" * dashes),
        LinePart(place_at_both_ends("", text, text_width), "dim"),
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


def remediation_text(plan: Remediation, lang: Lang) -> str:
    """Return due date, owner, state and action of a remediation on one line."""
    parts = (
        plan.due and plan.due.isoformat(),
        plan.owner,
        translate_code(plan.state, lang),
        plan.action,
    )
    return " ".join(part for part in parts if part)
