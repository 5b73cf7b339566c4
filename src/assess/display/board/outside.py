"""Findings of others on the board: their cards, and the forms that enter, close and reopen them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess.display.remediation_words import budget_and_people_needs_text
from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm, is_iso_date
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.kinds.wording import translate_code
from assess.engine.outside_findings import (
    OutsideRow,
    outside_source_and_number,
    outside_source_name,
)
from assess.harmless import escape_as_single_line, is_visible_character
from assess.i18n import Lang, plural_translator, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.config import System
from assess.model.item import RISK_LEVELS
from assess.model.outside_finding import OUTSIDE_SOURCES, OutsideFinding


class OutsideCard(NamedTuple):
    """A finding of somebody else, with its remediation."""

    row: OutsideRow

    @property
    def card_key(self) -> tuple[None, str]:
        """The id of the finding; no sheet."""
        return None, self.row.id

    @property
    def answer(self) -> Answer:
        """An answer with the remediation alone, for the forms of remediations."""
        finding = self.row.finding
        return Answer(remediation=finding.remediation, by=finding.by, at=finding.at)

    def card_name(self, lang: Lang) -> str:
        """Return who found it, and the beginning of what was found."""
        source = outside_source_name(self.row.finding.source, lang)
        _ = translator(lang)
        text = _("[{source}] {text}")
        return escape_as_single_line(text.format(source=source, text=self.row.finding.text))

    def remediation_state_name(self, lang: Lang) -> str:
        """Return how far it is, in a word."""
        _ = translator(lang)
        return _("closed off") if self.row.is_closed else translate_code(self.row.progress, lang)

    def card_item_id(self, _lang: Lang) -> str:
        """Return the id of the item that it is about; '' for none."""
        return self.row.finding.item or ""

    def name_for_messages(self, lang: Lang) -> str:
        """Return what messages call it: who found it, and the number of the document."""
        return outside_source_and_number(self.row.finding, lang)


def list_outside_finding_details(
    card: OutsideCard, systems: Mapping[str, System], state_text: str, lang: Lang
) -> list[tuple[str, str]]:
    """Return the parts of a finding of others with their labels; '-' for what is not there."""
    _, row = translator(lang), card.row
    _n = plural_translator(lang)
    finding, plan = row.finding, row.plan
    head = [outside_source_and_number(finding, lang), str(finding.dated or "")]
    about = [_system_or_unit_name(finding, systems, lang), finding.item or ""]
    due = [_("to be mended by {day}").format(day=finding.due) if finding.due else ""]
    due.append(
        _n("{days} day late", "{days} days late", row.days_late).format(days=row.days_late)
        if row.overdue
        else ""
    )
    closed, how = finding.closed, _("no: C closes it off")
    return [
        (_("Finding"), escape_as_single_line(finding.text)),
        (_("Found by"), "  ".join(filter(None, head))),
        (_("About"), "  ".join(filter(None, about)) or "-"),
        (
            _("Risk"),
            "  ".join(filter(None, [translate_code(row.risk, lang), *due])),
        ),
        (_("Action"), plan.action or "-"),
        (_("Who"), "  ".join(part for part in (plan.unit, plan.owner) if part) or "-"),
        (_("State"), card.remediation_state_name(lang) if closed else state_text),
        (_("Needs"), budget_and_people_needs_text(plan, lang) or "-"),
        (_("Closed off"), f"{closed.on}  {escape_as_single_line(closed.proof)}" if closed else how),
    ]


def _system_or_unit_name(finding: OutsideFinding, systems: Mapping[str, System], lang: Lang) -> str:
    _ = translator(lang)
    if finding.system is None:
        return _("the organization")
    known = systems.get(finding.system)
    return pick_text(known.name, lang) if known else finding.system


def outside_finding_closing_form(
    cards: Sequence[OutsideCard], today: date, lang: Lang
) -> InputForm:
    """Return the form that closes findings: what proves that they are mended, and the day."""
    _ = translator(lang)
    days = [card.row.finding.dated for card in cards if card.row.finding.dated]
    dated = max(days, default=None)
    title = _("Close off: {finding}").format(finding=cards[0].name_for_messages(lang))
    if len(cards) > 1:
        title = _("Close off {count} findings with one proof").format(count=len(cards))

    def check_values(values: FormValues) -> FieldErrors:
        errors = {}
        if not any(map(is_visible_character, values["proof"])):
            errors["proof"] = _("say what proves that it is mended")
        day = normalize_typed_date(values["on"])
        if not is_iso_date(day):
            errors["on"] = _("not a date; write it as 2026-03-18")
        elif date.fromisoformat(day) > today:
            errors["on"] = _("{day} has not come yet").format(day=day)
        elif dated is not None and date.fromisoformat(day) < dated:
            text = _("{day} is before the day of the document, {dated}")
            errors["on"] = text.format(day=day, dated=dated)
        return errors

    fields = (
        FormField(
            "proof",
            _("What proves it"),
            "text",
            hint=_("letter, retest or record that proves it"),
        ),
        FormField("on", _("Closed on"), "day", today.isoformat()),
    )
    return InputForm(title, fields, check_values)


def outside_finding_reopening_form(card: OutsideCard, lang: Lang) -> InputForm:
    """Return the form that opens a closed finding again: why."""
    _ = translator(lang)

    def check_values(values: FormValues) -> FieldErrors:
        seen = any(map(is_visible_character, values["reason"]))
        return {} if seen else {"reason": _("say why it is opened again")}

    title = _("Open again: {finding}").format(finding=card.name_for_messages(lang))
    return InputForm(title, (FormField("reason", _("Reason"), "text"),), check_values)


def new_outside_finding_form(
    systems: Mapping[str, System], find_item_error: Callable[[str, str], str], lang: Lang
) -> InputForm:
    """Return the form that enters a finding of others.

    `find_item_error` returns what is wrong with an item and a system; '' where nothing is.
    """
    _ = translator(lang)

    def check_values(values: FormValues) -> FieldErrors:
        errors = {}
        if not any(map(is_visible_character, values["text"])):
            errors["text"] = _("say what was found")
        for name in ("dated", "due"):
            day = normalize_typed_date(values[name])
            if values[name].strip() and not is_iso_date(day):
                errors[name] = _("not a date; write it as 2026-03-18")
        if values["item"].strip() and (
            wrong := find_item_error(values["item"].strip(), values["system"])
        ):
            errors["item"] = wrong
        return errors

    sources = tuple((source, outside_source_name(source, lang)) for source in OUTSIDE_SOURCES)
    scopes = (
        ("", _("the organization")),
        *((key, pick_text(system.name, lang)) for key, system in systems.items()),
    )
    risks = tuple((risk, translate_code(risk, lang)) for risk in RISK_LEVELS)
    fields = (
        FormField("text", _("Finding"), "text"),
        FormField("source", _("Found by"), "pick", "notice", options=sources),
        FormField("number", _("Number of the document")),
        FormField("dated", _("Date"), "day", hint=_("as 2026-03-18, 3-18")),
        FormField("due", _("Due"), "due", hint=_("as 2026-03-18, 3-18, +30 or month end")),
        FormField("risk", _("Risk"), "pick", "medium", options=risks),
        FormField("system", _("About"), "pick", "", options=scopes),
        FormField("item", _("Item"), hint=_("id of an item, or empty")),
    )
    return InputForm(_("Enter a finding of others"), fields, check_values)


def outside_finding_fields_from_form(values: FormValues) -> dict[str, str]:
    """Return the fields of a new finding; empty ones are left out."""
    typed = {
        name: values[name].strip()
        for name in ("source", "number", "due", "risk", "system", "item", "text")
    }
    typed["date"] = normalize_typed_date(values["dated"])
    typed["due"] = normalize_typed_date(values["due"])
    return {name: value for name, value in typed.items() if value}
