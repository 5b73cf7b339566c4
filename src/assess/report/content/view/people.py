"""The names of who filled in, reviewed and led: as the sheets, their answers or assess.yaml say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assess.model.config import Role
from assess.report.content.inputs import ReportInputs, SheetInputs


def list_people_with_role(inputs: ReportInputs, role: Role) -> list[str]:
    """Return the names of who has a role, each once.

    They are whom the sheets name. Where no sheet names anybody, they are who gave the answers or
    accepted them; where nobody is known to have done so, the only person who has the role.
    """
    people = inputs.config.people
    ids = (
        _ids_named_by_sheets(inputs, role)
        or _ids_of_authors(inputs, role)
        or _id_of_only_person(inputs, role)
    )
    return [people[key].name if key in people else key for key in ids]


def _ids_named_by_sheets(inputs: ReportInputs, role: Role) -> list[str]:
    ids = dict.fromkeys(getattr(sheet_inputs.sheet.people, role) for sheet_inputs in inputs.sheets)
    return [key for key in ids if key is not None]


def _ids_of_authors(inputs: ReportInputs, role: Role) -> list[str]:
    """Return who filled in or reviewed most answers first."""
    counted = Counter(
        author
        for sheet_inputs in inputs.sheets
        for author in _authors_in_sheet(sheet_inputs, role)
        if author is not None
    )
    return [author for author, _count in counted.most_common()]


def _authors_in_sheet(sheet_inputs: SheetInputs, role: Role) -> Iterable[str | None]:
    for state in sheet_inputs.assessment.items:
        answer = state.answer
        if answer is None or state.applies == "no":
            continue
        if role == "filler":
            yield answer.by
        elif role == "reviewer" and answer.review is not None:
            yield answer.review.by


def _id_of_only_person(inputs: ReportInputs, role: Role) -> list[str]:
    ids = [key for key, person in inputs.config.people.items() if role in person.roles]
    return ids if len(ids) == 1 else []
