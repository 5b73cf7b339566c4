"""What is missing in a round, and the message that a commit of it would get."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess.engine.field_checks.judge import list_broken_checks
from assess.engine.gaps import GAPS, Gap, list_item_gaps_by_urgency, make_item_with_stored_answer
from assess.engine.history.message import commit_message
from assess.errors import FilesError
from assess.i18n import Lang
from assess.model.answer import Sheet
from assess.model.base import Bilingual
from assess.model.checklist import Checklist
from assess.model.config import ROLES, Config, Role
from assess.model.results import Assessment
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core.names import SheetName
from assess.workspace.core.sources import refuse_closed_round
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.changes import WorkspaceHistory
from assess.workspace.sharing import commit


class SheetItem(NamedTuple):
    """An item of a sheet."""

    sheet: SheetName
    item_id: str


class GapItems(NamedTuple):
    """One kind of gap with the items that have it."""

    gap: Gap
    items: tuple[SheetItem, ...]


def list_gaps_in_sheets(
    sheets: Mapping[SheetName, Assessment],
    conflicting_items_by_sheet: Mapping[SheetName, frozenset[str]],
) -> list[GapItems]:
    """Return what is missing in the sheets of a round, the most urgent first.

    `conflicting_items_by_sheet` are the items of each sheet in which a merge left a conflict.
    """
    items_by_gap: dict[Gap, list[SheetItem]] = {gap: [] for gap in GAPS}
    for name, seen in sheets.items():
        unfitting = {item_id for broken in list_broken_checks(seen) for item_id in broken.item_ids}
        for state in seen.items:
            if state.applies == "no":
                continue
            conflicted = state.item.id in conflicting_items_by_sheet.get(name, ())
            item = make_item_with_stored_answer(
                state, conflicted=conflicted, breaks_check=state.item.id in unfitting
            )
            for gap in list_item_gaps_by_urgency(item):
                items_by_gap[gap].append(SheetItem(name, state.item.id))
    return [GapItems(gap, tuple(items)) for gap, items in items_by_gap.items() if items]


def list_checklists_without_system(workspace: Workspace, config: Config) -> tuple[Checklist, ...]:
    """Return the pinned checklists that are answered for each system, where no system is entered.

    They have no sheet in any round. A file that can't be read is left out; lint reports it.
    """
    checklists: list[Checklist] = []
    for checklist_id in () if config.systems else config.checklists:
        with contextlib.suppress(FilesError):
            checklists.append(workspace.read_checklist(checklist_id))
    return tuple(checklist for checklist in checklists if checklist.scope == "system")


def list_sheets_with_unfilled_roles(
    sheets: Mapping[SheetName, Sheet],
) -> list[tuple[SheetName, tuple[Role, ...]]]:
    """Return the sheets without filler, reviewer or leader, with the missing roles."""
    rows = []
    for name, sheet in sheets.items():
        absent = tuple(role for role in ROLES if getattr(sheet.people, role) is None)
        if absent:
            rows.append((name, absent))
    return rows


class CommitProposal(NamedTuple):
    """The files that a commit would take, and its message."""

    files: tuple[str, ...]
    message: str
    identified: bool
    """Whether git knows who commits."""
    untrusted: tuple[str, ...]
    """Hooks and settings that are disabled until the user trusts them."""


def propose_commit(workspace: Workspace, today: date) -> CommitProposal:
    """Return the files that a commit would take, and its message.

    Raises:
        UsageError: there is no repository.
        FilesError: files can't be read.
    """
    files = commit.list_uncommitted_files(workspace)
    text = ""
    if files:
        with WorkspaceHistory(workspace, today) as history:
            config = workspace.read_config()
            text = commit_message(history.diff_states(), config.language, config.people)
    return CommitProposal(
        tuple(files),
        text,
        commit.is_commit_identity_known(workspace),
        tuple(commit.list_untrusted_hooks_and_settings(workspace)),
    )


def write_people_into_sheets(
    workspace: Workspace, round_id: str, names: Sequence[SheetName], people: Mapping[str, str]
) -> None:
    """Write who fills in, reviews and signs into sheets.

    Raises:
        ChangedOnDiskError, LockedError, WriteError, FilesError: as OpenSheet.write_answer.
    """
    for name in names:
        workspace.open_sheet(name, round_id).write_people_by_role(people)


def write_narrative(workspace: Workspace, round_id: str, field: str, text: str, lang: Lang) -> None:
    """Write `work` or `suggestions` of a round in one language; the other language is unchanged.

    Raises:
        ClosedRoundError: the round is closed.
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
    """
    config = workspace.read_config()
    refuse_closed_round(config, round_id, workspace.lang)
    current = getattr(config.rounds[round_id].narrative, field)
    inside = (lang,) if isinstance(current, Bilingual) else ()
    path = ("rounds", round_id, "narrative", field, *inside)
    workspace.edit_config([FieldEdit(path, text or REMOVE)])
