"""Triggers of serious hidden dangers stand beside the findings that match them."""

from __future__ import annotations

import pytest

from assess.i18n import LANGS, Lang
from assess.report.content.view.build import build_report_view
from assess.report.content.view.model import Report
from assess.report.render.render import render_report
from assess.workspace.core.program_tables import load_hidden_dangers
from report import factory, read_pdf

TITLES = {
    "zh": "A-11 重要区域边界访问控制缺失或不当",
    "en": "A-11 Access control at an important border missing or wrong",
}


SHOWN = {"full": None, "summary": 5, "ledger": None}
"""High-risk findings that a template shows; None: all."""


def report_of(lang: Lang) -> Report:
    """Return the report of a checklist in which nothing is met."""
    return build_report_view(
        factory.inputs(
            "egov-network",
            lang=lang,
            answering=factory.status("unmet"),
            dangers=load_hidden_dangers(),
        )
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_finding_and_its_row_of_the_ledger_name_the_trigger(lang: Lang) -> None:
    """By code and title; the line of the finding says what makes it a serious danger."""
    (sheet,) = report_of(lang).sheets
    finding = next(one for one in sheet.findings if one.id == "EGN-BND-01")
    row = next(one for one in sheet.ledger if one.id == "EGN-BND-01")
    assert finding.dangers == row.dangers == (TITLES[lang],)
    (line,) = [one.text for one in finding.lines if TITLES[lang] in one.text]
    assert ("高发性" if lang == "zh" else "likely to be exploited") in line


def test_findings_without_a_trigger_have_no_such_line() -> None:
    """Most items have none."""
    (sheet,) = report_of("en").sheets
    finding = next(one for one in sheet.findings if not one.dangers)
    assert not [one for one in finding.lines if one.name == "Serious danger"]


@pytest.mark.parametrize("template", ["full", "summary", "ledger"])
def test_the_pages_print_the_trigger(template: str) -> None:
    """Where high-risk findings are shown."""
    inputs = factory.inputs(
        checklists=[factory.first_sections("egov-network", 2)],
        template=template,
        answering=factory.status("unmet"),
        dangers=load_hidden_dangers(),
    )
    data, _pages = render_report(factory.job(inputs), lambda _progress: None)
    text = read_pdf.squeezed(data).replace(" ", "")
    (sheet,) = build_report_view(inputs).sheets
    high = [finding for finding in sheet.findings if finding.tone == "high"]
    triggers = {danger for finding in high[: SHOWN[template]] for danger in finding.dangers}
    assert triggers != set()
    assert [title for title in triggers if title.split()[0] not in text] == []
