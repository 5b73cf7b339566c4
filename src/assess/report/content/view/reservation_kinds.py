"""Reservations: why a genuine report should not be taken as it stands (docs/decisions/0026).

Each kind is found by a function over the inputs of a report, so that whoever makes the report again
from its commit finds the same. `history` alone is found by `verify`: it is about the repository in
which the report is verified (`verifier_reservations.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from assess.display.figures import unanswered_items_count_text
from assess.engine.scoring.figures import count_figures
from assess.engine.scoring.left_out import (
    MOST_LEFT_OUT,
    LeftOutCounts,
    count_left_out_except_grade,
)
from assess.i18n import N_, Lang, translator
from assess.model.provenance import DraftReason
from assess.model.results import ItemState
from assess.report.content.days import find_day_of_last_answer_or_review, find_newest_day_if_later
from assess.report.content.draft_reasons import (
    ANSWER_REASONS,
    find_draft_reasons_of_document,
    is_blank_form_of_program,
)
from assess.report.content.inputs import (
    LETTERS,
    ReportInputs,
    SheetInputs,
)
from assess.report.content.origins import (
    ChecklistState,
    find_template_origin,
    list_checklist_origins,
)
from assess.report.content.person_names import normalize_person_name
from assess.report.content.view.remarks import (
    format_ids_sentence,
    sheet_title,
    summarize_similar_sentences,
)
from assess.report.content.view.words import format_long_date

ReservationKind = Literal[
    "variant",
    "source",
    "template",
    "date",
    "draft",
    "not-applicable",
    "names",
    "review",
    "history",
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
    "source": ReservationWords(
        N_("source not compared"),
        N_("name the digest that its issuer published: assess verify … --allow sha256:…"),
    ),
    "template": ReservationWords(
        N_("template not the program's"),
        N_(
            "use one of the program's templates; whoever knows another one names the digests of "
            "its files: assess verify … --allow sha256:…"
        ),
    ),
    "date": ReservationWords(
        N_("date doubtful"),
        N_(
            "leave out --date: the report then speaks of the day of its commit; where that is "
            "wrong, set the clock and commit again"
        ),
    ),
    "draft": ReservationWords(
        N_("draft"),
        N_("answer and review what is missing, then assess commit"),
    ),
    "not-applicable": ReservationWords(
        N_("most does not apply"),
        N_("look at the facts and these items again: what does not apply is seldom the most"),
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
    digests: tuple[str, ...] = ()
    """The digests of the files that it is about; whoever knows all of them needs no reservation."""

    def is_allowed(self, allowed: Collection[str]) -> bool:
        """Return whether the kind, or each of the files, is known to whoever verifies."""
        return self.kind in allowed or (bool(self.digests) and set(self.digests) <= set(allowed))


def list_reservations(inputs: ReportInputs, lang: Lang) -> tuple[Reservation, ...]:
    """Return the reservations that a report carries, in the order of the table."""
    return tuple(
        reservation
        for kind in RESERVATIONS
        if kind in _FINDERS
        for reservation in _FINDERS[kind](inputs, lang)
    )


def merge_similar_reservations(
    reservations: Iterable[Reservation], lang: Lang
) -> Iterator[Reservation]:
    """Yield reservations for a page: what many sheets have stands once, with how many more."""
    for kind, same in groupby(reservations, attrgetter("kind")):
        sentences = [reservation.text for reservation in same]
        yield from (
            Reservation(kind, text) for text in summarize_similar_sentences(sentences, lang)
        )


def _find_changed_checklists(inputs: ReportInputs, lang: Lang) -> Iterator[Reservation]:
    _ = translator(lang)
    text = _(
        "The checklist “{title}” {version} is not as it was published or taken in, and nobody has "
        "accepted the change."
    )
    return _list_checklists_in_state(inputs, "modified", "variant", text, lang)


def _find_unverified_checklist_sources(inputs: ReportInputs, lang: Lang) -> Iterator[Reservation]:
    """Yield the checklists that are said to be from a repository: whoever writes can say so."""
    _ = translator(lang)
    text = _(
        "The checklist “{title}” {version} is not of the library; it is said to be from {issuer}, "
        "and was not compared with that."
    )
    return _list_checklists_in_state(inputs, "claimed", "source", text, lang)


def _list_checklists_in_state(
    inputs: ReportInputs, state: ChecklistState, kind: ReservationKind, text: str, lang: Lang
) -> Iterator[Reservation]:
    for origin in list_checklist_origins(inputs, lang):
        if origin.state == state:
            words = {"title": origin.title, "version": origin.version, "issuer": origin.issuer}
            yield Reservation(kind, text.format(**words), (origin.digest,))


def _find_custom_template(inputs: ReportInputs, lang: Lang) -> Iterator[Reservation]:
    _ = translator(lang)
    texts = {
        "workspace": _(
            "The template is neither the program's nor one that came with the checklist: {items}. "
            "What it shows is its author's."
        ),
        "checklist": _(
            "The template is not the program's: {items}. It is said to have come with the "
            "checklist, and was not compared with that of its issuer: {issuer}."
        ),
    }
    origin = find_template_origin(inputs, lang)
    if origin.source in texts:
        files = list(origin.files)
        sentence = format_ids_sentence(texts[origin.source], files, lang, issuer=origin.issuer)
        yield Reservation("template", sentence, origin.digests)


def _find_doubtful_date(inputs: ReportInputs, lang: Lang) -> Iterator[Reservation]:
    """Yield that the date was set by hand, or that the commit is dated before what it holds."""
    _ = translator(lang)
    day = format_long_date(inputs.today, lang)
    last = find_day_of_last_answer_or_review(sheet.sheet for sheet in inputs.sheets)
    if inputs.usual_day not in (None, inputs.today):
        text = (
            _("The date {day} was set by hand; by its commit the report would speak of {usual}.")
            if inputs.provenance.commit
            else _("The date {day} was set by hand; the report was made on {usual}, of no commit.")
        )
        yield Reservation(
            "date", text.format(day=day, usual=format_long_date(inputs.usual_day, lang))
        )
    elif last is not None and inputs.today < last:
        text = (
            _("The date {day} is that of the commit, but the last answer or review is of {last}.")
            if inputs.provenance.commit
            else _(
                "The date {day} is the day on which it was made, of no commit, but the last "
                "answer or review is of {last}."
            )
        )
        yield Reservation("date", text.format(day=day, last=format_long_date(last, lang)))
    elif (later := _find_later_date_in_history(inputs)) is not None:
        text = _("The date {day} is that of the commit, but its history bears a later one: {last}.")
        yield Reservation("date", text.format(day=day, last=format_long_date(later, lang)))


def _find_later_date_in_history(inputs: ReportInputs) -> date | None:
    """Return the day of a commit before that of the report that is dated after it, if any is."""
    seconds = inputs.provenance.commit_time
    return (
        None
        if seconds is None
        else find_newest_day_if_later(seconds, inputs.history.newest_seconds)
    )


def _find_draft_reservation(inputs: ReportInputs, lang: Lang) -> Iterator[Reservation]:
    reasons = find_draft_reasons_of_document(inputs, lang)
    if reasons:
        _ = translator(lang)
        parts = _("; ").join(_draft_reason_words(inputs, reason, lang) for reason in reasons)
        yield Reservation("draft", _("This is a draft: {reasons}.").format(reasons=parts))


def _draft_reason_words(inputs: ReportInputs, reason: DraftReason, lang: Lang) -> str:
    _ = translator(lang)
    sheets = inputs.sheets
    if reason == "unanswered":
        figures = count_figures(sheet.assessment for sheet in sheets)
        return unanswered_items_count_text(figures.counts, lang)
    if reason in ANSWER_REASONS:
        row = ANSWER_REASONS[reason]
        return _(row.words).format(count=sum(len(row.list_item_ids(sheet)) for sheet in sheets))
    if reason == "uncommitted":
        return _("files not committed: {count}").format(count=len(inputs.provenance.uncommitted))
    return _("the workspace is not in a git repository")


def _find_mostly_inapplicable_sheets(inputs: ReportInputs, lang: Lang) -> Iterator[Reservation]:
    _ = translator(lang)
    for sheet in _list_sheets_unless_blank_form(inputs):
        counts = sheet.assessment.counts
        assessed = counts.met + counts.partial + counts.unmet
        words = {
            "sheet": sheet_title(sheet, lang),
            "count": counts.not_applicable,
            "sum": assessed + counts.not_applicable,
        }
        if counts.not_applicable and not assessed:
            text = _("{sheet}: all {count} items were answered as not applicable; no conclusion.")
            yield Reservation("not-applicable", text.format(**words))
        elif counts.not_applicable > MOST_NOT_APPLICABLE * (assessed + counts.not_applicable):
            text = _("{sheet}: {count} of {sum} items were answered as not applicable.")
            yield Reservation("not-applicable", text.format(**words))
        left_out = count_left_out_except_grade(sheet.assessment)
        if left_out.gone > MOST_LEFT_OUT * left_out.total:
            text = format_left_out_sentence(sheet, left_out, lang)
            yield Reservation("not-applicable", text)


def format_left_out_sentence(sheet: SheetInputs, left_out: LeftOutCounts, lang: Lang) -> str:
    """Return how many items of a sheet do not apply by facts."""
    _ = translator(lang)
    text = _(
        "{sheet}: {count} of {sum} items do not apply by the facts that are given of the "
        "organization and the system."
    )
    title = sheet_title(sheet, lang)
    return text.format(sheet=title, count=left_out.gone, sum=left_out.total)


def _find_sheets_naming_nobody(inputs: ReportInputs, lang: Lang) -> Iterator[Reservation]:
    _ = translator(lang)
    for sheet in _list_sheets_unless_blank_form(inputs):
        people = sheet.sheet.people
        named = {people.filler, people.reviewer, people.leader}
        named |= {answer.by for answer in sheet.sheet.answers.values()}
        if not any(_find_normalized_person_name(inputs, person_id) for person_id in named):
            text = _("{sheet}: nobody is named who filled in, reviewed or led.")
            yield Reservation("names", text.format(sheet=sheet_title(sheet, lang)))


def _find_unreviewed_answers(inputs: ReportInputs, lang: Lang) -> Iterator[Reservation]:
    """Yield how many answers nobody but their author has reviewed; of letters, whether any was."""
    _ = translator(lang)
    for sheet in _list_sheets_unless_blank_form(inputs):
        answered = [state for state in sheet.assessment.items if _is_answered(state)]
        waiting = [state for state in answered if not _is_reviewed_by_another(state, inputs)]
        if waiting and (inputs.template not in LETTERS or len(waiting) == len(answered)):
            text = _("{sheet}: of {sum} answers, {count} were reviewed by nobody but their author.")
            yield Reservation(
                "review",
                text.format(sheet=sheet_title(sheet, lang), count=len(waiting), sum=len(answered)),
            )


def _is_answered(state: ItemState) -> bool:
    return state.applies != "no" and state.answer is not None and state.answer.is_given


def _is_reviewed_by_another(state: ItemState, inputs: ReportInputs) -> bool:
    answer = state.answer
    if answer is None or answer.review is None or state.work not in ("accepted", "returned"):
        return False
    author = _find_normalized_person_name(inputs, answer.by)
    reviewer = _find_normalized_person_name(inputs, answer.review.by)
    return bool(author and reviewer) and author != reviewer


def _find_normalized_person_name(inputs: ReportInputs, person_id: str | None) -> str:
    """Return the letters of a person's name, '' if nobody is registered so or it has none.

    Two ids may be one person.
    """
    person = inputs.config.people.get(person_id) if person_id is not None else None
    return normalize_person_name(person.name) if person is not None else ""


def _list_sheets_unless_blank_form(inputs: ReportInputs) -> Iterable[SheetInputs]:
    """Return the sheets whose answers the report shows."""
    return () if is_blank_form_of_program(inputs, inputs.lang) else inputs.sheets


_FINDERS: Final[dict[ReservationKind, Callable[[ReportInputs, Lang], Iterable[Reservation]]]] = {
    "variant": _find_changed_checklists,
    "source": _find_unverified_checklist_sources,
    "template": _find_custom_template,
    "date": _find_doubtful_date,
    "draft": _find_draft_reservation,
    "not-applicable": _find_mostly_inapplicable_sheets,
    "names": _find_sheets_naming_nobody,
    "review": _find_unreviewed_answers,
}
