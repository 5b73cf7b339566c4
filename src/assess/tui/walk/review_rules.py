"""Rules, form and fields of a review; pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from assess.china_time import find_day_in_china
from assess.display.text.bars import KeyChip, key_lines
from assess.display.text.forms import FormField, FormValues, InputForm, is_iso_date
from assess.display.text.marks import item_mark, make_mark_part, meaning_of_mark
from assess.display.text.styled import LinePart, StyledLine, labelled_lines, styled_line
from assess.display.text.wrap import wrap_text
from assess.display.walk.pane import ShownItem, remediation_text
from assess.display.walk.proposals import taken_over_texts
from assess.display.walk.sides import person_name
from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.kinds.values import answer_text
from assess.engine.punctuation import enumeration_comma_sign, semicolon_sign
from assess.engine.taken_over import is_taken_over_unchanged
from assess.i18n import Lang, translator
from assess.model.answer import Answer, Sheet
from assess.model.base import pick_text
from assess.model.config import Config


def review_refusal_text(
    config: Config, sheet: Sheet, person: str | None, answer: Answer, lang: Lang
) -> str:
    """Return why a person may not review an answer; '' if they may.

    A reviewer has the role of reviewer or is the sheet's reviewer. They may review their own answer
    only if nobody else may review it.
    """
    _ = translator(lang)
    may = {key for key, member in config.people.items() if "reviewer" in member.roles}
    may |= {sheet.people.reviewer} if sheet.people.reviewer else set()
    if person is None or person not in config.people:
        return _("choose who sits here first: w")
    if person not in may and len(config.people) > 1:
        known = (config.people[key].name for key in sorted(may) if key in config.people)
        names = enumeration_comma_sign(lang).join(known)
        return _("only a reviewer may review: {names}; w changes who acts").format(
            names=names or "-"
        )
    if answer.by == person and may - {person}:
        return _("one's own answer is reviewed by another person")
    return ""


def review_warning_text(config: Config, person: str | None, answer: Answer, lang: Lang) -> str:
    """Return the warning about a review that is allowed; '' without one."""
    if person is None or answer.by != person:
        return ""
    _ = translator(lang)
    name = config.people[person].name if person in config.people else person
    return _("! {name} reviews their own answer; the report will say so").format(name=name)


def may_be_accepted_together(answer: Answer, lacks: Sequence[str]) -> bool:
    """Return whether an answer may be accepted with others, without being opened.

    It may if it lacks nothing, and was not taken over without a note or evidence that is new.
    """
    return not lacks and not is_taken_over_unchanged(answer)


def review_form(
    item_id: str, answer: Answer, note: str, lang: Lang, *, returned: bool, lacks: str = ""
) -> InputForm:
    """Return the form that accepts or returns an answer; `note` follows its title.

    `lacks` is the beginning of the comment of a return: what the answer lacks.
    """
    _ = translator(lang)
    review = answer.review

    def check_values(values: FormValues) -> dict[str, str]:
        errors = {}
        if values["state"] == "returned" and not values["comment"].strip():
            errors["comment"] = _("say what is to be changed")
        if values["due"].strip() and not is_iso_date(normalize_typed_date(values["due"])):
            errors["due"] = _("not a date; write it as 2026-03-18")
        return errors

    states = (("accepted", _("accept")), ("returned", _("return")))
    again = returned and review is not None and review.state == "returned"
    due = review.due.isoformat() if again and review and review.due else ""
    comment = FormField(
        "comment",
        _("Comment"),
        "text",
        (review.comment or "") if review and again else lacks if returned else "",
    )
    state = FormField(
        "state", _("Review"), "pick", "returned" if returned else "accepted", "", states
    )
    day = FormField("due", _("Due"), "due", due, _("as 2026-03-18, 3-18, +30 or month end"))
    title = _("Review of {item}").format(item=item_id)
    fields = (comment, day, state) if returned else (state, comment, day)
    return InputForm(f"{title}  {note}".rstrip(), fields, check_values)


def review_fields(
    values: Mapping[str, str], answer: Answer, person: str | None, now: datetime
) -> dict[str, Any]:
    """Return the change for a review, with the digest of the reviewed answer."""
    review = {
        "state": values["state"],
        "comment": values["comment"].strip(),
        "due": normalize_typed_date(values["due"]) if values["state"] == "returned" else "",
        "by": person,
        "at": now.isoformat(),
        "of": reviewed_answer_digest(answer),
    }
    return {"review": {name: value for name, value in review.items() if value}}


def answer_lines_for_reviewer(
    view: ShownItem, notices: Sequence[str], width: int
) -> list[StyledLine]:
    """Return an answer for a reviewer, without the keys that would change it.

    The notices say what it lacks, and why it may not be reviewed.
    """
    _ = translator(view.lang)
    sign = item_mark(view.state, view.result)
    answer = view.answer
    result = (
        LinePart(_("Result") + "  ", "label"),
        make_mark_part(sign, after=f" {meaning_of_mark(view.state, view.result, view.lang)}"),
    )
    value = "" if answer.status else answer_text(view.state.item, answer, view.lang)
    cited = [
        pick_text(view.evidence[row].title, view.lang) if row in view.evidence else row
        for row in answer.evidence
    ]
    plan = answer.remediation
    rows = (
        (_("Value"), [value] if value else []),
        (_("Note"), [answer.note or "-"]),
        (_("Evidence"), [semicolon_sign(view.lang).join(cited) or "-"]),
        (_("Remediation"), [remediation_text(plan, view.lang)] if plan else []),
        (
            _("Carried over"),
            taken_over_texts(answer, view.lang, source_changed=view.source_changed),
        ),
        (
            _("By"),
            [
                " ".join(
                    part
                    for part in (person_name(answer.by, view.people), _answer_day(answer))
                    if part
                )
                or "-"
            ],
        ),
    )
    lines: list[StyledLine] = [result]
    for label, texts in rows:
        lines += labelled_lines(label, texts, width)
    lines += [
        styled_line(piece, "warn") for notice in notices for piece in wrap_text(notice, width)
    ]
    chips = (
        KeyChip("1", _("accept")),
        KeyChip("2", _("return")),
        KeyChip("3", _("accept rest")),
    )
    return [*lines, *key_lines(chips, width)]


def _answer_day(answer: Answer) -> str:
    return find_day_in_china(answer.at).isoformat() if answer.at else ""
