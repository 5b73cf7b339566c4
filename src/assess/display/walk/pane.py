"""The lines of an item: what is asked at the top, what is answered below; plain functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.display.text.marks import mark, mark_part, words_of
from assess.display.text.safe import one_line, visible
from assess.display.text.styled import Line, Part, labelled, numbered
from assess.display.text.wrap import fit, spread, width_of, wrap
from assess.display.walk.choices import Choosable, Ticks, choosables
from assess.display.walk.sides import person_name
from assess.engine.citing import cited
from assess.engine.kinds.values import value_text
from assess.engine.kinds.wording import name
from assess.engine.punctuation import bracketed, colon, comma, semicolon
from assess.i18n import Lang, translator
from assess.model.answer import Answer, Remediation
from assess.model.base import Text, pick
from assess.model.checklist import Checklist
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.model.item import Item
from assess.model.results import ItemState, Result

_CHOICE_EDGE = 7
"""Cells that margin, digit and box of a choice take."""

_NOTE_LINES = 2
_CHOICE_LINES = 7
"""At most so many lines for note and choices, that at 80×24 the question keeps the upper half."""


class View(NamedTuple):
    """An item as it is looked at now: the state on disk, and what has been answered since."""

    state: ItemState
    answer: Answer
    result: Result | None
    checklist: Checklist
    evidence: Mapping[str, EvidenceRow]
    lang: Lang
    ticks: Ticks | None = None
    """Ticks not yet saved; None: as in the answer."""
    drafts: tuple[str, ...] = ()
    """Names of the inputs that hold a draft."""
    past: tuple[str, ...] = ()
    """What was answered in the last round."""
    people: Mapping[str, Person] = {}
    assigned: str = ""
    """Who fills in the item, by id."""


def head_line(view: View, width: int) -> Line:
    """Return id, title, weight and high-risk case of an item."""
    _, item = translator(view.lang), view.state.item
    sign = mark(view.state, view.result)
    right = _("weight {weight}").format(weight=item.weight)
    if item.high_risk is not None:
        right += "  " + _("high-risk case")
    text = one_line(f"{item.id} {pick(item.title, view.lang)}")
    return (mark_part(sign, after=" "), Part(spread(text, "  " + right, width - 2), "title"))


def question_lines(view: View, width: int) -> list[Line]:
    """Return requirement, steps, choices that are too long below, evidence, remedy, references."""
    _, lang, item = translator(view.lang), view.lang, view.state.item
    remedy = item.remedy
    mends = [remedy.now, remedy.lasting] if remedy else []
    basis, examples = cited(item, view.checklist, lang)
    lines = [*labelled("", [pick(item.requirement, lang)], width)]
    blocks: list[tuple[str, Sequence[str]]] = [
        (_("Returned"), _comment(view)),
        (_("Filled in by"), [person_name(view.assigned, view.people)] if view.assigned else []),
        (_("Check"), numbered(_texts(item.check, lang))),
        (_("Choices"), _long_choices(view, width)),
        (_("Proof"), [_proof_text(view, index) for index in range(len(item.evidence))]),
        (_("Remedy"), numbered(_texts([mend for mend in mends if mend], lang))),
        (_("Last time"), view.past),
        (_("Basis"), [semicolon(lang).join(basis)] if basis else []),
        (_("For reference"), [semicolon(lang).join(examples)] if examples else []),
        (_("High risk"), _high_risk(item, lang)),
        (_("Risk by hand"), _risk_by_hand(view)),
        (_("Facts"), _missing_facts(view)),
    ]
    for label, texts in blocks:
        if texts:
            lines.append(())
            lines.extend(labelled(label, texts, width))
    return lines


def _texts(texts: Iterable[Text], lang: Lang) -> list[str]:
    return [pick(text, lang) for text in texts]


def _long_choices(view: View, width: int) -> list[str]:
    """Return the choices in full where one of them is cut below, or has no digit."""
    found = choosables(view.state.item, view.answer, view.lang, view.ticks)
    cut = any(width_of(one.text) + _CHOICE_EDGE > width or not one.key for one in found)
    return [f"{one.key or '*'}. {one.text}" for one in found] if cut else []


def _proof_text(view: View, index: int) -> str:
    _ = translator(view.lang)
    proof = view.state.item.evidence[index]
    asked = _("required") if proof.required else _("if there is any")
    return f"{index + 1}. {pick(proof.text, view.lang)}{bracketed(asked, view.lang)}"


def _high_risk(item: Item, lang: Lang) -> list[str]:
    if item.high_risk is None:
        return []
    _ = translator(lang)
    lowers = [
        _("lowered to {level} by: {mitigation}").format(
            level=name(one.lowers_to, lang), mitigation=pick(one.text, lang)
        )
        for one in item.high_risk.mitigations
    ]
    return [_("case {case}").format(case=item.high_risk.case), *lowers]


def _risk_by_hand(view: View) -> list[str]:
    held = view.answer.risk
    return [f"{name(held.level, view.lang)}  {held.reason}"] if held is not None else []


def _missing_facts(view: View) -> list[str]:
    if not view.state.missing_facts:
        return []
    _ = translator(view.lang)
    facts = comma(view.lang).join(view.state.missing_facts)
    return [_("whether this item applies depends on: {facts}").format(facts=facts)]


def _comment(view: View) -> list[str]:
    review = view.answer.review
    if review is None or review.state != "returned":
        return []
    who = person_name(review.by, view.people)
    return [" ".join(str(part) for part in (review.comment, review.due, who) if part)]


def more_line(lang: Lang, width: int, hidden: int) -> Line:
    """Return the rule between question and answer, saying so where lines are out of sight."""
    _ = translator(lang)
    text = _("PgDn PgUp: {count} more lines").format(count=hidden) if hidden > 0 else ""
    dashes = max(0, width - width_of(text) - 1) if text else width
    room = width - dashes
    return (Part("-" * dashes, "dim", "─" * dashes), Part(spread("", text, room), "dim"))


def answer_lines(view: View, width: int) -> list[Line]:
    """Return what is answered: result and choices, note, evidence, remediation."""
    _ = translator(view.lang)
    sign = mark(view.state, view.result)
    words = words_of(view.state, view.result, view.lang)
    said = _said(view)
    result = (
        Part(_("Result") + "  ", "label"),
        mark_part(sign, after=f" {words}"),
        Part(f"  {said}" if said else ""),
        *([Part("  "), _draft_hint(view, "Enter")] if "value" in view.drafts else []),
    )
    return [
        tuple(result),
        *_choice_lines(view, width),
        *_note_lines(view, width),
        _evidence_line(view, width),
        _remediation_line(view, width),
    ]


def _said(view: View) -> str:
    """Return the value of kinds that are not answered by a digit alone."""
    if view.answer.status is not None or view.answer.value is None:
        return ""
    if any(one.effect != "input" for one in choosables(view.state.item, view.answer, view.lang)):
        return ""
    return one_line(value_text(view.state.item, view.answer, view.lang))


def _choice_lines(view: View, width: int) -> Iterator[Line]:
    """Give the choices with their digits, two on a line where all fit so."""
    _ = translator(view.lang)
    found = choosables(view.state.item, view.answer, view.lang, view.ticks)
    none = Choosable(
        "0", _("not applicable"), "answer", chosen=view.answer.status == "not_applicable"
    )
    texts = [_choice_text(one) for one in [*found, none] if one.key]
    half = (width - 2) // 2
    across = 2 if all(width_of(text) < half for text in texts) else 1
    rows = [texts[start : start + across] for start in range(0, len(texts), across)]
    for row in rows[:_CHOICE_LINES]:
        yield (Part("  " + "".join(fit(text, half if across == 2 else width - 2) for text in row)),)  # noqa: PLR2004  # the two columns
    if any(one.effect == "tick" for one in found):
        unsaved = view.ticks is not None
        hint = (
            _("ticked, not yet kept: Enter keeps it")
            if unsaved
            else _("digits tick, Enter keeps it")
        )
        yield (Part(fit("  " + hint, width), "warn" if unsaved else "dim"),)


def _choice_text(one: Choosable) -> str:
    box = ("[x]" if one.chosen else "[ ]") if one.effect == "tick" else ("*" if one.chosen else " ")
    return f"{one.key} {box}{' ' if one.effect == 'tick' else ''}{one_line(one.text)}"


def _note_lines(view: View, width: int) -> Iterator[Line]:
    _ = translator(view.lang)
    label = fit(_("Note"), _label_width(view))
    if "note" in view.drafts:
        yield (Part(label, "label"), _draft_hint(view, "a"))
        return
    if not view.answer.note:
        reason = view.result in ("partial", "unmet", "not_applicable")
        hint = _("! the reason is missing: a writes it") if reason else _("(a writes a note)")
        yield (Part(label, "label"), Part(hint, "warn" if reason else "dim"))
        return
    room = width - width_of(label)
    pieces = wrap(visible(view.answer.note), room)
    shown = pieces[:_NOTE_LINES]
    if len(pieces) > _NOTE_LINES:
        shown[-1] = fit(shown[-1].rstrip() + " " * 2 + "..", room)
    for index, piece in enumerate(shown):
        yield (Part(label if not index else " " * width_of(label), "label"), Part(piece))


def _draft_hint(view: View, key: str) -> Part:
    _ = translator(view.lang)
    return Part(_("! an unfinished draft is kept: {key} goes on with it").format(key=key), "warn")


def _label_width(view: View) -> int:
    _ = translator(view.lang)
    return 2 + max(map(width_of, (_("Note"), _("Evidence"), _("Remediation"))))


def _evidence_line(view: View, width: int) -> Line:
    _ = translator(view.lang)
    label = fit(_("Evidence"), _label_width(view))
    if "evidence" in view.drafts:
        return (Part(label, "label"), _draft_hint(view, "e"))
    cited = [_row_title(row_id, view) for row_id in view.answer.evidence]
    text = semicolon(view.lang).join(cited)
    missing = len(view.state.missing_evidence)
    if not text:
        wanted = missing and view.result == "met"
        hint = _("(e attaches evidence)")
        if wanted:
            hint = _("! {count} required missing: e attaches it").format(count=missing)
        return (Part(label, "label"), Part(hint, "warn" if wanted else "dim"))
    return (
        Part(label, "label"),
        Part(fit(one_line(f"{len(cited)}{colon(view.lang)}{text}"), width - width_of(label))),
    )


def _row_title(row_id: str, view: View) -> str:
    row = view.evidence.get(row_id)
    return pick(row.title, view.lang) if row else row_id


def _remediation_line(view: View, width: int) -> Line:
    _ = translator(view.lang)
    label = fit(_("Remediation"), _label_width(view))
    if "remediation" in view.drafts:
        return (Part(label, "label"), _draft_hint(view, "m"))
    plan = view.answer.remediation
    if plan is None:
        wanted = view.result in ("partial", "unmet")
        hint = _("! nothing planned: m plans it") if wanted else _("(m plans remediation)")
        return (Part(label, "label"), Part(hint, "warn" if wanted else "dim"))
    text = one_line(remediation_text(plan, view.lang))
    return (Part(label, "label"), Part(fit(text, width - width_of(label))))


def remediation_text(plan: Remediation, lang: Lang) -> str:
    """Return due date, owner, state and action of a remediation on one line."""
    parts = (plan.due and plan.due.isoformat(), plan.owner, name(plan.state, lang), plan.action)
    return " ".join(part for part in parts if part)
