"""What is to be done in a round, and who did something last: the lower half of the overview."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from assess.display.text.safe import one_line
from assess.display.text.styled import Line, Part
from assess.display.text.wrap import fit, width_of
from assess.display.walk.filters import FilterName
from assess.engine.punctuation import comma, semicolon
from assess.i18n import N_, Lang, translator
from assess.model.base import Text, pick
from assess.model.config import Person
from assess.model.evidence import Register
from assess.model.results import Assessment, ItemState
from assess.workspace import SheetName

SOON = 30
"""Evidence that expires within so many days is told."""

_DIGITS = 9
_RECENT = 2
"""So many people are named who did something last."""

TodoKind = Literal[
    "closed",
    "late",
    "merging",
    "drafts",
    "conflicts",
    "returned",
    "overdue",
    "stale",
    "recheck",
    "facts",
    "unanswered",
    "expiring",
    "outdated",
]

_WORDS: Mapping[TodoKind, str] = {
    "closed": N_("this round is {names}: Enter shows how to go on"),
    "late": N_("came after the round was closed ({count}): {names}"),
    "merging": N_("Enter sets git up: {names}"),
    "drafts": N_("unfinished drafts ({count}): {names}"),
    "conflicts": N_("conflicts left by a merge ({count}): {names}"),
    "returned": N_("returned, to be changed ({count}): {names}"),
    "overdue": N_("remediation overdue ({count}): {names}"),
    "stale": N_("text changed, to be confirmed ({count}): {names}"),
    "recheck": N_("the day to look again has come ({count}): {names}"),
    "facts": N_("facts not given ({count}): {names}"),
    "unanswered": N_("unanswered ({count}, n): {names}"),
    "expiring": N_("evidence expires within 30 days ({count}): {names}"),
    "outdated": N_("Enter brings up to date: {names}"),
}
_FILTERS: tuple[tuple[TodoKind, FilterName, Callable[[ItemState], bool]], ...] = (
    ("returned", "returned", lambda state: state.work == "returned"),
    ("overdue", "overdue", lambda state: state.overdue),
    ("stale", "stale", lambda state: state.stale),
    ("recheck", "recheck", lambda state: state.recheck_due),
    ("unanswered", "all", lambda state: state.work == "unanswered"),
)


class Todo(NamedTuple):
    """One line of what is to be done, and where one goes to do it."""

    kind: TodoKind
    names: tuple[str, ...]
    sheet: SheetName | None = None
    """The sheet to open, at `item_id`; None: register, profile, conflicts, drafts, git."""
    item_id: str = ""
    filter: FilterName = "all"


def todos(
    sheets: Mapping[SheetName, Assessment],
    register: Register | None,
    conflicts: Sequence[str],
    drafts: Sequence[str],
    today: date,
    lang: Lang,
    lack: str = "",
    facts: Sequence[str] = (),
    outdated: Sequence[str] = (),
) -> list[Todo]:
    """Return what is to be done, the most pressing first.

    `conflicts` are named by their items, `drafts` as `resuming.draft_name` has them; `lack` is what
    git lacks to merge by meaning, `facts` are the questions about unit and systems left open,
    `outdated` the workspace's files that an older program wrote.
    """
    found = [Todo("merging", (lack,))] if lack else []
    found += [Todo("drafts", tuple(drafts))] if drafts else []
    found += [Todo("conflicts", tuple(conflicts))] if conflicts else []
    for kind, wanted, holds in _FILTERS:
        if kind == "unanswered" and facts:  # they decide which items there are to answer
            found.append(Todo("facts", tuple(facts)))
        hits = [
            (name, state)
            for name, seen in sheets.items()
            for state in seen.items
            if state.applies != "no" and holds(state)
        ]
        if hits:
            names = tuple(f"{one.item.id} {pick(one.item.title, lang)}" for _name, one in hits)
            sheet, first = hits[0]
            found.append(Todo(kind, names, sheet, first.item.id, wanted))
    expiring = tuple(pick(title, lang) for title in expiring_soon(register, today))
    found += [Todo("expiring", expiring)] if expiring else []
    return [*found, Todo("outdated", tuple(outdated))] if outdated else found


def expiring_soon(register: Register | None, today: date) -> Iterator[Text]:
    """Give the titles of evidence that has expired or will soon, the first to expire first."""
    rows = register.evidence.values() if register else ()
    dated = [row for row in rows if row.expires is not None and (row.expires - today).days <= SOON]
    yield from (row.title for row in sorted(dated, key=lambda row: str(row.expires)))


def todo_lines(found: Sequence[Todo], chosen: int | None, lang: Lang, width: int) -> list[Line]:
    """Return a numbered line for each; `chosen` is the one that the cursor is on."""
    _ = translator(lang)
    lines: list[Line] = [(Part("  " + _("To be done"), "label"),)]
    if not found:
        lines.append((Part(fit("  " + _("nothing is waiting"), width), "dim"),))
    for index, one in enumerate(found):
        between = comma(lang)
        names = (" " if one.kind == "facts" else between).join(one.names)  # questions end by ?
        words = _(_WORDS[one.kind]).format(count=len(one.names), names=names)
        digit = str(index + 1) if index < _DIGITS else " "
        sign = ">" if index == chosen else " "
        text = fit(one_line(f"{sign} {digit} {words}"), width)
        lines.append((Part(text, "cursor" if index == chosen else "plain"),))
    return lines


class Recent(NamedTuple):
    """What one person did on the last day that they did something."""

    person: str
    at: datetime
    answered: int
    returned: int
    accepted: int


def recent(sheets: Sequence[Assessment]) -> list[Recent]:
    """Return the people who did something last, the last one first."""
    found: dict[str, list[tuple[datetime, str]]] = {}
    for seen in sheets:
        for state in seen.items:
            answer = state.answer
            if answer is not None and answer.by and answer.at and answer.given:
                found.setdefault(answer.by, []).append((answer.at, "answered"))
            review = answer.review if answer else None
            if review is not None and review.by and review.at:
                found.setdefault(review.by, []).append((review.at, review.state))
    each = (_recent(person, deeds) for person, deeds in found.items())
    return sorted(each, key=lambda one: one.at.timestamp(), reverse=True)[:_RECENT]


def _recent(person: str, deeds: Sequence[tuple[datetime, str]]) -> Recent:
    last = max((at for at, _deed in deeds), key=datetime.timestamp)
    same = [deed for at, deed in deeds if at.date() == last.date()]
    counts = (same.count(deed) for deed in ("answered", "returned", "accepted"))
    return Recent(person, last, *counts)


def recent_text(
    found: Sequence[Recent], people: Mapping[str, Person], lang: Lang, width: int
) -> str:
    """Return who did what last, as many as there is room for; '' where nobody did anything."""
    if not found:
        return ""
    _ = translator(lang)
    told = [_recent_text(one, people, lang) for one in found]
    text = _("Last: {deeds}").format(deeds=semicolon(lang).join(told))
    more = len(found) > 1 and width_of(text) > width
    return recent_text(found[:-1], people, lang, width) if more else text


def _recent_text(one: Recent, people: Mapping[str, Person], lang: Lang) -> str:
    _ = translator(lang)
    name = people[one.person].name if one.person in people else one.person
    deeds = [
        words.format(count=count)
        for words, count in (
            (_("answered {count}"), one.answered),
            (_("returned {count}"), one.returned),
            (_("accepted {count}"), one.accepted),
        )
        if count
    ]
    return " ".join((name, one.at.strftime("%m-%d %H:%M"), *deeds))


def uncommitted_text(paths: Sequence[str] | None, lang: Lang) -> str:
    """Return how much is not committed yet; '' where that is not known."""
    _ = translator(lang)
    if paths is None:
        return ""
    if not paths:
        return _("Everything is committed")
    return _("Not committed yet: {count} files (p or > leads to the commit)").format(
        count=len(paths)
    )
