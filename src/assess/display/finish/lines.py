"""The lines of Finish: gaps, narrative, report and commit; pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.display.finish.report_steps import MadeReport, RenderStep
from assess.display.text.cells import width_of
from assess.display.text.marks import make_mark_part
from assess.display.text.meters import done_meter
from assess.display.text.names import role_names_text
from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    StyledLine,
    cut_line,
    dash_line,
    labelled_lines,
    row_line,
    styled_line,
    total_count_line,
)
from assess.display.text.wrap import fit_width
from assess.engine.closings import format_closing_count_and_tag
from assess.engine.gaps import Gap
from assess.engine.punctuation import colon_sign, format_bracketed_remark, semicolon_sign
from assess.harmless import escape_as_single_line
from assess.i18n import N_, Lang, Nn_, plural_translator, translator
from assess.model.base import pick_text
from assess.model.config import Round
from assess.workspace import SheetName
from assess.workspace.rounds.missing_answers import CommitProposal, GapItems

_GAP_NAMES: dict[Gap, str] = {
    "unanswered": N_("{count} unanswered"),
    "returned": N_("{count} returned"),
    "conflict": N_("{count} with a conflict of two people's answers"),
    "reason": N_("{count} without the reason"),
    "check": N_("{count} with answers that do not fit together"),
    "stale": N_("{count} answered to an older wording"),
    "met_without_evidence": N_("{count} met without any evidence"),
    "review": N_("{count} changed after the review"),
}
_COUNTED_GAP_NAMES: dict[Gap, tuple[str, str]] = {
    "remediation": Nn_(
        "{count} finding without remediation", "{count} findings without remediation"
    ),
    "high_evidence": Nn_(
        "{count} key item lacks required evidence", "{count} key items lack required evidence"
    ),
    "facts": Nn_(
        "{count} depends on facts that are not given", "{count} depend on facts that are not given"
    ),
    "plan": Nn_(
        "{count} remediation without owner or due date",
        "{count} remediations without owner or due date",
    ),
    "evidence": Nn_(
        "{count} other item lacks required evidence", "{count} other items lack required evidence"
    ),
}
"""Those with words for one and for many."""
_PRESSING = ("unanswered", "returned", "conflict", "reason", "remediation", "high_evidence")
"""Gaps that must be closed before a round is finished. The report names the others."""

STEPS = {
    "start": N_("reading the files"),
    "template": N_("filling the template"),
    "layout": N_("laying out"),
    "write": N_("writing the PDF"),
}
_MOST = 6
"""Maximum number of lines for gaps or for a text."""
_PAGES_AN_ITEM = 0.38
"""Pages of an item, measured on the demo. Only the progress bar uses it."""


class FinishRow(NamedTuple):
    """A row that can be chosen; `key` names the action of Enter."""

    key: str
    text: str
    sign: str = ""
    hint: str = ""


class FinishGroup(NamedTuple):
    """Rows under a heading."""

    heading: str
    rows: tuple[FinishRow, ...]


class FinishFacts(NamedTuple):
    """The data that Finish shows."""

    missing: Sequence[GapItems]
    people: Sequence[tuple[SheetName, tuple[str, ...]]]
    round: Round
    proposal: CommitProposal | None
    """None without a repository."""
    refused: str = ""
    """Why nothing can be committed."""
    open_questions: Sequence[str] = ()
    """The unanswered questions about the unit and its systems."""
    without_system: Sequence[str] = ()
    """The titles of checklists of systems that have no sheet, for no system is entered."""
    form_of_questions: str = ""
    """The name of the form of the profile that has the first of them."""


def group_finish_rows(facts: FinishFacts, lang: Lang) -> list[FinishGroup]:
    """Return all rows in their groups."""
    _ = translator(lang)
    gaps = list(_missing_work_rows(facts, lang))
    if not gaps:
        gaps = [FinishRow("", _("nothing is missing"), "v")]
    narrative = facts.round.narrative
    words = tuple(
        FinishRow(key, _(label), *_narrative_mark_and_hint(pick_text(text, lang), lang))
        for key, label, text in (
            ("work", N_("How the work was organised"), narrative.work),
            ("suggestions", N_("Suggestions"), narrative.suggestions),
        )
    )
    return [
        FinishGroup(_("Still missing"), tuple(gaps)),
        FinishGroup(_("Own words of the report"), words),
        FinishGroup(_("Report"), (FinishRow("report", _("Make the PDF"), hint=_("key 2")),)),
        FinishGroup(_("Version"), (_commit_row(facts, lang),)),
        _round_group(facts, lang),
    ]


def _round_group(facts: FinishFacts, lang: Lang) -> FinishGroup:
    """Return the group about the round: close it; a closed one: the next one, or open it again."""
    _ = translator(lang)
    if facts.round.state == "open":
        row = FinishRow("close_round", _("Close the round"), ".", _("key G; it asks first"))
        return FinishGroup(_("Round"), (row,))
    closed = format_closing_count_and_tag(facts.round.tag, lang) if facts.round.tag else ""
    rows = (
        FinishRow("new_round", _("Begin the next round"), ".", _("key N")),
        FinishRow("round", _("Reopen, or go on elsewhere"), "v", closed),
    )
    return FinishGroup(_("Round"), rows)


def _missing_work_rows(facts: FinishFacts, lang: Lang) -> Iterator[FinishRow]:
    _ = translator(lang)
    _n = plural_translator(lang)
    for missing in facts.missing:
        sign = "x" if missing.gap in _PRESSING else "!"
        yield FinishRow(f"gap:{missing.gap}", _gap_text(missing, lang), sign)
    if facts.open_questions:
        text = _n(
            "{count} fact of the profile is not given",
            "{count} facts of the profile are not given",
            len(facts.open_questions),
        )
        yield FinishRow("profile", text.format(count=len(facts.open_questions)), "!")
    if facts.without_system:
        text = _n(
            "{count} checklist not filled in: no system is entered",
            "{count} checklists not filled in: no system is entered",
            len(facts.without_system),
        )
        yield FinishRow("systems", text.format(count=len(facts.without_system)), "!")
    if facts.people:
        text = _n(
            "{count} sheet does not say who fills in, reviews or signs",
            "{count} sheets do not say who fills in, reviews or signs",
            len(facts.people),
        )
        yield FinishRow("people", text.format(count=len(facts.people)), "!")


def _gap_text(missing: GapItems, lang: Lang) -> str:
    _, _n = translator(lang), plural_translator(lang)
    count, names = len(missing.items), _COUNTED_GAP_NAMES.get(missing.gap)
    text = _n(*names, count) if names else _(_GAP_NAMES[missing.gap])
    return text.format(count=count)


def _narrative_mark_and_hint(text: str, lang: Lang) -> tuple[str, str]:
    _ = translator(lang)
    _n = plural_translator(lang)
    count = len(text.strip())
    return (
        ("v", _n("{count} character", "{count} characters", count).format(count=count))
        if count
        else (".", _("not written"))
    )


def _commit_row(facts: FinishFacts, lang: Lang) -> FinishRow:
    _ = translator(lang)
    _n = plural_translator(lang)
    if facts.proposal is None:
        return FinishRow("commit", _("Save a version"), "!", facts.refused)
    count = len(facts.proposal.files)
    if not count:
        return FinishRow("commit", _("Save a version"), "v", _("everything is in a version"))
    return FinishRow(
        "commit",
        _("Save a version"),
        ".",
        _n("{count} file changed", "{count} files changed", count).format(count=count),
    )


def finish_lines(groups: Sequence[FinishGroup], cursor: int, width: int) -> DrawnLines:
    """Return the groups with one line for each row."""
    lines: list[StyledLine] = []
    cursor_line = index = 0
    for group in groups:
        lines.append(styled_line(fit_width(" " + group.heading, width), "title"))
        for row in group.rows:
            if index == cursor:
                cursor_line = len(lines)
            lines.append(_row_line(row, width, is_focused=index == cursor))
            index += 1
    return DrawnLines(lines, cursor_line)


def _row_line(row: FinishRow, width: int, *, is_focused: bool) -> StyledLine:
    mark = make_mark_part(row.sign, after=" ") if row.sign else LinePart("  ")
    hint = fit_width(
        escape_as_single_line(row.hint), min(width_of(escape_as_single_line(row.hint)), width // 2)
    )
    text = fit_width(escape_as_single_line(row.text), max(0, width - width_of(hint) - 7))
    parts = (mark, LinePart(text), LinePart(f"  {hint} ", "dim"))
    return row_line(parts, width, focused=is_focused)


def gap_item_lines(
    missing: GapItems, titles: Mapping[str, str], lang: Lang, width: int
) -> list[StyledLine]:
    """Return the first items that have a gap."""
    items = [
        (
            LinePart(escape_as_single_line(titles.get(where.item_id, ""))),
            LinePart(f"  {where.item_id}", "dim"),
        )
        for where in missing.items
    ]
    return limited_list_lines(items, lang, width)


def limited_list_lines(entries: Sequence[StyledLine], lang: Lang, width: int) -> list[StyledLine]:
    """Return a line for each of the first entries, and the number of all."""
    shown = entries[:_MOST]
    lines = [dash_line(width), *(cut_line((LinePart(" "), *entry), width) for entry in shown)]
    return lines if len(shown) == len(entries) else [*lines, total_count_line(len(entries), lang)]


def missing_people_lines(facts: FinishFacts, lang: Lang, width: int) -> list[StyledLine]:
    """Return the sheets that don't name a person, with the missing roles."""
    texts = (
        f"{name}{colon_sign(lang)}{role_names_text(roles, lang)}" for name, roles in facts.people
    )
    return [
        dash_line(width),
        *(styled_line(fit_width(" " + escape_as_single_line(text), width)) for text in texts),
    ]


def version_meaning_and_message_lines(message: str, lang: Lang, width: int) -> list[StyledLine]:
    """Return what a version is, and the beginning of the text that says what changed."""
    _ = translator(lang)
    meaning = _(
        "A version is kept here and sends nothing. Answers wait for review as soon as they are "
        "written: the reviewer presses w, then r, on the overview."
    )
    first, *rest = text_preview_lines(message, width)
    lines = labelled_lines("", [meaning], width - 2)
    return [first, *((LinePart(" "), *line) for line in lines), (), *rest]


def text_preview_lines(text: str, width: int) -> list[StyledLine]:
    """Return the beginning of a text."""
    pieces = list(labelled_lines("", [text], width - 2)) if text else []
    shown: list[StyledLine] = [(LinePart(" "), *piece) for piece in pieces[:_MOST]]
    if len(pieces) > _MOST:
        shown.append(styled_line(" ..", "dim"))
    return [dash_line(width), *shown]


def rendering_progress_lines(
    step: RenderStep, items: int, lang: Lang, width: int
) -> list[StyledLine]:
    """Return the progress bar of a report; `items` gives the expected number of pages."""
    _ = translator(lang)
    total = max(int(items * _PAGES_AN_ITEM) + 8, step.page + 2)
    done = {"start": 0, "template": 1}.get(step.name, step.page + 1)
    if step.name == "write":
        done = total
    step_words = _(STEPS.get(step.name, STEPS["start"]))
    if step.page:
        step_words += "  " + _("page {page}").format(page=step.page)
    words = f"  {step_words}  " + _("Esc cancels")
    bar_width = max(12, min(40, width - width_of(words) - 2))
    return [
        dash_line(width),
        (LinePart(" "), *done_meter(done, total, bar_width, "label"), LinePart(words)),
    ]


def made_report_text(made: MadeReport, path: str, lang: Lang) -> str:
    """Return the message about a finished report: formal, or a draft, of which why stands above."""
    _ = translator(lang)
    text = _("made: {path}, o shows it")
    if made.draft:
        text = _("draft, reasons above: {path}, o shows it")
    elif not made.is_blank_form:
        text = _("formal: {path}, o shows it")
    if made.has_data:
        text += semicolon_sign(lang) + _("all answers and notes are inside")
    return text.format(path=path)


def made_report_lines(made: MadeReport, lang: Lang, width: int) -> list[StyledLine]:
    """Return the path of a report, and why it is a draft."""
    _ = translator(lang)
    _n = plural_translator(lang)
    pages = _n("{pages} page", "{pages} pages", made.pages).format(pages=made.pages)
    place = f"{made.path}{format_bracketed_remark(pages, lang)}"
    lines = [*labelled_lines(_("Report"), [place], width - 1)]
    if made.draft:
        lines += labelled_lines(_("Draft, because"), made.draft, width - 1, "warn")
    return [dash_line(width), *((LinePart(" "), *line) for line in lines)]
