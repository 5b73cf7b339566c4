"""Reviewing: who may, what is asked, and what is written; plain functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assess.display.text.forms import Field, Form, Values, date_from, is_date
from assess.display.text.marks import mark, mark_part, words_of
from assess.display.text.styled import Line, Part, labelled, line
from assess.display.text.wrap import wrap
from assess.display.walk.pane import View, remediation_text
from assess.display.walk.sides import person_name
from assess.engine.fingerprint import answer_digest
from assess.engine.kinds.values import value_text
from assess.engine.punctuation import comma, semicolon
from assess.i18n import Lang, translator
from assess.model.answer import Answer, Sheet
from assess.model.base import pick
from assess.model.config import Config


def refusal(config: Config, sheet: Sheet, person: str | None, answer: Answer, lang: Lang) -> str:
    """Return why a person may not review an answer; '' where they may.

    They are in the role of reviewer, or the sheet names them so; and it is not their own answer,
    unless nobody else may.
    """
    _ = translator(lang)
    may = {key for key, one in config.people.items() if "reviewer" in one.roles}
    may |= {sheet.people.reviewer} if sheet.people.reviewer else set()
    if person is None or person not in config.people:
        return _("choose who sits here first: w")
    if person not in may and len(config.people) > 1:
        known = (config.people[key].name for key in sorted(may) if key in config.people)
        names = comma(lang).join(known)
        return _("only a reviewer may review: {names}; w changes who acts").format(
            names=names or "-"
        )
    if answer.by == person and may - {person}:
        return _("one's own answer is reviewed by another person")
    return ""


def warning(config: Config, person: str | None, answer: Answer, lang: Lang) -> str:
    """Return what is to be said of a review that is allowed; '' where nothing is."""
    if person is None or answer.by != person:
        return ""
    _ = translator(lang)
    name = config.people[person].name if person in config.people else person
    return _("! {name} reviews their own answer; the report will say so").format(name=name)


def review_form(item_id: str, answer: Answer, note: str, lang: Lang, *, returned: bool) -> Form:
    """Return the form that accepts or returns an answer; `note` is shown with its title."""
    _ = translator(lang)
    held = answer.review

    def check(values: Values) -> dict[str, str]:
        found = {}
        if values["state"] == "returned" and not values["comment"].strip():
            found["comment"] = _("say what is to be changed")
        if values["due"].strip() and not is_date(date_from(values["due"])):
            found["due"] = _("not a date; write it as 2026-03-18")
        return found

    states = (("accepted", _("accept")), ("returned", _("return")))
    again = returned and held is not None and held.state == "returned"
    due = held.due.isoformat() if again and held and held.due else ""
    comment = Field("comment", _("Comment"), "text", (held.comment or "") if held and again else "")
    state = Field("state", _("Review"), "pick", "returned" if returned else "accepted", "", states)
    day = Field("due", _("Due"), value=due, hint=_("as 2026-03-18 or 20260318"))
    title = _("Review of {item}").format(item=item_id)
    fields = (comment, day, state) if returned else (state, comment, day)
    return Form(f"{title}  {note}".rstrip(), fields, check)


def review_fields(
    values: Mapping[str, str], answer: Answer, person: str | None, now: datetime
) -> dict[str, Any]:
    """Return the change that a review is; it holds the digest of what was reviewed."""
    review = {
        "state": values["state"],
        "comment": values["comment"].strip(),
        "due": date_from(values["due"]) if values["state"] == "returned" else "",
        "by": person,
        "at": now.isoformat(),
        "of": answer_digest(answer),
    }
    return {"review": {name: value for name, value in review.items() if value}}


def verdict_lines(view: View, said: str, width: int) -> list[Line]:
    """Return an answer as a reviewer sees it: without the keys that would change it."""
    _ = translator(view.lang)
    sign = mark(view.state, view.result)
    answer = view.answer
    result = (
        Part(_("Result") + "  ", "label"),
        mark_part(sign, after=f" {words_of(view.state, view.result, view.lang)}"),
    )
    value = "" if answer.status else value_text(view.state.item, answer, view.lang)
    cited = [
        pick(view.evidence[row].title, view.lang) if row in view.evidence else row
        for row in answer.evidence
    ]
    plan = answer.remediation
    rows = (
        (_("Value"), [value] if value else []),
        (_("Note"), [answer.note or "-"]),
        (_("Evidence"), [semicolon(view.lang).join(cited) or "-"]),
        (_("Remediation"), [remediation_text(plan, view.lang)] if plan else []),
        (
            _("By"),
            [
                " ".join(
                    part for part in (person_name(answer.by, view.people), _day(answer)) if part
                )
                or "-"
            ],
        ),
    )
    lines: list[Line] = [result]
    for label, texts in rows:
        lines += labelled(label, texts, width)
    warnings = [line(piece, "warn") for piece in wrap(said, width)] if said else []
    return [*lines, *warnings, line("  1 " + _("accept") + "    2 " + _("return"), "title")]


def _day(answer: Answer) -> str:
    return answer.at.strftime("%Y-%m-%d") if answer.at else ""
