"""What is still missing in a round, and the text that a commit of it would get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

from assess.engine.history.message import message
from assess.i18n import Lang
from assess.model.answer import Sheet
from assess.model.base import Bilingual
from assess.model.config import ROLES, Role
from assess.model.results import Assessment, ItemState
from assess.store.shipped_files import share
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core.names import SheetName
from assess.workspace.core.sources import refuse_closed
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.changes import History
from assess.workspace.sharing import commit

Gap = Literal[
    "unanswered",
    "returned",
    "conflict",
    "reason",
    "remediation",
    "high_evidence",
    "facts",
    "stale",
    "evidence",
    "met_without_evidence",
    "review",
]
GAPS: tuple[Gap, ...] = get_args(Gap)
"""What may be missing at an item, the more pressing first."""


class Where(NamedTuple):
    """An item of a sheet."""

    sheet: SheetName
    item_id: str


class Missing(NamedTuple):
    """One kind of gap with the items that have it."""

    gap: Gap
    items: tuple[Where, ...]


def missing(
    sheets: Mapping[SheetName, Assessment], conflicts: Mapping[SheetName, frozenset[str]]
) -> list[Missing]:
    """Return what is missing in the sheets of a round, the more pressing first.

    `conflicts` are the items of each sheet in which a merge left something undecided.
    """
    found: dict[Gap, list[Where]] = {gap: [] for gap in GAPS}
    for name, seen in sheets.items():
        for state in seen.items:
            if state.applies == "no":
                continue
            for gap in _gaps(state, conflicted=state.item.id in conflicts.get(name, ())):
                found[gap].append(Where(name, state.item.id))
    return [Missing(gap, tuple(items)) for gap, items in found.items() if items]


def _gaps(state: ItemState, *, conflicted: bool) -> Iterator[Gap]:
    answer, finding = state.answer, state.result in ("partial", "unmet")
    checks: tuple[tuple[Gap, bool], ...] = (
        ("unanswered", state.result is None),
        ("returned", state.work == "returned"),
        ("conflict", conflicted),
        ("reason", _wants_reason(state)),
        ("remediation", finding and (answer is None or answer.remediation is None)),
        ("high_evidence", bool(state.missing_evidence) and state.item.high_risk is not None),
        ("facts", bool(state.missing_facts)),
        ("stale", state.stale),
        ("evidence", bool(state.missing_evidence) and state.item.high_risk is None),
        ("met_without_evidence", state.result == "met" and not (answer and answer.evidence)),
        ("review", state.review_outdated),
    )
    return (gap for gap, holds in checks if holds)


def _wants_reason(state: ItemState) -> bool:
    """Return whether a result that needs a reason has none."""
    due = state.result in ("partial", "unmet", "not_applicable")
    return due and not (state.answer and state.answer.explained)


def absent_people(sheets: Mapping[SheetName, Sheet]) -> list[tuple[SheetName, tuple[Role, ...]]]:
    """Return the sheets that don't say who filled in, reviewed or signs, with the roles."""
    rows = []
    for name, sheet in sheets.items():
        absent = tuple(role for role in ROLES if getattr(sheet.people, role) is None)
        if absent:
            rows.append((name, absent))
    return rows


class Proposal(NamedTuple):
    """What a commit would take, and the text it would get."""

    files: tuple[str, ...]
    message: str
    identified: bool
    """Whether git knows who commits."""
    untrusted: tuple[str, ...]
    """Hooks and settings that stay off until the user trusts them."""


def proposal(here: Workspace, today: date) -> Proposal:
    """Return what a commit would take.

    Raises:
        UsageError: there is no repository.
        FilesError: files can't be read.
    """
    files = commit.changed_files(here)
    text = ""
    if files:
        with History(here, today) as history:
            text = message(history.diff(), here.config().language)
    return Proposal(
        tuple(files),
        text,
        commit.identity_known(here),
        tuple(commit.needs_trust(here)),
    )


def templates(here: Workspace) -> Sequence[str]:
    """Return the names of the report templates: those of the workspace and those that come along.

    Raises:
        EnvironmentLacksError: the installation is not whole.
    """
    folders = (here.root / "templates", share("templates"))
    return sorted({path.parent.name for one in folders for path in one.glob("*/main.html")})


def put_people(
    here: Workspace, round_id: str, names: Sequence[SheetName], people: Mapping[str, str]
) -> None:
    """Write who fills in, reviews and signs into sheets.

    Raises:
        ChangedOnDiskError, LockedError, WriteError, FilesError: as Desk.put.
    """
    for name in names:
        here.desk(name, round_id).put_people(people)


def put_words(here: Workspace, round_id: str, field: str, text: str, lang: Lang) -> None:
    """Write `work` or `suggestions` of a round in one language; the other language stays.

    Raises:
        ClosedRoundError: the round is closed.
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
    """
    config = here.config()
    refuse_closed(config, round_id, here.lang)
    held = getattr(config.rounds[round_id].narrative, field)
    inside = (lang,) if isinstance(held, Bilingual) else ()
    path = ("rounds", round_id, "narrative", field, *inside)
    here.edit_config([Edit(path, text or REMOVE)])
