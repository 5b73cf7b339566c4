"""The input forms of an item, and the conversion of their values; pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final

from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm, find_no_errors
from assess.display.walk.kinds.registry import walk_kind
from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.statuses import status_criterion_text
from assess.engine.kinds.values import ValueProblem, check_value
from assess.engine.punctuation import format_bracketed_remark
from assess.i18n import Lang, plural_translator, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import Item

_END_OF_NAME: Final = re.compile(r"[（，；。：]|[,;:](?= )| \(")
"""Where the name of a proof ends, and instructions begin."""


def value_form(
    item: Item, answer: Answer, today: date, lang: Lang, typed_before: str = ""
) -> InputForm:
    """Return the input form of the item's kind: for its value, or for own words."""
    title, kind = f"{item.id} {item_label_and_title(item, lang)}", walk_kind(item)

    def check_values(values: FormValues) -> FieldErrors:
        value = kind.read(item, values)
        unreadable = kind.find_unreadable(item, value, lang)
        return unreadable or errors_by_field(check_value(item, value, today, lang), lang)

    fields = kind.fields(item, answer, lang)
    return InputForm(title, fields, check_values, typed_before=typed_before)


def errors_by_field(problems: tuple[ValueProblem, ...], lang: Lang) -> FieldErrors:
    """Return the problems by the field that shows them."""
    errors: FieldErrors = {}
    for problem in problems:
        words = problem.message + format_bracketed_remark(problem.hint, lang)
        errors.setdefault(str(problem.path[-1]) if problem.path else "", words)
    return errors


def note_form(
    item_id: str,
    note: str,
    lang: Lang,
    *,
    not_applicable: bool,
    opened_by_result: bool = False,
    proposed: str = "",
    phrases: Sequence[str] = (),
) -> InputForm:
    """Return the form for the note; for an item that does not apply, the required reason.

    `opened_by_result`: nobody asked for the form, so it says how one leaves it. `proposed` is the
    note of a proposal, which F7 puts in; F6 puts in one of the `phrases`.
    """
    _ = translator(lang)
    way_out = _("opens by itself after this result; Esc leaves it for later")
    hint = way_out if opened_by_result else ""
    title, label = _("Note on {item}"), _("what was found, why, which objects")
    if not_applicable:
        title, label = _("Why {item} is not applicable"), _("why it does not apply")
    return InputForm(
        title.format(item=item_id),
        (FormField("note", label, "text", note, hint),),
        _make_required_reason_checker(lang) if not_applicable else find_no_errors,
        {"note": proposed} if proposed else {},
        _("put the proposal in") if proposed else "",
        phrases=tuple(phrases),
    )


def shared_inapplicability_reason_form(items: Sequence[Item], lang: Lang) -> InputForm:
    """Return the form for the reason why none of the items applies."""
    _ = translator(lang)
    _n = plural_translator(lang)
    field = FormField("note", _("why none of them applies"), "text")
    title = _n(
        "Why {count} item is not applicable", "Why {count} items are not applicable", len(items)
    ).format(count=len(items))
    texts = [status_criterion_text(item.verdict, "not_applicable", lang) for item in items]
    phrases = tuple(dict.fromkeys(text for text in texts if text))
    return InputForm(title, (field,), _make_required_reason_checker(lang), phrases=phrases)


def _make_required_reason_checker(lang: Lang) -> Callable[[FormValues], FieldErrors]:
    _ = translator(lang)
    message = _("the item counts as open until the reason is there")
    return lambda values: {} if values["note"].strip() else {"note": message}


def attach_evidence_form(
    item: Item,
    lang: Lang,
    missing: Sequence[str],
    proved: Collection[str],
    pieces: Mapping[str, str],
) -> InputForm:
    """Return the form that attaches evidence; it proposes the next proof that has none.

    `missing` are the required proofs without evidence on disk, `proved` those that have some or get
    it just now, `pieces` the names of what is registered, by id.
    """
    _ = translator(lang)
    options = _proof_options(item, lang)
    unproved = [key for key in missing if key not in proved]
    unproved += (proof.id for proof in item.evidence if proof.id not in proved)
    proposed = next(iter(unproved), "other" if item.evidence else options[0][0])

    def check_values(values: FormValues) -> FieldErrors:
        typed = [values[field].strip() for field in ("file", "paper")]
        if all(typed):
            return {"paper": _("a file or a paper record, not both")}
        return {} if any(typed) else {"file": _("give a file, or where the paper is kept")}

    fields = (
        FormField(
            "file",
            _("File"),
            "piece",
            hint=_("F3 chooses; Tab completes a path"),
            options=tuple(pieces.items()),
        ),
        FormField(
            "paper", _("Paper kept at"), hint=_("for a record on paper: room, shelf, folder")
        ),
        FormField(
            "title",
            _("Title"),
            hint=_("left empty: what it proves"),
        ),
        FormField("proof", _("Proves"), "pick", proposed, options=options),
    )
    return InputForm(_("Evidence for {item}").format(item=item.id), fields, check_values)


def _proof_options(item: Item, lang: Lang) -> tuple[tuple[str, str], ...]:
    _ = translator(lang)
    proofs = ((proof.id, pick_text(proof.text, lang)) for proof in item.evidence)
    return (*proofs, ("remediation", _("proof of mending")), ("other", _("something else")))


def proof_text(item: Item, proof: str, lang: Lang) -> str:
    """Return the wording of a proof that evidence for an item may serve."""
    return dict(_proof_options(item, lang))[proof]


def proof_name(item: Item, proof: str, lang: Lang) -> str:
    """Return the name of a proof: its wording without what follows, how to make it and write it."""
    words = proof_text(item, proof, lang)
    return _END_OF_NAME.split(words, maxsplit=1)[0].strip() or words
