"""The form that begins the next round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from assess.display.profile.forms import id_field_errors
from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm, is_iso_date
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.punctuation import enumeration_comma_sign, format_bracketed_remark
from assess.engine.rounds import default_round_title, propose_round_id
from assess.i18n import LANGS, Lang, translator
from assess.model.base import Text, pick_text
from assess.model.config import Round


class NewRoundFields(NamedTuple):
    """What a filled-in form says of the new round."""

    round_id: str
    title: str | None
    """None: the title that a round of this id has by itself, in both languages."""
    due: date | None
    checklists: tuple[str, ...]


def new_round_form(
    rounds: Mapping[str, Round],
    checklist_titles: Mapping[str, Text],
    today: date,
    lang: Lang,
) -> InputForm:
    """Return the form of a new round; `checklist_titles` are the checklists of the last one."""
    _ = translator(lang)
    proposed_id = propose_round_id(rounds, today)
    checklists = tuple((key, pick_text(title, lang)) for key, title in checklist_titles.items())
    fields = [
        FormField(
            "id", _("Id"), value=proposed_id, hint=_("lower-case letters, digits, hyphens: 2027-h1")
        ),
        FormField(
            "title",
            _("Title"),
            hint=_("as it is printed"),
            proposed=lambda values: pick_text(default_round_title(values["id"].strip()), lang),
        ),
        FormField("due", _("Due"), "due", hint=_("when it is to be done; may stay empty")),
    ]
    if checklists:
        ticked = " ".join(checklist_titles)
        label = _("Checklists that go on")
        fields.append(
            FormField("checklists", label, "ticks", ticked, _("a digit ticks"), checklists)
        )

    def check_values(values: FormValues) -> FieldErrors:
        errors = id_field_errors(values, rounds, lang)
        if values["due"].strip() and not is_iso_date(normalize_typed_date(values["due"])):
            errors["due"] = _("not a date; write it as 2026-03-18")
        return errors

    title, still_open = (
        _("Begin the next round"),
        [key for key, listed_round in rounds.items() if listed_round.state == "open"],
    )
    if still_open:
        remark = _("{rounds} not closed yet").format(
            rounds=enumeration_comma_sign(lang).join(still_open)
        )
        title += format_bracketed_remark(remark, lang)
    return InputForm(title, tuple(fields), check_values, save_label=_("begin it"))


def new_round_fields_from_form(values: FormValues) -> NewRoundFields:
    """Return what a filled-in form says."""
    round_id, title = values["id"].strip(), values["title"].strip()
    due = normalize_typed_date(values["due"])
    own_titles = {pick_text(default_round_title(round_id), lang) for lang in LANGS}
    return NewRoundFields(
        round_id,
        None if title in own_titles or not title else title,
        date.fromisoformat(due) if due else None,
        tuple(values.get("checklists", "").split()),
    )
