"""Proposals in words: the line in the walk, the list of all, and what was taken over; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assess.china_time import find_day_in_china
from assess.display.taken_over import new_note_and_evidence_text, taken_over_source_text
from assess.display.text.cells import width_of
from assess.display.text.styled import LinePart, StyledLine
from assess.display.text.wrap import fit_width
from assess.display.walk.sides import person_name
from assess.engine.kinds.values import answer_result, answer_text
from assess.engine.kinds.wording import translate_code
from assess.engine.proposals.proposal import Proposal, ProposalRemark, RemarkKind
from assess.engine.proposals.taking import make_taken_over_fields
from assess.engine.punctuation import (
    clause_comma_sign,
    colon_sign,
    format_bracketed_remark,
    semicolon_sign,
)
from assess.harmless import escape_as_single_line
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.checklist import Scoring
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.model.item import Item
from assess.model.results import Value

_LONGEST_VALUE = 32
"""Cells of a value in a line; the question above has the text of its rungs and options."""

_REMARKS: Mapping[RemarkKind, str] = {
    "reworded": N_("the clause was reworded"),
    "returned": N_("it was returned last time"),
    "each_round": N_("the result is found anew each round"),
    "unfit": N_("the item does not take the old answer any more"),
    "expired": N_("expired, not taken: {titles}"),
    "unregistered": N_("not registered any more: {titles}"),
}


class ProposalView(Value, frozen=True, kw_only=True):
    """What is needed to word the proposals of an item."""

    item: Item
    answer: Answer
    scoring: Scoring
    people: Mapping[str, Person]
    evidence: Mapping[str, EvidenceRow]
    lang: Lang


def proposal_line(proposal: Proposal, view: ProposalView, width: int) -> StyledLine:
    """Return the proposal on one line: label, what it says, and at the right the key."""
    _ = translator(view.lang)
    label = f" {_('Proposal')}  "
    anew = any(remark.kind == "each_round" for remark in proposal.remarks)
    why = clause_comma_sign(view.lang) + _("the result is found anew each round") if anew else ""
    text, key = escape_as_single_line(proposal_text(proposal, view)), f"  l {_('take over')} "
    each = f"  & {_('take one by one')} "
    warning = "".join(f"! {text}  " for text in _warning_texts(proposal, view.lang))
    room = max(0, width - width_of(label + key))
    if width_of(warning) > room:
        warning = fit_width(warning, room)
    room -= width_of(warning)
    text = fit_width(text, min(width_of(text), max(0, room - width_of(why)))) + why
    if width_of(text) + width_of(each) <= room:
        key, room = key.rstrip() + each, room - width_of(each) + 1
    return (
        LinePart(label, "label"),
        LinePart(warning, "warn"),
        LinePart(fit_width(text, room)),
        LinePart(key, "title"),
    )


def proposal_text(proposal: Proposal, view: ProposalView) -> str:
    """Return a proposal in short: source, result, value, evidence, who and when."""
    _ = translator(view.lang)
    if proposal.source == "fact":
        result = translate_code(proposal.status, view.lang)
        return result + format_bracketed_remark(
            escape_as_single_line(proposal.note or ""), view.lang
        )
    parts = [*_result_texts(proposal, view)]
    if not proposal.proposes_complete_result and proposal.note:
        parts.append(_("note"))
    if proposal.evidence:
        parts.append(_("evidence: {count}").format(count=len(proposal.evidence)))
    if proposal.remediation is not None and view.answer.remediation is None:
        parts.append(_("open remediation"))
    day = find_day_in_china(proposal.at).isoformat() if proposal.at else ""
    stamp = " ".join(part for part in (person_name(proposal.by, view.people), day) if part)
    statement = clause_comma_sign(view.lang).join(parts) + (
        format_bracketed_remark(stamp, view.lang) if stamp else ""
    )
    return f"{_source_text(proposal, view)}{colon_sign(view.lang)}{statement}"


def list_remark_texts(proposal: Proposal, lang: Lang) -> list[str]:
    """Return all remarks on a proposal."""
    return [_remark_text(remark, lang) for remark in proposal.remarks]


def _warning_texts(proposal: Proposal, lang: Lang) -> list[str]:
    """Return the remarks that are a warning; that a result is found anew each round is none."""
    remarks = (remark for remark in proposal.remarks if remark.kind != "each_round")
    return [escape_as_single_line(_remark_text(remark, lang)) for remark in remarks]


def _source_text(proposal: Proposal, view: ProposalView) -> str:
    """Return where a proposal comes from; of a result that is not taken, what it was."""
    _ = translator(view.lang)
    where = pick_text(proposal.where, view.lang)
    name = _("last time") if proposal.source == "last_round" else where
    if proposal.shown is None:
        return name
    shown = clause_comma_sign(view.lang).join(_result_and_value_texts(proposal.shown, view))
    return name + format_bracketed_remark(shown, view.lang) if shown else name


def _result_texts(proposal: Proposal, view: ProposalView) -> Iterator[str]:
    """Yield result and value; of a part of a value what is known."""
    if proposal.incomplete:
        yield _incomplete_value_text(proposal, view)
    elif proposal.proposes_complete_result:
        yield from _result_and_value_texts(
            Answer(status=proposal.status, value=proposal.value), view
        )


def _result_and_value_texts(answer: Answer, view: ProposalView) -> Iterator[str]:
    result = answer_result(view.item, answer, view.scoring)
    text = answer_text(view.item, answer, view.lang)
    name = translate_code(result, view.lang) if result not in (None, "answered") else ""
    if name and name != text:
        yield name
    if text:
        line = escape_as_single_line(text)
        yield line if width_of(line) <= _LONGEST_VALUE else fit_width(line, _LONGEST_VALUE)


def _incomplete_value_text(proposal: Proposal, view: ProposalView) -> str:
    _ = translator(view.lang)
    if isinstance(proposal.value, Mapping):
        return _("of {whole}").format(whole=proposal.value.get("whole", ""))
    return _("rows: {count}").format(count=len(proposal.value))


def _remark_text(remark: ProposalRemark, lang: Lang) -> str:
    """Return a remark with the titles that it names."""
    _ = translator(lang)
    titles = semicolon_sign(lang).join(pick_text(title, lang) for title in remark.titles)
    return _(_REMARKS[remark.kind]).format(titles=titles)


def list_proposed_change_texts(proposal: Proposal, view: ProposalView) -> list[str]:
    """Return a sentence for each field that taking the proposal would change: old and new."""
    _, lang = translator(view.lang), view.lang
    fields = make_taken_over_fields(proposal, view.answer)
    if proposal.incomplete:
        fields.pop("taken_from", None)
    texts = []
    pattern = _("{field}: {before} → {after}")
    nothing = _("nothing")
    if {"status", "value"} & set(fields):
        before = answer_text(view.item, view.answer, lang) or nothing
        after = clause_comma_sign(lang).join(_result_texts(proposal, view))
        texts.append(pattern.format(field=_("Result"), before=before, after=after))
    if "note" in fields:
        texts.append(f"{_('note')}{colon_sign(lang)}{fields['note']}")
    added = [row for row in fields.get("evidence", {}) if row not in view.answer.evidence]
    if added:
        titles = [
            pick_text(view.evidence[row].title, lang) if row in view.evidence else row
            for row in added
        ]
        texts.append(f"{_('evidence')}{colon_sign(lang)}{semicolon_sign(lang).join(titles)}")
    if "remediation" in fields:
        action = fields["remediation"].action or ""
        texts.append(f"{_('remediation')}{colon_sign(lang)}{action}")
    return texts


def taken_over_texts(
    answer: Answer, lang: Lang, *, source_changed: bool, why_no_result: str = ""
) -> list[str]:
    """Return where an answer was taken over from and what in it is new; a changed source first.

    `why_no_result` stands in place of what is new, where the result is still to be found.
    """
    if answer.taken_from is None:
        return []
    _ = translator(lang)
    words = (
        taken_over_source_text(answer, lang),
        why_no_result or new_note_and_evidence_text(answer, lang),
    )
    statement = clause_comma_sign(lang).join(words)
    warning = "! " + _("its source was changed since")
    return [warning, statement] if source_changed else [statement]


def why_no_result_text(item: Item, answer: Answer, lang: Lang) -> str:
    """Return why note and evidence alone were taken over; '' where a result was too."""
    if answer.taken_from is None or not answer.taken_from.note_only:
        return ""
    _ = translator(lang)
    if item.each_round:
        return _("the result is found anew each round")
    return _("the old result was returned, or does not fit any more")


def taken_over_line(
    answer: Answer,
    label_width: int,
    width: int,
    lang: Lang,
    *,
    source_changed: bool,
    why_no_result: str = "",
) -> StyledLine:
    """Return the same on one line."""
    _ = translator(lang)
    label = fit_width(_("Carried over"), max(label_width, width_of(_("Carried over")) + 2))
    *warnings, statement = taken_over_texts(
        answer, lang, source_changed=source_changed, why_no_result=why_no_result
    )
    warning = "".join(f"{text}  " for text in warnings)
    room = max(0, width - width_of(label + warning))
    return (
        LinePart(label, "label"),
        LinePart(warning, "warn"),
        LinePart(fit_width(statement, room)),
    )
