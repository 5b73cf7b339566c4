"""What is asked before a round is closed: the same on the command line and on the screens."""

from __future__ import annotations

from assess.engine.closings import format_closing_count_and_tag
from assess.engine.punctuation import enumeration_comma_sign
from assess.engine.rounds import RoundClosing
from assess.i18n import Lang, plural_translator, translator


def list_unfinished_work(closing: RoundClosing, lang: Lang) -> list[str]:
    """Return what is left undone in a round, each kind with its count; nothing where all is done.

    The kinds and their counts are those of the overview, of Finish and of a draft report.
    """
    _ = translator(lang)
    _n = plural_translator(lang)
    counted = (
        (closing.unanswered, _("{count} unanswered")),
        (closing.stale, _("{count} answered to an older wording")),
        (closing.returned - closing.returned_by_office, _("{count} returned by the reviewer")),
        (closing.returned_by_office, _("{count} returned by the higher body")),
        (closing.unreviewed, _("{count} not reviewed")),
        (closing.unproved, _("{count} without evidence that a final report must have")),
        (
            closing.warnings,
            _n("{count} warning of lint", "{count} warnings of lint", closing.warnings),
        ),
    )
    return [text.format(count=count) for count, text in counted if count]


def closing_question_and_state(round_id: str, closing: RoundClosing, lang: Lang) -> tuple[str, str]:
    """Return the question whether a round is to be closed, and what speaks for waiting."""
    _ = translator(lang)
    question = _("Close round {round}?").format(round=round_id)
    unfinished = enumeration_comma_sign(lang).join(list_unfinished_work(closing, lang))
    state = (
        _("Still open: {work}.").format(work=unfinished)
        if unfinished
        else _("Everything is answered and reviewed.")
    )
    sentences = [state]
    if closing.is_report_draft:
        sentences.append(_("A report of it says that it is a draft."))
    sentences.append(_("Once closed, its answers stay as they are until it is opened again."))
    return question, "\n".join(sentences)


def closing_refusal_text(closing: RoundClosing, lang: Lang) -> str:
    """Return what prevents the closing of a round, and the key or command that helps."""
    _ = translator(lang)
    counted = {
        "conflict": (closing.conflicts, _("conflicts left by a merge: {count}; x settles them")),
        "lint": (closing.errors, _("errors in the files: {count}; in a shell: assess lint")),
        "uncommitted": (
            closing.uncommitted,
            _("files not in a version: {count}; a closed round is what its last version holds"),
        ),
    }
    lines = (counted[reason] for reason in closing.reasons_against_closing)
    return "\n".join(text.format(count=count) for count, text in lines)


def round_closed_title_and_question(
    tag: str, round_id: str, closing: RoundClosing, lang: Lang
) -> tuple[str, str]:
    """Return that a round is closed, what goes on, and the question whether the next one begins."""
    _ = translator(lang)
    closed = format_closing_count_and_tag(tag, lang)
    title = _("round {round} is {closed}").format(round=round_id, closed=closed)
    going_on = sum(map(len, closing.remediation.values()))
    sentences = []
    if going_on:
        text = _("Remediation that goes on in the next round: {count}.")
        sentences.append(text.format(count=going_on))
    sentences.append(_("Begin the next round now? N on the overview does it later."))
    return title, "\n".join(sentences)
