"""The open work of a round, and the last activity: the lower half of the overview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from assess.china_time import convert_to_china_time, count_seconds_since_1970, find_day_in_china
from assess.display.overview.sheet_summary import FILTER_OF_KIND, PersonActs, SheetSummary
from assess.display.text.cells import width_of
from assess.display.text.styled import LinePart, StyledLine, row_line, styled_line
from assess.display.text.wrap import fit_width
from assess.display.walk.filters import FilterName
from assess.engine.finding_name import item_label_and_title
from assess.engine.outside_findings import OutsideRow, outside_source_and_number
from assess.engine.punctuation import enumeration_comma_sign, semicolon_sign
from assess.harmless import escape_as_single_line
from assess.i18n import N_, Lang, plural_translator, translator
from assess.model.base import Text, pick_text
from assess.model.config import Person
from assess.model.evidence import Register
from assess.model.item import Item
from assess.workspace import SheetName

SOON = 30
"""Days before its expiry from which evidence is listed."""

_DIGITS = 9
_RECENT = 2
"""Maximum number of people whose last activity is shown."""

TodoKind = Literal[
    "unwritable",
    "closed",
    "late",
    "merging",
    "drafts",
    "conflicts",
    "review",
    "returned",
    "overdue",
    "outside",
    "check",
    "stale",
    "recheck",
    "source",
    "systems",
    "facts",
    "proposals",
    "unanswered",
    "expiring",
    "waiting",
    "complete",
    "outdated",
]

_WORDS: Mapping[TodoKind, str] = {
    "unwritable": N_("! nothing can be saved: this folder can't be written: {names}"),
    "closed": N_("this round is {names}: Enter shows how to go on"),
    "late": N_("came after the round was closed ({count}): {names}"),
    "merging": N_("Enter sets git up: {names}"),
    "drafts": N_("unfinished drafts ({count}): {names}"),
    "conflicts": N_("conflicts left by a merge ({count}): {names}"),
    "review": N_("answers that wait for your review: {names}  (r)"),
    "returned": N_("returned, to be changed ({count}): {names}"),
    "overdue": N_("remediation overdue ({count}): {names}"),
    "outside": N_("findings of others overdue ({count}): {names}"),
    "check": N_("answers that do not fit together ({count}): {names}"),
    "stale": N_("Old: text changed, to be confirmed ({count}): {names}"),
    "recheck": N_("the day to look again has come ({count}): {names}"),
    "source": N_("carried over, and the source was changed since ({count}): {names}"),
    "systems": N_("no system is entered yet, so not filled in ({count}): {names}"),
    "facts": N_("facts not given ({count}): {names}"),
    "unanswered": N_("unanswered ({count}, n): {names}"),
    "proposals": N_("can be taken over: {names}  (l)"),
    "waiting": N_("not reviewed: {names}; the reviewer presses w, then r"),
    "complete": N_(
        "everything is answered: see what is missing, make the report, close round {names}  (p)"
    ),
    "expiring": N_("evidence expires within 30 days ({count}): {names}"),
    "outdated": N_("Enter brings up to date: {names}"),
}


class Todo(NamedTuple):
    """One line of open work, and where Enter leads."""

    kind: TodoKind
    names: tuple[str, ...]
    sheet: SheetName | None = None
    """The sheet that Enter opens, at `item_id`. None: board, register, profile, conflicts, drafts
    or git."""
    item_id: str = ""
    filter: FilterName = "all"
    finding_id: str = ""
    """The finding of others at which Enter opens the board."""


class WaitingAnswers(NamedTuple):
    """The answers that wait for a review."""

    number: int = 0
    by_acting_person: bool = False
    """Whether the acting person reviews."""


_NOTHING_TO_REVIEW = WaitingAnswers()


def list_todos(
    sheets: Mapping[SheetName, SheetSummary],
    register: Register | None,
    conflicts: Sequence[str],
    drafts: Sequence[str],
    today: date,
    lang: Lang,
    missing_git_setup: str = "",
    unanswered_questions: Sequence[str] = (),
    outdated_files: Sequence[str] = (),
    changed_sources: Sequence[tuple[SheetName, Item]] = (),
    review: WaitingAnswers = _NOTHING_TO_REVIEW,
    outside: Iterable[OutsideRow] = (),
    takeable_count: int = 0,
    completed_round: str = "",
    without_system: Sequence[str] = (),
) -> list[Todo]:
    """Return the open work, the most urgent first.

    `conflicts` and `drafts` are names (see `draft_label`). `missing_git_setup` is what git lacks to
    merge by meaning. `unanswered_questions` are those about unit and systems. `outdated_files` are
    files of the workspace that an older program wrote. `changed_sources` are items whose answers
    were taken over from something that is another now. `outside` are the findings of others that
    stand in the round. `takeable_count` is the number of unanswered items to which something can be
    taken over. `completed_round` is the id of the round, where it is open and everything in it is
    answered. `without_system` are titles of checklists that wait for a system to be entered.
    """
    entries = [Todo("merging", (missing_git_setup,))] if missing_git_setup else []
    entries += [Todo("drafts", tuple(drafts))] if drafts else []
    entries += [Todo("conflicts", tuple(conflicts))] if conflicts else []
    if review.number and review.by_acting_person:
        entries.append(Todo("review", (str(review.number),)))
    for kind, filter_name in FILTER_OF_KIND.items():
        if kind == "unanswered":
            entries += _changed_source_todos(changed_sources, lang)
        if kind == "unanswered" and without_system:
            entries.append(Todo("systems", tuple(without_system)))
        if kind == "unanswered" and unanswered_questions:  # facts decide which items apply
            entries.append(Todo("facts", tuple(unanswered_questions)))
        if kind == "unanswered" and takeable_count:
            entries.append(Todo("proposals", (str(takeable_count),)))
        hits = [
            (name, summary.open_items[kind])
            for name, summary in sheets.items()
            if kind in summary.open_items
        ]
        if hits:
            names = tuple(name for _sheet, items in hits for name in items.names)
            sheet, first = hits[0]
            entries.append(Todo(kind, names, sheet, first.first_id, filter_name))
        if kind == "overdue":
            entries += _overdue_outside_todos(outside, lang)
    expiring = tuple(
        pick_text(title, lang) for title in list_expiring_evidence_titles(register, today)
    )
    entries += [Todo("expiring", expiring)] if expiring else []
    if review.number and not review.by_acting_person:
        entries.append(Todo("waiting", (str(review.number),)))
    entries += [Todo("complete", (completed_round,))] if completed_round else []
    return [*entries, Todo("outdated", tuple(outdated_files))] if outdated_files else entries


def _overdue_outside_todos(rows: Iterable[OutsideRow], lang: Lang) -> list[Todo]:
    overdue = [row for row in rows if row.overdue]
    names = tuple(
        f"{outside_source_and_number(row.finding, lang)} {row.finding.text}" for row in overdue
    )
    return [Todo("outside", names, finding_id=overdue[0].id)] if overdue else []


def _changed_source_todos(items: Sequence[tuple[SheetName, Item]], lang: Lang) -> list[Todo]:
    if not items:
        return []
    names = tuple(f"{item.id} {item_label_and_title(item, lang)}" for _name, item in items)
    sheet, first = items[0]
    return [Todo("source", names, sheet, first.id)]


def list_expiring_evidence_titles(register: Register | None, today: date) -> Iterator[Text]:
    """Yield the titles of evidence that has expired or will soon, in order of expiry."""
    rows = register.evidence.values() if register else ()
    dated = [row for row in rows if row.expires is not None and (row.expires - today).days <= SOON]
    yield from (row.title for row in sorted(dated, key=lambda row: str(row.expires)))


def todo_lines(
    entries: Sequence[Todo], chosen: int | None, lang: Lang, width: int
) -> list[StyledLine]:
    """Return a numbered line for each entry; `chosen` is the entry at the cursor."""
    _ = translator(lang)
    lines: list[StyledLine] = [styled_line("  " + _("To be done"), "title")]
    if not entries:
        lines.append((LinePart(fit_width("  " + _("nothing is waiting"), width), "dim"),))
    for index, entry in enumerate(entries):
        # The facts are questions, which end with a question mark.
        between = " " if entry.kind == "facts" else enumeration_comma_sign(lang)
        names = between.join(entry.names[:width])  # each takes a cell; the line is cut below
        words = _(_WORDS[entry.kind]).format(count=len(entry.names), names=names)
        digit = str(index + 1) if index < _DIGITS else " "
        parts = (LinePart(f"{digit} ", "key"), LinePart(escape_as_single_line(words)))
        lines.append(row_line(parts, width, focused=index == chosen))
    return lines


def counting_progress_lines(counted: int, count: int, lang: Lang, width: int) -> list[StyledLine]:
    """Return the lines that stand in place of the open work until all sheets are counted."""
    _ = translator(lang)
    text = fit_width("  " + format_counting_progress(counted, count, lang), width)
    return [styled_line("  " + _("To be done"), "title"), (LinePart(text, "warn"),)]


def format_counting_progress(counted: int, count: int, lang: Lang) -> str:
    """Return how many sheets are counted, and that the rest is on its way."""
    _ = translator(lang)
    return _("still counting: {counted} of {count} sheets").format(counted=counted, count=count)


class RecentActivity(NamedTuple):
    """What one person did on their last active day."""

    person: str
    last_at: datetime
    answered: int
    returned: int
    accepted: int


def list_recent_activity(sheets: Iterable[SheetSummary]) -> list[RecentActivity]:
    """Return the last activity of people, the latest first."""
    acts: dict[str, list[PersonActs]] = {}
    for summary in sheets:
        for person, person_acts in summary.acts.items():
            acts.setdefault(person, []).append(person_acts)
    activities = (_find_last_activity(person, person_acts) for person, person_acts in acts.items())
    return sorted(
        activities, key=lambda activity: count_seconds_since_1970(activity.last_at), reverse=True
    )[:_RECENT]


def _find_last_activity(person: str, acts: Sequence[PersonActs]) -> RecentActivity:
    last = max((sheet_acts.last_at for sheet_acts in acts), key=datetime.timestamp)
    counts = (
        sum(sheet_acts.counts[find_day_in_china(last), act] for sheet_acts in acts)
        for act in ("answered", "returned", "accepted")
    )
    return RecentActivity(person, last, *counts)


def recent_activity_text(
    activities: Sequence[RecentActivity], people: Mapping[str, Person], lang: Lang, width: int
) -> str:
    """Return the last activity of as many people as fit; '' without any."""
    if not activities:
        return ""
    _ = translator(lang)
    texts = [_activity_text(activity, people, lang) for activity in activities]
    text = _("Last: {deeds}").format(deeds=semicolon_sign(lang).join(texts))
    more = len(activities) > 1 and width_of(text) > width
    return recent_activity_text(activities[:-1], people, lang, width) if more else text


def _activity_text(activity: RecentActivity, people: Mapping[str, Person], lang: Lang) -> str:
    _ = translator(lang)
    name = people[activity.person].name if activity.person in people else activity.person
    act_texts = [
        words.format(count=count)
        for words, count in (
            (_("answered {count}"), activity.answered),
            (_("returned {count}"), activity.returned),
            (_("accepted {count}"), activity.accepted),
        )
        if count
    ]
    return " ".join(
        (name, convert_to_china_time(activity.last_at).strftime("%m-%d %H:%M"), *act_texts)
    )


def uncommitted_files_text(paths: Sequence[str] | None, lang: Lang) -> str:
    """Return how many files are not committed; '' if it is not known."""
    _ = translator(lang)
    _n = plural_translator(lang)
    if paths is None:
        return ""
    if not paths:
        return _("All answers are saved, and in a version too")
    return _n(
        "All answers are saved; {count} file not in a version (p, >)",
        "All answers are saved; {count} files not in a version (p, >)",
        len(paths),
    ).format(count=len(paths))
