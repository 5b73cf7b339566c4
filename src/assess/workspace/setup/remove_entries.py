"""Removing a person or a system from a workspace: what refers to it, and the removal.

Closed rounds are read at their tag, with the people and systems of that time. So only references in
open rounds and in the register prevent a removal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assess import locations
from assess.model.answer import Answer, Sheet
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace


class PersonUses(NamedTuple):
    """How often open rounds and the register name a person."""

    answers: int = 0
    reviews: int = 0
    remediation: int = 0
    """Remediation that the person verified, or whose risk they accepted."""
    sheets: int = 0
    """Sheets that name the person as filler, reviewer or leader, or assign a part to them."""
    evidence: int = 0


def count_person_uses(workspace: Workspace, person: str) -> PersonUses:
    """Return how often files refer to a person; all counts are 0 where the removal is possible.

    Raises:
        FilesError: files can't be read.
    """
    sheets = list(_sheets_of_open_rounds(workspace))
    answers = [answer for sheet in sheets for answer in sheet.answers.values()]
    answers += [parked.answer for sheet in sheets for parked in sheet.parked.values()]
    return PersonUses(
        sum(answer.by == person for answer in answers),
        sum(answer.review is not None and answer.review.by == person for answer in answers),
        sum(person in _verifier_and_accepter_of_remediation(answer) for answer in answers),
        sum(person in _ids_of_people_in_sheet(sheet) for sheet in sheets),
        sum(row.by == person for row in workspace.read_register_or_empty().evidence.values()),
    )


def _verifier_and_accepter_of_remediation(answer: Answer) -> tuple[str | None, ...]:
    plan = answer.remediation
    return (plan.verified_by, plan.accepted_by) if plan is not None else ()


def _ids_of_people_in_sheet(sheet: Sheet) -> set[str | None]:
    people = sheet.people
    return {people.filler, people.reviewer, people.leader, *sheet.assigned.values()}


def _sheets_of_open_rounds(workspace: Workspace) -> Iterator[Sheet]:
    """Yield the sheets of open rounds on disk, including sheets that were removed from a round."""
    config = workspace.read_config()
    for round_id, round_ in config.rounds.items():
        if round_.state == "open":
            for name in _sheets_on_disk(workspace, round_id):
                if name.checklist in config.checklists and name.system in (None, *config.systems):
                    yield workspace.open_sheet(name, round_id).sheet


def _sheets_on_disk(workspace: Workspace, round_id: str) -> list[SheetName]:
    files = sorted((workspace.root / locations.round_folder_path(round_id)).glob("*.yaml"))
    return [SheetName.parse_name(path.stem) for path in files]


def count_system_answers(workspace: Workspace, system: str) -> int:
    """Return the number of answers about a system in open rounds, parked answers included.

    Raises:
        FilesError: files can't be read.
    """
    sheets = (sheet for sheet in _sheets_of_open_rounds(workspace) if sheet.scope.system == system)
    return sum(len(sheet.answers) + len(sheet.parked) for sheet in sheets)


def remove_person(workspace: Workspace, person: str) -> None:
    """Remove a person from assess.yaml.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as Workspace.edit_config.
    """
    workspace.edit_config([FieldEdit(("people", person), REMOVE)])


def remove_system_and_round_sheets(workspace: Workspace, system: str) -> None:
    """Remove a system from assess.yaml, and its sheets from the open rounds.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as Workspace.edit_config.
    """
    workspace.edit_config(
        [
            *_edits_removing_system_from_open_rounds(workspace, system),
            FieldEdit(("systems", system), REMOVE),
        ]
    )


def remove_system_from_open_rounds(workspace: Workspace, system: str) -> None:
    """Remove the sheets of a system from the open rounds; the system and its answers stay.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as Workspace.edit_config.
    """
    workspace.edit_config(_edits_removing_system_from_open_rounds(workspace, system))


def _edits_removing_system_from_open_rounds(workspace: Workspace, system: str) -> list[FieldEdit]:
    edits = []
    for round_id, round_ in workspace.read_config().rounds.items():
        left = [name for name in round_.sheets if SheetName.parse_name(name).system != system]
        if round_.state == "open" and len(left) != len(round_.sheets):
            edits.append(FieldEdit(("rounds", round_id, "sheets"), left))
    return edits
