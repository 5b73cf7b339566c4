"""Reservations: why a genuine report should not be taken as it stands (docs/decisions/0026).

Each kind is found by a function over the inputs of a report, so that whoever makes the report again
from its commit finds the same. `history` alone is found by `verify`: it is about the repository in
which the report is verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, Literal, NamedTuple

from assess.engine.kinds.reading import normalize_width_and_strip
from assess.i18n import N_, Lang, translator
from assess.model.provenance import DraftReason
from assess.model.results import ItemState
from assess.report.content.inputs import (
    BLANK_FORM,
    LETTERS,
    ReportInputs,
    SheetInputs,
    find_day_of_last_answer,
    find_draft_reasons,
    list_returned_items,
    list_unreviewed_items,
)
from assess.report.content.origins import find_template_origin, list_checklist_origins
from assess.report.content.view.remarks import format_ids_sentence, sheet_title
from assess.report.content.view.words import format_long_date
from assess.workspace.history.later_state import LaterState
from assess.workspace.proof.earlier_rounds import EarlierRound

ReservationKind = Literal[
    "variant", "template", "date", "draft", "not-applicable", "names", "review", "history"
]
"""The kinds of reservations, by the names that `verify --allow` takes."""

MOST_NOT_APPLICABLE: Final = 0.9
"""The share of items answered as not applicable above which hardly anything was assessed."""


class ReservationWords(NamedTuple):
    """What a kind is called at the foot of pages, and what can be done about it."""

    short: str
    cure: str


RESERVATIONS: Final[dict[ReservationKind, ReservationWords]] = {
    "variant": ReservationWords(
        N_("checklist changed"),
        N_(
            "undo the edit (git checkout, assess upgrade ID), or accept it with its reason: "
            "assess checklist accept ID --reason …"
        ),
    ),
    "template": ReservationWords(
        N_("template of their own"),
        N_("use one of the program's templates, or one that came with assess checklist add"),
    ),
    "date": ReservationWords(
        N_("date set by hand"),
        N_("leave out --date: the report then speaks of the day of its commit"),
    ),
    "draft": ReservationWords(
        N_("draft"),
        N_("answer and review what is missing, then assess commit"),
    ),
    "not-applicable": ReservationWords(
        N_("hardly anything applies"),
        N_("look at these items again: what does not apply to the unit is seldom the most"),
    ),
    "names": ReservationWords(
        N_("nobody named"),
        N_("register who fills in, reviews and leads: assess person add ID --name … --role …"),
    ),
    "review": ReservationWords(
        N_("not reviewed"),
        N_("let another person review the answers: assess fill --as REVIEWER"),
    ),
    "history": ReservationWords(
        N_("not in this branch"),
        N_("ask which branch counts, and verify there: git checkout BRANCH"),
    ),
}
"""Every kind, in the order in which they are listed."""


class Reservation(NamedTuple):
    """A reservation of one report, in a sentence."""

    kind: ReservationKind
    text: str


def list_reservations(inputs: ReportInputs, lang: Lang) -> tuple[Reservation, ...]:
    """Return the reservations that a report carries, in the order of the table."""
    return tuple(
        Reservation(kind, text)
        for kind in RESERVATIONS
        if kind in _FINDERS
        for text in _FINDERS[kind](inputs, lang)
    )


def list_reservations_of_verifier(
    inputs: ReportInputs,
    later: LaterState | None,
    rounds: Iterable[EarlierRound],
    today: date,
    lang: Lang,
) -> Iterator[Reservation]:
    """Yield the reservations that only the clock and the repository of a verifier can give."""
    _ = translator(lang)
    if inputs.today > today:
        text = _("The date {day} is after today.")
        yield Reservation("date", text.format(day=format_long_date(inputs.today, lang)))
    if later is not None and later.is_in_history is False:
        text = _(
            "The commit of the report is not in the history of the branch that is checked out."
        )
        yield Reservation("history", text)
    for shown in rounds:
        if shown.others:
            text = _(
                "Tag {tag} is on commit {commit}; other commits of the history closed round "
                "{round} under it too, with other files: {list}."
            ).format(
                tag=shown.tag,
                commit=(shown.commit or "")[:10],
                round=shown.round_id,
                list=", ".join(commit[:10] for commit in shown.others),
            )
            yield Reservation("history", text)


def _find_changed_checklists(inputs: ReportInputs, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    text = _(
        "The checklist “{title}” {version} is not as it was published or taken in, and nobody has "
        "accepted the change."
    )
    for origin in list_checklist_origins(inputs, lang):
        if origin.state == "modified":
            yield text.format(title=origin.title, version=origin.version)


def _find_own_template(inputs: ReportInputs, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    origin = find_template_origin(inputs, lang)
    if origin.source == "workspace":
        text = _(
            "The template is neither the program's nor one that came with the checklist: {items}. "
            "What it shows is its author's."
        )
        yield format_ids_sentence(text, list(origin.files), lang)


def _find_doubtful_date(inputs: ReportInputs, lang: Lang) -> Iterator[str]:
    """Yield that the date was set by hand, or that the commit is dated before what it holds."""
    _ = translator(lang)
    day = format_long_date(inputs.today, lang)
    last = find_day_of_last_answer(inputs.sheets)
    if inputs.usual_day not in (None, inputs.today):
        text = _("The date {day} was set by hand; by its commit the report would speak of {usual}.")
        yield text.format(day=day, usual=format_long_date(inputs.usual_day, lang))
    elif last is not None and inputs.today < last:
        text = _(
            "The date {day} is that of the commit, but the last answer or review is of {last}."
        )
        yield text.format(day=day, last=format_long_date(last, lang))


def _find_draft(inputs: ReportInputs, lang: Lang) -> Iterator[str]:
    reasons = find_draft_reasons(inputs)
    if inputs.template == BLANK_FORM:
        reasons = [reason for reason in reasons if reason in ("uncommitted", "no_repository")]
    if reasons:
        _ = translator(lang)
        parts = _("; ").join(_draft_reason_words(inputs, reason, lang) for reason in reasons)
        yield _("This is a draft: {reasons}.").format(reasons=parts)


def _draft_reason_words(inputs: ReportInputs, reason: DraftReason, lang: Lang) -> str:
    _ = translator(lang)
    sheets = inputs.sheets
    if reason == "unanswered":
        count = sum(sheet.assessment.counts.open for sheet in sheets)
        return _("unanswered items: {count}").format(count=count)
    if reason == "returned":
        count = sum(len(list_returned_items(sheet)) for sheet in sheets)
        return _("answers returned by the reviewer: {count}").format(count=count)
    if reason == "unreviewed":
        count = sum(len(list_unreviewed_items(sheet)) for sheet in sheets)
        return _("answers not accepted by the reviewer: {count}").format(count=count)
    if reason == "uncommitted":
        return _("files not committed: {count}").format(count=len(inputs.provenance.uncommitted))
    return _("the workspace is not in a git repository")


def _find_nothing_assessed(inputs: ReportInputs, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    for sheet in _sheets_with_answers(inputs):
        counts = sheet.assessment.counts
        assessed = counts.met + counts.partial + counts.unmet
        words = {
            "sheet": sheet_title(sheet, lang),
            "count": counts.not_applicable,
            "sum": assessed + counts.not_applicable,
        }
        if counts.not_applicable and not assessed:
            text = _("{sheet}: all {count} items were answered as not applicable; no conclusion.")
            yield text.format(**words)
        elif counts.not_applicable > MOST_NOT_APPLICABLE * (assessed + counts.not_applicable):
            text = _("{sheet}: {count} of {sum} items were answered as not applicable.")
            yield text.format(**words)


def _find_nobody_named(inputs: ReportInputs, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    for sheet in _sheets_with_answers(inputs):
        people = sheet.sheet.people
        named = {people.filler, people.reviewer, people.leader}
        named |= {answer.by for answer in sheet.sheet.answers.values()}
        if not any(_person_name(inputs, person_id) for person_id in named):
            text = _("{sheet}: nobody is named who filled in, reviewed or led.")
            yield text.format(sheet=sheet_title(sheet, lang))


def _find_unreviewed_answers(inputs: ReportInputs, lang: Lang) -> Iterator[str]:
    """Yield how many answers nobody but their author has reviewed; of letters, whether any was."""
    _ = translator(lang)
    for sheet in _sheets_with_answers(inputs):
        answered = [state for state in sheet.assessment.items if _is_answered(state)]
        waiting = [state for state in answered if not _is_reviewed_by_another(state, inputs)]
        if waiting and (inputs.template not in LETTERS or len(waiting) == len(answered)):
            text = _("{sheet}: of {sum} answers, {count} were reviewed by nobody but their author.")
            yield text.format(sheet=sheet_title(sheet, lang), count=len(waiting), sum=len(answered))


def _is_answered(state: ItemState) -> bool:
    return state.applies != "no" and state.answer is not None and state.answer.is_given


def _is_reviewed_by_another(state: ItemState, inputs: ReportInputs) -> bool:
    answer = state.answer
    if answer is None or answer.review is None or state.work not in ("accepted", "returned"):
        return False
    author = _person_name(inputs, answer.by)
    reviewer = _person_name(inputs, answer.review.by)
    return bool(author and reviewer) and author != reviewer


def _person_name(inputs: ReportInputs, person_id: str | None) -> str:
    """Return the name of a person, '' if nobody is registered so: two ids may be one person."""
    person = inputs.config.people.get(person_id) if person_id is not None else None
    return normalize_width_and_strip(person.name) if person is not None else ""


def _sheets_with_answers(inputs: ReportInputs) -> Iterable[SheetInputs]:
    """Return the sheets whose answers the report shows."""
    return () if inputs.template == BLANK_FORM else inputs.sheets


_FINDERS: Final[dict[ReservationKind, Callable[[ReportInputs, Lang], Iterable[str]]]] = {
    "variant": _find_changed_checklists,
    "template": _find_own_template,
    "date": _find_doubtful_date,
    "draft": _find_draft,
    "not-applicable": _find_nothing_assessed,
    "names": _find_nobody_named,
    "review": _find_unreviewed_answers,
}
