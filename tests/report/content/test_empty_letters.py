"""A letter of nothing, from nobody or to nobody, is refused with what to do."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from assess.errors import UsageError
from assess.model.config import Head
from assess.report.content.empty_letters import refuse_empty_letter
from assess.report.content.inputs import ReportInputs
from report import factory


def letter(template: str, answering: factory.Answering, **settings: object) -> ReportInputs:
    """Return the inputs of a letter, with other settings of the report."""
    made = factory.inputs(
        checklists=[factory.with_item("x", count=3)], answering=answering, template=template
    )
    report = replace(made.config.report, **settings)
    return made._replace(config=replace(made.config, report=report))


@pytest.mark.parametrize("template", ["notice", "receipt"])
def test_nothing_to_say_is_no_letter(template: str) -> None:
    """Of an empty round and of one in which all is met; the hint differs."""
    with pytest.raises(UsageError, match="would say nothing") as empty:
        refuse_empty_letter(letter(template, factory.nothing), "en")
    assert empty.value.hint == "answer and review the items first: assess fill"
    with pytest.raises(UsageError, match="would say nothing") as met:
        refuse_empty_letter(letter(template, factory.status("met")), "en")
    assert "--template summary" in met.value.hint
    refuse_empty_letter(letter(template, factory.status("unmet")), "en")


def test_somebody_sends_a_notice() -> None:
    """The addressee of reports, who oversees the organization, or the organ of its red head."""
    with pytest.raises(UsageError, match="who sends the notice"):
        refuse_empty_letter(letter("notice", factory.status("unmet"), addressee=None), "en")
    heads = {"notice": Head(organ="示例市青溪区委网信办文件")}
    refuse_empty_letter(
        letter("notice", factory.status("unmet"), addressee=None, heads=heads), "en"
    )


def test_somebody_gets_the_answer() -> None:
    """An answer to a notice goes to the addressee of reports."""
    with pytest.raises(UsageError, match="to whom the answer"):
        refuse_empty_letter(letter("receipt", factory.status("unmet"), addressee=" "), "en")


@pytest.mark.parametrize("template", ["summary", "brief", "full", "ledger"])
def test_other_documents_may_say_that_there_is_nothing(template: str) -> None:
    """They are about the state, whatever it is."""
    refuse_empty_letter(letter(template, factory.nothing), "en")
