"""How pages end and cells hold: no lonely lines, no word broken in a narrow cell."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from msgspec.structs import replace

from assess.model.answer import Answer, Remediation
from assess.report.render.render import render_report
from examples import some_always
from report import factory, read_pdf
from report.set_once import set_once

TYPE_AREA = (37 / 25.4 * 72 - 6, (297 - 35) / 25.4 * 72 + 6)
"""From the top of an upright page, in points."""
PITCH = 9
"""Points: words whose feet are closer stand in one line."""
WATERMARK = 60
FULL_AND_SUMMARY = some_always([("full",), ("summary",)], ("summary",))
"""The table of counts is the same in both; setting the full one takes four times as long."""


def lines(words: list[read_pdf.Box]) -> int:
    """Return how many lines of text a page bears between head and foot."""
    top, bottom = TYPE_AREA
    feet = sorted(
        one.bottom
        for one in words
        if one.top > top and one.bottom < bottom and one.bottom - one.top < WATERMARK
    )
    return sum(after - before > PITCH for before, after in zip([0, *feet], feet, strict=False))


@pytest.mark.parametrize("count", some_always(((n,) for n in range(3, 8)), (4,), (7,)))
def test_the_last_finding_is_not_torn(count: int) -> None:
    """However many stand before it, no page of findings bears its last lines alone."""
    checklist = factory.with_item("题目" * 30, count)
    made = factory.inputs(checklists=[checklist], answering=factory.status("unmet"))
    data = render_report(factory.job(made), lambda _progress: None)[0]
    pages = read_pdf.pages(data)
    first = next(n for n, words in enumerate(pages) if any(w.text == "附件1" for w in words))
    after = next(n for n, words in enumerate(pages) if any(w.text == "附件2" for w in words))
    assert all(lines(words) > 6 for words in pages[first:after])


@pytest.mark.parametrize(("lang", "next_heading"), [("zh", "依据"), ("en", "Basis")])
def test_the_list_of_lacking_evidence_leaves_no_line_alone(lang: str, next_heading: str) -> None:
    """In the samples it runs over pages; with the last line of it two others come along."""
    sample = factory.ROOT / "reports" / f"full-{lang}.pdf"
    pages = read_pdf.text(sample.read_bytes(), "-layout").split("\f")
    for page in pages:
        listed, heading, _ = page.partition(f"\n{next_heading}\n")
        ended = re.findall(r"^[A-Z]{3}-[A-Z]{3}-\d\d ", listed, re.MULTILINE)
        assert not heading or len(ended) not in (1, 2)
    assert any(f"\n{next_heading}\n" in page for page in pages)


@pytest.mark.parametrize("template", FULL_AND_SUMMARY)
def test_heads_of_the_table_of_counts_stand_in_a_line(template: str) -> None:
    """No head of four characters drops its last one."""
    made = factory.inputs("egov-network", "workforce", template=template)
    data = render_report(factory.job(made), lambda _progress: None)[0]
    found = {one.text for words in read_pdf.pages(data) for one in words}
    assert {"部分符合", "不符合", "不适用"} <= found
    assert "部分符" not in found


@pytest.mark.parametrize(("count", "length"), [(5, 24), (7, 12)])
def test_the_sum_of_a_table_of_counts_is_not_alone_on_its_page(count: int, length: int) -> None:
    """The row above it comes along."""
    base = factory.with_item("题" * length, 3)
    made = factory.inputs(
        checklists=[replace(base, id=f"x-{at}") for at in range(count)],
        answering=factory.status("met"),
        template="summary",
    )
    data = render_report(factory.job(made), lambda _progress: None)[0]
    page = next(page for page in read_pdf.text(data, "-layout").split("\f") if "合计" in page)
    assert "100.0" in page.partition("合计")[0]


@pytest.mark.parametrize("template", FULL_AND_SUMMARY)
def test_words_of_the_table_of_counts_are_whole(template: str) -> None:
    """Titles, heads and verdicts break between words only."""
    made = factory.inputs("egov-network", "self-built-systems", lang="en", template=template)
    data = render_report(factory.job(made), lambda _progress: None)[0]
    texts = {
        text
        for sheet in factory.job(made).view.sheets
        for text in (sheet.counts.title, sheet.counts.verdict)
    }
    found = {one.text for words in read_pdf.pages(data) for one in words}
    assert {"Apply", "Open", "Verdict", "Responsible", "medium"} <= found
    assert not {"mediu", "Governmen", "Responsib"} & found
    assert {word for text in texts for word in text.split()} <= found


def test_no_name_of_a_person_is_broken() -> None:
    """Beside a department that leaves no room for it, it stands on a line of its own."""
    plan = Remediation(action="办", unit="信息安全科", owner="欧阳建国", due=date(2026, 12, 31))
    answer = Answer(status="unmet", note="说明", remediation=plan)
    made = factory.inputs(
        checklists=[factory.with_item("题", 3)],
        answering=lambda _index, _item: answer,
        template="receipt",
    )
    pages = read_pdf.pages(render_report(factory.job(made), lambda _progress: None)[0])
    assert [one.text for words in pages for one in words].count("欧阳建国") == 3


@cache
def document(template: str) -> list[list[read_pdf.Box]]:
    """Return the words of each page of a document of the mixed answers."""
    return read_pdf.pages(set_once(factory.job(factory.inputs("egov-network", template=template))))


def place(words: list[read_pdf.Box], text: str) -> read_pdf.Box:
    """Return the first word that holds a text."""
    return next(one for one in words if text in one.text)


@pytest.mark.parametrize(
    ("template", "title", "lines_of", "page"),
    [
        ("notice", "整改通知书", ("经对", "重填"), 0),
        ("receipt", "整改情况的反馈", ("收到", "2026"), 0),
        ("full", "自查情况的报告", ("按照", "检查表"), 1),
    ],
)
def test_the_narrative_has_the_type_of_documents(
    template: str, title: str, lines_of: tuple[str, str], page: int
) -> None:
    """Title of 22 pt, body of 16 pt on a pitch of 29 pt (GB/T 9704-2012, 5.2.2 and 7.3)."""
    words = document(template)[page]
    head, body = place(words, title), place(words, lines_of[0])
    assert 22 * (body.bottom - body.top) / (head.bottom - head.top) == pytest.approx(16, abs=0.5)
    below = min(one.bottom for one in words if one.bottom > body.bottom + PITCH)
    assert below - body.bottom == pytest.approx(29, abs=0.5)


@pytest.mark.parametrize("template", ["notice", "receipt", "full"])
def test_the_day_ends_four_characters_from_the_edge(template: str) -> None:
    """And the organization stands over it, on the same centre line (7.3.5.3)."""
    pages = document(template)
    words = next(page for page in reversed(pages) if any(is_day(one) for one in page))
    day = next(one for one in reversed(words) if is_day(one))
    edge = (210 - 26) / 25.4 * 72
    assert edge - day.right == pytest.approx(4 * 16, abs=8)
    above = max(
        (one for one in words if one.bottom < day.bottom - PITCH and one.right > day.left),
        key=lambda one: one.bottom,
    )
    assert (above.left + above.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=1)


@pytest.mark.parametrize("count", [6, 7, 22, 26])
def test_what_is_asked_stands_where_it_is_signed(count: int) -> None:
    """However long the table before it is."""
    checklist = factory.with_item("题", count)
    made = factory.inputs(
        checklists=[checklist], answering=factory.status("unmet"), template="notice"
    )
    pages = read_pdf.pages(render_report(factory.job(made), lambda _progress: None)[0])
    (signed,) = [page for page in pages if any(is_day(one) for one in page)]
    assert any("整改要求" in one.text for one in signed)


@pytest.mark.parametrize("count", [1, 5])
def test_the_code_of_the_ledger_stands_with_its_seal(count: int) -> None:
    """It gets no page of its own."""
    checklist = factory.with_item("题", count)
    made = factory.inputs(
        checklists=[checklist], answering=factory.status("unmet"), template="ledger"
    )
    pages = read_pdf.pages(render_report(factory.job(made), lambda _progress: None)[0])
    (coded,) = [page for page in pages if any("verify" in one.text for one in page)]
    assert any("单位盖章" in one.text for one in coded)


def is_day(word: read_pdf.Box) -> bool:
    """Return whether a word is the report's day on a line of its own."""
    return word.text == "2026年7月1日" and word.left > 250
