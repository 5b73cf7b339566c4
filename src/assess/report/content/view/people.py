"""The names of who filled in, reviewed and led: as the sheets, their answers or assess.yaml say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from assess.i18n import N_
from assess.model.config import Role
from assess.report.content.inputs import LETTERS, ReportInputs, SheetInputs

SIGNATURES: Final[tuple[tuple[Role, str], ...]] = (
    ("filler", N_("Filled in by")),
    ("reviewer", N_("Reviewed by")),
    ("leader", N_("Leader in charge")),
)
"""Who signs a document, in this order, and the words at the signature."""

_UNSIGNED_TEMPLATES: Final = (*LETTERS, "blank", "compare")
"""Templates without signatures of people, and the form that is filled in by hand."""


class UnnamedSignature(NamedTuple):
    """A signature without a name beside it."""

    role: Role
    words: str
    """The words at the signature, to be translated."""
    people: tuple[str, ...]
    """Ids of the people who have the role: none, or several."""


def list_people_with_role(inputs: ReportInputs, role: Role) -> list[str]:
    """Return the names of who has a role, each once.

    They are whom the sheets name. Where no sheet names anybody, they are who gave the answers or
    accepted them; where nobody is known to have done so, the only person who has the role.
    """
    people = inputs.config.people
    ids = (
        _ids_named_by_sheets(inputs, role)
        or _ids_of_authors(inputs, role)
        or _find_only_person_with_role(inputs, role)
    )
    return [people[key].name if key in people else key for key in ids]


def list_unnamed_signatures(inputs: ReportInputs) -> Iterator[UnnamedSignature]:
    """Yield the signatures of a document beside which no name stands."""
    if inputs.template in _UNSIGNED_TEMPLATES:
        return
    for role, words in SIGNATURES:
        if not list_people_with_role(inputs, role):
            yield UnnamedSignature(role, words, _list_ids_of_people_with_role(inputs, role))


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


def _find_only_person_with_role(inputs: ReportInputs, role: Role) -> tuple[str, ...]:
    ids = _list_ids_of_people_with_role(inputs, role)
    return ids if len(ids) == 1 else ()


def _list_ids_of_people_with_role(inputs: ReportInputs, role: Role) -> tuple[str, ...]:
    return tuple(key for key, person in inputs.config.people.items() if role in person.roles)
