"""Summary, ledger, letters, form and comparison as pages: what they say, how they lie."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace

from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.history.changes import SheetState
from assess.engine.scoring.assessment import assess_sheet
from assess.i18n import LANGS, Lang
from assess.model.answer import Answer, Review
from assess.model.base import Bilingual
from assess.model.config import Head
from assess.model.item import Item, Table
from assess.report.content.draft_reasons import find_draft_reasons
from assess.report.content.earlier import EarlierState, PastRound
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.build import build_report_view
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.render import render_report
from assess.template_folders import list_template_names
from report import factory, read_pdf
from report.set_once import set_once

LEFT_MARGIN = 35 / 25.4 * 72
"""Of the ledger, in points."""
HEAD, FOOT = 37 / 25.4 * 72, (297 - 35) / 25.4 * 72
"""Between these stands the text of an upright page, in points."""
LIBRARY = (str(factory.ROOT / "templates"),)


def returned(index: int, item: Item) -> Answer | None:
    """Answer as usual; the first two answers are returned, the second was corrected since."""
    answer = factory.mixed(index, item)
    if answer is None or index > 1:
        return answer
    review = Review(
        state="returned",
        comment="请附截图",
        due=date(2026, 7, 9),
        by="li-jian",
        of=None if index else reviewed_answer_digest(answer),
    )
    return replace(answer, review=review)


def earlier(made: ReportInputs, answering: factory.Answering) -> ReportInputs:
    """Return inputs compared with a round in which `answering` was answered."""
    states, scores = {}, {}
    for one in made.sheets:
        sheet = factory.sheet(one.checklist, answering)
        told = assess_sheet(one.checklist, sheet, made.config, made.register, made.today)
        states[one.name] = SheetState(sheet, told)
        scores[one.name] = told.score.value if told.score else None
    title = Bilingual(zh="2025 年自查", en="Self-check 2025")
    return made._replace(
        earlier=EarlierState(title, "mark", states), past=(PastRound(title, scores),)
    )


@cache
def document(template: str, lang: Lang = "zh", checklist: str = "egov-network") -> bytes:
    """Return a document of the mixed answers, compared with a round of all unmet."""
    made = factory.inputs(checklist, lang=lang, template=template, answering=returned)
    return set_once(factory.job(earlier(made, factory.status("unmet"))))


def test_all_documents_are_there() -> None:
    """The templates that the documentation names."""
    wanted = {"full", "summary", "ledger", "notice", "receipt", "issuer", "compare"}
    assert wanted <= set(list_template_names(LIBRARY))


@pytest.mark.parametrize("lang", LANGS)
def test_the_summary_is_two_pages(lang: Lang) -> None:
    """Score, change, high risks and what is overdue, however many there are; then to sign."""
    made = document("summary", lang)
    assert len(read_pdf.opened(made).pages) == 2
    text = read_pdf.squeezed(made)
    view = build_report_view(factory.inputs("egov-network", lang=lang))
    for label in ("overall", "high_risks", "changes", "late", "signatures"):
        assert view.label[label].replace(" ", "") in text


def test_a_summary_of_many_problems_is_two_pages() -> None:
    """All unmet, of 211 items: what is cut is counted."""
    made = factory.inputs("mlps-level3", template="summary", answering=factory.status("unmet"))
    data, pages = render_report(factory.job(made), lambda _progress: None)
    assert pages == 2
    assert "……另有" in read_pdf.squeezed(data)


def test_the_ledger_lies_on_its_side() -> None:
    """Every page is landscape, and every problem of the ledger is in it once."""
    made = read_pdf.opened(document("ledger"))
    for one in made.pages:
        left, bottom, right, top = (float(side) for side in one.mediabox)
        assert right - left > top - bottom
    for number, words in enumerate(read_pdf.pages(document("ledger")), 1):
        # Where the foot of an upright page is once the page is turned with its head to the left.
        foot = [one for one in words if one.right < LEFT_MARGIN]
        assert {"校验码", "—", str(number)} <= {one.text for one in foot}
        # The number stands at the outer side: of an even page at the other end.
        assert (next(one for one in foot if one.text == "—").top > 300) is (number % 2 == 1)
    view = build_report_view(factory.inputs("egov-network"))
    ids = [row.id for sheet in view.sheets for row in sheet.ledger]
    # Below stands why it is a draft, which names what was returned.
    text, _why = read_pdf.squeezed(document("ledger")).split(view.label["lacks"])
    assert ids
    assert all(text.count(one) == 1 for one in ids)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("template", ["summary", "ledger", "notice", "receipt", "compare"])
def test_nothing_leaves_the_page(template: str, lang: Lang) -> None:
    """Every word lies inside its page; headings nest; the page is tagged."""
    made = document(template, lang)
    opened = read_pdf.opened(made)
    for page, words in zip(opened.pages, read_pdf.pages(made), strict=True):
        width, height = (float(side) for side in page.mediabox[2:])
        assert all(one.left >= 0 and one.right <= width for one in words)
        assert all(one.top >= 0 and one.bottom <= height for one in words)
    levels = [
        int(str(one.S)[2:])
        for one in read_pdf.elements(opened)
        if str(one.S)[1:] in {"H1", "H2", "H3", "H4", "H5", "H6"}
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("template", ["notice", "receipt"])
def test_letters_use_their_pages(template: str, lang: Lang) -> None:
    """Pages are filled to three quarters; half where what is asked moves on to be signed."""
    *whole, _last = read_pdf.pages(document(template, lang))
    assert whole
    for number, words in enumerate(whole, 1):
        filled = max(one.bottom for one in words if one.bottom < FOOT) - HEAD
        assert filled / (FOOT - HEAD) > (1 / 2 if number == len(whole) else 3 / 4)


def test_charts_have_words() -> None:
    """A radar and a line are figures with a text alternative that holds the numbers."""
    opened = read_pdf.opened(document("compare"))
    figures = [one for one in read_pdf.elements(opened) if one.S == "/Figure"]
    said = [str(one.get("/Alt", "")) for one in figures]
    assert any("雷达图" in one for one in said)
    assert any("历次得分" in one for one in said)
    assert all(said)


def test_a_notice_names_what_was_returned() -> None:
    """Each answer that waits, with what is wanted and until when; corrected ones are not asked."""
    text = read_pdf.squeezed(document("notice"))
    assert text.count("请附截图") == 1
    assert "2026-07-09" in text
    assert "示例市青溪区数据局：" in text
    assert "示例市青溪区委网信办" in text


def test_an_answer_to_a_notice_tells_done_from_open() -> None:
    """Corrected and waiting answers, mended and open problems are told apart."""
    made = factory.inputs("egov-network", answering=returned)
    view = build_report_view(made)
    assert len(view.returned) == 2
    assert [one.open for one in view.returned] == [True, False]
    text = read_pdf.squeezed(document("receipt"))
    assert "已改正" in text
    assert "待改正" in text


def test_letters_are_no_drafts_for_what_waits() -> None:
    """A notice says that answers wait; a full report with the same answers is a draft."""
    made = factory.inputs("egov-network", answering=factory.nothing)
    assert "unanswered" in find_draft_reasons(made)
    assert find_draft_reasons(factory.with_request(made, template="notice")) == []
    loose = factory.inputs("egov-network", commit=None, template="notice")
    assert find_draft_reasons(loose) == ["uncommitted"]


def test_a_red_head_is_the_workspaces_choice() -> None:
    """Organ and number stand over a letter where assess.yaml sets them; red is nothing else."""
    plain = build_report_view(factory.inputs("egov-network"))
    assert plain.notice.head is None
    head = Head(
        organ=Bilingual(zh="青溪区委网信办文件", en="Office"), number="青网信办〔2026〕31号"
    )
    made = factory.inputs("egov-network", template="notice")
    report = replace(made.config.report, heads={"notice": head})
    made = made._replace(config=replace(made.config, report=report))
    view = build_report_view(made)
    assert view.notice.head is not None
    assert view.notice.sender == "青溪区委网信办"
    data, _pages = render_report(factory.job(made), lambda _progress: None)
    assert "青网信办〔2026〕31号" in read_pdf.squeezed(data)
    assert any(b"0.75294" in page for page in contents(data))
    assert not any(b"0.75294" in page for page in contents(document("notice")))


def contents(data: bytes) -> list[bytes]:
    """Return the drawing of each page."""
    return [
        b"".join(one.read_bytes() for one in streams(page)) for page in read_pdf.opened(data).pages
    ]


def streams(page: Any) -> list[Any]:
    """Return the streams that draw a page."""
    found = page.Contents
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def test_a_form_is_filled_from_answers() -> None:
    """Counts with units, ratios, ticks and rows of tables stand in an issuer's own form."""
    made = factory.inputs("annual-inspection", template="issuer")
    data, _pages = render_report(factory.job(made), lambda _progress: None)
    text = read_pdf.squeezed(data)
    assert "填表单位（盖章）：示例市青溪区数据局" in text
    assert "12.5人" in text
    assert "23/25" in text
    assert "■" in text
    assert "□" in text


@pytest.mark.exhaustive
def test_a_table_that_nobody_filled_in_declares_nothing() -> None:
    """“None” is an answer: it stands where there are no rows by the answer."""
    for answering, declared in ((factory.nothing, 0), (without_rows, 6)):
        made = factory.inputs("annual-inspection", template="issuer", answering=answering)
        data, _pages = render_report(factory.job(made), lambda _progress: None)
        assert read_pdf.text(data).split().count("无") == declared


def without_rows(_index: int, item: Item) -> Answer | None:
    """Answer that there are no rows."""
    return Answer(value=[]) if isinstance(item, Table) else None


def test_a_form_without_its_checklist_says_so() -> None:
    """It is refused, with the checklist to add, instead of an empty page."""
    made = factory.inputs("egov-network", template="issuer")
    with pytest.raises(RenderRefusedError, match="checklist add annual-inspection"):
        render_report(factory.job(made), lambda _progress: None)


def test_a_comparison_tells_what_was_closed() -> None:
    """From all unmet to the mix: the score rose, problems were closed, none opened."""
    made = earlier(factory.inputs("egov-network"), factory.status("unmet"))
    compared = build_report_view(made).compare
    assert compared is not None
    (sheet,) = compared.sheets
    assert sheet.difference.startswith("+")
    assert sheet.closed
    assert not sheet.opened
    assert sheet.radar is not None
    told = {one.id: one for one in sheet.items}
    first = told[sheet.closed[0].name]
    assert (first.before, first.turn) == ("不符合", "问题已消除")
    assert [row.title for row in sheet.counts] == ["2025年自查", "2026年自查"]


def test_a_first_round_has_nothing_to_compare() -> None:
    """No comparison, no rounds, no trend; the templates say so."""
    view = build_report_view(factory.inputs("egov-network"))
    assert (view.compare, view.rounds, view.trend) == (None, (), None)
    made = factory.inputs("egov-network", template="compare")
    data, _pages = render_report(factory.job(made), lambda _progress: None)
    assert "没有可供对比的前次情况" in read_pdf.squeezed(data)


def test_a_sheet_that_is_new_is_said_to_be() -> None:
    """A checklist that was not there before has no earlier counts and no changes."""
    made = factory.inputs("egov-network")
    made = made._replace(earlier=EarlierState("2025", "mark", {}))
    compared = build_report_view(made).compare
    assert compared is not None
    assert compared.sheets[0].remark
    assert (len(compared.sheets[0].counts), compared.sheets[0].items) == (1, ())


def test_rounds_and_trend() -> None:
    """The line holds each round with its score; of several sheets there is only the table."""
    view = build_report_view(earlier(factory.inputs("egov-network"), factory.status("unmet")))
    assert [one.title for one in view.rounds] == ["2025年自查", "2026年自查"]
    assert view.trend is not None
    assert view.chart is None
    both = build_report_view(earlier(factory.inputs("egov-network", "workforce"), factory.nothing))
    assert both.trend is None
    assert both.chart is not None
    assert all(len(one.scores) == 2 for one in both.rounds)
