"""The full report: a page for the leader, each problem once, what is met in a line."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from assess.i18n import LANGS, Lang
from assess.model.answer import Answer
from assess.model.base import Bilingual
from assess.model.config import Head, ReportDetail
from assess.model.item import Item
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.build import build_report_view
from assess.report.render.render import render_report
from examples import some_always
from report import factory, read_pdf
from report.set_once import set_once

ORGAN = "示例市青溪区数据局"
HEAD = Head(
    organ=f"{ORGAN}文件",
    number="青数〔2026〕31号",
    signer="赵云",
    contact="王敏，电话0000-1234567",
    copies=("示例市青溪区政务服务中心", "示例市青溪区公安分局"),
)
ODD_EDGE, EVEN_EDGE = (210 - 26) / 25.4 * 72, 28 / 25.4 * 72
"""The sides of the text of a page, in points."""


def report_inputs(lang: Lang = "zh", head: Head | None = None, **report: str) -> ReportInputs:
    """Return the inputs of a report of two checklists in the usual mix."""
    checklists = [factory.first_sections(one, 2) for one in ("egov-network", "self-built-systems")]
    made = factory.inputs(checklists=checklists, lang=lang)
    heads = {"full": head, "brief": head} if head else {}
    settings = replace(made.config.report, heads=heads, **report)
    return made._replace(config=replace(made.config, report=settings))


def document(*, red: bool = False, detail: ReportDetail = "findings") -> bytes:
    """Return the full report in Chinese."""
    return set_once(factory.job(report_inputs(head=HEAD if red else None, detail=detail)))


def page_texts(data: bytes) -> list[str]:
    """Return the text of each page, without spaces."""
    return ["".join(page.split()) for page in read_pdf.text(data).split("\f")[:-1]]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "names", some_always([("mlps-level3",), ("egov-network",)], ("mlps-level3",))
)
def test_the_page_for_the_leader_is_one_page(names: str, lang: Lang) -> None:
    """However much is unmet; what is left out is counted, and it ends with the signatures."""
    made = factory.inputs(names, lang=lang, template="brief", answering=factory.status("unmet"))
    data, pages = render_report(factory.job(made), lambda _progress: None)
    assert pages == 1
    view = build_report_view(made)
    text = read_pdf.squeezed(data)
    for label in ("verdicts", "urgent", "decisions", "signatures"):
        assert view.label[label].replace(" ", "") in text
    shown = [row for sheet in view.sheets for row in sheet.ledger if row.id in text]
    urgent = [row for sheet in view.sheets for row in sheet.ledger if row.urgent]
    assert shown == urgent[: len(shown)]
    left_out = view.label["more_problems"].format(count=len(urgent) - len(shown))
    assert len(urgent) == len(shown) or left_out.replace(" ", "") in text


def half(index: int, item: Item) -> Answer | None:
    """Answer every other item, none of them well."""
    return factory.status("unmet")(index, item) if index % 2 else None


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "names",
    some_always(
        [("mlps-level3",), ("egov-network",), ("egov-network workforce supply-chain",)],
        ("mlps-level3",),
    ),
)
def test_a_draft_has_one_page_for_the_leader(names: str, lang: Lang) -> None:
    """Its reservations, the long name of a checklist and a day on a line of its own take room."""
    made = factory.inputs(*names.split(), lang=lang, template="brief", answering=half)
    long = Bilingual(zh="示例市青溪区数据和政务服务管理局" * 2, en="Qingxi Bureau of Data " * 4)
    organization = replace(made.config.organization, name=long)
    made = made._replace(config=replace(made.config, organization=organization))
    assert render_report(factory.job(made), lambda _progress: None)[1] == 1


@pytest.mark.exhaustive
def test_the_report_begins_with_that_page() -> None:
    """Then the letter, problems, ledger, items, evidence, provenance."""
    pages = page_texts(document())
    assert "呈阅摘要" in pages[0]
    assert "签字和盖章" in pages[0]
    assert "关于2026年网络安全自查情况的报告" in pages[1]
    titles = (
        "问题清单",
        "问题整改台账",
        "检查结果和自查检查表",
        "佐证材料和检查依据",
        "报告来源与校验",
    )
    first = [
        next(at for at, page in enumerate(pages) if f"附件{number}{title}" in page)
        for number, title in enumerate(titles, 1)
    ]
    assert first == sorted(set(first))


@pytest.mark.exhaustive
def test_a_red_head_comes_first() -> None:
    """The file begins with it, and everything after the letter is an annex: also that page."""
    data = document(red=True)
    pages = page_texts(data)
    assert f"{ORGAN}文件青数〔2026〕31号签发人：赵云" in pages[0]
    assert any("附件1呈阅摘要" in page and "签字和盖章" in page for page in pages)
    assert any("附件：1.呈阅摘要2.问题清单" in page for page in pages)
    assert any(
        "特此报告。" in page and "（联系人：王敏，电话0000-1234567）" in page for page in pages
    )
    assert "抄送：示例市青溪区政务服务中心，示例市青溪区公安分局。" in pages[-1]
    issuer, issued = (
        next(one for one in reversed(read_pdf.pages(data)[-1]) if one.text == text)
        for text in (ORGAN, "2026年7月1日印发")
    )
    assert issuer.bottom == issued.bottom
    assert issuer.right < issued.left
    assert not any("抄送：" in page for page in pages[:-1])
    # It does not stand alone on its page.
    assert "SHA-256" in pages[-1]


def test_each_problem_is_told_once_whole() -> None:
    """By risk, over all checklists; its requirement stands nowhere else."""
    view = build_report_view(report_inputs())
    text = read_pdf.squeezed(document())
    findings = sorted(
        (finding for sheet in view.sheets for finding in sheet.findings),
        key=lambda finding: finding.rank,
    )
    assert [finding.number for finding in findings] == [str(n + 1) for n in range(len(findings))]
    order = ("high", "medium", "low")
    risks = [order.index(finding.tone) for finding in findings]
    assert risks == sorted(risks)
    told = [finding.lines[0].text.replace(" ", "") for finding in findings]
    assert [requirement for requirement in told if text.count(requirement) != 1] == []


def test_what_is_met_takes_a_line() -> None:
    """Its requirement is printed only where every item is told whole."""
    view = build_report_view(report_inputs())
    met = [
        item.requirement.replace(" ", "")
        for sheet in view.sheets
        for section in sheet.sections
        for item in section.items
        if item.tone == "met"
    ]
    short, whole = (read_pdf.squeezed(document(detail=one)) for one in ("findings", "all"))
    assert met
    assert not any(requirement in short for requirement in met)
    assert all(requirement in whole for requirement in met)
    assert len(read_pdf.opened(document()).pages) < len(
        read_pdf.opened(document(detail="all")).pages
    )


def test_pages_are_numbered_as_documents_are() -> None:
    """Between dashes, 14 pt, on the right of odd pages and the left of even ones (7.5)."""
    for number, words in enumerate(read_pdf.pages(document(red=True)), 1):
        marks = [
            word for word in words if word.text == str(number) and word.top > (297 - 35) / 25.4 * 72
        ]
        mark = max(marks, key=lambda word: word.bottom - word.top)
        edge = ODD_EDGE - mark.right if number % 2 else mark.left - EVEN_EDGE
        assert 14 < edge < 45, number


def test_chinese_pages_have_no_typed_spaces_at_digits() -> None:
    """What was entered with them is printed without; English texts and paths keep theirs."""
    made = report_inputs()
    assert build_report_view(made).round == "2026年自查"
    assert "局党组3月专题研究" in build_report_view(made).chapters[0].paragraphs[0]
    assert build_report_view(report_inputs("en")).round == "Self-check 2026"
