"""How it is worded where an answer was taken over from, and how many answers were."""

from __future__ import annotations

from assess.engine.scoring.figures import Figures
from assess.engine.taken_over import has_new_evidence, has_new_note
from assess.i18n import Lang, translator
from assess.model.answer import Answer, TakenFrom

_YEAR_DIGITS = 4


def taken_over_count_text(figures: Figures, lang: Lang) -> str:
    """Return how many of the applicable items have an answer that was taken over; '' for none."""
    if not figures.taken_over:
        return ""
    _ = translator(lang)
    text = _("carried over {count}/{all}")
    return text.format(count=figures.taken_over, all=figures.counts.applicable)


def taken_over_source_text(answer: Answer | None, lang: Lang) -> str:
    """Return where an answer was taken over from; '' where it was not."""
    source = answer.taken_from if answer is not None else None
    if source is None:
        return ""
    _ = translator(lang)
    if source.round is None:
        place = source.value
        if place is not None and "/" in place:
            return _("as {item}").format(item=place.rpartition("/")[2])
        return _("from the profile")
    return _taken_from_round_text(source, source.round, lang)


def printed_taken_over_source_text(answer: Answer | None, lang: Lang) -> str:
    """Return where an answer was taken over from, for documents.

    It is '' also where only a note was taken and the note is another now.
    """
    source = answer.taken_from if answer is not None else None
    if answer is None or source is None or (source.note_only and has_new_note(answer)):
        return ""
    return taken_over_source_text(answer, lang)


def _taken_from_round_text(source: TakenFrom, round_id: str, lang: Lang) -> str:
    _ = translator(lang)
    is_year = len(round_id) == _YEAR_DIGITS and round_id.isdecimal()
    if source.note_only:
        text = _("note and evidence of {year}") if is_year else _("note and evidence of {round}")
    else:
        text = _("carried over from {year}") if is_year else _("carried over from {round}")
    return text.format(year=round_id, round=round_id)


def new_note_and_evidence_text(answer: Answer, lang: Lang) -> str:
    """Return what of an answer that was taken over is new: note, evidence, both, nothing."""
    _ = translator(lang)
    is_noted, is_proved = has_new_note(answer), has_new_evidence(answer)
    if is_noted and is_proved:
        return _("note and evidence are new")
    if is_noted:
        return _("the note is new")
    return _("evidence is new") if is_proved else _("nothing in note and evidence is new")
