"""What a report lacks: why it is a draft, and what became of what was returned."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from assess.engine.fingerprint import reviewed_answer_digest
from assess.model.answer import Answer, Review
from assess.model.item import Item, Proof
from assess.report.content.draft_reasons import find_draft_reasons
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.build import build_report_view
from report import factory


def returned(index: int, item: Item) -> Answer | None:
    """Answer as usual; the first answer was returned and waits."""
    answer = factory.mixed(index, item)
    if answer is None or index:
        return answer
    review = Review(
        state="returned", comment="x", due=date(2026, 7, 9), of=reviewed_answer_digest(answer)
    )
    return replace(answer, review=review)


def emptied(index: int, item: Item) -> Answer | None:
    """Answer as usual; the first answer was returned and then taken out."""
    answer = returned(index, item)
    return answer and (answer if index else replace(answer, status=None, value=None))


def test_what_was_returned_makes_a_draft() -> None:
    """Also where the sheet names no reviewer; letters say it anyway and are none."""
    made = factory.inputs("egov-network", answering=returned)
    assert made.sheets[0].sheet.people.reviewer is None
    assert find_draft_reasons(made) == ["returned"]
    assert build_report_view(made).trust.lacks[0].endswith("：被退回的检查项1项（EGN-ACC-01）")
    assert find_draft_reasons(factory.with_request(made, template="receipt")) == []


def demanding(made: ReportInputs) -> ReportInputs:
    """Return inputs whose first item has evidence that a final report must have."""
    sheet, *others = made.sheets
    section, *sections = sheet.assessment.sections
    state, *states = section.items
    proof = Proof(id="scan", text="扫描件", demand="final")
    first = replace(state, item=replace(state.item, evidence=(proof,)), missing_evidence=("scan",))
    changed = replace(section, items=(first, *states))
    assessment = replace(sheet.assessment, sections=(changed, *sections))
    return made._replace(sheets=(sheet._replace(assessment=assessment), *others))


def test_demanded_evidence_keeps_a_report_a_draft() -> None:
    """The item is named; letters of the review are none; evidence that is only required is not."""
    made = factory.inputs("egov-network")
    assert any(state.missing_evidence for state in made.sheets[0].assessment.items)
    assert find_draft_reasons(made) == []
    lacking = demanding(made)
    assert find_draft_reasons(lacking) == ["proof"]
    assert build_report_view(lacking).trust.lacks[0].endswith("必交佐证的检查项1项（EGN-ACC-01）")
    assert find_draft_reasons(factory.with_request(lacking, template="receipt")) == []


def test_each_item_is_named_once() -> None:
    """What was returned is not also told as not accepted."""
    made = factory.inputs("egov-network", answering=returned)
    (one,) = made.sheets
    people = replace(one.sheet.people, reviewer="li-jian")
    made = made._replace(sheets=(one._replace(sheet=replace(one.sheet, people=people)),))
    assert find_draft_reasons(made) == ["returned", "unreviewed"]
    first, second, *_reasons = build_report_view(made).trust.lacks
    assert "EGN-ACC-01" in first
    assert "EGN-ACC-01" not in second
    assert "尚未通过65项" in second


def test_an_answer_taken_out_is_not_corrected() -> None:
    """It waits as before."""
    (one,) = build_report_view(factory.inputs("egov-network", answering=emptied)).returned
    assert one.open


def test_what_no_longer_applies_is_not_asked_for() -> None:
    """Facts may leave out an item that was returned."""
    made = factory.inputs("egov-network", answering=returned)
    (one,) = made.sheets
    first, *others = one.assessment.sections
    left_out = replace(first.items[0], applies="no")
    sections = (replace(first, items=(left_out, *first.items[1:])), *others)
    told = replace(one.assessment, sections=sections)
    assert len(build_report_view(made).returned) == 1
    assert build_report_view(made._replace(sheets=(one._replace(assessment=told),))).returned == ()
