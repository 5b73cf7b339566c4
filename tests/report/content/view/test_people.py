"""Whose names stand at the signatures."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from assess.model.answer import Answer, Review, SheetPeople
from assess.model.config import Person, Role
from assess.model.item import Item
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.people import list_people_with_role, list_unnamed_signatures
from report import factory


def reviewed(index: int, item: Item) -> Answer | None:
    """Answer as usual; every answer is accepted by the second person."""
    answer = factory.mixed(index, item)
    return answer and replace(answer, review=Review(state="accepted", by="li-jian"))


def without_names(made: ReportInputs) -> ReportInputs:
    """Return the inputs with sheets that name nobody."""
    unnamed = [replace(one.sheet, people=SheetPeople()) for one in made.sheets]
    sheets = zip(made.sheets, unnamed, strict=True)
    return made._replace(sheets=tuple(one._replace(sheet=sheet) for one, sheet in sheets))


@pytest.mark.parametrize(
    ("role", "names"), [("filler", ["王敏"]), ("reviewer", ["李健"]), ("leader", ["赵云"])]
)
def test_names_come_from_answers_and_roles(role: Role, names: list[str]) -> None:
    """Where the sheets name nobody: who answered, who reviewed, the only one with the role."""
    made = without_names(factory.inputs("egov-network", answering=reviewed))
    assert list_people_with_role(made, role) == names


def test_of_several_nobody_is_chosen() -> None:
    """Two leaders: neither is put where one signs."""
    made = without_names(factory.inputs("egov-network"))
    people = made.config.people | {"qian-yi": Person(name="钱一", roles=("leader",))}
    made = made._replace(config=replace(made.config, people=people))
    assert list_people_with_role(made, "leader") == []


def test_the_sheets_come_first() -> None:
    """A name that a sheet says is not replaced."""
    made = factory.inputs("egov-network", answering=reviewed)
    named = tuple(
        one._replace(sheet=replace(one.sheet, people=SheetPeople(reviewer="zhao-yun")))
        for one in made.sheets
    )
    assert list_people_with_role(made._replace(sheets=named), "reviewer") == ["赵云"]


@pytest.mark.parametrize("template", ["brief", "full", "summary", "ledger", "own"])
def test_signatures_without_a_name_are_known(template: str) -> None:
    """With who could be named there: nobody, or several."""
    made = without_names(factory.inputs("egov-network", answering=factory.nothing))
    people = {
        "zhao-yun": Person(name="赵云", roles=("leader",)),
        "qian-yi": Person(name="钱一", roles=("leader",)),
        "wang-min": Person(name="王敏", roles=("filler",)),
    }
    made = made._replace(
        config=replace(made.config, people=people),
        request=made.request._replace(template=template),
    )
    assert [(one.role, one.people) for one in list_unnamed_signatures(made)] == [
        ("reviewer", ()),
        ("leader", ("zhao-yun", "qian-yi")),
    ]


@pytest.mark.parametrize("template", ["notice", "receipt", "blank", "compare"])
def test_documents_without_names_lack_none(template: str) -> None:
    """Letters and comparisons bear no signatures of people; a form is filled in by hand."""
    made = without_names(factory.inputs("egov-network", answering=factory.nothing))
    made = made._replace(
        config=replace(made.config, people={}), request=made.request._replace(template=template)
    )
    assert list(list_unnamed_signatures(made)) == []
