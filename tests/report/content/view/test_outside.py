"""Findings of others in documents: rows of the ledger, problems in full, sentences."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from assess.engine.outside_findings import list_outside_rows_of_round
from assess.i18n import Lang
from assess.model.answer import Remediation
from assess.report.content.inputs import (
    ReportInputs,
    group_item_ids_by_evidence,
    list_cited_evidence_ids,
)
from assess.report.content.view.build import build_report_view
from assess.report.content.view.model import Report
from assess.report.export.ledger_table import ledger_columns, list_ledger_rows
from assess.report.render.render import render_report
from engine.outside import CLOSED, outside_finding
from report import factory, read_pdf

PLAN = Remediation(
    action="改口令", owner="李健", due=date(2026, 5, 1), budget="12 万元", people="no"
)


def inputs(lang: Lang = "zh") -> ReportInputs:
    """Return inputs with an overdue, a closed and an undated finding of others."""
    made = factory.inputs("egov-network", lang=lang)
    findings = {
        "f-1": outside_finding(dated=date(2026, 3, 1), risk="high", remediation=PLAN),
        "f-2": outside_finding(source="scan", number=None, closed=CLOSED, risk="low"),
        "f-3": outside_finding(
            source="inspection",
            text="长" * 200,
            item="EGN-ACC-01",
            remediation=Remediation(action="登记", no_due_reason="等搬迁"),
        ),
    }
    return made._replace(outside=list_outside_rows_of_round(findings, made.round_id, made.today))


def printed_text(made: ReportInputs) -> str:
    """Return the text of the PDF, without blanks."""
    data, _pages = render_report(factory.job(made), lambda _progress: None)
    return read_pdf.squeezed(data)


def view(lang: Lang = "zh") -> Report:
    """Return the view."""
    return build_report_view(inputs(lang))


def test_they_stand_among_the_problems_of_the_ledger() -> None:
    """By risk and date, with numbers of their own, marked by their source."""
    report = view()
    first, undated, closed = report.outside
    assert [row.number for row in report.outside] == ["外1", "外2", "外3"]
    assert (first.source, first.late, first.urgent) == ("通报 青网安通12号", "逾期61天", True)
    assert (first.needs, first.due) == ("经费：12万元；不需要增加人员", "2026-05-01")
    assert (undated.due, undated.no_due) == ("–", "等搬迁")
    assert (closed.closed, closed.progress, closed.done) == ("是", "已销号", "2026-05-20")
    ranks = [row.rank for sheet in report.sheets for row in sheet.ledger]
    ranks += [row.rank for row in report.outside]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    highs = [row.rank for sheet in report.sheets for row in sheet.ledger if row.tone == "high"]
    assert first.rank <= len(highs) + 1


def test_figures_and_numbers_of_the_round_are_as_without_them() -> None:
    """Scores, counts and the numbers of the round's own problems do not move."""
    alone, both = build_report_view(factory.inputs("egov-network", lang="zh")), view()
    for before, after in zip(alone.sheets, both.sheets, strict=True):
        assert (before.score, before.counts, before.facts) == (
            after.score, after.counts, after.facts)  # fmt: skip
        assert [row.number for row in before.ledger] == [row.number for row in after.ledger]


def test_each_is_told_in_full() -> None:
    """A long text whole, with document, item, plan and closing."""
    first, undated, closed = view().outside_findings
    lines = {line.name: line.text for line in undated.lines}
    assert lines["现状"] == "长" * 200
    assert undated.title.endswith("…")
    assert lines["检查项"].startswith("EGN-ACC-01 ")
    assert "等搬迁" in lines["整改"]
    assert any(line.text == "通报 青网安通12号（2026-03-01）" for line in first.lines)
    assert any(line.text.startswith("2026-05-20　复测报告") for line in closed.lines)


def test_the_leader_s_page_and_the_summary_count_them() -> None:
    """Open and overdue ones are put to the leader; without any nothing is said."""
    report = view()
    assert any("外部发现待整改2条，其中逾期1条" in text for text in report.decisions)
    assert any("外部发现" in text for text in report.brief)
    assert any("外部发现" in text for part in report.chapters for text in part.paragraphs)
    assert "已销号1条" in report.outside_sentence
    alone = build_report_view(factory.inputs("egov-network", lang="zh"))
    assert not any("外部发现" in text for text in (*alone.decisions, *alone.brief))
    assert (alone.outside, alone.outside_sentence) == ((), "")


@pytest.mark.parametrize(
    ("lang", "late"),
    [("zh", r"逾期(?:未完成的整改)?(\d+)[个项]"), ("en", r"(?:; |Measures )overdue: (\d+)[.]")],
)
def test_every_document_counts_the_same_that_are_overdue(lang: Lang, late: str) -> None:
    """The narrative, the summary and the decisions of the leader, as many as the ledger flags."""
    report = view(lang)
    flagged = sum(bool(row.late) for sheet in report.sheets for row in sheet.ledger) + 1
    narrative = [text for chapter in report.chapters for text in chapter.paragraphs]
    for texts in (narrative, report.brief, report.decisions):
        assert [int(count) for count in re.findall(late, " ".join(texts))] == [flagged]


def test_what_is_done_is_told_where_others_alone_found_something() -> None:
    """The narrative says how far the remediation is, not that there is nothing to remedy."""
    made = inputs()._replace(
        sheets=factory.inputs("egov-network", answering=factory.nothing).sheets
    )
    report = build_report_view(made)
    assert any(
        "上述问题（含外部发现）中，已完成整改1个" in text for text in report.chapters[3].paragraphs
    )
    assert any("上述问题（含外部发现）中，已完成整改1个" in text for text in report.brief)


def test_letters_count_them_with_the_rest() -> None:
    """Opening and tables of notice and receipt hold the same problems."""
    report = view()
    rows = [row for sheet in report.sheets for row in sheet.ledger] + list(report.outside)
    mended = sum(row.mended for row in rows)
    assert f"发现问题（含外部发现）{len(rows)}个，已完成整改{mended}个" in report.notice.opening
    assert f"列入台账的问题{len(rows)}个，已完成整改{mended}个" in report.receipt.opening
    undated = sum(row.due == "–" and not row.mended for row in rows)
    assert any(f"未定期限的{undated}个" in text for text in report.receipt.closing)


def test_a_spreadsheet_has_them_with_their_source() -> None:
    """A row each; what the self-check found says so."""
    report = view("en")
    titles = [column.title for column in ledger_columns(report)]
    rows = [dict(zip(titles, row, strict=True)) for row in list_ledger_rows(report)]
    assert {row["Id"] for row in rows} >= {"f-1", "f-2", "f-3"}
    sources = {row["Found by"] for row in rows}
    assert {"circular 青网安通12号", "vulnerability scan", "the self-check"} <= sources


def test_evidence_that_they_cite_stands_in_the_list() -> None:
    """Behind the items that cite it the number of the finding; what no item cites comes last."""
    made = inputs()
    cited_by_items = list(group_item_ids_by_evidence(made.sheets))
    both, alone, unknown = cited_by_items[0], "retest", "not-there"
    rows_of_register = made.register.evidence | {alone: made.register.evidence[both]}
    made = made._replace(register=replace(made.register, evidence=rows_of_register))
    closed = next(row for row in made.outside if row.is_closed)
    finding = replace(closed.finding, evidence=(both, alone, unknown))
    rows = tuple(replace(row, finding=finding) if row is closed else row for row in made.outside)
    cited = made._replace(outside=rows)
    shown = {row.id: row.items for row in build_report_view(cited).evidence}
    before = {row.id: row.items for row in build_report_view(made).evidence}
    assert list(shown) == [*before, alone]
    assert shown[both] == f"{before[both]}、外3"
    assert shown[alone] == "外3"
    assert list_cited_evidence_ids(cited.sheets, cited.outside) == [
        *cited_by_items, alone, unknown]  # fmt: skip


def test_the_summary_names_high_risks_of_others() -> None:
    """It never says that there is none while others found one."""
    made = factory.inputs("egov-network", answering=factory.nothing, template="summary")
    high = {"f-1": outside_finding(risk="high", remediation=PLAN)}
    with_one = made._replace(outside=list_outside_rows_of_round(high, made.round_id, made.today))
    assert high_risk_section(made) == "尚未填报，无法判断有无问题。"
    assert high_risk_section(with_one).startswith("外1")


def high_risk_section(made: ReportInputs) -> str:
    """Return what the section of high risks says."""
    return printed_text(made).partition("二、高风险问题")[2].partition("三、")[0]
