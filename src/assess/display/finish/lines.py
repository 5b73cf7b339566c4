"""The lines of Finish: what is missing, the narrative, the report, the commit; plain functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assess.display.finish.report_steps import Made, Step
from assess.display.text.marks import FINE, bar, style_of
from assess.display.text.names import role_names
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, Part, in_all, labelled, line, rule
from assess.display.text.wrap import fit, spread, width_of
from assess.engine.closings import closing_words
from assess.engine.punctuation import bracketed, colon
from assess.i18n import N_, Lang, translator
from assess.model.base import pick
from assess.model.config import Round
from assess.workspace import SheetName
from assess.workspace.rounds.missing_answers import Gap, Missing, Proposal

GAP_NAMES: dict[Gap, str] = {
    "unanswered": N_("{count} unanswered"),
    "returned": N_("{count} returned by the reviewer"),
    "conflict": N_("{count} with a conflict of two people's answers"),
    "reason": N_("{count} without the reason"),
    "remediation": N_("{count} findings without remediation"),
    "high_evidence": N_("{count} high-risk items lack required evidence"),
    "facts": N_("{count} depend on facts that are not given"),
    "stale": N_("{count} answered to an older wording"),
    "evidence": N_("{count} items without high-risk case lack required evidence"),
    "met_without_evidence": N_("{count} met without any evidence"),
    "review": N_("{count} changed after the review"),
}
_PRESSING = ("unanswered", "returned", "conflict", "reason", "remediation", "high_evidence")
"""Gaps without which a round is not done; the report says the others."""

STEPS = {
    "start": N_("reading the files"),
    "template": N_("filling the template"),
    "layout": N_("laying out"),
    "write": N_("writing the PDF"),
}
_MOST = 6
"""Lines of what is missing, or of a text, at most."""
_PAGES_AN_ITEM = 0.38
"""Pages that an item takes, by the demo; only the bar goes by it."""


class Row(NamedTuple):
    """A line to choose; `key` says what Enter does."""

    key: str
    text: str
    sign: str = ""
    hint: str = ""


class Group(NamedTuple):
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


class Facts(NamedTuple):
    """What Finish is drawn from."""

    missing: Sequence[Missing]
    people: Sequence[tuple[SheetName, tuple[str, ...]]]
    round: Round
    proposal: Proposal | None
    """None: there is no repository."""
    refused: str = ""
    """Why nothing can be committed."""
    unsaid: Sequence[str] = ()
    """The questions about unit and systems that nobody has answered."""


def groups_of(facts: Facts, lang: Lang) -> list[Group]:
    """Return all rows in their groups."""
    _ = translator(lang)
    gaps = list(_gap_rows(facts, lang))
    if not gaps:
        gaps = [Row("", _("nothing is missing"), "v")]
    narrative = facts.round.narrative
    words = tuple(
        Row(key, _(label), *_written(pick(text, lang), lang))
        for key, label, text in (
            ("work", N_("How the work was organised"), narrative.work),
            ("suggestions", N_("Suggestions"), narrative.suggestions),
        )
    )
    return [
        Group(_("Still missing"), tuple(gaps)),
        Group(_("Own words of the report"), words),
        Group(_("Report"), (Row("report", _("Make the PDF"), hint="2"),)),
        Group(_("Version"), (_commit_row(facts, lang),)),
        *_round_groups(facts, lang),
    ]


def _round_groups(facts: Facts, lang: Lang) -> Iterator[Group]:
    """Give the group about a closed round: it may be reopened, or another one gone on with."""
    _ = translator(lang)
    if facts.round.state == "closed" and facts.round.tag is not None:
        closed = closing_words(facts.round.tag, lang)
        yield Group(_("Round"), (Row("round", _("Reopen, or go on elsewhere"), "v", closed),))


def _gap_rows(facts: Facts, lang: Lang) -> Iterator[Row]:
    _ = translator(lang)
    for one in facts.missing:
        sign = "x" if one.gap in _PRESSING else "!"
        yield Row(f"gap:{one.gap}", _(GAP_NAMES[one.gap]).format(count=len(one.items)), sign)
    if facts.unsaid:
        text = _("{count} facts of the profile are not given")
        yield Row("profile", text.format(count=len(facts.unsaid)), "!")
    if facts.people:
        text = _("{count} sheets do not say who fills in, reviews or signs")
        yield Row("people", text.format(count=len(facts.people)), "!")


def _written(text: str, lang: Lang) -> tuple[str, str]:
    _ = translator(lang)
    count = len(text.strip())
    return ("v", _("{count} characters").format(count=count)) if count else (".", _("not written"))


def _commit_row(facts: Facts, lang: Lang) -> Row:
    _ = translator(lang)
    if facts.proposal is None:
        return Row("commit", _("Commit"), "!", facts.refused)
    count = len(facts.proposal.files)
    if not count:
        return Row("commit", _("Commit"), "v", _("everything is committed"))
    return Row("commit", _("Commit"), ".", _("{count} files changed").format(count=count))


def finish_lines(groups: Sequence[Group], cursor: int, width: int) -> Drawn:
    """Return the groups with one line a row."""
    lines: list[Line] = []
    at = index = 0
    for group in groups:
        lines.append(line(fit(" " + group.heading, width), "title"))
        for row in group.rows:
            if index == cursor:
                at = len(lines)
            lines.append(_row_line(row, width, chosen=index == cursor))
            index += 1
    return Drawn(lines, at)


def _row_line(row: Row, width: int, *, chosen: bool) -> Line:
    sign = row.sign or " "
    fine = FINE.get(sign, sign)
    text = spread(one_line(row.text), "  " + one_line(row.hint) + " ", width - 4)
    if chosen:
        return (Part(f"> {sign} {text}", "cursor", f"> {fine} {text}"),)
    style = style_of(row.sign) if row.sign else "plain"
    return (Part(f"  {sign} ", style, f"  {fine} "), Part(text))


def items_lines(one: Missing, titles: Mapping[str, str], lang: Lang, width: int) -> list[Line]:
    """Return the items that have a gap, the first of them."""
    items = [f"{where.item_id} {titles.get(where.item_id, '')}" for where in one.items]
    return some_lines(items, lang, width)


def some_lines(texts: Sequence[str], lang: Lang, width: int) -> list[Line]:
    """Return a line for each of the first texts, and of how many they are the first."""
    shown = texts[:_MOST]
    lines = [rule(width), *(line(fit(" " + one_line(text), width)) for text in shown)]
    return lines if len(shown) == len(texts) else [*lines, in_all(len(texts), lang)]


def people_lines(facts: Facts, lang: Lang, width: int) -> list[Line]:
    """Return which sheets don't name whom."""
    texts = (f"{name}{colon(lang)}{role_names(roles, lang)}" for name, roles in facts.people)
    return [rule(width), *(line(fit(" " + one_line(text), width)) for text in texts)]


def text_lines(text: str, width: int) -> list[Line]:
    """Return the beginning of a text."""
    pieces = list(labelled("", [text], width - 2)) if text else []
    shown: list[Line] = [(Part(" "), *piece) for piece in pieces[:_MOST]]
    if len(pieces) > _MOST:
        shown.append(line(" ..", "dim"))
    return [rule(width), *shown]


def progress_lines(step: Step, items: int, lang: Lang, width: int) -> list[Line]:
    """Return the bar of a report that is being made; `items` tells about how many pages."""
    _ = translator(lang)
    whole = max(int(items * _PAGES_AN_ITEM) + 8, step.page + 2)
    done = {"start": 0, "template": 1}.get(step.name, step.page + 1)
    if step.name == "write":
        done = whole
    said = _(STEPS.get(step.name, STEPS["start"]))
    if step.page:
        said += "  " + _("page {page}").format(page=step.page)
    words = f"  {said}  " + _("Esc cancels")
    room = max(12, min(40, width - width_of(words) - 2))
    return [rule(width), line(fit(f" {bar(done, whole, room)}{words}", width))]


def made_lines(made: Made, lang: Lang, width: int) -> list[Line]:
    """Return where a report is, and why it is a draft, if it is."""
    _ = translator(lang)
    lines: list[Line] = [rule(width)]
    pages = _("{pages} pages").format(pages=made.pages)
    lines += labelled(_("Report"), [f"{made.path}{bracketed(pages, lang)}"], width)
    if made.draft:
        lines += labelled(_("Draft, because"), made.draft, width, "warn")
    return lines
