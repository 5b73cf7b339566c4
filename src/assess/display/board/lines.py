"""The remediation board as lines: findings by due date, state, owner or risk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from assess.display.board.outside import OutsideCard, list_outside_finding_details
from assess.display.remediation_words import budget_and_people_needs_text
from assess.display.text.cells import width_of
from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    StyledLine,
    StyleName,
    dash_line,
    fill_line,
    labelled_lines,
    line_width,
    row_line,
    styled_line,
)
from assess.display.text.wrap import fit_width
from assess.display.walk.sides import person_name
from assess.engine.finding_name import label_and_problem_or_title
from assess.engine.kinds.wording import translate_code
from assess.engine.outside_findings import OutsideRow
from assess.engine.punctuation import format_bracketed_remark
from assess.harmless import escape_as_single_line
from assess.i18n import N_, Lang, plural_translator, translator
from assess.model.answer import OPEN_STATES, REMEDIATION_STATES, Answer, Remediation
from assess.model.config import Config, Person
from assess.model.item import RISK_LEVELS
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
_CLOSED = tuple(state for state in REMEDIATION_STATES if state not in OPEN_STATES)
_SOON = 30
"""Days before the due date from which a remediation is due soon."""
_RISK_STYLES: Mapping[str, StyleName] = {"high": "bad", "medium": "plain", "low": "dim"}
_OWNER, _DUE, _STATE, _RISK = 9, 12, 13, 7
_STATE_FROM = 72
"""Minimum width that shows the state in words."""

CardKey = tuple[SheetName | None, str]
"""The sheet and the item; of a finding of others no sheet, and its id."""


class FindingCard(NamedTuple):
    """A finding of a sheet, with its remediation."""

    sheet: SheetName
    row: LedgerRow

    @property
    def card_key(self) -> tuple[SheetName, str]:
        """The sheet and the item."""
        return self.sheet, self.row.state.item.id

    @property
    def answer(self) -> Answer:
        """The answer to the item."""
        return self.row.state.answer or Answer()

    def card_name(self, lang: Lang) -> str:
        """Return the name of the finding."""
        return label_and_problem_or_title(self.row.state.item, lang)

    def remediation_state_name(self, lang: Lang) -> str:
        """Return the state of the remediation; '' where nothing is planned."""
        return translate_code(self.row.progress, lang)

    def card_item_id(self, _lang: Lang) -> str:
        """Return the id of the item."""
        return self.row.state.item.id

    def name_for_messages(self, _lang: Lang) -> str:
        """Return what messages call it: the id of the item."""
        return self.row.state.item.id


BoardCard = FindingCard | OutsideCard


class CardGroup(NamedTuple):
    """Cards under a heading."""

    heading: str
    cards: tuple[BoardCard, ...]


def list_cards_by_urgency(
    sheets: Mapping[SheetName, Assessment], outside: Iterable[OutsideRow] = ()
) -> list[BoardCard]:
    """Return the findings of all sheets and of others: overdue first, by due date, by risk."""
    cards: list[BoardCard] = [
        FindingCard(name_, row) for name_, assessment in sheets.items() for row in assessment.ledger
    ]
    cards += map(OutsideCard, outside)
    return sorted(cards, key=_urgency_sort_key)


def _urgency_sort_key(card: BoardCard) -> tuple[bool, bool, date, int]:
    row = card.row
    return (
        row.progress in _CLOSED,
        not row.overdue,
        row.due or date.max,
        RISK_LEVELS.index(row.risk),
    )


def group_cards(
    cards: Sequence[BoardCard], group_by: Order, today: date, lang: Lang
) -> list[CardGroup]:
    """Return the cards in groups, without empty groups."""
    members: dict[str, list[BoardCard]] = {
        heading: [] for heading in _list_headings_in_fixed_order(group_by, lang)
    }
    for card in cards:
        members.setdefault(_group_heading_of_card(card, group_by, today, lang), []).append(card)
    return [CardGroup(heading, tuple(group)) for heading, group in members.items() if group]


def _list_headings_in_fixed_order(group_by: Order, lang: Lang) -> Iterator[str]:
    """Yield the headings whose order is fixed."""
    _ = translator(lang)
    if group_by == "due":
        yield from (_("Overdue"), _("Due within 30 days"), _("Due later"))
        yield from (_("Without a date"), _("Closed"))
    elif group_by == "state":
        yield _("Nothing planned")
        yield from (translate_code(state, lang) for state in REMEDIATION_STATES)
    elif group_by == "owner":
        yield _("Without an owner")
    else:
        yield from (
            _("risk: {risk}").format(risk=translate_code(risk, lang)) for risk in RISK_LEVELS
        )


def _group_heading_of_card(card: BoardCard, group_by: Order, today: date, lang: Lang) -> str:
    _, row = translator(lang), card.row
    if group_by == "owner":
        return row.owner or _("Without an owner")
    if group_by == "state":
        return translate_code(row.progress, lang) if row.progress else _("Nothing planned")
    if group_by == "risk":
        return _("risk: {risk}").format(risk=translate_code(row.risk, lang))
    return _due_heading(row, today, lang)


def _due_heading(row: LedgerRow | OutsideRow, today: date, lang: Lang) -> str:
    _ = translator(lang)
    if row.progress in _CLOSED:
        return _("Closed")
    if row.overdue:
        return _("Overdue")
    if row.due is None:
        return _("Without a date")
    return _("Due within 30 days") if (row.due - today).days <= _SOON else _("Due later")


def board_lines(
    groups: Sequence[CardGroup], cursor: int, ticked: Collection[CardKey], lang: Lang, width: int
) -> DrawnLines:
    """Return the groups with one line for each card."""
    _ = translator(lang)
    heads = _Columns("", _("Finding"), _("Owner"), _("Due"), _("State"), _("Risk"))
    head = tuple(part._replace(style="label") for part in _join_columns(heads, width))
    lines: list[StyledLine] = [fill_line((LinePart("      "), *head), width, "raised")]
    cursor_line = index = 0
    for group in groups:
        heading = escape_as_single_line(group.heading) + format_bracketed_remark(
            str(len(group.cards)), lang
        )
        lines.append(styled_line(fit_width(f" {heading}", width), "title"))
        for card in group.cards:
            if index == cursor:
                cursor_line = len(lines)
            is_ticked = card.card_key in ticked
            box = LinePart("[*] " if is_ticked else "[ ] ", "key" if is_ticked else "dim")
            row = row_line((box, *_card_parts(card, lang, width)), width, focused=index == cursor)
            is_plain = is_ticked and index != cursor
            lines.append(fill_line(row, width, "chosen") if is_plain else row)
            index += 1
    if not groups:
        lines.append(styled_line(" " + _("no findings: nothing to mend"), "dim"))
    return DrawnLines(lines, cursor_line)


class _Columns(NamedTuple):
    item_id: str
    title: str
    owner: str
    due: str
    state: str
    risk: str


def _card_parts(card: BoardCard, lang: Lang, width: int) -> StyledLine:
    _, row = translator(lang), card.row
    _n = plural_translator(lang)
    due = (row.due.isoformat() if row.due else "-") + ("!" if row.overdue else "")
    state = card.remediation_state_name(lang) or "-"
    if row.overdue:
        state = _n("{days} day late", "{days} days late", row.days_late).format(days=row.days_late)
    columns = _Columns(
        card.card_item_id(lang),
        card.card_name(lang),
        row.owner or "-",
        due,
        state,
        translate_code(row.risk, lang),
    )
    return _join_columns(
        columns,
        width,
        due_style="bad" if row.overdue else "plain",
        risk_style=_RISK_STYLES[row.risk],
    )


def _join_columns(
    columns: _Columns,
    width: int,
    *,
    due_style: StyleName = "plain",
    risk_style: StyleName = "plain",
) -> StyledLine:
    """Return the cells of a row: the title first, its id quiet behind it."""
    state = fit_width(columns.state, _STATE) if width >= _STATE_FROM else ""
    item_id = LinePart(f" {columns.item_id}" if columns.item_id else "", "dim")
    tail = (
        LinePart(f" {fit_width(columns.owner, _OWNER - 1)} "),
        LinePart(fit_width(columns.due, _DUE) + state, due_style),
        LinePart(f" {fit_width(columns.risk, _RISK - 1)}", risk_style),
    )
    room = width - 6 - line_width((item_id, *tail))
    name = fit_width(
        escape_as_single_line(columns.title),
        min(room, width_of(escape_as_single_line(columns.title))),
    )
    gap = LinePart(" " * (room - width_of(name)))
    return (LinePart(name), item_id, gap, *tail)


def finding_detail_lines(
    card: BoardCard,
    titles: Mapping[SheetName, str],
    config: Config,
    lang: Lang,
    width: int,
) -> list[StyledLine]:
    """Return the finding and its remediation in full."""
    state_text = _remediation_state_text(card.answer.remediation, config.people, lang)
    if isinstance(card, OutsideCard):
        blocks = list_outside_finding_details(card, config.systems, state_text, lang)
    else:
        blocks = _list_finding_details(card, titles, state_text, lang)
    label_width = max(width_of(label) for label, _text in blocks)
    lines: list[StyledLine] = [dash_line(width)]
    for label, text in blocks:
        lines += labelled_lines(fit_width(label, label_width), [text], width)
    return lines


def _list_finding_details(
    card: FindingCard, titles: Mapping[SheetName, str], state_text: str, lang: Lang
) -> list[tuple[str, str]]:
    _, row, plan = translator(lang), card.row, card.answer.remediation
    _n = plural_translator(lang)
    item = row.state.item
    result_words = [
        translate_code(row.state.result, lang),
        _("risk: {risk}").format(risk=translate_code(row.risk, lang)),
    ]
    if row.overdue:
        result_words.append(
            _n("{days} day late", "{days} days late", row.days_late).format(days=row.days_late)
        )
    needs = budget_and_people_needs_text(plan, lang)
    return [
        (
            _("Finding"),
            f"{item.id} {label_and_problem_or_title(item, lang)}"
            + format_bracketed_remark(titles.get(card.sheet, ""), lang),
        ),
        (_("Result"), "  ".join(result_words)),
        (_("Action"), (plan and plan.action) or "-"),
        (_("Who"), "  ".join(part for part in (row.unit, row.owner) if part) or "-"),
        (_("State"), state_text),
        *([(_("Needs"), needs)] if needs else []),
        (_("Note"), card.answer.note or "-"),
    ]


def _remediation_state_text(
    plan: Remediation | None, people: Mapping[str, Person], lang: Lang
) -> str:
    _ = translator(lang)
    if plan is None:
        return _("Nothing planned")
    parts = [translate_code(plan.state, lang)]
    if plan.due:
        parts.append(_("due {day}").format(day=plan.due))
    if plan.done_on:
        parts.append(_("done on {day}").format(day=plan.done_on))
    if plan.verified_on:
        parts.append(_("verified on {day}").format(day=plan.verified_on))
    person_names = [
        person_name(person, people) for person in (plan.verified_by, plan.accepted_by) if person
    ]
    undated = plan.no_due_reason if plan.due is None else None
    return "  ".join([*parts, *person_names, *filter(None, [undated, plan.reason])])
