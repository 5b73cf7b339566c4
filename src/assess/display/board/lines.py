"""The remediation board as lines: findings grouped by due date, state, owner or risk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from assess.display.text.forms import Errors, Field, Form, Values, date_from, is_date
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, StyleName, labelled, line, rule
from assess.display.text.wrap import fit, width_of
from assess.display.walk.remediation_form import with_remark
from assess.display.walk.sides import person_name
from assess.engine.kinds.wording import name
from assess.engine.punctuation import bracketed
from assess.i18n import N_, Lang, translator
from assess.model.answer import REMEDIATION_STATES, Answer
from assess.model.base import pick
from assess.model.config import Person
from assess.model.results import Assessment, LedgerRow
from assess.workspace import SheetName

Order = Literal["due", "state", "owner", "risk"]
ORDERS: tuple[Order, ...] = ("due", "state", "owner", "risk")
ORDER_NAMES = {
    "due": N_("by due date"),
    "state": N_("by state"),
    "owner": N_("by owner"),
    "risk": N_("by risk"),
}
_CLOSED = ("done", "verified", "risk_accepted")
_SOON = 30
"""Days before its due date from which a remediation is due soon."""
_RISKS = ("high", "medium", "low")
_OWNER, _DUE, _STATE, _RISK = 9, 12, 13, 7
_STATE_FROM = 72
"""Below this width there is no room for the state in words."""

Key = tuple[SheetName, str]


class Card(NamedTuple):
    """A finding of a sheet, and what is done about it."""

    sheet: SheetName
    row: LedgerRow

    @property
    def key(self) -> Key:
        """The sheet and the item."""
        return self.sheet, self.row.state.item.id

    @property
    def answer(self) -> Answer:
        """The answer to the item."""
        return self.row.state.answer or Answer()


class Group(NamedTuple):
    """Cards under a heading."""

    heading: str
    cards: tuple[Card, ...]


def cards_of(sheets: Mapping[SheetName, Assessment]) -> list[Card]:
    """Return the findings of all sheets: overdue first, then by due date, then by risk."""
    cards = [Card(name_, row) for name_, seen in sheets.items() for row in seen.ledger]
    return sorted(cards, key=_urgency)


def _urgency(card: Card) -> tuple[bool, bool, date, int]:
    row = card.row
    return (
        row.progress in _CLOSED,
        not row.overdue,
        row.due or date.max,
        _RISKS.index(row.risk),
    )


def groups_of(cards: Sequence[Card], order: Order, today: date, lang: Lang) -> list[Group]:
    """Return the cards in groups, empty ones left out."""
    found: dict[str, list[Card]] = {heading: [] for heading in _headings(order, lang)}
    for card in cards:
        found.setdefault(_heading(card, order, today, lang), []).append(card)
    return [Group(heading, tuple(held)) for heading, held in found.items() if held]


def _headings(order: Order, lang: Lang) -> Iterator[str]:
    """Give the headings whose order is fixed."""
    _ = translator(lang)
    if order == "due":
        yield from (_("Overdue"), _("Due within 30 days"), _("Due later"))
        yield from (_("Without a date"), _("Closed"))
    elif order == "state":
        yield _("Nothing planned")
        yield from (name(state, lang) for state in REMEDIATION_STATES)
    elif order == "owner":
        yield _("Without an owner")
    else:
        yield from (_("risk: {risk}").format(risk=name(risk, lang)) for risk in _RISKS)


def _heading(card: Card, order: Order, today: date, lang: Lang) -> str:
    _, row = translator(lang), card.row
    if order == "owner":
        return row.owner or _("Without an owner")
    if order == "state":
        return name(row.progress, lang) if row.progress else _("Nothing planned")
    if order == "risk":
        return _("risk: {risk}").format(risk=name(row.risk, lang))
    return _due_heading(row, today, lang)


def _due_heading(row: LedgerRow, today: date, lang: Lang) -> str:
    _ = translator(lang)
    if row.progress in _CLOSED:
        return _("Closed")
    if row.overdue:
        return _("Overdue")
    if row.due is None:
        return _("Without a date")
    return _("Due within 30 days") if (row.due - today).days <= _SOON else _("Due later")


def board_lines(
    groups: Sequence[Group], cursor: int, ticked: Collection[Key], lang: Lang, width: int
) -> Drawn:
    """Return the groups with one line a card."""
    _ = translator(lang)
    heads = _columns("", _("Finding"), _("Owner"), _("Due"), _("State"), _("Risk"), width)
    lines: list[Line] = [line(fit("      " + heads, width), "label")]
    at = index = 0
    for group in groups:
        heading = one_line(group.heading) + bracketed(str(len(group.cards)), lang)
        lines.append(line(fit(f" {heading}", width), "title"))
        for card in group.cards:
            if index == cursor:
                at = len(lines)
            box = "[*]" if card.key in ticked else "[ ]"
            text = fit(f"{box} {_card_text(card, lang, width)}", width - 2)
            plain: StyleName = "bad" if card.row.overdue else "plain"
            here = index == cursor
            lines.append(line(f"> {text}", "cursor") if here else line(f"  {text}", plain))
            index += 1
    if not groups:
        lines.append(line(" " + _("no findings: nothing to mend"), "dim"))
    return Drawn(lines, at)


def _card_text(card: Card, lang: Lang, width: int) -> str:
    _, row = translator(lang), card.row
    item = row.state.item
    due = (row.due.isoformat() if row.due else "-") + ("!" if row.overdue else "")
    state = name(row.progress, lang) if row.progress else "-"
    if row.overdue:
        state = _("{days} days late").format(days=row.days_late)
    return _columns(
        item.id, pick(item.title, lang), row.owner or "-", due, state, name(row.risk, lang), width
    )


def _columns(
    item_id: str, title: str, owner: str, due: str, state: str, risk: str, width: int
) -> str:
    words = fit(state, _STATE) if width >= _STATE_FROM else ""
    tail = " " + fit(owner, _OWNER - 1) + " " + fit(due, _DUE) + words + fit(risk, _RISK)
    head = one_line(f"{item_id} {title}".strip())
    return fit(head, width - 6 - width_of(tail)) + tail


def card_lines(
    card: Card,
    titles: Mapping[SheetName, str],
    people: Mapping[str, Person],
    lang: Lang,
    width: int,
) -> list[Line]:
    """Return the finding and what is done about it, in full."""
    _, row, plan = translator(lang), card.row, card.answer.remediation
    item = row.state.item
    said = [name(row.state.result, lang), _("risk: {risk}").format(risk=name(row.risk, lang))]
    if row.overdue:
        said.append(_("{days} days late").format(days=row.days_late))
    blocks = [
        (
            _("Finding"),
            f"{item.id} {pick(item.title, lang)}" + bracketed(titles.get(card.sheet, ""), lang),
        ),
        (_("Result"), "  ".join(said)),
        (_("Action"), (plan and plan.action) or "-"),
        (_("Who"), "  ".join(part for part in (row.unit, row.owner) if part) or "-"),
        (_("State"), _state_text(card, people, lang)),
        (_("Note"), card.answer.note or "-"),
    ]
    room = max(width_of(label) for label, _text in blocks)
    lines: list[Line] = [rule(width)]
    for label, text in blocks:
        lines += labelled(fit(label, room), [text], width)
    return lines


def _state_text(card: Card, people: Mapping[str, Person], lang: Lang) -> str:
    plan = card.answer.remediation
    _ = translator(lang)
    if plan is None:
        return _("Nothing planned")
    parts = [name(plan.state, lang)]
    if plan.due:
        parts.append(_("due {day}").format(day=plan.due))
    if plan.done_on:
        parts.append(_("done on {day}").format(day=plan.done_on))
    if plan.verified_on:
        parts.append(_("verified on {day}").format(day=plan.verified_on))
    who = [person_name(one, people) for one in (plan.verified_by, plan.accepted_by) if one]
    return "  ".join([*parts, *who, *filter(None, [plan.reason])])


def bulk_form(count: int, lang: Lang, state: str = "") -> Form:
    """Return the form that changes several remediations; what is left empty stays as it is.

    With a `state` that is to be said something to, it begins with that.
    """
    _ = translator(lang)
    states = (("", _("as it is")), *((state, name(state, lang)) for state in REMEDIATION_STATES))

    def check(values: Values) -> Errors:
        found = {}
        if values["due"].strip() and not is_date(date_from(values["due"])):
            found["due"] = _("not a date; write it as 2026-03-18")
        if values["state"] == "risk_accepted" and not values["reason"].strip():
            found["reason"] = _("accepting a risk needs a reason")
        return found

    fields = (
        Field("unit", _("Unit")),
        Field("owner", _("Owner")),
        Field("due", _("Due"), hint=_("as 2026-03-18 or 20260318")),
        Field("state", _("State"), "pick", state, options=states),
    )
    title = _("Change {count} remediations; what is left empty stays").format(count=count)
    return Form(title, with_remark(fields, "", state, lang), check)


def plan_values(answer: Answer, typed: Values) -> dict[str, str]:
    """Return the values of a remediation form: those typed, else those of the answer."""
    plan = answer.remediation
    values = {}
    for field in ("action", "unit", "owner", "due", "reason"):
        held = getattr(plan, field) if plan else None
        values[field] = typed.get(field, "").strip() or ("" if held is None else str(held))
    values["state"] = typed.get("state") or (plan.state if plan else "planned")
    return values
