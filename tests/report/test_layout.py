"""How pages end and cells hold: no lonely lines, no word broken in a narrow cell."""

from __future__ import annotations

import pytest

from assess.report.setting.render import render
from report import factory, read_pdf

TYPE_AREA = (37 / 25.4 * 72 - 6, (297 - 35) / 25.4 * 72 + 6)
"""From the top of an upright page, in points."""
PITCH = 9
"""Points: words whose feet are closer stand in one line."""
WATERMARK = 60


def lines(words: list[read_pdf.Box]) -> int:
    """Return how many lines of text a page bears between head and foot."""
    top, bottom = TYPE_AREA
    feet = sorted(
        one.bottom
        for one in words
        if one.top > top and one.bottom < bottom and one.bottom - one.top < WATERMARK
    )
    return sum(after - before > PITCH for before, after in zip([0, *feet], feet, strict=False))


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7])
def test_the_last_finding_is_not_torn(count: int) -> None:
    """However many stand before it, no page of findings bears its last lines alone."""
    checklist = factory.with_item("题目" * 30, count)
    made = factory.inputs(checklists=[checklist], answering=factory.status("unmet"))
    data = render(factory.job(made), lambda _progress: None)[0]
    pages = read_pdf.pages(data)
    first = next(n for n, words in enumerate(pages) if any(w.text == "附件2" for w in words))
    after = next(n for n, words in enumerate(pages) if any(w.text == "附件3" for w in words))
    assert all(lines(words) > 6 for words in pages[first:after])


@pytest.mark.parametrize("template", ["full", "summary"])
def test_words_of_the_table_of_counts_are_whole(template: str) -> None:
    """Heads and verdicts break between words only."""
    made = factory.inputs("egov-network", "workforce", lang="en", template=template)
    data = render(factory.job(made), lambda _progress: None)[0]
    verdicts = {sheet.counts.verdict for sheet in factory.job(made).view.sheets}
    found = {one.text for words in read_pdf.pages(data) for one in words}
    assert {"Apply", "Open", "Verdict"} <= found
    assert {word for verdict in verdicts for word in verdict.split()} <= found
