"""The view: every figure is the assessment's, every reason is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from assess.engine.scoring.assessment import assess_sheet
from assess.model.answer import (
    Answer,
    CitedMitigation,
    Review,
    RiskOverride,
    SheetPeople,
    TakenFrom,
)
from assess.model.base import Bilingual, Number, pick_text
from assess.model.checklist import Cap, Scoring
from assess.model.item import Item
from assess.model.results import format_score
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.build import build_report_view
from assess.report.content.view.model import Report, SheetView
from assess.report.export.data_tables import list_data_tables
from factories import fact_is
from report import factory


def english(*names: str, **changes: Any) -> Report:
    """Return the view in English."""
    return build_report_view(factory.inputs(*names, lang="en", **changes))


def rescored(**scoring: Any) -> tuple[ReportInputs, SheetView]:
    """Return the mixed report under other scoring, and its sheet."""
    base = factory.library("egov-network")
    settings = {"bands": base.scoring.bands} | scoring
    checklist = replace(base, scoring=Scoring(**settings))
    made = factory.inputs(checklists=[checklist], lang="en")
    return made, build_report_view(made).sheets[0]


def redone(made: ReportInputs, **people: str | None) -> ReportInputs:
    """Return inputs whose sheet names other people, assessed again."""
    one = made.sheets[0]
    sheet = replace(one.sheet, people=SheetPeople(**people))
    assessment = assess_sheet(one.checklist, sheet, made.config, made.register, made.today)
    return made._replace(sheets=(one._replace(sheet=sheet, assessment=assessment),))


@pytest.mark.parametrize("method", ["percent", "rate", "deduction"])
def test_score_is_that_of_the_assessment(method: str) -> None:
    """Value, sums and verdict are the ones computed, under each method, with the formula."""
    made, sheet = rescored(method=method)
    score = made.sheets[0].assessment.score
    assert score is not None
    assert sheet.score is not None
    assert sheet.score.value == format_score(score.value)
    assert format_score(score.raw) in sheet.score.worked
    assert sheet.score.formula.startswith("Score = ")
    assert "{" not in sheet.score.formula
    assert sheet.score.remark == ""


def test_cap_and_parameters_are_said() -> None:
    """The cap that took effect, what counts how, and each verdict with ≥ and its condition."""
    _made, sheet = rescored(method="percent", high_risk=Cap(caps_at=Number(59)))
    assert sheet.score is not None
    assert sheet.score.notes
    assert "59.0" in sheet.score.notes[0]
    texts = {line.name: line.text for line in sheet.score.parameters}
    assert texts["Partly met counts"] == "0.5"
    assert texts["A high risk"] == "caps the score at 59"
    assert sheet.score.boundaries[0] == "Conforming: ≥ 90, no high risk"


def test_sections_in_which_nothing_applies_are_not_printed() -> None:
    """A section stands in the report as soon as one of its items applies."""
    base = factory.with_item("x", count=2, sections=2)
    first, second = base.sections
    second = replace(second, title=Bilingual(zh="y", en="y"))
    never = fact_is("system.exposure", "isolated")
    items = tuple(replace(item, applies_when=never) for item in first.items)
    for left, titles in ((items, ["y"]), ((first.items[0], items[1]), ["x", "y"])):
        made = replace(base, sections=(replace(first, items=left), second), scope="system")
        (sheet,) = build_report_view(factory.inputs(checklists=[made], lang="en")).sheets
        assert [section.title for section in sheet.sections] == titles


def test_not_applicable_as_met_is_said() -> None:
    """Where the checklist counts not_applicable as met, the report says so; no cap, no cap said."""
    _made, sheet = rescored(method="percent", not_applicable="met")
    assert sheet.score is not None
    texts = {line.name: line.text for line in sheet.score.parameters}
    assert texts["Items not applicable"].endswith("counted as met")
    assert texts["A high risk"] == "does not cap the score"


def test_vetoes_are_named() -> None:
    """A veto item that is unmet is named with its consequence."""
    base = factory.library("egov-network")
    section = base.sections[0]
    items = (replace(section.items[0], veto=True), *section.items[1:])
    checklist = replace(base, sections=(replace(section, items=items), *base.sections[1:]))
    made = factory.inputs(checklists=[checklist], answering=factory.status("unmet"), lang="en")
    score = build_report_view(made).sheets[0].score
    assert score is not None
    assert any(items[0].id in note for note in score.notes)


def test_an_incomplete_score_says_so() -> None:
    """While items are unanswered the score is not final, the report is a draft and says why."""
    first = factory.library("egov-network").sections[0].items[0].id
    view = english(
        "egov-network",
        answering=lambda index, item: factory.mixed(index, item) if item.id == first else None,
    )
    assert view.sheets[0].score is not None
    assert "Still open: unanswered items: 65." in view.sheets[0].score.remark
    assert view.sheets[0].score.value == "100.0 (answered part, 1/66)"
    assert view.sheets[0].score.band == view.sheets[0].counts.verdict == "none yet: not complete"
    assert view.draft
    assert view.trust.lacks[0].startswith(f"{view.sheets[0].title}: unanswered items: 65 (")


def test_nothing_answered_is_no_score_of_zero() -> None:
    """Score, verdict and sentence say that there is none; the row has a dash."""
    view = english("egov-network", answering=factory.nothing)
    (sheet,) = view.sheets
    assert sheet.score is None
    assert sheet.no_score == "Score: unanswered, no score."
    assert (sheet.counts.score, sheet.counts.progress) == ("–", "0/66 done")
    assert sheet.counts.verdict == "none yet: not complete"
    assert "0 of 66 items answered; what is unanswered is not scored" in view.brief[0]


def test_not_applicable_without_its_reason_makes_a_draft() -> None:
    """No verdict while one item is said not to apply and not why; the draft names it."""

    def answering(index: int, item: Item) -> Answer | None:
        given = factory.status("not_applicable")(index, item)
        return replace(given, note="") if given is not None and index == 0 else given

    view = english("egov-network", answering=answering)
    assert view.draft
    assert view.sheets[0].counts.verdict == "none yet: not complete"
    assert [one for one in view.trust.lacks if "without the reason" in one and "EGN-ACC-01" in one]


def test_a_complete_committed_report_is_final() -> None:
    """All answered, no reviewer named, committed: no draft."""
    view = english("egov-network")
    assert not view.draft
    assert view.trust.lacks == ()


def test_unreviewed_answers_make_a_draft() -> None:
    """Where a reviewer is named, every answer must be accepted."""
    made = redone(factory.inputs("egov-network", lang="en"), filler="wang-min", reviewer="li-jian")
    view = build_report_view(made)
    assert view.draft
    assert "not accepted by the reviewer: 66" in view.trust.lacks[0]
    assert [one.name for one in view.signatures] == ["王敏", "李健", "赵云"]


def test_items_that_do_not_apply_are_none_of_the_applicable() -> None:
    """Counts and sentence: those that apply are what is left of the items."""
    made = factory.inputs("egov-network", answering=factory.status("not_applicable"), lang="en")
    counts, row = made.sheets[0].assessment.counts, build_report_view(made).sheets[0].counts
    assert counts.not_applicable
    left = counts.applicable - counts.not_applicable
    assert (row.applicable, row.not_applicable) == (str(left), str(counts.not_applicable))
    said = f"Items: {counts.applicable}, of which not applicable: {row.not_applicable}, "
    assert said + f"applicable: {left};" in build_report_view(made).chapters[1].paragraphs[0]


def test_what_was_returned_and_lacks_a_reason_is_named() -> None:
    """As when a round is finished."""

    def answering(index: int, item: Item) -> Answer | None:
        answer = factory.status("unmet" if index else "met")(index, item)
        return answer and replace(answer, note=None)

    made = factory.inputs("egov-network", answering=answering, lang="en", commit=None)
    said = [one for one in build_report_view(made).trust.lacks if "without the reason" in one]
    assert said
    assert said[0].startswith(build_report_view(made).sheets[0].title)


def test_suggestions_that_nobody_wrote_are_no_suggestions() -> None:
    """The chapter is left out: nobody has said that there are none."""
    made = factory.inputs("egov-network", lang="en")
    empty = replace(made.round, narrative=type(made.round.narrative)())
    settings = replace(made.config, rounds=dict.fromkeys(made.config.rounds, empty))
    chapters = build_report_view(made._replace(config=settings)).chapters
    assert [chapter.title[:2] for chapter in chapters] == ["1.", "2.", "3.", "4."]


def test_uncommitted_files_are_named() -> None:
    """Without a commit the files are named; without a repository that is said."""
    view = english("egov-network", commit=None)
    assert view.trust.lacks[0] == "files not committed: 1 (assess.yaml)"
    made = factory.inputs("egov-network", lang="en", commit=None)
    proof = made.provenance
    broken = build_report_view(
        made._replace(provenance=replace(proof, uncommitted=("templates/a\nb.html",)))
    )
    assert broken.trust.lacks[0] == "files not committed: 1 (templates/a ⏎ b.html)"
    view = english("egov-network", commit=None, in_repository=False)
    assert view.trust.lacks[0] == "the workspace is not in a git repository"


def test_sums_over_sheets() -> None:
    """Several sheets have a row of sums; one sheet has none."""
    made = factory.inputs("egov-network", "workforce", lang="en")
    view = build_report_view(made)
    wanted = sum(one.assessment.counts.applicable for one in made.sheets)
    assert view.total is not None
    assert view.total.applicable == str(wanted)
    assert english("egov-network").total is None


def test_every_item_stands_somewhere() -> None:
    """Items are in the answer table, or in the list of those left out; none is in both."""
    made = factory.inputs("egov-network", lang="en")
    settings = replace(made.config, profile={**made.config.profile, "wireless_lan": False})
    one = made.sheets[0]
    assessment = assess_sheet(one.checklist, one.sheet, settings, made.register, made.today)
    made = made._replace(config=settings, sheets=(one._replace(assessment=assessment),))
    sheet = build_report_view(made).sheets[0]
    shown_ids = [item.id for section in sheet.sections for item in section.items]
    left = [state.item.id for state in assessment.items if state.applies == "no"]
    assert left
    assert shown_ids == [s.item.id for s in assessment.items if s.applies != "no"]
    assert all(one in sheet.left_out for one in left)
    assert sheet.left_out.startswith(f"In all: {len(left)}. ")


def test_missing_facts_leave_applicability_open() -> None:
    """An item whose facts are not given is shown, with what to give."""
    made = factory.inputs("egov-network", lang="en")
    settings = replace(made.config, profile={})
    one = made.sheets[0]
    assessment = assess_sheet(one.checklist, one.sheet, settings, made.register, made.today)
    view = build_report_view(
        made._replace(config=settings, sheets=(one._replace(assessment=assessment),))
    )
    flags = [flag for s in view.sheets[0].sections for item in s.items for flag in item.flags]
    question = one.checklist.profile["egov_access"].question
    assert any(pick_text(question, "en") in flag for flag in flags)
    assert not any("egov_access" in flag for flag in flags)
    assert {line.text for line in view.profile} == {"not given"}


def test_findings_say_case_mitigation_and_reason() -> None:
    """A high-risk case, what lowers it, and why a level was overridden are all printed."""
    base = factory.library("egov-network")
    item = next(one for one in base.items().values() if one.high_risk and one.high_risk.mitigations)
    assert item.high_risk is not None
    mitigation = item.high_risk.mitigations[0]

    def answering(_index: int, one: Any) -> Answer | None:
        if one.id != item.id:
            return factory.mixed(1, one)
        worst = factory.status("unmet")(0, one)
        assert worst is not None
        value = worst.value if worst.status is None else None
        return Answer(
            status=worst.status,
            value=value and one.rungs[-1].id,
            mitigation=CitedMitigation(id=mitigation.id, note="all hosts"),
            risk=RiskOverride(level="low", reason="seen on site"),
        )

    made = redone(factory.inputs("egov-network", answering=answering, lang="en"), filler="wang-min")
    found = [one for one in build_report_view(made).sheets[0].findings if one.id == item.id]
    assert len(found) == 1
    risk = next(line.text for line in found[0].lines if line.name == "Risk")
    assert f"high-risk case {item.high_risk.case}" in risk
    assert "lowered by: " in risk
    assert "reason: seen on site" in risk
    assert found[0].tone == "low"


def test_findings_are_called_by_their_problem() -> None:
    """Finding, ledger and letter name the fault; the list of answers keeps the title."""
    made = factory.inputs("egov-network", lang="en")
    sheet = made.sheets[0]
    finding = sheet.assessment.findings[0].state.item
    named = replace(finding, problem=Bilingual(en="Factory passwords in use"))
    sections = tuple(
        replace(section, items=tuple(named if one.id == named.id else one for one in section.items))
        for section in sheet.checklist.sections
    )
    checklist = replace(sheet.checklist, sections=sections)
    assessment = assess_sheet(checklist, sheet.sheet, made.config, made.register, made.today)
    sheets = (sheet._replace(checklist=checklist, assessment=assessment),)
    view = build_report_view(made._replace(sheets=sheets)).sheets[0]
    assert {one.title for one in view.findings if one.id == named.id} == {
        "Factory passwords in use"
    }
    assert {one.title for one in view.ledger if one.id == named.id} == {"Factory passwords in use"}
    items = [item for section in view.sections for item in section.items]
    title = pick_text(finding.title, "en")
    assert [item.title for item in items if item.id == named.id] == [title]


def test_ledger_says_who_until_when_and_how_late() -> None:
    """An overdue measure says by how many days; a finding without a measure says that."""
    rows = english("egov-network").sheets[0].ledger
    late = [one for one in rows if one.late]
    assert late[0].late == "16 days late"
    assert late[0].responsible == "信息科, 王敏"
    assert any(one.state == "no measure yet" for one in rows)


def test_evidence_says_where_it_is_and_whether_it_expired() -> None:
    """Files with digest, paper with its place, expired ones marked, and who cites them."""
    rows = english("egov-network").evidence
    expired = [one for one in rows if one.expires.endswith("(expired)")]
    assert expired
    assert all(date.fromisoformat(one.expires[:10]) < factory.TODAY for one in expired)
    paper = next(one for one in rows if one.place.startswith("paper: "))
    assert paper.digest == ""
    assert all("EGN-" in one.items for one in rows)


def test_review_states_are_flagged() -> None:
    """Returned, outdated and due again: a reader of the table sees it."""

    def answering(index: int, item: Any) -> Answer | None:
        answer = factory.mixed(index, item)
        assert answer is not None
        review = Review(state="returned", of="a-000000000000")
        return replace(
            answer, review=review, recheck=date(2026, 1, 1), fingerprint="zh-000000000000"
        )

    sheet = english("egov-network", answering=answering).sheets[0]
    flags = {flag for section in sheet.sections for item in section.items for flag in item.flags}
    assert "Answered to an earlier wording; to be looked at again" in flags
    assert "Changed after it was reviewed" in flags
    assert "Due to be checked again" in flags


@pytest.mark.parametrize(
    ("round_id", "title"),
    [
        ("2026", "Report on the network-security self-check of 2026"),
        ("2026-h1", "Report on the network-security self-check of 2026 (h1)"),
        ("spring", "Report on the network-security self-check"),
    ],
)
def test_title_names_the_year(round_id: str, title: str) -> None:
    """The customary title, with the year where the round has one."""
    made = factory.inputs("egov-network", lang="en")
    rounds = {round_id: made.config.rounds["2026"]}
    made = factory.with_request(made, round_id=round_id, config=replace(made.config, rounds=rounds))
    assert build_report_view(made).title == title


def test_a_system_is_named_with_its_facts() -> None:
    """A sheet of a system bears the system's name; its facts and grade are in the profile."""
    view = english("mlps-level3")
    assert view.sheets[0].counts.title.endswith(": Qingxi Government Services Portal")
    assert view.systems[0].grade == "level 3 (S2A3)"
    assert view.systems[0].exposure == "the internet"
    assert view.systems[0].facts


def test_all_not_applicable_is_no_conclusion() -> None:
    """Where all is not applicable, there is no conclusion instead of no problem."""
    view = english(
        "egov-network",
        answering=lambda _index, _item: Answer(status="not_applicable", note="none here"),
    )
    sentence = "No item was assessed as met or not met, so there is no conclusion."
    assert view.chapters[2].paragraphs == view.chapters[3].paragraphs == (sentence,)
    assert view.label["no_urgent"] == view.label["no_high_risks"] == sentence
    assert not view.sheets[0].findings
    assert not view.sheets[0].ledger


def test_answers_that_were_taken_over_are_printed_as_such() -> None:
    """On the first page, at the item, in the ledger, the tables and the provenance."""
    source = TakenFrom(round="2025", of="a-1")

    def taken(index: int, item: Item) -> Answer | None:
        answer = factory.mixed(index, item)
        is_taken = answer is not None and index % 2 == 0
        return replace(answer, taken_from=source) if answer and is_taken else answer

    checklists = [factory.first_sections("egov-network", 2)]
    report = build_report_view(factory.inputs(checklists=checklists, answering=taken, lang="en"))
    count, of = report.taken_over.removeprefix("carried over ").split("/")
    items = [item for section in report.sheets[0].sections for item in section.items]
    assert int(count) == sum(item.taken == "carried over from 2025" for item in items) > 0
    assert int(of) == len(items)
    assert any(row.taken for row in report.sheets[0].ledger)
    assert ("Answers carried over", f"{count}/{of}") in [
        (line.name, line.text) for line in report.trust.lines
    ]
    tables = {table.title: table for table in list_data_tables(report)}
    for name in ("Answers", report.label["ledger_title"]):
        at = [column.title for column in tables[name].columns].index("Carried over")
        assert "carried over from 2025" in [row[at] for row in tables[name].rows]
    assert build_report_view(factory.inputs()).taken_over == ""
