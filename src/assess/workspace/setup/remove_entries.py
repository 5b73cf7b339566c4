"""Taking a person or a system out of a workspace: what refers to them, and that nothing is lost.

Closed rounds are read at their tag, with the people and systems of that day; only what open rounds
and the register say stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assess.model.answer import Answer, Sheet
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace


class Uses(NamedTuple):
    """How often open rounds and the register name a person."""

    answers: int = 0
    reviews: int = 0
    remediation: int = 0
    """Remediation that they verified or whose risk they accepted."""
    sheets: int = 0
    """Sheets that name them as filler, reviewer or leader, or assign them a part."""
    evidence: int = 0


def person_uses(here: Workspace, person: str) -> Uses:
    """Return what names a person; all zero where they can be taken out.

    Raises:
        FilesError: files can't be read.
    """
    sheets = list(_open_sheets(here))
    answers = [one for sheet in sheets for one in sheet.answers.values()]
    answers += [one.answer for sheet in sheets for one in sheet.parked.values()]
    return Uses(
        sum(one.by == person for one in answers),
        sum(one.review is not None and one.review.by == person for one in answers),
        sum(person in _mended_by(one) for one in answers),
        sum(person in _named(sheet) for sheet in sheets),
        sum(row.by == person for row in here.register().evidence.values()),
    )


def _mended_by(answer: Answer) -> tuple[str | None, ...]:
    plan = answer.remediation
    return (plan.verified_by, plan.accepted_by) if plan is not None else ()


def _named(sheet: Sheet) -> set[str | None]:
    people = sheet.people
    return {people.filler, people.reviewer, people.leader, *sheet.assigned.values()}


def _open_sheets(here: Workspace) -> Iterator[Sheet]:
    """Give the sheets of open rounds that are on disk, those taken out of a round included."""
    config = here.config()
    for round_id, one in config.rounds.items():
        if one.state == "open":
            for name in _on_disk(here, round_id):
                if name.checklist in config.checklists and name.system in (None, *config.systems):
                    yield here.desk(name, round_id).sheet


def _on_disk(here: Workspace, round_id: str) -> list[SheetName]:
    files = sorted((here.root / "answers" / round_id).glob("*.yaml"))
    return [SheetName.parse(path.stem) for path in files]


def system_answers(here: Workspace, system: str) -> int:
    """Return how many answers of open rounds are about a system; parked ones count.

    Raises:
        FilesError: files can't be read.
    """
    sheets = (sheet for sheet in _open_sheets(here) if sheet.scope.system == system)
    return sum(len(sheet.answers) + len(sheet.parked) for sheet in sheets)


def remove_person(here: Workspace, person: str) -> None:
    """Take a person out of assess.yaml.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as Workspace.edit_config.
    """
    here.edit_config([Edit(("people", person), REMOVE)])


def remove_system(here: Workspace, system: str) -> None:
    """Take a system out of assess.yaml, and its sheets out of the open rounds.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as Workspace.edit_config.
    """
    here.edit_config([*_unlisted(here, system), Edit(("systems", system), REMOVE)])


def unlist_system(here: Workspace, system: str) -> None:
    """Take the sheets of a system out of the open rounds; the system and its answers stay.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as Workspace.edit_config.
    """
    here.edit_config(_unlisted(here, system))


def _unlisted(here: Workspace, system: str) -> list[Edit]:
    edits = []
    for round_id, one in here.config().rounds.items():
        left = [name for name in one.sheets if SheetName.parse(name).system != system]
        if one.state == "open" and len(left) != len(one.sheets):
            edits.append(Edit(("rounds", round_id, "sheets"), left))
    return edits
